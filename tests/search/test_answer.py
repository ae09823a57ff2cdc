"""Facets, relaxations, orders and cursors as sentences (docs/pathways.md, S-9 and S-10)."""

import base64
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.access import EVERYTHING, Viewer
from graph.access.viewer import Profile, RegionCode
from graph.errors import BadInput
from graph.reads import answer
from graph.search.criteria import parse
from graph.search.facets import Counted, Facet, FacetCount, facets
from graph.search.judging import Order
from graph.search.offers import Asked, OfferPage, Unknowns, search_offers
from graph.search.place import Near
from graph.search.reference import Reference
from graph.search.relaxing import Relaxation, relaxations
from graph.store.connection import Store
from tests.search.test_search import AT, GEOGRAPHY, found, ids, offer

BY_ACTIVITY = {"activity": "A-1"}
BED = """MATCH (o:Offer {id: $id})
CREATE (o)-[:HAS_CAPACITY]->(:Capacity {id: $id + $status + $at, nature: 'TRE_R329-01', status: $status, count: $count, updated_at: $at})"""


def beds(code: str, count: int, *, status: str = "TRE_R330-02", at: str = "2026-06-01T06:00:00Z") -> tuple[str, dict[str, object]]:
    return BED, {"id": code, "status": status, "count": count, "at": at}


def in_regions(*regions: str) -> Viewer:
    return replace(EVERYTHING, perimeter=frozenset(map(RegionCode, regions)))


def run(code: str, status: str = "done") -> tuple[str, dict[str, str]]:
    return "MERGE (r:Run {id: $code}) SET r.started = $code, r.status = $status", {"code": code, "status": status}


def counted(store: Store, page: OfferPage, *by: Facet) -> list[tuple[str | None, str | None, int]]:
    return [(one.code, one.label, one.count) for one in answer(store, facets(page.search, by, Reference()))]


def test_a_facet_ignores_the_criterion_on_its_own_field_and_counts_what_is_not_described(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("a", ", care_mode: 'M-1'"), offer("b", ", care_mode: 'TRE_R213-59'"), offer("c", ", care_mode: 'M-1'"), offer("d")])
    page = found(store, {"activity": "A-1", "careMode": "TRE_R213-59"})
    assert (ids(page), counted(store, page, Facet.CARE_MODE)) == (["b"], [("M-1", "hospitalisation", 2), ("TRE_R213-59", "domicile", 1), (None, None, 1)])


def test_a_facet_shows_its_fifty_most_frequent_codes_and_counts_the_others(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), *(offer(f"o{n:02d}", f", care_mode: 'T{n:02d}'") for n in range(52)), offer("more", ", care_mode: 'T51'")])
    shown = answer(embedded_store, facets(found(embedded_store).search, [Facet.CARE_MODE], Reference()))
    assert [one.code for one in shown[:3]] == ["T51", "T00", "T01"]
    assert (len(shown), shown[-1]) == (51, FacetCount(Facet.CARE_MODE, Counted.MORE_CODES, None, None, 2))


def test_facets_keep_to_the_place_and_the_day(embedded_store: Store) -> None:
    embedded_store.write([
        (GEOGRAPHY, {}), offer("near", ", care_mode: 'M-1'"), offer("far", ", care_mode: 'M-1'", at="97209"),
        offer("closed", ", care_mode: 'M-1', closed_on: date('2026-05-31')"),
    ])  # fmt: skip
    assert counted(embedded_store, found(embedded_store, near=Near(commune="01004")), Facet.CARE_MODE) == [("M-1", "hospitalisation", 1)]


def test_every_facet_can_be_asked(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("a", ", source_region: '84'"),
        ("MATCH (o:Offer {id: 'a'}) MATCH (k:Concept {id: 'M-1'}) CREATE (o)-[:FOR_PUBLIC]->(k)", {}),
    ])  # fmt: skip
    shown = answer(store, facets(found(store).search, list(Facet), Reference()))
    assert [(one.facet.value, one.code) for one in shown if one.code] == [("activity", "A-1"), ("public", "M-1"), ("sourceRegion", "84")]


