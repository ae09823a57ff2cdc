"""Logical ids of the files, on disk: which object each resource is, so that references of any file resolve whatever the order of the files.

What the files do not hold is looked for among the records of the same source in the store (docs/graph_model.md, M-10).
"""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import orjson

from graph.questions import question
from graph.reads import Ask, Reader, Reads, Row, answer
from graph.record import Ref
from loaders.ror.fhir.walking import Json

WAITING: Final = 5000
SCHEMA: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
CREATE TABLE object (ref TEXT PRIMARY KEY, label TEXT NOT NULL, key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE extra (ref TEXT PRIMARY KEY, said BLOB NOT NULL) WITHOUT ROWID;
"""
KNOWN: Final = "SELECT ref, label, key FROM object WHERE ref IN (SELECT value FROM json_each(?))"
EXTRA: Final = "SELECT ref, said FROM extra WHERE ref IN (SELECT value FROM json_each(?))"
MERGED: Final = "INSERT INTO extra VALUES (?, ?) ON CONFLICT (ref) DO UPDATE SET said = json_patch(said, excluded.said)"
NO_EXTRAS: Final[Mapping[str, Json]] = MappingProxyType({})


class Remembered:
    """The objects of the files by logical id. Built for one load in its scratch folder, which goes with it."""

    def __init__(self, folder: Path, stamp: str, store: Reader) -> None:
        self._database = sqlite3.connect(folder / "logical_ids.sqlite", isolation_level=None, check_same_thread=False)
        self._database.executescript(SCHEMA)
        self._database.execute("BEGIN")
        self._waiting: list[tuple[str, str, str]] = []
        self._stamp, self._store = stamp, store
        self._has_extras = False

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, ref: str, end: Ref) -> None:
        """Remember what a resource is."""
        self._waiting.append((ref, *end))
        if len(self._waiting) >= WAITING:
            self._flush()

    def add_extra(self, ref: str, said: Json) -> None:
        """Remember what others say of a Practitioner; several say it together."""
        self._database.execute(MERGED, (ref, orjson.dumps(said).decode()))
        self._has_extras = True

    def finish(self) -> None:
        """All files were read."""
        self._flush()
        self._database.execute("COMMIT")

    def _flush(self) -> None:
        self._database.executemany("INSERT OR REPLACE INTO object VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def ends(self, references: Iterable[str]) -> dict[str, Ref]:
        """The objects that these references lead to, in the files, else in the store."""
        wanted = list(references)
        if not wanted:
            return {}
        found = {ref: Ref(label, key) for ref, label, key in self._database.execute(KNOWN, (orjson.dumps(wanted).decode(),))}
        missing = {f"{self._stamp}/{ref}": ref for ref in wanted if ref not in found and not ref.startswith("urn:")}
        if missing:
            for row in answer(self._store, _recorded(list(missing))):
                found[missing[row["id"]]] = Ref(row["label"], row["key"])
        return found

    def extras(self, references: Iterable[str]) -> Mapping[str, Json]:
        """What is said beside of these Practitioners."""
        if not self._has_extras:
            return NO_EXTRAS
        rows: Iterable[tuple[str, Any]] = self._database.execute(EXTRA, (orjson.dumps(list(references)).decode(),))
        return {ref: orjson.loads(said) for ref, said in rows}


def _recorded(ids: list[str]) -> Reads[list[Row]]:
    rows = yield Ask(question("recorded_objects"), {"ids": ids})
    return rows
