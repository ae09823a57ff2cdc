"""What a load changed, as small nodes of the model: written in the transaction that makes the change, so that a killed load loses none.

Rules: docs/graph_model.md, C-1 to C-6. Nothing is noted for the first load of a source.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.comparing import differing, json_text
from graph.record import Item
from graph.runs import Run
from graph.store.connection import Statement

MERGE = "UNWIND $rows AS row MERGE (c:Change {id: row.id}) SET c += row.props"


class ChangeKind(StrEnum):
    """What happened to what a source says of an object: `back` is one that it had stopped saying (M-5)."""

    CREATED = "created"
    CHANGED = "changed"
    GONE = "gone"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one object. `property`: of the model, or a relation type; `old`, `new`: JSON, absent where there is no value or a personal one.

    `end`: the other end of a relation that is stated beside the objects, so that each is a change of its own.
    """

    label: str
    object: str
    kind: ChangeKind
    property: str | None = None
    old: str | None = None
    new: str | None = None
    end: str = ""


def whole(label: str, keys: Iterable[str], kind: ChangeKind) -> list[Change]:
    """The objects of a label that are created, gone or back: one change each, without values."""
    return [Change(label, key, kind) for key in keys]


def changed(before: Item, after: Item) -> list[Change]:
    """What a source says otherwise than before of an object that it still asserts (C-1 to C-4)."""
    return [
        Change(after.label, after.key, ChangeKind.CHANGED, one.name)
        if one.personal
        else Change(after.label, after.key, ChangeKind.CHANGED, one.name, json_text(one.one), json_text(one.other))
        for one in differing(before, after)
    ]


def change_statements(changes: Sequence[Change], run: Run, now: str) -> list[Statement]:
    """The statement that writes changes of one run; none for none. `now`: the instant of all changes of the run (ISO 8601, UTC)."""
    return [(MERGE, {"rows": list(_rows(changes, run, now))})] if changes else []


def _rows(changes: Iterable[Change], run: Run, now: str) -> Iterator[Mapping[str, Any]]:
    for one in changes:
        props = {
            "run_id": run.id, "of": run.of, "on": now, "label": one.label, "object": one.object, "kind": one.kind, "property": one.property,
            "old": one.old, "new": one.new,
        }  # fmt: skip
        key = "/".join(part for part in (run.id, one.label, one.object, one.property or one.kind, one.end) if part)
        yield {"id": key, "props": {name: value for name, value in props.items() if value is not None}}
