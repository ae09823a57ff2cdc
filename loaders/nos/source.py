"""Nomenclatures of health objects (NOS): concepts, value sets, hierarchy (docs/formats.md, NOS).

A row is a line. Its main object is the code that it names; the lines of several files that name one code say one object, put together by the
rules M-2 and M-3 before anything is handed over. The first line of a value set says the set besides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from graph.keys import concept_id
from graph.record import Event, Item, Left, Link, Notes, Place, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.nos.files import UNDATED, Kind, NosFile, Pairing, Statement, open_nos, rows, systems_of
from loaders.nos.merge import READ_ASSOCIATIONS, Code, Nomenclatures, put_together
from loaders.source import Format, Reading, Source, Tier, Work

ASSERTS: Final = ("Commune", "HealthTerritory", "Concept", "ValueSet")


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open NOS files. Raises BadFile for a file of another kind."""
    opened = [open_nos(file) for file in files]
    notes = Notes({file.name: file.encoding for file in files})
    return Reading("nos", ASSERTS, _events(opened), notes, {one.file.name: one.head for one in opened if one.head}, ".tabs")


def _events(files: list[NosFile]) -> Iterator[Event]:
    systems = systems_of(files)
    known = put_together(files, systems)
    for file in files:
        clashes = _clashes(file, systems)
        value_set = _value_set(file, known, clashes, systems)
        for row in rows(file, systems):
            if isinstance(row, Rejected):
                yield row
            elif isinstance(row, Pairing):
                yield _pairing_event(file, row, known, systems)
            elif (row.system, row.code) in clashes:
                yield _clash(row)
            else:
                yield _statement_event(file, row, known, value_set)
                value_set = None


def _clash(row: Statement) -> Rejected:
    return Rejected(row.place, row.text, "Code", f"'{row.code}' stands in this file more than once with different contents; none of them was used.")


def _clashes(file: NosFile, systems: Mapping[str, str]) -> frozenset[Code]:
    """Codes that stand in this file with several contents (M-9): they are put together here, so the pipeline could not see it."""
    contents: dict[Code, set[Statement]] = {}
    for row in rows(file, systems):
        if isinstance(row, Statement):
            contents.setdefault((row.system, row.code), set()).add(row._replace(place=Place(file.name, 0), text=""))
    return frozenset(code for code, found in contents.items() if len(found) > 1)


def _statement_event(file: NosFile, row: Statement, known: Nomenclatures, value_set: Item | None) -> Record:
    """A line's code; the first good line of a value set's leading file says the whole set besides."""
    key = known.key(file, row)
    item = known.item(key)
    if file.file.is_part and file.kind is Kind.VALUE_SET:  # lines corrected after a load: the set is there, they are added to it
        item = replace(item, hung=(*item.hung, _member(file, key)))
    return Record(row.place, row.text, (item, *known.beside(key), *([value_set] if value_set else [])))


def _pairing_event(file: NosFile, row: Pairing, known: Nomenclatures, systems: Mapping[str, str]) -> Event:
    if file.kind is Kind.FILES:
        return Left(row.place, "list of NOS files: no code")
    if file.name not in READ_ASSOCIATIONS:
        return Left(row.place, "association without hierarchy")
    key = known.pair(file, systems, row)
    if key is None:
        return Rejected(row.place, row.text, "", "Two codes of nomenclatures that are known are needed in a line of an association.")
    return Record(row.place, row.text, (known.item(key), *known.beside(key)))


def _value_set(file: NosFile, known: Nomenclatures, clashes: frozenset[Code], systems: Mapping[str, str]) -> Item | None:
    """The value set with all that it includes; None when another file leads it, and for the corrected lines of a rejects file."""
    if file.kind is not Kind.VALUE_SET or known.leaders[file.name] is not file or file.file.is_part:
        return None
    stated = [row for row in rows(file, systems) if isinstance(row, Statement) and (row.system, row.code) not in clashes]
    members = (_member(file, key) for key in dict.fromkeys(known.key(file, row) for row in stated))
    version = None if file.version == UNDATED else file.version
    return Item("ValueSet", file.name, {"name": file.title, "version": version}, tuple(members))


def _member(file: NosFile, key: Code) -> Link:
    return Link("INCLUDES", Ref("ValueSet", file.name), Ref("Concept", concept_id(*key)))


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
    tier=Tier.REGISTER,
)
