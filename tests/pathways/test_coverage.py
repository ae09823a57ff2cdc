"""Coverage of a pathway by step and territory (P-3), on both servers."""

import json
from datetime import date
from typing import Any

import pytest

from graph.errors import BadInput, NotFound
from graph.pathways.coverage import CoverageState, PathwayCoverage, StepCoverage, pathway_coverage
from graph.pathways.territories import TerritoryLevel
from graph.reads import answer
from graph.search.candidates import Origin
from graph.search.reference import Reference
from graph.search.territory import territory
from graph.store.connection import Store

AT = date(2026, 6, 1)
GEOGRAPHY = """
CREATE (g:Region {code: '84'}), (h:Region {code: '02'}),
  (d:Department {code: '01', name: 'Ain'})-[:IN]->(g), (e:Department {code: '69', name: 'Rhône'})-[:IN]->(g),
  (z:Department {code: '972', name: 'Martinique'})-[:IN]->(h), (:Commune {code: '01004', latitude: 46.0, longitude: 5.0})-[:IN]->(d),
  (:Commune {code: '69001', latitude: 45.9, longitude: 4.8})-[:IN]->(e), (:Commune {code: '97209', latitude: 14.6, longitude: -61.1})-[:IN]->(z)
"""
OFFER = """
MATCH (c:Commune {code: $at}) MERGE (e:LegalEntity {id: $entity}) MERGE (s:GeographicEntity {id: $site}) MERGE (s)-[:PART_OF]->(e) MERGE (s)-[:LOCATED_IN]->(c)
CREATE (o:Offer {id: $id, origin: 'OBSERVED', field_of_activity: $field, care_mode: $mode})-[:OFFERED_BY]->(s)
FOREACH (x IN $activities | MERGE (k:Concept {id: x}) CREATE (o)-[:HAS_ACTIVITY]->(k))
FOREACH (n IN $beds | CREATE (o)-[:HAS_CAPACITY]->(:Capacity {id: $id, nature: 'TRE_R329-01', status: 'TRE_R330-01', count: n}))
"""
Statement = tuple[str, dict[str, Any]]


def offer(code: str, activities: list[str], **more: Any) -> Statement:
    given = {"id": code, "activities": activities, "at": "01004", "site": "s-" + code, "entity": "e", "field": "F-1", "mode": "M-1", "beds": []}
    return OFFER, given | more


def pathway(*steps: tuple[str, dict[str, Any], str]) -> list[Statement]:
    rows = [
        {"id": f"p/{code}", "code": code, "rank": rank, "requirement": json.dumps(needs), "place": place} for rank, (code, needs, place) in enumerate(steps)
    ]
    return [
        (GEOGRAPHY, {}),
        ("UNWIND ['A-1', 'A-2', 'A-3', 'F-1', 'F-2', 'M-1', 'M-2'] AS id CREATE (:Concept {id: id})", {}),
        ("CREATE (:Pathway {code: 'p', name: 'P'})", {}),
        (("UNWIND $rows AS r MATCH (p:Pathway {code: 'p'}) CREATE (p)-[:HAS_STEP {rank: r.rank}]->(:Step {id: r.id, code: r.code, pathway: 'p', "
         "requirement: r.requirement, place: r.place})"), {"rows": rows}),
    ]  # fmt: skip


def covered(store: Store, by: TerritoryLevel = TerritoryLevel.DEPARTMENT, **asked: Any) -> PathwayCoverage:
    return answer(store, pathway_coverage("p", by, AT, Reference(), **asked))


def states(found: PathwayCoverage) -> dict[tuple[str, str], str]:
    return {(cell.step, cell.territory): cell.state.value for cell in found.cells}


NEEDS_1 = ("unit", {"activity": ["A-1"]}, "TRAVEL")


def test_a_step_is_covered_possible_missing_or_not_loaded(store: Store) -> None:
    store.write([*pathway(NEEDS_1), offer("yes", ["A-1"]), offer("silent", [], at="69001")])
    assert states(covered(store)) == {("unit", "01"): "COVERED", ("unit", "69"): "POSSIBLE", ("unit", "972"): "NOT_LOADED"}


