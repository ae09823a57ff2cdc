"""Bed capacity files: one line a holder and what is counted there (docs/formats.md, bed capacity).

The holder is a location by its id, a location by site and bed zone, or an offer by its id. A line is an object of its own: which beds it counts is its key,
how many and since when its values, so that a newer line replaces an older one and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from graph.errors import BadFile
from graph.keys import capacity_id, finess_fault, ror_id, structure_id
from graph.model.kinds import Value
from graph.questions import question
from graph.reads import Reader
from graph.record import Event, Item, Link, Notes, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.numbers import natural
from loaders.ror.codes import concept
from loaders.source import FieldPlace, Format, Reading, Source, Work
from loaders.table import Row, Table, table

LOCATION, FINESS, ZONE, OFFER = "lieu", "finess", "zone", "offre"
COUNT, TIME, SOURCE_TYPE, COMMENT = "nombre", "date_maj", "type_source", "commentaire"
CODES: Final[Mapping[str, str]] = {  # column -> property of graph.keys.CAPACITY_KEY
    "nature": "nature",
    "statut": "status",
    "temporalite": "temporality",
    "genre": "gender",
    "affectation": "assignment",
    "type_fermeture": "closing_type",
    "lit_supplementaire": "extra_bed",
    "crise": "crisis",
}
NEEDED: Final = ("nature", "statut", COUNT, TIME)
READ: Final = frozenset({LOCATION, FINESS, ZONE, OFFER, COUNT, TIME, SOURCE_TYPE, COMMENT, *CODES})
HOLDERS: Final = f"{LOCATION}, or {FINESS} and {ZONE}, or {OFFER}"
PARIS: Final = ZoneInfo("Europe/Paris")
FRENCH: Final = "%d/%m/%Y %H:%M"  # beside ISO 8601
AT_ONCE: Final = 1000  # lines of one look-up of zones
MOST: Final = 100_000  # beds of one line; the largest hospital has some 3,000

Zone = tuple[str, str]  # site, zone


@dataclass(frozen=True, slots=True)
class Found:
    """The locations of the zones that a chunk of lines names, and the region that a bare id is of (K-2)."""

    zones: Mapping[Zone, Sequence[str]]
    region: str | None


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Open bed files. Raises BadFile for a missing column, and for a header without columns that say the holder."""
    tables = [table(file, NEEDED, quoted=True) for file in files]
    for one in tables:
        if not ({LOCATION, OFFER} & set(one.names) or {FINESS, ZONE} <= set(one.names)):
            raise BadFile(f"{one.file.name}, line 1: no column says whose beds they are. Needed: {HOLDERS}. Nothing was loaded.")
    notes = Notes({file.name: file.encoding for file in files})
    return Reading("beds", ("Capacity",), _events(tables, work, notes), notes, {one.file.name: one.head for one in tables})


def _events(tables: Sequence[Table], work: Work, notes: Notes) -> Iterator[Event]:
    for one in tables:
        unread = [name for name in one.names if name not in READ]
        rows = one.rows()
        while some := list(islice(rows, AT_ONCE)):
            found = Found(_zones(work.store, some), work.region)
            for row in some:
                for name in unread:
                    notes.leave(name)
                yield row if isinstance(row, Rejected) else capacity(row, found)


def _zones(store: Reader, rows: Sequence[Row | Rejected]) -> dict[Zone, list[str]]:
    asked = sorted({zone for row in rows if isinstance(row, Row) and (zone := _zone(row)) is not None})
    found: dict[Zone, list[str]] = {}
    if asked:
        params = {"sites": [site for site, _ in asked], "zones": [zone for _, zone in asked]}
        for answer in store.read(question("locations_of_zones"), **params):
            found.setdefault((answer["site"], answer["zone"]), []).append(answer["location"])
    return found


def _said(row: Row, name: str) -> str:
    return row.values.get(name, "").strip()


def _zone(row: Row) -> Zone | None:
    """The zone that a line names as its holder; None where it names another one, or no site."""
    if _said(row, LOCATION) or _said(row, OFFER) or not _said(row, ZONE) or finess_fault(_said(row, FINESS)) is not None:
        return None
    return structure_id(_said(row, FINESS)), _said(row, ZONE)


