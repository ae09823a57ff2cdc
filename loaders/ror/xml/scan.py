"""First pass over a ROR XML file: is it whole and well-formed, and where does each of its rows stand. Nothing is built, nothing is expanded.

A row is an element of a directory. Refused: a DOCTYPE (and so every entity of one's own), an element nested deeper than DEEPEST, a tag or a comment
longer than LONGEST_TOKEN. A row that is larger than MOST_BYTES or MOST_NODES is marked, and the pass goes on.

The standard expat, because it says where each tag stands in bytes and lines, and builds nothing that a hostile file could make large. lxml's iterparse
takes 0.9 s for a file of 26 MB on which the two passes' parsing takes 1.6 s, but gives neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from graph.errors import BadFile
from graph.record import Notes
from loaders.files import InputFile
from loaders.ror.xml.frame import (
    ANSWER,
    DEVICE,
    DIRECTORIES,
    ENVELOPE,
    FACILITY,
    NAMESPACE,
    ORGANIZATION,
    ROWS,
    SERVICE,
    check_encoding,
    check_frame,
    check_root,
)

DEEPEST: Final = 100  # elements in one another; the deepest of the schema are some 20
MOST_BYTES: Final = 1_000_000  # of a row
MOST_NODES: Final = 20_000  # elements of a row
MOST_NAMES: Final = 5_000  # of elements and attributes; the schema has some 250. The parser remembers each
LONGEST_TOKEN: Final = 1 << 20  # bytes of one tag, comment or instruction
CUT_OFF: Final = {"no element found", "unclosed token", "partial character", "unclosed CDATA section"}
# Elements inside a row that name another one, and its kind
NAMING: Final = {
    f"{NAMESPACE}}}{name}": kind
    for name, kind in (
        ("organization", ORGANIZATION),
        ("service", SERVICE),
        ("facility", FACILITY),
        ("parentFacility", FACILITY),
        ("parent", ORGANIZATION),
        ("equipment", DEVICE),
    )
}
FAMILY: Final = f"{NAMESPACE}}}actFamily"
WATCHED: Final = frozenset({*NAMING, FAMILY})
_TAG = re.compile(rb"""<[^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*>""")
_NAME = re.compile(rb"<([^\s/>]+)")

Attributes = list[str]  # name, value, name, value...


class Row(NamedTuple):
    """A row: element name, its entityID ('' without), where its bytes stand in the UTF-8 text, its first line, whether it is too large to be read.

    `text`: its bytes, b'' of a row that is too large. `children`: names and attributes of the elements right under it, for its key, and of the
    family of an activity. `named`: kind and entityID of the other elements that it names.
    """

    kind: str
    entity: str
    start: int
    size: int
    line: int
    too_large: bool
    text: bytes
    children: tuple[tuple[str, Attributes], ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Scan:
    """One file as far as it was read. `namespaces`: by prefix, those declared around its rows; `root`: name of its first element, as written."""

    file: InputFile
    notes: Notes
    namespaces: dict[str, str] = field(default_factory=dict)
    root: bytes = b""

    def frame(self) -> tuple[bytes, bytes]:
        """What stands before and behind a row to make a text of it: the tags of a CSD with every prefix that the file declares around its rows."""
        declared = "".join(f" xmlns{':' if one else ''}{one}={quoteattr(uri)}" for one, uri in sorted(self.namespaces.items()))
        return f"<{self.prefix}CSD{declared}>".encode(), f"</{self.prefix}CSD>".encode()

    @property
    def prefix(self) -> str:
        """What stands before the names of the ROR's elements in this file: `ns1:`, or nothing."""
        found = next((one for one, uri in self.namespaces.items() if uri == NAMESPACE), "")
        return f"{found}:" if found else ""

    def rows(self) -> Iterator[list[Row]]:
        """The rows of the file in their order, some at a time. Raises BadFile."""
        pass_ = _Pass(self)
        for chunk in self.file.utf8():
            pass_.take(chunk)
            if pass_.found:
                yield pass_.found
                pass_.found = []
        if self.file.is_part and pass_.depth == 1:  # the tail of a rejects file is not written
            pass_.take(b"</" + self.root + b">")
        pass_.parse(b"", final=True)
        if not pass_.directories and not self.file.is_part:
            raise BadFile(f"{self.file.name}: there is no directory ({', '.join(DIRECTORIES)}) in this file. Nothing was loaded.")


class _Pass:
    """The state of one pass of the parser. `stack`: local names of the open elements around the rows; a row itself is counted, not named."""

    def __init__(self, scan: Scan) -> None:
        self.scan, self.file = scan, scan.file
        self.found: list[Row] = []
        self.stack: list[str] = []
        self.depth = self.row_depth = self.nodes = self.base = 0
        self.directories = 0
        self.declared: str | None = None
        self._row: tuple[str, str, int, int] | None = None
        self._children: list[tuple[str, Attributes]] = []
        self._named: list[tuple[str, str]] = []
        self._buffer = bytearray()
        self._locals: dict[str, tuple[str, str]] = {}
        self._prefixes: dict[str, str] = {}
        self.is_plain, self.has_rows = True, False
        self.parser = self._parser()

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8", "}")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._outside
        parser.EndElementHandler = self._end
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        return parser

    def take(self, chunk: bytes) -> None:
        """Parse a piece of the file. Raises BadFile."""
        if self.is_plain and not chunk.isascii():
            self.is_plain = False
        self._buffer += chunk
        self.parse(chunk)
        if not self.is_plain and self.scan.root:
            check_encoding(self.file.name, self.declared, self.file.encoding, is_plain=False)
        self._release()

    def parse(self, chunk: bytes, final: bool = False) -> None:
        """Parse; what the parser cannot read is a BadFile with its line."""
        try:
            self.parser.Parse(chunk, final)
        except expat.ExpatError as problem:
            raise BadFile(self._unreadable(problem)) from problem

    def _unreadable(self, problem: expat.ExpatError) -> str:
        what = expat.ErrorString(problem.code) or "it cannot be read"
        where = f"{self.file.name}, line {problem.lineno}"
        if what in CUT_OFF:
            return f"{where}: the file breaks off before its end (truncated transfer?). Fetch it again; nothing of it was loaded."
        return f"{where}: this is no well-formed XML ({what}). Correct the file or fetch it again; nothing of it was loaded."

    def _release(self) -> None:
        """Forget the bytes that no open row needs; refuse a token that does not end."""
        fed, waiting = self.base + len(self._buffer), max(self.parser.CurrentByteIndex, 0)
        if fed - waiting > LONGEST_TOKEN:
            raise BadFile(f"{self._here}: a tag or a comment is longer than {LONGEST_TOKEN >> 20} MB. No ROR writes that. Nothing was loaded.")
        if len(self.parser.intern) > MOST_NAMES:
            raise BadFile(f"{self._here}: more than {MOST_NAMES:,} different names of elements and attributes. No ROR writes that. Nothing was loaded.")
        start = self._row[2] if self._row and fed - self._row[2] <= MOST_BYTES else waiting
        if start > self.base:
            del self._buffer[: start - self.base]
            self.base = start

    @property
    def _here(self) -> str:
        return f"{self.file.name}, line {self.parser.CurrentLineNumber}"

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if self._row is None:
            self._prefixes[prefix or ""] = uri or ""

    def _declare(self) -> None:
        """The prefixes of an element around the rows hold for every row: one text stands before each of them."""
        for prefix, uri in self._prefixes.items():
            if self.scan.namespaces.setdefault(prefix, uri) != uri:
                if self.has_rows:
                    raise BadFile(f"{self._here}: the prefix '{prefix}' is declared for two namespaces in this file. Declare it once. Nothing was loaded.")
                self.scan.namespaces[prefix] = uri

    def _doctype(self, *_: Any) -> None:
        raise BadFile(f"{self._here}: a DOCTYPE stands in this file. No ROR writes one, and it can name other files: it is not read. Nothing was loaded.")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.declared = encoding
        check_encoding(self._here, encoding, self.file.encoding, self.is_plain)

    def _outside(self, name: str, attributes: Attributes) -> None:
        """An element that opens around the rows, or opens a row."""
        uri, local = self._split(name)
        self.depth += 1
        if self._opens_row(local):
            self._prefixes.clear()  # its own: they stand in its text
            self._open_row(local if uri == NAMESPACE else f"{local} (of another namespace)", attributes)
            return
        self._declare()
        self._prefixes.clear()
        self._frame(uri, local, attributes)
        self.stack.append(local)

    def _opens_row(self, local: str) -> bool:
        if not self.stack:
            return False
        return self.stack[-1] in DIRECTORIES or (self.file.is_part and self.stack[-1] == "CSD" and local in ROWS)

    def _frame(self, uri: str, local: str, attributes: Attributes) -> None:
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        check_frame(self._here, uri, local, pairs)
        if not self.stack:
            check_root(self._here, local)
            named = _NAME.match(self._buffer, self.parser.CurrentByteIndex - self.base)
            self.scan.root = named[1] if named else b""
        self._check_depth()
        if local in DIRECTORIES:
            self.directories += 1
        elif local not in ANSWER and local not in ENVELOPE:
            self.scan.notes.leave(".".join((*self.stack, local)))

    def _open_row(self, local: str, attributes: Attributes) -> None:
        self.row_depth, self.nodes, self.has_rows = self.depth, 1, True
        self._children, self._named = [], []
        self._row = (local, entity_id(attributes), self.parser.CurrentByteIndex, self.parser.CurrentLineNumber)
        self.parser.StartElementHandler = self._inside

    def _inside(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        self.nodes += 1
        if self.depth == self.row_depth + 1 or name in WATCHED:
            self._watch(name, attributes)
        elif self.depth > DEEPEST:
            self._check_depth()

    def _watch(self, name: str, attributes: Attributes) -> None:
        if self.nodes > MOST_NODES or self._row is None or self.parser.CurrentByteIndex - self._row[2] > MOST_BYTES:
            return  # it is too large to be read
        if self.depth == self.row_depth + 1 or name == FAMILY:
            self._children.append((self._split(name)[1], attributes))
        if name in NAMING and (entity := entity_id(attributes)):
            self._named.append((NAMING[name], entity))

    def _check_depth(self) -> None:
        if self.depth > DEEPEST:
            raise BadFile(f"{self._here}: more than {DEEPEST} elements stand in one another. No ROR writes that. Nothing was loaded.")

    def _end(self, _name: str) -> None:
        if self._row is None:
            self.stack.pop()
        elif self.depth == self.row_depth:
            self._close_row(self._row)
        self.depth -= 1

    def _close_row(self, row: tuple[str, str, int, int]) -> None:
        kind, entity, start, line = row
        end = self._end_of_row(start)
        too_large = end - start > MOST_BYTES or self.nodes > MOST_NODES or start < self.base
        text = b"" if too_large else bytes(self._buffer[start - self.base : end - self.base])
        self.found.append(Row(kind, entity, start, end - start, line, too_large, text, tuple(self._children), tuple(self._named)))
        self._row = None
        self.parser.StartElementHandler = self._outside

    def _end_of_row(self, start: int) -> int:
        """Where the bytes of a row end: behind its only tag, or behind its closing tag, at which the parser stands."""
        here = self.parser.CurrentByteIndex
        if self.nodes == 1 and start >= self.base:
            tag = _TAG.match(self._buffer, start - self.base)
            if tag and tag[0].endswith(b"/>"):
                return self.base + tag.end()
        found = self._buffer.find(b">", here - self.base)
        return here if found < 0 else self.base + found + 1

    def _split(self, name: str) -> tuple[str, str]:
        found = self._locals.get(name)
        if found is None:
            uri, _, local = name.rpartition("}")
            self._locals[name] = found = uri, local
        return found


def entity_id(attributes: Attributes) -> str:
    """The entityID among attributes, '' without."""
    for place in range(0, len(attributes), 2):
        if attributes[place] == "entityID":
            return attributes[place + 1].strip()
    return ""
