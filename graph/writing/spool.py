"""What a load must remember of its rows, on disk: the rows, what each asserts, and what the store holds of the same perimeter.

One SQLite file that goes with the load, so that memory does not grow with the file (docs/formats.md) and the keys of a whole file are known before
anything is written (M-9). The outcome of each object is one comparison inside that file.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from graph.model.kinds import Value
from graph.record import Item, Left, Link, Place, Record, Ref, Rejected
from graph.writing.packing import packed, packed_props, unpacked, unpacked_props

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


Held = tuple[str, str]  # what the store holds of an object: key, digest of what the source last said of it ('-': no longer asserts it)


@dataclass(frozen=True, slots=True)
class Pending:
    """An object to be written."""

    item: Item
    digest: str
    outcome: Outcome


SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -16000;
CREATE TABLE row (id INTEGER PRIMARY KEY, file TEXT, line INT, text TEXT, field TEXT, reason TEXT, outcome INT NOT NULL);
CREATE TABLE item (id INTEGER PRIMARY KEY, row INT, label INT, key TEXT, digest TEXT, payload BLOB, outcome INT, doubled INT NOT NULL DEFAULT 0);
CREATE TABLE held (label INT, key TEXT, digest TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID;
CREATE TABLE hung (id INTEGER PRIMARY KEY, row INT, kind INT, start TEXT, end TEXT, digest TEXT, payload BLOB, outcome INT);
CREATE TABLE held_hung (kind INT, start TEXT, end TEXT, digest TEXT, PRIMARY KEY (kind, start, end)) WITHOUT ROWID;
CREATE TABLE spared (label INT, key TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID;
CREATE TABLE left_by (rule TEXT PRIMARY KEY, count INT NOT NULL) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX item_key ON item (label, key); CREATE INDEX item_row ON item (row);
CREATE INDEX hung_key ON hung (kind, start, end); CREATE INDEX hung_row ON hung (row);
"""
DOUBLED = """
UPDATE item SET doubled = 1 WHERE (label, key) IN (SELECT label, key FROM item GROUP BY label, key HAVING count(DISTINCT digest) > 1);
UPDATE row SET outcome = 3, field = '', reason = (
    SELECT 'The key ' || i.key || ' stands in this file with two contents (also: ' || (
        SELECT group_concat(place, '; ') FROM (
            SELECT DISTINCT r2.file || ', line ' || r2.line AS place FROM item i2 JOIN row r2 ON r2.id = i2.row
            WHERE i2.label = i.label AND i2.key = i.key AND i2.row <> row.id ORDER BY r2.id LIMIT 3)) || '). Both are left out: keep the right one.'
    FROM item i WHERE i.row = row.id AND i.doubled LIMIT 1)
WHERE id IN (SELECT row FROM item WHERE doubled);
INSERT OR IGNORE INTO spared SELECT label, key FROM item WHERE row IN (SELECT id FROM row WHERE outcome = 3);
DELETE FROM item WHERE row IN (SELECT id FROM row WHERE outcome = 3);
DELETE FROM hung WHERE row IN (SELECT id FROM row WHERE outcome = 3);
"""
JUDGED = """
UPDATE item SET outcome = coalesce((
    SELECT CASE WHEN held.digest = item.digest THEN 0 ELSE 1 END
    FROM held WHERE held.label = item.label AND held.key = item.key), 2);
UPDATE item SET outcome = 0 WHERE EXISTS (SELECT 1 FROM item twin WHERE twin.label = item.label AND twin.key = item.key AND twin.id < item.id);
UPDATE hung SET outcome = coalesce((
    SELECT CASE WHEN held.digest = hung.digest THEN 0 ELSE 1 END FROM held_hung held
    WHERE held.kind = hung.kind AND held.start = hung.start AND held.end = hung.end), 2);
UPDATE hung SET outcome = 0 WHERE EXISTS (
    SELECT 1 FROM hung twin WHERE twin.kind = hung.kind AND twin.start = hung.start AND twin.end = hung.end AND twin.id < hung.id);
UPDATE row SET outcome = max(
    coalesce((SELECT max(outcome) FROM item WHERE item.row = row.id), 0), coalesce((SELECT max(outcome) FROM hung WHERE hung.row = row.id), 0)
) WHERE outcome <> 3;
"""


