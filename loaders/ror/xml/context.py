"""What the readers of all elements share: the ROR, the local ids of its files, what to say beside the rows; and what an element says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graph.keys import unidentified
from graph.model.kinds import Value
from graph.record import Notes, Ref, Said
from loaders.ror.building import object_id
from loaders.ror.origin import Ror
from loaders.ror.values import FieldFault, instant
from loaders.ror.xml.element import Node
from loaders.ror.xml.frame import FACILITY, ORGANIZATION
from loaders.ror.xml.index import Index


@dataclass(frozen=True, slots=True)
class Context:
    """One load of XML files."""

    ror: Ror
    index: Index
    notes: Notes

    def structure(self, entity: str) -> Ref | None:
        """The legal or geographic entity of that entityID, as the files say, else the store."""
        known = self.index.find(ORGANIZATION, entity)
        return Ref(known.label, known.key or known.identifier or unidentified(self.ror.stamp, entity)) if known else None

    def unit(self, entity: str) -> Ref | None:
        """The unit or offer of that entityID, as the files say, else the store."""
        known = self.index.find(FACILITY, entity)
        return Ref(known.label, known.key or object_id(self.ror, known.identifier, entity)) if known else None


class Metadata(NamedTuple):
    """What a `record` says: instants, the directory that the object comes from, its internal id there (`recognation`)."""

    created: str | None = None
    updated: str | None = None
    directory: str | None = None
    internal: str | None = None

    def said(self, kind: str, entity: str, region: str | None, stated: Mapping[str, Value]) -> Said:
        """The SourceRecord of an element (M-1)."""
        told = {**stated, "region": region, "internal_id": self.internal, "source_directory": self.directory, "updated_at": self.updated}
        return Said(kind, entity, {name: value for name, value in told.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Unit:
    """A facility element: what it is, where its fields stand. `entity`: its entityID."""

    me: Ref
    entity: str
    node: Node
    extension: Node
    context: Context
    about: Metadata


def metadata(node: Node) -> Metadata:
    """The record of an element, taken. Raises FieldFault."""
    record = node.child("record")
    if record is None:
        return Metadata()
    created, updated = _when(record, "created"), _when(record, "updated")
    return Metadata(created, updated, record.attribute("sourceDirectory"), record.extension().text("recognation"))


def updated_at(node: Node) -> str | None:
    """When a part of an element changed: the one thing of its record that the model has a place for."""
    record = node.child("record")
    return _when(record, "updated") if record else None


def _when(record: Node, name: str) -> str | None:
    text = record.attribute(name)
    return instant(f"{record.path}@{name}", text) if text else None


def entity_of(node: Node) -> str:
    """The entityID of an element, taken. Raises FieldFault without one: nothing can name it."""
    entity = node.attribute("entityID")
    if entity is None:
        raise FieldFault("entityID", "The element has no entityID: nothing could name it.")
    return entity


def named(node: Node | None) -> str | None:
    """The entityID that an element names (`parent`, `equipment`), taken."""
    return node.attribute("entityID") if node else None
