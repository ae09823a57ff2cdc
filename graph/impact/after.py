"""Supply after the stops and actions, and after the moves that are possible (docs/impact.md, I-8, I-14, I-20).

Only the cells that the question can change, the cone, are worked out again; all others are those of the baseline. So a question costs
what it touches, not the size of the inventory.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from graph.impact.overlay import Overlay
from graph.impact.projection import CompiledFlow
from graph.impact.supply import full_regions, still_turns


class Grade(IntEnum):
    """What a supply promises of a cell."""

    HELD = 0
    """Something of it (I-8)."""
    FULL = 1
    """All attributes that are needed of it, from suppliers that have them (I-20)."""


class Offer(NamedTuple):
    """One way to bring a cell key back: regions that the key `supplier` would send, and the attributes of it."""

    supplier: int
    regions: int
    attributes: int


@dataclass(slots=True)
class Supply:
    """Regions held by cell key, over a baseline; `moves` are the offers that verdicts found, by receiving key."""

    overlay: Overlay
    grade: Grade
    cone: dict[int, int]
    sources: "Sources"
    held: dict[int, int]
    moves: dict[int, list[Offer]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    at_once: dict[int, int] = field(default_factory=dict)

    def regions(self, key: int) -> int:
        """Regions that the application of a key holds."""
        held = self.held.get(key)
        if held is None:
            held = self.held[key] = self.sources.unchanged(key)
        return held

    def settle(self, keys: Iterable[int]) -> None:
        """Grow to the least fixpoint, these keys having new supply. Each key is counted again when a supplier of it grew."""
        queue = deque(keys)
        queued = set(queue)
        while queue:
            key = queue.popleft()
            queued.discard(key)
            before = self.held[key]
            after = before | self._count(key)
            if after == before:
                continue
            self.held[key] = after
            for dependent in self._dependents(key, after & ~before):
                if dependent not in queued:
                    queued.add(dependent)
                    queue.append(dependent)

    def add_move(self, key: int, offers: Iterable[Offer]) -> None:
        """Let these offers bring a key of the cone; call `settle` after."""
        for offer in offers:
            self.moves[key].append(offer)
            if offer.supplier in self.cone:
                self.waiting[offer.supplier].add(key)

    def _count(self, key: int) -> int:
        """Of the regions that are still open, those that moves and flows bring; moves first, for they bring most."""
        regions = self.cone[key] & ~self.held[key]
        if not regions:
            return 0
        needed = self.overlay.reference.needed.get(key) if self.grade is Grade.FULL else 0
        offers = [(offer.regions & self.regions(offer.supplier), offer.attributes) for offer in self.moves.get(key, ())]
        counted = graded(needed, offers, regions) if offers else 0
        if counted == regions:
            return counted
        offers += [(mask & self.regions(supplier), attributes) for supplier, mask, attributes, _ in self.overlay.inflows(key)]
        return graded(needed, offers, regions)

    def _dependents(self, key: int, grown: int) -> Iterator[int]:
        for receiver, regions in self.overlay.outflows(key):
            if regions & grown & self.cone.get(receiver, 0):
                yield receiver
        yield from self.waiting.get(key, ())

    def without(self, key: int, regions: int, avoided: int, held: "Supply") -> int:
        """Regions of a key that come back from what is `held` even if the application `avoided` does not move.

        What only comes back by way of an application is no source for that application: a cycle does not feed itself (I-8).
        """
        count = self.overlay.projection.class_count
        found = self._at_once(key, held) & regions
        seen, pending = {key: regions}, [(key, regions)]
        while pending and found != regions:
            current, asked = pending.pop()
            for supplier, mask in self._suppliers(current):
                wanted = mask & asked & ~found
                if not wanted or supplier // count == avoided:
                    continue
                found |= wanted & held.regions(supplier)
                further = wanted & ~found & self.regions(supplier) & ~seen.get(supplier, 0)
                if further:
                    seen[supplier] = seen.get(supplier, 0) | further
                    pending.append((supplier, further))
        return found

    def _at_once(self, key: int, held: "Supply") -> int:
        """Regions of a key that come straight from what is held; who lost them is none of these suppliers."""
        known = self.at_once.get(key)
        if known is None:
            known = 0
            for supplier, mask in self._suppliers(key):
                known |= mask & held.regions(supplier)
            self.at_once[key] = known
        return known

    def _suppliers(self, key: int) -> Iterator[tuple[int, int]]:
        """The keys that could bring a key, by living flows and moves, with the regions."""
        for supplier, regions, _, _ in self.overlay.inflows(key):
            yield supplier, regions
        yield from ((offer.supplier, offer.regions) for offer in self.moves.get(key, ()))

    def copy(self) -> "Supply":
        """The same supply, to which moves can be added."""
        return Supply(self.overlay, self.grade, self.cone, self.sources, dict(self.held))


class Sources:
    """Of which regions an application is the source after (I-9, I-10), and what cells outside the cone hold."""

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay
        self.reference = overlay.reference
        broken = [c for c in self.reference.cycles if not still_turns(overlay.projection, c, overlay.flow_lives)] if overlay.gone else []
        self.broken_cycles = self.reference.cycle_sources(broken)
        self._known: dict[int, int] = {}

    def of(self, key: int) -> int:
        """Regions that the application of a key is the source of."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._found(key)
        return known

    def _found(self, key: int) -> int:
        application = key // self.overlay.projection.class_count
        if application in self.overlay.application_stops:
            return 0
        stated = self.reference.base_sources.get(key)
        regions = self.reference.base_default(key) if stated is None else stated
        if key in self.broken_cycles:
            regions &= ~self.broken_cycles[key] | self.reference.base_entered.get(key, 0)
        entered = self.overlay.entered.get(key, 0)
        return regions | entered if entered and self.overlay.application_lives(application) else regions

    def unchanged(self, key: int) -> int:
        """What the application of a key outside the cone holds."""
        application = key // self.overlay.projection.class_count
        if application in self.overlay.application_stops:
            return 0
        held = self.reference.base.get(key)
        return self.reference.base_default(key) if held is None else held


