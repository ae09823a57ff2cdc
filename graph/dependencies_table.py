"""What depends on what, as a table: for the shell."""

from graph.dependencies import DependencyGraph, Dependent
from graph.tables import Cell, Table


def dependencies_table(found: DependencyGraph) -> Table:
    """One row an object that is reached, nearest first, with its witness path."""
    return Table(("depth", "kind", "code", "name", "by"), [_row(found.code, one) for one in found.nodes])


def _row(start: str, one: Dependent) -> list[Cell]:
    path = [start, *(step.end if step.forward else step.start for step in one.witness)]
    return [one.depth, one.kind, one.code, one.name, " → ".join(path)]
