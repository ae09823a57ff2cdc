"""XML stock files of FINESS (`fluxfiness`): which of the nine kinds a file is, its day, and its rows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.errors import BadFile
from graph.record import Event, Item, Left, Notes, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.finess.authorisations import SHAPES, authorisation_item, key_of
from loaders.finess.classes import CLASSES, Aggregates, class_items
from loaders.finess.fields import FieldError, about
from loaders.finess.positions import Position, Positions
from loaders.finess.structures import entity_item, site_item
from loaders.finess.taken import Taken
from loaders.xml_rows import Element, XmlRow, xml_head, xml_rows

ROOT: Final = frozenset({"fluxfiness"})
HEAD: Final = "horodatage"
VERSIONS: Final = frozenset({"1", "2"})
EVENT: Final = "evenement"
SITE, ENTITY = "structureet", "structureej"
DESCRIBED: Final = "departement"  # an element of a structure that is described; one that is only named has its number and its name
NUMBERS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({SITE: ("GeographicEntity", "nofinesset"), ENTITY: ("LegalEntity", "nofiness")})
LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {ENTITY: "LegalEntity", SITE: "GeographicEntity", **dict.fromkeys(SHAPES, "Authorisation"), **dict.fromkeys(CLASSES, "Concept")}
)
NAMED: Final = "structure named beside authorisations; its own file describes it"
PAST: Final = "event of an authorisation; the model has no place for it"
STAMP: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Flux:
    """A file with the element that its rows are, its day as text (of its head, else of its name), and what stands before its rows."""

    file: InputFile
    kind: str
    day: str
    head: str


def is_flux(file: InputFile) -> bool:
    """Whether a file looks like XML."""
    first = next((chunk for chunk in file.utf8() if not chunk.isspace()), b"")
    return first.lstrip().startswith(b"<")


def flux_of(file: InputFile) -> Flux:
    """Open a file. Raises BadFile for a file that is no stock file of FINESS, or of a version that is not known."""
    head, day, kind = xml_head(file, ROOT), _named_day(file.name), ""
    for row in xml_rows(file, ROOT):
        if isinstance(row, Rejected):
            continue
        if row.element.name == HEAD:
            day = _checked_day(row, day)
        elif is_kind(row.element):
            kind = row.element.name
            break
    if not kind:
        known = ", ".join(LABELS)
        raise BadFile(f"{file.name}: no element that a FINESS stock file has ({known}). Known are versions 1 and 2 of it. Nothing was loaded.")
    return Flux(file, kind, day, head.text)


def is_kind(element: Element) -> bool:
    """Whether an element says what its file is: a structure does where it is described."""
    return element.name in LABELS and (element.name not in NUMBERS or element.find(DESCRIBED) is not None)


def _named_day(name: str) -> str:
    found = STAMP.search(name)
    return "-".join(found.groups()) if found else ""


def _checked_day(row: XmlRow, named: str) -> str:
    version = row.element.value("versionmessage")
    if version not in VERSIONS:
        place = f"{row.place.file}, line {row.place.line}"
        raise BadFile(f"{place}: versionmessage '{version[:20]}' is not known; known are {', '.join(sorted(VERSIONS))}. Nothing was loaded.")
    return row.element.value("datemaj") or named


class FluxReader:
    """Reads the rows of the XML files of one load."""

    def __init__(self, positions: Positions, located: bool, notes: Notes) -> None:
        self._positions, self._located, self._notes = positions, located, notes
        self._aggregates = Aggregates()

    def events(self, flux: Flux) -> Iterator[Event]:
        """One event for each element of a file, its head excepted."""
        for row in xml_rows(flux.file, ROOT):
            if isinstance(row, Rejected):
                yield row
            elif row.element.name != HEAD:
                yield self._event(flux, row)

    def _event(self, flux: Flux, row: XmlRow) -> Event:
        name = row.element.name
        if name == EVENT:
            return Left(row.place, PAST)
        if name in NUMBERS and flux.kind not in NUMBERS:
            return Left(row.place, NAMED)
        if name != flux.kind:
            return Rejected(row.place, row.text, "", f"'{name[:40]}' is not {flux.kind}, as the other elements of this file.")
        fields = Taken(row.element)
        try:
            items = self._items(name, fields)
        except FieldError as fault:
            return Rejected(row.place, row.text, fault.field, fault.reason, _about(name, fields))
        fields.leave(self._notes)
        return Record(row.place, row.text, items)

    def _items(self, name: str, fields: Taken) -> tuple[Item, ...]:
        if name == SITE:
            return (site_item(fields, self._position(fields), self._located, self._notes),)
        if name == ENTITY:
            return (entity_item(fields, self._notes),)
        if name in SHAPES:
            return (authorisation_item(fields, SHAPES[name], self._notes),)
        return tuple(class_items(fields, CLASSES[name], self._aggregates, self._notes))

    def _position(self, fields: Taken) -> Position | None:
        finess = fields.text("nofinesset")
        return self._positions.take([finess]).get(finess) if self._located else None


def _about(name: str, fields: Taken) -> Ref | None:
    """The object of a rejected element, where its key can be read."""
    if name in NUMBERS:
        label, number = NUMBERS[name]
        return about(label, fields.text(number))
    if name in SHAPES:
        try:
            return Ref("Authorisation", key_of(SHAPES[name], fields))
        except FieldError:
            return None
    return None
