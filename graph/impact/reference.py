"""The reference and the baseline of a projection (docs/impact.md, I-9, I-11): what is so without the question.

The reference is the as-is, all that lives on a day from J to D; the baseline is the as-is on D. Both depend on J and D alone, so they
are kept with the projection and shared by every question about the same days.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final

from graph.impact.inventory import Evidence, Flow
from graph.impact.projection import CompiledFlow, Projection, bits
from graph.impact.supply import Cycle, Edges, brought, edges_of, grow, least_supply, sourceless_cycles, still_turns

STALE_AFTER_DAYS: Final = 365
RANK: Final[Mapping[Evidence | None, int]] = {Evidence.OBSERVED: 0, Evidence.DECLARED: 1, Evidence.INFERRED: 2, None: 2}
INFERRED: Final = 2
EVIDENCES: Final = (Evidence.OBSERVED, Evidence.DECLARED, Evidence.INFERRED)


Inflow = tuple[int, int, int, int]
"""What a living flow may bring to a cell key of its receiver: from which key, for which regions (less those that I-7 bars), with which
attributes; and the number of the flow. Plain numbers: the collector does not follow them, however many are kept."""


def is_stale(flow: Flow, as_of: int) -> bool:
    """Is the evidence older than 365 days at J (I-32)?"""
    return flow.evidence_date is not None and as_of - flow.evidence_date.toordinal() > STALE_AFTER_DAYS


def evidence_rank(flow: Flow, as_of: int) -> int:
    """0 observed, 1 declared, 2 inferred (I-32): one lower when stale; inferred without evidence or without class."""
    if not flow.carries:
        return INFERRED
    return min(INFERRED, RANK[flow.evidence] + is_stale(flow, as_of))


class Reference:
    """Supply in the reference, `held`, and on D without stops, `base`: regions by cell key.

    A key that nothing brings or enters is absent: its application, while it lives, is presumed the source of all regions (I-9).
    """

    def __init__(self, projection: Projection, as_of: date, evaluated_on: date) -> None:
        self.projection = projection
        self.first, self.day = as_of.toordinal(), evaluated_on.toordinal()
        self.lives = [self._in_window(item.start, item.end) for item in projection.flows]
        self.application_lives = [self._in_window(item.start, item.end) for item in projection.applications]
        self.flows = [flow for flow, lives in zip(projection.flows, self.lives, strict=True) if lives]
        self.evidence = [evidence_rank(flow.source, self.first) for flow in projection.flows]
        self.edges = edges_of(projection, self.flows)
        self.asked = self._asked()
        self.entered = self._entered(self.first, self.day + 1)
        self.entered_ever = self._entered_ever()
        self._presumed = self._presumed_sources()
        self.cycles: list[Cycle] = []
        self.held = self._reference_supply()
        self.needed = self._attributes_needed()
        self.declared_cells = self._declared_cells()
        self.base_lives = [lives and flow.start <= self.day < flow.end for flow, lives in zip(projection.flows, self.lives, strict=True)]
        self.base_entered = self._entered(self.day, self.day + 1)
        self.base_sources = self._base_sources()
        self.base = least_supply(self._base_edges(), self.base_sources, self.base_default, self.declared_cells)
        self._inflows: dict[int, Mapping[int, tuple[Inflow, ...]]] = {}

    def _in_window(self, start: int, end: int) -> bool:
        return max(start, self.first) < min(end, self.day + 1)

    def _asked(self) -> dict[int, int]:
        """Regions that a flow of the reference brings, by receiving key, whether or not its supplier holds them (I-9)."""
        asked: dict[int, int] = {}
        for edges in self.edges.values():
            for receiver, mask, _ in edges:
                asked[receiver] = asked.get(receiver, 0) | mask
        return asked

    def _base_edges(self) -> Edges:
        if self.base_lives == self.lives:
            return self.edges
        flows = self.projection.flows
        return edges_of(self.projection, (flow for flow, lives in zip(flows, self.base_lives, strict=True) if lives))

    def _entered(self, start: int, end: int) -> dict[int, int]:
        """Regions entered on a day of [start, end), by key."""
        entered: dict[int, int] = {}
        for number, application in enumerate(self.projection.applications):
            for entry in application.entries:
                key = self.projection.key(number, entry.data_class)
                lives = max(entry.start, start) < min(entry.end, end)
                entered[key] = entered.get(key, 0) | (entry.mask if lives else 0)
        return entered

    def _entered_ever(self) -> dict[int, int]:
        """Regions that an ENTERS names at any date, by key (I-9)."""
        entered: dict[int, int] = {}
        for number, application in enumerate(self.projection.applications):
            for entry in application.entries:
                key = self.projection.key(number, entry.data_class)
                entered[key] = entered.get(key, 0) | entry.mask
        return entered

    def presumed(self, key: int) -> int:
        """Regions of which the application is presumed the source: no ENTERS of it names them, no flow of the reference brings them (I-9)."""
        return self._presumed.get(key, self.projection.names.everywhere)

    def _presumed_sources(self) -> dict[int, int]:
        everywhere, asked, entered = self.projection.names.everywhere, self.asked, self.entered_ever
        return {key: everywhere & ~asked.get(key, 0) & ~entered.get(key, 0) for key in sorted(asked.keys() | entered.keys())}

    def reference_default(self, key: int) -> int:
        """What is held where nothing is brought or entered."""
        return self.projection.names.everywhere if self.application_lives[key // self.projection.class_count] else 0

    def base_default(self, key: int) -> int:
        """The same on D."""
        application = self.projection.applications[key // self.projection.class_count]
        return self.projection.names.everywhere if application.start <= self.day < application.end else 0

    def _reference_supply(self) -> dict[int, int]:
        count, entered = self.projection.class_count, self.entered
        sources = {key: entered.get(key, 0) | presumed if self.application_lives[key // count] else 0 for key, presumed in self._presumed.items()}
        held = least_supply(self.edges, sources, self.reference_default, {})
        self.cycles = sourceless_cycles(self.projection, self.edges, self.asked, held)
        turning = self.cycle_sources(self.cycles)
        for key, mask in turning.items():
            held[key] |= mask
        grow(self.edges, held, list(turning), self.reference_default, {})
        return held

    def cycle_sources(self, cycles: list[Cycle]) -> dict[int, int]:
        """Regions, by key, of which a cycle without source counts as the source (I-10)."""
        sources: dict[int, int] = defaultdict(int)
        for cycle in cycles:
            for member in cycle.members:
                sources[self.projection.key(member, cycle.data_class)] |= cycle.region
        return sources

    def inflows_of(self, application: int) -> Mapping[int, tuple[Inflow, ...]]:
        """By class, what the flows of the baseline may bring to an application; found when first asked, then kept."""
        known = self._inflows.get(application)
        if known is None:
            by_class: dict[int, list[Inflow]] = defaultdict(list)
            for number in self.projection.flows_into[application]:
                if self.base_lives[number]:
                    flow = self.projection.flows[number]
                    for data_class in flow.attributes:
                        by_class[data_class].append(self.inflow(flow, number, data_class))
            known = self._inflows[application] = {data_class: tuple(inflows) for data_class, inflows in by_class.items()}
        return known

    def inflow(self, flow: CompiledFlow, number: int, data_class: int) -> Inflow:
        """One class of a flow."""
        count = self.projection.class_count
        barred = 0 if flow.declared else self.declared_cells.get(flow.receiver * count + data_class, 0)
        return (flow.supplier * count + data_class, flow.mask & ~barred, flow.attributes[data_class], number)

    def supplied(self, flow: CompiledFlow, data_class: int) -> int:
        """Regions of a class that a flow of the reference brings: its needs (I-11)."""
        key = flow.supplier * self.projection.class_count + data_class
        held = self.held.get(key)
        return flow.mask & (self.reference_default(key) if held is None else held)

    def _attributes_needed(self) -> dict[int, int | list[tuple[int, int]]]:
        """By receiving key, the attributes needed; (region, attributes) where regions differ (I-17)."""
        needs: dict[int, dict[int, int]] = defaultdict(dict)
        uniform: dict[int, int] = {}
        count = self.projection.class_count
        for flow in self.flows:
            for number, attributes in flow.attributes.items():
                key = flow.receiver * count + number
                if uniform.setdefault(key, attributes) != attributes:
                    needs[key] = {}
        if needs:
            for flow in self.flows:
                for number, attributes in flow.attributes.items():
                    by_region = needs.get(flow.receiver * count + number)
                    if by_region is not None:
                        for region in bits(self.supplied(flow, number)):
                            by_region[region] = by_region.get(region, 0) | attributes
        different = {key: list(by_region.items()) for key, by_region in needs.items()}
        return {**uniform, **different}

    def _declared_cells(self) -> dict[int, int]:
        """Regions, by key, that a flow with declared classes brings: a flow without does not rescue them (I-7)."""
        declared: dict[int, int] = {}
        undeclared_into = {flow.receiver for flow in self.flows if not flow.declared}
        count = self.projection.class_count
        for flow in self.flows:
            if flow.declared and flow.receiver in undeclared_into:
                for number in flow.attributes:
                    key = flow.receiver * count + number
                    declared[key] = declared.get(key, 0) | self.supplied(flow, number)
        return declared

    def _base_sources(self) -> dict[int, int]:
        count, entered = self.projection.class_count, self.base_entered
        lives = [application.start <= self.day < application.end for application in self.projection.applications]
        sources = {key: entered.get(key, 0) | presumed if lives[key // count] else 0 for key, presumed in self._presumed.items()}
        turning = [cycle for cycle in self.cycles if still_turns(self.projection, cycle, self.base_lives.__getitem__)]
        for key, mask in self.cycle_sources(turning).items():
            sources[key] = sources.get(key, 0) | mask
        return sources

    @cached_property
    def proven(self) -> dict[int, int]:
        """Regions, by key, that come from a stated source or a cycle: what is held beyond them rests on I-9."""
        sources = {key: mask & ~self.presumed(key) for key, mask in self.base_sources.items()}
        return least_supply(self._base_edges(), sources, lambda _key: 0, self.declared_cells)

    def ended(self) -> dict[int, int]:
        """Cells of the reference that are not held on D although nothing stops them: they end by themselves (I-12), by key."""
        lost = {key: self.asked[key] & mask & ~self.base.get(key, 0) for key, mask in self.held.items() if key in self.asked}
        return {key: mask for key, mask in lost.items() if mask}

    def brought_on_the_day(self, flow: CompiledFlow, data_class: int) -> int:
        """Regions of a class that a flow brings on D when nothing stops."""
        key = flow.supplier * self.projection.class_count + data_class
        held = self.base.get(key)
        receiver = flow.receiver * self.projection.class_count + data_class
        return brought(flow, receiver, self.base_default(key) if held is None else held, self.declared_cells)
