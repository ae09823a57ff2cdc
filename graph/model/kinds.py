"""What a node type and a relation type are. The model itself is data: nodes.py and relations.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Value = str | int | float | bool | date | list[str] | None


class Kind(StrEnum):
    """Type of a property, the same on every node that has it. INSTANT is ISO 8601 text in UTC; JSON is text."""

    TEXT = "text"
    TEXTS = "texts"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DATE = "date"
    INSTANT = "instant"
    JSON = "json"


PYTHON_TYPES: Mapping[Kind, type] = {
    Kind.TEXT: str,
    Kind.TEXTS: list,
    Kind.INT: int,
    Kind.FLOAT: float,
    Kind.BOOL: bool,
    Kind.DATE: date,
    Kind.INSTANT: str,
    Kind.JSON: str,
}


class Impact(StrEnum):
    """In which direction a relation carries impact (docs/architecture.md, invariant 9)."""

    NONE = "none"
    FORWARD = "forward"  # its start stops: its end is hit
    BACKWARD = "backward"  # its end stops: its start is hit
    BOTH = "both"  # a feed: both ways
    LAST = "last"  # its end stops: its start is hit when no other is left


@dataclass(frozen=True, slots=True)
class Property:
    """One property. `personal`: never in a log nor an error; in a change only that it changed."""

    name: str
    kind: Kind
    personal: bool = False


@dataclass(frozen=True, slots=True)
class NodeType:
    """One label: French term, key property, properties; where the definition comes from.

    `searched`: properties that are searched, the name first: its folded text is kept in `folded` (range index: prefix), that of all and the key in
    `words` (full text). Two properties: the embedded server takes one index a property.
    `indexed`: further properties with a range index. `seconds`: second labels by the value of `kind`.
    `merged`: several sources give their properties to one node, property by property (M-2); else the leader gives all (M-3).
    `leaders`: sources that lead this label before all others, whatever their rank. `newest`: the property whose largest value leads (a capacity).
    """

    label: str
    fr: str
    key: str
    properties: tuple[Property, ...]
    source: str
    searched: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    seconds: Mapping[str, str] = field(default_factory=dict)
    personal: bool = False
    merged: bool = False
    leaders: tuple[str, ...] = ()
    newest: str = ""

    @property
    def names(self) -> frozenset[str]:
        """Names of the properties, the key included."""
        return frozenset(p.name for p in self.properties) | {self.key}


@dataclass(frozen=True, slots=True)
class RelationType:
    """One relation type with the pairs of labels it may join, French names in both directions, and its impact.

    `one`: the start has at most one that counts; several sources may state it, the leader's holds (M-3).
    `owned`: the end exists only with its start (a contact, a tariff): it goes when the relation goes.
    `spreads`: a start has thousands of ends, an end few starts (most relations gather: an end has the thousands).
    `each`: every source states its own, also where another one leads (M-3).
    `apart`: of no source's statement of its start: who writes it ends it.
    """

    type: str
    ends: tuple[tuple[NodeType, NodeType], ...]
    fr: tuple[str, str]
    source: str
    impact: Impact = Impact.NONE
    properties: tuple[Property, ...] = ()
    one: bool = False
    owned: bool = False
    spreads: bool = False
    each: bool = False
    apart: bool = False


def properties(text: str) -> tuple[Property, ...]:
    """Read `name`, `name:kind` and `name*` (personal), separated by blanks.

    >>> properties("name opened_on:date rpps_rank*")[1:]
    (Property(name='opened_on', kind=<Kind.DATE: 'date'>, personal=False), Property(name='rpps_rank', kind=<Kind.TEXT: 'text'>, personal=True))
    """
    return tuple(_property(word) for word in text.split())


def _property(word: str) -> Property:
    name, _, kind = word.rstrip("*").partition(":")
    return Property(name, Kind(kind or "text"), word.endswith("*"))


STAMPS = properties("source run first_seen:instant last_seen:instant gone_on:date")  # of every node and relation (invariant 5)
NODE_STAMPS = (*STAMPS, *properties("said:texts told_by:texts* lead:int stub:bool folded words"))  # M-2, M-3, M-5, M-8; M-10; search copies
