"""One batch of objects into the store: one transaction that holds their properties, what hangs on them, and their digests.

So a digest in the store says that all of the object is there, whenever the process was killed (invariant 8).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from graph.model import NODES, RELATIONS
from graph.model.kinds import NodeType, Value
from graph.record import Item, Link, Owned, Ref
from graph.runs import Run
from graph.store.connection import Statement
from graph.text import folded
from graph.writing import statements
from graph.writing.spool import Outcome, Pending


@dataclass(frozen=True, slots=True)
class Stamps:
    """What a run stamps on all that it writes (invariant 5): `rank` is its source's (M-3), `now` ISO 8601 in UTC."""

    run: Run
    rank: int
    now: str

    @property
    def prefix(self) -> str:
        """How the source's entry in `said` starts (graph/writing/statements.py)."""
        return f"{self.run.of}="

    def node(self) -> dict[str, Value]:
        """On a node whose values are this source's."""
        return {"source": self.run.of, "run": self.run.id, "last_seen": self.now}

    def owned(self) -> dict[str, Value]:
        """On a node that hangs on another: it lives and goes with it."""
        return {**self.node(), "gone_on": None}

    def stub(self) -> dict[str, Value]:
        """On a stub: named, not asserted (M-10)."""
        return {"source": self.run.of, "run": self.run.id, "first_seen": self.now, "last_seen": self.now, "stub": True}

    def link(self) -> dict[str, Value]:
        """On a relation; its source is part of its key."""
        return {"run": self.run.id, "last_seen": self.now, "source_rank": self.rank, "gone_on": None}


def batches(pending: Iterable[Pending], size: int) -> Iterator[list[Pending]]:
    """Pending objects, `size` at a time and one label at a time."""
    for _, same in groupby(pending, key=lambda one: one.item.label):
        while batch := list(islice(same, size)):
            yield batch


def batch_statements(batch: Sequence[Pending], stamps: Stamps, today: date) -> list[Statement]:
    """The statements that write one batch of objects of one label; `today`: the day on which what is no longer stated ends."""
    node = NODES[batch[0].item.label]
    links = [link for one in batch for link in (*one.item.links, *_owning(one))]
    found = [
        (
            statements.merge_nodes(node),
            {"rows": [_node_row(node, one, stamps) for one in batch], "prefix": stamps.prefix, "rank": stamps.rank, "stamps": stamps.node()},
        ),
        *_owned(batch, stamps),
        *_stubs(links, {one.item.ref for one in batch}, stamps),
        *_links(links, stamps),
    ]
    updated = [one for one in batch if one.outcome is Outcome.UPDATED]
    return [*found, *_ended(node, updated, stamps.run.of, today)] if updated else found


def link_statements(links: Sequence[Link], stamps: Stamps) -> list[Statement]:
    """The statements that write relations stated beside the objects: missing ends as stubs, then the relations."""
    return [*_stubs(links, set(), stamps), *_links(links, stamps)]


def _node_row(node: NodeType, one: Pending, stamps: Stamps) -> dict[str, Any]:
    props = one.item.props
    if one.outcome is Outcome.CREATED:
        props = {name: value for name, value in props.items() if value is not None}
    return {"key": one.item.key, "props": {**props, **_search_copies(node, one.item)}, "said": stamps.prefix + one.digest}


def _search_copies(node: NodeType, item: Item) -> dict[str, Value]:
    if not any(name in item.props for name in node.searched):
        return {}
    values = [item.props.get(name) for name in node.searched]
    return {"folded": folded(values[:1]), "words": folded([item.key, *values])}


def _owning(one: Pending) -> list[Link]:
    return [Link(owned.relation, start, owned.node) for start, owned in _hanging(one.item.ref, one.item.owned)]


def _hanging(start: Ref, owned: Iterable[Owned]) -> Iterator[tuple[Ref, Owned]]:
    """What hangs on a node, and what hangs on that, each with what it hangs on."""
    for one in owned:
        yield start, one
        if one.owned:
            yield from _hanging(one.node, one.owned)


def _owned(batch: Sequence[Pending], stamps: Stamps) -> Iterator[Statement]:
    rows: dict[str, dict[str, Mapping[str, Value]]] = defaultdict(dict)
    for one in batch:
        for _, owned in _hanging(one.item.ref, one.item.owned):
            rows[owned.node.label][owned.node.key] = owned.props
    for label, by_key in rows.items():
        sent = [{"key": key, "props": dict(props)} for key, props in sorted(by_key.items())]
        yield statements.merge_owned(NODES[label]), {"rows": sent, "stamps": stamps.owned()}


def _stubs(links: Iterable[Link], there: set[Ref], stamps: Stamps) -> Iterator[Statement]:
    """The ends that this batch does not write itself: made as stubs where they are missing."""
    owned = {relation.type for relation in RELATIONS.values() if relation.owned}
    keys: dict[str, set[str]] = defaultdict(set)
    for link in links:
        for end in (link.start, link.end):
            if end not in there and link.type not in owned:
                keys[end.label].add(end.key)
    for label, wanted in sorted(keys.items()):
        yield statements.merge_stubs(NODES[label]), {"keys": sorted(wanted), "stamps": stamps.stub()}


def _links(links: Iterable[Link], stamps: Stamps) -> Iterator[Statement]:
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for link in links:
        rows[link.type, link.start.label, link.end.label].append({"start": link.start.key, "end": link.end.key, "props": dict(link.props)})
    for (kind, start, end), sent in rows.items():
        text = statements.merge_links(RELATIONS[kind], NODES[start], NODES[end])
        yield text, {"rows": sent, "source": stamps.run.of, "stamps": stamps.link()}


def _ended(node: NodeType, updated: Sequence[Pending], source: str, today: date) -> Iterator[Statement]:
    """What the source no longer states of objects that it states otherwise than before (M-7)."""
    for relation, start, end in statements.pairs():
        if start is node:
            rows = [{"start": one.item.key, "keep": _kept(one, relation.type, end.label)} for one in updated]
            yield statements.end_links(relation, start, end), {"rows": rows, "source": source, "today": today}


def _kept(one: Pending, kind: str, label: str) -> list[str]:
    return [link.end.key for link in (*one.item.links, *_owning(one)) if link.type == kind and link.end.label == label]
