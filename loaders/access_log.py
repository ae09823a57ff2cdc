"""Access logs of an interface, line by line: common log format (and combined), or CSV with time, client, request, status (docs/observed.md).

A line that is neither is counted by its number and never shown: it may name a person. Memory does not grow with the log.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from graph.errors import BadFile
from graph.impact.calls import Call
from graph.record import Rejected
from loaders.files import InputFile, input_files
from loaders.table import Row, Table, table

NAMES: Final = ("*.log*", "*access*", "*.csv")  # of a folder
COLUMNS: Final = ("time", "client", "request", "status")
USER: Final = "user"  # may stand beside them: who authenticated
LONGEST: Final = 16_000  # characters of a line; longer, its pieces are not looked for
SHOWN: Final = 10  # numbers of lines that are kept
FIRST_REFUSAL: Final = 400
MONTHS: Final = {name: number for number, name in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1)}
COMMON: Final = re.compile(r'(\S+) \S+ (.+?) \[(\d\d/\w{3}/\d{4}):\d\d:\d\d:\d\d [+-]\d{4}\] "((?:[^"\\]|\\.)*)" (\d{3}) ')

Parse = Callable[[str], Call | None]


@dataclass(slots=True)
class Lines:
    """What became of the lines of a log. `bad_lines`: the first that could not be read, as `FILE, line N`; `other`: of other paths."""

    read: int = 0
    other: int = 0
    bad: int = 0
    bad_lines: list[str] = field(default_factory=list)

    def reject(self, file: InputFile, line: int) -> None:
        """Count a line that could not be read."""
        self.bad += 1
        if len(self.bad_lines) < SHOWN:
            self.bad_lines.append(f"{file.name}, line {line}")

    def text(self) -> str:
        """What a person is told: numbers of lines, never a line."""
        said = f"{self.read} lines of the log read, {self.other} of other paths left, {self.bad} that are of no access log"
        return f"{said}: {'; '.join(self.bad_lines)}{'...' if self.bad > SHOWN else ''}." if self.bad else f"{said}."


def read_log(paths: Sequence[Path], add: Callable[[Call], None], path: str = "") -> Lines:
    """Give each call of these files whose request is of a path that starts so; say what became of the lines.

    Raises BadFile for a file that is missing, breaks off, or holds no line of either form.
    """
    lines = Lines()
    for file in input_files(paths, NAMES):
        before = lines.read + lines.other
        for call in _calls(file, lines):
            if call.request_path.startswith(path):
                lines.read += 1
                add(call.call)
            else:
                lines.other += 1
        if lines.read + lines.other == before:
            raise BadFile(f"{file.name}: no line of it is of an access log. Known are the common log format and CSV with {', '.join(COLUMNS)}.")
    return lines


class _Request(NamedTuple):
    call: Call
    request_path: str


def _calls(file: InputFile, lines: Lines) -> Iterator[_Request]:
    delimiter = _delimiter(file)
    rows = _common(file) if delimiter is None else _table_rows(table(file, COLUMNS, delimiter, quoted=True))
    for number, found in rows:
        if found is None:
            lines.reject(file, number)
        else:
            yield found


def _delimiter(file: InputFile) -> str | None:
    """That of a CSV file, by its header; None for another file."""
    first = next((line for line in file.lines() if not isinstance(line, Rejected)), (0, ""))[1].lower()
    return next((mark for mark in ";,\t" if set(COLUMNS) <= {name.strip(' "') for name in first.split(mark)}), None)


def _common(file: InputFile) -> Iterator[tuple[int, _Request | None]]:
    for line in file.lines():
        if isinstance(line, Rejected):
            yield line.place.line, None
        else:
            yield line[0], _common_request(line[1])


def _common_request(line: str) -> _Request | None:
    found = COMMON.match(line + " ") if len(line) <= LONGEST else None
    if found is None:
        return None
    address, user, day, request, status = found.groups()
    return _request(_common_day(day), _user(user), address, request, status)


@lru_cache(1024)
def _common_day(text: str) -> date | None:
    """A day like 30/Jun/2026, as the server's clock has it."""
    day, month, year = text.split("/")
    return _date(int(year), MONTHS.get(month, 0), int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _table_rows(rows: Table) -> Iterator[tuple[int, _Request | None]]:
    for row in rows.rows():
        yield row.place.line, None if isinstance(row, Rejected) else _table_request(row)


def _table_request(row: Row) -> _Request | None:
    values = {name: row.values.get(name, "").strip() for name in (*COLUMNS, USER)}
    if not (values["client"] or values[USER]) or not re.fullmatch(r"\d{3}", values["status"]):
        return None
    return _request(_iso_day(values["time"][:10]), _user(values[USER]), values["client"], values["request"], values["status"])


@lru_cache(1024)
def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _user(text: str) -> str:
    return "" if text == "-" else text.strip('"')


def _request(day: date | None, user: str, address: str, request: str, status: str) -> _Request | None:
    """A request `GET /path HTTP/1.1`, or a path alone."""
    if day is None:
        return None
    words = request.split(" ", 2)
    return _Request(Call(day, user, address, int(status) < FIRST_REFUSAL), words[1] if len(words) > 1 else words[0])
