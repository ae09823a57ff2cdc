"""Routes, and a refusal, as tables: for the shell, CSV and JSON (invariant 10)."""

from collections.abc import Sequence

from graph.pathways.refusals import Refusal
from graph.pathways.routes import Delay, PathwayRoute, RouteStep
from graph.tables import Cell, Table

COLUMNS = (
    "route", "cost", "step", "offer", "name", "site_name", "commune", "leg_km", "minutes", "delay", "unknowns", "terms", "condition", "origin",
)  # fmt: skip
REFUSED = ("step", "cause", "counts", "limit_km", "nearest", "nearest_km")
COST = "cost : équivalents-km (P-5) ; leg_km : trajet de l'étape, à vol d'oiseau sauf « route » ; terms : ce qui est payé à l'étape."
SEA = "Trajet par-dessus la mer (étapes : {steps}) : la distance à vol d'oiseau n'est pas celle du voyage."
ABROAD = "Les offres à l'étranger ne sont pas connues : près d'une frontière, une plus proche peut manquer."
CONDITIONS = "condition : celle du passage, qui n'est pas vérifiée."
DELAYS = "Délais non calculés : aucune matrice de temps de route n'est chargée pour ces trajets."
VERIFY = "unknowns : critères à vérifier auprès de l'offre."
NONE = "Aucun parcours. {message}"


def routes_table(routes: Sequence[PathwayRoute]) -> Table:
    """One row a step of a route, in their order."""
    return Table(COLUMNS, [_row(route, step) for route in routes for step in route.steps], tuple(_notes(routes)))


def _row(route: PathwayRoute, step: RouteStep) -> list[Cell]:
    terms = " + ".join(f"{term.weight} {term.km:.3f}" for term in step.terms)
    site = step.site.name if step.site else None
    where = (step.offer.id, step.offer.name, site, step.commune, round(step.leg_km, 1), step.minutes, step.delay)
    return [route.rank, route.cost, step.step, *where, step.unknowns, terms, step.condition, step.origin]


def _notes(routes: Sequence[PathwayRoute]) -> list[str]:
    steps = [step for route in routes for step in route.steps]
    shown = ((True, COST), (any(step.condition for step in steps), CONDITIONS), (any(step.unknowns for step in steps), VERIFY))
    delayed = any(step.delay is Delay.NOT_COMPUTED for step in steps)
    over_sea = [f"{route.rank}/{step.step}" for route in routes for step in route.steps if step.over_sea]
    sea = [SEA.format(steps=", ".join(over_sea))] if over_sea else []
    return [*(text for wanted, text in shown if wanted), *([DELAYS] if delayed else []), *sea, ABROAD]


def refusal_table(found: Refusal) -> Table:
    """One row: the step that blocks."""
    counts = " ".join(f"{one.cause}:{one.offers}" for one in found.counts)
    return Table(REFUSED, [[found.step, found.cause, counts, found.limit_km, found.nearest, found.nearest_km]], (NONE.format(message=found.message), ABROAD))
