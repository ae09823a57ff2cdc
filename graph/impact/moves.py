"""Which flows get a verdict, and what the moves they could make restore for others (docs/impact.md, I-14).

A move restores at most what the baseline held: a flow that ended by itself before D brings nothing back for others, and a feed that
moves to another application takes nothing there that it had lost. Without these two limits one more target could lower a severity
(I-27). For the same reason a source that comes back in part is still lost in part: the flow gets a verdict.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby

from graph.impact.after import Offer, Supply
from graph.impact.breaks import Break
from graph.impact.candidates import Market, Supplies
from graph.impact.overlay import Overlay
from graph.impact.projection import CompiledFlow
from graph.impact.walk import Walk


class Moves:
    """The flows with a verdict, `judged`, by number, and the supplies with all their possible moves."""

    def __init__(self, overlay: Overlay, market: Market, held: Supply, kept: Supply) -> None:
        self.overlay = overlay
        self.market = market
        self.supplies = Supplies(held, kept, held.copy(), kept.copy())
        self.judged: set[int] = set()
        self._known: dict[tuple[int, int, int, int], list[Offer]] = {}

    def admit(self, flows: list[int]) -> None:
        """Give these flows a verdict, and let what they can move to supply others."""
        self.judged.update(flows)
        moved = {key for number in flows for key in self._open(self.overlay.projection.flows[number], number)}
        if moved:
            self.supplies.held_with_moves.settle(sorted(moved))
            self.supplies.full_with_moves.settle(sorted(moved))

    def stays_lost(self, flow: CompiledFlow, lost: Mapping[int, int]) -> bool:
        """Is some of what the flow no longer brings not back in full at its supplier?"""
        full = self.supplies.full_with_moves
        return any(mask & ~full.regions(self.overlay.projection.key(flow.supplier, c)) for c, mask in lost.items())

    def _open(self, flow: CompiledFlow, number: int) -> Iterator[int]:
        if not self.overlay.reference.base_lives[number] or not self.overlay.application_lives(flow.receiver):
            return
        for data_class, needed in flow.attributes.items():
            key = self.overlay.projection.key(flow.receiver, data_class)
            regions = self.overlay.reference.brought_on_the_day(flow, data_class) & self.supplies.held.cone.get(key, 0)
            if regions and self._add(flow, key, data_class, needed, regions):
                yield key

    def _add(self, flow: CompiledFlow, key: int, data_class: int, needed: int, regions: int) -> bool:
        asked = (flow.interface, data_class, needed, regions)
        if flow.source.feed:
            offers = list(self._outlets(flow, *asked))
        else:
            known = self._known.get(asked)
            if known is None:
                known = self._known[asked] = list(self._offers(*asked))
            offers = [offer for offer in known if offer.supplier != key]
        if not offers:
            return False
        self.supplies.held_with_moves.add_move(key, offers)
        beside = 0
        for _, _, attributes, _ in self.overlay.inflows(key):
            beside |= attributes
        full = [offer for offer in offers if needed & ~(offer.attributes | beside) == 0]
        self.supplies.full_with_moves.add_move(key, full)
        return True

    def _offers(self, called: int, data_class: int, needed: int, regions: int) -> Iterator[Offer]:
        """What all candidates in place of `called` would send, whoever asks."""
        for _, interface, attributes, _ in self.market.serving(called, data_class, False, regions):
            if attributes & needed:
                supplier = self.overlay.projection.key(interface.application, data_class)
                yield Offer(supplier, interface.offered & regions, attributes & needed)

    def _outlets(self, flow: CompiledFlow, called: int, data_class: int, needed: int, regions: int) -> Iterator[Offer]:
        """A feed that moves sends to the application that it fed, or brings nothing back there."""
        supplier = self.overlay.projection.key(flow.caller, data_class)
        for _, interface, attributes, _ in self.market.serving(called, data_class, True, regions):
            if attributes & needed and interface.application == flow.receiver and self.overlay.application_lives(flow.caller):
                yield Offer(supplier, interface.offered & regions, attributes & needed)


def possible_moves(overlay: Overlay, market: Market, breaks: Mapping[int, Break], found: Walk, held: Supply, kept: Supply) -> Moves:
    """Verdicts by depth: what breaks at once, then the flows (not feeds) whose source stays lost after the moves before them."""
    moves = Moves(overlay, market, held, kept)
    moves.admit(sorted(number for number in breaks if _asks(overlay, breaks[number])))
    beyond = sorted(
        (len(path), number)
        for number, path in found.flow_paths.items()
        if number not in breaks and not overlay.projection.flows[number].source.feed and number in found.by_flow
    )
    for _, group in groupby(beyond, key=lambda item: item[0]):
        flows = overlay.projection.flows
        lost = [n for _, n in group if moves.stays_lost(flows[n], found.lost_through(n, outlet=False))]
        if lost:
            moves.admit(lost)
    return moves


def _asks(overlay: Overlay, item: Break) -> bool:
    """A flow that calls what stops and whose caller lives, or a feed whose caller stops and whose receiver lives."""
    flow = overlay.projection.flows[item.flow]
    if overlay.application_lives(flow.caller):
        return True
    return flow.source.feed and overlay.application_lives(flow.receiver)
