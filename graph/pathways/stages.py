"""The steps of a pathway as the graph that chains go through: what may come first, what next, what last (P-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.pathways.cost import ChainOffer
from graph.pathways.pathway import Step, StepPlace


@dataclass(frozen=True, slots=True)
class Way:
    """A passage to the stage of that place in the list, with the longest leg that it allows."""

    to: int
    max_km: float | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A step with the offers that a chain may take there. `first`, `last`: a chain may begin, may end there."""

    place: StepPlace
    offers: tuple[ChainOffer, ...]
    first: bool
    last: bool
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The graph of the steps, by place in the list: where chains begin and end, and what follows what."""

    first: frozenset[int]
    last: frozenset[int]
    ways: Mapping[int, tuple[Way, ...]]


def frame(steps: Sequence[Step]) -> Frame:
    """Entries, exits and passages. A step that may be left out is passed over: to what follows it, with the limit of its passage there,
    unless a passage of the pathway goes there already; what only such steps follow may be the end, what follows only such steps the entry.
    """
    places = {step.code: place for place, step in enumerate(steps)}
    own = {place: {places[passage.step]: passage.max_km for passage in step.next if passage.step in places} for place, step in enumerate(steps)}
    later = _later_first(own)
    optional = [step.optional for step in steps]
    reached: dict[int, dict[int, float | None]] = {}
    ends: dict[int, bool] = {}
    for place in later:
        ways = dict(own[place])
        for beyond in own[place]:
            if optional[beyond]:
                ways = {**reached[beyond], **ways}  # the first one's limit, where two are passed over to the same
        reached[place] = ways
        ends[place] = all(optional[beyond] and ends[beyond] for beyond in own[place])
    followed = {beyond for ways in own.values() for beyond in ways}
    first = {place for place in own if place not in followed}
    for place in reversed(later):
        if place in first and optional[place]:
            first |= reached[place].keys()
    passages = {place: tuple(Way(beyond, found[beyond]) for beyond in sorted(found)) for place, found in reached.items()}
    return Frame(frozenset(first), frozenset(place for place, end in ends.items() if end), passages)


def _later_first(ways: Mapping[int, Mapping[int, object]]) -> list[int]:
    """Every place after all that follow it."""
    done: dict[int, None] = {}

    def visit(place: int) -> None:
        for beyond in ways[place]:
            if beyond not in done:
                visit(beyond)
        done[place] = None

    for place in ways:
        if place not in done:
            visit(place)
    return list(done)


def backwards(stages: Sequence[Stage]) -> list[int]:
    """The stages, every one after all that follow it."""
    return _later_first({place: {way.to: None for way in stage.ways} for place, stage in enumerate(stages)})
