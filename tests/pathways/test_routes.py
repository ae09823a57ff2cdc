"""Routes from the store: what is taken, what it costs, and why there is none (P-5 to P-7), on both servers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.errors import BadInput, LimitExceeded
from graph.pathways.person import person
from graph.pathways.refusals import Refusal
from graph.pathways.routes import AskedRoutes, Delay, PathwayRoute, pathway_refusal, pathway_routes
from graph.pathways.taking import Cause
from graph.reads import answer
from graph.search.place import Near
from graph.search.reference import Reference
from graph.store.connection import Store
from tests.pathways.test_coverage import AT, Statement, offer, pathway

HERE = AskedRoutes("p", Near(commune="01004"), datetime(2026, 6, 1, 8, tzinfo=UTC), AT)
ONE, TWO = ("one", {"activity": ["A-1"]}, "TRAVEL"), ("two", {"activity": ["A-2"]}, "TRAVEL")
LINKED: Statement = ("MATCH (a:Step {code: 'one'}) MATCH (b:Step {code: 'two'}) CREATE (a)-[:NEXT {condition: 'si besoin'}]->(b)", {})
BETWEEN = 19.045  # km from 01004 to 69001 in the small world


def routes(store: Store, asked: AskedRoutes = HERE) -> tuple[PathwayRoute, ...]:
    return answer(store, pathway_routes(asked, Reference()))


def refused(store: Store, asked: AskedRoutes = HERE) -> Refusal | None:
    return answer(store, pathway_refusal(asked, Reference()))


def offers_of(found: tuple[PathwayRoute, ...]) -> list[list[str]]:
    return [[step.offer.id for step in route.steps] for route in found]


def terms_of(route: PathwayRoute) -> list[list[tuple[str, float]]]:
    return [[(term.weight.value, round(term.km, 3)) for term in step.terms] for step in route.steps]


def test_a_route_goes_through_the_nearest_offers_and_tells_each_term(store: Store) -> None:
    store.write([*pathway(ONE, TWO), LINKED, offer("a", ["A-1"]), offer("b", ["A-2"], at="69001", entity="f"), offer("far", ["A-2"], at="97209")])
    best = routes(store)[0]
    assert (offers_of((best,)), best.entities, best.steps[1].condition) == ([["a", "b"]], 2, "si besoin")
    assert terms_of(best) == [[("leg", 0.0)], [("leg", BETWEEN), ("entity", 5.0), ("department", 5.0)]]
    assert best.cost == pytest.approx(BETWEEN + 10)


def test_an_unknown_offer_pays_and_is_refused_when_strict(store: Store) -> None:
    store.write([*pathway(ONE), offer("silent", [])])
    strict = replace(HERE, person=person({"strict": True}))
    assert ([(route.cost, route.unknowns) for route in routes(store)], routes(store, strict)) == ([(20.0, 1)], ())
    why = refused(store, strict)
    assert why is not None
    assert (why.step, why.cause, [(one.cause, one.offers) for one in why.counts]) == ("one", Cause.UNKNOWN, [(Cause.UNKNOWN, 1)])


def test_a_step_without_offers_blocks(store: Store) -> None:
    store.write([*pathway(ONE, TWO), LINKED, offer("a", ["A-1"])])
    why = refused(store)
    assert why is not None
    assert (why.step, why.cause, why.message) == (
        "two", Cause.NO_OFFER, "Étape « two » : aucune offre chargée ne répond au besoin de l'étape, même à vérifier.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "cause"), [("MATCH (s:Step {code: 'two'}) SET s.max_km = 10.0", "STEP_TOO_FAR"), ("MATCH ()-[n:NEXT]->() SET n.max_km = 10.0", "PASSAGE_TOO_FAR")]
)
def test_a_limit_that_is_exceeded_says_the_nearest_beyond(store: Store, limit: str, cause: str) -> None:
    store.write([*pathway(ONE, TWO), LINKED, offer("a", ["A-1"]), offer("b", ["A-2"], at="69001"), (limit, {})])
    why = refused(store)
    assert why is not None
    assert (why.step, why.cause, why.limit_km, why.nearest, round(why.nearest_km or 0, 3)) == ("two", Cause(cause), 10.0, "b", BETWEEN)


def test_a_constraint_that_no_offer_meets_is_for_the_person(store: Store) -> None:
    store.write([*pathway(ONE), offer("a", ["A-1"])])
    whom = person({"constraints": [{"step": "one", "criteria": {"careMode": ["M-2"]}}]})
    why = refused(store, replace(HERE, person=whom))
    assert why is not None
    assert (why.cause, [(one.cause, one.offers) for one in why.counts]) == (Cause.NOT_FOR_PERSON, [(Cause.NOT_FOR_PERSON, 1)])


def test_a_team_comes_where_its_area_holds_the_place(store: Store) -> None:
    store.write([
        *pathway(("one", {"activity": ["A-1"]}, "TEAM")), offer("here", ["A-1"], at="69001"), offer("there", ["A-1"]),
        ("MATCH (o:Offer {id: 'here'}) MATCH (d:Department {code: '01'}) CREATE (o)-[:INTERVENES_IN]->(d)", {}),
        ("MATCH (o:Offer {id: 'there'}) MATCH (d:Department {code: '69'}) CREATE (o)-[:INTERVENES_IN]->(d)", {}),
    ])  # fmt: skip
    assert [(route.cost, route.unknowns) for route in routes(store)] == [(BETWEEN, 0)]


REGULATED = ("one", {"activity": ["A-1"]}, "REMOTE")


def area(code: str, department: str) -> Statement:
    return "MATCH (o:Offer {id: $id}) MATCH (d:Department {code: $in}) CREATE (o)-[:INTERVENES_IN]->(d)", {"id": code, "in": department}


def test_a_remote_offer_of_another_department_is_refused_where_its_area_is_stated_elsewhere(store: Store) -> None:  # P-6
    store.write([*pathway(REGULATED), offer("samu-69", ["A-1"], at="69001"), area("samu-69", "69")])
    why = refused(store)
    assert why is not None
    assert (routes(store), why.step, why.cause, [(one.cause, one.offers) for one in why.counts]) == ((), "one", Cause.OUT_OF_AREA, [(Cause.OUT_OF_AREA, 1)])


def test_a_remote_offer_that_states_its_area_pays_nothing_and_one_that_states_none_one_unknown(store: Store) -> None:
    store.write([*pathway(REGULATED), offer("silent", ["A-1"]), offer("stated", ["A-1"], at="69001"), area("stated", "01")])
    assert [(route.steps[0].offer.id, route.cost, route.unknowns) for route in routes(store)] == [("stated", 0.0, 0), ("silent", 20.0, 1)]


def test_of_remote_offers_without_area_the_base_in_the_department_comes_first_then_the_nearer(store: Store) -> None:  # P-7
    nearer: Statement = (
        "MATCH (c:Commune {code: '69001'}) MATCH (d:Department {code: '01'}) CREATE (:Commune {code: '01090', latitude: 46.4, longitude: 5.0})-[:IN]->(d)",
        {},
    )
    store.write([
        *pathway(REGULATED), nearer, offer("a", ["A-1"], at="97209"), offer("b", ["A-1"], at="69001"), offer("c", ["A-1"], at="01090"), offer("d", ["A-1"]),
    ])  # fmt: skip
    assert [(route.steps[0].offer.id, route.cost) for route in routes(store, replace(HERE, k=4))] == [("d", 20.0), ("c", 20.0), ("b", 20.0), ("a", 20.0)]


@pytest.mark.parametrize(("unit", "taken"), [("MONTH", [["child"]]), ("YEAR", [["adult"]])])
def test_the_age_of_a_person_is_in_its_unit(store: Store, unit: str, taken: list[list[str]]) -> None:
    ages: Statement = ("UNWIND $rows AS r MATCH (o:Offer {id: r.id}) SET o.age_unit = 'a', o.min_age = r.low, o.max_age = r.high", {"rows": [
        {"id": "child", "low": 0.0, "high": 17.0}, {"id": "adult", "low": 18.0, "high": 99.0},
    ]})  # fmt: skip
    store.write([*pathway(ONE), offer("child", ["A-1"]), offer("adult", ["A-1"]), ages])
    assert offers_of(routes(store, replace(HERE, person=person({"age": 36, "ageUnit": unit})))) == taken


def test_a_stay_pays_without_a_fresh_count_and_for_an_old_description(store: Store) -> None:
    store.write([
        *pathway(ONE), offer("full", ["A-1"], mode="TRE_R213-28"), offer("fresh", ["A-1"], mode="TRE_R213-28"),
        ("MATCH (o:Offer {id: 'full'}) SET o.updated_at = '2025-06-01T00:00:00Z'", {}),
        (("MATCH (o:Offer {id: 'fresh'}) "
          "CREATE (o)-[:HAS_CAPACITY]->(:Capacity {id: 'k', status: 'TRE_R330-02', count: 1, updated_at: '2026-05-31T08:00:00Z'})"), {}),
    ])  # fmt: skip
    assert [(route.steps[0].offer.id, terms_of(route)[0]) for route in routes(store)] == [
        ("fresh", [("leg", 0.0)]),
        ("full", [("leg", 0.0), ("capacity", 15.0), ("stale", 10.0)]),
    ]


def test_a_member_on_the_day_is_preferred(store: Store) -> None:
    member: Statement = (
        "MATCH (s:GeographicEntity {id: 's-b'}) MATCH (p:Pathway) CREATE (s)-[:MEMBER_OF {since: date('2026-01-01'), until: date('2026-06-02')}]->(p)",
        {},
    )
    store.write([*pathway(ONE), offer("a", ["A-1"]), offer("b", ["A-1"]), member])
    assert [(route.steps[0].offer.id, route.cost) for route in routes(store)] == [("b", 0.0), ("a", 10.0)]


def test_the_matrix_replaces_the_pairs_it_has_and_gives_minutes(store: Store) -> None:
    road: Statement = ("MATCH (a:Commune {code: '01004'}) MATCH (b:Commune {code: '69001'}) CREATE (a)-[:ROAD {km: 25.5, minutes: 40.0}]->(b)", {})
    delays: Statement = ("MATCH (s:Step) SET s.max_delay_h = 0.5", {})
    store.write([*pathway(ONE), offer("b", ["A-1"], at="69001"), offer("c", ["A-1"], at="97209"), road, delays])
    assert [(step.leg_km, step.road, step.delay) for route in routes(store)[:1] for step in route.steps] == [(25.5, True, Delay.EXCEEDED)]
    assert routes(store)[1].steps[0].delay is Delay.NOT_COMPUTED


def test_a_radius_bounds_the_steps_that_state_no_limit(store: Store) -> None:
    store.write([*pathway(ONE), offer("a", ["A-1"]), offer("b", ["A-1"], at="69001")])
    assert offers_of(routes(store, replace(HERE, near=Near(commune="01004", radius_km=10.0)))) == [["a"]]


def test_more_offers_than_the_limit_are_an_error_and_no_cut(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.pathways.taking.MOST", 1)
    store.write([*pathway(ONE), offer("a", ["A-1"]), offer("b", ["A-1"], at="69001")])
    with pytest.raises(LimitExceeded, match="step one: 2 offers may be taken and no limit bounds them; 1 is the limit"):
        routes(store)


@pytest.mark.parametrize("raw", [{"size": 3}, {"constraints": [{"step": "one"}]}])
def test_a_person_that_cannot_be_read_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        person(raw)


def test_a_constraint_on_a_step_that_is_none_is_refused(store: Store) -> None:
    store.write([*pathway(ONE)])
    with pytest.raises(BadInput, match="'three' is no step of this pathway"):
        routes(store, replace(HERE, person=person({"constraints": [{"step": "three", "criteria": {"activity": ["A-1"]}}]})))
