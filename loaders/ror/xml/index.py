"""What must be known of a ROR's XML files before a row can be read: where the rows stand, and what the local ids (entityID) of their elements are.

One SQLite file in the load's folder: memory does not grow with the files.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

AT_ONCE: Final = 2000
SCHEMA: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -16000;
CREATE TABLE place (file INT, kind TEXT, entity TEXT, start INT, size INT, line INT, too_large INT);
CREATE TABLE known (
    kind TEXT, entity TEXT, label TEXT, identifier TEXT, more TEXT, key TEXT, is_two INT NOT NULL DEFAULT 0, PRIMARY KEY (kind, entity)
) WITHOUT ROWID;
CREATE TABLE named (kind TEXT, entity TEXT, PRIMARY KEY (kind, entity)) WITHOUT ROWID;
"""
KNOW: Final = """
INSERT INTO known (kind, entity, label, identifier, more, key) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
is_two = is_two OR label IS NOT excluded.label OR identifier IS NOT excluded.identifier OR more IS NOT excluded.more
"""
FIND: Final = "SELECT label, identifier, more, key FROM known WHERE kind = ? AND entity = ? AND NOT is_two"
UNKNOWN: Final = """
SELECT named.kind, named.entity FROM named LEFT JOIN known ON known.kind = named.kind AND known.entity = named.entity WHERE known.kind IS NULL
"""


class Known(NamedTuple):
    """What an element of a directory is. `identifier`: K-1 id of a structure, K-2 identifier of a unit, code of an activity or equipment.

    `more`: family of the activity, number in service of the equipment. `key`: of an object that only the store has.
    """

    label: str
    identifier: str | None
    more: str | None = None
    key: str | None = None


class PlacedRow(NamedTuple):
    """A row of a file: element name, entityID, where its bytes stand, first line, whether it is too large to be read."""

    kind: str
    entity: str
    start: int
    size: int
    line: int
    too_large: bool


class Index:
    """Places and local ids of all rows. Built for one load in its folder; `close` when it ends."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "ror-xml.sqlite", isolation_level=None)
        self._database.executescript(SCHEMA)
        self._database.execute("BEGIN")
        self._places: list[tuple[int, str, str, int, int, int, bool]] = []
        self._known: list[tuple[str, str, str, str | None, str | None, str | None]] = []
        self._named: list[tuple[str, str]] = []
        self._found: dict[tuple[str, str], Known | None] = {}  # of late: units of one site stand together

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def place(self, file: int, row: PlacedRow) -> None:
        """Remember where a row stands; `file` is its number."""
        self._places.append((file, *row))
        if len(self._places) >= AT_ONCE:
            self.flush()

    def know(self, kind: str, entity: str, known: Known) -> None:
        """Remember what an element is; two different ones of one id are none."""
        self._known.append((kind, entity, *known))

    def name(self, kind: str, entity: str) -> None:
        """Remember that an element names this one."""
        self._named.append((kind, entity))

    def flush(self) -> None:
        """Write what waits."""
        self._database.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", self._places)
        self._database.executemany(KNOW, self._known)
        self._database.executemany("INSERT OR IGNORE INTO named VALUES (?, ?)", self._named)
        for waiting in (self._places, self._known, self._named):
            waiting.clear()

    def unknown(self) -> Iterator[list[tuple[str, str]]]:
        """Kind and entityID of what the files name and do not hold, some at a time."""
        found = self._database.execute(UNKNOWN)
        while some := found.fetchmany(AT_ONCE):
            yield some

    def rows(self, file: int) -> Iterator[PlacedRow]:
        """The rows of a file in their order."""
        found = self._database.execute("SELECT kind, entity, start, size, line, too_large FROM place WHERE file = ? ORDER BY rowid", (file,))
        for kind, entity, start, size, line, too_large in found:
            yield PlacedRow(kind, entity, start, size, line, bool(too_large))

    def find(self, kind: str, entity: str) -> Known | None:
        """What an element of the files is; None where no file has it, or two different ones. Asked for after the last `flush`."""
        asked = kind, entity
        if asked in self._found:
            return self._found[asked]
        found = self._database.execute(FIND, asked).fetchone()
        if len(self._found) >= AT_ONCE:
            self._found.clear()
        self._found[asked] = known = Known(*found) if found else None
        return known

    def is_named(self, kind: str, entity: str) -> bool:
        """Whether an element of the files names this one."""
        return self._database.execute("SELECT 1 FROM named WHERE kind = ? AND entity = ?", (kind, entity)).fetchone() is not None
