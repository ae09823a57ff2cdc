"""The coverage of a pathway as a table: for the shell, CSV and JSON (invariant 10: the rows are the cells of the answer)."""

from graph.pathways.coverage import CoverageState, PathwayCoverage, StepCoverage
from graph.tables import Table

COLUMNS = ("step", "territory", "name", "state", "offers", "sites", "entities", "beds", "possible_offers", "without_area", "origin")
WITHOUT_AREA = (
    "POSSIBLE: aucune offre ne répond à coup sûr. {count} offres répondraient si leur zone d'intervention était décrite ; elles n'en indiquent aucune "
    "(c'est le cas de toutes les offres de la SAE)."
)
NOT_LOADED = "NOT_LOADED: aucune offre de ces champs d'activité n'est chargée pour la région ; ce n'est pas une absence d'offre."
SURVEY = "Les offres OBSERVED viennent d'une enquête statistique (SAE) et non d'un ROR."


def coverage_table(coverage: PathwayCoverage) -> Table:
    """One row a step and territory, steps in their order."""
    return Table(COLUMNS, [_row(cell) for cell in coverage.cells], tuple(_notes(coverage)))


def _row(cell: StepCoverage) -> list[str | int | float | bool | None]:
    counts = (cell.offers, cell.sites, cell.entities, cell.beds, cell.possible_offers, cell.without_area)
    return [cell.step, cell.territory, cell.territory_name, cell.state, *counts, " ".join(cell.origins)]


def _notes(coverage: PathwayCoverage) -> list[str]:
    notes = []
    if count := sum(cell.without_area for cell in coverage.cells if cell.state is CoverageState.POSSIBLE):
        notes.append(WITHOUT_AREA.format(count=count))
    if any(cell.state is CoverageState.NOT_LOADED for cell in coverage.cells):
        notes.append(NOT_LOADED)
    if any("OBSERVED" in cell.origins for cell in coverage.cells):
        notes.append(SURVEY)
    return notes
