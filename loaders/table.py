"""Tables as text: a header line, columns bound by name whatever the case, one row a line."""

import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.errors import BadFile
from graph.record import Event, Notes, Place, Rejected
from loaders.files import InputFile


class Row(NamedTuple):
    """One line: where it stands, as it is, and its fields by column name in lower case."""

    place: Place
    text: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file with a header: `names` in lower case, `head` the header line as it is. `quoted`: fields may stand in double quotes."""

    file: InputFile
    names: tuple[str, ...]
    head: str
    delimiter: str
    quoted: bool

    def rows(self) -> Iterator[Row | Rejected]:
        """The rows after the header; one with another number of fields than the header is rejected."""
        header_seen = False
        for line in self.file.lines():
            if isinstance(line, Rejected):
                yield line
            elif header_seen:
                yield self._row(*line)
            else:
                header_seen = True

    def _row(self, number: int, text: str) -> Row | Rejected:
        try:
            fields = _fields(text, self.delimiter, self.quoted)
        except csv.Error as problem:
            return Rejected(self.file.place(number), text, "", f"The line cannot be split into fields ({problem}).")
        if len(fields) != len(self.names):
            return Rejected(self.file.place(number), text, "", f"The line has {len(fields)} fields, the header has {len(self.names)}.")
        return Row(self.file.place(number), text, dict(zip(self.names, fields, strict=True)))


def table(file: InputFile, needed: Sequence[str], delimiter: str = ";", *, quoted: bool = False) -> Table:
    """Open a file with a header.

    Raises BadFile, before any row, naming the columns found and needed when one is missing.
    """
    head = next((line for line in file.lines() if not isinstance(line, Rejected)), None)
    if head is None:
        raise BadFile(f"{file.name}: there is no header line. Needed columns: {', '.join(needed)}.")
    number, text = head
    try:
        found = tuple(name.strip() for name in _fields(text, delimiter, quoted))
    except csv.Error as problem:
        raise BadFile(f"{file.name}, line {number}: the header cannot be split into columns ({problem}). Nothing was loaded.") from problem
    names = tuple(name.lower() for name in found)
    missing = [name for name in needed if name.lower() not in names]
    if missing:
        raise BadFile(
            f"{file.name}, line {number}: no column {', '.join(missing)}. Columns found: {', '.join(found)[:300]}. "
            f"Needed: {', '.join(needed)}. Nothing was loaded; give the file with its header line."
        )
    return Table(file, names, text, delimiter, quoted)


def parsed(one: Table, read: Collection[str], parse: Callable[[Row], Event], notes: Notes) -> Iterator[Event]:
    """The rows of a table, parsed; of each the columns that are not read are left. `read`: names in lower case."""
    unread = [name for name in one.names if name not in read]
    for row in one.rows():
        for name in unread:
            notes.leave(name)
        yield row if isinstance(row, Rejected) else parse(row)


def _fields(text: str, delimiter: str, quoted: bool) -> list[str]:
    if not quoted:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:  # a carriage return in the middle of a line
        return []
