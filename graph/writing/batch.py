"""One batch of objects into the store: one transaction that holds their properties, what hangs on them, their records and their entries in `said`.

So an entry in the store says that all of the object is there, whenever the process was killed (invariant 8). Pure: what must be known of the other
sources of a node (M-2) is read before and handed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from typing import Any

from graph.model import NODES
from graph.model.kinds import NodeType, Value
from graph.record import Item
from graph.store.connection import Statement
from graph.writing import ending_statements as ending
from graph.writing import statements
from graph.writing.claims import claims, leader, peers
from graph.writing.content import content_statements, dangling_id, hung_on, search_copies, whole
from graph.writing.knowing import NOTHING, Knowledge, Known
from graph.writing.leaving import Heir, heir_of, heir_statements, restated_owned, said_after, shared_props
from graph.writing.records import record_statements
from graph.writing.releasing import EACH, released, settled
from graph.writing.spool import Outcome, Pending
from graph.writing.stamps import Stamps
from graph.writing.standing import Role


def batches(pending: Iterable[Pending], size: int) -> Iterator[list[Pending]]:
    """Pending objects, `size` at a time and one label at a time."""
    for _, same in groupby(pending, key=lambda one: one.item.label):
        while batch := list(islice(same, size)):
            yield batch


def contested(batch: Sequence[Pending]) -> list[str]:
    """Keys of the objects of which it must be known what the other sources say before they are written."""
    return [one.item.key for one in batch if one.standing.role is Role.SHARES or one.standing.yields]


def batch_statements(batch: Sequence[Pending], stamps: Stamps, today: date, known: Knowledge = NOTHING) -> list[Statement]:
    """The statements that write one batch of objects of one label.

    `today`: the day on which what is no longer stated ends. `known`: what all sources say of the `contested` ones, by key.
    """
    node = NODES[batch[0].item.label]
    items = [standing_item(one) for one in batch]
    updated = [(one, item) for one, item in zip(batch, items, strict=True) if one.outcome is Outcome.UPDATED]
    heirs = {one.item.key: _heir(node, one, known) for one in batch if one.standing.yields}
    return [
        *released(node, [(one.item.key, one.standing.over) for one in batch if one.standing.over], today, leaving=False),
        *_nodes(node, batch, stamps, known, heirs),
        *record_statements(batch, stamps, today),
        *content_statements(items, stamps, shared=any(one.standing.role is Role.SHARES for one in batch), again=bool(updated)),
        *_ended(node, updated, stamps.source, today),
        *_others(node, batch, list(heirs.values()), stamps, known),
    ]


def standing_item(one: Pending) -> Item:
    """What of an object its source writes: where another source leads, only the relations that each states for itself (M-3)."""
    if one.standing.links:
        return one.item
    return replace(one.item, links=tuple(link for link in one.item.links if link.type in EACH), owned=(), dangling=())


def _nodes(node: NodeType, batch: Sequence[Pending], stamps: Stamps, known: Knowledge, heirs: Mapping[str, Heir]) -> Iterator[Statement]:
    giving = [one for one in batch if one.standing.role is not Role.FOLLOWS]
    if giving:
        values = stamps.node() | ({"lead": stamps.rank} if node.newest else {})
        yield statements.merge_nodes(node), {"rows": [_row(node, one, known, heirs) for one in giving], "stamps": values}
    if len(giving) < len(batch):
        rows = [{"key": one.item.key, "said": _said(one, heirs)} for one in batch if one.standing.role is Role.FOLLOWS]
        yield statements.claim_nodes(node), {"rows": rows}


def _said(one: Pending, heirs: Mapping[str, Heir]) -> list[str]:
    return sorted([*said_after(one.standing.others, heirs.get(one.item.key)), one.claim.entry])


def _row(node: NodeType, one: Pending, known: Knowledge, heirs: Mapping[str, Heir]) -> dict[str, Any]:
    props = _shared_props(node, one, known[one.item.key]) if one.standing.role is Role.SHARES else _own_props(node, one)
    return {"key": one.item.key, "props": {**props, **search_copies(node, one.item.key, props)}, "said": _said(one, heirs)}


def _own_props(node: NodeType, one: Pending) -> Mapping[str, Value]:
    """What the source says; all of the label where nothing of it that it leaves out may stay (a ROR states an object as a whole)."""
    if one.standing.fresh or (one.item.said is not None and one.outcome is Outcome.UPDATED):
        return whole(node, one.item.props)
    if one.outcome is Outcome.CREATED:
        return {name: value for name, value in one.item.props.items() if value is not None}
    return one.item.props


def _shared_props(node: NodeType, one: Pending, known: Known) -> dict[str, Any]:
    others = claims(one.standing.others)
    mine = dict(one.item.props)
    if one.item.said is None and not one.standing.fresh:
        mine = {**known.told.get(one.claim.source, {}), **mine}  # what a format does not have, it leaves alone
    stated = [(one.claim, mine), *known.stated(others)]
    return shared_props(node, stated, known, recorded=one.claim.source if one.item.said is not None else "")


def _ended(node: NodeType, updated: Sequence[tuple[Pending, Item]], source: str, today: date) -> Iterator[Statement]:
    """What the source no longer states of objects that it states otherwise than before (M-7)."""
    if not updated:
        return
    for relation, start, end in ending.pairs():
        if start is node and not relation.apart:
            rows = [{"start": item.key, "keep": _kept(item, relation.type, end.label)} for _, item in updated]
            yield ending.end_links(relation, start, end), {"rows": rows, "source": source, "today": today}
    yield from settled(node, [{"key": item.key, "source": source} for _, item in updated], today)
    recorded = [item for one, item in updated if one.item.said is not None]
    if recorded:
        rows = [{"key": item.key, "source": source, "keep": [dangling_id(item, one, source) for one in item.dangling]} for item in recorded]
        yield ending.end_dangling_of(), {"rows": rows, "label": node.label, "today": today}


def _kept(item: Item, kind: str, label: str) -> list[str]:
    return [
        *(link.end.key for link in item.links if link.type == kind and link.end.label == label),
        *(owned.node.key for start, owned in hung_on(item.ref, item.owned) if start == item.ref and owned.relation == kind and owned.node.label == label),
    ]


def _others(node: NodeType, batch: Sequence[Pending], heirs: Sequence[Heir], stamps: Stamps, known: Knowledge) -> Iterator[Statement]:
    """What other sources say again in the same transaction: the leader after one that yields, and owned nodes that a register has let go."""
    yield from heir_statements(node, heirs, stamps)
    let_go = [one for one in batch if one.standing.role is Role.SHARES and one.outcome is Outcome.UPDATED and not one.claim.is_ror]
    yield from restated_owned(node, [(known[one.item.key], claims(one.standing.others)) for one in let_go], stamps)


def _heir(node: NodeType, one: Pending, known: Knowledge) -> Heir:
    live = claims(one.standing.others)
    first = leader(node, peers(one.claim, live) if node.merged else live)
    assert first is not None  # only who has rivals yields
    return heir_of(one.item.key, first, known[one.item.key])
