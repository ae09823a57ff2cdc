"""FINESS stock files of the open-data portal: sites (cs1100502, with positions cs1100507) and legal entities (cs1100501); docs/formats.md, FINESS."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from graph.errors import BadFile
from graph.model.kinds import Value
from graph.record import Event, Item, Link, Notes, Place, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.finess.fields import FieldError, about, address, coded, day, insee_commune, name_of, postal_code, structure_key, telecoms
from loaders.finess.positions import LINE as POSITION_LINE
from loaders.finess.positions import Position, Positions

SITE_LINE: Final = "structureet"
ENTITY_LINE: Final = "structureej"
HEAD: Final = "finess;etalab;"
SITE_FIELDS: Final = 32
ENTITY_FIELDS: Final = 23
SITE_LEFT: Final = ((5, "complrs"), (6, "compldistrib"), (23, "codeape"), (24, "codemft"), (29, "dateautor"), (31, "numuai"))  # no place in the model
ENTITY_LEFT: Final = ((4, "complrs"), (9, "compldistrib"), (21, "codeape"))
SITES_AT_ONCE: Final = 500  # one look-up of positions

SiteLine = tuple[Place, str, list[str]]


@dataclass(frozen=True, slots=True)
class Stock:
    """A file with its first line, the kind of its lines (sites or legal entities, each a file of its own), and its day as text."""

    file: InputFile
    head: str
    kind: str
    day: str


def is_stock(file: InputFile) -> bool:
    """Whether a file starts like an open-data file."""
    first = next(iter(file.lines()), None)
    return isinstance(first, tuple) and first[1].startswith(HEAD)


def stock_of(file: InputFile) -> Stock:
    """Open a stock file. Raises BadFile when it does not start like one."""
    first, second = (line if isinstance(line, tuple) else (0, "") for line in [*islice(file.lines(), 2), (0, ""), (0, "")][:2])
    if not first[1].startswith(HEAD):
        raise BadFile(f"{file.name}, line 1: a FINESS stock file starts with 'finess;etalab;number;date', here: '{first[1][:60]}'. Nothing was loaded.")
    return Stock(file, first[1], ENTITY_LINE if second[1].startswith(ENTITY_LINE) else SITE_LINE, first[1].split(";")[-1])


def positions_of(file: InputFile, positions: Positions, notes: Notes) -> Iterator[Rejected]:
    """Remember the position lines of a file; those that are none are told."""
    for line in file.lines():
        if isinstance(line, tuple) and line[1].startswith(POSITION_LINE):
            fault = positions.add(file.place(line[0]), line[1], notes)
            if fault is not None:
                yield fault


def stock_events(stock: Stock, positions: Positions, located: bool, notes: Notes) -> Iterator[Event]:
    """The rows of a file, sites joined with their positions. `located`: the files give positions at all."""
    lines = _structures(stock, notes)
    while chunk := list(islice(lines, SITES_AT_ONCE)):
        yield from _chunk_events(chunk, positions, located, notes)


def _structures(stock: Stock, notes: Notes) -> Iterator[SiteLine | Event]:
    """Site lines still to be joined with their position; entities and rejections as they are."""
    for line in stock.file.lines():
        if isinstance(line, Rejected):
            yield line
            continue
        number, text = line
        kind, _, _ = text.partition(";")
        if kind == stock.kind:
            place = stock.file.place(number)
            yield _split_site(place, text) if kind == SITE_LINE else entity(place, text, notes)
        elif kind not in {POSITION_LINE, "finess"}:
            reason = f"'{kind[:20]}' is neither {stock.kind}, as the first line of this file, nor {POSITION_LINE}."
            yield Rejected(stock.file.place(number), text, "", reason)


def _split_site(place: Place, text: str) -> SiteLine | Rejected:
    fields = text.split(";")
    if len(fields) != SITE_FIELDS:
        return Rejected(place, text, "", f"The line has {len(fields)} fields, a {SITE_LINE} line has {SITE_FIELDS}.")
    return place, text, fields


def _chunk_events(chunk: list[SiteLine | Event], positions: Positions, located: bool, notes: Notes) -> Iterator[Event]:
    found = positions.take([one[2][1] for one in chunk if isinstance(one, tuple)]) if located else {}
    for one in chunk:
        if not isinstance(one, tuple):
            yield one
            continue
        yield site(one, found.get(one[2][1]), located, notes)


def site(line: SiteLine, position: Position | None, located: bool, notes: Notes) -> Record | Rejected:
    """A structureet line with its geolocalisation line. `located`: the files give positions, so a missing one is stated as empty."""
    place, text, fields = line
    if position is not None:
        text = f"{text}\n{position.text}"
    try:
        return Record(place, text, (_site_item(fields, position, located, notes),))
    except FieldError as fault:
        return Rejected(place, text, fault.field, fault.reason, about("GeographicEntity", fields[1]))


def _site_item(fields: list[str], position: Position | None, located: bool, notes: Notes) -> Item:
    (_, finess, entity_finess, name, long_name, _, _, number, way, street, way_more, locality, commune, department, _, post, phone, fax,
     category, _, _, _, siret, _, _, _, espic, _, opened, _, updated, _) = fields  # fmt: skip
    key = structure_key("nofinesset", finess, notes)
    _leave(SITE_LINE, fields, SITE_LEFT, notes)
    me = Ref("GeographicEntity", key)
    props: dict[str, Value] = {
        "finess": finess,
        "siret": siret or None,
        "name": name_of(long_name, name),
        "category": coded("TRE_R66", category),
        "espic": coded("TRE_R73", espic),
        "address": address(number + way_more, way, street, locality, post),
        "postal_code": postal_code(post),
        "opened_on": day("dateouv", opened),
        "closed_on": None,  # these files hold the open ones
        "closing_type": None,
        "updated_at": day("maj", updated),
    }
    if located:
        props["latitude"], props["longitude"] = point_of(position, finess, notes)
    links = [Link("PART_OF", me, Ref("LegalEntity", structure_key("nofinessej", entity_finess, notes)))]
    town = insee_commune(department, commune, finess, notes)
    if town is not None:
        links.append(Link("LOCATED_IN", me, Ref("Commune", town)))
    return Item("GeographicEntity", key, props, tuple(links), telecoms(key, phone, fax))


def entity(place: Place, text: str, notes: Notes) -> Record | Rejected:
    """A structureej line."""
    fields = text.split(";")
    if len(fields) != ENTITY_FIELDS:
        return Rejected(place, text, "", f"The line has {len(fields)} fields, a {ENTITY_LINE} line has {ENTITY_FIELDS}.")
    try:
        return Record(place, text, (_entity_item(fields, notes),))
    except FieldError as fault:
        return Rejected(place, text, fault.field, fault.reason, about("LegalEntity", fields[1]))


def _entity_item(fields: list[str], notes: Notes) -> Item:
    (_, finess, name, long_name, _, number, way, street, way_more, _, locality, commune, post, department, _, phone, status, _, category, _,
     siren, _, created) = fields  # fmt: skip
    key = structure_key("nofiness", finess, notes)
    _leave(ENTITY_LINE, fields, ENTITY_LEFT, notes)
    props: dict[str, Value] = {
        "finess": finess,
        "siren": siren or None,
        "name": name_of(long_name, name),
        "legal_status": coded("TRE_R72", status),
        "category": coded("TRE_R66", category),
        "address": address(number + way_more, way, street, locality, post),
        "postal_code": postal_code(post),
        "opened_on": day("datecrea", created),
        "closed_on": None,
        "closing_type": None,
    }
    town = insee_commune(department, commune, finess, notes)
    links = (Link("LOCATED_IN", Ref("LegalEntity", key), Ref("Commune", town)),) if town else ()
    return Item("LegalEntity", key, props, links, telecoms(key, phone, ""))


def _leave(kind: str, fields: list[str], left: Sequence[tuple[int, str]], notes: Notes) -> None:
    for place, name in left:
        if fields[place]:
            notes.leave(f"{kind}.{name}")


def point_of(position: Position | None, finess: str, notes: Notes) -> tuple[float | None, float | None]:
    """Degrees of a position; None where it is missing or empty. Raises FieldError."""
    if position is None:
        notes.remark("site without a position line", finess)
        return None, None
    if position.fault is not None:
        raise FieldError("coordxet", position.fault)
    if position.latitude is None:
        notes.remark("site without a position", finess)
    return position.latitude, position.longitude
