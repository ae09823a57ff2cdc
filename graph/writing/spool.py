"""What a load must remember of its rows, on disk: the rows, what each asserts, and what the store holds of the same perimeter.

One SQLite file that goes with the load, so that memory does not grow with the file (docs/formats.md) and the keys of a whole file are known before
anything is written (M-9). The outcome of each object is one comparison inside that file.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from graph.model import NODES
from graph.model.kinds import Value
from graph.record import Item, Left, Link, Place, Record, Ref, Rejected
from graph.writing import spool_sql
from graph.writing.claims import GONE, Claim, said_of, source_of
from graph.writing.leaving import Leaving
from graph.writing.packing import packed, packed_props, unpacked, unpacked_props
from graph.writing.standing import ALONE, Newest, Standing, newest_standing, standing

CHUNK = 2000


class Outcome(IntEnum):
    """What a load does with an object, and so with a row: a row's outcome is that of the largest of its objects (docs/graph_model.md, M-9)."""

    UNCHANGED = 0
    UPDATED = 1
    CREATED = 2
    REJECTED = 3


class LinkKind(NamedTuple):
    """A kind of relation: type, label of its start, label of its end."""

    type: str
    start: str
    end: str


Held = tuple[Any, ...]  # what the store holds of a node: key, entries of `said`; where the newest leads also instant, rank and source of its value


@dataclass(frozen=True, slots=True)
class Pending:
    """An object to be written. `claim`: the entry that it gets in `said`; `content`: what its source states of it, as packed; `record`: key of its
    SourceRecord, '' without one. `moved_from`: the node that this record described until now; `left`: nothing else of the files asserts that one.
    """

    item: Item
    claim: Claim
    outcome: Outcome
    content: bytes = b""
    standing: Standing = ALONE
    record: str = ""
    moved_from: Ref | None = None
    left: bool = False


