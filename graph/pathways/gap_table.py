"""The gaps of a pathway as a table: for the shell, CSV and JSON (invariant 10: the rows are the gaps of the answer)."""

from graph.pathways.gaps import Gap, PathwayGaps, StepGaps
from graph.tables import Cell, Table

COLUMNS = (
    "step", "commune", "name", "department", "population", "state", "nearest_offer", "nearest_site", "distance_km", "over_sea", "possible_offer", "possible_km",
    "abroad_unknown",
)  # fmt: skip
ABROAD = "abroad_unknown : le département touche un autre pays ; l'offre de l'autre côté de la frontière n'est pas chargée et n'est pas connue."
OVER_SEA = "over_sea : la ligne passe par-dessus la mer ; le voyage est plus long que la distance."
AS_THE_CROW_FLIES = "Distances à vol d'oiseau, depuis le point de la commune."


def gap_table(found: PathwayGaps) -> Table:
    """One row a gap, by step then commune."""
    notes = [line for step in found.steps for line in _told(step)]
    if found.over_sea:
        notes.append(OVER_SEA)
    if found.abroad_unknown:
        notes.append(ABROAD)
    return Table(COLUMNS, [_row(gap) for gap in found.gaps], (*notes, AS_THE_CROW_FLIES))


def _row(gap: Gap) -> list[Cell]:
    nearest = (gap.nearest.id, gap.nearest.site_name, gap.nearest.distance_km, gap.nearest.over_sea) if gap.nearest else (None,) * 4
    possible = (gap.possible.id, gap.possible.distance_km) if gap.possible else (None, None)
    return [gap.step, gap.commune, gap.commune_name, gap.department, gap.population, gap.state, *nearest, *possible, gap.abroad_unknown]


def _told(step: StepGaps) -> list[str]:
    limit = f" à {step.max_km:g} km" if step.max_km is not None else ""
    lines = [f"{step.step}{limit} : {step.none} communes hors d'atteinte et {step.possible} à vérifier, sur {step.communes}."]
    if step.none + step.possible:
        lines.append(f"{step.step} : {step.population} habitants ; {step.without_population} de ces communes sont sans population chargée.")
    if step.not_loaded or step.unplaced:
        lines.append(f"{step.step} : non connu pour {step.not_loaded} communes (région non chargée) et {step.unplaced} (commune sans point).")
    if step.unplaced_offers:
        lines.append(f"{step.step} : {step.unplaced_offers} offres sans lieu connu ne comptent pas.")
    return lines
