"""Files of one load that state the same structures: the newest leads, and what older ones say of the same is left."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.record import Event, Item, Left, Record

OLDER: Final = "structure that a newer file of this load states"


class Newest:
    """The structures of the files read so far, in a file of the scratch folder. Files come newest first. Use as a context."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "finess_newest.sqlite", isolation_level=None)
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE stated (key TEXT PRIMARY KEY, age TEXT) WITHOUT ROWID;")
        self._database.execute("BEGIN")

    def __enter__(self) -> "Newest":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def of(self, events: Iterator[Event], age: str) -> Iterator[Event]:
        """The events of a file of that age, without what a newer file states. Files of one age say it together (M-9)."""
        for event in events:
            if isinstance(event, Record) and self._is_older(event.items[0], age):
                yield Left(event.place, OLDER)
            else:
                yield event

    def _is_older(self, item: Item, age: str) -> bool:
        key = f"{item.label} {item.key}"
        self._database.execute("INSERT OR IGNORE INTO stated VALUES (?, ?)", (key, age))
        (newest,) = self._database.execute("SELECT age FROM stated WHERE key = ?", (key,)).fetchone()
        return bool(newest != age)
