"""SourceRecords: what each ROR says of an object, kept beside the node as that ROR said it (M-1), and their moves to another node (M-12)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import orjson

from graph.matches import MatchState
from graph.model import NODES
from graph.model.nodes import SOURCE_RECORD
from graph.model.relations import DESCRIBES
from graph.record import Item, Link, Ref, Said
from graph.store.connection import Statement
from graph.writing import ending_statements as ending
from graph.writing import statements
from graph.writing.content import Way, link_statements, whole
from graph.writing.matches import Match, match_statements
from graph.writing.spool import Outcome, Pending
from graph.writing.stamps import Stamps

MOVED: Final = "M-12"  # the rule of a SAME_AS between the node that a record described and the one that it describes now


def record_statements(batch: Sequence[Pending], stamps: Stamps, today: date, way: Way = Way.FIRST) -> Iterator[Statement]:
    """The records of these objects, in the transaction that writes the objects."""
    said = [one for one in batch if one.item.said is not None]
    if not said:
        return
    rows = [_row(one) for one in said]
    if way is Way.NEW:
        sent = [{**row, "start": one.item.key} for row, one in zip(rows, said, strict=True)]
        yield statements.create_records(NODES[batch[0].item.label]), {"rows": sent, "stamps": stamps.first({**stamps.node(), **stamps.link()})}
        return
    yield statements.merge_owned(SOURCE_RECORD), {"rows": rows, "stamps": {**stamps.node(), "gone_on": None}}
    links = [Link(DESCRIBES.type, Ref(SOURCE_RECORD.label, one.record), one.item.ref) for one in said]
    yield from link_statements(links, stamps, {end for link in links for end in (link.start, link.end)}, way)
    updated = [{"key": one.item.key, "keep": one.record} for one in said if one.outcome is Outcome.UPDATED]
    if updated:
        yield ending.end_records_of(NODES[batch[0].item.label]), {"rows": updated, "source": stamps.source, "today": today}
    yield from _moves([one for one in said if one.moved_from is not None], stamps, today)


def record_id(source: str, said: Said) -> str:
    """Key of a SourceRecord: the source, the type and the id there."""
    return f"{source}/{said.type}/{said.source_id}"


def _row(one: Pending) -> dict[str, Any]:
    said = one.item.said
    assert said is not None
    changed = one.item.props.get("updated_at")
    props = {
        "region": one.item.props.get("source_region"),
        **said.stated,
        "type": said.type,
        "source_id": said.source_id,
        "statement": one.content.decode(),
        "updated_at": said.stated.get("updated_at") or (changed.isoformat() if isinstance(changed, date) else changed),
    }
    sent = {name: value for name, value in props.items() if value is not None} if one.outcome is Outcome.CREATED else whole(SOURCE_RECORD, props)
    return {"key": one.record, "props": sent}


def _moves(moved: Sequence[Pending], stamps: Stamps, today: date) -> Iterator[Statement]:
    """Records that described another node until now: that relation ends, and the two nodes are tied, since their source says that they are one thing."""
    for label in sorted({one.moved_from.label for one in moved if one.moved_from}):
        gone = [one for one in moved if one.moved_from and one.moved_from.label == label]
        rows = [{"start": one.record, "end": one.moved_from.key} for one in gone if one.moved_from]
        yield ending.end_link(DESCRIBES, SOURCE_RECORD, NODES[label]), {"rows": rows, "source": stamps.source, "today": today}
        yield from match_statements([_tie(one.record, one.moved_from, one.item, today) for one in gone if one.moved_from and one.item.label == label], stamps)


def _tie(record: str, before: Ref, now: Item, today: date) -> Match:
    evidence = orjson.dumps({"record": record, "before": before.key, "after": now.key}).decode()
    return Match(now.label, before.key, now.key, MOVED, MatchState.DECIDED, evidence, None, today)
