"""What can take the place of an interface: candidates, their gaps, the best first (docs/impact.md, I-14, I-16 to I-18)."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.impact.after import Supply
from graph.impact.overlay import Overlay
from graph.impact.projection import NEVER, CompiledFlow, CompiledInterface
from graph.impact.rights import GAP_ORDER, Gap, Rights, offered, perimeter_of, static_gaps

INTERFACE = 0
FLOW = 1


@dataclass(frozen=True, slots=True, order=True)
class Option:
    """A way to keep some regions of a need. Sorted, the best is the first (I-18).

    `missing`: attributes that it lacks, one more when its supplier lacks some itself. `waiting`: 1 when it is a live flow of the same
    application, of that interface. `lacks_part`: its supplier has only part (I-20).
    """

    missing: int
    gap_count: int
    not_replacement: bool
    code: str
    waiting: int
    regions: int
    interface: int
    supplier: int
    gaps: tuple[Gap, ...]
    lacking: int
    lacks_part: bool


@dataclass(frozen=True, slots=True)
class Supplies:
    """The four supplies of a question: after, without and with the moves that are possible, something held and all kept (I-20)."""

    held: Supply
    kept: Supply
    held_with_moves: Supply
    full_with_moves: Supply


def sorted_gaps(gaps: set[Gap]) -> tuple[Gap, ...]:
    """In the order of I-16."""
    return tuple(sorted(gaps, key=GAP_ORDER.__getitem__))


class Market:
    """All that is offered on D, by class, with what the question has shown of it so far (kept, since many flows ask the same)."""

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay
        self._serving: dict[tuple[int, int, bool], list[tuple[int, CompiledInterface, int]]] = {}
        self._rights: dict[int, Rights] = {}
        self._ranked: dict[tuple[Rights, int, int, int], list[Option]] = {}
        self._by_class: dict[tuple[int, bool], list[int]] = {}

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

    def serving(self, called: int, data_class: int, intake: bool) -> list[tuple[int, CompiledInterface, int]]:
        """Living interfaces that offer something of the class in place of `called`, with the attributes offered (I-17)."""
        asked = (called, data_class, intake)
        known = self._serving.get(asked)
        if known is None:
            known = self._serving[asked] = list(self._offering(called, data_class, intake))
        return known

    def _offering(self, called: int, data_class: int, intake: bool) -> Iterator[tuple[int, CompiledInterface, int]]:
        overlay = self.overlay
        for number in self._numbers(data_class, intake):
            interface = overlay.interfaces[number]
            if not interface.offered or not overlay.interface_lives(number):
                continue
            attributes = offered(overlay.interfaces[called], interface, data_class)
            if attributes:
                yield number, interface, attributes

    def opening_later(self, flow: CompiledFlow, data_class: int, regions: int) -> Iterator[CompiledInterface]:
        """Interfaces that would be candidates and open after D (I-14)."""
        overlay = self.overlay
        for number in self._numbers(data_class, flow.source.feed):
            interface = overlay.interfaces[number]
            stopped = number in overlay.interface_stops or interface.application in overlay.application_stops
            later = overlay.day < interface.start < min(interface.end, NEVER) and not stopped and interface.application != flow.caller
            if later and interface.offered & regions and offered(overlay.interfaces[flow.interface], interface, data_class):
                yield interface

    def options(self, flow: CompiledFlow, data_class: int, needed: int, supplies: Supplies) -> list[Option]:
        """Candidates for one class of a flow, the best first, without those of its own application."""
        rights = self.rights(flow.caller)
        asked = (rights, flow.interface, data_class, needed)
        if flow.source.feed:
            return sorted(self._options(flow, rights, data_class, needed, supplies))
        ranked = self._ranked.get(asked)
        if ranked is None:
            ranked = self._ranked[asked] = sorted(self._options(flow, rights, data_class, needed, supplies))
        return [option for option in ranked if option.supplier != flow.caller]

    def _options(self, flow: CompiledFlow, rights: Rights, data_class: int, needed: int, supplies: Supplies) -> Iterator[Option]:
        overlay = self.overlay
        access = overlay.projection.access[data_class] if data_class else None
        called = overlay.interfaces[flow.interface]
        for number, interface, attributes in self.serving(flow.interface, data_class, flow.source.feed):
            lacking = needed & ~attributes
            if lacking == needed or (flow.source.feed and interface.application == flow.caller):
                continue
            gaps = static_gaps(rights, interface, access)
            allowed = perimeter_of(rights, interface, overlay.names.everywhere)
            for regions, more, part in self._by_supply(flow, interface, data_class, supplies):
                for within, gap in ((regions & allowed, ()), (regions & ~allowed, (Gap.PERIMETER,))):
                    if within:
                        every = sorted_gaps({*gaps, *more, *gap})
                        yield Option(
                            missing=lacking.bit_count() + part,
                            gap_count=len(every),
                            not_replacement=interface.source.code not in called.coverage,
                            code=interface.source.code,
                            waiting=INTERFACE,
                            regions=within,
                            interface=number,
                            supplier=interface.application,
                            gaps=every,
                            lacking=lacking,
                            lacks_part=part,
                        )

    def _by_supply(
        self, flow: CompiledFlow, interface: CompiledInterface, data_class: int, supplies: Supplies
    ) -> Iterator[tuple[int, tuple[Gap, ...], bool]]:
        """Regions that the candidate covers, split by how its application holds them; a feed asks for nothing to be held."""
        if flow.source.feed:
            yield interface.offered, (), False
            return
        yield from by_supply(self.overlay.projection.key(interface.application, data_class), interface.offered, supplies)


def by_supply(key: int, covered: int, supplies: Supplies) -> Iterator[tuple[int, tuple[Gap, ...], bool]]:
    """Regions of a supplier's cells with the gap SOURCE_FIRST where they are held only after a move, and whether only part is held."""
    with_moves = covered & supplies.held_with_moves.regions(key)
    full = with_moves & supplies.full_with_moves.regions(key)
    for regions, now, part in ((full, supplies.kept.regions(key), False), (with_moves & ~full, supplies.held.regions(key), True)):
        if regions & now:
            yield regions & now, (), part
        if regions & ~now:
            yield regions & ~now, (Gap.SOURCE_FIRST,), part
