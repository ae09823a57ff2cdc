"""XML files as rows: each child of the named parents is one row, with its line and its text as it stands. Memory does not grow with the file.

The reader is expat, with what it could be tricked by switched off: a DOCTYPE is refused, so there are no entities and nothing else is read; depth,
the size of a row and of a single tag are bounded. Names come without their prefix, since producers differ in theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from xml.parsers import expat

from graph.errors import BadFile
from graph.record import Place, Rejected
from loaders.files import InputFile

DEEPEST: Final = 100  # levels; the deepest of the known formats has some 20
LARGEST_ROW: Final = 1 << 20  # bytes, like the longest line of a text file; the largest of the known samples has some 60,000
NAMES_KEPT: Final = 4096
TRUE: Final = frozenset({"true", "1"})


class Element:
    """An element: name and attributes without prefix, children in their order, its text where it has no children; line 1 is the first of the file."""

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, line: int, attributes: dict[str, str]) -> None:  # written out: a national file makes some 50 million of them
        self.name, self.line, self.attributes, self.text = name, line, attributes, ""
        self.children: list[Element] = []

    def find(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Element]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def value(self, name: str) -> str:
        """The text of the first child of that name; '' where there is none, or where it is stated to be nil."""
        child = self.find(name)
        return "" if child is None or child.is_nil else child.text

    @property
    def is_nil(self) -> bool:
        """Whether it is stated to be empty (xsi:nil)."""
        return self.attributes.get("nil") in TRUE


class XmlRow(NamedTuple):
    """A row: where it starts, its text in the file, the name of the element that holds it, and its content."""

    place: Place
    text: str
    parent: str
    element: Element


class XmlHead(NamedTuple):
    """What stands before the first row: its text, and the elements open there, the root first, with their attributes (xmlns too)."""

    text: str
    open: tuple[tuple[str, dict[str, str]], ...]


def xml_rows(file: InputFile, parents: frozenset[str]) -> Iterator[XmlRow | Rejected]:
    """The rows of a file: the children of the elements named in `parents`. A row over LARGEST_ROW is rejected, the next ones go on.

    Raises BadFile where the file is not well-formed XML, has a DOCTYPE, or nests deeper than DEEPEST. The end of a rejects file may lack the closing
    tags of what holds the rows.
    """
    reader = _Reader(file, parents)
    for chunk in file.chunks():
        reader.feed(chunk)
        yield from reader.take()
    reader.finish()
    yield from reader.take()


def xml_head(file: InputFile, parents: frozenset[str]) -> XmlHead:
    """What stands before the first row. Raises BadFile as above, and where no element is named like one of `parents`."""
    reader = _Reader(file, parents)
    for chunk in file.chunks():
        reader.feed(chunk)
        if reader.head is not None:
            return reader.head
    reader.finish()
    raise BadFile(f"{file.name}: no element {' or '.join(sorted(parents))} in it. Nothing was loaded.")


class _Reader:
    """One pass of expat over one file. `head`: once the first parent is open."""

    def __init__(self, file: InputFile, parents: frozenset[str]) -> None:
        self._file, self._parents = file, parents
        self._encoding = file.encoding.removesuffix("-sig")
        self._expat = expat.ParserCreate(self._encoding)  # what its bytes are, whatever the declaration says
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._doctype
        self._expat.CommentHandler = self._expat.ProcessingInstructionHandler = self._pass
        self._expat.StartElementHandler, self._expat.EndElementHandler = self._start_outside, self._end_outside
        self._expat.CharacterDataHandler = self._pass
        self._open: list[tuple[str, dict[str, str]]] = []  # outside a row
        self._stack: list[Element] = []  # from the row inwards
        self._pieces: list[str] = []  # of the text of the innermost
        self._row_start = self._passed = 0  # bytes of the file; what lies before `_passed` is no longer needed
        self._kept, self._kept_from, self._fed = bytearray(), 0, 0
        self._skipped = 0  # levels open of a row that is too large
        self._rows: list[XmlRow | Rejected] = []
        self.head: XmlHead | None = None

    def feed(self, chunk: bytes) -> None:
        """Read on. Raises BadFile."""
        self._kept += chunk
        self._fed += len(chunk)
        self._parse(chunk, final=False)
        if self._stack and self._fed - self._row_start > LARGEST_ROW:
            self._skip()
        keep_from = self._row_start if self._stack else self._passed
        del self._kept[: keep_from - self._kept_from]
        self._kept_from = keep_from
        if len(self._kept) > 2 * LARGEST_ROW:
            raise self._bad(f"something there is larger than {LARGEST_ROW:,} bytes")

    def take(self) -> list[XmlRow | Rejected]:
        """The rows complete since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def finish(self) -> None:
        """The file is at its end. Raises BadFile where an element is still open."""
        if not self._file.is_part:
            self._parse(b"", final=True)
        elif self._stack or self._skipped:
            raise self._bad("it ends inside an element")

    def _parse(self, chunk: bytes, *, final: bool) -> None:
        try:
            self._expat.Parse(chunk, final)
        except expat.ExpatError as problem:
            raise self._bad(f"not well-formed XML: {expat.ErrorString(problem.code)}") from problem

    def _bad(self, what: str) -> BadFile:
        line = self._expat.CurrentLineNumber + self._file.first - 1
        return BadFile(f"{self._file.name}, line {line}: {what}. Nothing of the file was loaded; fetch it again or correct it.")

    def _doctype(self, *_: object) -> None:
        raise self._bad("it has a DOCTYPE, which may hide entities and other files; a file of this format has none")

    def _pass(self, *_: object) -> None:
        if not self._stack and self.head is not None:
            self._passed = self._expat.CurrentByteIndex

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
        elif self._open and self._open[-1][0] in self._parents:
            self._row_start = self._expat.CurrentByteIndex
            self._expat.StartElementHandler, self._expat.EndElementHandler = self._start_inside, self._end_inside
            self._expat.CharacterDataHandler = self._pieces.append
            self._start_inside(name, attributes)
            return
        else:
            self._open_outside(local(name), attributes)
        self._pass()

    def _open_outside(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append((name, attributes))
        if len(self._open) > DEEPEST:
            raise self._too_deep()
        if self.head is None and name in self._parents:
            start = self._expat.CurrentByteIndex - self._kept_from
            end = self._kept.find(b">", start) + 1
            self.head = XmlHead(self._kept[:end].decode(self._encoding, "replace"), tuple(self._open))

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if attributes:
            attributes = {local(key): value for key, value in attributes.items()}
        element = Element(local(name), self._expat.CurrentLineNumber, attributes)
        stack = self._stack
        if stack:
            stack[-1].children.append(element)
            if len(stack) > DEEPEST:
                raise self._too_deep()
        stack.append(element)
        self._pieces.clear()

    def _too_deep(self) -> BadFile:
        return self._bad(f"elements in elements, more than {DEEPEST} deep")

    def _end_inside(self, _: str) -> None:
        element = self._stack.pop()
        if not element.children:
            element.text = "".join(self._pieces).strip()
        self._pieces.clear()
        if not self._stack:
            self._close_row(element)

    def _end_outside(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._open.pop()
        self._pass()

    def _close_row(self, element: Element) -> None:
        self._leave_row()
        end = self._passed = self._end_of(element)
        if end - self._row_start > LARGEST_ROW:
            self._rows.append(self._oversized(element))
            return
        text = self._kept[self._row_start - self._kept_from : end - self._kept_from].decode(self._encoding, "replace")
        self._rows.append(XmlRow(self._place(element), text, self._open[-1][0], element))

    def _leave_row(self) -> None:
        self._expat.StartElementHandler, self._expat.EndElementHandler = self._start_outside, self._end_outside
        self._expat.CharacterDataHandler = self._pass

    def _end_of(self, row: Element) -> int:
        """First byte after a row; at its end expat stands before `</name>`, or after `<name/>`."""
        here = self._expat.CurrentByteIndex - self._kept_from
        if not row.children and not row.text and self._kept[here - 2 : here] == b"/>":
            return here + self._kept_from
        return self._kept.find(b">", here) + 1 + self._kept_from

    def _place(self, row: Element) -> Place:
        return self._file.place(row.line + self._file.first - 1)

    def _skip(self) -> None:
        """The row that is open grows too large: nothing of it is kept, its end is waited for."""
        self._rows.append(self._oversized(self._stack[0]))
        self._skipped = len(self._stack)
        self._stack.clear()
        self._pieces.clear()
        self._leave_row()
        self._passed = self._fed

    def _oversized(self, row: Element) -> Rejected:
        text = f"<!-- {row.name} of line {row.line}: too large to be kept here -->"  # so that the rejects file is XML still
        return Rejected(self._place(row), text, "", f"The element {row.name} is larger than {LARGEST_ROW:,} bytes.")


@lru_cache(NAMES_KEPT)
def local(name: str) -> str:
    """A name without its prefix.

    >>> local("csd:facility"), local("facility")
    ('facility', 'facility')
    """
    return name.rpartition(":")[2]
