"""Order of the steps of a pathway: what pathways and inventories check alike (P-1)."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from graph.record import Ref


def step_ref(pathway: str, step: str) -> Ref:
    """A step as a node: pathway and code."""
    return Ref("Step", f"{pathway}/{step}")


def find_cycle(following: Mapping[str, Sequence[str]]) -> list[str] | None:
    """The steps of one cycle, its first one again at the end; None when the passages make no cycle.

    >>> find_cycle({"a": ["b"], "b": ["a"]})
    ['a', 'b', 'a']
    """
    try:
        TopologicalSorter(following).prepare()
    except CycleError as problem:
        cycle: list[str] = problem.args[1]
        start = min(range(len(cycle) - 1), key=lambda place: cycle[place])
        backwards = [*cycle[start:-1], *cycle[:start], cycle[start]]  # the sorter follows predecessors; here the graph gave successors
        return backwards[::-1]
    return None
