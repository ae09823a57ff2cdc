"""The readiness of the regions as a table: for the shell, CSV and JSON (invariant 10)."""

from collections.abc import Sequence

from graph.impact.judge import Status
from graph.impact.readiness import Readiness
from graph.tables import Cell, Table

COLUMNS = ("application", "name", "regions", "stops_on", *(status.value for status in Status), "ready", "ruptures", "score", "national")
TOGETHER = "La ligne sans application : tous les ROR régionaux s'arrêtent le même jour ; ce qui se remplaçait entre régions n'est plus là."
NOT_KNOWN = "ready vide : aucun flux n'est décrit ; ce n'est pas 100 %."
NONE = "Aucun ROR régional n'est en service à la date d'analyse."


def readiness_table(found: Sequence[Readiness]) -> Table:
    """One row a regional ROR, the last of all together."""
    notes = [TOGETHER, *([NOT_KNOWN] if any(one.ready is None for one in found) else [])] if found else [NONE]
    return Table(COLUMNS, [_row(one) for one in found], tuple(notes))


def _row(one: Readiness) -> list[Cell]:
    flows = dict(one.flows)
    counts = [flows.get(status, 0) for status in Status]
    return [one.application, one.name, ", ".join(one.regions), one.stops_on.isoformat(), *counts, one.ready, one.ruptures, one.score, one.national]
