"""FINESS stock files of the open-data portal: sites (cs1100502, with positions cs1100507) and legal entities (cs1100501); docs/formats.md, FINESS."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph.errors import BadFile
from graph.keys import concept_id, finess_fault, has_right_check_digit, owned_id, structure_id
from graph.model.kinds import Value
from graph.record import Event, Item, Link, Notes, Owned, Place, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.finess_positions import LINE as POSITION_LINE
from loaders.finess_positions import Position, Positions
from loaders.source import Format, Reading, Source, Tier, Work

SITE_LINE: Final = "structureet"
ENTITY_LINE: Final = "structureej"
HEAD: Final = "finess;etalab;"
SITE_FIELDS: Final = 32
ENTITY_FIELDS: Final = 23
SITES_AT_ONCE: Final = 500  # one look-up of positions
OVERSEAS: Final[Mapping[str, str]] = MappingProxyType({"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976"})
FORMER_COMMUNES: Final[Mapping[str, str]] = MappingProxyType({"97123": "97701", "97127": "97801"})  # Saint-Barthélemy, Saint-Martin
MOBILE, FIXED, FAX = (concept_id("TRE_R200", code) for code in "126")
PUBLIC: Final = 1  # confidentiality: whoever reads the open file sees it

SiteLine = tuple[Place, str, list[str]]


@dataclass(frozen=True, slots=True)
class Stock:
    """A file with its first line and the kind of its lines: sites or legal entities, each a file of its own."""

    file: InputFile
    head: str
    kind: str


class FieldError(Exception):
    """A field that makes its line unusable: name and reason."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Open stock files. Raises BadFile when one does not start like a FINESS stock file."""
    notes = Notes({file.name: file.encoding for file in files})
    stocks = [_stock(file) for file in files]
    kinds = {one.kind for one in stocks}
    asserts = tuple(label for label, kind in (("LegalEntity", ENTITY_LINE), ("GeographicEntity", SITE_LINE)) if kind in kinds)
    return Reading("finess", asserts, _events(stocks, work.scratch, notes), notes, {one.file.name: one.head for one in stocks})


def _stock(file: InputFile) -> Stock:
    first, second = (line if isinstance(line, tuple) else (0, "") for line in [*islice(file.lines(), 2), (0, ""), (0, "")][:2])
    if not first[1].startswith(HEAD):
        raise BadFile(f"{file.name}, line 1: a FINESS stock file starts with 'finess;etalab;number;date', here: '{first[1][:60]}'. Nothing was loaded.")
    return Stock(file, first[1], ENTITY_LINE if second[1].startswith(ENTITY_LINE) else SITE_LINE)


def _events(stocks: Sequence[Stock], scratch: Path, notes: Notes) -> Iterator[Event]:
    with Positions(scratch) as positions:
        for stock in stocks:
            yield from _positions_of(stock.file, positions, notes)
        positions.flush()
        located = positions.any
        for stock in stocks:
            lines = _structures(stock, notes)
            while chunk := list(islice(lines, SITES_AT_ONCE)):
                yield from _chunk_events(chunk, positions, located, notes)
        yield from positions.left()


def _positions_of(file: InputFile, positions: Positions, notes: Notes) -> Iterator[Event]:
    for line in file.lines():
        if isinstance(line, tuple) and line[1].startswith(POSITION_LINE):
            fault = positions.add(file.place(line[0]), line[1], notes)
            if fault is not None:
                yield fault


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
        return Rejected(place, text, fault.field, fault.reason, _about("GeographicEntity", fields[1]))


def _site_item(fields: list[str], position: Position | None, located: bool, notes: Notes) -> Item:
    (_, finess, entity_finess, name, long_name, _, _, number, way, street, way_more, locality, commune, department, _, post, phone, fax,
     category, _, _, _, siret, _, _, _, espic, _, opened, _, updated, _) = fields  # fmt: skip
    key = _structure_key("nofinesset", finess, notes)
    me = Ref("GeographicEntity", key)
    props: dict[str, Value] = {
        "finess": finess,
        "siret": siret or None,
        "name": _name(long_name or name),
        "category": concept_id("TRE_R66", category) if category else None,
        "espic": concept_id("TRE_R73", espic) if espic else None,
        "address": _address(number + way_more, way, street, locality, post),
        "postal_code": _postal_code(post),
        "opened_on": _day("dateouv", opened),
        "updated_at": _day("maj", updated),
    }
    if located:
        props["latitude"], props["longitude"] = _point(position, finess, notes)
    links = [Link("PART_OF", me, Ref("LegalEntity", _structure_key("nofinessej", entity_finess, notes)))]
    town = insee_commune(department, commune, finess, notes)
    if town is not None:
        links.append(Link("LOCATED_IN", me, Ref("Commune", town)))
    return Item("GeographicEntity", key, props, tuple(links), _telecoms(key, phone, fax))


