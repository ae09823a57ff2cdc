"""The moves that the verdicts ask for, and on whose moves they rely (docs/impact.md, I-14, I-18, I-29).

A move is a flow with an interface that is the best for some of its needs. What it takes from a cell that is only held after another move relies on the
applications that bring that cell back: those that move to receive it themselves, else, up the living flows, those from which it comes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.impact.analysis import Judged
from graph.impact.candidates import FLOW
from graph.impact.rights import DATA_CLASS_UNKNOWN, SOURCE_FIRST


@dataclass(frozen=True, slots=True)
class Relocation:
    """A flow and an interface that it moves to, by number, with the bits of its gaps. `mover`: the application; `relies_on`: (cell key, regions)."""

    flow: int
    interface: int
    mover: int
    gaps: int
    relies_on: tuple[tuple[int, int], ...]


def relocations(judged: Judged) -> list[Relocation]:
    """By code of the flow, then of the interface."""
    projection, gaps = judged.overlay.projection, dict[tuple[int, int], int]()
    relied: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for number, judgement in judged.judgements.items():
        for data_class, outcome in judgement.outcomes.items():
            for choice in outcome.choices:
                option = choice.option
                if option.waiting == FLOW:
                    continue
                place = number, option.interface
                gaps[place] = gaps.get(place, 0) | option.gaps | (0 if projection.flows[number].declared else DATA_CLASS_UNKNOWN)
                if option.gaps & SOURCE_FIRST:
                    relied[place].append((projection.key(option.supplier, data_class), choice.regions))
    code = judged.overlay.interfaces
    ordered = sorted(gaps, key=lambda place: (place[0], code[place[1]].source.code))
    return [Relocation(flow, to, projection.flows[flow].caller, gaps[flow, to], tuple(relied[flow, to])) for flow, to in ordered]


class Restorers:
    """Which applications bring a cell back by moving."""

    def __init__(self, judged: Judged) -> None:
        self.overlay = judged.overlay
        self.supplies = judged.supplies
        self._movers: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, judgement in judged.judgements.items():
            flow = self.overlay.projection.flows[number]
            for data_class, outcome in judgement.outcomes.items():
                for choice in outcome.choices:
                    fed = self.overlay.interfaces[choice.option.interface].application
                    if choice.option.waiting != FLOW and (not flow.source.feed or fed == flow.receiver):
                        self._movers[self.overlay.projection.key(flow.receiver, data_class)].append((choice.regions, flow.caller))

    def of(self, cells: Iterable[tuple[int, int]]) -> set[int]:
        """The applications that bring back what is not kept of some cell keys and regions, the nearest on each way up the flows."""
        found: set[int] = set()
        seen: dict[int, int] = {}
        pending = list(cells)
        while pending:
            key, regions = pending.pop()
            fresh = regions & ~seen.get(key, 0) & ~self.supplies.kept.regions(key)
            if not fresh:
                continue
            seen[key] = seen.get(key, 0) | fresh
            for mask, mover in self._movers.get(key, ()):
                if mask & fresh:
                    found.add(mover)
                    regions &= ~mask
            pending += self._suppliers(key, fresh & regions)
        return found

    def _suppliers(self, key: int, regions: int) -> Iterator[tuple[int, int]]:
        for supplier, mask, _, _ in self.overlay.inflows(key) if regions else ():
            back = mask & regions & self.supplies.held_with_moves.regions(supplier)
            if back:
                yield supplier, back
