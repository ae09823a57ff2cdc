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
from loaders.nos.files import open_nos, rows, systems_of
from loaders.nos.formats import FORMATS
from loaders.nos.merge import Code, Nomenclatures, is_read, put_together
from loaders.nos.statements import UNDATED, Kind, NosFile, Pairing, Statement, Whole
from loaders.source import Reading, Source, Tier, Work

ASSERTS: Final = ("Commune", "HealthTerritory", "Concept", "ValueSet")


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open NOS files. Raises BadFile for a file of another kind."""
    notes = Notes({file.name: file.encoding for file in files})
    opened = [one for file in files for one in open_nos(file, notes)]
    return Reading("nos", ASSERTS, _events(opened, notes), notes, {one.file.name: one.head for one in opened if one.head}, ".tabs")


def _events(files: list[NosFile], notes: Notes) -> Iterator[Event]:
    systems = systems_of(files)
    known = put_together(files, systems)
    for file in files:
        clashes = _clashes(file, systems)
        value_set = _value_set(file, known, clashes, systems, notes)
        for row in rows(file, systems):
            if isinstance(row, Rejected):
                yield row
            elif isinstance(row, Pairing):
                yield _pairing_event(file, row, known, systems)
            elif isinstance(row, Whole):
                yield Record(row.place, row.text, (value_set,)) if value_set else Left(row.place, "value set said by another line or file")
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
    if not is_read(file, row):
        return Left(row.place, "association without hierarchy")
    if "" in row.systems:
        return Left(row.place, "association with a nomenclature that is not of the NOS")
    key = known.pair(file, systems, row)
    if key is None:
        return Rejected(row.place, row.text, "", "Two codes of nomenclatures that are known are needed in a line of an association.")
    return Record(row.place, row.text, (known.item(key), *known.beside(key)))


def _value_set(file: NosFile, known: Nomenclatures, clashes: frozenset[Code], systems: Mapping[str, str], notes: Notes) -> Item | None:
    """The value set with all that it includes; None when another file leads it, and for the corrected lines of a rejects file."""
    if file.kind is not Kind.VALUE_SET or known.leaders[file.name] is not file or file.file.is_part:
        return None
    included: dict[Code, None] = {}
    for row in rows(file, systems):
        if isinstance(row, Statement) and (row.system, row.code) not in clashes:
            included[known.key(file, row)] = None
        elif isinstance(row, Whole):
            included |= dict.fromkeys(_all_of(row, known, notes))
    version = None if file.version == UNDATED else file.version
    return Item("ValueSet", file.name, {"name": file.title, "version": version}, tuple(_member(file, key) for key in included))


def _all_of(row: Whole, known: Nomenclatures, notes: Notes) -> list[Code]:
    """Every code of a nomenclature that a value set includes as a whole."""
    found = sorted(key for key, said in known.said.items() if key[0] == row.system and any(one.own for one in said))
    if not found:
        notes.remark("value set of a whole nomenclature that is not among the files: its codes are not known", row.system)
    return found


def _member(file: NosFile, key: Code) -> Link:
    return Link("INCLUDES", Ref("ValueSet", file.name), Ref("Concept", concept_id(*key)))


SOURCE: Final = Source(
    name="nos",
    fr="Nomenclatures des objets de santé",
    rank=30,
    formats=FORMATS,
    open=open_files,
    tier=Tier.REGISTER,
)