def test_a_territory_is_not_loaded_when_its_region_has_no_offer_of_the_fields_of_the_step(store: Store) -> None:
    store.write([
        *pathway(("one", {"activity": ["A-1"], "fieldOfActivity": ["F-1"]}, "TRAVEL"), ("two", {"activity": ["A-1"], "fieldOfActivity": ["F-2"]}, "TRAVEL")),
        offer("o", ["A-2"], at="69001"),
    ])  # fmt: skip
    assert {key: state for key, state in states(covered(store)).items() if key[1] == "01"} == {("one", "01"): "NONE", ("two", "01"): "NOT_LOADED"}


def test_offers_sites_entities_and_beds_are_counted_once(store: Store) -> None:
    store.write([
        *pathway(NEEDS_1),
        offer("a", ["A-1"], site="s", beds=[4]), offer("b", ["A-1"], site="s", beds=[5]), offer("c", ["A-1"], entity="f"),
        ("MATCH (o:Offer) WHERE o.id IN ['a', 'c'] MERGE (l:Location {id: 'l'}) CREATE (o)-[:DELIVERED_AT]->(l)", {}),
        (("MATCH (l:Location {id: 'l'}) MATCH (c:Commune {code: '01004'}) CREATE (l)-[:LOCATED_IN]->(c) "
         "CREATE (l)-[:HAS_CAPACITY]->(:Capacity {id: 'k', nature: 'TRE_R329-01', status: 'TRE_R330-01', count: 10})"), {}),
    ])  # fmt: skip
    cell = covered(store).cells[0]
    assert cell == StepCoverage("unit", "01", "Ain", CoverageState.COVERED, 3, 2, 2, 19, 0, 0, (Origin.OBSERVED,))


def test_beds_are_unknown_where_no_offer_states_any(store: Store) -> None:
    store.write([*pathway(NEEDS_1), offer("a", ["A-1"])])
    assert covered(store).cells[0].beds is None


@pytest.mark.parametrize("place", ["TEAM", "HOME", "REMOTE"])
def test_what_goes_to_the_person_covers_its_area_and_is_possible_where_its_base_is_without_one(store: Store, place: str) -> None:
    store.write([
        *pathway(("team", {"activity": ["A-1"]}, place)), offer("silent", ["A-1"]), offer("told", ["A-1"], at="97209"),
        ("MATCH (o:Offer {id: 'told'}) MATCH (d:Department {code: '69'}) CREATE (o)-[:INTERVENES_IN]->(d)", {}),
    ])  # fmt: skip
    found = covered(store)
    assert states(found) == {("team", "01"): "POSSIBLE", ("team", "69"): "COVERED", ("team", "972"): "NONE"}
    assert [(cell.possible_offers, cell.without_area) for cell in found.cells] == [(1, 1), (0, 0), (0, 0)]


@pytest.mark.parametrize("area", ["(t:Commune {code: '69001'})", "(t:Region {code: '84'})", "(t:HealthTerritory {id: 'z'})"])
def test_an_area_that_is_smaller_or_larger_reaches_the_department(store: Store, area: str) -> None:
    store.write([
        *pathway(("team", {"activity": ["A-1"]}, "TEAM")), offer("o", ["A-1"], at="97209"),
        ("MATCH (c:Commune {code: '69001'}) CREATE (:HealthTerritory {id: 'z'})-[:CONTAINS]->(c)", {}),
        (f"MATCH (o:Offer) MATCH {area} CREATE (o)-[:INTERVENES_IN]->(t)", {}),
    ])  # fmt: skip
    assert states(covered(store))[("team", "69")] == "COVERED"


def test_an_offer_for_the_whole_country_covers_all_of_it(store: Store) -> None:
    store.write([
        *pathway(("team", {"activity": ["A-1"]}, "REMOTE")), offer("o", ["A-1"]),
        ("MATCH (o:Offer) MATCH (r:Region {code: '84'}) CREATE (o)-[:INTERVENES_IN {whole_country: true}]->(r)", {}),
    ])  # fmt: skip
    assert set(states(covered(store)).values()) == {"COVERED"}


def test_a_requirement_may_ask_for_another_offer_of_the_site(store: Store) -> None:
    store.write([
        *pathway(("thrombectomy", {"activity": ["A-1"], "sameSite": {"activity": ["A-2"]}}, "TRAVEL")),
        offer("a", ["A-1"], site="s"), offer("b", ["A-2"], site="s"), offer("c", ["A-1"], at="69001"), offer("d", ["A-3"], at="69001", site="s-c"),
    ])  # fmt: skip
    assert states(covered(store)) == {("thrombectomy", "01"): "COVERED", ("thrombectomy", "69"): "NONE", ("thrombectomy", "972"): "NOT_LOADED"}


