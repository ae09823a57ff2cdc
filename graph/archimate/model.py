"""An ArchiMate model as both its files have it, the Open Exchange XML and Archi's CSV: elements, relationships, properties as text (docs/archimate.md)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

PREFIX: Final = "ror:"  # of the names of our own properties
UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]")

Properties = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Element:
    """An element: `type` as ArchiMate names it, like ApplicationComponent."""

    id: str
    type: str
    name: str
    documentation: str = ""
    properties: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship: `type` as the Open Exchange names it, like Flow; ends are ids. `access`: Read, Write, ReadWrite, of the type Access only."""

    id: str
    type: str
    source: str
    target: str
    name: str = ""
    documentation: str = ""
    properties: Properties = field(default_factory=dict)
    access: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A model; its own properties say of which data set it is."""

    id: str
    name: str
    elements: tuple[Element, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    properties: Properties = field(default_factory=dict)

    @property
    def with_properties(self) -> "tuple[Model | Element | Relationship, ...]":
        """All that may have properties, the model first."""
        return (self, *self.elements, *self.relationships)


def identifier(*parts: str) -> str:
    """An id that is the same in every export of the same thing, and a name of XML: readable where one part says it, else with a digest.

    >>> identifier("application", "ROR-IDF")
    'id-application-ROR-IDF'
    >>> identifier("serves", "I-IDF", "OFFER")
    'id-serves-c6ac0ad2c23d3afb'
    """
    if len(parts) == 2 and not UNSAFE.search(parts[1]):
        return f"id-{parts[0]}-{parts[1]}"
    return f"id-{parts[0]}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}"