def entity(place: Place, text: str, notes: Notes) -> Record | Rejected:
    """A structureej line."""
    fields = text.split(";")
    if len(fields) != ENTITY_FIELDS:
        return Rejected(place, text, "", f"The line has {len(fields)} fields, a {ENTITY_LINE} line has {ENTITY_FIELDS}.")
    try:
        return Record(place, text, (_entity_item(fields, notes),))
    except FieldError as fault:
        return Rejected(place, text, fault.field, fault.reason, _about("LegalEntity", fields[1]))


def _about(label: str, finess: str) -> Ref | None:
    return None if finess_fault(finess) else Ref(label, structure_id(finess))


def _entity_item(fields: list[str], notes: Notes) -> Item:
    (_, finess, name, long_name, _, number, way, street, way_more, _, locality, commune, post, department, _, phone, status, _, category, _,
     siren, _, created) = fields  # fmt: skip
    key = _structure_key("nofiness", finess, notes)
    props: dict[str, Value] = {
        "finess": finess,
        "siren": siren or None,
        "name": _name(long_name or name),
        "legal_status": concept_id("TRE_R72", status) if status else None,
        "category": concept_id("TRE_R66", category) if category else None,
        "address": _address(number + way_more, way, street, locality, post),
        "postal_code": _postal_code(post),
        "opened_on": _day("datecrea", created),
    }
    town = insee_commune(department, commune, finess, notes)
    links = (Link("LOCATED_IN", Ref("LegalEntity", key), Ref("Commune", town)),) if town else ()
    return Item("LegalEntity", key, props, links, _telecoms(key, phone, ""))


def _structure_key(field: str, finess: str, notes: Notes) -> str:
    fault = finess_fault(finess)
    if fault is not None:
        raise FieldError(field, fault)
    if not has_right_check_digit(finess):
        notes.remark(f"{field}: the check digit does not agree; kept", finess)
    return structure_id(finess)


def _name(name: str) -> str:
    name = name.removeprefix("[Fermé] ").strip()
    if not name:
        raise FieldError("rs", "It is empty; a structure has a name.")
    return name


def _address(number: str, way: str, street: str, locality: str, post: str) -> str | None:
    """One line: `17B RTE DE PARIS, BP 24, 01440 VIRIAT`."""
    first = " ".join(part for part in (number, way, street) if part)
    return ", ".join(part for part in (first, locality, post) if part) or None


def _postal_code(post: str) -> str | None:
    code = post[:5]
    return code if len(code) == 5 and code.isdecimal() else None


def _day(field: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(field, f"'{text[:20]}' is not a day; it is written like 2020-02-04.") from None


def _point(position: Position | None, finess: str, notes: Notes) -> tuple[float | None, float | None]:
    if position is None:
        notes.remark("site without a position line", finess)
        return None, None
    if position.fault is not None:
        raise FieldError("coordxet", position.fault)
    if position.latitude is None:
        notes.remark("site without a position", finess)
    return position.latitude, position.longitude


def insee_commune(department: str, commune: str, finess: str, notes: Notes) -> str | None:
    """INSEE code: department and commune, 9A to 9F are 971 to 976; None when the commune is not stated as three characters."""
    if len(commune) != 3:
        notes.remark("no commune stated; place unknown", finess)
        return None
    code = OVERSEAS.get(department, department)[:2] + commune
    if code in FORMER_COMMUNES:
        notes.remark(f"commune {code} is now {FORMER_COMMUNES[code]}", finess)
        return FORMER_COMMUNES[code]
    return code


def _telecoms(owner: str, phone: str, fax: str) -> tuple[Owned, ...]:
    if not phone and not fax:
        return ()
    stated = ((MOBILE if phone[:2] in {"06", "07"} else FIXED, phone), (FAX, fax))
    return tuple(
        Owned("HAS_TELECOM", Ref("Telecom", owned_id(owner, channel, value)), {"channel": channel, "value": value, "confidentiality": PUBLIC})
        for channel, value in stated
        if value
    )


SOURCE: Final = Source(
    name="finess",
    fr="Extraction FINESS",
    rank=20,
    formats=(
        Format(
            "sites with positions",
            "etalab-cs1100507-*.csv",
            "open sites, then their positions; UTF-8, `;`, no header, first line finess;etalab;n;date",
            "structureet;010000024;010780054;CH DE FLEYRIAT;;;;900;RTE;DE PARIS;;;451;01;AIN;01440 VIRIAT;0474454647;;355;...",
        ),
        Format("sites", "etalab-cs1100502-*.csv", "open sites without positions; the same lines", "structureet;010000024;010780054;CH DE FLEYRIAT;..."),
        Format("legal entities", "etalab-cs1100501-*.csv", "legal entities; the same manner", "structureej;010780054;CH DE BOURG-EN-BRESSE FLEYRIAT;..."),
    ),
    open=open_files,
    tier=Tier.REGISTER,
)
