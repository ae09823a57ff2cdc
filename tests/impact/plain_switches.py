"""The fewest switches by trying all sets, each judged again by the severities themselves (docs/impact.md, I-28)."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from graph.impact.after import Offer, Supply
from graph.impact.analysis import Judged
from graph.impact.candidates import FLOW, Supplies
from graph.impact.judge import Judgement, Outcome
from graph.impact.rights import DATA_CLASS_UNKNOWN, SOURCE_FIRST
from graph.impact.severity import Severities, Severity

Pairs = frozenset[tuple[str, str]]


def all_pairs(one: Judged) -> dict[tuple[str, str], int]:
    """The switches that the verdicts know, (flow, interface), with the bits of their gaps."""
    gaps: dict[tuple[str, str], int] = {}
    for number, judgement in one.judgements.items():
        flow = one.overlay.projection.flows[number]
        for outcome in judgement.outcomes.values():
            for option in outcome.options:
                if option.waiting != FLOW:
                    place = flow.source.code, option.code
                    gaps[place] = gaps.get(place, 0) | option.gaps | (0 if flow.declared else DATA_CLASS_UNKNOWN)
    return gaps


def ruptures_with(one: Judged, done: Pairs) -> set[str]:
    """Items in RUPTURE when these switches are done and no other flow moves."""
    supplies = replace(one.supplies, held_with_moves=_supply(one, done), full_with_moves=one.supplies.kept)
    judgements = {number: _limited(one, judgement, done, supplies) for number, judgement in one.judgements.items()}
    usages = one.basis.projection.inventory.usages
    touched = Severities(one.overlay, one.basis.items, supplies, judgements, one.found, usages).touched()
    return {one.basis.items.name(item.slot, item.territory) for item in touched if item.severity is Severity.RUPTURE}


def _supply(one: Judged, done: Pairs) -> Supply:
    supply = one.supplies.held.copy()
    overlay, reference = one.overlay, one.basis.reference
    for code, to in sorted(done):
        number, interface = overlay.projection.flow_number[code], overlay.interface_number[to]
        flow = overlay.projection.flows[number]
        if not reference.base_lives[number] or not overlay.application_lives(flow.receiver):
            continue
        for data_class in flow.attributes:
            key = overlay.projection.key(flow.receiver, data_class)
            regions = reference.brought_on_the_day(flow, data_class) & supply.cone.get(key, 0)
            for served in one.market.serving(flow.interface, data_class, flow.source.feed, regions) if regions else ():
                supplier = flow.caller if flow.source.feed else served.interface.application
                fed = not flow.source.feed or served.interface.application == flow.receiver
                if served.number == interface and fed and served.attributes & flow.attributes[data_class]:
                    offer = Offer(overlay.projection.key(supplier, data_class), served.interface.offered & regions, served.attributes)
                    supply.add_move(key, [offer])
    supply.settle(sorted(supply.moves))
    return supply


def _limited(one: Judged, judgement: Judgement, done: Pairs, supplies: Supplies) -> Judgement:
    flow = one.overlay.projection.flows[judgement.flow]
    outcomes = {}
    for data_class, outcome in judgement.outcomes.items():
        if not one.overlay.application_lives(flow.caller):
            held = supplies.held_with_moves.regions(one.overlay.projection.key(flow.receiver, data_class))
        else:
            held = _served(one, flow.source.code, data_class, outcome, done, supplies)
        whole = outcome.kept | outcome.moved | outcome.part | outcome.lost
        outcomes[data_class] = Outcome(outcome.needed, outcome.kept, held & whole & ~outcome.kept, 0, whole & ~outcome.kept & ~held)
    return Judgement(judgement.flow, outcomes, judgement.keepers, judgement.status, judgement.gaps)


def _served(one: Judged, flow: str, data_class: int, outcome: Outcome, done: Pairs, supplies: Supplies) -> int:
    """Regions of the need of a flow that its options serve; what living flows bring beside stands in the supplies."""
    served = 0
    for option in outcome.options:
        if option.waiting == FLOW or (flow, option.code) in done:
            behind = supplies.held_with_moves.regions(one.overlay.projection.key(option.supplier, data_class))
            served |= option.regions & (behind if option.gaps & SOURCE_FIRST else option.regions)
    return served


def fewest_by_trying(one: Judged) -> tuple[int, int, list[tuple[str, str]]]:
    """(switches, gaps, codes) of the best set."""
    pairs = all_pairs(one)
    goal = ruptures_with(one, frozenset(pairs))
    for size in range(len(pairs) + 1):
        found = [_cost(pairs, some) for some in combinations(sorted(pairs), size) if ruptures_with(one, frozenset(some)) == goal]
        if found:
            return min(found)
    raise AssertionError


def _cost(pairs: dict[tuple[str, str], int], some: Iterable[tuple[str, str]]) -> tuple[int, int, list[tuple[str, str]]]:
    chosen = sorted(some)
    return len(chosen), sum(pairs[pair].bit_count() for pair in chosen), chosen
