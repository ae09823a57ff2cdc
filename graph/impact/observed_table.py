"""An observation as a table: for the shell, CSV and JSON (invariant 10). No client of the log is named: it may be a person."""

from graph.impact.observed import Observation, Proposal, What
from graph.tables import Cell, Table

COLUMNS = ("what", "flow", "application", "calls", "days", "first", "last", "refused", "beside")
WINDOW = (
    "{interface}, du {since} au {until} ({logged} jours de journal sur {days}) : {calls} appels servis, {refused} refusés ou en échec, {outside} hors période."
)
COUNTS = "Consommateurs non déclarés : {undeclared}. Clients inconnus : {unknown_client}. Flux déclarés vus : {seen}. Flux déclarés jamais vus : {silent}."
SHORT = "Le journal est plus court que la période : rien n'est dit des flux non vus ({codes}). Donner plus de jours, ou --days {logged}."
MORE = "{unlisted} autres clients inconnus ne sont pas proposés ({calls} appels) : les rattacher par --clients."
NOTHING = "Ce sont des propositions : rien n'est écrit dans l'inventaire."


def observed_table(found: Observation) -> Table:
    """One row a proposal."""
    return Table(COLUMNS, [_row(proposal) for proposal in found.proposals], tuple(_notes(found)))


def _row(proposal: Proposal) -> list[Cell]:
    use = proposal.use
    days = [day.isoformat() if day else None for day in (use.first, use.last)]
    return [proposal.what.value, proposal.flow, proposal.application, use.calls, use.days, *days, use.refused, ", ".join(proposal.beside) or None]


def _notes(found: Observation) -> list[str]:
    notes = [
        WINDOW.format(
            interface=found.interface, since=found.since, until=found.until, logged=found.logged_days, days=found.days, calls=found.calls,
            refused=found.refused, outside=found.outside,
        ),
        COUNTS.format(**{what.value: len(found.of(what)) for what in What}),
    ]  # fmt: skip
    if found.unproven:
        notes.append(SHORT.format(codes=", ".join(found.unproven), logged=found.logged_days))
    if found.unlisted_calls:
        notes.append(MORE.format(unlisted=found.unlisted, calls=found.unlisted_calls))
    return [*notes, NOTHING]