class Spool:
    """The rows of one load on disk. Built for one load in an empty folder; `close` when it ends, the folder goes with it."""

    def __init__(self, folder: Path, labels: tuple[str, ...]) -> None:
        self._order = {label: place for place, label in enumerate(labels)}
        self._labels = labels
        self._database = sqlite3.connect(folder / "spool.sqlite", isolation_level=None)
        self._database.executescript(SCHEMA)
        self._database.execute("BEGIN")
        self._rows = 0
        self._items: list[tuple[int, int, str, str, bytes]] = []
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
            for spared in (event.about, *event.also):
                if spared is not None:
                    self._database.execute("INSERT OR IGNORE INTO spared VALUES (?, ?)", (self._order[spared.label], spared.key))
        else:
            self._texts.append((self._rows, *event.place, event.text, "", "", Outcome.UNCHANGED))
            self._items.extend(self._packed(item) for item in event.items)
        if len(self._texts) >= CHUNK:
            self._flush()

    def _packed(self, item: Item) -> tuple[int, int, str, str, bytes]:
        if item.hung:
            self._hung.extend(self._packed_link(link) for link in item.hung)
        return self._rows, self._order[item.label], item.key, *packed(item)

    def _packed_link(self, link: Link) -> tuple[int, int, str, str, str, bytes]:
        kind = self._kinds.setdefault(LinkKind(link.type, link.start.label, link.end.label), len(self._kinds))
        return self._rows, kind, link.start.key, link.end.key, *packed_props(link.props)

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?)", self._texts)
        self._database.executemany("INSERT INTO item (row, label, key, digest, payload) VALUES (?, ?, ?, ?, ?)", self._items)
        self._database.executemany("INSERT INTO hung (row, kind, start, end, digest, payload) VALUES (?, ?, ?, ?, ?, ?)", self._hung)
        for waiting in (self._texts, self._items, self._hung):
            waiting.clear()

    def finish(self) -> None:
        """All rows are in: a key with two contents rejects every row that bears it (M-9)."""
        self._flush()
        self._database.execute("COMMIT")
        self._database.executescript(INDEXES)
        self._database.executescript(DOUBLED)

    def keys(self, label: str) -> Iterator[list[str]]:
        """Keys of a label, in order, some at a time."""
        rows = self._database.execute("SELECT DISTINCT key FROM item WHERE label = ? ORDER BY key", (self._order[label],))
        while chunk := rows.fetchmany(CHUNK):
            yield [key for (key,) in chunk]

    def hold(self, label: str, held: Iterable[Held]) -> None:
        """Remember what the store holds of a label."""
        place = self._order[label]
        rows = ((place, key, digest) for key, digest in held)
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", rows)
        self._database.execute("COMMIT")

    def judge(self) -> None:
        """Decide the outcome of each object and each row from what the store holds (M-8)."""
        self._database.executescript(JUDGED)

    def pending(self) -> Iterator[Pending]:
        """The objects to be written, by label in the order of writing, then by key."""
        rows = self._database.execute("SELECT label, key, digest, payload, outcome FROM item WHERE outcome > 0 ORDER BY label, key")
        while chunk := rows.fetchmany(CHUNK):
            for label, key, digest, payload, outcome in chunk:
                yield Pending(unpacked(self._labels[label], key, payload), digest, Outcome(outcome))

    def missing(self, label: str) -> Iterator[list[str]]:
        """Keys of a label that the store holds live and the files no longer do, some at a time. What a rejected row is about is still held."""
        rows = self._database.execute(
            "SELECT key FROM held WHERE label = ? AND digest <> '-' AND NOT EXISTS "
            "(SELECT 1 FROM item WHERE item.label = held.label AND item.key = held.key) AND NOT EXISTS "
            "(SELECT 1 FROM spared WHERE spared.label = held.label AND spared.key = held.key) ORDER BY key",
            (self._order[label],),
        )
        while chunk := rows.fetchmany(CHUNK):
            yield [key for (key,) in chunk]

    def count_held(self, label: str) -> int:
        """How many objects of a label the store holds live."""
        return self._number("SELECT count(*) FROM held WHERE label = ? AND digest <> '-'", self._order[label])

    def count_missing(self, label: str) -> int:
        """How many of them the files no longer hold."""
        return sum(len(keys) for keys in self.missing(label))

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
