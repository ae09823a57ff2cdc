"""The offers of each step, with what pathways read of them, on both servers."""

from typing import Any

from graph.pathways.asking import asked_pathway
from graph.pathways.offers_of_step import KeptOffers, StepOffer, StepOffers, step_offers
from graph.reads import Reads, answer
from graph.search.geography import Point
from graph.search.offers import DistanceBasis
from graph.search.reference import Reference
from graph.store.connection import Store
from tests.pathways.made import an_offer
from tests.pathways.test_coverage import AT, NEEDS_1, offer, pathway

STAY = {"mode": "TRE_R213-28"}


def of_steps(reference: Reference) -> Reads[StepOffers]:
    asked = yield from asked_pathway("p", AT, reference)
    return (yield from step_offers(asked.pathway.steps, asked.requirements, asked.basis, reference)).steps


def found(store: Store) -> list[list[tuple[str, bool, int]]]:
    return [[(one.offer.id, one.sure, one.unknowns) for one in step] for step in answer(store, of_steps(Reference()))]


def one(store: Store) -> StepOffer:
    ((only,),) = answer(store, of_steps(Reference()))
    return only


def test_each_step_has_the_offers_that_meet_it_or_may_with_their_unknown_leaves(store: Store) -> None:
    needs: dict[str, Any] = {"activity": ["A-1"], "careMode": ["M-1"]}
    same: dict[str, Any] = {"activity": ["A-1"], "sameSite": {"activity": ["A-2"]}}
    store.write([
        *pathway(("one", needs, "TRAVEL"), ("two", same, "TRAVEL")),
        offer("a", ["A-1"], site="s"), offer("b", ["A-2"], site="s"), offer("c", [], mode=None), offer("d", ["A-1"]), offer("e", ["A-3"]),
    ])  # fmt: skip
    assert found(store) == [[("a", True, 0), ("c", False, 2), ("d", True, 0)], [("a", True, 0)]]


def test_an_offer_has_its_points_beds_and_places(store: Store) -> None:
    store.write([
        *pathway(NEEDS_1), offer("a", ["A-1"], beds=[4], **STAY),
        (("MATCH (o:Offer) MATCH (c:Commune {code: '69001'}) "
          "CREATE (o)-[:DELIVERED_AT]->(:Location {id: 'l', latitude: 45.5, longitude: 4.5})-[:LOCATED_IN]->(c)"), {}),
        (("MATCH (l:Location) CREATE (l)-[:HAS_CAPACITY]->(:Capacity {id: 'k', nature: 'TRE_R329-01', status: 'TRE_R330-01', count: 10}), "
         "(l)-[:HAS_CAPACITY]->(:Capacity {id: 'm', status: 'TRE_R330-02', count: 1, updated_at: '2026-05-31T08:00:00Z'})"), {}),
        ("MATCH (o:Offer) MATCH (d:Department {code: '69'}) SET o.updated_at = '2026-05-01T00:00:00Z' CREATE (o)-[:INTERVENES_IN]->(d)", {}),
    ])  # fmt: skip
    offered = one(store).offer
    assert (offered.points, offered.basis, offered.commune, offered.delivered) == ((Point(45.5, 4.5),), DistanceBasis.LOCATION, "01004", ("69001",))
    assert (offered.own_beds, offered.shared_beds, offered.available_at) == (4, (("k", 10),), "2026-05-31T08:00:00Z")
    assert (offered.areas, offered.described_on) == (("Department:69",), "2026-05-01T00:00:00Z")


def test_without_location_and_site_point_the_commune_places_an_offer(store: Store) -> None:
    store.write([*pathway(NEEDS_1), offer("a", ["A-1"])])
    offered = one(store).offer
    assert (offered.points, offered.basis, offered.available_at, offered.own_beds) == ((Point(46.0, 5.0),), DistanceBasis.COMMUNE, None, None)


def test_an_offer_whose_location_has_no_commune_is_delivered_where_its_site_is(store: Store) -> None:  # S-8
    store.write([*pathway(NEEDS_1), offer("a", ["A-1"]), ("MATCH (o:Offer) CREATE (o)-[:DELIVERED_AT]->(:Location {id: 'l'})", {})])
    assert one(store).offer.delivered == ("01004",)


def test_offers_are_read_once_until_a_load(embedded_store: Store) -> None:
    embedded_store.write([*pathway(NEEDS_1), offer("a", ["A-1"])])
    reference = Reference()
    first = answer(embedded_store, of_steps(reference))
    embedded_store.write([offer("b", ["A-1"])])
    assert answer(embedded_store, of_steps(reference)) is first
    embedded_store.write([("CREATE (:Run {id: 'r', of: 'x', started: '2026-01-01T00:00:00Z', status: 'done'})", {})])
    assert [offered.offer.id for offered in answer(embedded_store, of_steps(reference))[0]] == ["a", "b"]


def test_offers_that_come_to_other_areas_are_passed_over_in_their_order() -> None:
    areas = {"a": ("Department:01",), "b": (), "c": ("Department:69", "Region:84"), "d": ("*",), "e": ("Department:13",)}
    some = tuple(an_offer(code, areas=held) for code, held in areas.items())
    kept = KeptOffers.of((some,))
    assert [one.offer.id for one in kept.reaching(0, ["Region:84", "Department:01", "*"])] == ["a", "b", "c", "d"]
