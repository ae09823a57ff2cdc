"""Files of the NOS as statements: `.tabs` (nomenclatures TRE, value sets JDV, associations ASS) and lists `code|label[|OID]`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from graph.errors import BadFile
from graph.record import Place, Rejected
from loaders.files import InputFile, Line
from loaders.nos.systems import LISTED, SYSTEMS

TABS_HEAD: Final = "<OID>;<Type fichier>;"
TABS_HEAD_LINES: Final = 3  # names of the file's facts, the facts, names of the columns
FIELDS: Final = {"TRE": 8, "JDV": 3}
UNDATED: Final = "99999999"  # a list has no date and counts as newer than dated files
SHORT_NAME: Final = re.compile(r"(?P<kind>TRE|JDV|ASS|PUB)?_?(?P<number>[A-Z]\d+)?[-_](?P<title>.*?)(\.\w+)?$")


class Kind(StrEnum):
    """What a NOS file holds: codes, a value set, an association of codes, or the list of files."""

    CODES = "TRE"
    VALUE_SET = "JDV"
    ASSOCIATION = "ASS"
    FILES = "PUB"


@dataclass(frozen=True, slots=True)
class NosFile:
    """One file: `name` is TRE_R211, JDV_J17...; `version` its date, or UNDATED; `oids` the columns of an association."""

    file: InputFile
    kind: Kind
    name: str
    oid: str
    title: str
    version: str
    head: str = ""
    oids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # of a list with a header line

    @property
    def is_list(self) -> bool:
        """Whether it is a list, without dates."""
        return self.version == UNDATED


class Statement(NamedTuple):
    """What one row says of one code."""

    place: Place
    text: str
    system: str
    code: str
    label: str
    short_label: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Pairing(NamedTuple):
    """One row of an association: codes by column, '' where the column is empty."""

    place: Place
    text: str
    codes: tuple[str, ...]


def open_nos(file: InputFile) -> NosFile:
    """What a file is. Raises BadFile for one that is neither form, or whose name does not say its nomenclature."""
    lines = [line[1] for line in islice(file.lines(), TABS_HEAD_LINES) if isinstance(line, tuple)]
    if lines and lines[0].startswith(TABS_HEAD):
        return _tabs(file, lines)
    if lines and "|" in lines[0]:
        return _list(file, lines[0])
    raise BadFile(f"{file.name}: this is no NOS file: neither a .tabs (first line {TABS_HEAD}...) nor a list code|label|OID. Nothing was loaded.")


def _tabs(file: InputFile, lines: list[str]) -> NosFile:
    facts = lines[1].split(";") if len(lines) == TABS_HEAD_LINES else []
    if len(facts) != 8 or facts[1] not in set(Kind):
        raise BadFile(f"{file.name}, line 2: OID, type (TRE, JDV, ASS), name, description, address and three dates are needed. Nothing was loaded.")
    columns = lines[2].split(";")
    if facts[1] in FIELDS and len(columns) != FIELDS[facts[1]]:
        raise BadFile(f"{file.name}, line 3: {len(columns)} columns, a {facts[1]} file has {FIELDS[facts[1]]}. Nothing was loaded.")
    match = SHORT_NAME.match(facts[2])
    name = f"{facts[1]}_{match['number']}" if match and match["number"] else facts[1]
    oids = tuple(column.strip("<>") for column in columns)
    return NosFile(file, Kind(facts[1]), name, facts[0], facts[3], facts[7][:8] or "0", "\n".join(lines), oids)


def _list(file: InputFile, first: str) -> NosFile:
    match = SHORT_NAME.match(file.name)
    if match is None or match["number"] is None:
        raise BadFile(
            f"{file.name}: a list does not say which nomenclature it holds; its name must, like TRE_R227_ChampActivite.psv or JDV_J17_... "
            "Rename it. Nothing was loaded."
        )
    kind = Kind(match["kind"] or "JDV")
    columns = tuple(first.lower().split("|")) if first.lower().startswith("code|") else ()
    return NosFile(file, kind, f"{kind}_{match['number']}", "", match["title"], UNDATED, first if columns else "", columns=columns)


def systems_of(files: list[NosFile]) -> Mapping[str, str]:
    """Nomenclature by OID: as the files say, else as the project knows."""
    return {**SYSTEMS, **{file.oid: file.name for file in files if file.kind is Kind.CODES and file.oid}}


def rows(file: NosFile, systems: Mapping[str, str]) -> Iterator[Statement | Pairing | Rejected]:
    """The rows of a file after its head."""
    skipped = file.head.count("\n") + 1 if file.head else 0
    for line in islice(file.file.lines(), skipped, None):
        if isinstance(line, Rejected):
            yield line
        elif file.is_list:
            yield _list_row(file, line, systems)
        else:
            yield _tabs_row(file, line, systems)


def _list_row(file: NosFile, line: Line, systems: Mapping[str, str]) -> Statement | Rejected:
    place, fields = file.file.place(line[0]), line[1].split("|")
    expected = {len(file.columns)} if file.columns else {2, 3}
    if len(fields) not in expected:
        return Rejected(place, line[1], "", f"The line has {len(fields)} fields, {' or '.join(map(str, sorted(expected)))} are expected.")
    oid = fields[2] if len(fields) == 3 and not file.columns else ""
    return _stated(Statement(place, line[1], _system(file, oid, systems), fields[0].strip(), fields[1].strip()))


def _tabs_row(file: NosFile, line: Line, systems: Mapping[str, str]) -> Statement | Pairing | Rejected:
    place, fields = file.file.place(line[0]), line[1].split(";")
    if file.kind in {Kind.ASSOCIATION, Kind.FILES}:
        return Pairing(place, line[1], tuple(fields))
    expected = FIELDS[file.kind]
    if len(fields) != expected:
        return Rejected(place, line[1], "", f"The line has {len(fields)} fields, a {file.kind} file has {expected}.")
    if file.kind is Kind.VALUE_SET:
        return _stated(Statement(place, line[1], _system(file, fields[0], systems), fields[1], fields[2]))
    return _dated(place, line[1], file.name, fields)


def _dated(place: Place, text: str, system: str, fields: list[str]) -> Statement | Rejected:
    _, code, adapted, short, long, start, end, _ = fields
    try:
        days = _day(start), _day(end)
    except ValueError:
        return Rejected(place, text, "Date valid", f"'{start[:14]}' or '{end[:14]}' is no date; it is written like 20190125120000.")
    return _stated(Statement(place, text, system, code, long or adapted, short if short != code else None, *days))


def _day(text: str) -> date | None:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text else None


def _stated(row: Statement) -> Statement | Rejected:
    if not row.code:
        return Rejected(row.place, row.text, "Code", "It is empty; a row names a code.")
    return row


def _system(file: NosFile, oid: str, systems: Mapping[str, str]) -> str:
    """K-5: the nomenclature of the code, else the value set itself."""
    if oid:
        return systems.get(oid, file.name)
    return file.name if file.kind is Kind.CODES else LISTED.get(file.name, file.name)
