"""The verdict of a flow, need by need (docs/impact.md, I-14 to I-19)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from graph.impact.candidates import FLOW, Asked, Market, Option, Supplies, SupplySplit, by_supply
from graph.impact.overlay import Overlay
from graph.impact.projection import CompiledFlow
from graph.impact.reference import Inflow
from graph.impact.rights import DATA_CLASS_UNKNOWN, GAPS, SOURCE_FIRST, Gap
from graph.impact.supply import full_regions


class Status(StrEnum):
    """Verdict of a flow, the best first (I-15)."""

    READY = "READY"
    SWITCH = "SWITCH"
    PREPARE = "PREPARE"
    PARTIAL = "PARTIAL"
    BLOCKED = "BLOCKED"


class Choice(NamedTuple):
    """The best option for some regions of a class, and the attributes that are missing all the same."""

    data_class: int
    regions: int
    option: Option
    missing: int


@dataclass(slots=True)
class Outcome:
    """Regions of one class of a flow, by what becomes of them (I-20)."""

    needed: int
    kept: int = 0
    moved: int = 0
    part: int = 0
    lost: int = 0
    choices: Sequence[Choice] = ()
    options: Sequence[Option] = ()
    missing: dict[int, int] = field(default_factory=dict)
    """Attributes missing, by mask of regions, where something is served."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A flow with its outcomes by class. `keepers`: labels of the flows that keep (READY)."""

    flow: int
    outcomes: dict[int, Outcome]
    keepers: dict[str, CompiledFlow]
    status: Status
    gaps: tuple[Gap, ...]


class Need(NamedTuple):
    """One class of a flow, judged by itself (I-15). `others`: what living flows of the same application bring of it, or feed."""

    flow: CompiledFlow
    data_class: int
    key: int
    attributes: int
    regions: int
    others: Sequence[Inflow]


class Judge:
    """Judges flows once all supplies are known."""

    def __init__(self, overlay: Overlay, market: Market, supplies: Supplies) -> None:
        self.overlay = overlay
        self.market = market
        self.supplies = supplies

    def judgement(self, number: int) -> Judgement:
        """The verdict of one flow over all its needs (I-15)."""
        flow = self.overlay.projection.flows[number]
        if not self.overlay.application_lives(flow.caller):
            return self._by_receiver(number, flow)
        keepers: dict[str, CompiledFlow] = {}
        outcomes = {need.data_class: self._outcome(need, keepers) for need in self._needs(flow)}
        status, gaps = _status(outcomes.values(), flow.declared)
        return Judgement(number, outcomes, keepers, status, gaps)

    def _needs(self, flow: CompiledFlow) -> Iterator[Need]:
        feeds = list(self._living_feeds(flow)) if flow.source.feed else []
        for data_class, attributes in flow.attributes.items():
            regions = self.overlay.reference.supplied(flow, data_class)
            if regions:
                key = self.overlay.projection.key(flow.receiver, data_class)
                others = _feeding(feeds, data_class) if flow.source.feed else self.overlay.inflows(key)
                yield Need(flow, data_class, key, attributes, regions, others)

    def _living_feeds(self, flow: CompiledFlow) -> Iterator[tuple[int, CompiledFlow]]:
        flows, overlay = self.overlay.projection.flows, self.overlay
        yield from ((n, flows[n]) for n in overlay.projection.flows_by[flow.caller] if flows[n].source.feed and overlay.flow_lives(n))
        yield from ((~n, added) for n, added in enumerate(overlay.added) if added.source.feed and added.caller == flow.caller)

    def _outcome(self, need: Need, keepers: dict[str, CompiledFlow]) -> Outcome:
        outcome = Outcome(need.attributes)
        beside: list[tuple[int, int]] = []
        if need.flow.declared:
            kept_by = [(other[3], mask, other[2]) for other in need.others if (mask := self._kept_by(need, other))]
            beside = [(mask, attributes) for _, mask, attributes in kept_by]
            outcome.kept = full_regions(need.attributes, beside, need.regions) if beside else 0
            keeping = (self.overlay.flow(number) for number, mask, _ in kept_by if mask & outcome.kept)
            keepers.update((other.label, other) for other in keeping)
        rest = need.regions & ~outcome.kept
        for mask, residual in _residuals(need.attributes, rest, beside) if rest else ():
            options = self.market.options(Asked(need.flow, need.data_class, residual, mask), self.supplies)
            waiting = sorted(self._waiting(need, residual))
            _choose(outcome, need.data_class, mask, residual, sorted([*options, *waiting]) if waiting else options)
        return outcome

    def _kept_by(self, need: Need, other: Inflow) -> int:
        """Regions that another living flow keeps for a declared one: from a supplier that has all of it; for a feed, any outlet (I-19)."""
        supplier, regions, _, number = other
        mask = regions & need.regions
        if need.flow.source.feed:
            return mask if self.overlay.flow(number).declared else 0
        return mask & self.supplies.kept.regions(supplier) if mask else 0

    def _waiting(self, need: Need, residual: int) -> Iterator[Option]:
        """Living flows of the same application that wait for their source (I-18); beside a flow without class, those that bring it too."""
        for other in need.others:
            supplier, _, attributes, number = other
            if not attributes & residual:
                continue
            lacking = residual & ~attributes
            for regions, gaps, part in self._supply_of(need, other):
                allowed = self.supplies.free_of(need.flow.caller, supplier, regions) if gaps else regions
                if allowed and (gaps or part or not need.flow.declared):
                    flow = self.overlay.flow(number)
                    interface = self.overlay.interfaces[flow.interface]
                    yield Option(
                        lacking.bit_count() + part, gaps.bit_count(), False, interface.source.code, FLOW, allowed, flow.interface,
                        flow.supplier, gaps, lacking, part,
                    )  # fmt: skip

    def _supply_of(self, need: Need, other: Inflow) -> SupplySplit:
        """How the supplier of another living flow holds what it brings; a feed asks for nothing to be held."""
        supplier, regions, _, number = other
        if need.flow.source.feed:
            barred = 0 if self.overlay.flow(number).declared else self.overlay.reference.declared_cells.get(need.key, 0)
            return ((regions & ~barred, 0, False),)
        if need.flow.declared and not self.supplies.moved(supplier, regions):
            return ()
        return by_supply(supplier, regions, self.supplies)

    def _by_receiver(self, number: int, flow: CompiledFlow) -> Judgement:
        """A feed whose caller stops is judged on its receiver: READY if kept, PREPARE if moves restore it (I-19)."""
        outcomes: dict[int, Outcome] = {}
        keepers: dict[str, CompiledFlow] = {}
        for data_class, needed in flow.attributes.items():
            regions = self.overlay.reference.supplied(flow, data_class)
            if not regions:
                continue
            key = self.overlay.projection.key(flow.receiver, data_class)
            kept = regions & self.supplies.kept.regions(key)
            full = regions & self.supplies.full_with_moves.regions(key) & ~kept
            part = regions & self.supplies.held_with_moves.regions(key) & ~kept & ~full
            outcomes[data_class] = Outcome(needed, kept, full, part, regions & ~kept & ~full & ~part)
            for supplier, mask, _, other in self.overlay.inflows(key):
                if mask & kept & self.supplies.kept.regions(supplier):
                    keepers[self.overlay.flow(other).label] = self.overlay.flow(other)
        status, gaps = _status(outcomes.values(), flow.declared)
        if status is Status.SWITCH:
            return Judgement(number, outcomes, keepers, Status.PREPARE, GAPS[SOURCE_FIRST])
        return Judgement(number, outcomes, keepers, status, gaps)


