"""What a source says of an object beside what the graph says of it, which is what the leaders say (docs/graph_model.md, M-2, M-3, C-7).

Of a ROR its statement stands in a SourceRecord; of another source, in `told_by` of a node that several sources state. Nothing else is kept: what a source
says that alone gives all values of a node is what the node says.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from graph.comparing import OWNED, Difference, Json, differing, json_text, link_of, normal, owned_of, stored
from graph.model import RELATIONS
from graph.model.kinds import NodeType
from graph.reads import Row
from graph.record import Item, Props, Ref
from graph.writing.claims import Claim, claims, order, peers
from graph.writing.merging import LEADERS_ONLY, told_of
from graph.writing.packing import unpacked

OF_THE_SOURCE: Final = frozenset({"created_at", "updated_at", "source_region"})  # each source has its own: no difference
OF_EACH: Final = frozenset(relation.type for relation in RELATIONS.values() if relation.each or relation.apart)


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """What a source says otherwise than the graph. `said` and `held` are JSON, absent where nothing is said, and where `personal`: not shown.

    `leader`: the source that gives the value of the graph. Of a relation `said` and `held` list what only one of the two says.
    """

    source: str
    label: str
    object: str
    property: str
    said: str | None
    held: str | None
    leader: str | None
    personal: bool


class Standing:
    """An object as the graph holds it: its values, its live relations, and what its sources state, as far as a viewer is told (A-11)."""

    def __init__(self, node: NodeType, row: Row) -> None:
        self.node = node
        self.key: str = row["node"][node.key]
        self.values: Mapping[str, Any] = row["node"]
        self._links: list[Row] = row["links"]
        self._records: list[Row] = row["records"]
        self._withheld = frozenset(row["withheld"])

    @property
    def source(self) -> str | None:
        """The source that leads the node."""
        return self.values.get("source")

    @cached_property
    def claims(self) -> list[Claim]:
        """The sources that assert the node, the leader first."""
        return sorted(claims(self.values.get("said") or ()), key=lambda one: order(self.node, one))

    @cached_property
    def told(self) -> Mapping[str, Props]:
        """What the sources without records state, where several state the node."""
        return {source: self._shown(props) for source, props in told_of(self.node.label, self.values.get("told_by") or ()).items()}

    @cached_property
    def records(self) -> Mapping[str, Item]:
        """What each ROR states."""
        live = (one for one in self._records if one.get("gone_on") is None and one.get("statement"))
        return {one["source"]: self._told(unpacked(self.node.label, self.key, one["statement"].encode())) for one in live}

    def _shown(self, props: Props) -> Props:
        return {name: value for name, value in props.items() if name not in self._withheld} if self._withheld else props

    def _told(self, item: Item) -> Item:
        """A statement without what the viewer is told of no object."""
        if not self._withheld:
            return item
        links = tuple(one for one in item.links if one.type not in self._withheld)
        return replace(item, props=self._shown(item.props), links=links, owned=tuple(one for one in item.owned if one.relation not in self._withheld))

    def statement(self, source: str) -> Item | None:
        """What a source states of it, where that is kept beside the node."""
        if source in self.records:
            return self.records[source]
        return Item(self.node.label, self.key, self.told[source]) if source in self.told else None

    def leader_of(self, name: str, value: Json) -> str | None:
        """The source that gives this value of a property: of a merged node the first that states it, else the leader."""
        if not self.node.merged:
            return self.source
        giving = (one.source for one in self.claims if (said := self.statement(one.source)) and normal(said.props.get(name)) == value)
        return next(giving, self.source)

    def rival(self, relation: str, source: str) -> "Rival | None":
        """Whose relations of a type hold on the node instead of those of `source`; None where its own do.

        Of a merged node each tier has a leader of its own for relations, but where a start has one only the first of all holds (M-3).
        """
        links = [one for one in self._links if one["type"] == relation]
        if self.node.merged and RELATIONS[relation].one:
            first = min(links, key=lambda one: one["props"].get("source_rank") or 0, default=None)
            return Rival(first["props"].get("source"), (first,)) if first and first["props"].get("source") != source else None
        leader = self._before(source)
        return Rival(leader, tuple(one for one in links if one["props"].get("source") == leader)) if leader else None

    def held(self, rivals: Iterable["Rival"]) -> Item:
        """What the graph says of it, with these relations."""
        me, links = Ref(self.node.label, self.key), [link for rival in rivals for link in rival.links]
        return Item(
            *me,
            {one.name: stored(self.values.get(one.name)) for one in self.node.properties},
            tuple(link_of(me, one) for one in links if one["type"] not in OWNED),
            tuple(owned_of(one) for one in links if one["type"] in OWNED),
        )

    def _before(self, source: str) -> str | None:
        """The leader of the tier of a source, if another one leads it."""
        mine = next((one for one in self.claims if one.source == source), None)
        if mine is None:
            return self.source
        among = peers(mine, self.claims) if self.node.merged else self.claims
        return among[0].source if among[0].source != source else None


class Rival(NamedTuple):
    """A source and its live relations of one type on a node."""

    source: str | None
    links: tuple[Row, ...]


def differences_of(standing: Standing, source: str) -> list[DifferenceRow]:
    """What `source` says of an object otherwise than the graph, by name. What it does not say is no difference, but that it is open (C-7)."""
    said = standing.statement(source)
    if said is None:
        return []
    types = {one.type for one in said.links if one.type not in OF_EACH} | {one.relation for one in said.owned}
    rivals = {one: rival for one in types if (rival := standing.rival(one, source)) is not None}
    mine, held = _compared(said, rivals), _compared(standing.held(rivals.values()), rivals)
    found = [one for one in differing(mine, held) if one.name in RELATIONS or one.one is not None or one.name in LEADERS_ONLY]
    return [_row(standing, source, one, rivals) for one in sorted(found, key=lambda one: one.name)]


def _compared(item: Item, relations: Container[str]) -> Item:
    """An object without what each source has for itself, and with the relations of these types only."""
    return replace(
        item,
        props=_shared(item.props),
        links=tuple(one for one in item.links if one.type in relations),
        owned=tuple(one._replace(props=_shared(one.props)) for one in item.owned if one.relation in relations),
    )


def _shared(props: Props) -> Props:
    return {name: value for name, value in props.items() if name not in OF_THE_SOURCE}


def _row(standing: Standing, source: str, found: Difference, rivals: Mapping[str, Rival]) -> DifferenceRow:
    leader = rivals[found.name].source if found.name in rivals else standing.leader_of(found.name, found.other)
    said, held = (None, None) if found.personal else (json_text(found.one), json_text(found.other))
    return DifferenceRow(source, standing.node.label, standing.key, found.name, said, held, leader, found.personal)
