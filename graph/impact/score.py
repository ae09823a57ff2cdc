"""The score of a territory, with every contribution (docs/impact.md, I-26)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.impact.items import WEIGHTS, Items
from graph.impact.projection import bits
from graph.impact.severity import Severity, TouchedItem
from graph.impact.verdict import Contribution, Score

TENTHS: Final[Mapping[Severity, int]] = {Severity.RUPTURE: 10, Severity.DEGRADED: 5, Severity.TO_MIGRATE: 1, Severity.INFORMED: 0}
"""Share of an item, in tenths, so that sums are exact."""


def untouched_contributions(items: Items) -> dict[tuple[int, int, int], Contribution]:
    """A contribution of share 0 for each counted item, by application, usage and territory."""
    names, applications = items.projection.names, items.projection.applications
    code_of = {bit: code for code, bit in names.region_bit.items()}
    contributions = {}
    for slot in items.slots.values():
        if not slot.counted:
            continue
        code, usage, weight = applications[slot.application].source.code, items.usage_name(slot.usage), WEIGHTS[slot.criticality]
        for territory in bits(slot.territories):
            contributions[slot.application, slot.usage, territory] = Contribution(code, usage, code_of[territory], slot.criticality, weight, 0.0, None)
    return contributions


def score(items: Items, untouched: Mapping[tuple[int, int, int], Contribution], touched: Iterable[TouchedItem]) -> Score:
    """100 × Σ weight × share / Σ weight of each territory, over its reference items, rounded down to 0.1."""
    contributions, counted = dict(untouched), [item for item in touched if item.slot.counted]
    for item in counted:
        place = (item.slot.application, item.slot.usage, item.territory)
        one, share = contributions[place], TENTHS[item.severity] / 10
        contributions[place] = Contribution(one.application, one.usage, one.territory, one.criticality, one.weight, share, item.severity)
    totals = scored(items, counted)
    return Score(totals.value, totals.national, totals.by_territory, tuple(contributions.values()))


@dataclass(frozen=True, slots=True)
class Totals:
    """A score without its contributions."""

    value: float
    national: float
    by_territory: tuple[tuple[str, float], ...]


def scored(items: Items, touched: Iterable[TouchedItem]) -> Totals:
    """The figures of the score alone."""
    sums: dict[int, int] = defaultdict(int)
    for item in touched:
        if item.slot.counted:
            sums[item.territory] += WEIGHTS[item.slot.criticality] * TENTHS[item.severity]
    weights, names = items.weights, items.projection.names
    by_territory = tuple((names.region_codes(t)[0], _hundred(sums[t], weight)) for t, weight in sorted(weights.items()))
    return Totals(max((value for _, value in by_territory), default=0.0), _hundred(sum(sums.values()), sum(weights.values())), by_territory)


def _hundred(tenths: int, weight: int) -> float:
    return (100 * tenths // weight) / 10 if weight else 0.0
