"""Purge: the one command that deletes, and only what ended before a day (invariant 3)."""

from dataclasses import dataclass
from datetime import date

from graph.model import NODES
from graph.store.connection import Store
from graph.writing import ending_statements
from graph.writing.lease import Lease, lease

LIMIT = 5000  # deleted a transaction


@dataclass(frozen=True, slots=True)
class Purged:
    """How many nodes and relations were deleted."""

    nodes: int
    links: int


def purge(store: Store, before: date) -> Purged:
    """Delete what ended before `before` (exclusive), relations first. A later load of an object makes it anew."""
    with lease(store) as writer:
        links = sum(_all(writer, ending_statements.purge_links(label), before) for label in NODES)
        return Purged(sum(_all(writer, ending_statements.purge_nodes(label), before) for label in NODES), links)


def _all(writer: Lease, text: str, before: date) -> int:
    total = 0
    while count := _some(writer, text, before):
        total += count
    return total


def _some(writer: Lease, text: str, before: date) -> int:
    ((row,),) = writer.write([(text, {"before": before, "limit": LIMIT})])
    return int(str(row["deleted"]))
