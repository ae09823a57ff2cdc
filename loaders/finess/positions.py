"""Positions of a FINESS file, converted to WGS84 and kept on disk until the line of their site is read: the file gives all sites first."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, NamedTuple, Self

from pyproj import Transformer

from graph.record import Notes, Place, Rejected

LINE: Final = "geolocalisation"
FIELDS: Final = 6  # kind, nofinesset, coordxet, coordyet, source, date
CHUNK: Final = 5_000  # lines converted at once
WGS84: Final = 4326
PROJECTIONS: Final[Mapping[str, int]] = MappingProxyType({"LAMBERT_93": 2154, "UTM_N20": 5490, "UTM_N22": 2972, "UTM_S40": 2975, "UTM_S38": 4471})
SCHEMA: Final = """
CREATE TABLE position (finess TEXT PRIMARY KEY, file TEXT, line INTEGER, text TEXT, latitude REAL, longitude REAL, fault TEXT) WITHOUT ROWID;
CREATE TABLE taken (finess TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE second (file TEXT, line INTEGER, text TEXT);
"""


class Position(NamedTuple):
    """The position line of a site; degrees None: stated empty, or `fault` says why it cannot be read."""

    finess: str
    file: str
    line: int
    text: str
    latitude: float | None
    longitude: float | None
    fault: str | None


class Positions:
    """Position lines by FINESS number, in a file of the scratch folder. Use as a context."""

    def __init__(self, folder: Path) -> None:
        self._store = sqlite3.connect(folder / "finess_positions.sqlite", isolation_level=None)
        self._store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -20000;" + SCHEMA)
        self._waiting: list[Position] = []
        self._by_projection: dict[str, list[tuple[int, float, float]]] = {}
        self._transformers: dict[str, Transformer] = {}

    def __enter__(self) -> Self:
        self._store.execute("BEGIN")
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._store.close()

    def add(self, place: Place, text: str, notes: Notes) -> Rejected | None:
        """Remember one line, or say why it is no position line."""
        fields = text.split(";")
        if len(fields) != FIELDS:
            return Rejected(place, text, "", f"The line has {len(fields)} fields, a geolocalisation line has {FIELDS}.")
        _, finess, x, y, source, _ = fields
        fault = self._plan(x, y, source, finess, notes) if x or y else None
        self._waiting.append(Position(finess, place.file, place.line, text, None, None, fault))
        if len(self._waiting) >= CHUNK:
            self.flush()
        return None

    def _plan(self, x: str, y: str, source: str, finess: str, notes: Notes) -> str | None:
        projection = source.rpartition(",")[2]
        if projection not in PROJECTIONS:
            notes.remark(f"position in an unknown projection, left out: '{projection[:20]}'", finess)
            return None
        try:
            point = len(self._waiting), float(x), float(y)
        except ValueError:
            return f"'{x[:20]}' and '{y[:20]}' are not two coordinates in metres."
        self._by_projection.setdefault(projection, []).append(point)
        return None

    def flush(self) -> None:
        """Convert and write what waits."""
        for projection, points in self._by_projection.items():
            places, xs, ys = zip(*points, strict=True)
            longitudes, latitudes = self._transformer(projection).transform(xs, ys)
            for place, latitude, longitude in zip(places, latitudes, longitudes, strict=True):
                self._waiting[place] = _placed(self._waiting[place], latitude, longitude)
        self._by_projection.clear()
        self._write()

    def _transformer(self, projection: str) -> Transformer:
        if projection not in self._transformers:
            self._transformers[projection] = Transformer.from_crs(PROJECTIONS[projection], WGS84, always_xy=True)
        return self._transformers[projection]

    def _write(self) -> None:
        before = self._store.total_changes
        self._store.executemany("INSERT OR IGNORE INTO position VALUES (?, ?, ?, ?, ?, ?, ?)", self._waiting)
        if self._store.total_changes - before < len(self._waiting):
            self._keep_seconds()
        self._waiting.clear()

    def _keep_seconds(self) -> None:
        known = "SELECT 1 FROM position WHERE finess = ? AND file = ? AND line = ?"
        seconds = [one for one in self._waiting if not self._store.execute(known, (one.finess, one.file, one.line)).fetchone()]
        self._store.executemany("INSERT INTO second VALUES (?, ?, ?)", [(one.file, one.line, one.text) for one in seconds])

    def take(self, numbers: Sequence[str]) -> dict[str, Position]:
        """The positions of these sites; they then are no orphans."""
        marks = ",".join("?" * len(numbers))
        found = {row[0]: Position(*row) for row in self._store.execute(f"SELECT * FROM position WHERE finess IN ({marks})", numbers)}
        self._store.executemany("INSERT OR IGNORE INTO taken VALUES (?)", [(number,) for number in found])
        return found

    @property
    def any(self) -> bool:
        """Whether the files give positions at all."""
        return self._store.execute("SELECT 1 FROM position LIMIT 1").fetchone() is not None

    def left(self) -> Iterator[Rejected]:
        """Second lines of a site, and lines of a site that no file holds."""
        for file, line, text in self._store.execute("SELECT file, line, text FROM second ORDER BY file, line"):
            yield Rejected(Place(file, line), text, "nofinesset", "This site has a position line already; the first one was used.")
        orphans = "SELECT file, line, text FROM position WHERE finess NOT IN (SELECT finess FROM taken) ORDER BY file, line"
        for file, line, text in self._store.execute(orphans):
            yield Rejected(Place(file, line), text, "nofinesset", "No structureet line has this number: the position belongs to no site of the file.")


def _placed(position: Position, latitude: float, longitude: float) -> Position:
    if abs(latitude) > 90 or abs(longitude) > 180:  # pyproj answers inf outside the projection's area
        return position._replace(fault="The coordinates lie outside the area of their projection.")
    return position._replace(latitude=round(latitude, 7), longitude=round(longitude, 7))
