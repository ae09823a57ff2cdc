"""Severity of the items that the walk touched (docs/impact.md, I-20, I-21)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.impact.breaks import Break, Path
from graph.impact.candidates import Supplies
from graph.impact.items import FEEDING, Items, Slot, usages_of
from graph.impact.judge import Judgement, Outcome
from graph.impact.overlay import Overlay
from graph.impact.projection import CompiledFlow, bits
from graph.impact.walk import Arrival, Walk


class Severity(StrEnum):
    """Severity, the worst first (I-21)."""

    RUPTURE = "RUPTURE"
    DEGRADED = "DEGRADED"
    TO_MIGRATE = "TO_MIGRATE"
    INFORMED = "INFORMED"


ORDER: Mapping[Severity, int] = {severity: i for i, severity in enumerate(Severity)}


def worst(severities: Iterator[Severity] | list[Severity]) -> Severity | None:
    """The worst of some severities, None of none."""
    return min(severities, key=ORDER.__getitem__, default=None)


@dataclass(slots=True)
class Need:
    """A class of a slot: regions touched, by what becomes of them, and the arrivals that touched it."""

    touched: int = 0
    moved: int = 0
    part: int = 0
    lost: int = 0
    declared_lost: int = 0
    """Regions lost that a flow with declared classes brought: the loss does not rest on I-7."""
    arrivals: list[Arrival] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TouchedItem:
    """An item with its severity. `carriers`: the arrivals that carry it, none when the application itself stops."""

    slot: Slot
    territory: int
    severity: Severity
    carriers: tuple[Arrival, ...]
    stop: Path | None
    by_default: bool
    """A RUPTURE that rests on I-7 or on the default of I-21."""


class Severities:
    """Finds the touched items of a question."""

    def __init__(
        self, overlay: Overlay, items: Items, supplies: Supplies, judgements: Mapping[int, Judgement], breaks: Mapping[int, Break], found: Walk
    ) -> None:
        self.overlay = overlay
        self.items = items
        self.supplies = supplies
        self.judgements = judgements
        self.breaks = breaks
        self.found = found
        needs = overlay.projection.inventory.usages
        numbers = overlay.names.class_number
        self.essential = [frozenset(numbers[code] for code, essential in usage.needs.items() if essential) | {0} for usage in needs]
        self.nothing_said = [not usage.needs for usage in needs]

    def touched(self) -> list[TouchedItem]:
        """All touched items, by application, usage, territory."""
        found: list[TouchedItem] = []
        for application in sorted(self.found.by_application.keys() | self.overlay.application_stops.keys()):
            if application in self.overlay.application_stops:
                found += self._stopped(application)
                continue
            for usage, needs in sorted(self._needs(application).items()):
                slot = self.items.slots[application, usage]
                items = (self._item(slot, needs, territory) for territory in bits(slot.territories))
                found += [item for item in items if item is not None]
        return found

    def _stopped(self, application: int) -> Iterator[TouchedItem]:
        path = (self.overlay.projection.applications[application].source.code,)
        for slot in self.items.by_application.get(application, ()):
            for territory in bits(slot.territories):
                yield TouchedItem(slot, territory, Severity.RUPTURE, (), path, False)

    def _needs(self, application: int) -> dict[int, dict[int, Need]]:
        """By usage and class, what is touched of an application that lives."""
        needs: dict[int, dict[int, Need]] = defaultdict(lambda: defaultdict(Need))
        for arrival in self.found.by_application[application]:
            flow = self.overlay.projection.flows[arrival.flow]
            for data_class, regions in arrival.regions.items():
                outcome = self._outcome(flow, arrival, data_class)
                for usage in (FEEDING,) if arrival.outlet else usages_of(flow):
                    need = needs[usage][data_class]
                    self._touch(need, outcome, regions, flow, arrival, data_class)
        return needs

    def _touch(self, need: Need, outcome: Outcome, regions: int, flow: CompiledFlow, arrival: Arrival, data_class: int) -> None:
        otherwise = self._otherwise(flow, arrival, data_class)
        lost = outcome.lost & regions & ~otherwise
        need.touched |= regions
        need.moved |= outcome.moved & regions
        need.part |= (outcome.part | outcome.lost & otherwise) & regions
        need.lost |= lost
        need.declared_lost |= lost if flow.declared else 0
        need.arrivals.append(arrival)

    def _otherwise(self, flow: CompiledFlow, arrival: Arrival, data_class: int) -> int:
        """Regions of which something still comes when the flow brings nothing: the need is part, not lost (I-20)."""
        if not arrival.outlet:
            return self.supplies.held_with_moves.regions(self.overlay.projection.key(flow.receiver, data_class))
        regions = 0
        for number in self.overlay.projection.flows_by[flow.caller]:
            other = self.overlay.projection.flows[number]
            if other.source.feed and data_class in other.attributes and self.overlay.flow_lives(number) and (other.declared or not flow.declared):
                regions |= other.mask
        return regions

    def _outcome(self, flow: CompiledFlow, arrival: Arrival, data_class: int) -> Outcome:
        """Of a flow with a verdict, its own; else what the supplies say of the receiver's cell."""
        judgement = self.judgements.get(arrival.flow)
        judged_on_caller = flow.source.feed and self.overlay.application_lives(flow.caller)
        if judgement is not None and arrival.outlet == judged_on_caller:
            return judgement.outcomes.get(data_class) or Outcome(0)
        key = self.overlay.projection.key(flow.receiver, data_class)
        kept = self.supplies.kept.regions(key)
        full = self.supplies.full_with_moves.regions(key) & ~kept
        part = self.supplies.held_with_moves.regions(key) & ~kept & ~full
        return Outcome(0, kept, full, part, self.overlay.names.everywhere & ~kept & ~full & ~part)

    def _item(self, slot: Slot, needs: Mapping[int, Need], territory: int) -> TouchedItem | None:
        about, elsewhere = self.items.scope(slot.application, territory)
        scope = about | elsewhere
        if not any(need.touched & scope for need in needs.values()):
            return None
        ruptured = {c: mask for c, need in needs.items() if self._is_essential(slot, c) and (mask := self._ruptured(slot, c, need, about, elsewhere))}
        if ruptured:
            carriers = _carriers(needs, {c: (mask, "lost") for c, mask in ruptured.items()}, self)
            return TouchedItem(slot, territory, Severity.RUPTURE, carriers, None, self._by_default(slot, needs, ruptured))
        for severity, what in ((Severity.DEGRADED, "worse"), (Severity.TO_MIGRATE, "moved")):
            hit = {c: (mask, what) for c, need in needs.items() if (mask := _regions(need, what) & scope)}
            if hit:
                return TouchedItem(slot, territory, severity, _carriers(needs, hit, self), None, False)
        touched = {c: (mask, "touched") for c, need in needs.items() if (mask := need.touched & scope)}
        return TouchedItem(slot, territory, Severity.INFORMED, _carriers(needs, touched, self), None, False)

    def _is_essential(self, slot: Slot, data_class: int) -> bool:
        """NEEDS of the usage, by default every class (I-21); an unknown class may be any of them (I-7)."""
        return slot.usage < 0 or self.nothing_said[slot.usage] or data_class in self.essential[slot.usage]

    def _ruptured(self, slot: Slot, data_class: int, need: Need, about: int, elsewhere: int) -> int:
        """Regions lost of a class, if they are all its needs about the territory or, where it has none, about others (I-21)."""
        if not need.lost & (about | elsewhere):
            return 0
        needed = self.items.needs(slot, data_class)
        all_needs = needed & about or needed & elsewhere
        return all_needs if all_needs and not all_needs & ~need.lost else 0

    def _by_default(self, slot: Slot, needs: Mapping[int, Need], ruptured: Mapping[int, int]) -> bool:
        """Does every reason of a RUPTURE rest on I-7 or on the default of I-21?"""
        if slot.usage < 0 or self.nothing_said[slot.usage]:
            return True
        return not any(needs[c].declared_lost & mask for c, mask in ruptured.items())

    def carries(self, arrival: Arrival, data_class: int, regions: int, what: str) -> bool:
        """Does this arrival carry that severity, over these regions of the class?"""
        hit = arrival.regions.get(data_class, 0) & regions
        if not hit or what == "touched":
            return bool(hit)
        outcome = self._outcome(self.overlay.projection.flows[arrival.flow], arrival, data_class)
        return bool(hit & {"lost": outcome.lost, "worse": outcome.lost | outcome.part, "moved": outcome.moved}[what])


def _regions(need: Need, what: str) -> int:
    return {"worse": need.lost | need.part, "moved": need.moved}[what]


def _carriers(needs: Mapping[int, Need], hit: Mapping[int, tuple[int, str]], severities: Severities) -> tuple[Arrival, ...]:
    found = {
        arrival
        for data_class, (regions, what) in hit.items()
        for arrival in needs[data_class].arrivals
        if severities.carries(arrival, data_class, regions, what)
    }
    return tuple(sorted(found))
