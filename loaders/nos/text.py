"""The two forms of text: `.tabs` (nomenclatures TRE, value sets JDV, associations ASS) and lists `code|label[|OID]`; a row is a line."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from graph.errors import BadFile
from graph.record import Place, Rejected
from loaders.files import InputFile, Line
from loaders.nos.statements import UNDATED, Kind, NosFile, Pairing, Row, Statement, checked, day, of_nomenclature

TABS_HEAD: Final = "<OID>;<Type fichier>;"
TABS_HEAD_LINES: Final = 3  # names of the file's facts, the facts, names of the columns
FIELDS: Final = {"TRE": 8, "JDV": 3}
SHORT_NAME: Final = re.compile(r"(?P<kind>TRE|JDV|ASS|PUB)?_?(?P<number>[A-Z]\d+)?[-_](?P<title>.*?)(\.\w+)?$")


def open_tabs(file: InputFile, lines: list[str]) -> NosFile:
    """A .tabs file by its first three lines. Raises BadFile for facts or columns that are not those of its kind."""
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


def open_list(file: InputFile, first: str) -> NosFile:
    """A list by its name and its first line. Raises BadFile for a name that does not say which nomenclature it holds."""
    match = SHORT_NAME.match(file.name)
    if match is None or match["number"] is None:
        raise BadFile(
            f"{file.name}: a list does not say which nomenclature it holds; its name must, like TRE_R227_ChampActivite.psv or JDV_J17_... "
            "Rename it. Nothing was loaded."
        )
    kind = Kind(match["kind"] or "JDV")
    columns = tuple(first.lower().split("|")) if first.lower().startswith("code|") else ()
    return NosFile(file, kind, f"{kind}_{match['number']}", "", match["title"], UNDATED, first if columns else "", columns=columns)


def text_rows(file: NosFile) -> Iterator[Row]:
    """The rows of a file after its head."""
    skipped = file.head.count("\n") + 1 if file.head else 0
    for line in islice(file.file.lines(), skipped, None):
        if isinstance(line, Rejected):
            yield line
        else:
            yield _list_row(file, line) if file.is_list else _tabs_row(file, line)


def _list_row(file: NosFile, line: Line) -> Statement | Rejected:
    place, fields = file.file.place(line[0]), line[1].split("|")
    expected = {len(file.columns)} if file.columns else {2, 3}
    if len(fields) not in expected:
        return Rejected(place, line[1], "", f"The line has {len(fields)} fields, {' or '.join(map(str, sorted(expected)))} are expected.")
    oid = fields[2] if len(fields) == 3 and not file.columns else ""
    return checked(Statement(place, line[1], oid, fields[0].strip(), fields[1].strip()))


def _tabs_row(file: NosFile, line: Line) -> Statement | Pairing | Rejected:
    place, fields = file.file.place(line[0]), line[1].split(";")
    if file.kind in {Kind.ASSOCIATION, Kind.FILES}:
        return Pairing(place, line[1], tuple(fields))
    expected = FIELDS[file.kind]
    if len(fields) != expected:
        return Rejected(place, line[1], "", f"The line has {len(fields)} fields, a {file.kind} file has {expected}.")
    if file.kind is Kind.VALUE_SET:
        return checked(Statement(place, line[1], fields[0], fields[1], fields[2]))
    return _dated(place, line[1], file.name, fields)


def _dated(place: Place, text: str, system: str, fields: list[str]) -> Statement | Rejected:
    _, code, adapted, short, long, start, end, _ = fields
    try:
        days = day(start), day(end)
    except ValueError:
        return Rejected(place, text, "Date valid", f"'{start[:14]}' or '{end[:14]}' is no date; it is written like 20190125120000.")
    return of_nomenclature(Statement(place, text, system, code, "", None, *days), adapted, short, long)
