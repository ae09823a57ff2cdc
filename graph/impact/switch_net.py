"""What each switch brings back: needs, the cells that they rest on, and the switches on the way to them (docs/impact.md, I-28).

A node is a cell that moves bring back, or the need of a flow for a class in a region. An arc says by what it is served: perhaps a switch, perhaps another
cell that must be held first. Every arc has one cell behind it at most, so that what a set of switches serves is what is reached from what is held.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from graph.impact.analysis import Judged
from graph.impact.candidates import FLOW, Option
from graph.impact.judge import Judgement, Outcome
from graph.impact.projection import CompiledFlow, bits
from graph.impact.rights import DATA_CLASS_UNKNOWN, SOURCE_FIRST
from graph.impact.severity import Hit

HELD: Final = -1
"""The node that is served without any switch."""
NEVER_HELD: Final = -2
"""The node that no switch serves."""
NO_SWITCH: Final = -1

Goal = frozenset[tuple[int, ...]]
"""A class of an item in RUPTURE, as ways to lift it: any of them, each with all its nodes."""


class Pair(NamedTuple):
    """A flow of the inventory and an interface that it could move to, by number, with the bits of its gaps (I-16)."""

    flow: int
    interface: int
    gaps: int


class Cell(NamedTuple):
    """A cell key and a region, of which the arcs have not been asked for yet."""

    key: int
    region: int


class Arc(NamedTuple):
    """A way to serve a node: by a switch (or NO_SWITCH), from a node that is served (or HELD)."""

    switch: int
    behind: int


class SwitchNet:
    """The switches of one question, by code, and the nodes that they serve; nodes are made when they are first asked for."""

    def __init__(self, judged: Judged) -> None:
        self.judged = judged
        self.overlay = judged.overlay
        self.pairs = self._pairs()
        self.everything = (1 << len(self.pairs)) - 1
        self._number = {(pair.flow, pair.interface): number for number, pair in enumerate(self.pairs)}
        self._cells: dict[tuple[int, int], int] = {}
        self._needs: dict[tuple[int, int, int], int] = {}
        self._arcs: list[list[Arc] | Cell] = []
        self._moving_to = self._movers_by_receiver()

    def _pairs(self) -> list[Pair]:
        gaps: dict[tuple[int, int], int] = {}
        for judgement in self.judged.judgements.values():
            unknown = 0 if self.overlay.projection.flows[judgement.flow].declared else DATA_CLASS_UNKNOWN
            for option in _switches(judgement):
                place = judgement.flow, option.interface
                gaps[place] = gaps.get(place, 0) | option.gaps | unknown
        codes = self.overlay.projection.inventory.flows
        pairs = (Pair(flow, interface, mask) for (flow, interface), mask in gaps.items())
        return sorted(pairs, key=lambda pair: (codes[pair.flow].code, self.overlay.interfaces[pair.interface].source.code))

    def _movers_by_receiver(self) -> dict[int, list[int]]:
        """Flows that can move, by the application that they bring data to."""
        found: dict[int, list[int]] = {}
        for flow in sorted({pair.flow for pair in self.pairs}):
            found.setdefault(self.overlay.projection.flows[flow].receiver, []).append(flow)
        return found

    @cached_property
    def _interfaces_of(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, pair in enumerate(self.pairs):
            found.setdefault(pair.flow, []).append(number)
        return found

    def need(self, hit: Hit, data_class: int, region: int, otherwise: int) -> int:
        """The node of what an arrival no longer brings of a class in a region; `otherwise`: regions of which something comes all the same (I-20)."""
        arrival = hit.arrival
        flow = self.overlay.projection.flows[arrival.flow]
        own = self.judged.severities.own_outcome(flow, arrival, data_class)
        key = self.overlay.projection.key(flow.receiver, data_class)
        if otherwise & region:
            return HELD
        if own is None:
            return self.cell(key, region)
        if own.kept & region or not (own.moved | own.part | own.lost) & region:
            return HELD
        place = arrival.flow, data_class, region
        if place not in self._needs:
            beside = NEVER_HELD if arrival.outlet else self.cell(key, region)
            self._needs[place] = self._node([*self._by_options(arrival.flow, data_class, region, own), Arc(NO_SWITCH, beside)])
        return self._needs[place]

    def _by_options(self, flow: int, data_class: int, region: int, outcome: Outcome) -> Iterator[Arc]:
        for option in outcome.options:
            if option.regions & region:
                switch = NO_SWITCH if option.waiting == FLOW else self._number[flow, option.interface]
                behind = self.overlay.projection.key(option.supplier, data_class)
                yield Arc(switch, self.cell(behind, region) if option.gaps & SOURCE_FIRST else HELD)

    def cell(self, key: int, region: int) -> int:
        """The node of a cell."""
        supplies = self.judged.supplies
        if supplies.held.regions(key) & region:
            return HELD
        if not supplies.held_with_moves.regions(key) & region:
            return NEVER_HELD
        number = self._cells.get((key, region))
        if number is None:
            number = self._cells[key, region] = len(self._arcs)
            self._arcs.append(Cell(key, region))
        return number

    def _arcs_of(self, node: int) -> list[Arc]:
        arcs = self._arcs[node]
        if isinstance(arcs, Cell):
            arcs = self._arcs[node] = [arc for arc in self._cell_arcs(*arcs) if arc.behind != NEVER_HELD]
        return arcs

    def _cell_arcs(self, key: int, region: int) -> Iterator[Arc]:
        for supplier, mask, _, _ in self.overlay.inflows(key):
            if mask & region:
                yield Arc(NO_SWITCH, self.cell(supplier, region))
        application, data_class = divmod(key, self.overlay.projection.class_count)
        for number in self._moving_to.get(application, ()):
            flow = self.overlay.projection.flows[number]
            if data_class in flow.attributes and self.judged.basis.reference.base_lives[number]:
                yield from self._restoring(flow, number, key, data_class, region)

    def _restoring(self, flow: CompiledFlow, number: int, key: int, data_class: int, region: int) -> Iterator[Arc]:
        """The switches of a flow that give its receiver a cell back (I-14): what the flow brought on D, and a feed only where it fed."""
        overlay = self.overlay
        regions = self.judged.basis.reference.brought_on_the_day(flow, data_class) & self.judged.supplies.held.cone.get(key, 0)
        if not regions & region:
            return
        served = {one.number: one for one in self.judged.market.serving(flow.interface, data_class, flow.source.feed, regions)}
        for switch in self._interfaces_of[number]:
            one = served.get(self.pairs[switch].interface)
            if one is None or not one.interface.offered & region or not one.attributes & flow.attributes[data_class]:
                continue
            supplier = flow.caller if flow.source.feed else one.interface.application
            if not flow.source.feed or one.interface.application == flow.receiver:
                yield Arc(switch, self.cell(overlay.projection.key(supplier, data_class), region))

    def _node(self, arcs: list[Arc]) -> int:
        arcs = [arc for arc in arcs if arc.behind != NEVER_HELD]
        if Arc(NO_SWITCH, HELD) in arcs:
            return HELD
        if not arcs:
            return NEVER_HELD
        self._arcs.append(arcs)
        return len(self._arcs) - 1

    def cut(self, goal: Goal, chosen: int) -> int | None:
        """None if these switches lift the goal; else switches of which all that lift it have one, and these have none; 0: nothing lifts it."""
        cut = 0
        for way in goal:
            cuts = (self._cut(node, chosen) for node in way)
            failing = next((one for one in cuts if one is not None), None)
            if failing is None:
                return None
            cut |= failing
        return cut

    def _cut(self, node: int, chosen: int) -> int | None:
        """The same of one node: the switches that enter what lies behind it, as far as no switch outside `chosen` is needed."""
        cut = 0
        seen, pending = {node}, [node]
        while pending:
            for switch, behind in self._arcs_of(pending.pop()):
                if switch != NO_SWITCH and not chosen >> switch & 1:
                    cut |= 1 << switch
                elif behind == HELD:
                    return None
                elif behind not in seen:
                    seen.add(behind)
                    pending.append(behind)
        return cut

    def within(self, goal: Goal) -> int:
        """All switches on the ways to a goal."""
        found = 0
        pending = [node for way in goal for node in way]
        seen = set(pending)
        while pending:
            for switch, behind in self._arcs_of(pending.pop()):
                found |= 1 << switch if switch != NO_SWITCH else 0
                if behind not in seen and behind != HELD:
                    seen.add(behind)
                    pending.append(behind)
        return found


def _switches(judgement: Judgement) -> Iterator[Option]:
    for outcome in judgement.outcomes.values():
        yield from (option for option in outcome.options if option.waiting != FLOW)


def ways_of(net: SwitchNet, hits: list[Hit], data_class: int, regions: int) -> Goal | None:
    """The goal of a class that an item needs about these regions; None where something of it is served without any switch.

    A region is served when every arrival that no longer brings it is made good. No way at all: no switch lifts it.
    """
    severities, ways = net.judged.severities, set()
    for region in bits(regions):
        nodes = set()
        for hit in hits:
            if hit.regions & region:
                flow = net.overlay.projection.flows[hit.arrival.flow]
                otherwise = severities.otherwise(flow, hit.arrival, data_class) if hit.arrival.outlet else 0
                nodes.add(net.need(hit, data_class, region, otherwise))
        nodes.discard(HELD)
        if not nodes:
            return None
        if NEVER_HELD not in nodes:
            ways.add(tuple(sorted(nodes)))
    return frozenset(ways)
