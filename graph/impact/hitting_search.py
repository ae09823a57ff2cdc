"""Branch and bound for the cheapest set that hits given cuts (docs/impact.md, I-28).

An element is taken or not; the one that stands in most cuts is decided first. Of cuts of two elements that form a clique all but one must be taken, so
cliques that share no element give a bound, and wider cuts that touch none of them add to it. What falls apart once some elements are decided is searched
part by part, and a part that comes back is not searched again. Kept as plain numbers: a plan may ask for 100,000 nodes.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from graph.impact.projection import bits

NODES: Final = 300_000
"""Some ten seconds, a node of many elements counting for more; the plans of a region need less than a hundred."""
LARGE: Final = 40
"""Elements beyond which it is looked whether what is left to hit falls apart."""
PAIRED: Final = 2
"""How much more a cut of two elements counts than a wider one when an element is picked: not to take one takes the other."""


class Hitting(NamedTuple):
    """A set, and what every set that does costs at least: the cost of this one where it is proved the cheapest."""

    chosen: int
    at_least: int


class Node(NamedTuple):
    """What is still to be hit, with the elements `left` to decide: by element, those with which it is a cut (`beside`); `wide` cuts of three or more."""

    left: int
    wide: Sequence[int]
    beside: Sequence[int]
    chosen: int
    weight: int


class Budget:
    """Nodes that a search and all searches of its parts may still visit, and the parts that were searched, by their cuts."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        self.parts: dict[frozenset[int], Hitting] = {}


class Search:
    """One search over elements from 0 with weights above 0; no cut holds another."""

    def __init__(self, weights: Sequence[int], cuts: Sequence[int], budget: Budget) -> None:
        self.weights = weights
        self.budget = budget
        self.cut_short: list[int] = []
        self.everything = (1 << len(weights)) - 1
        self.best = reduce(or_, cuts, 0)
        self.least = self._weight(self.best) + 1
        forced = sum(cut for cut in cuts if cut.bit_count() == 1)
        narrow = [cut for cut in cuts if cut.bit_count() == 2]
        wide = [cut for cut in cuts if cut.bit_count() > 2]
        beside = _with_pairs([0] * len(weights), narrow)
        self.open = [Node(self.everything & ~forced, wide, beside, forced, self._weight(forced))]

    def cheapest(self) -> Hitting:
        """The set of the lowest weight, or, once the budget is spent, the best so far with a bound from the nodes that are open."""
        while self.open and self.budget.nodes > 0:
            node = self.open.pop()
            self.budget.nodes -= 1 + node.left.bit_count() // LARGE
            self._visit(node)
        bounds = [node.weight + self._bound(node, _paired(node), self.least) for node in self.open]
        return Hitting(self.best, min([self.least, *self.cut_short, *bounds]))

    def _visit(self, node: Node) -> None:
        paired, room = _paired(node), self.least - node.weight
        if room <= 0:
            return
        if not paired and not node.wide:
            self.best, self.least = node.chosen, node.weight
        elif self._bound(node, paired, room) < room:
            parts = connected(_cuts(node, paired)) if node.left.bit_count() > LARGE else []
            if len(parts) > 1:
                self._visit_parts(node, parts)
                return
            element = self._most_cut(node, paired)
            self.open += [self._without(node, element), self._with(node, element)]

    def _visit_parts(self, node: Node, parts: Sequence[Sequence[int]]) -> None:
        chosen, weight, at_least = node.chosen, node.weight, node.weight
        for part in parts:
            key = frozenset(part)
            found = self.budget.parts.get(key)
            if found is None:
                found = self.budget.parts[key] = Search(self.weights, part, self.budget).cheapest()
            chosen |= found.chosen
            weight += self._weight(found.chosen)
            at_least += found.at_least
        if at_least < weight:
            self.cut_short.append(at_least)
        if weight < self.least:
            self.best, self.least = chosen, weight

    def _bound(self, node: Node, paired: list[tuple[int, int]], room: int) -> int:
        """What hitting the rest weighs at least; no further counted than it takes to see that there is no room."""
        bound, seen = self._of_cliques(node, paired)
        for cut in node.wide if bound < room else ():
            if not cut & seen:
                seen |= cut
                bound += min(self.weights[bit.bit_length() - 1] for bit in bits(cut))
        return bound

    def _of_cliques(self, node: Node, paired: list[tuple[int, int]]) -> tuple[int, int]:
        """The weight of all but the heaviest of each of some cliques, those with the fewest neighbours first; and their elements."""
        weights, beside, bound, seen = self.weights, node.beside, 0, 0
        free = sum(1 << element for _, element in paired)
        for _, element in sorted(paired):
            near = beside[element] & free
            if not free >> element & 1 or not near:
                continue
            clique, total = 1 << element, weights[element]
            heaviest = total
            while near:
                other = _best_connected(near, beside)
                clique |= 1 << other
                total += weights[other]
                heaviest = max(heaviest, weights[other])
                near &= beside[other]
            free &= ~clique
            seen |= clique
            bound += total - heaviest
        return bound, seen

    def _most_cut(self, node: Node, paired: list[tuple[int, int]]) -> int:
        counts = [0] * len(self.weights)
        for count, element in paired:
            counts[element] = PAIRED * count
        for cut in node.wide:
            rest = cut
            while rest:
                low = rest & -rest
                counts[low.bit_length() - 1] += 1
                rest ^= low
        return counts.index(max(counts))

    def _with(self, node: Node, element: int) -> Node:
        bit = 1 << element
        wide = [cut for cut in node.wide if not cut & bit]
        return Node(node.left & ~bit, wide, node.beside, node.chosen | bit, node.weight + self.weights[element])

    def _without(self, node: Node, element: int) -> Node:
        """All that stands in a cut of two with it is taken; its wider cuts become narrower, and hold others perhaps."""
        bit = 1 << element
        forced = node.beside[element] & node.left
        wide = [cut & ~bit for cut in node.wide if not cut & forced]
        narrow = [cut for cut in wide if cut.bit_count() == 2]
        beside = node.beside
        if narrow:
            beside = _with_pairs(beside, narrow)
            wide = [cut for cut in wide if not any(beside[one.bit_length() - 1] & cut for one in bits(cut))]
        return Node(node.left & ~bit & ~forced, wide, beside, node.chosen | forced, node.weight + self._weight(forced))

    def _weight(self, mask: int) -> int:
        return sum(self.weights[bit.bit_length() - 1] for bit in bits(mask))


