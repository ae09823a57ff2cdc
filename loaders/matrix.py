"""Road matrix: how far one commune is from another by road (docs/pathways.md, S-5)."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from graph.record import Item, Link, Notes, Record, Ref, Rejected
from loaders.communes import insee_code
from loaders.files import InputFile
from loaders.numbers import decimal
from loaders.source import FieldPlace, Format, Reading, Source, Work
from loaders.table import Row, parsed, table

FROM, TO, KM, MINUTES = "from", "to", "km", "minutes"
READ: Final = frozenset({FROM, TO, KM, MINUTES})
LONGEST_KM: Final = 2000.0
LONGEST_MINUTES: Final = 2880.0


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open tables of roads. Raises BadFile for a missing column."""
    tables = [table(file, (FROM, TO, KM, MINUTES), ",") for file in files]
    notes = Notes({file.name: file.encoding for file in files})
    return Reading(
        "matrix", ("Commune",), chain.from_iterable(parsed(one, READ, road, notes) for one in tables), notes, {one.file.name: one.head for one in tables}
    )


def road(row: Row) -> Record | Rejected:
    """A line `01004,69123,62.4,51`: one direction. Minutes may be empty: then no delay is computed on this way."""
    ends = []
    for column in (FROM, TO):
        code = insee_code(row.values[column].strip())
        if code is None:
            return Rejected(row.place, row.text, column, f"'{row.values[column][:20]}' is no INSEE code of a commune, like 01004 or 2A004.")
        ends.append(Ref("Commune", code))
    km = decimal(row.values[KM].strip(), 0, LONGEST_KM)
    if km is None:
        return Rejected(row.place, row.text, KM, f"'{row.values[KM][:20]}' is not a number of km from 0 to {LONGEST_KM:.0f}.")
    stated = row.values[MINUTES].strip()
    minutes = decimal(stated, 0, LONGEST_MINUTES) if stated else None
    if stated and minutes is None:
        return Rejected(row.place, row.text, MINUTES, f"'{stated[:20]}' is not a number of minutes from 0 to {LONGEST_MINUTES:.0f}.")
    start, end = ends
    return Record(row.place, row.text, (Item("Commune", start.key, {}, hung=(Link("ROAD", start, end, {"km": km, "minutes": minutes}),)),))


SOURCE: Final = Source(
    name="matrix",
    fr="Matrice de distances routières",
    rank=95,
    formats=(
        Format(
            "roads",
            "*road*.csv",
            "one line a way from a commune to another, one direction: `,`, header: from, to (INSEE codes), km, minutes (may be empty)",
            "01004,69123,62.4,51",
            (
                FieldPlace("from, to", "(Commune)-[ROAD]->(Commune)"),
                FieldPlace("km", "ROAD.km"),
                FieldPlace("minutes", "ROAD.minutes"),
            ),
        ),
    ),
    open=open_files,
)
