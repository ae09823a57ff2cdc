"""A JSON object as rows: one an entry, with the line at which it starts, though a parser of the whole text would not say it.

A rejects file holds one object with one entry a line; it is read the same way.
"""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from graph.errors import BadFile
from loaders.files import InputFile
from loaders.whole import whole_text

WHITE: Final = " \t\r\n"


class Entry(NamedTuple):
    """One entry of the object: the line where it starts, its key, its value. A key may come twice."""

    line: int
    key: str
    value: Any

    @property
    def text(self) -> str:
        """The entry as an object of its own on one line, for a rejects file."""
        return json.dumps({self.key: self.value}, ensure_ascii=False)


def json_entries(file: InputFile) -> Iterator[Entry]:
    """The entries of a file's object, or of its objects, one after the other. Raises BadFile, naming the line, where it is not JSON."""
    scan = _Scan(file, whole_text(file))
    while scan.at_object():
        yield from scan.entries()


def json_items(file: InputFile, under: str) -> Iterator[tuple[int, Any]]:
    """The items of a file's list, or of the list that stands first in its object, under a name; each with its line. Raises BadFile as above."""
    scan = _Scan(file, whole_text(file))
    return scan.items(under)


class _Scan:
    """A place in the text of a file, and its line."""

    def __init__(self, file: InputFile, text: str) -> None:
        self._file, self._text, self._at, self._line, self._counted = file, text, 0, 1, 0
        self._decoder = json.JSONDecoder()

    def at_object(self) -> bool:
        """Whether another object starts here; its brace is passed."""
        self._skip()
        if self._at == len(self._text):
            return False
        self._expect("{")
        return True

    def entries(self) -> Iterator[Entry]:
        """The entries up to the closing brace, which is passed."""
        self._skip()
        while not self._passes("}"):
            line, key = self._line_here(), self._value()
            if not isinstance(key, str):
                raise self._fault("a key in double quotes is expected")
            self._skip()
            self._expect(":")
            self._skip()
            yield Entry(line, key, self._value())
            self._skip()
            if self._passes(","):
                self._skip()
            elif self._here() != "}":
                raise self._fault("a comma or the end of the object is expected")

    def items(self, under: str) -> Iterator[tuple[int, Any]]:
        """The items up to the closing bracket; what follows is not looked at."""
        self._skip()
        if self._passes("{"):
            self._skip()
            if self._value() != under:
                raise self._fault(f"a list, or an object that begins with '{under}', is expected")
            self._skip()
            self._expect(":")
            self._skip()
        self._expect("[")
        self._skip()
        while not self._passes("]"):
            yield self._line_here(), self._value()
            self._skip()
            if self._passes(","):
                self._skip()
            elif self._here() != "]":
                raise self._fault("a comma or the end of the list is expected")

    def _value(self) -> Any:
        start = self._at
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as problem:
            self._at = problem.pos
            raise self._fault(problem.msg) from problem
        except ValueError:
            raise self._fault("a number is too long") from None
        except RecursionError:
            raise self._fault("it is nested too deep") from None
        if "\\ud" in self._text[start : self._at].lower() and not _encodes(value):
            raise self._fault("half a character, which no text has")
        return value

    def _here(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self) -> None:
        while self._here() and self._here() in WHITE:
            self._at += 1

    def _passes(self, mark: str) -> bool:
        found = self._here() == mark
        self._at += found
        return found

    def _expect(self, mark: str) -> None:
        if not self._passes(mark):
            raise self._fault(f"'{mark}' is expected")

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _fault(self, what: str) -> BadFile:
        line = self._text.count("\n", 0, self._at) + 1
        return BadFile(f"{self._file.name}, line {line}: this is not the JSON that is expected ({what}). Nothing was loaded.")


def _encodes(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