def connected(cuts: Iterable[int]) -> list[list[int]]:
    """The cuts that share elements, directly or by others."""
    parts: list[tuple[int, list[int]]] = []
    for cut in cuts:
        whole, ones = cut, [cut]
        apart = []
        for part in parts:
            if part[0] & cut:
                whole |= part[0]
                ones += part[1]
            else:
                apart.append(part)
        parts = [*apart, (whole, ones)]
    return [ones for _, ones in parts]


def _cuts(node: Node, paired: Sequence[tuple[int, int]]) -> list[int]:
    """All that is left to hit."""
    pairs = (1 << element | bit for _, element in paired for bit in bits(node.beside[element] & node.left & ((1 << element) - 1)))
    return [*node.wide, *pairs]


def _with_pairs(beside: Sequence[int], pairs: Sequence[int]) -> list[int]:
    """The same with more cuts of two elements."""
    found = list(beside)
    for pair in pairs:
        low = pair & -pair
        found[low.bit_length() - 1] |= pair ^ low
        found[pair.bit_length() - 1] |= low
    return found


def _paired(node: Node) -> list[tuple[int, int]]:
    """(how many, element) of the elements that are left and stand in cuts of two elements that are."""
    found, rest = [], node.left
    while rest:
        low = rest & -rest
        element = low.bit_length() - 1
        count = (node.beside[element] & node.left).bit_count()
        if count:
            found.append((count, element))
        rest ^= low
    return found


def _best_connected(among: int, beside: Sequence[int]) -> int:
    """Of some elements the one that stands in cuts of two with most of them."""
    best, most, rest = 0, -1, among
    while rest:
        low = rest & -rest
        element = low.bit_length() - 1
        count = (beside[element] & among).bit_count()
        if count > most:
            best, most = element, count
        rest ^= low
    return best
