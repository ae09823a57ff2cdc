"""Rules of the search as sentences, on both servers (docs/pathways.md)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.access import EVERYTHING, Viewer
from graph.access.viewer import RegionCode
from graph.errors import BadInput, LimitExceeded
from graph.reads import answer
from graph.search.candidates import Origin
from graph.search.criteria import parse
from graph.search.judging import Order
from graph.search.offers import Asked, CriterionCount, DistanceBasis, OfferPage, Reason, Unknowns, search_offers
from graph.search.place import Near, near
from graph.search.reference import Common, Reference
from graph.search.territory import Territory, territory
from graph.store.connection import Store
from tests.search.indexed import indexed

AT = date(2026, 6, 1)
GEOGRAPHY = """
CREATE (g:Region {code: '84'}), (w:Region {code: '02'}), (d:Department {code: '01', search_radius_km: 20.0})-[:IN]->(g),
  (z:Department {code: '972', search_radius_km: 0.0})-[:IN]->(w),
  (a:Commune {code: '01004', latitude: 46.0, longitude: 5.0})-[:IN]->(d), (b:Commune {code: '01053', latitude: 46.1, longitude: 5.0})-[:IN]->(d),
  (m:Commune {code: '97209', latitude: 14.6, longitude: -61.1})-[:IN]->(z), (n:Commune {code: '97222', latitude: 14.8, longitude: -61.1})-[:IN]->(z),
  (:Concept {id: 'A-1', label: 'accueil'}), (:Concept {id: 'M-1', label: 'hospitalisation'}), (:Concept {id: 'TRE_R213-59', label: 'domicile'})
