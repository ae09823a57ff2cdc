"""Nomenclatures of health objects (NOS): concepts, value sets, hierarchy (formats, NOS).

A row is a line. Its main object is the code that it names; the lines of several files that name one code say one object, put together by the
rules M-2 and M-3 before anything is handed over. A line of a value set says besides that the set includes the code.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from graph.keys import concept_id
from graph.record import Event, Item, Left, Link, Notes, Place, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.nos_files import UNDATED, Kind, NosFile, Pairing, Statement, open_nos, rows, systems_of
from loaders.nos_merge import READ_ASSOCIATIONS, Code, Nomenclatures, put_together
from loaders.source import Format, Reading, Source

ASSERTS: Final = ("Commune", "HealthTerritory", "Concept", "ValueSet")


def open_files(files: Sequence[InputFile], _: Path) -> Reading:
    """Open NOS files. Raises BadFile for a file of another kind."""
    opened = [open_nos(file) for file in files]
    notes = Notes({file.name: file.encoding for file in files})
    return Reading("nos", ASSERTS, _events(opened), notes, {one.file.name: one.head for one in opened if one.head}, ".tabs")


def _events(files: list[NosFile]) -> Iterator[Event]:
    systems = systems_of(files)
    known = put_together(files, systems)
    for file in files:
        clashes = _clashes(file, systems)
        for row in rows(file, systems):
            if isinstance(row, Rejected):
                yield row
            elif isinstance(row, Pairing):
                yield _pairing_event(file, row, known, systems)
            else:
                yield _statement_event(file, row, known, clashes)


def _clashes(file: NosFile, systems: Mapping[str, str]) -> frozenset[Code]:
    """Codes that stand in this file with several contents (M-9): they are put together here, so the pipeline could not see it."""
    contents: dict[Code, set[Statement]] = {}
    for row in rows(file, systems):
        if isinstance(row, Statement):
            contents.setdefault((row.system, row.code), set()).add(row._replace(place=Place(file.name, 0), text=""))
    return frozenset(code for code, found in contents.items() if len(found) > 1)


def _statement_event(file: NosFile, row: Statement, known: Nomenclatures, clashes: frozenset[Code]) -> Event:
    if (row.system, row.code) in clashes:
        return Rejected(row.place, row.text, "Code", f"'{row.code}' stands in this file more than once with different contents; none of them was used.")
    key = known.key(file, row)
    return Record(row.place, row.text, (known.item(key), *known.beside(key), *_value_set(file, key, known)))


def _pairing_event(file: NosFile, row: Pairing, known: Nomenclatures, systems: Mapping[str, str]) -> Event:
    if file.kind is Kind.FILES:
        return Left(row.place, "list of NOS files: no code")
    if file.name not in READ_ASSOCIATIONS:
        return Left(row.place, "association without hierarchy")
    key = known.pair(file, systems, row)
    if key is None:
        return Rejected(row.place, row.text, "", "Two codes of nomenclatures that are known are needed in a line of an association.")
    return Record(row.place, row.text, (known.item(key), *known.beside(key)))


def _value_set(file: NosFile, key: Code, known: Nomenclatures) -> tuple[Item, ...]:
    """The value set of a line, with the membership that the line says; '' when another file leads the set."""
    if file.kind is not Kind.VALUE_SET or known.leaders[file.name] is not file:
        return ()
    version = None if file.version == UNDATED else file.version
    member = Link("INCLUDES", Ref("ValueSet", file.name), Ref("Concept", concept_id(*key)))
    return (Item("ValueSet", file.name, {"name": file.title, "version": version}, hung=(member,)),)


SOURCE: Final = Source(
    name="nos",
    fr="Nomenclatures des objets de santé",
    rank=30,
    formats=(
        Format(
            "tabs",
            "*.tabs",
            "TRE (codes), JDV (value sets), ASS (associations X09, X10, X11, X12, A14): `;`, two head lines and a line of column names",
            "1.2.250.1.213.3.3.12;013;Cardiologie;013;Cardiologie;20150408000000;;20150408000000",
        ),
        Format("list", "*.psv", "code|label or code|label|OID; the name of the file says the nomenclature (TRE_R227_..., JDV_J17_...)", "013|Cardiologie"),
    ),
    open=open_files,
)
