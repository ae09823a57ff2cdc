"""The order of boxes within layers: worst severity first, then few crossings."""

import itertools
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import networkx as nx

SWEEPS: Final = 8

Layers = list[list[str]]


def ordered(layers: Sequence[Sequence[str]], links: Iterable[tuple[str, str]], bands: Mapping[str, int]) -> Layers:
    """Each layer by band, and within a band by the barycentre of the neighbours in the layer beside; the best of some sweeps down and up.

    `links` lead from a layer to the next one; others do not count. Same input, same order.

    >>> ordered([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")], dict.fromkeys("abxy", 0))
    [['a', 'b'], ['y', 'x']]

    Time O(sweeps × m log m), m links. Source: Sugiyama, Tagawa, Toda, IEEE Trans. SMC 11(2), 1981 (barycentre); crossings counted by
    inversions: Barth, Mutzel, Jünger, JGAA 8(2), 2004.
    """
    graph = _between_neighbours(layers, links)
    current = [sorted(layer, key=lambda key: bands[key]) for layer in layers]
    best, fewest = current, crossings(current, graph)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        current = _swept(current, graph.pred if down else graph.succ, bands, down=down)
        found = crossings(current, graph)
        if found < fewest:
            best, fewest = current, found
    return best


def crossings(layers: Sequence[Sequence[str]], graph: "nx.DiGraph[str]") -> int:
    """How many pairs of links between neighbouring layers cross."""
    total = 0
    for upper, lower in itertools.pairwise(layers):
        place = {key: at for at, key in enumerate(lower)}
        seen: list[int] = []
        for key in upper:
            ends = sorted(place[target] for target in graph.succ[key] if target in place)
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _between_neighbours(layers: Sequence[Sequence[str]], links: Iterable[tuple[str, str]]) -> "nx.DiGraph[str]":
    layer_of = {key: number for number, layer in enumerate(layers) for key in layer}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(layer_of)
    graph.add_edges_from((source, target) for source, target in links if layer_of[target] == layer_of[source] + 1)
    return graph


def _swept(layers: Layers, beside: Mapping[str, Iterable[str]], bands: Mapping[str, int], *, down: bool) -> Layers:
    """One sweep: each layer by the places of its neighbours in the layer that was done before it."""
    swept = list(layers)
    numbers = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
    for number in numbers:
        place = {key: at for at, key in enumerate(swept[number - 1 if down else number + 1])}
        own = {key: at for at, key in enumerate(swept[number])}
        swept[number] = sorted(own, key=lambda key: (bands[key], _barycentre([place[one] for one in beside[key]], own[key]), own[key]))
    return swept


def _barycentre(places: Sequence[int], own: int) -> float:
    return sum(places) / len(places) if places else own
