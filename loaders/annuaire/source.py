"""Source `annuaire`: the register of health professionals, from both forms of its extracts and their companions (docs/formats.md, Annuaire Santé).

The files are read twice: first each line goes to disk with what it states of its structure, then the lines come person by person, since several
lines state one practice. A line is a row.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from graph.errors import BadFile
from graph.record import Event, Left, Notes, Rejected
from loaders.annuaire.columns import Columns, Kind, columns_of
from loaders.annuaire.fields import Fields
from loaders.annuaire.held import SOURCE_NAME, Held, practices_held
from loaders.annuaire.lines import Line, Lines
from loaders.annuaire.people import events_of, fault_of
from loaders.annuaire.places import FORMATS
from loaders.annuaire.structures import Structures, structure_key
from loaders.files import InputFile
from loaders.source import Reading, Source, Tier, Work

ASSERTS: Final = ("GeographicEntity", "Professional", "Practice")
MOST_LINES: Final = 5_000  # of one person; the most seen are some dozens
STAMPED: Final = re.compile(r"\d{12}")
NO_PLACE: Final = "diplomas and authorisations to practise have no place in the model"


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Open extracts. Raises BadFile for an unknown form, or two extracts of one form."""
    tables = [columns_of(file) for file in files]
    _check_together(tables)
    alone = all(table.kind is not Kind.ACTIVITY for table in tables)
    partial = f"{', '.join(table.file.name for table in tables)}: savoir-faire and diplomas alone state no practice" if alone else None
    notes = Notes({file.name: file.encoding for file in files})
    heads = {table.file.name: table.head for table in tables}
    return Reading(SOURCE_NAME, ASSERTS, _events(tables, work, notes), notes, heads, ".txt", partial=partial)


def _check_together(tables: Sequence[Columns]) -> None:
    activities = [table for table in tables if table.kind is Kind.ACTIVITY]
    stamps = {(table.width, found[0]) for table in activities for found in [STAMPED.search(table.file.name)] if found}
    if len(stamps) > len({width for width, _ in stamps}):
        names = ", ".join(sorted(table.file.name for table in activities))
        raise BadFile(f"{names}: extracts of several days. Nothing was loaded; give the files of the newest one.")


def _events(tables: Sequence[Columns], work: Work, notes: Notes) -> Iterator[Event]:
    with Lines(work.scratch) as lines:
        structures = Structures(lines.database)
        for place, table in enumerate(tables):
            yield from _keep_lines(place, table, lines, structures, notes)
        differing = structures.settle(work.store)
        if differing:
            notes.remarks["structure stated in several ways; what most lines say is kept"] = differing
        some_only = all(table.file.is_part or table.kind is not Kind.ACTIVITY for table in tables)
        for person, some in lines.by_person():
            held = practices_held(work.store, person) if some_only else None
            yield from _person_events(some, tables, structures, notes, held)


def _keep_lines(place: int, table: Columns, lines: Lines, structures: Structures, notes: Notes) -> Iterator[Event]:
    """Put the lines of a file on disk, with what they state of structures; what cannot be used is told at once."""
    counts, columns = [0] * len(table.unplaced), [column for column, _ in table.unplaced]
    rows = table.file.lines()
    next(rows, None)  # the header
    for row in rows:
        values = row if isinstance(row, Rejected) else table.split(*row)
        if isinstance(values, Rejected):
            yield values
            continue
        for count, column in enumerate(columns):
            if values[column]:
                counts[count] += 1
        number, text = row  # type: ignore[misc]  # a rejected one was told
        if table.kind is Kind.DIPLOMAS:
            yield Left(table.file.place(number), NO_PLACE)
            continue
        fields = Fields(table, values)
        fault = fault_of(fields)
        if fault is not None:
            yield Rejected(table.file.place(number), text, *fault)
            continue
        lines.add(Line(fields.person() or "", place, number, _structure(fields, structures) if table.kind is Kind.ACTIVITY else None, text))
    for (_, name), count in zip(table.unplaced, counts, strict=True):
        if count:
            notes.leave(name, count)


def _structure(fields: Fields, structures: Structures) -> str | None:
    structure = fields.structure()
    key = structure_key(structure, fields.get("structure"))
    if key is not None and structure.finess is None:
        structures.add(key, structure)
    return key


def _person_events(some: Iterator[Line], tables: Sequence[Columns], structures: Structures, notes: Notes, held: Held | None) -> Iterator[Event]:
    lines = list(islice(some, MOST_LINES))
    yield from events_of(lines, tables, structures, notes, held)
    for line in some:
        yield Rejected(tables[line.file].file.place(line.number), line.text, "", f"The files have more than {MOST_LINES:,} lines of this person.")


SOURCE: Final = Source(
    name=SOURCE_NAME,
    fr="Annuaire Santé, extractions",
    rank=22,
    formats=FORMATS,
    open=open_files,
    tier=Tier.REGISTER,
)
