"""One JSON document as a stream: a Bundle of any size by its entries, in bounded memory, each with its line and its own text.

The standard library's scanner finds where a value ends (`raw_decode`, in C); nothing is held but a piece of the file and the value at hand.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import BadFile
from loaders.files import LONGEST_LINE, InputFile

LARGEST_VALUE: Final = LONGEST_LINE  # characters of one entry, or of one field beside the entries; an entry has to fit into a line of a rejects file
TOO_LARGE: Final = f"a value of more than {LARGEST_VALUE >> 20} MB"
ENTRIES: Final = "entry"
_BLANKS = re.compile(r"[ \t\r\n]*")
_SCANNER = json.JSONDecoder()
_CLOSED = frozenset('}]"')


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a Bundle as it stands in the file, on one line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Rest:
    """What stands beside the entries: the whole of a single resource, type, links and total of a Bundle. `entries`: it has the key."""

    values: dict[str, Any]
    entries: bool


@dataclass(slots=True)
class _Stream:
    """The characters not read yet."""

    name: str
    pieces: Iterator[str]
    text: str = ""
    at: int = 0
    line: int = 1  # of the character at `counted`
    counted: int = 0
    ended: bool = False

    def more(self) -> bool:
        """Whether there was another piece; what was read of the text is dropped."""
        piece = next(self.pieces, None)
        if piece is None:
            self.ended = True
            return False
        self.here()
        self.text, self.at, self.counted = self.text[self.at :] + piece, 0, 0
        return True

    def next(self) -> str:
        """The next character that is not blank, '' at the end."""
        while True:
            self.at = _BLANKS.match(self.text, self.at).end()  # type: ignore[union-attr]  # it always matches
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, wanted: str) -> None:
        """Read one character. Raises BadFile for another."""
        if self.next() != wanted:
            raise self.broken(f"'{wanted}' is expected")
        self.at += 1

    def value(self) -> tuple[Any, str]:
        """Read one value: itself and its text."""
        self.next()
        while True:
            try:
                found, end = _SCANNER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as problem:
                if len(self.text) - self.at > LARGEST_VALUE:
                    raise self.broken(f"{problem.msg}, or {TOO_LARGE}") from None
                if not self.more():
                    raise self.broken(problem.msg) from None
                continue
            except RecursionError:
                raise self.broken("it is nested too deep") from None
            except ValueError:  # of int(): more digits than Python reads
                raise self.broken("a number has thousands of digits") from None
            if end < len(self.text) or self.text[end - 1] in _CLOSED or not self.more():
                taken = self.text[self.at : end]
                if len(taken) > LARGEST_VALUE:
                    raise self.broken(TOO_LARGE)
                self.at = end
                return found, taken

    def here(self) -> int:
        """Line of the next character."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line

    def broken(self, what: str) -> BadFile:
        """The error of a document that is not JSON: nothing behind the place can be read."""
        return BadFile(f"{self.name}, line {self.here()}: this is not JSON ({what}). Fetch the file again; nothing of it was loaded.")


def document(file: InputFile) -> Iterator[Entry | Rest]:
    """The entries of a document in their order, then the rest of it. Raises BadFile where it is no JSON object, is broken, or goes on behind its end."""
    stream = _Stream(file.name, _texts(file))
    stream.take("{")
    rest: dict[str, Any] = {}
    entries = False
    if stream.next() == "}":
        stream.at += 1
    else:
        while True:
            key = _key(stream)
            if key == ENTRIES:
                entries = True
                yield from _entries(stream)
            else:
                rest[key], _ = stream.value()
            if not _goes_on(stream, "}"):
                break
    if stream.next():
        raise stream.broken("something stands behind the end of the first object")
    yield Rest(rest, entries)


def _texts(file: InputFile) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for piece in file.utf8():
        yield decoder.decode(piece)


def _key(stream: _Stream) -> str:
    if stream.next() != '"':
        raise stream.broken("a key is expected")
    key, _ = stream.value()
    stream.take(":")
    return str(key)


def _entries(stream: _Stream) -> Iterator[Entry]:
    stream.take("[")
    if stream.next() == "]":
        stream.at += 1
        return
    while True:
        stream.next()
        line = stream.here()
        _, text = stream.value()
        yield Entry(line, " ".join(text.split("\n")) if "\n" in text else text)  # a line end of JSON stands between tokens only
        if not _goes_on(stream, "]"):
            return


def _goes_on(stream: _Stream, end: str) -> bool:
    found = stream.next()
    if found not in {",", end} or not found:
        raise stream.broken(f"',' or '{end}' is expected")
    stream.at += 1
    return found == ","
