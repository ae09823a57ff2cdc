"""The k best chains: the literal cases of P-5 to P-7, and the same as every chain written out."""

from collections.abc import Iterator, Sequence

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from graph.pathways import chains
from graph.pathways.chains import Chain, best_chains
from graph.pathways.cost import HERE, Base, ChainOffer, Road, Roads, Stand, afterwards, leg_to, order_key, visits
from graph.pathways.pathway import StepPlace
from graph.pathways.stages import Stage, Way
from graph.search.geography import Point

PLACES = tuple(Stand(Point(45.0 + row / 7, 3.0 + column / 5), f"9600{3 * row + column}") for row in range(3) for column in range(3))
NOWHERE = Stand(None, "96009")
BASES = (HERE, Base(False, 7.5), Base(True, 2.0))


def every_chain(stages: Sequence[Stage], start: Stand, roads: Roads) -> Iterator[Chain]:
    """Each chain from entry to exit, whatever it costs: the definition, without any cleverness."""

    def onwards(path: list[tuple[int, StepPlace, ChainOffer]], person: Stand) -> Iterator[Chain]:
        last = path[-1][0]
        if stages[last].last:
            yield visits(path, start, roads)
        for way in stages[last].ways:
            yield from taken(path, way.to, person, way.max_km)

    def taken(path: list[tuple[int, StepPlace, ChainOffer]], stage: int, person: Stand, limit: float | None) -> Iterator[Chain]:
        place = stages[stage].place
        for offer in stages[stage].offers:
            km = leg_to(place, person, start, offer.at, roads).km
            if km is not None and (limit is None or km <= limit):
                yield from onwards([*path, (stage, place, offer)], afterwards(place, person, start, offer.at))

    for first, stage in enumerate(stages):
        if stage.first:
            yield from taken([], first, start, None)


def best_of_all(stages: Sequence[Stage], start: Stand, roads: Roads, k: int) -> list[Chain]:
    best: dict[tuple[str, ...], Chain] = {}
    for chain in every_chain(stages, start, roads):
        ids = tuple(visit.offer.id for visit in chain)
        if ids not in best or order_key(chain) < order_key(best[ids]):
            best[ids] = chain
    return sorted(best.values(), key=order_key)[:k]


@st.composite
def offers(draw: st.DrawFn, most: int) -> tuple[ChainOffer, ...]:
    ids = draw(st.lists(st.integers(0, 9), max_size=most, unique=True))
    few = st.sampled_from((None, "a", "b"))
    return tuple(
        ChainOffer(
            f"O{number}", draw(st.sampled_from((*PLACES, NOWHERE))), draw(few), draw(few), draw(few),
            draw(st.integers(0, 2)), draw(st.booleans()), draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(BASES)),
        )
        for number in ids
    )  # fmt: skip


@st.composite
def pathways(draw: st.DrawFn) -> list[Stage]:
    size = draw(st.integers(1, 4))
    limits = st.none() | st.sampled_from((0.0, 15.0, 40.0))
    ways = [tuple(Way(to, draw(limits)) for to in range(place + 1, size) if draw(st.booleans())) for place in range(size)]
    entered = {way.to for some in ways for way in some}
    return [
        Stage(
            draw(st.sampled_from(StepPlace)), draw(offers(5)), place not in entered or draw(st.booleans()), not ways[place] or draw(st.booleans()), ways[place]
        )
        for place in range(size)
    ]


def matrices() -> st.SearchStrategy[dict[tuple[str, str], Road]]:
    communes = st.sampled_from([place.commune or "" for place in (*PLACES, NOWHERE)])
    return st.dictionaries(st.tuples(communes, communes), st.builds(Road, st.sampled_from((0.0, 1.5, 30.0)), st.none() | st.just(20.0)), max_size=8)


@settings(max_examples=300, deadline=None)
@given(pathways(), st.sampled_from((*PLACES, NOWHERE)), matrices(), st.integers(1, 5), st.sampled_from((1, 2, 40)))
def test_the_best_chains_are_those_of_all_chains_written_out(stages: list[Stage], start: Stand, roads: Roads, k: int, tried: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "TRIED_FIRST", tried)
        assert best_chains(stages, start, roads, k) == best_of_all(stages, start, roads, k)


def offer(number: str, place: int, **more: object) -> ChainOffer:
    return ChainOffer(number, PLACES[place], **more)  # type: ignore[arg-type]
