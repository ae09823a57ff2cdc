"""Inventories as CSV sheets for a spreadsheet: one a section, and one for each list that an item holds (docs/formats.md, inventory).

A line whose first cell starts with `#` is a remark, a column whose name does too is one. Cells: docs of `cells.py`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from graph.errors import BadFile
from graph.record import Rejected
from loaders.files import InputFile
from loaders.inventory.cells import BadCell, read_cell
from loaders.inventory.entries import Entry, Found
from loaders.marked import Marked, Path, dumped
from loaders.table import Row, table

REMARK: Final = "#"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of sheet: its columns. `of`: the section and field that its lines go into, by the code in its first column; None: it is a section."""

    columns: tuple[str, ...]
    of: tuple[str, str] | None = None


APPLICATION: Final = (
    "code", "name", "kind", "phase", "planned_on", "build_on", "production_on", "phase_out_on", "retired_on", "criticality", "access_profile", "perimeter",
    "trust_circles", "certificate_ends_on", "users", "source_hosts", "owned_by", "operated_by", "published_by", "deployed_in", "source", "reason",
)  # fmt: skip
SHEETS: Final[Mapping[str, Sheet]] = MappingProxyType(
    {
        "regions": Sheet(("code", "name", "aliases")),
        "actors": Sheet(("code", "name", "kind", "source", "reason")),
        "classes": Sheet(("code", "name", "access", "source", "reason")),
        "usages": Sheet(("code", "name", "essential", "useful", "supports", "source", "reason")),
        "pathways": Sheet(("code", "name")),
        "steps": Sheet(("pathway", "code", "name", "next"), ("pathways", "steps")),
        "applications": Sheet(APPLICATION),
        "entries": Sheet(("application", "class", "regions", "since", "until", "evidence", "reason"), ("applications", "enters")),
        "connections": Sheet(("application", "to", "state", "checked_on", "source", "reason"), ("applications", "connected_to")),
        "interfaces": Sheet((
            "code", "name", "exposed_by", "owned_by", "standard", "version", "security", "trust_circle", "intake", "perimeter", "opens_on", "ends_on", "serves",
            "source", "reason",
        )),
        "replacements": Sheet(("replaced", "interface", "coverage", "note"), ("interfaces", "replaced_by")),
        "flows": Sheet((
            "code", "name", "mode", "consumer", "calls", "producer", "feeds", "carries", "for_usage", "frequency", "criticality", "perimeter", "starts_on",
            "ends_on", "evidence", "evidence_date", "source", "reason",
        )),
    }
)  # fmt: skip
DATASET: Final = "dataset"  # a sheet of one line that says of which data set the others are
HEADS: Final = ("dataset", "title", "fictional", "as_of")


@dataclass(slots=True)
class _Item:
    """An item that is being put together: its line, and where the lines of its lists stand."""

    file: InputFile
    line: int
    value: dict[str, Any]
    fault: tuple[Path, str] | None = None
    lines: dict[Path, int] = field(default_factory=dict)
    files: dict[Path, InputFile] = field(default_factory=dict)


def read_sheets(files: Sequence[InputFile]) -> Iterator[Found]:
    """The items of the sheets. Raises BadFile for a file that is none of them, and for a column that the sheet does not have."""
    by_sheet: dict[str, list[InputFile]] = defaultdict(list)
    for file in files:
        by_sheet[_sheet_of(file)].append(file)
    heads = _heads(by_sheet.pop(DATASET, []))
    items: dict[str, dict[str, _Item]] = defaultdict(dict)
    doubled: list[tuple[str, _Item]] = []
    for name in SHEETS:  # a section stands before the lists of its items
        for file in by_sheet.get(name, []):
            yield from _read(name, file, items, doubled)
    dataset, fictional = heads.get("dataset", ""), heads.get("fictional", "") == "true"
    every = [(section, item) for section in items for item in items[section].values()] + doubled
    for section, item in every:
        marked = Marked(item.value, {(): item.line, **item.lines}, dumped(item.value))
        entry = Entry(item.file, section, marked, dataset, fictional, item.files)
        yield entry.rejected(item.fault[0], str(item.fault[0][0]), item.fault[1]) if item.fault else entry


