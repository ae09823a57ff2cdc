"""An element of a row while it is read: what a reader takes from it is gone; what is left at the end has no place in the model, and is counted.

Names are local names of the namespace of the ROR; where the schema misspells one, the reader gives both spellings.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree

from graph.record import Notes
from loaders.ror.codes import concept
from loaders.ror.values import LONGEST_SHOWN, FieldFault
from loaders.ror.xml.frame import NAMESPACE

SPACE: Final = f"{{{NAMESPACE}}}"
RECORD: Final = SPACE + "record"
EXTENSION: Final = SPACE + "extension"
LONGEST_NUMBER: Final = 15  # digits
BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}

Tree = ElementTree.Element


class Node:
    """An element and how it is called in a message: `facility.extension.careMode`. Every element of a file passes here: calls are saved, not lines."""

    __slots__ = ("element", "path")

    def __init__(self, element: Tree, path: str) -> None:
        self.element, self.path = element, path

    def child(self, *names: str) -> "Node | None":
        """The first element of that name, None without one. `names`: spellings."""
        for name in names:
            found = self.element.find(SPACE + name)
            if found is not None:
                return Node(found, f"{self.path}.{name}")
        return None

    def children(self, *names: str) -> list["Node"]:
        """All elements of that name."""
        return [Node(found, f"{self.path}.{name}") for name in names for found in self.element.findall(SPACE + name)]

    def attribute(self, *names: str) -> str | None:
        """An attribute, taken; None where it is missing or blank."""
        attributes = self.element.attrib
        for name in names:
            if name in attributes:
                return attributes.pop(name).strip() or None
        return None

    @property
    def content(self) -> str | None:
        """The element's own text, taken, with single blanks; None where it is blank."""
        return _taken_text(self.element)

    def text(self, *names: str) -> str | None:
        """The text of a child, taken."""
        for name in names:
            found = self.element.find(SPACE + name)
            if found is not None:
                return _taken_text(found)
        return None

    def boolean(self, *names: str) -> bool | None:
        """A child that says true or false. Raises FieldFault for anything else."""
        text = self.text(*names)
        if text is None:
            return None
        if text.lower() not in BOOLEANS:
            raise FieldFault(self._path_of(names), f"'{text[:LONGEST_SHOWN]}' is neither true nor false.")
        return BOOLEANS[text.lower()]

    def number(self, *names: str) -> int | None:
        """A child that is a whole number. Raises FieldFault for anything else."""
        text = self.text(*names)
        return None if text is None else whole_number(self._path_of(names), text)

    def _path_of(self, names: Sequence[str]) -> str:
        found = self.child(*names)
        return found.path if found else self.path

    def code(self, place: str, *names: str) -> str | None:
        """The concept of a coded child, taken: nomenclature of `place` in the model (loaders.ror.codes); None where it has no code.

        The scheme is not looked at: it is that of the place, whatever the file says (K-5).
        """
        for name in names:
            found = self.element.find(SPACE + name)
            if found is not None:
                code = _taken_code(found)
                return concept(place, None, code) if code else None
        return None

    def codes(self, place: str, *names: str) -> list[str]:
        """The concepts of all coded children of that name, each once."""
        found = [code for name in names for one in self.element.findall(SPACE + name) if (code := _taken_code(one))]
        return list(dict.fromkeys(concept(place, None, code) for code in found)) if found else []

    def bare_code(self) -> str | None:
        """The code of this coded element, taken with its scheme."""
        return _taken_code(self.element)

    def extension(self) -> "Node":
        """What the extension elements of this one hold, as one element; without any an empty one."""
        found = self.element.findall(EXTENSION)
        if not found:
            return Node(ElementTree.Element(EXTENSION), f"{self.path}.extension")
        first, *others = found
        for other in others:
            first.extend(list(other))
            self.element.remove(other)
        return Node(first, f"{self.path}.extension")

    def leave(self, notes: Notes) -> None:
        """Count all that nobody took."""
        _leave(self.element, self.path, notes)


def _taken_text(element: Tree) -> str | None:
    text, element.text = element.text, None
    return " ".join(text.split()) or None if text else None


def _taken_code(element: Tree) -> str | None:
    attributes = element.attrib
    attributes.pop("codingScheme", None)
    return attributes.pop("code", "").strip() or None


def whole_number(path: str, text: str) -> int:
    """A whole number as text. Raises FieldFault."""
    digits = text.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER):
        raise FieldFault(path, f"'{text[:LONGEST_SHOWN]}' is not a whole number.")
    return int(text)


def _leave(element: Tree, path: str, notes: Notes) -> None:
    """Count what is left of an element. The metadata of a part (`record`) that nobody wanted is one thing; `type` and `urn` of an extension frame only."""
    if element.tag != EXTENSION:
        _leave_own(element, path, notes)
    elif element.text and not element.text.isspace():
        notes.leave(path)
    for child in element:
        if child.tail and not child.tail.isspace():
            notes.leave(path)
        if child.tag == RECORD and child.get("created") is not None:
            notes.leave(_inner(path, RECORD))
        elif len(child):
            _leave(child, _inner(path, child.tag), notes)
        elif child.tag != EXTENSION and (child.text or child.items()):
            _leave_own(child, _inner(path, child.tag), notes)


def _leave_own(element: Tree, path: str, notes: Notes) -> None:
    for name, _ in element.items():
        notes.leave(f"{path}@{_local(name)}")
    if element.text and not element.text.isspace():
        notes.leave(path)


@lru_cache(4096)
def _inner(path: str, name: str) -> str:
    return f"{path}.{_local(name)}"


@lru_cache(4096)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def parsed(frame: tuple[bytes, bytes], texts: Sequence[bytes]) -> list[Tree]:
    """The elements of some rows, which stand in one frame. Their file was parsed as a whole before: there is no DOCTYPE, and no entity of its own, in it."""
    parser = ElementTree.XMLParser(encoding="utf-8")
    parser.feed(b"".join((frame[0], *texts, frame[1])))
    return list(parser.close())
