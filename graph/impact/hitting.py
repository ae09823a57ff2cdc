"""The cheapest set that hits every cut of a monotone demand, found without listing all cuts (docs/impact.md, I-28).

Sets of elements are masks, bit i for element i. What is demanded says of a set either that it does, or cuts: masks of which every set that does has
an element, and this one none. A set that hits all cuts known so far and costs least is a lower bound; once it does what is demanded, it is the answer.
Source: Moreno-Centeno and Karp, Operations Research 61(2), 2013 (implicit hitting sets); the cuts that are known are hit by branch and bound
(hitting_search.py).
"""

from collections.abc import Callable, Iterable, Sequence

from graph.impact.hitting_search import NODES, Budget, Hitting, Search, connected
from graph.impact.projection import bits

Cuts = Callable[[int], Iterable[int]]


def cheapest(costs: Sequence[int], cuts_of: Cuts, nodes: int = NODES) -> Hitting:
    """The set of the lowest cost that leaves no cut; among these of as many elements the one whose elements come first, compared like words.

    `costs`: above 0, by element. `cuts_of`: the cuts that a set leaves, none if it does; the set of all elements must leave none. `nodes`: of a search,
    after which the best set so far is taken, with a bound. Time exponential in the elements of one connected part at worst.

    >>> cheapest([1, 1, 1], lambda chosen: [cut for cut in (0b011, 0b110) if not cut & chosen])
    Hitting(chosen=2, at_least=1)
    """
    known: set[int] = set()
    parts: dict[frozenset[int], Hitting] = {}
    while True:
        found = _hitting(costs, known, parts, nodes)
        missed = _missed(found.chosen, cuts_of)
        if not missed:
            return found
        known |= missed


def _missed(chosen: int, cuts_of: Cuts) -> set[int]:
    """The cuts that a set leaves, and those that it leaves when some element of each is added, until it does."""
    missed: set[int] = set()
    while cuts := list(cuts_of(chosen)):
        missed.update(cuts)
        for cut in cuts:
            if not cut & chosen:
                chosen |= cut & -cut
    return missed


def _hitting(costs: Sequence[int], cuts: Iterable[int], parts: dict[frozenset[int], Hitting], nodes: int) -> Hitting:
    """Of cuts that are known, part by part; parts that stay the same are not searched again."""
    chosen = at_least = 0
    for part in connected(_narrowest(cuts)):
        key = frozenset(part)
        if key not in parts:
            parts[key] = _of_part(costs, part, nodes)
        chosen |= parts[key].chosen
        at_least += parts[key].at_least
    return Hitting(chosen, at_least)


def _narrowest(cuts: Iterable[int]) -> list[int]:
    """Those that hold no other one; a cut that does says nothing more."""
    found: list[int] = []
    for part in connected(sorted(cuts, key=lambda mask: (mask.bit_count(), mask))):
        kept: list[int] = []
        for cut in sorted(part, key=lambda mask: (mask.bit_count(), mask)):
            if not any(one & cut == one for one in kept):
                kept.append(cut)
        found += kept
    return found


def _of_part(costs: Sequence[int], cuts: Sequence[int], nodes: int) -> Hitting:
    """The elements of a part by numbers of its own, with weights that tell any two sets apart: cost, then which comes first."""
    whole = 0
    for cut in cuts:
        whole |= cut
    elements = [bit.bit_length() - 1 for bit in bits(whole)]
    place = {1 << element: 1 << number for number, element in enumerate(elements)}
    count = len(elements)
    shift = count + count.bit_length()
    weights = [(costs[element] << shift) + (1 << count) - (1 << (count - 1 - number)) for number, element in enumerate(elements)]
    found = Search(weights, [sum(place[bit] for bit in bits(cut)) for cut in cuts], Budget(nodes)).cheapest()
    chosen = sum(1 << elements[bit.bit_length() - 1] for bit in bits(found.chosen))
    return Hitting(chosen, found.at_least >> shift)
