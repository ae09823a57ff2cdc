"""The k best chains of offers from entry to exit, exactly (P-7).

Method: offers that cost the same in every chain are one kind. Backwards over the acyclic steps, each state (step, kind, where the person is)
learns the least cost still to go; forwards, chains are taken from a heap by cost so far and cost to go, so they come in the order of their
cost, and it ends once the next is dearer than the k-th. Before, what no chain cheap enough can go through is left out: a chain through an
offer travels at least to it (triangle inequality), and pays at least the cheapest offer of the other steps on its way.

Source: Hart, Nilsson, Raphael, IEEE Trans. SSC 4(2), 1968 (the order of a heap with exact cost to go); Lawler, Management Science 18(7), 1972
(the next best chain beside one). Time O(e) numpy operations for e pairs of kinds that may follow each other, then O(k) heap steps a stage.
"""

import heapq
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, islice, product
from operator import itemgetter
from typing import Final

import numpy as np

from graph.pathways.cost import DECIMALS, ChainOffer, OrderKey, Roads, Stand, Visit, order_key, visits
from graph.pathways.floors import floors
from graph.pathways.measure import Floats, Ints, Stands
from graph.pathways.pathway import StepPlace
from graph.pathways.stages import Stage, backwards
from graph.pathways.states import START, Field, Key, changes, columns, kinds_of, leg_rows, limited, to_go

HALF: Final = 0.5 * 10**-DECIMALS
SLACK: Final = 1e-6  # more than the arithmetic errs
TRIED_FIRST: Final = 40  # kinds a stage, those that may be cheapest, from which a first bound is found

Chain = tuple[Visit, ...]
Kinds = Sequence[Sequence[tuple[ChainOffer, ...]]]
Path = tuple[tuple[int, int], ...]  # stage and kind


def best_chains(stages: Sequence[Stage], start: Stand, roads: Roads, k: int) -> list[Chain]:
    """The k best chains, distinct by their offers, in the order of P-7; fewer where there are no more.

    The offers of the stages are those that a chain may take; every one that TRAVEL, TEAM or HOME needs has a place or a road.
    """
    kinds = [kinds_of(stage) for stage in stages]
    heads = [replace(stage, offers=tuple(kind[0] for kind in some)) for stage, some in zip(stages, kinds, strict=True)]
    floor = floors(heads, start, roads)
    tried = TRIED_FIRST
    while True:
        chosen = [np.sort(np.argsort(one, kind="stable")[:tried]) for one in floor]
        found = _best_of(heads, kinds, chosen, start, roads, k)
        if all(len(some) == len(one) for some, one in zip(chosen, floor, strict=True)):
            return found
        if len(found) == k:
            bound = order_key(found[-1])[0] + HALF + SLACK
            needed = [np.flatnonzero(one <= bound) for one in floor]
            enough = all(np.isin(some, had).all() for some, had in zip(needed, chosen, strict=True))
            return found if enough else _best_of(heads, kinds, needed, start, roads, k)
        tried *= 8


def _best_of(heads: Sequence[Stage], kinds: Kinds, chosen: Sequence[Ints], start: Stand, roads: Roads, k: int) -> list[Chain]:
    """The best chains through the chosen kinds alone."""
    some = [replace(stage, offers=tuple(stage.offers[row] for row in rows)) for stage, rows in zip(heads, chosen, strict=True)]
    offers = [[stage_kinds[row] for row in rows] for stage_kinds, rows in zip(kinds, chosen, strict=True)]
    found: dict[tuple[str, ...], tuple[OrderKey, Chain]] = {}
    costs: list[float] = []  # of what was found, in order
    for reached, path in _by_cost(_filled(some, start, roads)):
        if len(costs) >= k and reached > costs[k - 1] + HALF + SLACK:
            break
        for chain in _spelled(path, some, offers, partial(visits, start=start, roads=roads), 2 * k):
            ids, key = tuple(visit.offer.id for visit in chain), order_key(chain)
            if ids in found:
                if found[ids][0] <= key:
                    continue
                del costs[bisect_left(costs, found[ids][0][0])]
            found[ids] = key, chain
            insort(costs, key[0])
    return [chain for _, chain in sorted(found.values(), key=itemgetter(0))[:k]]


