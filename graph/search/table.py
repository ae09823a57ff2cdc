"""The offers that a search found as a table: for the shell, CSV and JSON."""

from collections.abc import Sequence

from graph.search.facets import Counted, FacetCount
from graph.search.offers import DistanceBasis, OfferEdge, OfferPage
from graph.search.relaxing import Relaxation
from graph.tables import Cell, Table

COLUMNS = ("offer", "name", "match", "site", "site_name", "commune", "commune_name", "distance_km", "distance_basis", "origin", "reasons")
FACET_COLUMNS = ("facet", "code", "label", "count")
SAID = {Counted.CODE: None, Counted.UNDESCRIBED: "non décrit", Counted.MORE_CODES: "autres codes (nombre de codes)"}


def offers_table(page: OfferPage, relaxed: Sequence[Relaxation] = ()) -> Table:
    """One row an offer, in the order of the answer; in the notes what an empty answer would hold if it were relaxed."""
    return Table(COLUMNS, [_row(edge) for edge in page.edges], (*_notes(page), *map(_relaxed, relaxed)))


def facets_table(counted: Sequence[FacetCount]) -> Table:
    """One row a count, facet by facet."""
    return Table(FACET_COLUMNS, [[one.facet, one.code, one.label or SAID[one.kind], one.count] for one in counted], ())


def _relaxed(one: Relaxation) -> str:
    what = f"Sans le critère {one.criterion}" if one.radius_km is None else f"Dans un rayon de {one.radius_km:g} km"
    return f"{what} : {one.count} offres."


def _row(edge: OfferEdge) -> list[Cell]:
    node = edge.node
    distance = None if edge.distance_km is None else round(edge.distance_km, 1)
    reasons = "; ".join(f"{one.criterion}: {one.label or one.value}" for one in edge.reasons)
    place = (node.site, node.site_name, node.commune, node.commune_name)
    return [node.id, node.name, edge.match, *place, distance, edge.distance_basis, node.origin, reasons]


def _notes(page: OfferPage) -> list[str]:
    notes = [f"{page.total_count} offres répondent" + (f" dans un rayon de {page.radius_km:g} km." if page.radius_km is not None else ".")]
    if page.unknown_count:
        by = ", ".join(f"{one.criterion} ({one.count})" for one in page.unknown_by)
        notes.append(f"{page.unknown_count} autres offres sont à vérifier : elles ne décrivent pas {by}.")
    if any(edge.distance_basis is DistanceBasis.COMMUNE for edge in page.edges):
        notes.append("Distances à vol d'oiseau ; COMMUNE : approché, depuis le centre de la commune.")
    return notes
