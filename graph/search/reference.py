"""What searches look up again and again, and only a load changes: codes, departments, communes, regions with a ROR.

Kept until the newest run is another one or has ended; while one is under way, for a minute.
"""

import secrets
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from graph.access import EVERYTHING, Viewer
from graph.errors import BadInput
from graph.questions import question
from graph.reads import Ask, Reads, Row
from graph.runs import UNFINISHED
from graph.search.communes import Communes, communes_of
from graph.search.criteria import Criteria, areas, codes, placed, widened
from graph.search.extents import Extents, extent_of
from graph.search.geography import Box
from graph.search.leaves import Area
from graph.search.territory import Level

if TYPE_CHECKING:
    from graph.search.postings import Postings

KEPT_SECONDS: Final = 60.0
PLACES_KEPT: Final = 5000
LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class Department:
    """A department that a source describes: its region, its default search radius and the enlargement of it (S-6, S-10), and the box of its communes.

    `box` None: no commune has a point.
    """

    code: str
    name: str | None
    region: str | None
    region_name: str | None
    radius_km: float | None
    enlargement_km: float | None
    box: Box | None


@dataclass(slots=True)
class Common:
    """What is kept alike for all viewers: codes and places. One is shared by the references of a process.

    `index`: of the offers, where a process that lives has made one (api/kept.py), which also says until when it holds.
    `mark`: id and status of the newest run, as it was when the answers were read; None before the first.
    """

    mark: tuple[str, str] | None = None
    until: float = 0.0
    narrower: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Row] = field(default_factory=dict)
    above: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    extents: Extents = field(default_factory=dict)
    departments: dict[str, Department] | None = None
    communes: Communes | None = None
    index: "Postings | None" = None

    def forget(self) -> None:
        """Empty it, but for the index."""
        self.narrower, self.places, self.above, self.extents = {}, {}, {}, {}
        self.departments = self.communes = None


@dataclass(slots=True)
class Reference:
    """The kept answers of one viewer. One lives as long as its process (or one command); `refreshed` empties it after a load.

    `mark`: as that of `common`. `tables`: offers of pathways, by what they were read for (graph/pathways/offers_of_step.py). `loaded`: by fields of
    activity and region, whether an offer is (graph/pathways/loaded.py). `viewer`: for whom they were read (A-9).
    `cursor_key`: cursors are signed with it (graph/search/cursor.py); one that is not given lives as long as the reference.
    """

    viewer: Viewer = EVERYTHING
    clock: Callable[[], float] = time.monotonic
    cursor_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    common: Common = field(default_factory=Common)
    mark: tuple[str, str] | None = None
    until: float = 0.0
    declared: frozenset[str] | None = None
    tables: dict[Hashable, object] = field(default_factory=dict)
    loaded: dict[tuple[tuple[str, ...], str], bool] = field(default_factory=dict)

    @property
    def loading(self) -> bool:
        """Whether a load was under way."""
        return self.mark is not None and self.mark[1] in UNFINISHED

    def forget(self) -> None:
        """Empty it, but for what is common."""
        self.tables, self.loaded = {}, {}
        self.declared = None


def refreshed(reference: Reference) -> Reads[None]:
    """Empty what a load has made stale: the first read of every answer that uses a reference. What is read from now on is as of this run."""
    rows = yield Ask(question("newest_run"), {})
    mark = (rows[0]["id"], rows[0]["status"]) if rows else ("", "")
    now = reference.clock()
    for kept in (reference.common, reference):
        if mark != kept.mark or (mark[1] in UNFINISHED and now >= kept.until):
            kept.forget()
            kept.mark, kept.until = mark, now + KEPT_SECONDS
    if len(reference.common.places) > PLACES_KEPT:
        reference.common.forget()


def checked(criteria: Criteria, reference: Reference) -> Reads[Criteria]:
    """The tree with the narrower codes beside each code (S-1), and beside an area what holds it. Raises BadInput, naming the codes that are not loaded."""
    known, asked = reference.common.narrower, codes(criteria)
    missing = sorted(asked - known.keys())
    if missing:
        rows = yield Ask(question("narrower_codes"), {"codes": missing})
        known.update((row["code"], tuple(row["narrower"])) for row in rows)
    unknown = sorted(asked - known.keys())
    if unknown:
        raise BadInput(f"criteria: no nomenclature that is loaded has {_listed(unknown)}. Codes are written like TRE_R211-356.")
    found = {}
    for area in sorted(areas(criteria), key=lambda one: (one.level, one.code)):
        found[area] = yield from _known_area(area, reference)
    return placed(widened(criteria, known), found)


def _known_area(area: Area, reference: Reference) -> Reads[Area]:
    if area.level in {Level.POSTAL_CODE, Level.HEALTH_TERRITORY}:
        extent = yield from extent_of(area.level, area.code, "criteria.interventionArea", reference.common.extents)
        return replace(area, above=extent.areas, parts=extent.parts)
    return replace(area, above=(yield from _above(area, reference)), parts=(f"{area.level}:{area.code}",))


def _above(area: Area, reference: Reference) -> Reads[tuple[str, ...]]:
    """What holds the territory of an area."""
    key = (area.level.value, area.code)
    if key not in reference.common.above:
        rows = yield Ask(question("territory_areas"), {"label": area.level.value, "code": area.code})
        if not rows:
            raise BadInput(f"criteria.interventionArea.{area.level.name.lower()}: '{area.code[:20]}' is not loaded; INSEE codes are expected, like 2A or 01.")
        reference.common.above[key] = tuple(rows[0]["areas"])
    return reference.common.above[key]


def departments(reference: Reference) -> Reads[dict[str, Department]]:
    """The departments by code."""
    if reference.common.departments is None:
        rows = yield Ask(question("department_boxes"), {})
        reference.common.departments = {row["code"]: _department(row) for row in rows}
    return reference.common.departments


def communes(reference: Reference) -> Reads[Communes]:
    """All communes, with what holds each."""
    if reference.common.communes is None:
        known = yield from departments(reference)
        rows = yield Ask(question("communes"), {})
        zones = yield Ask(question("health_territories"), {})
        reference.common.communes = communes_of(rows, zones, {code: department.region for code, department in known.items()})
    return reference.common.communes


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


def _department(row: Row) -> Department:
    bounds = (row["south"], row["north"], row["west"], row["east"])
    return Department(
        row["code"], row["name"], row["region"], row["region_name"], row["radius_km"], row["enlargement_km"], None if None in bounds else Box(*bounds)
    )


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
    return ", ".join(shown[:LISTED]) + more