def _feeding(feeds: Sequence[tuple[int, CompiledFlow]], data_class: int) -> list[Inflow]:
    """Feeds of a class as what stands beside a feed; their outlet is all that is asked of them, so no supplier."""
    return [(0, flow.mask, flow.attributes[data_class], number) for number, flow in feeds if data_class in flow.attributes]


def _choose(outcome: Outcome, data_class: int, regions: int, residual: int, options: Sequence[Option]) -> None:
    left, choices = regions, []
    for option in options:
        taken = option.regions & left
        if not taken:
            continue
        left &= ~taken
        choices.append(Choice(data_class, taken, option, option.lacking))
        if option.missing:
            outcome.part |= taken
            outcome.missing[taken] = option.lacking
        else:
            outcome.moved |= taken
    outcome.choices = (*outcome.choices, *choices)
    outcome.options = (*outcome.options, *(option for option in options if option.regions & regions))
    if residual == outcome.needed:
        outcome.lost |= left
    elif left:
        outcome.part |= left
        outcome.missing[left] = residual


def _residuals(needed: int, rest: int, beside: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(regions, attributes still needed) when living flows already bring some of the attributes."""
    groups = {needed: rest}
    for mask, attributes in beside:
        split: dict[int, int] = {}
        for residual, regions in groups.items():
            for part, left in ((regions & mask, residual & ~attributes), (regions & ~mask, residual)):
                if part:
                    split[left] = split.get(left, 0) | part
        groups = split
    for residual, regions in groups.items():
        yield regions, residual


def _status(outcomes: Iterable[Outcome], declared: bool) -> tuple[Status, tuple[Gap, ...]]:
    served = part = lost = moved = 0
    gaps = 0 if declared else DATA_CLASS_UNKNOWN
    for outcome in outcomes:
        served |= outcome.kept | outcome.moved | outcome.part
        part |= outcome.part
        lost |= outcome.lost
        moved |= outcome.moved
        for choice in outcome.choices:
            gaps |= choice.option.gaps
    if lost and not served:
        return Status.BLOCKED, ()
    ordered = GAPS[gaps]
    if lost or part:
        return Status.PARTIAL, ordered
    if gaps:
        return Status.PREPARE, ordered
    return (Status.SWITCH if moved else Status.READY), ()
