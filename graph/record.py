"""What a loader hands over for each row of a file: what the row asserts, why it is rejected, or the rule by which it is left.

A loader yields `Record`, `Rejected` and `Left` values; the pipeline writes, counts and reports them (docs/architecture.md, Data flow).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from graph.model.kinds import Value

Props = Mapping[str, Value]


class Ref(NamedTuple):
    """A node named by its label and key. It need not exist: then it becomes a stub (M-10)."""

    label: str
    key: str


class Link(NamedTuple):
    """A relation that a row asserts: type of the model, both ends, properties."""

    type: str
    start: Ref
    end: Ref
    props: Props = MappingProxyType({})


class Owned(NamedTuple):
    """A node that exists only with the item it hangs on (contact, telecom, hours, tariff, capacity); its key: owner and digest.

    `owned`: what hangs on it in turn (the telecoms of a contact). Their values are part of its key, so that a change of theirs is another node.
    """

    relation: str
    node: Ref
    props: Props
    owned: "tuple[Owned, ...]" = ()


class Said(NamedTuple):
    """How a ROR names and states an object beside its values (M-1): resource type or element, its id there, and properties of its SourceRecord.

    `stated`: declared_id, stated_finess, stated_id, stated_parent, stated_category, stated_closed_on, stated_closing_type, as that ROR says them.
    """

    type: str
    source_id: str
    stated: Props = MappingProxyType({})


class Dangling(NamedTuple):
    """A relation from an item to something that is known by a logical id of its source only, like `Organization/47` (M-10)."""

    relation: str
    end_id: str


@dataclass(frozen=True, slots=True)
class Item:
    """One object that a row asserts: its properties as the format states them (None: stated empty), and what hangs on it.

    A property that the format does not have is left out of `props`: a load then leaves its stored value alone.
    `links` start at this item and are its own: a change of theirs is a change of it. `hung` are relations that this row states beside its
    objects (a code of a value set, the place of a stub site): compared, written and ended one by one.
    `said`: only of a ROR, which has a SourceRecord of each object.
    """

    label: str
    key: str
    props: Props
    links: tuple[Link, ...] = ()
    owned: tuple[Owned, ...] = ()
    hung: tuple[Link, ...] = ()
    said: Said | None = None
    dangling: tuple[Dangling, ...] = ()

    @property
    def ref(self) -> Ref:
        """The node that this item is."""
        return Ref(self.label, self.key)


class Place(NamedTuple):
    """Where a row stands: file name as the user knows it, first line (1 is the first of the file)."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """A row that asserts objects: `items[0]` is its main one. `text` is the original row, for the rejects file."""

    place: Place
    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be loaded, and why: the field ('' for the whole row) and a whole sentence without personal data.

    `about`: the object of the row, where its key can be read: a full load does not end it.
    """

    place: Place
    text: str
    field: str
    reason: str
    about: Ref | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A row that the source leaves by a stated rule (a total, a status not used). Counted by rule, not in seen (invariant 7)."""

    place: Place
    rule: str


Event = Record | Rejected | Left


@dataclass(slots=True)
class Notes:
    """What a loader has to say beside its rows: encodings, and facts by name with how often and an example (merged communes...).

    `unplaced`: what the files hold and the model has no place for, by path (`Organization.extension.x`), how often. Never an example: it may be personal.
    """

    encodings: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    unplaced: dict[str, int] = field(default_factory=dict)

    def leave(self, path: str, times: int = 1) -> None:
        """Count what the model has no place for."""
        self.unplaced[path] = self.unplaced.get(path, 0) + times

    def remark(self, what: str, example: str) -> None:
        """Count one occurrence of `what`; the first example is kept."""
        self.remarks[what] = self.remarks.get(what, 0) + 1
        self.examples.setdefault(what, example)
