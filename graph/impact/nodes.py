"""The impacted objects of an answer, with depth and witness (docs/impact.md, I-13, I-22, I-25)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from graph.impact.breaks import Path
from graph.impact.confidence import Grounds
from graph.impact.inventory import Evidence
from graph.impact.items import NAMES_WITHOUT_USAGE
from graph.impact.projection import Projection
from graph.impact.rollup import ByTerritory, Rollup, item_territories, worst_territory
from graph.impact.severity import ORDER, Severity, TouchedItem
from graph.impact.verdict import ImpactedNode, ItemVerdict, TerritorySeverity
from graph.impact.walk import Walk


class Weighed(NamedTuple):
    """A touched item with its witness, confidence and waits, worked out once."""

    item: TouchedItem
    path: Path
    to_usage: Path
    evidence: Evidence
    waits_for: tuple[str, ...]
    rank: tuple[int, int, int, Path, int, int]
    """The order in which items stand for what they carry: severity, then I-25."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the inventory says of an object that an answer names."""

    kind: str
    code: str
    name: str
    owner: str | None = None


class Nodes:
    """Writes the impacted objects of one question."""

    def __init__(self, projection: Projection, found: Walk, grounds: Grounds, touched: Sequence[TouchedItem], rollup: Rollup) -> None:
        self.projection = projection
        self.found = found
        self.rollup = rollup
        self.weighed = sorted((self._weigh(item, grounds) for item in touched), key=attrgetter("rank"))
        self._heads: dict[tuple[int, int], Weighed] = {}
        for weighed in self.weighed:
            self._heads.setdefault((weighed.item.slot.usage, weighed.item.territory), weighed)
        self._depths = self._usage_depths()

    def _weigh(self, item: TouchedItem, grounds: Grounds) -> Weighed:
        path = item.stop or item.carriers[0].path
        usage = item.slot.usage
        to_usage = (*self._to_flow(item), self.projection.names.usages[usage]) if usage >= 0 else path
        evidence = item.carriers[0].evidence if item.carriers else 0
        rank = (ORDER[item.severity], len(path), evidence, path, usage, item.territory)
        return Weighed(item, path, to_usage, grounds.of_item(item), grounds.waits_for(item), rank)

    def _to_flow(self, item: TouchedItem) -> Path:
        """The path up to the flow that serves the usage."""
        if item.carriers:
            arrival = item.carriers[0]
            return arrival.path[:-1] if len(arrival.path) > 2 else self.found.flow_paths[arrival.flow]
        return (*(item.stop or ()), self.projection.flows[item.slot.flows[0]].source.code)

    def _usage_depths(self) -> dict[int, int]:
        depths: dict[int, int] = {}
        for number, path in self.found.flow_paths.items():
            flow = self.projection.flows[number]
            for usage in () if flow.source.feed else flow.usages:
                depths[usage] = min(depths.get(usage, len(path)), len(path))
        for weighed in self.weighed:
            if weighed.item.stop and weighed.item.slot.usage >= 0:
                usage, depth = weighed.item.slot.usage, len(weighed.to_usage) - 1
                depths[usage] = min(depths.get(usage, depth), depth)
        return depths

    def _depth(self, weighed: Weighed) -> int:
        """Relations to the nearest hit on its application: the first of the walk."""
        return 0 if weighed.item.stop else self.found.by_application[weighed.item.slot.application][0].depth

    def items(self) -> tuple[ItemVerdict, ...]:
        """The finest rows, the worst first."""
        return tuple(self._item(weighed) for weighed in self.weighed)

    def _item(self, weighed: Weighed) -> ItemVerdict:
        slot = weighed.item.slot
        return ItemVerdict(
            application=self.projection.applications[slot.application].source.code,
            usage=self._usage_name(slot.usage),
            territory=self._territory(weighed.item.territory),
            severity=weighed.item.severity,
            criticality=slot.criticality,
            depth=len(weighed.path) - 1,
            witness=weighed.path,
            confidence=weighed.evidence,
            rests_on_default=weighed.item.by_default,
            waits_for=weighed.waits_for,
        )

    def _usage_name(self, usage: int) -> str:
        return NAMES_WITHOUT_USAGE.get(usage) or self.projection.names.usages[usage]

    def _territory(self, region: int) -> str:
        return self.projection.names.region_codes(region)[0]

    def applications(self) -> tuple[ImpactedNode, ...]:
        """Applications by their worst item."""
        grouped = _group(self.weighed, lambda weighed: weighed.item.slot.application)
        return _sorted(self._application(number, members) for number, members in grouped.items())

    def _application(self, number: int, members: list[Weighed]) -> ImpactedNode:
        source = self.projection.applications[number].source
        by_territory = item_territories([weighed.item for weighed in members])
        head = members[0]
        return self._node(Known("application", source.code, source.name, source.owner), by_territory, self._depth(head), head, head.path)

    def usages(self) -> tuple[ImpactedNode, ...]:
        """Usages (I-22)."""
        nodes = []
        for usage in self.projection.inventory.usages:
            by_territory = self.rollup.usages.get(usage.code)
            if by_territory:
                number = self.projection.names.usage_number[usage.code]
                head = self._heads[number, worst_territory(by_territory)[0]]
                nodes.append(self._node(Known("usage", usage.code, usage.name), by_territory, self._depths[number], head, head.to_usage))
        return _sorted(nodes)

    def steps(self) -> tuple[ImpactedNode, ...]:
        """Steps, by code, or PATHWAY/STEP where the code alone is not unique."""
        return _sorted(self._supported("step", place, by_territory) for place, by_territory in self.rollup.steps.items())

    def pathways(self) -> tuple[ImpactedNode, ...]:
        """Pathways (I-23)."""
        return _sorted(self._supported("pathway", (code, None), by_territory) for code, by_territory in self.rollup.pathways.items())

    def _supported(self, kind: str, place: tuple[str, str | None], by_territory: ByTerritory) -> ImpactedNode:
        """A step, or a pathway: through its steps, one relation further, or the usages that support it as a whole."""
        ways = [
            (number, step)
            for number, usage in enumerate(self.projection.inventory.usages)
            for support in usage.supports
            if support.pathway == place[0] and (place[1] is None or support.step == place[1]) and number in self._depths
            for step in [support.step]
        ]
        numbers = {number for number, _ in ways}
        territory, _ = worst_territory(by_territory)
        head = min((self._heads[number, territory] for number in numbers if (number, territory) in self._heads), key=attrgetter("rank"))
        depth = min(self._depths[number] + (1 if place[1] is not None or step is None else 2) for number, step in ways)
        middle = [step for number, step in ways if number == head.item.slot.usage]
        tail = _tail(place, middle)
        name = self._name(place)
        code = place[0] if place[1] is None else self.step_code(place[0], place[1])
        return self._node(Known(kind, code, name), by_territory, depth, head, (*head.to_usage, *tail))

    def _name(self, place: tuple[str, str | None]) -> str:
        pathway = next(p for p in self.projection.inventory.pathways if p.code == place[0])
        return pathway.name if place[1] is None else next(step.name for step in pathway.steps if step.code == place[1])

    def step_code(self, pathway: str, step: str) -> str:
        """A step's code, with its pathway where another pathway has a step of that code."""
        holders = sum(item.code == step for other in self.projection.inventory.pathways for item in other.steps)
        return step if holders == 1 else f"{pathway}/{step}"

    def territories(self) -> tuple[ImpactedNode, ...]:
        """Territories (I-24)."""
        names = {region.code: region.name for region in self.projection.inventory.regions}
        grouped = _group(self.weighed, lambda weighed: weighed.item.territory)
        nodes = []
        for territory, severity in self.rollup.territories.items():
            code = self._territory(territory)
            members = grouped[territory]
            head = members[0]
            depth = min(self._depth(weighed) for weighed in members) + 1
            nodes.append(self._node(Known("territory", code, names.get(code, "")), {territory: severity}, depth, head, (*head.path, code)))
        return _sorted(nodes)

    def _node(self, known: Known, by_territory: ByTerritory, depth: int, head: Weighed, witness: Path) -> ImpactedNode:
        _, severity = worst_territory(by_territory)
        return ImpactedNode(
            kind=known.kind,
            code=known.code,
            name=known.name,
            severity=severity,
            territories=tuple(TerritorySeverity(self._territory(t), s) for t, s in sorted(by_territory.items())),
            depth=depth,
            witness=witness,
            owner=known.owner,
            confidence=head.evidence,
            rests_on_default=severity is Severity.RUPTURE and head.item.by_default,
            waits_for=head.waits_for,
        )


def _tail(place: tuple[str, str | None], middle: Sequence[str | None]) -> Path:
    pathway, step = place
    if step is not None:
        return (step,)
    through = sorted(code for code in middle if code is not None)
    return (pathway,) if None in middle or not through else (through[0], pathway)


def _group(weighed: Iterable[Weighed], key: Callable[[Weighed], int]) -> dict[int, list[Weighed]]:
    """The items of each key, the worst first as they are given."""
    grouped: dict[int, list[Weighed]] = defaultdict(list)
    for item in weighed:
        grouped[key(item)].append(item)
    return grouped


def _sorted(nodes: Iterable[ImpactedNode] | Iterator[ImpactedNode]) -> tuple[ImpactedNode, ...]:
    return tuple(sorted(nodes, key=lambda node: (ORDER[node.severity], node.code)))
