"""What can take the place of an interface: candidates, their gaps, the best first (docs/impact.md, I-14, I-16 to I-18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graph.access import AccessRow
from graph.impact.after import Supply
from graph.impact.overlay import Overlay
from graph.impact.projection import NEVER, CompiledFlow, CompiledInterface
from graph.impact.rights import PERIMETER, SOURCE_FIRST, Rights, offered, perimeter_of, static_gaps

INTERFACE = 0
FLOW = 1


class Option(NamedTuple):
    """A way to keep some regions of a need. Sorted, the best is the first (I-18).

    `missing`: attributes that it lacks, one more when its supplier lacks some itself. `waiting`: FLOW when it is a live flow of the same
    application, of that interface. `gaps`: bits of rights.GAPS. `lacks_part`: its supplier has only part (I-20).
    """

    missing: int
    gap_count: int
    not_replacement: bool
    code: str
    waiting: int
    regions: int
    interface: int
    supplier: int
    gaps: int
    lacking: int
    lacks_part: bool


class Asked(NamedTuple):
    """What candidates are looked for: some attributes of one class of a flow, about some regions."""

    flow: CompiledFlow
    data_class: int
    attributes: int
    regions: int


class Served(NamedTuple):
    """A living interface that offers something of a class in place of another, with the attributes offered."""

    number: int
    interface: CompiledInterface
    attributes: int
    not_replacement: bool


@dataclass(frozen=True, slots=True)
class Supplies:
    """The four supplies of a question: after, without and with the moves that are possible, something held and all kept (I-20)."""

    held: Supply
    kept: Supply
    held_with_moves: Supply
    full_with_moves: Supply

    def free_of(self, application: int, key: int, regions: int) -> int:
        """Of regions that a key holds only after moves, those that it does not owe to a move of the application itself."""
        return self.held_with_moves.without(key, regions, application, self.held)

    def moved(self, key: int, regions: int) -> int:
        """Regions of a key that are held after the moves and are not kept in full without them."""
        return regions & self.held_with_moves.regions(key) & ~self.kept.regions(key)


SupplySplit = tuple[tuple[int, int, bool], ...]
"""Regions, the gap SOURCE_FIRST where they are held only after a move, and whether only part of them is held."""


class Market:
    """All that is offered on D, by class. It remembers what many flows ask alike; `options` is asked once the supplies are final."""

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay
        self._serving: dict[tuple[int, int, bool], list[Served]] = {}
        self._covering: dict[tuple[int, int, bool, int], list[Served]] = {}
        self._rights: dict[int, Rights] = {}
        self._standings: dict[tuple[int, int, tuple[AccessRow, ...] | None], tuple[int, int]] = {}
        self._splits: dict[tuple[int, int], SupplySplit] = {}
        self._by_class: dict[tuple[int, bool], list[int]] = {}
        self._later: list[int] | None = None

    def rights(self, application: int) -> Rights:
        """Rights of an application, worked out once."""
        known = self._rights.get(application)
        if known is None:
            known = self._rights[application] = self.overlay.rights(application)
        return known

    def _numbers(self, data_class: int, intake: bool) -> list[int]:
        """Interfaces that may stand for the class, living or not."""
        if not self._by_class:
            for number, interface in enumerate(self.overlay.interfaces):
                for served in (0, *interface.serves):
                    self._by_class.setdefault((served, interface.source.intake), []).append(number)
        return self._by_class.get((data_class, intake), [])

    def serving(self, called: int, data_class: int, intake: bool, regions: int) -> list[Served]:
        """Living interfaces that offer something of the class, about some of the regions, in place of `called` (I-17)."""
        asked = (called, data_class, intake, regions)
        covering = self._covering.get(asked)
        if covering is None:
            every = self._serving.get(asked[:3])
            if every is None:
                every = self._serving[asked[:3]] = list(self._offering(called, data_class, intake))
            covering = self._covering[asked] = [served for served in every if served.interface.offered & regions]
        return covering

    def _offering(self, called: int, data_class: int, intake: bool) -> Iterator[Served]:
        overlay = self.overlay
        replaced = overlay.interfaces[called]
        for number in self._numbers(data_class, intake):
            interface = overlay.interfaces[number]
            if not interface.offered or not overlay.interface_lives(number):
                continue
            attributes = offered(replaced, interface, data_class)
            if attributes:
                yield Served(number, interface, attributes, interface.source.code not in replaced.coverage)

    def opening_later(self, flow: CompiledFlow, data_class: int, regions: int) -> Iterator[CompiledInterface]:
        """Interfaces that would be candidates and open after D (I-14)."""
        if self._later is None:
            self._later = [number for number in range(len(self.overlay.interfaces)) if self._opens_later(number)]
        for number in self._later:
            interface = self.overlay.interfaces[number]
            if interface.source.intake != flow.source.feed or interface.application == flow.caller or not interface.offered & regions:
                continue
            if offered(self.overlay.interfaces[flow.interface], interface, data_class):
                yield interface

    def _opens_later(self, number: int) -> bool:
        overlay, interface = self.overlay, self.overlay.interfaces[number]
        stopped = number in overlay.interface_stops or interface.application in overlay.application_stops
        return not stopped and overlay.day < interface.start < min(interface.end, NEVER)

    def options(self, asked: Asked, supplies: Supplies) -> list[Option]:
        """Candidates, the best first (I-18)."""
        flow, data_class, needed, regions = asked
        feed, caller = flow.source.feed, flow.caller
        found = []
        for served in self.serving(flow.interface, data_class, feed, regions):
            number, interface, attributes, _ = served
            lacking = needed & ~attributes
            if lacking == needed or interface.application == caller:
                continue
            gaps, allowed = self._standing(caller, number, data_class)
            for split, more, part in self._split(served, data_class, feed, supplies):
                covered = split & regions
                if more and covered:
                    covered = supplies.free_of(caller, self.overlay.projection.key(interface.application, data_class), covered)
                within, beyond = covered & allowed, covered & ~allowed
                if within:
                    found.append(_option(served, within, gaps | more, lacking, part))
                if beyond:
                    found.append(_option(served, beyond, gaps | more | PERIMETER, lacking, part))
        found.sort()
        return found

    def _standing(self, caller: int, number: int, data_class: int) -> tuple[int, int]:
        """The gaps of an application before an interface that depend neither on regions nor on supply, and the regions it may ask."""
        access = self.overlay.projection.access[data_class] if data_class else None
        known = self._standings.get((caller, number, access))
        if known is None:
            rights, interface = self.rights(caller), self.overlay.interfaces[number]
            known = static_gaps(rights, interface, access), perimeter_of(rights, interface, self.overlay.names.everywhere)
            self._standings[caller, number, access] = known
        return known

    def _split(self, served: Served, data_class: int, feed: bool, supplies: Supplies) -> SupplySplit:
        """How the candidate's application holds what it covers; a feed asks for nothing to be held."""
        asked = (served.number, data_class)
        split = self._splits.get(asked)
        if split is None:
            interface = served.interface
            key = self.overlay.projection.key(interface.application, data_class)
            split = ((interface.offered, 0, False),) if feed else by_supply(key, interface.offered, supplies)
            self._splits[asked] = split
        return split


def _option(served: Served, regions: int, gaps: int, lacking: int, part: bool) -> Option:
    interface = served.interface
    return Option(
        lacking.bit_count() + part, gaps.bit_count(), served.not_replacement, interface.source.code, INTERFACE, regions, served.number,
        interface.application, gaps, lacking, part,
    )  # fmt: skip


def by_supply(key: int, covered: int, supplies: Supplies) -> SupplySplit:
    """Regions of a supplier's cells with the gap SOURCE_FIRST where they are held only after a move, and whether only part is held."""
    if not supplies.moved(key, covered):
        kept = covered & supplies.kept.regions(key)
        return ((kept, 0, False),) if kept else ()
    return tuple(_split(key, covered, supplies))


def _split(key: int, covered: int, supplies: Supplies) -> Iterator[tuple[int, int, bool]]:
    with_moves = covered & supplies.held_with_moves.regions(key)
    full = with_moves & supplies.full_with_moves.regions(key)
    for regions, now, part in ((full, supplies.kept.regions(key), False), (with_moves & ~full, supplies.held.regions(key), True)):
        if regions & now:
            yield regions & now, 0, part
        if regions & ~now:
            yield regions & ~now, SOURCE_FIRST, part