def _sheet_of(file: InputFile) -> str:
    stem = file.name.lower().removesuffix(".csv")
    known = (DATASET, *SHEETS)
    found = next((name for name in sorted(known, key=len, reverse=True) if stem == name or stem.endswith((f"-{name}", f"_{name}"))), None)
    if found is None:
        raise BadFile(f"{file.name}: the name is that of no sheet. Sheets: {', '.join(f'{name}.csv' for name in known)}. Nothing was loaded.")
    return found


def _heads(files: Sequence[InputFile]) -> dict[str, str]:
    rows = [row for file in files for row in _rows(file, HEADS, 1)]
    bad = next((row for row in rows if isinstance(row, Rejected)), None)
    if bad is not None:
        raise BadFile(f"{bad.place.file}, line {bad.place.line}: {bad.reason} Nothing was loaded.")
    if len(rows) > 1:
        raise BadFile(f"{rows[1].place.file}, line {rows[1].place.line}: the data set is said in one line. Keep one. Nothing was loaded.")
    return {name: value.strip() for row in rows if isinstance(row, Row) for name, value in row.values.items()}


def _rows(file: InputFile, columns: Sequence[str], needed: int) -> Iterator[Row | Rejected]:
    """The lines of a sheet but its remarks. Raises BadFile for a column that it does not have."""
    opened = table(file, columns[:needed], _delimiter(file), quoted=True)
    unknown = [name for name in opened.names if name and name not in columns and not name.startswith(REMARK)]
    if unknown:
        raise BadFile(f"{file.name}, line 1: there is no column {', '.join(unknown)}. Columns: {', '.join(columns)}. Nothing was loaded.")
    for row in opened.rows():
        if isinstance(row, Rejected) or not (row.text.lstrip('"').startswith(REMARK) or not any(row.values.values())):
            yield row


def _delimiter(file: InputFile) -> str:
    first = next((line[1] for line in file.lines() if not isinstance(line, Rejected)), "")
    return max(";,\t", key=first.count)


def _read(name: str, file: InputFile, items: Mapping[str, dict[str, _Item]], doubled: list[tuple[str, _Item]]) -> Iterator[Rejected]:
    sheet = SHEETS[name]
    for row in _rows(file, sheet.columns, 1 if sheet.of is None else 2):
        if isinstance(row, Rejected):
            yield replace(row, text=f"# {row.text}")  # a remark in the YAML of the rejects file: it is no item that could be corrected there
        elif sheet.of is None:
            _add_item(name, file, row, items, doubled)
        else:
            yield from _add_to_item(sheet, file, row, items)


def _add_item(section: str, file: InputFile, row: Row, items: Mapping[str, dict[str, _Item]], doubled: list[tuple[str, _Item]]) -> None:
    value, fault = _value(section, row)
    item = _Item(file, row.place.line, value, fault)
    if value.get("code") in items[section]:
        doubled.append((section, item))
    else:
        items[section][str(value.get("code"))] = item


def _add_to_item(sheet: Sheet, file: InputFile, row: Row, items: Mapping[str, dict[str, _Item]]) -> Iterator[Rejected]:
    """Put a line into the list of its item; without the item there is nothing that it could be written into."""
    section, into = sheet.of or ("", "")
    key = sheet.columns[0]
    code = row.values.get(key, "").strip()
    item = items[section].get(code)
    if item is None:
        yield Rejected(row.place, f"# {row.text}", key, f"'{code}' is no line of {section}.csv. Write it there, or correct the code here.")
        return
    value, fault = _value(into, row)
    del value[key]
    held = item.value.setdefault(into, [])
    path: Path = (into, len(held))
    held.append(value)
    item.lines[path], item.files[path] = row.place.line, file
    if fault and item.fault is None:
        item.fault = ((*path, *fault[0]), fault[1])


def _value(section: str, row: Row) -> tuple[dict[str, Any], tuple[Path, str] | None]:
    """The fields of a line, empty cells left out; the first cell that cannot be read."""
    value: dict[str, Any] = {}
    fault: tuple[Path, str] | None = None
    for name, text in row.values.items():
        if text.strip() and name and not name.startswith(REMARK):
            try:
                read_cell(section, name, text.strip(), value)
            except BadCell as problem:
                value[name] = text.strip()
                fault = fault or ((name,), str(problem))
    return value, fault