"""


def offer(code: str, more: str = "", *, at: str = "01004", site: str = "") -> tuple[str, dict[str, Any]]:
    """An offer with activity A-1, alone on its site in a commune; `more` are further Cypher properties of the offer, `site` of the site."""
    made = f"CREATE (o:Offer {{id: $code, name: $code, origin: 'OBSERVED', source: 'sae'{more}}})-[:OFFERED_BY]->(s) CREATE (o)-[:HAS_ACTIVITY]->(k)"
    placed = f"CREATE (s:GeographicEntity {{id: 's' + $code, name: 'S'{site}}})-[:LOCATED_IN]->(c)"
    return f"MATCH (c:Commune {{code: $at}}) MATCH (k:Concept {{id: 'A-1'}}) {placed} {made}", {"code": code, "at": at}


def found(store: Store, raw: dict[str, Any] | None = None, viewer: Viewer = EVERYTHING, **asked: Any) -> OfferPage:
    """The answer, which is the same with the index of the offers in memory."""
    question = Asked(parse(raw or {"activity": "A-1"}), AT, **asked)
    page, with_index = (
        answer(store, search_offers(question, Reference(viewer, cursor_key=b"key", common=common))) for common in (Common(), indexed(store).common)
    )
    assert page == with_index
    return page


def ids(page: OfferPage) -> list[str]:
    return [edge.node.id for edge in page.edges]


def test_an_offer_is_measured_from_its_location_else_its_site_else_its_commune(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}),
        offer("commune", at="01053"),
        offer("site", site=", latitude: 46.05, longitude: 5.0"),
        offer("location", site=", latitude: 46.09, longitude: 5.0"),
        ("MATCH (o:Offer {id: 'location'}) CREATE (o)-[:DELIVERED_AT]->(:Location {id: 'l', latitude: 46.01, longitude: 5.0})", {}),
    ])  # fmt: skip
    page = found(store, near=Near(commune="01004", radius_km=50.0))
    assert [(edge.node.id, edge.distance_basis, round(edge.distance_km or 0, 3)) for edge in page.edges] == [
        ("location", DistanceBasis.LOCATION, 1.112),
        ("site", DistanceBasis.SITE, 5.56),
        ("commune", DistanceBasis.COMMUNE, 11.119),
    ]


def test_the_radius_is_that_of_the_department_when_none_is_given(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("near", at="01053"), offer("far", site=", latitude: 46.3, longitude: 5.0")])
    page = found(store, near=Near(commune="01004"))
    assert (ids(page), page.radius_km) == (["near"], 20.0)


def test_where_the_radius_is_0_the_whole_department_is_near(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("same", at="97222"), offer("other", at="01004")])
    page = found(store, near=Near(commune="97209"))
    assert (ids(page), page.radius_km) == (["same"], None)


def test_a_point_has_the_radius_of_the_department_of_its_nearest_commune(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("near", at="01053")])
    page = found(store, near=near({"latitude": 46.01, "longitude": 5.01}))
    assert (ids(page), page.radius_km) == (["near"], 20.0)


def test_an_offer_that_goes_to_the_person_is_near_by_its_area_and_unknown_without_one(store: Store) -> None:
    goes = ", care_mode: 'TRE_R213-59'"
    store.write([
        (GEOGRAPHY, {}), offer("serves", goes, at="97209"), offer("silent", goes), offer("elsewhere", goes), offer("distant", goes, at="97209"),
        ("MATCH (o:Offer {id: 'serves'}) MATCH (d:Department {code: '01'}) CREATE (o)-[:INTERVENES_IN]->(d)", {}),
        ("MATCH (o:Offer {id: 'elsewhere'}) MATCH (d:Department {code: '972'}) CREATE (o)-[:INTERVENES_IN]->(d)", {}),
    ])  # fmt: skip
    page = found(store, near=Near(commune="01004", radius_km=30.0), unknowns=Unknowns.INCLUDE)
    assert [(edge.node.id, edge.match.value) for edge in page.edges] == [("serves", "TRUE"), ("silent", "UNKNOWN")]
    assert page.unknown_by == (CriterionCount("near", 1),)


def test_what_is_not_described_is_unknown_and_counted_by_criterion(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("told", ", care_mode: 'M-1'"), offer("untold")])
    page = found(store, {"activity": "A-1", "careMode": "M-1"})
    assert (ids(page), page.total_count, page.unknown_count, page.unknown_by) == (["told"], 1, 1, (CriterionCount("careMode", 1),))


def test_a_reason_names_criterion_value_label_source_and_date(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("o", ", care_mode: 'M-1', evidence_date: date('2023-12-31')")])
    assert found(store, {"activity": ["A-1"], "not": {"careMode": ["A-1"]}}).edges[0].reasons == (Reason("activity", "A-1", "accueil", "sae", "2023-12-31"),)


def test_an_offer_of_the_same_site_is_named_as_the_reason(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("o"), offer("alone"),
        ("MATCH (s:GeographicEntity {id: 'so'}) CREATE (x:Offer {id: 'x', origin: 'OBSERVED', care_mode: 'M-1'})-[:OFFERED_BY]->(s)", {}),
    ])  # fmt: skip
    page = found(store, {"activity": "A-1", "sameSite": {"careMode": "M-1"}})
    assert [(edge.node.id, edge.reasons[1]) for edge in page.edges] == [("o", Reason("sameSite", "x", None, "sae", None))]


def test_an_offer_of_a_unit_stands_on_the_site_of_the_unit(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}),
        offer("o"),
        ("MATCH (o:Offer {id: 'o'})-[r:OFFERED_BY]->(s) DELETE r CREATE (o)-[:OFFERED_BY]->(:OrganisationalUnit {id: 'u'})-[:PART_OF]->(s)", {}),
    ])  # fmt: skip
    assert [edge.node.site for edge in found(store, territory=Territory(*_level("01"))).edges] == ["so"]


def _level(code: str) -> tuple[Any, str]:
    return territory({"department": code}).level, code


def test_an_offer_of_an_entity_has_no_site_and_stands_in_the_commune_of_the_entity(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}),
        (("MATCH (c:Commune {code: '01053'}) MATCH (k:Concept {id: 'A-1'}) CREATE (e:LegalEntity {id: 'e', name: 'E'})-[:LOCATED_IN]->(c) "
         "CREATE (o:Offer {id: 'o', origin: 'OBSERVED'})-[:OFFERED_BY]->(e) CREATE (o)-[:HAS_ACTIVITY]->(k)"), {}),
    ])  # fmt: skip
    edge = found(store, near=Near(commune="01004", radius_km=20.0)).edges[0]
    assert (edge.node.site, edge.node.entity, edge.node.commune, edge.distance_basis) == (None, "e", "01053", DistanceBasis.COMMUNE)


def test_of_two_sources_the_leader_says_where_a_site_is(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("o", at="01004"),
        ("MATCH (:GeographicEntity {id: 'so'})-[r:LOCATED_IN]->() SET r.source_rank = 2", {}),
        ("MATCH (s:GeographicEntity {id: 'so'}) MATCH (c:Commune {code: '97209'}) CREATE (s)-[:LOCATED_IN {rank: 1}]->(c)", {}),
    ])  # fmt: skip
    assert [ids(found(store, territory=Territory(*_level(code)))) for code in ("01", "972")] == [[], ["o"]]


ZONES = [  # 01500: 01004 and an arrondissement of 01053, which has the postal codes of all of its own; health territories by communes, by department, by none
    ("MATCH (c:Commune {code: '01053'}) CREATE (:Commune {code: '01381', postal_codes: ['01500']})-[:IN]->(c) SET c.postal_codes = ['01500', '01000']", {}),
    ("MATCH (c:Commune {code: '01004'}) SET c.postal_codes = ['01500', '01501'] CREATE (:HealthTerritory {id: 'Z-1'})-[:CONTAINS]->(c)", {}),
    ("MATCH (d:Department {code: '972'}) CREATE (:HealthTerritory {id: 'Z-2'})-[:CONTAINS]->(d) CREATE (:HealthTerritory {id: 'Z-3'})", {}),
    offer("in 01004"), offer("in 01381", at="01381"), offer("in 01053", at="01053"), offer("in 972", at="97209"),
    ("MATCH (s:GeographicEntity {id: 'sin 01053'}) MATCH (z:HealthTerritory {id: 'Z-3'}) CREATE (s)-[:IN_TERRITORY]->(z)", {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ({"postalCode": "01500"}, ["in 01004", "in 01381"]),  # the city that is told by arrondissements is none of them
        ({"postalCode": "01501"}, ["in 01004"]),
        ({"healthTerritory": "Z-1"}, ["in 01004"]),
        ({"healthTerritory": "Z-2"}, ["in 972"]),
        ({"healthTerritory": "Z-3"}, ["in 01053"]),  # it says nothing of what it contains, a site says that it is in it
    ],
)
def test_a_postal_code_stands_for_its_communes_and_a_health_territory_for_what_it_contains(store: Store, asked: dict[str, str], held: list[str]) -> None:
    store.write([(GEOGRAPHY, {}), *ZONES])
    assert ids(found(store, territory=territory(asked))) == held


@pytest.mark.parametrize(
    ("asked", "serving"),
    [
        ({"postalCode": "01500"}, ["in 01004", "in 01053", "in 01381"]),  # in the commune itself, in the health territory that holds it, in the department
        ({"healthTerritory": "Z-1"}, ["in 01004", "in 01053", "in 01381"]),
        ({"healthTerritory": "Z-2"}, ["in 972"]),  # a commune of what it contains
        ({"healthTerritory": "Z-3"}, []),
    ],
)
def test_an_area_of_intervention_is_asked_by_postal_code_or_health_territory(store: Store, asked: dict[str, str], serving: list[str]) -> None:
    store.write([
        (GEOGRAPHY, {}), *ZONES,
        ("MATCH (o:Offer {id: 'in 01004'}) MATCH (t:Commune {code: '01004'}) CREATE (o)-[:INTERVENES_IN]->(t)", {}),
        ("MATCH (o:Offer {id: 'in 01381'}) MATCH (t:Department {code: '01'}) CREATE (o)-[:INTERVENES_IN]->(t)", {}),
        ("MATCH (o:Offer {id: 'in 01053'}) MATCH (t:HealthTerritory {id: 'Z-1'}) CREATE (o)-[:INTERVENES_IN]->(t)", {}),
        ("MATCH (o:Offer {id: 'in 972'}) MATCH (t:Commune {code: '97222'}) CREATE (o)-[:INTERVENES_IN]->(t)", {}),
    ])  # fmt: skip
    assert ids(found(store, {"interventionArea": asked})) == serving


def test_a_postal_code_or_health_territory_that_is_not_loaded_is_said(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {})])
    with pytest.raises(BadInput, match=r"^territory.postalCode: no commune that is loaded has the postal code '01999' \(a CEDEX has none\); ask by commune\.$"):
        found(embedded_store, territory=territory({"postalCode": "01999"}))
    with pytest.raises(BadInput, match=r"^criteria.interventionArea.healthTerritory: 'Z-9' is not loaded; the id of a health territory is expected"):
        found(embedded_store, {"interventionArea": {"healthTerritory": "Z-9"}})


@pytest.mark.parametrize(
    ("asked", "limited"),
    [({"postalCode": "01500"}, False), ({"healthTerritory": "Z-1"}, False), ({"healthTerritory": "Z-2"}, True), ({"healthTerritory": "Z-3"}, True)],
)
def test_a_territory_may_pass_the_perimeter_where_it_lies_in_another_region_or_does_not_say(
    embedded_store: Store, asked: dict[str, str], limited: bool
) -> None:
    embedded_store.write([(GEOGRAPHY, {}), *ZONES])
    viewer = replace(EVERYTHING, perimeter=frozenset({RegionCode("84")}))
    assert found(embedded_store, viewer=viewer, territory=territory(asked)).perimeter_limited is limited


def test_a_commune_with_arrondissements_holds_what_is_in_them(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("o", at="01053"),
        ("MATCH (a:Commune {code: '01053'})-[r:IN]->() MATCH (b:Commune {code: '01004'}) DELETE r CREATE (a)-[:IN]->(b)", {}),
    ])  # fmt: skip
    assert [ids(found(store, territory=territory(where))) for where in ({"commune": "01004"}, {"department": "01"}, {"region": "84"})] == [["o"]] * 3


def test_an_offer_whose_location_has_no_commune_is_where_its_site_is(store: Store) -> None:  # S-8
    store.write([(GEOGRAPHY, {}), offer("o"), ("MATCH (o:Offer {id: 'o'}) CREATE (o)-[:DELIVERED_AT]->(:Location {id: 'l'})", {})])
    assert [ids(found(store, territory=territory(where))) for where in ({"commune": "01004"}, {"department": "01"}, {"region": "84"})] == [["o"]] * 3


def test_an_offer_ends_with_its_entity_and_comes_back_when_it_reopens(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("closed", site=", closed_on: date('2026-06-01')"), offer("open", site=", closed_on: date('2026-06-02')"),
        offer("again", site=", closed_on: date('2026-01-01'), reopens_on: date('2026-06-01')"), offer("orphan"),
        ("MATCH (s:GeographicEntity {id: 'sorphan'}) CREATE (s)-[:PART_OF]->(:LegalEntity {id: 'e', closed_on: date('2026-01-01')})", {}),
    ])  # fmt: skip
    assert ids(found(store)) == ["again", "open"]


def test_where_a_ror_is_loaded_its_offers_count_and_elsewhere_the_observed_ones(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("observed-01"), offer("observed-972", at="97209"), offer("declared-01", ", origin: 'DECLARED', source_region: '84'"),
    ])  # fmt: skip
    assert ids(found(store)) == ["declared-01", "observed-972"]
    assert ids(found(store, origin=Origin.OBSERVED)) == ["observed-01", "observed-972"]


def test_a_stub_is_no_offer(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("o", ", stub: true")])
    assert ids(found(store)) == []


def test_fresh_offers_come_first_by_freshness(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("old", ", updated_at: '2025-01-01T00:00:00Z'"), offer("new", ", updated_at: '2026-01-01T00:00:00Z'"), offer("never")])
    page = found(store, order=Order.FRESHNESS, first=2)
    assert ids(page) == ["new", "old"]
    assert ids(found(store, order=Order.FRESHNESS, first=2, after=page.edges[-1].cursor)) == ["never"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"raw": {"activity": "A-9"}}, "criteria: no nomenclature that is loaded has A-9. Codes are written like TRE_R211-356."),
        ({"near": Near(commune="75101")}, "near.commune: no commune that is loaded has the INSEE code '75101' (not the postal code)."),
        ({"territory": territory({"department": "99"})}, "territory.department: '99' is not loaded; INSEE codes are expected, like 2A or 01."),
        ({"order": Order.DISTANCE}, "orderBy: DISTANCE needs near."),
        ({"after": "abc"}, "after: this is no cursor of an answer; take the endCursor of the page before."),
    ],
)
def test_what_does_not_exist_is_named(embedded_store: Store, asked: dict[str, Any], says: str) -> None:
    embedded_store.write([(GEOGRAPHY, {})])
    with pytest.raises(BadInput) as problem:
        found(embedded_store, **asked)
    assert str(problem.value) == says


def test_a_cursor_goes_on_only_with_the_same_arguments(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a"), offer("b")])
    after = found(embedded_store, first=1).edges[0].cursor
    with pytest.raises(BadInput, match="belongs to another search"):
        found(embedded_store, {"careMode": "M-1"}, after=after)


def test_a_page_has_a_limit(embedded_store: Store) -> None:
    with pytest.raises(LimitExceeded, match="first: 201 is not between 1 and 200, the limit of a page"):
        found(embedded_store, first=201)


def test_an_offer_without_any_place_is_unknown_near_a_place(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("near"),
        (("MATCH (k:Concept {id: 'A-1'}) CREATE (o:Offer {id: 'lost', origin: 'OBSERVED'})-[:OFFERED_BY]->(:GeographicEntity {id: 's'}) "
          "CREATE (o)-[:HAS_ACTIVITY]->(k)"), {}),
    ])  # fmt: skip
    for commune in ("01004", "97209"):  # by a radius, and by the whole department
        page = found(store, near=Near(commune=commune), unknowns=Unknowns.INCLUDE)
        assert [edge.node.id for edge in page.edges if edge.match.value == "UNKNOWN"] == ["lost"]
        assert page.unknown_by == (CriterionCount("near", 1),)


def test_what_is_kept_ends_with_the_next_load(store: Store) -> None:
    reference, asked = Reference(), Asked(parse({"activity": "A-1"}), AT)
    store.write([(GEOGRAPHY, {}), offer("observed"), ("CREATE (:Run {id: 'a', started: '2026-01-01', status: 'done'})", {})])
    before = answer(store, search_offers(asked, reference))
    store.write([
        offer("declared", ", source_region: '84'"), ("MATCH (o:Offer {id: 'declared'}) SET o.origin = 'DECLARED'", {}),
        ("CREATE (:Run {id: 'b', started: '2026-02-01', status: 'done'})", {}),
    ])  # fmt: skip
    assert (ids(before), ids(answer(store, search_offers(asked, reference)))) == (["observed"], ["declared"])


@pytest.mark.parametrize(("code", "held"), [("2A", ["corse"]), ("20A", ["corse"]), ("2B", [])])
def test_corsica_has_two_departments_whatever_the_spelling(store: Store, code: str, held: list[str]) -> None:
    store.write([
        (GEOGRAPHY, {}), ("MATCH (g:Region {code: '84'}) CREATE (:Department {code: '2A'})-[:IN]->(g) CREATE (:Department {code: '2B'})-[:IN]->(g)", {}),
        ("MATCH (d:Department {code: '2A'}) CREATE (:Commune {code: '2A004', latitude: 41.9, longitude: 8.7})-[:IN]->(d)", {}), offer("corse", at="2A004"),
    ])  # fmt: skip
    assert ids(found(store, territory=territory({"department": code}))) == held


def test_a_point_at_sea_belongs_to_the_nearest_commune_within_100_km_and_farther_to_none(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("o")])
    assert ids(found(embedded_store, near=near({"latitude": 46.0, "longitude": 6.2, "radiusKm": 100}))) == ["o"]
    with pytest.raises(BadInput, match="no commune that is loaded lies within 100 km of 30"):
        found(embedded_store, near=near({"latitude": 30, "longitude": -30}))


@pytest.mark.parametrize("radius", [0, -1, 2001])
def test_a_radius_is_more_than_0_and_at_most_2000_km(radius: float) -> None:
    with pytest.raises(BadInput, match="is not between 0 and 2000 km"):
        near({"commune": "01004", "radiusKm": radius})


def test_names_are_compared_without_accents_and_ligatures(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("o", site=", folded: 'hopital du sacre coeur'"), offer("p", site=", folded: 'clinique'")])
    assert ids(found(store, {"text": "Hôpital Sacré-CŒUR"})) == ["o"]


def test_an_offer_closes_on_its_day_and_is_open_again_on_the_day_it_reopens(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("closes", ", closed_on: date('2026-06-01')"), offer("last day", ", closed_on: date('2026-06-02')"),
        offer("opens", ", opened_on: date('2026-06-01')"), offer("tomorrow", ", opened_on: date('2026-06-02')"),
        offer("reopens", ", closed_on: date('2026-01-01'), reopens_on: date('2026-06-01')"),
        offer("later", ", closed_on: date('2026-01-01'), reopens_on: date('2026-06-02')"),
    ])  # fmt: skip
    assert ids(found(store)) == ["last day", "opens", "reopens"]
