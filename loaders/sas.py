"""Default search radius and enlargement of each department, as the access-to-care service (SAS) sets them (docs/pathways.md, S-6)."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from graph.model.kinds import Value
from graph.record import Item, Notes, Record, Rejected
from loaders.files import InputFile
from loaders.numbers import decimal
from loaders.regions import department_code
from loaders.source import FieldPlace, Format, Reading, Source, Tier, Work
from loaders.table import Row, parsed, table

CODE, NAME, RADIUS, ENLARGEMENT = "department", "label", "city_default_radius_km", "enlargement_km"
READ: Final = frozenset({CODE, NAME, RADIUS, ENLARGEMENT})
LARGEST_KM: Final = 2000.0


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open tables of radii. Raises BadFile for a missing column."""
    tables = [table(file, (CODE, RADIUS, ENLARGEMENT)) for file in files]
    notes = Notes({file.name: file.encoding for file in files})
    return Reading(
        "sas", ("Department",), chain.from_iterable(parsed(one, READ, department, notes) for one in tables), notes, {one.file.name: one.head for one in tables}
    )


def department(row: Row) -> Record | Rejected:
    """A line `48;Lozère;...;50;...;25`: 0 km means that nothing is set."""
    code = department_code(row.values[CODE].strip())
    if not (len(code) in {2, 3} and code.isalnum()):
        return Rejected(row.place, row.text, CODE, f"'{code[:20]}' is no code of a department, like 01, 2A or 974.")
    props: dict[str, Value] = {"name": row.values[NAME].strip() or None} if NAME in row.values else {}
    for column, name in ((RADIUS, "search_radius_km"), (ENLARGEMENT, "enlargement_km")):
        km = decimal(row.values[column].strip(), 0, LARGEST_KM)
        if km is None:
            return Rejected(row.place, row.text, column, f"'{row.values[column][:20]}' is not a number of km from 0 to {LARGEST_KM:.0f}.")
        props[name] = km or None
    return Record(row.place, row.text, (Item("Department", code, props),))


SOURCE: Final = Source(
    name="sas",
    fr="Rayons de recherche du service d'accès aux soins",
    rank=12,
    formats=(
        Format(
            "radii",
            "*radius*.csv",
            "one line a department: `;`, header: department, city_default_radius_km, enlargement_km (label); 0 means that nothing is set, 20A is 2A",
            "48;Lozère;SAS-48;Occitanie;5175;102;44.51722222;3.500277778;50;25",
            (
                FieldPlace("department", "Department.code"),
                FieldPlace("label", "Department.name"),
                FieldPlace("city_default_radius_km", "Department.search_radius_km"),
                FieldPlace("enlargement_km", "Department.enlargement_km"),
            ),
        ),
    ),
    open=open_files,
    tier=Tier.REGISTER,
)
