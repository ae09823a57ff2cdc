"""What all sources say of some nodes: read once a batch, and only for nodes that several sources state (M-2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from graph.model.kinds import NodeType, Value
from graph.reads import plain
from graph.record import Item, Props
from graph.store.connection import Store
from graph.writing import statements
from graph.writing.claims import Claim
from graph.writing.merging import Stated, told_of
from graph.writing.packing import unpacked


@dataclass(frozen=True, slots=True)
class Known:
    """One node: the entries of its `said`, its own values, and what the sources state, in `told_by` or in their SourceRecords (by source)."""

    said: tuple[str, ...]
    values: Props
    told: Mapping[str, Props]
    records: Mapping[str, Item]

    def stated(self, found: Sequence[Claim]) -> Stated:
        """What these live sources state. Of one that has neither `told_by` nor record the node's own values: it was alone until now."""
        return [(claim, self.statement(claim.source)) for claim in found]

    def statement(self, source: str) -> Props:
        """What one source states."""
        if source in self.told:
            return self.told[source]
        return self.records[source].props if source in self.records else self.values


Knowledge = Mapping[str, Known]
NOTHING: Final[Knowledge] = MappingProxyType({})


def known_of(store: Store, node: NodeType, keys: Sequence[str]) -> Knowledge:
    """What is known of these nodes, by key; a key that the store does not have is left out."""
    if not keys:
        return NOTHING
    return {key: _known(node, key, said, told, props, records) for key, said, told, props, records in store.stream(statements.known(node), keys=list(keys))}


def _known(node: NodeType, key: str, said: list[str] | None, told: list[str] | None, props: Mapping[str, Any], records: list[list[str]]) -> Known:
    names = [one.name for one in node.properties]
    values: dict[str, Value] = {name: _value(props[name]) for name in names if props.get(name) is not None}
    items = {source: unpacked(node.label, key, statement.encode()) for source, statement in records}
    return Known(tuple(said or ()), values, told_of(node.label, told or ()), items)


def _value(value: Any) -> Value:
    found: Value = list(value) if isinstance(value, list) else plain(value)
    return found
