"""A reconciliation as tables, for the shell, CSV and JSON; GraphQL shows the same rows (docs/architecture.md, invariant 10)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from graph.reconciliation.answer import Differs, Reconciliation, Row, StructureMatch
from graph.tables import Cell, Table

ROW_COLUMNS: Final = (
    "outcome", "rule", "state", "partial", "regional", "national", "name", "department", "field", "care_mode", "offer_type",
    "regional_lacks", "national_lacks", "differences", "missing",
)  # fmt: skip
TOTAL_COLUMNS: Final = ("by", "code", "same", "proposed", "only_regional", "only_national")
STRUCTURE_COLUMNS: Final = ("kind", "rule", "state", "regional", "national", "evidence")
EMPTY: Final = "-"  # between two values, for the one that says nothing


class View(StrEnum):
    """Which of its tables."""

    ROWS = "rows"
    TOTALS = "totals"
    STRUCTURES = "structures"


def reconciliation_table(found: Reconciliation, view: View) -> Table:
    """One of the tables, with the counts as notes."""
    match view:
        case View.ROWS:
            return Table(ROW_COLUMNS, [row_cells(row) for row in found.rows], tuple(_notes(found)))
        case View.TOTALS:
            cells = [(one.by.value, one.code, one.same, one.proposed, one.only_regional, one.only_national) for one in found.totals]
            return Table(TOTAL_COLUMNS, cells, tuple(_notes(found)))
        case View.STRUCTURES:
            return Table(STRUCTURE_COLUMNS, list(_structures(found)))


def row_cells(row: Row) -> tuple[Cell, ...]:
    """The cells of a row, in the order of ROW_COLUMNS; lists are joined by a blank."""
    offer = row.offer
    return (
        row.outcome.value,
        row.rule.value if row.rule else "",
        row.state.value if row.state else "",
        row.partial,
        row.regional.id if row.regional else "",
        row.national.id if row.national else "",
        offer.name,
        row.department,
        offer.field,
        offer.care_mode,
        offer.offer_type,
        " ".join(row.regional_lacks),
        " ".join(row.national_lacks),
        "; ".join(differs_text(one) for one in row.differences),
        " ".join(row.missing),
    )


def differs_text(one: Differs) -> str:
    """`closed_on: - / 2025-12-31`: what the regional and the national ROR say."""
    return f"{one.property}: {one.regional or EMPTY} / {one.national or EMPTY}"


def _structures(found: Reconciliation) -> Iterable[tuple[Cell, ...]]:
    kinds = (("entity", found.structures.entities), ("site", found.structures.sites), ("location", found.structures.locations))
    return (_structure(kind, match) for kind, matches in kinds for match in matches)


def _structure(kind: str, match: StructureMatch) -> tuple[Cell, ...]:
    evidence = "; ".join(f"{fact.name}: {fact.value}" for fact in match.evidence)
    return kind, match.rule.value, match.state.value, match.regional, match.national, evidence


def _notes(found: Reconciliation) -> Iterable[str]:
    counts = found.counts
    yield (
        f"{counts.same} offres dans les deux ROR, {counts.proposed} propositions à confirmer (comptées absentes d'ici là), "
        f"{counts.only_regional} seulement dans {found.regional}, {counts.only_national} seulement dans {found.national}."
    )
    if counts.partial:
        yield f"{counts.partial} lignes partielles: une unité à plusieurs activités d'un côté, des offres à une activité de l'autre (R-5)."
    if counts.closed_on_one_side:
        yield f"{counts.closed_on_one_side} offres fermées d'un seul côté: une différence, pas une absence."
    if found.out_of_perimeter:
        yield f"{found.out_of_perimeter} offres de {found.national} sont d'autres régions et ne sont pas comparées."