def capacity(row: Row, found: Found) -> Record | Rejected:
    """A line as a capacity of its holder."""
    holder = _holder(row, found)
    if isinstance(holder, Rejected):
        return holder
    missing = next((name for name in ("nature", "statut") if not _said(row, name)), None)
    if missing:
        return Rejected(row.place, row.text, missing, "It is empty; a line says what is counted (nature) and in which state (statut).")
    line: dict[str, Value] = {name: _code(row, column, name) for column, name in CODES.items() if column in row.values}
    me = Ref("Capacity", capacity_id(holder.key, line))
    count, when = natural(_said(row, COUNT), MOST), _instant(_said(row, TIME))
    if count is None:
        return Rejected(row.place, row.text, COUNT, f"'{_said(row, COUNT)[:20]}' is not a number of beds or places from 0 to {MOST:,}.", me)
    if when is None:
        reason = f"'{_said(row, TIME)[:30]}' is no day and hour, like 2026-01-15T08:00:00+01:00 or 15/01/2026 08:00 (then on the clock of Paris)."
        return Rejected(row.place, row.text, TIME, reason, me)
    props = {**line, "count": count, "updated_at": when}
    if SOURCE_TYPE in row.values:
        props["source_type"] = _code(row, SOURCE_TYPE, "source_type")
    if COMMENT in row.values:
        props["comment"] = _said(row, COMMENT) or None
    return Record(row.place, row.text, (Item(*me, props, hung=(Link("HAS_CAPACITY", holder, me),)),))


def _holder(row: Row, found: Found) -> Ref | Rejected:
    location, offer, zone = (_said(row, name) for name in (LOCATION, OFFER, ZONE))
    if location and offer:
        return Rejected(row.place, row.text, OFFER, "A line is of a location or of an offer, not of both.")
    if location or offer:
        return Ref("Location" if location else "Offer", ror_id(location or offer, found.region))
    if not zone:
        return Rejected(row.place, row.text, LOCATION, f"Nothing says whose beds they are. Needed: {HOLDERS}.")
    fault = finess_fault(_said(row, FINESS))
    if fault is not None:
        return Rejected(row.place, row.text, FINESS, fault)
    locations = found.zones.get((structure_id(_said(row, FINESS)), zone), ())
    if len(locations) == 1:
        return Ref("Location", locations[0])
    if locations:
        reason = f"{len(locations)} locations of the site bear the bed zone '{zone[:40]}'; say which one by its id in {LOCATION}."
    else:
        reason = f"No location of the site with the bed zone '{zone[:40]}' is loaded; load its ROR before, or give the location's id in {LOCATION}."
    return Rejected(row.place, row.text, ZONE, reason)


def _code(row: Row, column: str, name: str) -> str | None:
    code = _said(row, column)
    return concept(f"Capacity.{name}", None, code) if code else None


def _instant(text: str) -> str | None:
    """In UTC; on the clock of Paris where no zone is said.

    >>> _instant("15/07/2026 08:00"), _instant("2026-01-15T08:00:00+01:00"), _instant("2026-01-15")
    ('2026-07-15T06:00:00.000+00:00', '2026-01-15T07:00:00.000+00:00', None)
    """
    try:
        when = _moment(text)
        return (when if when.tzinfo else when.replace(tzinfo=PARIS)).astimezone(UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        return None


def _moment(text: str) -> datetime:
    """Raises ValueError for another text, a day without an hour too: beds change by the hour."""
    if text[2:3] == "/":
        return datetime.strptime(text, FRENCH if text.count(":") == 1 else f"{FRENCH}:%S")
    if len(text) <= len("2026-01-15"):
        raise ValueError(text)
    return datetime.fromisoformat(text)


SOURCE: Final = Source(
    name="beds",
    fr="Disponibilités en lits et places",
    rank=65,
    formats=(
        Format(
            "capacity",
            "*lits*.csv",
            f"one line a holder and kind of bed: `;`, header: {HOLDERS}; nature, statut, nombre, date_maj (temporalite, genre, affectation, type_fermeture, "
            "lit_supplementaire, crise, type_source, commentaire); codes of TRE_R329 to R337",
            "96/L0001;01;02;01;03;4;2026-01-15T08:00:00+01:00",
            (
                FieldPlace(LOCATION, "(Location)-[HAS_CAPACITY]->(Capacity)"),
                FieldPlace(f"{FINESS}, {ZONE}", "(Location)-[HAS_CAPACITY]->(Capacity), the location of the site with that Location.external_sync_id"),
                FieldPlace(OFFER, "(Offer)-[HAS_CAPACITY]->(Capacity)"),
                *(FieldPlace(column, f"Capacity.{name}") for column, name in CODES.items()),
                FieldPlace(COUNT, "Capacity.count"),
                FieldPlace(TIME, "Capacity.updated_at"),
                FieldPlace(SOURCE_TYPE, "Capacity.source_type"),
                FieldPlace(COMMENT, "Capacity.comment"),
            ),
        ),
    ),
    open=open_files,
)