def test_a_coverage_is_told_by_region_and_for_the_nation_with_entities_once(store: Store) -> None:
    store.write([*pathway(NEEDS_1), offer("a", ["A-1"]), offer("b", ["A-1"], at="69001"), offer("c", ["A-1"], at="97209", entity="f")])
    by_region, nation = covered(store, TerritoryLevel.REGION), covered(store, TerritoryLevel.NATIONAL)
    assert [(cell.territory, cell.offers, cell.entities) for cell in by_region.cells] == [("02", 1, 1), ("84", 2, 1)]
    assert [(cell.territory, cell.offers, cell.entities) for cell in nation.cells] == [("FR", 3, 2)]


def test_a_coverage_may_be_asked_for_one_region(store: Store) -> None:
    store.write([*pathway(NEEDS_1), offer("a", ["A-1"])])
    assert [cell.territory for cell in covered(store, territory=territory({"region": "84"})).cells] == ["01", "69"]


def test_a_pathway_without_steps_has_no_cell(store: Store) -> None:
    store.write(pathway())
    assert covered(store).cells == ()


def test_a_pathway_that_does_not_exist_is_named_with_those_that_do(embedded_store: Store) -> None:
    embedded_store.write(pathway(NEEDS_1))
    with pytest.raises(NotFound) as problem:
        answer(embedded_store, pathway_coverage("q", TerritoryLevel.REGION, AT, Reference()))
    assert str(problem.value) == "code: no pathway 'q'. There are: p."


@pytest.mark.parametrize("asked", [{"commune": "01004"}, {"postalCode": "01500"}, {"healthTerritory": "Z-1"}])
def test_a_territory_that_is_no_department_nor_region_is_too_small_for_a_coverage(embedded_store: Store, asked: dict[str, str]) -> None:
    embedded_store.write([
        *pathway(NEEDS_1), ("MATCH (c:Commune {code: '01004'}) SET c.postal_codes = ['01500'] CREATE (:HealthTerritory {id: 'Z-1'})-[:CONTAINS]->(c)", {}),
    ])  # fmt: skip
    with pytest.raises(BadInput, match="give one of these"):
        covered(embedded_store, territory=territory(asked))


def test_a_region_has_its_name_and_a_stub_is_no_territory(store: Store) -> None:
    store.write([
        *pathway(NEEDS_1), ("MATCH (g:Region {code: '84'}) SET g.name = 'Auvergne-Rhône-Alpes'", {}),
        ("MATCH (g:Region {code: '02'}) SET g.stub = true", {}), ("MATCH (d:Department {code: '972'}) SET d.stub = true", {}),
    ])  # fmt: skip
    assert [(cell.territory, cell.territory_name) for cell in covered(store, TerritoryLevel.REGION).cells] == [("84", "Auvergne-Rhône-Alpes")]
    assert [cell.territory for cell in covered(store).cells] == ["01", "69"]


def test_cells_come_by_rank_of_the_step_then_by_territory(store: Store) -> None:
    store.write(pathway(("zeta", {"activity": ["A-1"]}, "TRAVEL"), ("alpha", {"activity": ["A-2"]}, "TRAVEL")))
    assert [(cell.step, cell.territory) for cell in covered(store).cells] == [(step, code) for step in ("zeta", "alpha") for code in ("01", "69", "972")]


def test_two_sources_that_place_a_commune_count_its_offers_once(store: Store) -> None:
    store.write([
        *pathway(NEEDS_1), offer("a", ["A-1"], beds=[4]), offer("silent", []),
        ("MATCH (c:Commune {code: '01004'})-[:IN]->(d) CREATE (c)-[:IN {source: 'other'}]->(d)", {}),
    ])  # fmt: skip
    cell = covered(store).cells[0]
    assert (cell.offers, cell.beds, cell.possible_offers) == (1, 4, 1)


def test_a_requirement_by_codes_of_the_offer_takes_those_that_leave_them_out_as_possible(store: Store) -> None:
    store.write([
        *pathway(("home", {"or": [{"careMode": ["M-1"]}, {"fieldOfActivity": ["F-2"]}]}, "TRAVEL")),
        offer("yes", ["A-1"]), offer("silent", [], at="69001", mode=None), offer("other", [], at="97209", mode="M-2"),
    ])  # fmt: skip
    assert states(covered(store)) == {("home", "01"): "COVERED", ("home", "69"): "POSSIBLE", ("home", "972"): "NOT_LOADED"}
