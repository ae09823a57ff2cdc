"""The cheapest set that hits every cut of a monotone demand, found without listing all cuts (docs/impact.md, I-28).

Sets of elements are masks, bit i for element i. What is demanded says of a set either that it does, or cuts: masks of which every set that does has
an element, and this one none. A set that hits all cuts known so far and costs least is a lower bound; once it does what is demanded, it is the answer.
Source: Moreno-Centeno and Karp, Operations Research 61(2), 2013 (implicit hitting sets); the cuts that are known are hit by HiGHS (scipy.optimize.milp).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from graph.impact.projection import bits

NODES: Final = 20_000
"""Nodes of a search tree after which the best set so far is taken, with a bound: far more than the plans of a region need."""
BLOCK: Final = 12
"""Elements whose order is decided at once: their powers of two stay exact in floating point."""

Cuts = Callable[[int], Iterable[int]]
Row = tuple[int, ...]


class Hitting(NamedTuple):
    """A set, and what every set that does costs at least: the cost of this one where it is proved the cheapest."""

    chosen: int
    at_least: int


def cheapest(costs: Sequence[int], cuts_of: Cuts) -> Hitting:
    """The set of the lowest cost that leaves no cut; among these the one whose elements come first, compared like words.

    `costs`: above 0, by element. `cuts_of`: the cuts that a set leaves, none if it does; the set of all elements must leave none. Time exponential in
    the elements of one connected part at worst. The same demand always gives the same set.

    >>> cheapest([1, 1, 1], lambda chosen: [cut for cut in (0b011, 0b110) if not cut & chosen])
    Hitting(chosen=2, at_least=1)
    """
    known: set[int] = set()
    parts: dict[tuple[bool, frozenset[int]], Hitting] = {}
    for ordered in (False, True):
        while True:
            found = _hitting(costs, known, parts, ordered=ordered)
            missed = _missed(found.chosen, cuts_of)
            if not missed:
                break
            known |= missed
    return found


def _missed(chosen: int, cuts_of: Cuts) -> set[int]:
    """The cuts that a set leaves, and those that it leaves when some element of each is added, until it does."""
    missed: set[int] = set()
    while cuts := list(cuts_of(chosen)):
        missed.update(cuts)
        for cut in cuts:
            if not cut & chosen:
                chosen |= cut & -cut
    return missed


def _hitting(costs: Sequence[int], cuts: Iterable[int], parts: dict[tuple[bool, frozenset[int]], Hitting], *, ordered: bool) -> Hitting:
    """Of cuts that are known, part by part; parts that stay the same are not solved again."""
    chosen = at_least = 0
    for part in _connected(cuts):
        key = ordered, frozenset(part)
        if key not in parts:
            parts[key] = _of_part(costs, part, ordered=ordered)
        chosen |= parts[key].chosen
        at_least += parts[key].at_least
    return Hitting(chosen, at_least)


def _connected(cuts: Iterable[int]) -> list[list[int]]:
    """The cuts that share elements, directly or by others; a cut that holds another one says nothing more and is left."""
    kept: list[int] = []
    for cut in sorted(cuts, key=lambda mask: (mask.bit_count(), mask)):
        if not any(one & cut == one for one in kept):
            kept.append(cut)
    parts: list[tuple[int, list[int]]] = []
    for cut in kept:
        touched = [part for part in parts if part[0] & cut]
        parts = [part for part in parts if not part[0] & cut]
        whole = cut
        for mask, _ in touched:
            whole |= mask
        parts.append((whole, [*(one for _, ones in touched for one in ones), cut]))
    return [ones for _, ones in parts]


def _of_part(costs: Sequence[int], cuts: Sequence[int], *, ordered: bool) -> Hitting:
    if len(cuts) == 1:
        first = min(bits(cuts[0]), key=lambda bit: (costs[bit.bit_length() - 1], bit))
        return Hitting(first, costs[first.bit_length() - 1])
    whole = 0
    for cut in cuts:
        whole |= cut
    problem = _Problem([bit.bit_length() - 1 for bit in bits(whole)], costs, cuts)
    found = problem.cheapest()
    return problem.first_of(found) if ordered and problem.cost(found.chosen) == found.at_least else found


class _Problem:
    """A part as a 0-1 programme: a variable an element, a row a cut."""

    def __init__(self, elements: Sequence[int], costs: Sequence[int], cuts: Sequence[int]) -> None:
        self.elements = elements
        self.costs = np.array([costs[element] for element in elements], dtype=float)
        place = {element: column for column, element in enumerate(elements)}
        rows = [[place[bit.bit_length() - 1] for bit in bits(cut)] for cut in cuts]
        lengths = [0, *np.cumsum([len(row) for row in rows]).tolist()]
        columns = [column for row in rows for column in row]
        self.cuts = csr_array((np.ones(len(columns)), columns, lengths), shape=(len(rows), len(elements)))

    def cost(self, chosen: int) -> int:
        """What a set costs."""
        return round(sum(cost for element, cost in zip(self.elements, self.costs, strict=True) if chosen >> element & 1))

    def cheapest(self) -> Hitting:
        """A set of the lowest cost; all elements and a bound where the search was cut short before any was found."""
        solved = milp(self.costs, constraints=LinearConstraint(self.cuts, lb=1), integrality=1, bounds=Bounds(0, 1), options=_OPTIONS)
        chosen = self._mask(range(len(self.elements))) if solved.x is None else self._mask(np.flatnonzero(solved.x > 0.5).tolist())
        if solved.status == 0:
            return Hitting(chosen, self.cost(chosen))
        bound = solved.get("mip_dual_bound")
        return Hitting(chosen, 0 if bound is None or not np.isfinite(bound) else int(np.ceil(bound - 1e-6)))

    def first_of(self, found: Hitting) -> Hitting:
        """Of the sets of that cost the first: a block of elements at a time, what is decided before being held."""
        low, high = np.zeros(len(self.elements)), np.ones(len(self.elements))
        alike = LinearConstraint(self.costs.reshape(1, -1), ub=found.at_least + 0.5)
        chosen = found.chosen
        for start in range(0, len(self.elements), BLOCK):
            block = range(start, min(start + BLOCK, len(self.elements)))
            worth = np.zeros(len(self.elements))
            worth[block.start : block.stop] = [-(2.0 ** (block.stop - 1 - column)) for column in block]
            solved = milp(worth, constraints=(LinearConstraint(self.cuts, lb=1), alike), integrality=1, bounds=Bounds(low, high), options=_OPTIONS)
            if solved.status != 0:
                break
            taken = solved.x > 0.5
            low[block.start : block.stop] = high[block.start : block.stop] = taken[block.start : block.stop]
            chosen = self._mask(np.flatnonzero(taken).tolist())
        return Hitting(chosen, found.at_least)

    def _mask(self, columns: Iterable[int]) -> int:
        return sum(1 << self.elements[column] for column in columns)


_OPTIONS: Final = {"node_limit": NODES, "mip_rel_gap": 0.0}
