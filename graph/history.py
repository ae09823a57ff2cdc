"""The history of an object: who says it and since when, what each says otherwise than the graph, and what the loads changed of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, Final

from graph.changes import ChangeRow, changes_of_objects, changes_table
from graph.comparing import OWNED
from graph.differences import differences_table
from graph.errors import BadInput, NotFound
from graph.finding import Hit, find
from graph.model import NODES
from graph.questions import question
from graph.reads import Ask, Reads, Row, plain
from graph.sayings import DifferenceRow, Standing, differences_of
from graph.tables import Table
from graph.writing.claims import claim_of, source_of

TOLD: Final = ("LegalEntity", "GeographicEntity", "OrganisationalUnit", "Offer", "Location", "Professional", "Practice")


@dataclass(frozen=True, slots=True)
class Saying:
    """One source of an object. `live`: it still asserts it; `leads`: its values come first. Instants are ISO 8601 in UTC.

    `type`, `source_id`: how a ROR names it. `first_seen`, `last_seen`: when its statement was first and last written; None of a source that has no record
    of its own and does not lead. `updated_at`: as the source says. `gone_on`: the day on which a full load no longer saw it.
    """

    source: str
    rank: int | None
    live: bool
    leads: bool
    type: str | None
    source_id: str | None
    first_seen: str | None
    last_seen: str | None
    updated_at: str | None
    gone_on: date | None
    digest: str | None
    differences: tuple[DifferenceRow, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What is known of one object over time."""

    label: str
    id: str
    name: str | None
    sayings: tuple[Saying, ...]
    changes: tuple[ChangeRow, ...]


@cache
def sayings_of(label: str) -> Callable[[Sequence[str]], Reads[dict[str, tuple[Saying, ...]]]]:
    """Who says what of each object of a label, the leader first, by id."""
    return partial(_sayings_of, label)


@cache
def history_of(label: str) -> Callable[[Sequence[str]], Reads[dict[str, tuple[ChangeRow, ...]]]]:
    """What the loads changed of each object of a label, the newest first, by id."""
    return partial(changes_of_objects, label)


def history(text: str, label: str | None = None) -> Reads[History]:
    """The history of the one object that `text` names: id, FINESS number, or words of its name. Raises NotFound, and BadInput where it names several."""
    hit = yield from _the_one(text, label)
    sayings = yield from _sayings_of(hit.kind, [hit.id])
    changes = yield from changes_of_objects(hit.kind, [hit.id])
    return History(hit.kind, hit.id, hit.name, sayings.get(hit.id, ()), changes.get(hit.id, ()))


def history_tables(found: History) -> tuple[Table, ...]:
    """Sources, what they say otherwise, and changes, as tables; the last two only where there are some."""
    rows = [
        (one.source, one.type or "", one.source_id or "", one.first_seen, one.last_seen, one.updated_at, _day(one.gone_on), one.leads) for one in found.sayings
    ]
    columns = ("source", "type", "source_id", "first_seen", "last_seen", "updated_at", "gone_on", "leads")
    differing = [row for one in found.sayings for row in one.differences]
    tables = [Table(columns, rows)]
    if differing:
        tables.append(differences_table(differing))
    if found.changes:
        tables.append(changes_table(found.changes))
    return tuple(tables)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _the_one(text: str, label: str | None) -> Reads[Hit]:
    if label is not None and label not in TOLD:
        raise BadInput(f"--label: {label} has no history of sources. There are {', '.join(TOLD)}.")
    if label is not None and (yield from _sayings_of(label, [text])):
        return Hit(label, text, None, True)  # one that is gone is not found by name
    kinds = [label] if label else list(TOLD)
    hits = yield from find(text, kinds, 3)
    exact = [hit for hit in hits if hit.exact] or list(hits)
    if not exact:
        raise NotFound(f"Nothing is named '{text}'. Give an id, a FINESS or RPPS number, or words of a name; of what is gone the id and --label.")
    if len(exact) > 1:
        named = "; ".join(f"{hit.kind} {hit.id} {hit.name or ''}".strip() for hit in exact)
        raise BadInput(f"'{text}' names several: {named}... Give the id, and --label where two have the same.")
    return exact[0]


def _sayings_of(label: str, ids: Sequence[str]) -> Reads[dict[str, tuple[Saying, ...]]]:
    rows = yield Ask(question("sayings_of_objects"), {"label": label, "ids": list(ids), "owned": list(OWNED)})
    return {row["id"]: _sayings(label, row) for row in rows}


def _sayings(label: str, row: Row) -> tuple[Saying, ...]:
    standing = Standing(NODES[label], row)
    records: dict[str, Row] = {}
    for record in row["records"]:
        if record["source"] not in records or record.get("gone_on") is None:
            records[record["source"]] = record
    ranked = [one.source for one in standing.claims]
    gone = sorted({source_of(entry)[0] for entry in standing.values.get("said") or ()} - set(ranked))
    return tuple(_saying(standing, source, records.get(source)) for source in [*ranked, *gone])


def _saying(standing: Standing, source: str, record: Mapping[str, Any] | None) -> Saying:
    values, leads = standing.values, source == standing.source
    entry = next(one for one in values["said"] if source_of(one)[0] == source)
    claim = claim_of(entry)
    seen = record or (values if leads else {})
    return Saying(
        source=source,
        rank=claim.rank if claim else None,
        live=claim is not None,
        leads=leads and claim is not None,
        type=record["type"] if record else None,
        source_id=record["source_id"] if record else None,
        first_seen=seen.get("first_seen"),
        last_seen=seen.get("last_seen"),
        updated_at=(claim.updated_at or None) if claim else (record or {}).get("updated_at"),
        gone_on=plain(seen.get("gone_on")) if claim is None else None,
        digest=claim.digest if claim else None,
        differences=tuple(differences_of(standing, source)) if claim else (),
    )