class Spool:
    """The rows of one load on disk. Built for one load in an empty folder; `close` when it ends, the folder goes with it.

    `labels`: those that the load asserts, in the order of writing. `source`, `rank`: whose load it is.
    """

    def __init__(self, folder: Path, labels: tuple[str, ...], source: str, rank: int) -> None:
        self._source, self._rank = source, rank
        self._order = {label: place for place, label in enumerate(labels)}
        self._labels = labels
        self._database = sqlite3.connect(folder / "spool.sqlite", isolation_level=None)
        self._database.executescript(spool_sql.SCHEMA)
        self._database.execute("BEGIN")
        self._rows = 0
        self._items: list[tuple[int, int, str, str, bytes, str | None, str | None]] = []
        self._hung: list[tuple[int, int, str, str, str, bytes]] = []
        self._kinds: dict[LinkKind, int] = {}
        self._texts: list[tuple[int, str, int, str, str, str, int]] = []

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, event: Record | Rejected | Left) -> None:
        """Remember one row."""
        if isinstance(event, Left):
            self._database.execute("INSERT INTO left_by VALUES (?, 1) ON CONFLICT (rule) DO UPDATE SET count = count + 1", (event.rule,))
            return
        self._rows += 1
        if isinstance(event, Rejected):
            self._texts.append((self._rows, *event.place, event.text, event.field, event.reason, Outcome.REJECTED))
            if event.about is not None:
                self._database.execute("INSERT OR IGNORE INTO spared VALUES (?, ?)", (self._order[event.about.label], event.about.key))
        else:
            self._texts.append((self._rows, *event.place, event.text, "", "", Outcome.UNCHANGED))
            self._items.extend(self._packed(item) for item in event.items)
        if len(self._texts) >= CHUNK:
            self._flush()

    def _packed(self, item: Item) -> tuple[int, int, str, str, bytes, str | None, str | None]:
        if item.hung:
            self._hung.extend(self._packed_link(link) for link in item.hung)
        changed = item.props.get("updated_at")
        record = f"{self._source}/{item.said.type}/{item.said.source_id}" if item.said is not None else None
        return self._rows, self._order[item.label], item.key, *packed(item), str(changed) if changed else None, record

    def _packed_link(self, link: Link) -> tuple[int, int, str, str, str, bytes]:
        kind = self._kinds.setdefault(LinkKind(link.type, link.start.label, link.end.label), len(self._kinds))
        return self._rows, kind, link.start.key, link.end.key, *packed_props(link.props)

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?)", self._texts)
        self._database.executemany("INSERT INTO item (row, label, key, digest, payload, updated, record) VALUES (?, ?, ?, ?, ?, ?, ?)", self._items)
        self._database.executemany("INSERT INTO hung (row, kind, start, end, digest, payload) VALUES (?, ?, ?, ?, ?, ?)", self._hung)
        for waiting in (self._texts, self._items, self._hung):
            waiting.clear()

    def finish(self) -> None:
        """All rows are in: a key with two contents, or a record of two objects, rejects every row that bears it (M-9)."""
        self._flush()
        self._database.execute("COMMIT")
        personal = ", ".join(str(place) for label, place in self._order.items() if NODES[label].personal)
        for script in (spool_sql.INDEXES, spool_sql.DOUBLED_KEYS, spool_sql.DOUBLED_RECORDS):
            self._database.executescript(script.replace("{personal}", personal))

    def keys(self, label: str) -> Iterator[list[str]]:
        """Keys of a label, in order, some at a time."""
        rows = self._database.execute("SELECT DISTINCT key FROM item WHERE label = ? ORDER BY key", (self._order[label],))
        while chunk := rows.fetchmany(CHUNK):
            yield [key for (key,) in chunk]

    def keys_not_held(self, label: str) -> Iterator[list[str]]:
        """The same without those of which it is known what the store holds."""
        rows = self._database.execute(
            "SELECT DISTINCT key FROM item WHERE label = ? AND NOT EXISTS (SELECT 1 FROM held WHERE held.label = item.label AND held.key = item.key) "
            "ORDER BY key",
            (self._order[label],),
        ).fetchall()
        for place in range(0, len(rows), CHUNK):
            yield [key for (key,) in rows[place : place + CHUNK]]

    def hold(self, label: str, held: Iterable[Held]) -> None:
        """Remember what the store holds of nodes of a label."""
        place = self._order[label]
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (self._held(place, *one) for one in held))
        self._database.execute("COMMIT")

    def _held(self, place: int, key: str, entries: list[str] | None, newest: str | None = None, lead: int | None = None, source: str | None = None) -> Held:
        mine, others = None, []
        for entry in entries or ():
            whose, said = source_of(entry)
            if whose == self._source:
                mine = said
            else:
                others.append(entry)
        rank, digest, updated = said_of(mine) if mine not in (None, GONE) else (None, mine, None)
        return place, key, mine, digest, rank, updated, "\n".join(others), newest, lead, source

    def records(self) -> Iterator[list[str]]:
        """Keys of the SourceRecords of what is to be written, some at a time; none where the source has asserted nothing of this before."""
        rows = self._database.execute("SELECT DISTINCT record FROM item WHERE record IS NOT NULL AND outcome > 0 ORDER BY record").fetchall()
        for place in range(0, len(rows), CHUNK):
            yield [record for (record,) in rows[place : place + CHUNK]]

    def has_records(self) -> bool:
        """Whether the files state objects that have a SourceRecord."""
        return self._number("SELECT count(*) FROM (SELECT 1 FROM item WHERE record IS NOT NULL LIMIT 1)") > 0

    def asserted_before(self) -> bool:
        """Whether the store holds anything of the source."""
        return self._number("SELECT count(*) FROM (SELECT 1 FROM held WHERE said IS NOT NULL LIMIT 1)") > 0

    def hold_records(self, described: Iterable[tuple[str, str, str]]) -> None:
        """Remember which node each record describes now (record, label, key), where it is another than the files say."""
        rows = [(record, label, self._order.get(label, -1), key) for record, label, key in described]
        self._database.executemany("INSERT OR REPLACE INTO moved VALUES (?, ?, ?, ?)", rows)
        self._database.execute(
            "DELETE FROM moved WHERE EXISTS (SELECT 1 FROM item WHERE item.record = moved.record AND item.label = moved.place AND item.key = moved.key)"
        )

    def judge(self) -> None:
        """Refuse what is older than what is stored, then decide the outcome of each object and each row (M-8)."""
        self._database.executescript(spool_sql.STALE)
        self._database.executescript(spool_sql.JUDGED.replace("{rank}", str(self._rank)))

    def pending(self) -> Iterator[Pending]:
        """The objects to be written, by label in the order of writing, then by key."""
        rows = self._database.execute(spool_sql.PENDING)
        while chunk := rows.fetchmany(CHUNK):
            for row in chunk:
                yield self._pending(row)

    def _pending(self, row: Sequence[Any]) -> Pending:
        place, key, digest, payload, outcome, updated, record = row[:7]
        old_label, old_key, left = row[-3:]
        label, claim = self._labels[place], Claim(self._source, self._rank, digest, updated)
        old = Ref(old_label, old_key) if old_key else None
        return Pending(unpacked(label, key, payload), claim, Outcome(outcome), payload, _standing(label, claim, row[7:-3]), record or "", old, bool(left))

    def missing(self, label: str) -> Iterator[list[Leaving]]:
        """The nodes of a label that the source asserts in the store and the files no longer do, some at a time.

        What a rejected row is about is still held; what a record has moved away from was left when that was written.
        """
        text = "SELECT key, rank, digest, updated, others, source" + spool_sql.MISSING + "ORDER BY key"
        rows = self._database.execute(text, (self._order[label],))
        while chunk := rows.fetchmany(CHUNK):
            yield [
                Leaving(key, Claim(self._source, rank, digest, updated), tuple(others.split("\n")) if others else (), source == self._source)
                for key, rank, digest, updated, others, source in chunk
            ]

    def count_held(self, label: str) -> int:
        """How many objects of a label the store holds live."""
        return self._number("SELECT count(*) FROM held WHERE label = ? AND said <> '-'", self._order[label])

    def count_missing(self, label: str) -> int:
        """How many of them the files no longer hold."""
        return self._number("SELECT count(*) " + spool_sql.MISSING, self._order[label])

    @property
    def hung_kinds(self) -> tuple[LinkKind, ...]:
        """The kinds of hung relations that the files state; a kind that they do not is outside their perimeter."""
        return tuple(self._kinds)

    def hung_ends(self, kind: LinkKind) -> Iterator[list[dict[str, str]]]:
        """Ends of the hung relations of a kind, some at a time."""
        rows = self._database.execute("SELECT DISTINCT start, end FROM hung WHERE kind = ? ORDER BY start, end", (self._kinds[kind],))
        while chunk := rows.fetchmany(CHUNK):
            yield [{"start": start, "end": end} for start, end in chunk]

    def hold_hung(self, kind: LinkKind, held: Iterable[tuple[str, str, str]]) -> None:
        """Remember what the store holds of a kind: start, end, digest."""
        place = self._kinds[kind]
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR REPLACE INTO held_hung VALUES (?, ?, ?, ?)", ((place, *one) for one in held))
        self._database.execute("COMMIT")

    def pending_hung(self, kind: LinkKind) -> Iterator[Link]:
        """The hung relations of a kind to be written, in the order of their ends."""
        text = "SELECT start, end, digest, payload FROM hung WHERE kind = ? AND outcome > 0 ORDER BY start, end"
        rows = self._database.execute(text, (self._kinds[kind],))
        while chunk := rows.fetchmany(CHUNK):
            for start, end, digest, payload in chunk:
                yield Link(kind.type, Ref(kind.start, start), Ref(kind.end, end), {**unpacked_props(kind.type, payload), "digest": digest})

    def missing_hung(self, kind: LinkKind) -> Iterator[list[dict[str, str]]]:
        """Ends of the hung relations that the store holds and the files no longer state, some at a time."""
        rows = self._database.execute(
            "SELECT start, end FROM held_hung held WHERE kind = ? AND NOT EXISTS "
            "(SELECT 1 FROM hung WHERE hung.kind = held.kind AND hung.start = held.start AND hung.end = held.end) ORDER BY start, end",
            (self._kinds[kind],),
        )
        while chunk := rows.fetchmany(CHUNK):
            yield [{"start": start, "end": end} for start, end in chunk]

    def rejected(self) -> Iterator[Rejected]:
        """The rejected rows, file by file, in the order of each."""
        rows = self._database.execute("SELECT file, line, text, field, reason FROM row WHERE outcome = 3 ORDER BY file, id")
        while chunk := rows.fetchmany(CHUNK):
            for file, line, text, field, reason in chunk:
                yield Rejected(Place(file, line), text, field, reason)

    def row_counts(self) -> dict[Outcome, int]:
        """Rows by outcome."""
        counted = dict(self._database.execute("SELECT outcome, count(*) FROM row GROUP BY outcome").fetchall())
        return {outcome: counted.get(outcome.value, 0) for outcome in Outcome}

    def object_counts(self) -> dict[str, int]:
        """Distinct objects asserted, by label."""
        found = self._database.execute("SELECT label, count(DISTINCT key) FROM item GROUP BY label ORDER BY label").fetchall()
        return {self._labels[label]: count for label, count in found}

    def is_empty(self) -> bool:
        """Whether the files had no row at all."""
        return not self._rows and not self.left()

    def left(self) -> dict[str, int]:
        """Rows left, by rule."""
        return dict(self._database.execute("SELECT rule, count FROM left_by ORDER BY rule").fetchall())

    def _number(self, text: str, *values: Value) -> int:
        (number,) = self._database.execute(text, values).fetchone()
        return int(number)


def _standing(label: str, claim: Claim, held: Sequence[Any]) -> Standing:
    said, others, newest, lead, source = held
    if said is None and not others and newest is None:
        return ALONE
    entries = others.split("\n") if others else []
    if NODES[label].newest:
        return newest_standing(claim, Newest(newest, lead or 0, source or "") if newest else None, entries)
    return standing(NODES[label], claim, said, entries)