def _spelled(
    path: Path, stages: Sequence[Stage], kinds: Kinds, visited: Callable[[list[tuple[int, StepPlace, ChainOffer]]], Chain], most: int
) -> Iterator[Chain]:  # fmt: skip
    """The chains of a path of kinds, in the order of ties: 2 k of them are enough, k of them at most are known by a better path."""
    choices = [kinds[stage][kind][:most] for stage, kind in path]
    for offers in islice(product(*choices), most):
        yield visited([(stage, stages[stage].place, offer) for (stage, _), offer in zip(path, offers, strict=True)])


def _filled(stages: Sequence[Stage], start: Stand, roads: Roads) -> Field:
    later = backwards(stages)
    chains = columns(stages, list(reversed(later)), start, roads)
    for place in later:
        chains.columns[place].to_go = to_go(chains, place)
    return chains


@dataclass(frozen=True, slots=True)
class _Options:
    """How a part of a chain goes on: cost of the whole, best first; then the stage, the kind, and the cost so far (stage -1: it ends)."""

    whole: Floats
    stage: Ints
    kind: Ints
    so_far: Floats


def _by_cost(chains: Field) -> Iterator[tuple[float, Path]]:
    """The chains of kinds with their cost, the cheapest first."""
    number = count()
    heap: list[tuple[float, int, Path, Key, _Options, int]] = []

    def offer(path: Path, person: Key, options: _Options, row: int) -> None:
        if row < len(options.whole) and np.isfinite(options.whole[row]):
            heapq.heappush(heap, (float(options.whole[row]), next(number), path, person, options, row))

    offer((), START, _begin(chains), 0)
    while heap:
        whole, _, path, person, options, row = heapq.heappop(heap)
        offer(path, person, options, row + 1)
        stage, kind = int(options.stage[row]), int(options.kind[row])
        if stage < 0:
            yield whole, path
            continue
        here = _person_after(chains, stage, kind, person)
        offer((*path, (stage, kind)), here, _onwards(chains, stage, kind, here, float(options.so_far[row])), 0)


def _person_after(chains: Field, stage: int, kind: int, before: Key) -> Key:
    column = chains.columns[stage]
    if column.wide:
        return before
    return next(iter(column.whereabouts)) if len(column.whereabouts) == 1 else (stage, kind)


def _begin(chains: Field) -> _Options:
    firsts = [place for place, stage in enumerate(chains.stages) if stage.first]
    return _sorted([_step(chains, place, START, leg_rows(chains, chains.start, chains.columns[place])[0], 0.0) for place in firsts])


def _onwards(chains: Field, stage: int, kind: int, person: Key, so_far: float) -> _Options:
    column = chains.columns[stage]
    row = column.whereabouts[person]
    stand = chains.start if person == START else _one(chains, stage, row)
    each = []
    for way in chains.stages[stage].ways:
        to = chains.columns[way.to]
        leg = limited(leg_rows(chains, stand, to), way)[0]
        each.append(_step(chains, way.to, person, leg + changes(column, np.array([kind], dtype=np.int64), to)[0], so_far))
    if chains.stages[stage].last:
        end = np.array([-1], dtype=np.int64)
        each.append(_Options(np.array([so_far]), end, end, np.array([so_far])))
    return _sorted(each)


def _one(chains: Field, stage: int, row: int) -> Stands:
    stand = chains.columns[stage].stand
    return replace(stand, latitude=stand.latitude[row : row + 1], longitude=stand.longitude[row : row + 1], communes=stand.communes[row : row + 1])


def _step(chains: Field, place: int, person: Key, paid: Floats, so_far: float) -> _Options:
    to = chains.columns[place]
    numbers = np.arange(to.size, dtype=np.int64)
    reached = so_far + paid + to.own
    beyond = to.to_go[to.state(numbers, to.whereabouts[person] if to.wide else 0)]
    return _Options(reached + beyond, np.full(to.size, place, dtype=np.int64), numbers, reached)


def _sorted(each: Sequence[_Options]) -> _Options:
    if not each:
        nothing = np.empty(0, dtype=np.int64)
        return _Options(np.empty(0), nothing, nothing, np.empty(0))
    whole = np.concatenate([one.whole for one in each])
    order = np.argsort(whole, kind="stable")
    return _Options(
        whole[order],
        np.concatenate([one.stage for one in each])[order],
        np.concatenate([one.kind for one in each])[order],
        np.concatenate([one.so_far for one in each])[order],
    )
