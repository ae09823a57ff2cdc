"""What depends on what in the urbanisation graph: breadth first, each object once, with its exact depth and a witness path (I-13, I-25)."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.errors import BadInput, NotFound
from graph.model import RELATIONS
from graph.model.kinds import Impact
from graph.questions import question
from graph.reads import Ask, Reads, Row

DEPTH_LIMIT: Final = 50


class Direction(StrEnum):
    """DOWNSTREAM: what is hit if the start stops. UPSTREAM: what the start relies on."""

    DOWNSTREAM = "DOWNSTREAM"
    UPSTREAM = "UPSTREAM"


@dataclass(frozen=True, slots=True)
class WitnessStep:
    """One relation of a path, as the model writes it; `forward`: it was followed from its start to its end."""

    relation: str
    start: str
    end: str
    forward: bool


@dataclass(frozen=True, slots=True)
class Dependent:
    """An object that is reached: `kind` is its label, `depth` the number of relations, `witness` the shortest path (ties by code)."""

    code: str
    name: str | None
    kind: str
    depth: int
    witness: tuple[WitnessStep, ...]


@dataclass(frozen=True, slots=True)
class DependencyGraph:
    """The answer; nodes by depth, kind and code, the start apart."""

    code: str
    name: str | None
    kind: str
    direction: Direction
    depth: int
    nodes: tuple[Dependent, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    code: str
    name: str | None


@dataclass(frozen=True, slots=True)
class _Edge:
    relation: str
    start: _Node
    end: _Node


def dependencies(code: str, direction: Direction, depth: int) -> Reads[DependencyGraph]:
    """Everything that stands within `depth` relations of the application, interface, flow, usage, step or pathway `code`; nothing at depth + 1.

    Raises NotFound for a code that no relation has, BadInput for a depth below 1 or above 50.
    """
    if not 1 <= depth <= DEPTH_LIMIT:
        raise BadInput(f"depth: {depth} is not between 1 and {DEPTH_LIMIT}.")
    rows = yield Ask(question("urbanisation_graph"), {})
    edges = [_edge(row) for row in rows]
    start = _start(code, edges)
    if start is None:
        alone = yield Ask(question("application_details"), {"codes": [code]})
        if not alone:
            raise NotFound(f"code: nothing in the inventory has the code '{code[:40]}'.")
        start = _Node("Application", code, alone[0]["node"].get("name"))
    return DependencyGraph(code, start.name, start.kind, direction, depth, reached(start, edges, direction, depth))


def reached(start: "_Node", edges: Iterable["_Edge"], direction: Direction, depth: int) -> tuple[Dependent, ...]:
    """The walk: breadth first over the relations that carry impact, in the direction that the model declares.

    Time and memory O(n + m). Among shortest paths the one whose codes come first is the witness: neighbours are visited in that order.
    """
    steps = _steps(edges, direction)
    paths: dict[_Node, tuple[WitnessStep, ...]] = {start: ()}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if len(paths[node]) == depth:
            continue
        for witness, other in steps.get(node, ()):
            if other not in paths:
                paths[other] = (*paths[node], witness)
                queue.append(other)
    found = (Dependent(node.code, node.name, node.kind, len(path), path) for node, path in paths.items() if path)
    return tuple(sorted(found, key=lambda one: (one.depth, one.kind, one.code)))


def _steps(edges: Iterable[_Edge], direction: Direction) -> dict[_Node, Sequence[tuple[WitnessStep, _Node]]]:
    """From each node, the relations that carry impact away from it (DOWNSTREAM), or towards it (UPSTREAM)."""
    steps: dict[_Node, list[tuple[WitnessStep, _Node]]] = {}
    for edge in edges:
        impact = RELATIONS[edge.relation].impact
        with_it, against_it = impact in {Impact.FORWARD, Impact.BOTH}, impact in {Impact.BACKWARD, Impact.BOTH}
        if direction is Direction.UPSTREAM:
            with_it, against_it = against_it, with_it
        if with_it:
            steps.setdefault(edge.start, []).append((WitnessStep(edge.relation, edge.start.code, edge.end.code, True), edge.end))
        if against_it:
            steps.setdefault(edge.end, []).append((WitnessStep(edge.relation, edge.start.code, edge.end.code, False), edge.start))
    return {node: sorted(found, key=lambda step: (step[1].kind, step[1].code, step[0].relation)) for node, found in steps.items()}


def _edge(row: Row) -> _Edge:
    return _Edge(row["relation"], _Node(row["start_label"], row["start"], row["start_name"]), _Node(row["end_label"], row["end"], row["end_name"]))


def _start(code: str, edges: Iterable[_Edge]) -> _Node | None:
    return next((node for edge in edges for node in (edge.start, edge.end) if node.code == code and node.kind != "Region"), None)
