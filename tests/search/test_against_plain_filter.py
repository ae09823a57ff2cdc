"""The one statement of a search against the rules written plainly in Python, on the same data (S-1 to S-9)."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.reads import answer
from graph.search.criteria import parse
from graph.search.offers import Asked, Match, OfferPage, Unknowns, search_offers
from graph.search.place import Near
from graph.search.reference import Reference
from graph.search.territory import territory
from graph.store.connection import Store
from tests.search.described import GENDERS, LIMIT, RELATED, SPECIALTIES, STATUSES, TARIFFS, UNITS
from tests.search.indexed import BOTH_WAYS, indexed
from tests.search.world import (
    ACTIVITIES,
    AT,
    CATEGORIES,
    COMMUNES,
    FIELDS,
    MODES,
    TYPES,
    Three,
    World,
    both,
    exists,
    is_in,
    is_near,
    meets,
    world,
    write,
)  # fmt: skip

EXAMPLES = 1000 if os.environ.get("CI") == "true" else 30


def codes(of: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), min_size=1, max_size=2, unique=True)


LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "activity": codes(ACTIVITIES),
    "careMode": codes(MODES),
    "offerType": codes(TYPES),
    "fieldOfActivity": codes(FIELDS),
    "establishmentCategory": codes(CATEGORIES),
    "text": st.sampled_from(["nord", "clinique", "unite nord", "clinqiue", "hopit", "hopitla", "cl", "ord", "unita"]),
    **{name: codes(of) for name, of in RELATED.items()},
    "specialty": codes(SPECIALTIES),
    "receptionType": codes(("R-1", "R-2")),
    "maternityType": codes(("M-1", "M-2")),
    "psychiatrySector": st.sampled_from(["75G01", "75G02"]),
    "sourceRegion": st.sampled_from(["84", "01"]),
    "updatedSince": st.sampled_from(["2026-01-01T00:00:00Z", "2026-03-01T12:00:00+02:00"]),
    "inAnomaly": st.booleans(),
    "age": st.sampled_from([0, 2, 3, 17, 18, 19, 60, 119, 120]),
    "interventionArea": st.sampled_from([{"commune": "01004"}, {"commune": "69381"}, {"department": "01"}, {"region": "84"}, {"region": "01"}]),
    "equipment": st.lists(
        st.sampled_from([{"equipment": "E-1"}, {"equipment": "E-2"}, {"equipment": "E-1", "limit": LIMIT, "atLeast": 200}]), min_size=1, max_size=2
    ),
    "capacity": st.fixed_dictionaries(
        {"atLeast": st.sampled_from([1, 3, 4])},
        optional={"gender": st.sampled_from(GENDERS[:2]), "status": st.sampled_from(STATUSES), "maxAgeHours": st.sampled_from([1, 72])},
    ),
    "tariff": st.fixed_dictionaries(
        {"type": st.sampled_from(TARIFFS), "atMost": st.sampled_from([60.5, 70.0, 80.0])}, optional={"unit": st.sampled_from(UNITS)}
    ),
    "openAt": st.builds(
        lambda day, time: f"2026-{day}T{time}+02:00",
        st.sampled_from(["05-14", "05-15", "05-25", "05-26", "05-27", "05-28", "06-01", "06-07", "06-28"]),
        st.sampled_from(["00:00", "07:59", "08:00", "12:00", "18:29", "18:30", "23:59"]),
    ),
}
FLAT = st.dictionaries(st.sampled_from(sorted(LEAVES)), st.none(), min_size=1, max_size=3).flatmap(
    lambda names: st.fixed_dictionaries({name: LEAVES[name] for name in names})
)
TREES = st.recursive(
    FLAT | FLAT.map(lambda inside: {"sameSite": inside}),
    lambda inner: (
        st.fixed_dictionaries({"and": st.lists(inner, min_size=1, max_size=2)})
        | st.fixed_dictionaries({"or": st.lists(inner, min_size=1, max_size=2)})
        | st.fixed_dictionaries({"not": inner}, optional={"activity": codes(ACTIVITIES), "careMode": codes(MODES)})
    ),
    max_leaves=4,
)
TERRITORIES = st.sampled_from([
    {"department": "01"}, {"region": "84"}, {"commune": "69123"}, {"region": "01"}, {"postalCode": "01500"}, {"postalCode": "69001"},
    {"healthTerritory": "Z-1"}, {"healthTerritory": "Z-2"}, {"healthTerritory": "Z-3"},
])  # fmt: skip
PLACES = st.tuples(st.sampled_from(["01004", "69381", "69123"]), st.sampled_from([5.0, 30.0, 60.0, 400.0]))


@pytest.fixture
def written(embedded_store: Store) -> tuple[Store, World]:
    made = world()
    write(embedded_store, made)
    return embedded_store, made


def _found(store: Store, reference: Reference, **asked: Any) -> OfferPage:
    return answer(store, search_offers(Asked(at=AT, first=200, unknowns=Unknowns.INCLUDE, **asked), reference))


def _ids(page: OfferPage, match: Match) -> set[str]:
    return {edge.node.id for edge in page.edges if edge.match is match}


def _expected(made: World, raw: dict[str, Any], where: dict[str, str] | None, near: tuple[str, float] | None) -> dict[str, Three]:
    found: dict[str, Three] = {}
    for offer in made.offers:
        if not exists(made, offer) or (where and not is_in(made, offer, *next(iter(where.items())))):
            continue
        found[offer.id] = both([meets(made, offer, raw), is_near(made, offer, *near) if near else True])
    return found


@BOTH_WAYS
def test_a_search_finds_what_the_rules_written_plainly_find(written: tuple[Store, World], index: bool) -> None:
    store, made = written
    reference = indexed(store) if index else Reference()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(TREES, st.none() | TERRITORIES, st.none() | PLACES)
    def check(raw: dict[str, Any], where: dict[str, str] | None, near: tuple[str, float] | None) -> None:
        page = _found(
            store, reference, criteria=parse(raw), territory=territory(where) if where else None,
            near=Near(commune=near[0], radius_km=near[1]) if near else None,
        )  # fmt: skip
        expected = _expected(made, raw, where, near)
        assert _ids(page, Match.TRUE) == {offer for offer, met in expected.items() if met}
        assert _ids(page, Match.UNKNOWN) == {offer for offer, met in expected.items() if met is None}
        assert (page.total_count, page.unknown_count) == (len(_ids(page, Match.TRUE)), len(_ids(page, Match.UNKNOWN)))

    check()


def test_the_pages_of_a_search_make_its_whole(written: tuple[Store, World]) -> None:
    store, _ = written
    reference = Reference()
    for near in (None, Near(commune="01004", radius_km=100.0)):
        whole = _found(store, reference, criteria=parse({"not": {"activity": ["A-2"]}}), near=near)
        seen: list[str] = []
        after = None
        while True:
            asked = Asked(parse({"not": {"activity": ["A-2"]}}), AT, near, unknowns=Unknowns.INCLUDE, first=7, after=after)
            page = answer(store, search_offers(asked, reference))
            seen += [edge.node.id for edge in page.edges]
            if not page.has_next_page:
                break
            after = page.edges[-1].cursor
        assert seen == [edge.node.id for edge in whole.edges]


def test_the_world_has_every_kind_of_place() -> None:
    made = world()
    assert {made.sites[offer.site].commune for offer in made.offers} <= COMMUNES.keys()
    assert {site.point is None for site in made.sites.values()} == {True, False}
