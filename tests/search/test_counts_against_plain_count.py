"""Facets and relaxations against counts written plainly in Python, on the same data (S-10)."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.reads import answer
from graph.search.criteria import parse
from graph.search.facets import Counted, Facet, facets
from graph.search.offers import Asked, OfferPage, search_offers
from graph.search.place import Near
from graph.search.reference import Reference
from graph.search.relaxing import relaxations
from graph.store.connection import Store
from tests.search.indexed import BOTH_WAYS, indexed
from tests.search.world import ACTIVITIES, AT, CATEGORIES, FIELDS, MODES, TYPES, Offer, World, both, exists, is_near, meets, world, write

BY = (Facet.ACTIVITY, Facet.CARE_MODE, Facet.OFFER_TYPE, Facet.ESTABLISHMENT_CATEGORY, Facet.FIELD_OF_ACTIVITY)


def codes(of: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), min_size=1, max_size=2, unique=True)


ROOTS = st.fixed_dictionaries(
    {},
    optional={
        "activity": codes(ACTIVITIES),
        "careMode": codes(MODES),
        "offerType": codes(TYPES),
        "fieldOfActivity": codes(FIELDS),
        "establishmentCategory": codes(CATEGORIES),
        "text": st.sampled_from(["nord", "clinique", "unite nord"]),
        "not": codes(ACTIVITIES).map(lambda given: {"activity": given}),
        "sameSite": codes(ACTIVITIES).map(lambda given: {"activity": given}),
    },
).filter(len)
PLACES = st.none() | st.tuples(st.sampled_from(["01004", "69123"]), st.sampled_from([5.0, 30.0, 400.0]))


@pytest.fixture
def written(embedded_store: Store) -> tuple[Store, World]:
    made = world()
    write(embedded_store, made)
    embedded_store.write([("MATCH (d:Department) SET d.enlargement_km = 15.0", {})])
    return embedded_store, made


def _page(store: Store, reference: Reference, raw: dict[str, Any], near: tuple[str, float] | None) -> OfferPage:
    place = Near(commune=near[0], radius_km=near[1]) if near else None
    return answer(store, search_offers(Asked(parse(raw), AT, place), reference))


def _met(made: World, raw: dict[str, Any], near: tuple[str, float] | None) -> list[Offer]:
    return [offer for offer in made.offers if exists(made, offer) and both([meets(made, offer, raw), is_near(made, offer, *near) if near else True])]


def _values(made: World, offer: Offer, facet: Facet) -> list[str | None]:
    match facet:
        case Facet.ACTIVITY:
            return list(offer.activities) or [None]
        case Facet.CARE_MODE:
            return [offer.mode]
        case Facet.OFFER_TYPE:
            return [offer.type]
        case Facet.ESTABLISHMENT_CATEGORY:
            return [made.sites[offer.site].category]
    return [offer.field]


@BOTH_WAYS
def test_facets_count_what_a_plain_count_finds(written: tuple[Store, World], index: bool) -> None:
    store, made = written
    reference = indexed(store) if index else Reference()

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ROOTS, PLACES)
    def check(raw: dict[str, Any], near: tuple[str, float] | None) -> None:
        counted = answer(store, facets(_page(store, reference, raw, near).search, BY, reference))
        for facet in BY:
            rest = {name: value for name, value in raw.items() if name != facet.value}
            expected = Counter(value for offer in _met(made, rest, near) for value in _values(made, offer, facet))
            assert {one.code: one.count for one in counted if one.facet is facet} == dict(expected)
        assert {one.kind for one in counted} <= {Counted.CODE, Counted.UNDESCRIBED}

    check()


@BOTH_WAYS
def test_relaxations_count_what_a_plain_count_finds(written: tuple[Store, World], index: bool) -> None:
    store, made = written
    reference = indexed(store) if index else Reference()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ROOTS, PLACES)
    def check(raw: dict[str, Any], near: tuple[str, float] | None) -> None:
        page = _page(store, reference, raw, near)
        relaxed = answer(store, relaxations(page, reference))
        if page.total_count:
            assert relaxed == ()
            return
        left_out = {name: len(_met(made, {other: value for other, value in raw.items() if other != name}, near)) for name in raw}
        assert {one.criterion: one.count for one in relaxed if one.radius_km is None} == (left_out if len(raw) > 1 or near else {})
        wider = {near[1] + 15.0 * step: len(_met(made, raw, (near[0], near[1] + 15.0 * step))) for step in (1, 2, 3)} if near else {}
        assert {one.radius_km: one.count for one in relaxed if one.radius_km is not None} == wider

    check()
