"""The verdict through time as a table: for the shell, CSV and JSON (invariant 10)."""

from graph.impact.judge import Status
from graph.impact.severity import Severity
from graph.impact.timeline import Moment, Timeline
from graph.tables import Cell, Table

COLUMNS = ("since", "until", "events", "ruptures", *(severity.value for severity in Severity), *(status.value for status in Status), "score", "national")
SHOWN = 5
SUPPORT = "ruptures : application/usage@territoire ; la rupture est celle du support numérique, pas celle des soins. score : territoire le plus touché."
NEVER = "Aucune rupture."
FIRST = "Première rupture : {day}."
LIFTED = "Dernière rupture levée : {day} ; rien n'est plus en rupture à partir du {safe}, toutes les cibles arrêtées."
STAYS = "Une rupture reste jusqu'à l'horizon, {day} : aucune date n'est sûre."


def timeline_table(found: Timeline) -> Table:
    """One row a moment; of the ruptures and the events the first five are named, and how many more there are."""
    return Table(COLUMNS, [_row(moment) for moment in found.moments], tuple(_notes(found)))


def _row(moment: Moment) -> list[Cell]:
    events = _first([f"{event.what} {event.code}" for event in moment.events])
    items, flows = dict(moment.items), dict(moment.flows)
    counts = [*(items.get(severity, 0) for severity in Severity), *(flows.get(status, 0) for status in Status)]
    until = moment.until.isoformat() if moment.until else None
    return [moment.since.isoformat(), until, events, _first(list(moment.ruptures)), *counts, moment.score, moment.national]


def _first(names: list[str]) -> str | None:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} (+{len(names) - SHOWN})" if len(names) > SHOWN else shown or None


def _notes(found: Timeline) -> list[str]:
    if found.first_rupture is None:
        return [NEVER]
    after = LIFTED.format(day=found.last_lifted, safe=found.safe_from) if found.last_lifted else STAYS.format(day=found.until)
    return [FIRST.format(day=found.first_rupture), after, SUPPORT]
