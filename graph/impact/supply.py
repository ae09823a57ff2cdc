"""Supply counted from sources: which cells are held (docs/impact.md, I-8 to I-10)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.impact.projection import CompiledFlow, Projection, bits


@dataclass(frozen=True, slots=True)
class Cycle:
    """Cells that feed each other without any source: one class, one region, the members (I-10)."""

    data_class: int
    region: int
    members: frozenset[int]


Edge = tuple[int, int, bool]
"""Where a flow takes a cell key of its supplier: to which key, for which regions, and whether it declares its classes."""

Edges = Mapping[int, Sequence[Edge]]
"""By supplying key."""


def edges_of(projection: Projection, flows: Iterable[CompiledFlow]) -> Edges:
    """What flows take where. Time and memory O(flows x classes)."""
    count = projection.class_count
    edges: dict[int, list[Edge]] = defaultdict(list)
    for flow in flows:
        supplier, receiver, mask, declared = flow.supplier * count, flow.receiver * count, flow.mask, flow.declared
        for number in flow.attributes:
            edges[supplier + number].append((receiver + number, mask, declared))
    return dict(edges)


def least_supply(edges: Edges, sources: Mapping[int, int], default: Callable[[int], int], barred: Mapping[int, int]) -> dict[int, int]:
    """Regions held, by cell key: the least fixpoint of sources and flows.

    `sources`: for each key that something brings or enters, the regions of which its application is the source. `default`: what the
    application of a key outside `sources` holds. `barred`: regions, by key, that a flow without class does not bring (I-7).
    Time O(edges) for supplies without long detours, memory O(keys).
    """
    held = dict(sources)
    grow(edges, held, list(edges), default, barred)
    return held


def grow(edges: Edges, held: dict[int, int], pending: list[int], default: Callable[[int], int], barred: Mapping[int, int]) -> None:
    """Let what the pending keys hold reach all that it can: `held` becomes the least fixpoint above itself."""
    while pending:
        key = pending.pop()
        regions = held.get(key)
        if regions is None:
            regions = default(key)
        for receiver, mask, declared in edges[key] if regions else ():
            before = held.get(receiver, 0)
            fresh = mask & regions & ~before
            if fresh and not declared:
                fresh &= ~barred.get(receiver, 0)
            if fresh:
                held[receiver] = before | fresh
                if receiver in edges:
                    pending.append(receiver)


def brought(flow: CompiledFlow, receiver_key: int, supplied: int, barred: Mapping[int, int]) -> int:
    """Regions of a cell key that a flow brings of what its supplier holds."""
    regions = flow.mask & supplied
    return regions if flow.declared else regions & ~barred.get(receiver_key, 0)


def sourceless_cycles(projection: Projection, edges: Edges, asked: Mapping[int, int], held: Mapping[int, int]) -> list[Cycle]:
    """The cycles of flows whose cells no source reaches (I-10). `asked`: regions that some flow would bring, by key.

    Strongly connected components (Tarjan, SIAM J. Comput. 1(2), 1972) of the few cells that stay empty.
    """
    empty = {key: left for key, mask in asked.items() if (left := mask & ~held.get(key, 0))}
    graphs: dict[tuple[int, int], nx.DiGraph[int]] = defaultdict(nx.DiGraph)
    count = projection.class_count
    for supplier, left in empty.items():
        for receiver, mask, _ in edges.get(supplier, ()):
            for region in bits(left & empty.get(receiver, 0) & mask):
                graphs[supplier % count, region].add_edge(supplier // count, receiver // count)
    return [
        Cycle(number, region, frozenset(members))
        for (number, region), graph in graphs.items()
        for members in nx.strongly_connected_components(graph)
        if len(members) > 1 or graph.has_edge(*(tuple(members) * 2))
    ]


def still_turns(projection: Projection, cycle: Cycle, flow_lives: Callable[[int], bool]) -> bool:
    """Do the living flows still join all the members of a cycle, so that none of it has stopped (I-10)?"""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(cycle.members)
    for member in cycle.members:
        for number in projection.flows_from[member]:
            flow = projection.flows[number]
            if flow.receiver in cycle.members and cycle.data_class in flow.attributes and flow.mask & cycle.region and flow_lives(number):
                graph.add_edge(member, flow.receiver)
    if len(cycle.members) == 1:
        return graph.number_of_edges() == 1
    return nx.is_strongly_connected(graph)


def full_regions(needed: int | Sequence[tuple[int, int]], offers: Sequence[tuple[int, int]], regions: int) -> int:
    """The regions for which the offers, together, bring all the attributes that are needed (I-15, I-17).

    `needed`: attributes, or (regions, attributes) where they differ by region; `offers`: (regions, attributes).
    """
    if isinstance(needed, int):
        return _full(needed, offers, regions)
    full = 0
    for mask, attributes in needed:
        full |= _full(attributes, offers, regions & mask)
    return full


def _full(needed: int, offers: Sequence[tuple[int, int]], regions: int) -> int:
    full, partial = 0, []
    for mask, attributes in offers:
        if needed & ~attributes == 0:
            full |= mask
        elif mask & regions:
            partial.append((mask, attributes))
    if len(partial) > 1:
        for region in bits(regions & ~full):
            union = 0
            for mask, attributes in partial:
                union |= attributes if mask & region else 0
            full |= region if needed & ~union == 0 else 0
    return full & regions
