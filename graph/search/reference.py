"""What searches look up again and again, and only a load changes: codes, departments, communes, regions with a ROR, offers that say little.

Kept until the newest run is another one or has ended; while one is under way, for a minute.
"""

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Final

from graph.errors import BadInput
from graph.questions import question
from graph.reads import Ask, Reads, Row
from graph.runs import UNFINISHED
from graph.search.communes import Communes, communes_of
from graph.search.criteria import Criteria, codes, widened
from graph.search.geography import Box

KEPT_SECONDS: Final = 60.0
PLACES_KEPT: Final = 5000
SENT_BY_ID: Final = 5000  # offers without activity or place that are sent by id; where there are more, a statement looks for them itself
LISTED: Final = 5


Ids = tuple[str, ...] | None  # of offers; None: too many to be sent


@dataclass(frozen=True, slots=True)
class Department:
    """A department that a source describes: its region, its default search radius (S-6), and the box of its communes (None: none has a point)."""

    code: str
    name: str | None
    region: str | None
    region_name: str | None
    radius_km: float | None
    box: Box | None


@dataclass(slots=True)
class Reference:
    """The kept answers. One lives as long as its process (or one command); `refreshed` empties it after a load.

    `mark`: id and status of the newest run, as it was when the answers were read; None before the first. `tables`: offers of pathways, by what they
    were read for (graph/pathways/offers_of_step.py). `loaded`: by fields of activity and region, whether an offer is (graph/pathways/loaded.py).
    """

    clock: Callable[[], float] = time.monotonic
    until: float = 0.0
    mark: tuple[str, str] | None = None
    narrower: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Row] = field(default_factory=dict)
    departments: dict[str, Department] | None = None
    declared: frozenset[str] | None = None
    silent: tuple[str, ...] | None = None
    unplaced: tuple[str, ...] | None = None
    communes: Communes | None = None
    tables: dict[Hashable, object] = field(default_factory=dict)
    loaded: dict[tuple[tuple[str, ...], str], bool] = field(default_factory=dict)

    def forget(self, mark: tuple[str, str]) -> None:
        """Empty it; what is read from now on is as of this run."""
        self.mark, self.until = mark, self.clock() + KEPT_SECONDS
        self.narrower, self.places, self.tables, self.loaded = {}, {}, {}, {}
        self.departments = self.declared = self.silent = self.unplaced = self.communes = None


def refreshed(reference: Reference) -> Reads[None]:
    """Empty what a load has made stale: the first read of every answer that uses a reference."""
    rows = yield Ask(question("newest_run"), {})
    mark = (rows[0]["id"], rows[0]["status"]) if rows else ("", "")
    under_way = mark[1] in UNFINISHED and reference.clock() >= reference.until
    if mark != reference.mark or under_way or len(reference.places) > PLACES_KEPT:
        reference.forget(mark)


def checked(criteria: Criteria, reference: Reference) -> Reads[Criteria]:
    """The tree with the narrower codes beside each code (S-1). Raises BadInput, naming the codes that no nomenclature has."""
    known, asked = reference.narrower, codes(criteria)
    missing = sorted(asked - known.keys())
    if missing:
        rows = yield Ask(question("narrower_codes"), {"codes": missing})
        known.update((row["code"], tuple(row["narrower"])) for row in rows)
    unknown = sorted(asked - known.keys())
    if unknown:
        raise BadInput(f"criteria: no nomenclature that is loaded has {_listed(unknown)}. Codes are written like TRE_R211-356.")
    return widened(criteria, known)


def departments(reference: Reference) -> Reads[dict[str, Department]]:
    """The departments by code."""
    if reference.departments is None:
        rows = yield Ask(question("department_boxes"), {})
        reference.departments = {row["code"]: _department(row) for row in rows}
    return reference.departments


def communes(reference: Reference) -> Reads[Communes]:
    """All communes, with what holds each."""
    if reference.communes is None:
        known = yield from departments(reference)
        rows = yield Ask(question("communes"), {})
        zones = yield Ask(question("health_territories"), {})
        reference.communes = communes_of(rows, zones, {code: department.region for code, department in known.items()})
    return reference.communes


def declared_regions(reference: Reference) -> Reads[frozenset[str]]:
    """The regions where a ROR is loaded: there an answer takes DECLARED offers, elsewhere OBSERVED ones (docs/pathways.md)."""
    if reference.declared is None:
        known = yield from departments(reference)
        declared = set()
        for region in sorted({department.region for department in known.values() if department.region}):
            # one by one: the embedded server reads the index for a value that it is given, and stops at the first
            if (yield Ask(question("declared_region"), {"region": region})):
                declared.add(region)
        reference.declared = frozenset(declared)
    return reference.declared


def offers_without_activity(reference: Reference) -> Reads[Ids]:
    """Their ids; None above 5,000. No index finds what is not there, so they are looked for once and kept."""
    if reference.silent is None:
        reference.silent = yield from _ids("offers_without_activity")
    return reference.silent if len(reference.silent) <= SENT_BY_ID else None


def offers_without_place(reference: Reference) -> Reads[Ids]:
    """Ids of the offers whose distance is unknown (S-5); None above 5,000."""
    if reference.unplaced is None:
        reference.unplaced = yield from _ids("unplaced_offers")
    return reference.unplaced if len(reference.unplaced) <= SENT_BY_ID else None


def _ids(name: str) -> Reads[tuple[str, ...]]:
    rows = yield Ask(question(name), {"first": SENT_BY_ID + 1})
    return tuple(rows[0]["ids"])


def _department(row: Row) -> Department:
    bounds = (row["south"], row["north"], row["west"], row["east"])
    return Department(row["code"], row["name"], row["region"], row["region_name"], row["radius_km"], None if None in bounds else Box(*bounds))


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
    return ", ".join(shown[:LISTED]) + more
