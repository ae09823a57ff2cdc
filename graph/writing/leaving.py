"""A source leaves nodes: it no longer asserts them. Where others do, the next in rank comes in its place in the same transaction (M-3, M-5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.model.kinds import NodeType
from graph.record import Item
from graph.store.connection import Statement
from graph.writing import ending_statements as ending
from graph.writing import statements
from graph.writing.claims import UNWRITTEN, Claim, claims, gone_entry, leader, order, peers, source_of
from graph.writing.content import content_statements, hung_on, owned_statements, search_copies, whole
from graph.writing.knowing import Knowledge, Known
from graph.writing.merging import Stated, put_together, told_entry
from graph.writing.releasing import released
from graph.writing.stamps import Stamps


@dataclass(frozen=True, slots=True)
class Leaving:
    """A node that a source leaves: its claim until now, the entries of the others. `valued`: of a label of which the newest leads, it gave the value."""

    key: str
    mine: Claim
    others: tuple[str, ...]
    valued: bool = False


@dataclass(frozen=True, slots=True)
class Heir:
    """Who comes in the place of a leader; `item`: what it states, None where no record keeps that: then its next load writes it."""

    key: str
    claim: Claim
    item: Item | None


def leaving_of(known: Knowledge, source: str) -> list[Leaving]:
    """The nodes of these that the source asserts, as ones that it leaves."""
    found = []
    for key, one in sorted(known.items()):
        mine = next((claim for claim in claims(one.said) if claim.source == source), None)
        if mine is not None:
            found.append(Leaving(key, mine, tuple(entry for entry in one.said if source_of(entry)[0] != source)))
    return found


def contested_leaving(node: NodeType, leaving: Sequence[Leaving]) -> list[str]:
    """Keys of the nodes of which it must be known what the other sources say."""
    return [one.key for one in leaving if claims(one.others) and (node.merged or _heir_claim(node, one) is not None)]


def leave_statements(node: NodeType, leaving: Sequence[Leaving], known: Knowledge, stamps: Stamps, today: date) -> list[Statement]:
    """The statements with which the source of `stamps` leaves nodes of one label. `known`: of the contested ones."""
    heirs = {one.key: heir for one in leaving if (heir := _heir(node, one, known)) is not None}
    rows = [_row(node, one, heirs.get(one.key), known.get(one.key), stamps.source) for one in leaving]
    keys = [{"key": one.key, "keep": ""} for one in leaving]
    return [
        *released(node, [(one.key, stamps.source) for one in leaving], today, leaving=True),
        *([(ending.end_records_of(node), {"rows": keys, "source": stamps.source, "today": today})] if ending.is_described(node) else []),
        (ending.leave_nodes(node), {"rows": rows, "source": stamps.source, "today": today}),
        *heir_statements(node, list(heirs.values()), stamps),
        *restated_owned(node, [(known[one.key], claims(one.others)) for one in leaving if one.key in known], stamps),
    ]


def _heir_claim(node: NodeType, one: Leaving) -> Claim | None:
    live = claims(one.others)
    first = leader(node, peers(one.mine, live) if node.merged else live)
    return first if first is not None and order(node, one.mine) < order(node, first) else None


def _heir(node: NodeType, one: Leaving, known: Knowledge) -> Heir | None:
    claim = _heir_claim(node, one)
    return None if claim is None else heir_of(one.key, claim, known.get(one.key))


def heir_of(key: str, claim: Claim, known: Known | None) -> Heir:
    """A source as an heir, with what its record says."""
    return Heir(key, claim, known.records.get(claim.source) if known else None)


def _row(node: NodeType, one: Leaving, heir: Heir | None, known: Known | None, source: str) -> dict[str, Any]:
    live = claims(one.others)
    said = sorted([*said_after(one.others, heir), gone_entry(source)])
    return {"key": one.key, "said": said, "gone": not live, "props": _left_props(node, one, live, known)}


def said_after(entries: Iterable[str], heir: Heir | None) -> list[str]:
    """The entries of the others; that of an heir without a record says that its next load writes it."""
    if heir is None or heir.item is not None:
        return list(entries)
    return [heir.claim._replace(digest=UNWRITTEN).entry if source_of(entry)[0] == heir.claim.source else entry for entry in entries]


def _left_props(node: NodeType, one: Leaving, live: Sequence[Claim], known: Known | None) -> dict[str, Any]:
    if node.newest:
        return {node.newest: None, "lead": None} if one.valued else {}
    if not (node.merged and live and known):
        return {}
    props = shared_props(node, known.stated(live), known)
    return {**props, **search_copies(node, one.key, props)}


def shared_props(node: NodeType, stated: Stated, known: Known, recorded: str = "") -> dict[str, Any]:
    """Properties of a merged node, with its leader, and what its sources without a record state where there are several.

    `recorded`: a source whose record is written in the same transaction.
    """
    first = leader(node, [claim for claim, _ in stated])
    told = [told_entry(claim.source, props) for claim, props in stated if claim.source != recorded and claim.source not in known.records]
    return {**put_together(node, stated), "source": first.source if first else None, "told_by": sorted(told) if told and len(stated) > 1 else None}


def heir_statements(node: NodeType, heirs: Sequence[Heir], stamps: Stamps) -> Iterator[Statement]:
    """What the heirs state comes onto the nodes: of a merged label their relations and owned nodes, else all."""
    groups: dict[tuple[str, int], list[tuple[Claim, Item]]] = defaultdict(list)
    for one in heirs:
        if one.item is not None:
            groups[one.claim.source, one.claim.rank].append((one.claim, one.item))
    for _, found in sorted(groups.items()):
        theirs, items = stamps.of(found[0][0]), [item for _, item in found]
        if not node.merged:
            yield statements.restate_nodes(node), {"rows": [_whole_row(node, item) for item in items], "stamps": theirs.node()}
        yield from content_statements(items, theirs, shared=node.merged, again=True)


def _whole_row(node: NodeType, item: Item) -> dict[str, Any]:
    return {"key": item.key, "props": {**whole(node, item.props), **search_copies(node, item.key, whole(node, item.props))}}


def restated_owned(node: NodeType, kept: Iterable[tuple[Known, Sequence[Claim]]], stamps: Stamps) -> Iterator[Statement]:
    """Owned nodes that a source has let go and a ROR still states have that ROR's values now (the register's are not kept, so they stay)."""
    if not node.merged:
        return
    found: dict[tuple[str, int], list[tuple[Claim, Item]]] = defaultdict(list)
    for known, live in kept:
        first = leader(node, [one for one in live if one.is_ror])
        if first is not None and first.source in known.records:
            found[first.source, first.rank].append((first, known.records[first.source]))
    for _, some in sorted(found.items()):
        owned = [one for _, item in some for _, one in hung_on(item.ref, item.owned)]
        yield from owned_statements(owned, stamps.of(some[0][0]), shared=True)