def test_a_facet_is_asked_once(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a")])
    with pytest.raises(BadInput, match="by: each facet is asked once"):
        answer(embedded_store, facets(found(embedded_store).search, [Facet.ACTIVITY, Facet.ACTIVITY], Reference()))


def test_an_empty_answer_says_what_leaving_out_each_criterion_would_give(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("a", ", care_mode: 'M-1'"), offer("b", ", care_mode: 'M-1'")])
    page = found(store, {"activity": "A-1", "careMode": "TRE_R213-59", "not": {"activity": "M-1"}})
    assert answer(store, relaxations(page, Reference())) == (
        Relaxation("activity", 0, None, 0),
        Relaxation("careMode", 1, None, 2),
        Relaxation("not", 2, None, 0),
    )
    assert [one.criterion for one in answer(store, relaxations(page, Reference())) if one.emptied] == ["careMode"]


def test_an_empty_answer_near_a_place_says_what_three_larger_radii_would_give(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), ("MATCH (d:Department {code: '01'}) SET d.enlargement_km = 10.0", {}),
        offer("b", at="01053"), offer("c", site=", latitude: 46.25, longitude: 5.0"), offer("d", site=", latitude: 46.5, longitude: 5.0"),
    ])  # fmt: skip
    page = found(store, near=Near(commune="01004", radius_km=5.0))
    assert answer(store, relaxations(page, Reference())) == (
        Relaxation("activity", 0, None, 0),
        Relaxation("near", None, 15.0, 1),
        Relaxation("near", None, 25.0, 1),
        Relaxation("near", None, 35.0, 2),
    )


def test_an_answer_that_holds_something_has_no_relaxation(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a")])
    assert answer(embedded_store, relaxations(found(embedded_store), Reference())) == ()


def test_the_most_available_beds_come_first_then_those_that_do_not_say_and_0_last(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), *(offer(code) for code in ("zero", "silent", "two", "five", "stale", "installed")),
        beds("zero", 0), beds("two", 2), beds("five", 4), beds("five", 1, at="2026-06-01T07:00:00Z"), beds("stale", 9, at="2026-05-30T06:00:00Z"),
        beds("installed", 9, status="TRE_R330-01"),
    ])  # fmt: skip
    assert ids(found(store, order=Order.AVAILABILITY)) == ["five", "two", "installed", "silent", "stale", "zero"]


def test_beds_of_a_location_where_the_offer_is_delivered_are_available_to_it(store: Store) -> None:
    store.write([
        (GEOGRAPHY, {}), offer("a"), offer("b"), beds("a", 1),
        (("MATCH (o:Offer {id: 'b'}) CREATE (o)-[:DELIVERED_AT]->(:Location {id: 'l'})-[:HAS_CAPACITY]->(:Capacity {id: 'k', nature: 'TRE_R329-01', "
          "status: 'TRE_R330-02', count: 3, updated_at: '2026-06-01T06:00:00Z'})"), {}),
    ])  # fmt: skip
    assert ids(found(store, order=Order.AVAILABILITY)) == ["b", "a"]


def test_unknown_offers_stand_last_whatever_the_order(store: Store) -> None:
    store.write([(GEOGRAPHY, {}), offer("a"), offer("b", ", care_mode: 'M-1'"), beds("a", 5)])
    page = found(store, {"activity": "A-1", "careMode": "M-1"}, order=Order.AVAILABILITY, unknowns=Unknowns.INCLUDE)
    assert [(edge.node.id, edge.match.value) for edge in page.edges] == [("b", "TRUE"), ("a", "UNKNOWN")]


