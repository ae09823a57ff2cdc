"""Two scenarios side by side as tables: for the shell, CSV and JSON (invariant 10)."""

from graph.impact.comparison import ItemChange, ScenarioComparison, Side
from graph.tables import Table

COLUMNS = ("application", "usage", "territory", "a", "b", "change")
WORSE, BETTER = "worse", "better"
SIDE = "{name} : score {score} (national {national}), {ruptures} ruptures, {switches} flux à basculer."
FLOWS = "Flux dont le verdict change : {flows}."
ALIKE = "Les deux scénarios touchent les mêmes objets de la même façon."
SHOWN = 10


def comparison_table(found: ScenarioComparison) -> Table:
    """One row an item that the two do not hit alike, those that `b` makes worse first; the figures of both, and the flows, as notes."""
    notes = [_side("A", found.a), _side("B", found.b)]
    if found.flows:
        named = [f"{one.flow} {one.a or '-'} → {one.b or '-'}" for one in found.flows]
        more = f" (+{len(named) - SHOWN})" if len(named) > SHOWN else ""
        notes.append(FLOWS.format(flows=", ".join(named[:SHOWN]) + more))
    if not found.items:
        notes.append(ALIKE)
    return Table(COLUMNS, [(one.application, one.usage, one.territory, one.a, one.b, _change(one)) for one in found.items], tuple(notes))


def _change(one: ItemChange) -> str:
    return WORSE if one.worse else BETTER


def _side(name: str, one: Side) -> str:
    return SIDE.format(name=name, score=one.score, national=one.national, ruptures=one.ruptures, switches=one.switches)
