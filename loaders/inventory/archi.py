"""Archi's three CSV files (elements, relations, properties) as concepts; a cell may hold line breaks (docs/archimate.md)."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.archimate.archi_csv import ACCESS, ELEMENTS, MODEL, PROPERTIES, RELATIONS, SUFFIX
from graph.errors import BadFile
from graph.record import Notes
from loaders.files import InputFile
from loaders.inventory.concepts import Concept, items_of
from loaders.inventory.entries import Found

NEEDED: Final = {"elements": ELEMENTS[:3], "relations": (*RELATIONS[:2], "Source", "Target"), "properties": PROPERTIES}
DELIMITERS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class _Line:
    """A record: the line where it starts, its cells by column."""

    line: int
    cells: Mapping[str, str]


def kind_of(file: InputFile) -> str | None:
    """Which of the three files this is, by its header; None: none of them."""
    header = set(_header(file)[1])
    return next((kind for kind in ("relations", "properties", "elements") if set(NEEDED[kind]) <= header), None)


def read_archi(files: Sequence[InputFile], notes: Notes) -> Iterator[Found]:
    """The items of a model. Raises BadFile without a file of elements, and for a file that is no CSV."""
    by_kind: dict[str, list[InputFile]] = {kind: [] for kind in NEEDED}
    for file in files:
        by_kind[kind_of(file) or ""].append(file)
    if not by_kind["elements"]:
        names = ", ".join(file.name for file in files)
        raise BadFile(f"{names}: Archi's file of elements is missing. Give the three files of an export together: elements, relations, properties.")
    properties = _properties(by_kind["properties"])
    elements = [_concept(file, one, properties) for file in by_kind["elements"] for one in _lines(file)]
    relations = [_concept(file, one, properties) for file in by_kind["relations"] for one in _lines(file)]
    model = next((one.properties for one in elements if one.type == MODEL), {})
    yield from items_of([one for one in elements if one.type != MODEL], relations, model, notes)


Properties = dict[str, dict[str, tuple[str, InputFile, int]]]


def _properties(files: Sequence[InputFile]) -> Properties:
    """By id and key: the value, and where it stands."""
    found: Properties = {}
    for file in files:
        for one in _lines(file):
            found.setdefault(one.cells["ID"], {})[one.cells["Key"]] = (one.cells["Value"], file, one.line)
    return found


def _concept(file: InputFile, one: _Line, properties: Properties) -> Concept:
    cells, own = one.cells, properties.get(one.cells["ID"], {})
    return Concept(
        id=cells["ID"],
        type=cells["Type"].removesuffix(SUFFIX),
        name=cells.get("Name", ""),
        documentation=cells.get("Documentation", ""),
        properties={key: value for key, (value, _, _) in own.items() if key != ACCESS},
        file=file,
        line=one.line,
        source=cells.get("Source", ""),
        target=cells.get("Target", ""),
        value_lines={key: (where, line) for key, (_, where, line) in own.items()},
    )


def _header(file: InputFile) -> tuple[str, list[str]]:
    """The delimiter that gives the most columns, and the columns."""
    first = next(io.StringIO(file.text()), "").rstrip("\r\n")
    found = [(mark, [name.strip().strip('"') for name in first.split(mark)]) for mark in DELIMITERS]
    return max(found, key=lambda one: len(one[1]))


def _lines(file: InputFile) -> Iterator[_Line]:
    delimiter, names = _header(file)
    reader = csv.reader(io.StringIO(file.text(), newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if cells and line > 1:
                if len(cells) != len(names):
                    raise BadFile(f"{file.name}, line {line}: {len(cells)} cells, the header has {len(names)}. Export the model again. Nothing was loaded.")
                yield _Line(line, dict(zip(names, cells, strict=True)))
            line = reader.line_num + 1
    except csv.Error as problem:
        raise BadFile(f"{file.name}, line {line}: it cannot be split into cells ({problem}). Nothing was loaded.") from problem