@pytest.mark.parametrize("order", [Order.NAME, Order.FRESHNESS, Order.AVAILABILITY])
def test_a_load_between_two_pages_repeats_no_offer_and_loses_none_that_stays(store: Store, order: Order) -> None:
    made = [statement for n in range(1, 7) for statement in (offer(f"o{n}", f", updated_at: '2026-05-0{n}T00:00:00Z'"), beds(f"o{n}", n))]
    store.write([(GEOGRAPHY, {}), run("1"), *made])
    first = found(store, order=order, first=3)
    gone = first.edges[2].node.id
    store.write([
        ("MATCH (o:Offer {id: $gone}) SET o.gone_on = date('2026-05-31')", {"gone": gone}),
        offer("o0", ", updated_at: '2026-05-00T00:00:00Z'"), offer("o9", ", updated_at: '2026-05-09T00:00:00Z'"), beds("o0", 9), beds("o9", 1), run("2"),
    ])  # fmt: skip
    second = found(store, order=order, first=10, after=first.edges[-1].cursor)
    stays = {f"o{n}" for n in range(1, 7)}
    assert (first.changed, second.changed) == (False, True)
    assert [*ids(first), *(one for one in ids(second) if one in stays)] == sorted(stays, reverse=order is not Order.NAME)


def test_without_a_load_nothing_has_changed(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), run("1"), offer("a"), offer("b")])
    assert not found(embedded_store, after=found(embedded_store, first=1).edges[0].cursor).changed


def test_while_a_load_is_under_way_the_data_may_have_changed(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), run("1", "writing"), offer("a"), offer("b")])
    assert found(embedded_store, after=found(embedded_store, first=1).edges[0].cursor).changed


def test_a_cursor_that_was_changed_is_refused(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a"), offer("b")])
    whole = base64.urlsafe_b64decode(found(embedded_store, first=1).edges[0].cursor)
    for changed in (whole.replace(b'"a"', b'"b"'), whole[:10], b"", bytes([whole[0] ^ 1]) + whole[1:]):
        with pytest.raises(BadInput, match="after: this is no cursor of an answer"):
            found(embedded_store, after=base64.urlsafe_b64encode(changed).decode())


def test_a_cursor_of_another_key_is_refused(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a"), offer("b")])
    after = found(embedded_store, first=1).edges[0].cursor
    with pytest.raises(BadInput, match="after: this is no cursor of an answer"):
        answer(embedded_store, search_offers(Asked(parse(BY_ACTIVITY), AT, after=after), Reference(cursor_key=b"other")))


@pytest.mark.parametrize(
    "other",
    [
        {"viewer": replace(EVERYTHING, profile=Profile(2))},
        {"viewer": in_regions("84")},
        {"order": Order.FRESHNESS},
        {"unknowns": Unknowns.INCLUDE},
    ],
)
def test_a_cursor_serves_only_the_same_search_of_the_same_viewer(embedded_store: Store, other: dict[str, Any]) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a"), offer("b")])
    after = found(embedded_store, first=1).edges[0].cursor
    with pytest.raises(BadInput, match="belongs to another search"):
        found(embedded_store, after=after, **other)


def test_a_page_that_names_no_day_keeps_the_day_of_the_first(embedded_store: Store) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a"), offer("b", ", closed_on: date('2026-06-02')")])
    reference, yesterday = Reference(), Asked(parse(BY_ACTIVITY), AT, first=1, today=True)
    after = answer(embedded_store, search_offers(yesterday, reference)).edges[0].cursor
    assert ids(answer(embedded_store, search_offers(Asked(parse(BY_ACTIVITY), date(2026, 6, 2), after=after, today=True), reference))) == ["b"]


@pytest.mark.parametrize(("viewer", "limited"), [(EVERYTHING, False), (in_regions("84"), False), (in_regions("02"), True)])
def test_a_circle_that_may_pass_the_border_of_the_perimeter_says_so(embedded_store: Store, viewer: Viewer, limited: bool) -> None:
    embedded_store.write([(GEOGRAPHY, {}), offer("a")])
    assert found(embedded_store, near=Near(commune="01004"), viewer=viewer).perimeter_limited is limited
