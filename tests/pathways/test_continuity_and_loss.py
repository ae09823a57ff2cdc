"""What a pathway rests on, and what it loses (P-8); its members (P-2), on both servers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.errors import BadInput
from graph.pathways.continuity import Cell, Rests, RestsOn, pathway_continuity, single_points
from graph.pathways.gaps import AskedGaps, GapState, Reach, pathway_gaps
from graph.pathways.loss import AskedLoss, PathwayLoss, loss_of_step, pathway_loss
from graph.pathways.meeting import pathway_members
from graph.pathways.membership import members_of, memberships_of
from graph.pathways.offers_of_step import StepOffer
from graph.reads import answer
from graph.search.reference import Reference
from graph.store.connection import Store
from tests.pathways.made import a_commune, a_step, all_of, an_offer
from tests.pathways.test_coverage import AT, NEEDS_1, offer, pathway

LYON, BOURG, MACON = (45.76, 4.84), (46.2, 5.23), (46.31, 4.83)
NOBODY: dict[RestsOn, Any] = {kind: {} for kind in RestsOn}


def points(rests: dict[RestsOn, dict[str, frozenset[str]]], *perhaps: StepOffer) -> list[tuple[str, str, list[str]]]:
    cell = Cell("s", "01", (an_offer("a"), an_offer("b")), perhaps)
    found = single_points(cell, "Ain", Rests(NOBODY | rests, {}))
    return [(point.kind.value, point.id, [one.id for one in point.possible]) for point in found]


def test_offers_that_all_have_one_entity_rest_on_it_and_one_of_another_would_lift_it() -> None:
    held = {"a": frozenset({"e"}), "b": frozenset({"e"}), "c": frozenset({"f"}), "d": frozenset({"e"})}
    assert points({RestsOn.ENTITY: held}, an_offer("c", sure=False), an_offer("d", sure=False)) == [("ENTITY", "e", ["c"])]


def test_an_offer_that_has_two_applications_or_none_rests_on_none() -> None:
    assert points({RestsOn.APPLICATION: {"a": frozenset({"ROR-A"}), "b": frozenset({"ROR-A", "ROR-B"})}}) == []
    assert points({RestsOn.PROFESSIONAL: {"a": frozenset({"p"})}}) == []


def test_the_continuity_of_a_step_names_its_only_entity_and_professional(store: Store) -> None:
    store.write([
        *pathway(NEEDS_1), offer("a", ["A-1"]), offer("b", ["A-1"], site="s-b"), offer("c", ["A-1"], at="69001", entity="f"),
        offer("d", ["A-1"], at="69001", entity="g"), offer("silent", [], entity="h"),
        ("MATCH (o:Offer {id: 'a'}) CREATE (o)<-[:FOR]-(:Practice {id: 'x'})-[:BY]->(:Professional {id: '8100'})", {}),
        ("MATCH (o:Offer {id: 'b'}) MATCH (p:Professional) CREATE (o)<-[:FOR]-(:Practice {id: 'y'})-[:BY]->(p)", {}),
    ])  # fmt: skip
    found = answer(store, pathway_continuity("p", AT, Reference()))
    assert [(one.department, one.kind.value, one.id, one.offers, [lift.id for lift in one.possible]) for one in found] == [
        ("01", "ENTITY", "e", ("a", "b"), ["silent"]),
        ("01", "PROFESSIONAL", "8100", ("a", "b"), ["silent"]),
    ]


def lost(store: Store, *closing: str, max_km: float | None = None) -> PathwayLoss:
    return answer(store, pathway_loss("p", AskedLoss(closing, max_km), AT, Reference()))


def test_what_closes_with_a_site_is_told_by_cell_commune_and_next_best_offer(store: Store) -> None:
    store.write([*pathway(NEEDS_1), offer("a", ["A-1"]), offer("b", ["A-1"], at="69001", entity="f")])
    found = lost(store, "s-a", "nothing", max_km=10)
    assert [(cell.department, cell.before.value, cell.after.value, cell.offers_before, cell.offers_after) for cell in found.cells] == [
        ("01", "COVERED", "NONE", 1, 0)
    ]
    (step,) = found.steps
    assert ([gap.commune for gap in step.new_gaps or ()], step.farther, step.stranded, step.extra_km_mean) == (["01004"], 1, 0, 19.0)
    assert [(one.offer, one.next and (one.next.id, one.next.distance_km)) for one in step.closing] == [("a", ("b", 19.0))]
    assert found.without_effect == ("nothing",)


def test_without_a_limit_no_commune_is_told_to_leave_it(embedded_store: Store) -> None:
    embedded_store.write([*pathway(NEEDS_1), offer("a", ["A-1"])])
    (step,) = lost(embedded_store, "e").steps
    assert (step.new_gaps, step.farther, step.stranded, step.extra_km_mean) == (None, 3, 3, None)


def test_a_loss_needs_something_that_closes(embedded_store: Store) -> None:
    with pytest.raises(BadInput, match="closing: name at least one"):
        lost(embedded_store)


def test_extra_kilometres_are_over_the_communes_whose_nearest_offer_closes() -> None:
    here = (a_commune("01001", BOURG), a_commune("69001", LYON, "69"), a_commune("71001", MACON, "71"))
    offers = [an_offer("bourg", BOURG), an_offer("lyon", LYON)]
    found = loss_of_step(Reach(a_step(), offers, all_of(*here), 40), here, frozenset({"84"}), {"bourg"})
    assert (found.farther, found.extra_km_mean, found.extra_km_most) == (2, 42.8, 57.5)
    assert [gap.commune for gap in found.new_gaps or ()] == ["01001", "71001"]


def test_gaps_are_asked_of_the_store_by_step_and_territory(store: Store) -> None:
    needs = [NEEDS_1, ("team", {"activity": ["A-2"]}, "TEAM")]
    store.write([*pathway(*needs), offer("a", ["A-1"]), offer("t", ["A-2"]), ("MATCH (c:Commune {code: '69001'}) SET c.population = 500", {})])
    found = answer(store, pathway_gaps("p", AskedGaps(max_km=10), AT, Reference()))
    assert [(gap.step, gap.commune, gap.state) for gap in found.gaps] == [
        ("unit", "69001", GapState.NONE), ("team", "01004", GapState.POSSIBLE), ("team", "69001", GapState.NONE),
    ]  # fmt: skip
    assert [(one.none, one.possible, one.not_loaded, one.population, one.without_population) for one in found.steps] == [(1, 0, 1, 500, 0), (1, 1, 1, 500, 1)]


def test_a_step_without_limit_is_an_error_that_names_it(embedded_store: Store) -> None:
    embedded_store.write(pathway(NEEDS_1))
    with pytest.raises(BadInput) as problem:
        answer(embedded_store, pathway_gaps("p", AskedGaps(), AT, Reference()))
    assert str(problem.value) == "maxKm: these steps state no max_km of their own: unit. Give maxKm, or ask for another step (P-4)."


def test_members_count_from_their_first_day_until_the_day_before_their_last(store: Store) -> None:
    store.write([
        *pathway(NEEDS_1), offer("a", ["A-1"]),
        (("MATCH (s:GeographicEntity {id: 's-a'}) MATCH (p:Pathway) MATCH (t:Step) CREATE (s)-[:MEMBER_OF {role: 'appui', since: date('2026-06-01')}]->(p), "
          "(s)-[:MEMBER_OF {role: 'recours', since: date('2020-01-01'), until: date('2026-06-01')}]->(t)"), {}),
        ("MATCH (o:Offer) CREATE (o)<-[:FOR]-(:Practice {id: 'x'})-[:BY]->(:Professional {id: '8100'})", {}),
    ])  # fmt: skip
    assert [(one.kind, one.id, one.role) for one in answer(store, members_of("Pathway", AT)(["p"]))["p"]] == [("GeographicEntity", "s-a", "appui")]
    assert answer(store, members_of("Step", AT)(["p/unit"])) == {}
    eve = date(2026, 5, 31)
    assert [one.role for one in answer(store, members_of("Step", eve)(["p/unit"]))["p/unit"]] == ["recours"]
    for label, key in (("Offer", "a"), ("GeographicEntity", "s-a"), ("Professional", "8100")):
        found = answer(store, memberships_of(label, AT)([key]))[key]
        assert [replace(one, since=None) for one in found] == [replace(found[0], since=None)]
        assert (found[0].pathway, found[0].step, found[0].member, found[0].role) == ("p", None, "s-a", "appui")
    assert answer(store, memberships_of("LegalEntity", AT)(["e"])) == {}


def test_members_that_do_not_meet_their_step_are_told(store: Store) -> None:  # P-2
    store.write([
        *pathway(NEEDS_1), offer("a", ["A-1"]), offer("other", ["A-2"], site="s-b", entity="f"), offer("silent", [], site="s-c", entity="g"),
        ("MATCH (n:GeographicEntity) WHERE n.id IN ['s-a', 's-b', 's-c'] MATCH (t:Step) CREATE (n)-[:MEMBER_OF {role: 'recours'}]->(t)", {}),
        ("MATCH (n:Offer {id: 'other'}) MATCH (p:Pathway) CREATE (n)-[:MEMBER_OF]->(p)", {}),
        ("MATCH (n:LegalEntity {id: 'e'}) MATCH (p:Pathway) CREATE (n)-[:MEMBER_OF]->(p)", {}),
    ])  # fmt: skip
    found = answer(store, pathway_members("p", AT, Reference()))
    assert [(one.step, one.member.id, one.meets.value) for one in found] == [
        (None, "e", "TRUE"), (None, "other", "FALSE"), ("unit", "s-a", "TRUE"), ("unit", "s-b", "FALSE"), ("unit", "s-c", "UNKNOWN"),
    ]  # fmt: skip
