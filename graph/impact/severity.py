"""Severity of the items that the walk touched (docs/impact.md, I-20, I-21)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from graph.impact.breaks import Path
from graph.impact.candidates import Supplies
from graph.impact.inventory import Usage
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


class Hit(NamedTuple):
    """An arrival that touches a class of a slot, with what becomes of its regions (I-20)."""

    arrival: Arrival
    regions: int
    outcome: Outcome


@dataclass(slots=True)
class Need:
    """A class of a slot: regions touched, by what becomes of them, and the arrivals that touched them."""

    touched: int = 0
    moved: int = 0
    worse: int = 0
    """Regions lost or part."""
    lost: int = 0
    declared_lost: int = 0
    """Regions lost that a flow with declared classes brought: the loss does not rest on I-7."""
    hits: list[Hit] = field(default_factory=list)

    def add(self, hit: Hit, otherwise: int, declared: bool) -> None:
        """Count one more arrival; of the regions `otherwise`, something still comes when the flow brings nothing."""
        _, regions, outcome = hit
        lost = outcome.lost & regions & ~otherwise
        self.touched |= regions
        self.moved |= outcome.moved & regions
        self.worse |= (outcome.part | outcome.lost) & regions
        self.lost |= lost
        self.declared_lost |= lost if declared else 0
        self.hits.append(hit)


ByClass = dict[int, Need]


class TouchedItem(NamedTuple):
    """An item with its severity. `carriers`: the arrivals that carry it, none when the application itself stops."""

    slot: Slot
    territory: int
    severity: Severity
    carriers: tuple[Arrival, ...]
    stop: Path | None
    by_default: bool
    """A RUPTURE that rests on I-7 or on the default of I-21."""


class Severities:
    """Finds the touched items of a question; `usages`: those of the inventory, with what they need."""

    def __init__(self, overlay: Overlay, items: Items, supplies: Supplies, judgements: Mapping[int, Judgement], found: Walk, usages: Sequence[Usage]) -> None:
        self.overlay = overlay
        self.items = items
        self.supplies = supplies
        self.judgements = judgements
        self.found = found
        numbers = overlay.names.class_number
        self.essential = [frozenset(numbers[code] for code, essential in usage.needs.items() if essential) | {0} for usage in usages]
        self.nothing_said = [not usage.needs for usage in usages]

    def touched(self) -> list[TouchedItem]:
        """All touched items, by application, usage, territory."""
        found: list[TouchedItem] = []
        for application in sorted(self.found.by_application.keys() | self.overlay.application_stops.keys()):
            if application in self.overlay.application_stops:
                found += self._stopped(application)
                continue
            for usage, needs in sorted(self.needs_of(application).items()):
                slot = self.items.slots[application, usage]
                items = (self._item(slot, needs, territory) for territory in bits(slot.territories))
                found += [item for item in items if item is not None]
        return found

    def _stopped(self, application: int) -> Iterator[TouchedItem]:
        path = (self.overlay.projection.applications[application].source.code,)
        for slot in self.items.by_application.get(application, ()):
            for territory in bits(slot.territories):
                yield TouchedItem(slot, territory, Severity.RUPTURE, (), path, False)

    def needs_of(self, application: int) -> dict[int, ByClass]:
        """By usage and class, what is touched of an application that lives."""
        needs: dict[int, ByClass] = defaultdict(lambda: defaultdict(Need))
        for arrival in self.found.by_application[application]:
            flow = self.overlay.projection.flows[arrival.flow]
            usages = (FEEDING,) if arrival.outlet else usages_of(flow)
            for data_class, regions in arrival.regions.items():
                hit = Hit(arrival, regions, self._outcome(flow, arrival, data_class))
                otherwise = self.otherwise(flow, arrival, data_class) if hit.outcome.lost & regions else 0
                for usage in usages:
                    needs[usage][data_class].add(hit, otherwise, flow.declared)
        return needs

    def otherwise(self, flow: CompiledFlow, arrival: Arrival, data_class: int) -> int:
        """Regions of which something still comes when the flow brings nothing: the need is part, not lost (I-20)."""
        if not arrival.outlet:
            return self.supplies.held_with_moves.regions(self.overlay.projection.key(flow.receiver, data_class))
        regions = 0
        for number in self.overlay.projection.flows_by[flow.caller]:
            other = self.overlay.projection.flows[number]
            if other.source.feed and data_class in other.attributes and self.overlay.flow_lives(number) and (other.declared or not flow.declared):
                regions |= other.mask
        return regions

    def own_outcome(self, flow: CompiledFlow, arrival: Arrival, data_class: int) -> Outcome | None:
        """What the verdict of a flow says of whom it hits; None without a verdict on that application."""
        judgement = self.judgements.get(arrival.flow)
        judged_on_caller = flow.source.feed and self.overlay.application_lives(flow.caller)
        if judgement is None or arrival.outlet != judged_on_caller:
            return None
        return judgement.outcomes.get(data_class) or Outcome(0)

    def _outcome(self, flow: CompiledFlow, arrival: Arrival, data_class: int) -> Outcome:
        """Of a flow with a verdict, its own; else what the supplies say of the receiver's cell."""
        own = self.own_outcome(flow, arrival, data_class)
        if own is not None:
            return own
        key = self.overlay.projection.key(flow.receiver, data_class)
        kept = self.supplies.kept.regions(key)
        full = self.supplies.full_with_moves.regions(key) & ~kept
        part = self.supplies.held_with_moves.regions(key) & ~kept & ~full
        return Outcome(0, kept, full, part, self.overlay.names.everywhere & ~kept & ~full & ~part)

    def _item(self, slot: Slot, needs: ByClass, territory: int) -> TouchedItem | None:
        about, elsewhere = self.items.scope(slot.application, territory)
        scope = about | elsewhere
        touched = {c: mask for c, need in needs.items() if (mask := need.touched & scope)}
        if not touched:
            return None
        ruptured = {c: mask for c in touched if self.is_essential(slot, c) and (mask := self._ruptured(slot, c, needs[c], about, elsewhere))}
        if ruptured:
            carriers = _carriers(needs, ruptured, lambda outcome: outcome.lost)
            return TouchedItem(slot, territory, Severity.RUPTURE, carriers, None, self._by_default(slot, needs, ruptured))
        worse = {c: mask for c in touched if (mask := needs[c].worse & scope)}
        if worse:
            return TouchedItem(slot, territory, Severity.DEGRADED, _carriers(needs, worse, lambda outcome: outcome.lost | outcome.part), None, False)
        moved = {c: mask for c in touched if (mask := needs[c].moved & scope)}
        if moved:
            return TouchedItem(slot, territory, Severity.TO_MIGRATE, _carriers(needs, moved, lambda outcome: outcome.moved), None, False)
        return TouchedItem(slot, territory, Severity.INFORMED, _carriers(needs, touched, lambda _outcome: scope), None, False)

    def is_essential(self, slot: Slot, data_class: int) -> bool:
        """NEEDS of the usage, by default every class (I-21); an unknown class may be any of them (I-7)."""
        return slot.usage < 0 or self.nothing_said[slot.usage] or data_class in self.essential[slot.usage]

    def _ruptured(self, slot: Slot, data_class: int, need: Need, about: int, elsewhere: int) -> int:
        """Regions lost of a class, if they are all its needs about the territory or, where it has none, about others (I-21)."""
        if not need.lost & (about | elsewhere):
            return 0
        all_needs = self.all_needs(slot, data_class, about, elsewhere)
        return all_needs if all_needs and not all_needs & ~need.lost else 0

    def all_needs(self, slot: Slot, data_class: int, about: int, elsewhere: int) -> int:
        """Regions whose loss is a RUPTURE: the needs of a class about the territory or, where it has none, about others (I-21)."""
        needed = self.items.needs(slot, data_class)
        return needed & about or needed & elsewhere

    def _by_default(self, slot: Slot, needs: Mapping[int, Need], ruptured: Mapping[int, int]) -> bool:
        """Does every reason of a RUPTURE rest on I-7 or on the default of I-21?"""
        if slot.usage < 0 or self.nothing_said[slot.usage]:
            return True
        return not any(needs[c].declared_lost & mask for c, mask in ruptured.items())


def _carriers(needs: ByClass, hit: Mapping[int, int], carried: Callable[[Outcome], int]) -> tuple[Arrival, ...]:
    """The arrivals by which what is `carried` of an outcome hits these regions, by class; in the order of the walk."""
    found = {one.arrival: None for data_class, regions in hit.items() for one in needs[data_class].hits if one.regions & regions & carried(one.outcome)}
    return tuple(found) if len(found) < 2 else tuple(sorted(found, key=attrgetter("rank")))
