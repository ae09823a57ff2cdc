"""A table as every door shows it: aligned text, CSV and JSON of the same rows (invariant 10)."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | float | bool | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNKNOWN = "non décrit"


class Format(StrEnum):
    """How a table goes to standard output."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns. `notes` are lines that a reader must know beside the rows (text form only; the others have columns for them)."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[str, ...] = ()


def rendered(table: Table, form: Format) -> str:
    """The table in that form, with a line end."""
    match form:
        case Format.JSON:
            return json.dumps([dict(zip(table.columns, row, strict=True)) for row in table.rows], ensure_ascii=False, indent=1) + "\n"
        case Format.CSV:
            return csv_text(table)
        case Format.TABLE:
            return _text(table)


def streamed(pages: Iterable[Table], form: Format) -> Iterator[str]:
    """The pages of one table as one: as CSV page by page, so that a long list needs no memory; the other forms need all rows for their widths and ends."""
    if form is Format.CSV:
        for place, page in enumerate(pages):
            text = csv_text(page)
            yield text if place == 0 else text.partition("\n")[2]
        return
    every = list(pages)
    yield rendered(Table(every[0].columns, [row for page in every for row in page.rows], every[0].notes), form)


def csv_text(table: Table) -> str:
    """CSV with `;`. A text cell that a spreadsheet would run gets an apostrophe before it; an unknown cell is empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _text(table: Table) -> str:
    cells = [list(table.columns), *([_shown(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.columns))]
    numeric = [all(isinstance(row[place], int | float) or row[place] is None for row in table.rows) for place in range(len(table.columns))]
    lines = ["  ".join(_aligned(*cell) for cell in zip(row, widths, numeric, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:], *table.notes]) + "\n"


def _aligned(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def _shown(cell: Cell) -> str:
    if cell is None:
        return UNKNOWN
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    return str(cell)
