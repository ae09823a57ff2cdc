"""Single points and losses of a pathway as tables: for the shell, CSV and JSON (invariant 10)."""

from collections.abc import Sequence

from graph.pathways.continuity import SinglePoint
from graph.pathways.loss import PathwayLoss, StepLoss
from graph.tables import Table

POINT_COLUMNS = ("step", "department", "name", "rests_on", "id", "of", "offers", "possible")
CELL_COLUMNS = ("step", "department", "name", "before", "after", "offers_before", "offers_after")


def continuity_table(points: Sequence[SinglePoint]) -> Table:
    """One row a single point; `offers` and `possible` count them."""
    rows = [[point.step, point.department, point.department_name, point.kind, point.id, point.name, len(point.offers), len(point.possible)] for point in points]
    return Table(POINT_COLUMNS, rows, ("possible : offres à vérifier qui, confirmées, lèveraient le point unique.",) if rows else ())


def loss_table(found: PathwayLoss) -> Table:
    """One row a step and department whose coverage changes."""
    rows = [[cell.step, cell.department, cell.department_name, cell.before, cell.after, cell.offers_before, cell.offers_after] for cell in found.cells]
    return Table(CELL_COLUMNS, rows, tuple(_notes(found)))


def _notes(found: PathwayLoss) -> list[str]:
    notes = [line for step in found.steps for line in _told(step)]
    if found.without_effect:
        notes.append(f"Sans effet sur la filière : {', '.join(found.without_effect)}.")
    return notes


def _told(step: StepLoss) -> list[str]:
    lines = [f"{step.step} : {len(step.closing)} offres ferment ; {step.farther} communes ont leur offre la plus proche plus loin."]
    if step.extra_km_mean is not None:
        lines.append(f"{step.step} : {step.extra_km_mean} km de plus en moyenne, {step.extra_km_most} km au plus, à vol d'oiseau.")
    if step.stranded:
        lines.append(f"{step.step} : {step.stranded} communes n'ont plus aucune offre.")
    if step.new_gaps is None:
        lines.append(f"{step.step} : sans limite de distance ; --max-km en donne une, pour compter les communes qui en sortent.")
    else:
        lines.append(f"{step.step} : {len(step.new_gaps)} communes de plus hors d'atteinte.")
    lines += [f"{step.step} : après {one.offer}, la plus proche est {one.next.id} à {one.next.distance_km} km." for one in step.closing if one.next]
    return lines
