"""The verdict of a flow, need by need (docs/impact.md, I-14 to I-19)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from graph.impact.candidates import FLOW, Market, Option, Supplies, by_supply
from graph.impact.overlay import Overlay
from graph.impact.projection import CompiledFlow
from graph.impact.rights import DATA_CLASS_UNKNOWN, GAPS, SOURCE_FIRST, Gap
from graph.impact.supply import brought, full_regions


class Status(StrEnum):
    """Verdict of a flow, the best first (I-15)."""

    READY = "READY"
    SWITCH = "SWITCH"
    PREPARE = "PREPARE"
    PARTIAL = "PARTIAL"
    BLOCKED = "BLOCKED"


@dataclass(frozen=True, slots=True)
class Choice:
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
    choices: list[Choice] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
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
        outcomes: dict[int, Outcome] = {}
        others = list(self._living_feeds(flow) if flow.source.feed else self.overlay.flows_into(flow.receiver))
        for data_class, needed in flow.attributes.items():
            regions = self.overlay.reference.supplied(flow, data_class)
            if regions:
                outcomes[data_class] = self._outcome(flow, data_class, needed, regions, others, keepers)
        status, gaps = _status(outcomes.values(), flow.declared)
        return Judgement(number, outcomes, keepers, status, gaps)

    def _living_feeds(self, flow: CompiledFlow) -> Iterator[CompiledFlow]:
        flows, overlay = self.overlay.projection.flows, self.overlay
        yield from (flows[n] for n in overlay.projection.flows_by[flow.caller] if flows[n].source.feed and overlay.flow_lives(n))
        yield from (added for added in overlay.added if added.source.feed and added.caller == flow.caller)

    def _outcome(self, flow: CompiledFlow, data_class: int, needed: int, regions: int, others: list[CompiledFlow], keepers: dict[str, CompiledFlow]) -> Outcome:
        outcome = Outcome(needed)
        beside = [(other, mask) for other in others if (mask := self._kept_by(flow, other, data_class) & regions)]
        if flow.declared:
            outcome.kept = full_regions(needed, [(mask, other.attributes[data_class]) for other, mask in beside], regions)
            keepers.update((other.label, other) for other, mask in beside if mask & outcome.kept)
        rest = regions & ~outcome.kept
        if rest:
            self._serve_rest(flow, data_class, outcome, rest, others, beside)
        return outcome

    def _kept_by(self, flow: CompiledFlow, other: CompiledFlow, data_class: int) -> int:
        """Regions that another living flow keeps: from a supplier that has all of it; for a feed, any outlet (I-19)."""
        if data_class not in other.attributes:
            return 0
        if flow.source.feed:
            return other.mask if other.declared or not flow.declared else 0
        kept = self.supplies.kept.regions(self.overlay.projection.key(other.supplier, data_class))
        return brought(other, self.overlay.projection.key(flow.receiver, data_class), kept, self.overlay.reference.declared_cells)

    def _serve_rest(
        self, flow: CompiledFlow, data_class: int, outcome: Outcome, rest: int, others: list[CompiledFlow], beside: list[tuple[CompiledFlow, int]]
    ) -> None:
        for mask, residual in _residuals(outcome.needed, rest, [(m, o.attributes[data_class]) for o, m in beside] if flow.declared else []):
            options = self.market.options(flow, data_class, residual, mask, self.supplies)
            waiting = sorted(self._waiting(flow, data_class, residual, others))
            if waiting:
                options = sorted([*options, *waiting])
            self._choose(outcome, data_class, mask, residual, options)

    def _waiting(self, flow: CompiledFlow, data_class: int, residual: int, others: Iterable[CompiledFlow]) -> Iterator[Option]:
        """Living flows of the same application that wait for their source (I-18); beside a flow without class, those that bring it too."""
        key = self.overlay.projection.key(flow.receiver, data_class)
        for other in others:
            offer = other.attributes.get(data_class, 0)
            if not offer & residual:
                continue
            lacking = residual & ~offer
            for regions, gaps, part in self._supply_of(flow, other, data_class):
                allowed = brought(other, key, regions, self.overlay.reference.declared_cells)
                if gaps and allowed:
                    supplier = self.overlay.projection.key(other.supplier, data_class)
                    allowed = self.supplies.free_of(flow.caller, supplier, allowed)
                if allowed and (gaps or part or not flow.declared):
                    interface = self.overlay.interfaces[other.interface]
                    yield Option(
                        lacking.bit_count() + part, gaps.bit_count(), False, interface.source.code, FLOW, allowed, other.interface, other.supplier, gaps,
                        lacking, part,
                    )  # fmt: skip

    def _supply_of(self, flow: CompiledFlow, other: CompiledFlow, data_class: int) -> Iterator[tuple[int, int, bool]]:
        if flow.source.feed:
            yield other.mask, 0, False
            return
        yield from by_supply(self.overlay.projection.key(other.supplier, data_class), other.mask, self.supplies)

    def _choose(self, outcome: Outcome, data_class: int, regions: int, residual: int, options: list[Option]) -> None:
        left = regions
        for option in options:
            outcome.options += [option] if option.regions & regions else []
            taken = option.regions & left
            if not taken:
                continue
            left &= ~taken
            outcome.choices.append(Choice(data_class, taken, option, option.lacking))
            if option.missing:
                outcome.part |= taken
                outcome.missing[taken] = option.lacking
            else:
                outcome.moved |= taken
        if residual == outcome.needed:
            outcome.lost |= left
        elif left:
            outcome.part |= left
            outcome.missing[left] = residual

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
            for other in self.overlay.flows_into(flow.receiver):
                if self._kept_by_supplier(flow, other, data_class) & kept:
                    keepers[other.label] = other
        status, gaps = _status(outcomes.values(), flow.declared)
        if status is Status.SWITCH:
            return Judgement(number, outcomes, keepers, Status.PREPARE, GAPS[SOURCE_FIRST])
        return Judgement(number, outcomes, keepers, status, gaps)

    def _kept_by_supplier(self, flow: CompiledFlow, other: CompiledFlow, data_class: int) -> int:
        if data_class not in other.attributes:
            return 0
        key = self.overlay.projection.key(flow.receiver, data_class)
        supplied = self.supplies.kept.regions(self.overlay.projection.key(other.supplier, data_class))
        return brought(other, key, supplied, self.overlay.reference.declared_cells)


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
