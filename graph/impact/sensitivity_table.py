"""What to verify first as a table: for the shell, CSV and JSON (invariant 10)."""

from collections.abc import Mapping
from typing import Final

from graph.impact.doubts import Doubt
from graph.impact.sensitivity import Effect, Sensitivity
from graph.tables import Cell, Table

COLUMNS = ("doubt", "subject", "verify", "with", "territory", "score_difference", "score", "national", "changed", "worse", "items")
SHOWN: Final = 3
VERIFY: Final[Mapping[Doubt, str]] = {
    Doubt.INFERRED_FLOW: "ce flux existe-t-il ?",
    Doubt.PRESUMED_SOURCE: "cette classe est-elle saisie là, pour toutes ces régions ?",
    Doubt.CLASS_NOT_CARRIED: "ce flux porte-t-il cette classe ?",
    Doubt.CLASS_NOT_ESSENTIAL: "cette classe est-elle essentielle à cet usage ?",
}
NOTHING = "Aucun fait incertain ne changerait le verdict."
EXAMINED = "Faits essayés, un à la fois : {facts}."
BEYOND = "{count} autres n'ont pas été essayés : la limite est atteinte, les plus proches de ce qui est touché passent d'abord."
UNKNOWN_OWNER = "responsable inconnu"


def sensitivity_table(found: Sensitivity) -> Table:
    """One row a fact that would change something, those that change most first."""
    notes = [] if found.effects else [NOTHING]
    notes.append(EXAMINED.format(facts=", ".join(f"{count} {doubt}" for doubt, count in found.examined)))
    if found.not_examined:
        notes.append(BEYOND.format(count=found.not_examined))
    return Table(COLUMNS, [_row(one) for one in found.effects], tuple(notes))


def _row(one: Effect) -> list[Cell]:
    holders = ", ".join(f"{holder.application} ({holder.owner or UNKNOWN_OWNER})" for holder in one.holders)
    items = [f"{item.application}/{item.usage}@{item.territory} {item.a or '-'} → {item.b or '-'}" for item in one.items]
    more = f" (+{len(items) - SHOWN})" if len(items) > SHOWN else ""
    worse = sum(item.worse for item in one.items)
    told: list[Cell] = [one.doubt.value, one.subject, VERIFY[one.doubt], holders, one.territory or "", one.score_difference, one.score, one.national]
    return [*told, len(items), worse, ", ".join(items[:SHOWN]) + more]