def cone_of(overlay: Overlay, sources: Sources) -> dict[int, int]:
    """Regions, by cell key, that the question can change: what flows that are gone or added bring, and all that hangs on it.

    A cell goes no further where its application is its source, or a living flow brings all of it straight from a source that stays.
    """
    cone: dict[int, int] = {}
    pending = list(_seeds(overlay, sources))
    while pending:
        key, regions = pending.pop()
        fresh = regions & ~cone.get(key, 0) & ~sources.of(key)
        fresh &= ~_first_hand(overlay, sources, key, fresh) if fresh else 0
        if not fresh:
            continue
        cone[key] = cone.get(key, 0) | fresh
        for receiver, mask in overlay.outflows(key):
            if mask & fresh:
                pending.append((receiver, mask & fresh))
    return cone


def _seeds(overlay: Overlay, sources: Sources) -> Iterator[tuple[int, int]]:
    count = overlay.projection.class_count
    flows: list[CompiledFlow] = [overlay.projection.flows[n] for n in sorted(overlay.gone) if overlay.reference.base_lives[n]] + overlay.added
    for flow in flows:
        if overlay.application_lives(flow.receiver):
            for data_class in flow.attributes:
                yield flow.receiver * count + data_class, flow.mask
    for key, regions in sources.broken_cycles.items():
        yield key, regions
    for key, regions in overlay.entered.items():
        gained = regions & ~sources.unchanged(key)
        for receiver, mask in overlay.outflows(key):
            if mask & gained:
                yield receiver, mask & gained


def _first_hand(overlay: Overlay, sources: Sources, key: int, regions: int) -> int:
    needed = overlay.reference.needed.get(key, 0)
    offers = [
        (mask & sources.of(supplier), attributes)
        for supplier, mask, attributes, number in overlay.inflows(key)
        if mask & regions and overlay.flow(number).declared
    ]
    return full_regions(needed, offers, regions)


def supplies_after(overlay: Overlay) -> tuple[Supply, Supply]:
    """What is held after, and what is kept in full, without any move that is not an action."""
    sources = Sources(overlay)
    cone = cone_of(overlay, sources)
    held = {key: sources.unchanged(key) & ~regions | sources.of(key) for key, regions in cone.items()}
    for key in overlay.entered:
        held.setdefault(key, sources.unchanged(key) | sources.of(key))
    something, full = (Supply(overlay, grade, cone, sources, dict(held)) for grade in Grade)
    hanging = []
    for key, regions in cone.items():
        offers = []
        for supplier, mask, attributes, _ in overlay.inflows(key):
            if supplier in held:
                hanging.append(key)
                break
            offers.append((mask & something.regions(supplier), attributes))
        else:
            something.held[key] |= graded(0, offers, regions)
            full.held[key] |= graded(overlay.reference.needed.get(key), offers, regions)
    something.settle(hanging)
    full.settle(hanging)
    return something, full


def graded(needed: int | Sequence[tuple[int, int]] | None, offers: Sequence[tuple[int, int]], regions: int) -> int:
    """Of some regions, those that offers bring with what is needed; `needed` 0 or None: with anything."""
    if needed:
        return full_regions(needed, offers, regions)
    total = 0
    for mask, _ in offers:
        total |= mask
    return total & regions
