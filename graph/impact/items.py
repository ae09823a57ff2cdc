"""Items of the reference: (application, usage, territory of deployment), with criticality and weight (docs/impact.md, I-21, I-26).

Feeding makes one item of an application, what it receives without usage another. Feeds are no support of a usage (I-22), so what a
feed brings counts without usage.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.impact.projection import CompiledFlow, bits
from graph.impact.reference import Reference

FEEDING: Final = -1
NO_USAGE: Final = -2
NAMES_WITHOUT_USAGE: Final = {FEEDING: "FEEDING", NO_USAGE: "NO_USAGE"}
DEFAULT_CRITICALITY: Final = 3
CRITICAL_FROM: Final = 3
WEIGHTS: Final = {1: 1, 2: 2, 3: 4, 4: 8}


@dataclass(slots=True)
class Slot:
    """An application and one of its usages: flows that bring it (or feed), regions needed, criticality, territories of its items."""

    application: int
    usage: int
    flows: list[int]
    regions: int
    criticality: int
    by_default: bool
    counted: bool
    territories: int


def usages_of(flow: CompiledFlow) -> tuple[int, ...]:
    """The slots of what a flow brings to its receiver."""
    return flow.usages if flow.usages and not flow.source.feed else (NO_USAGE,)


class Items:
    """All items of a reference, touched or not: they are what the score divides by."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.projection = reference.projection
        self.slots: dict[tuple[int, int], Slot] = {}
        flows: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._brought: dict[int, int] = {}
        for number, flow in enumerate(self.projection.flows):
            if reference.lives[number]:
                self._brought[number] = self._regions(flow)
                for usage in usages_of(flow):
                    flows[flow.receiver, usage].append(number)
                if flow.source.feed:
                    flows[flow.caller, FEEDING].append(number)
        called = {self.projection.interfaces[f.interface].application for f in reference.flows if not f.source.feed}
        for (application, usage), numbers in sorted(flows.items()):
            self._add(application, usage, numbers, usage >= 0 or application not in called)

    def _add(self, application: int, usage: int, numbers: list[int], counted: bool) -> None:
        flows = [self.projection.flows[number] for number in numbers]
        regions = 0
        for number in numbers:
            regions |= self._brought[number]
        territories = self.projection.applications[application].territories
        if regions & territories == regions:
            territories = regions
        if not regions:
            return
        criticality = max((f.source.criticality for f in flows if f.source.criticality), default=None)
        criticality = criticality or self.projection.applications[application].source.criticality
        self.slots[application, usage] = Slot(
            application, usage, numbers, regions, criticality or DEFAULT_CRITICALITY, criticality is None, counted, territories
        )

    def _regions(self, flow: CompiledFlow) -> int:
        """Regions that a flow brings, of any class."""
        regions = 0
        for data_class in flow.attributes:
            regions |= self.reference.supplied(flow, data_class)
        return regions

    @cached_property
    def by_application(self) -> dict[int, list[Slot]]:
        """Slots of each application."""
        grouped: dict[int, list[Slot]] = defaultdict(list)
        for slot in self.slots.values():
            grouped[slot.application].append(slot)
        return grouped

    @cached_property
    def by_usage(self) -> dict[int, dict[int, list[Slot]]]:
        """Slots by territory of each usage (I-22)."""
        grouped: dict[int, dict[int, list[Slot]]] = defaultdict(lambda: defaultdict(list))
        for slot in self.slots.values():
            for territory in bits(slot.territories):
                grouped[slot.usage][territory].append(slot)
        return grouped

    @cached_property
    def weights(self) -> dict[int, int]:
        """Sum of the weights of the counted items, by territory (I-26)."""
        sums: dict[int, int] = defaultdict(int)
        for slot in self.slots.values():
            if slot.counted:
                for territory in bits(slot.territories):
                    sums[territory] += WEIGHTS[slot.criticality]
        return dict(sums)

    def needs(self, slot: Slot, data_class: int) -> int:
        """Regions of a class that a slot needs."""
        regions = 0
        for number in slot.flows:
            flow = self.projection.flows[number]
            if data_class in flow.attributes:
                regions |= self.reference.supplied(flow, data_class)
        return regions

    def scope(self, application: int, territory: int) -> tuple[int, int]:
        """Regions that an item in a territory is about: the territory, and those where the application is not deployed (I-21)."""
        return territory, self.projection.names.everywhere & ~self.projection.applications[application].territories

    def usage_name(self, usage: int) -> str:
        """Code of a usage, FEEDING or NO_USAGE."""
        return NAMES_WITHOUT_USAGE.get(usage) or self.projection.names.usages[usage]

    def name(self, slot: Slot, territory: int) -> str:
        """APPLICATION/USAGE@TERRITORY."""
        return f"{self.projection.applications[slot.application].source.code}/{self.usage_name(slot.usage)}@{self.projection.names.region_codes(territory)[0]}"
