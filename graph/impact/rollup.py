"""From items to usages, steps, pathways and territories (docs/impact.md, I-22 to I-24)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.impact.inventory import Pathway
from graph.impact.items import CRITICAL_FROM, Items
from graph.impact.severity import ORDER, Severity, TouchedItem, worst

ByTerritory = dict[int, Severity]
"""Severity by territory, a region bit."""


def together(severities: Sequence[Severity | None]) -> Severity | None:
    """RUPTURE if all are, else DEGRADED by any RUPTURE or DEGRADED, else the worst (I-22); None is untouched.

    >>> together([Severity.RUPTURE, None]), together([Severity.TO_MIGRATE, None])
    (<Severity.DEGRADED: 'DEGRADED'>, <Severity.TO_MIGRATE: 'TO_MIGRATE'>)
    """
    if severities and all(severity is Severity.RUPTURE for severity in severities):
        return Severity.RUPTURE
    top = worst([severity for severity in severities if severity])
    return Severity.DEGRADED if top is Severity.RUPTURE else top


@dataclass(frozen=True, slots=True)
class Rollup:
    """Severities by territory of all that the items carry; steps by (pathway, step)."""

    usages: dict[str, ByTerritory]
    steps: dict[tuple[str, str], ByTerritory]
    pathways: dict[str, ByTerritory]
    territories: ByTerritory


def roll_up(items: Items, touched: Iterable[TouchedItem]) -> Rollup:
    """All severities above the items."""
    by_place = {(item.slot.application, item.slot.usage, item.territory): item.severity for item in touched}
    names = items.projection.names
    usages = {names.usages[number]: _usage(items, by_place, number) for number in range(len(names.usages))}
    present = {names.usages[u]: set(by_territory) for u, by_territory in items.by_usage.items() if u >= 0}
    steps, direct = _supported(items, usages, present)
    pathways = {p.code: found for p in items.projection.inventory.pathways if (found := _pathway(p, steps, direct.get(p.code, {})))}
    touched_usages = {code: found for code, found in usages.items() if found}
    return Rollup(touched_usages, {place: found for place, found in steps.items() if found}, pathways, _territories(items, by_place, usages))


def _usage(items: Items, by_place: Mapping[tuple[int, int, int], Severity], usage: int) -> ByTerritory:
    found = {}
    for territory, slots in items.by_usage.get(usage, {}).items():
        severity = together([by_place.get((slot.application, usage, territory)) for slot in slots])
        if severity:
            found[territory] = severity
    return found


def _supported(
    items: Items, usages: Mapping[str, ByTerritory], present: Mapping[str, set[int]]
) -> tuple[dict[tuple[str, str], ByTerritory], dict[str, ByTerritory]]:
    """Steps by their usages, and pathways by the usages that support them as a whole."""
    by_step: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_pathway: dict[str, list[str]] = defaultdict(list)
    for usage in items.projection.inventory.usages:
        for support in usage.supports:
            if support.step is None:
                by_pathway[support.pathway].append(usage.code)
            else:
                by_step[support.pathway, support.step].append(usage.code)
    steps = {place: _of_usages(codes, usages, present) for place, codes in by_step.items()}
    return steps, {code: _of_usages(codes, usages, present) for code, codes in by_pathway.items()}


def _of_usages(codes: Sequence[str], usages: Mapping[str, ByTerritory], present: Mapping[str, set[int]]) -> ByTerritory:
    found = {}
    for territory in sorted(set().union(*(usages[code] for code in codes))):
        severity = together([usages[code].get(territory) for code in codes if territory in present.get(code, ())])
        if severity:
            found[territory] = severity
    return found


def _pathway(pathway: Pathway, steps: Mapping[tuple[str, str], ByTerritory], direct: ByTerritory) -> ByTerritory:
    own = {step.code: steps.get((pathway.code, step.code), {}) for step in pathway.steps}
    found = {}
    for territory in sorted(set(direct).union(*own.values())):
        by_step = {code: by_territory.get(territory) for code, by_territory in own.items()}
        ruptured = {code for code, severity in by_step.items() if severity is Severity.RUPTURE}
        through_steps = together([severity for severity in by_step.values() if severity] + [None])
        if ruptured and not has_way_around(pathway, ruptured):
            through_steps = Severity.RUPTURE
        top = worst([severity for severity in (through_steps, direct.get(territory)) if severity])
        if top:
            found[territory] = top
    return found


def has_way_around(pathway: Pathway, ruptured: set[str]) -> bool:
    """Is there a way through NEXT, from a first step to a last one, that meets no step in RUPTURE (I-23)?

    A first step follows none, a last step leads to none; where NEXT turns in a circle and there is no such step, the first, or the
    last, by rank stands for it.
    """
    following = {step.code: step.next for step in pathway.steps}
    reached = {code for codes in following.values() for code in codes}
    first = [code for code in following if code not in reached] or list(following)[:1]
    last = {code for code, codes in following.items() if not codes} or set(list(following)[-1:])
    pending, seen = [code for code in first if code not in ruptured], set[str]()
    while pending:
        code = pending.pop()
        if code in last:
            return True
        seen.add(code)
        pending += [c for c in following[code] if c not in ruptured and c not in seen]
    return False


def _territories(items: Items, by_place: Mapping[tuple[int, int, int], Severity], usages: Mapping[str, ByTerritory]) -> ByTerritory:
    """RUPTURE if a critical usage or all usages are, DEGRADED by any other RUPTURE, else the worst (I-24)."""
    in_territory: dict[int, list[Severity]] = defaultdict(list)
    for (_, _, territory), severity in by_place.items():
        in_territory[territory].append(severity)
    found = {}
    for territory, severities in sorted(in_territory.items()):
        top = together([*severities, None])
        if _territory_ruptures(items, usages, territory):
            top = Severity.RUPTURE
        if top:
            found[territory] = top
    return found


def _territory_ruptures(items: Items, usages: Mapping[str, ByTerritory], territory: int) -> bool:
    present = {u: slots[territory] for u, slots in items.by_usage.items() if u >= 0 and territory in slots}
    names = items.projection.names.usages
    ruptured = {u for u in present if usages[names[u]].get(territory) is Severity.RUPTURE}
    critical = any(slot.criticality >= CRITICAL_FROM for u in ruptured for slot in present[u])
    return critical or (bool(present) and len(ruptured) == len(present))


def worst_territory(by_territory: ByTerritory) -> tuple[int, Severity]:
    """The headline: the worst territory, the first in order among equals (I-22)."""
    territory = min(by_territory, key=lambda t: (ORDER[by_territory[t]], t))
    return territory, by_territory[territory]


def item_territories(touched: Sequence[TouchedItem]) -> ByTerritory:
    """The worst item of each territory."""
    found: ByTerritory = {}
    for item in touched:
        known = found.get(item.territory)
        found[item.territory] = item.severity if known is None else worst([known, item.severity]) or item.severity
    return found
