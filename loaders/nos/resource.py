"""A FHIR resource of a nomenclature as it was read, with what its rows need: where a code stands, and a row as a resource of its own."""

import json
import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph.errors import BadFile
from graph.record import Place
from loaders.files import InputFile
from loaders.nos.statements import short_name

KEPT: Final = ("resourceType", "id", "url", "identifier", "name", "date", "version", "description")  # in a rejects file
CODES: Final = re.compile(r'"code"\s*:\s*"((?:[^"\\]|\\.)*)"')
OID: Final = "urn:oid:"


class Faulty(BadFile):
    """A resource whose form is not that of FHIR."""

    def __init__(self, file: InputFile, path: str, rule: str) -> None:
        super().__init__(f"{file.name}, {path}: {rule}; something else stands there. Nothing was loaded.")


class Where:
    """The line at which each code stands: the text is searched, since the JSON parser does not say it. A code asked for again is its next occurrence."""

    def __init__(self, text: str, line: int | None = None) -> None:
        self._line = line
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._starts: dict[str, deque[int]] = defaultdict(deque)
        for match in CODES.finditer(text):
            self._starts[_unescaped(match[1])].append(match.start())

    @classmethod
    def of_line(cls, line: int) -> "Where":
        """Everything stands in this line."""
        return cls("", line)

    def line(self, code: object) -> int:
        """Line of the next occurrence of a code; 1 where it is not found."""
        starts = self._starts.get(code) if isinstance(code, str) else None
        if self._line is not None or not starts:
            return self._line or 1
        return bisect_right(self._ends, starts.popleft()) + 1


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"')) if "\\" in text else text
    except ValueError:
        return text


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a file: its content, and where its codes stand."""

    file: InputFile
    said: Mapping[str, Any]
    where: Where

    @property
    def place(self) -> Place:
        """Where the resource itself stands, as far as it is known."""
        return self.file.place(self.where.line(None))

    def at(self, code: object) -> Place:
        """Where a code stands."""
        return self.file.place(self.where.line(code))

    def whole(self) -> str:
        """The resource on one line."""
        return orjson.dumps(self.said).decode()

    def alone(self, content: Mapping[str, Any]) -> str:
        """One row as a resource of its own, on one line, for a rejects file."""
        return orjson.dumps({**{name: self.said[name] for name in KEPT if name in self.said}, **content}).decode()

    def objects(self, holder: Mapping[str, Any], name: str, path: str) -> Iterator[Mapping[str, Any]]:
        """The objects of a list. Raises BadFile where it is no list of objects."""
        held = holder.get(name, [])
        if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
            raise Faulty(self.file, path, "a list of objects is expected")
        yield from held


def text_of(holder: Mapping[str, Any], name: str) -> str:
    """A text of an object, '' where there is none."""
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""


def texts(holder: Mapping[str, Any], name: str) -> list[str]:
    """The same as a list of none or one."""
    value = text_of(holder, name)
    return [value] if value else []


def objects(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a list, whatever else stands in it."""
    held = holder.get(name)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def system_of(address: str) -> str:
    """The nomenclature that an address names: TRE_R227, an OID, '' for one that is not of the NOS.

    >>> system_of("https://mos.esante.gouv.fr/NOS/TRE_R227-ChampActivite/FHIR/TRE-R227-ChampActivite"), system_of("urn:oid:1.2.3"), system_of("http://loinc.org")
    ('TRE_R227', '1.2.3', '')
    """
    if address.startswith(OID):
        return address.removeprefix(OID)
    named = short_name(address)
    return named[1] if named else ""
