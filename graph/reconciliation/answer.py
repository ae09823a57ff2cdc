"""The answer of a reconciliation: frozen, the same for the shell, GraphQL, CSV and the impact of a stop (docs/reconciliation.md)."""

from dataclasses import dataclass
from enum import StrEnum

from graph.access import AccessRow
from graph.matches import MatchState
from graph.reconciliation.matching import Evidence, Rule
from graph.reconciliation.stated import StatedOffer


class Outcome(StrEnum):
    """What became of an offer. PROPOSED counts as absent on the other side until a person confirms it."""

    SAME = "SAME"
    PROPOSED = "PROPOSED"
    ONLY_REGIONAL = "ONLY_REGIONAL"
    ONLY_NATIONAL = "ONLY_NATIONAL"


class Dimension(StrEnum):
    """By what the totals are told."""

    DEPARTMENT = "DEPARTMENT"
    FIELD_OF_ACTIVITY = "FIELD_OF_ACTIVITY"
    OFFER_TYPE = "OFFER_TYPE"


@dataclass(frozen=True, slots=True)
class Differs:
    """A property that both RORs state differently, as text; empty where one says nothing (of the closing date: open)."""

    property: str
    regional: str | None
    national: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """An offer of one ROR or a pair of both. `regional_lacks`, `national_lacks`: data classes that the other one has, in the order of the table.

    `partial`: one unit of several activities beside offers of one (R-5); `missing`: its activities that none of them states.
    """

    outcome: Outcome
    regional: StatedOffer | None = None
    national: StatedOffer | None = None
    department: str | None = None
    rule: Rule | None = None
    state: MatchState | None = None
    evidence: Evidence = ()
    partial: bool = False
    missing: tuple[str, ...] = ()
    regional_lacks: tuple[AccessRow, ...] = ()
    national_lacks: tuple[AccessRow, ...] = ()
    differences: tuple[Differs, ...] = ()

    @property
    def offer(self) -> StatedOffer:
        """The regional one where there is one, else the national."""
        found = self.regional or self.national
        assert found is not None
        return found


def row_order(row: Row) -> tuple[bool, str, str]:
    """The order of rows: by id of the regional offer, then of the national one; those without regional offer last."""
    return row.regional is None, row.regional.id if row.regional else "", row.national.id if row.national else ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each outcome; `partial` and `closed_on_one_side` are among them."""

    same: int = 0
    proposed: int = 0
    only_regional: int = 0
    only_national: int = 0
    partial: int = 0
    closed_on_one_side: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """Rows by one code of a dimension; no code: not stated."""

    by: Dimension
    code: str | None
    same: int
    proposed: int
    only_regional: int
    only_national: int


@dataclass(frozen=True, slots=True)
class StructureMatch:
    """Two ids of one structure."""

    rule: Rule
    state: MatchState
    regional: str
    national: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Structures:
    """Matches of what the offers hang on, where one thing has two ids: entities, sites, locations. Equal keys are one node and not listed."""

    entities: tuple[StructureMatch, ...] = ()
    sites: tuple[StructureMatch, ...] = ()
    locations: tuple[StructureMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Two RORs, offer by offer. `rows` by id of the regional offer, then of the national one; those without regional offer last."""

    regional: str
    national: str
    counts: Counts
    totals: tuple[Total, ...]
    rows: tuple[Row, ...]
    structures: Structures
    out_of_perimeter: int = 0
