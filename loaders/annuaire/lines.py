"""The lines of an extract on disk, to be read again person by person: an extract need not be sorted, and its companions are files of their own."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

CHUNK: Final = 5_000
SCHEMA: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -20000;
CREATE TABLE line (person TEXT, file INT, number INT, site TEXT, text TEXT);
"""
IN_ORDER: Final = "SELECT person, file, number, site, text FROM line ORDER BY person, file, number"


class Line(NamedTuple):
    """A line about a person: key of the person, place of the file among the files, line number, key of the structure it names, text."""

    person: str
    file: int
    number: int
    site: str | None
    text: str


class Lines:
    """The lines of all files, in a file of the scratch folder. Use as a context."""

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "annuaire.sqlite", isolation_level=None)
        self.database.executescript(SCHEMA)
        self._waiting: list[Line] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.database.close()

    def add(self, line: Line) -> None:
        """Remember one line."""
        self._waiting.append(line)
        if len(self._waiting) >= CHUNK:
            self._flush()

    def _flush(self) -> None:
        self.database.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def by_person(self) -> Iterator[tuple[str, Iterator[Line]]]:
        """The lines of each person together, in the order of the files. The lines of one are read before the next is asked for."""
        self._flush()
        rows = (Line(*row) for row in self.database.execute(IN_ORDER))
        yield from groupby(rows, key=itemgetter(0))
