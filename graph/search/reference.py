"""What searches look up again and again, and only a load changes: codes, departments, communes, regions with a ROR. Kept for a minute."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from graph.errors import BadInput
from graph.questions import question
from graph.reads import Ask, Reads, Row
from graph.search.criteria import Criteria, codes, widened
from graph.search.geography import Box

KEPT_SECONDS: Final = 60.0
PLACES_KEPT: Final = 5000
SILENT_LIMIT: Final = 5000  # offers without activity that are sent by id; where there are more, a statement looks for them itself
LISTED: Final = 5


Silent = tuple[str, ...] | None  # ids of the offers without activity; None: too many


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its region, its default search radius (S-6), and the box of its communes (None: none has a point)."""

    code: str
    name: str | None
    region: str | None
    radius_km: float | None
    box: Box | None


@dataclass(slots=True)
class Reference:
    """The kept answers. One lives as long as its process (or one command); an answer older than a minute is asked again."""

    clock: Callable[[], float] = time.monotonic
    until: float = 0.0
    narrower: dict[str, tuple[str, ...]] = field(default_factory=dict)
    departments: dict[str, Department] | None = None
    places: dict[str, Row] = field(default_factory=dict)
    declared: frozenset[str] | None = None
    silent: tuple[str, ...] | None = None

    def current(self) -> "Reference":
        """Itself, emptied when its minute is over."""
        if self.clock() >= self.until or len(self.places) > PLACES_KEPT:
            self.narrower, self.departments, self.places, self.declared, self.silent = {}, None, {}, None, None
            self.until = self.clock() + KEPT_SECONDS
        return self


def checked(criteria: Criteria, reference: Reference) -> Reads[Criteria]:
    """The tree with the narrower codes beside each code (S-1). Raises BadInput, naming the codes that no nomenclature has."""
    known, asked = reference.current().narrower, codes(criteria)
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
    kept = reference.current()
    if kept.departments is None:
        rows = yield Ask(question("department_boxes"), {})
        kept.departments = {row["code"]: _department(row) for row in rows}
    return kept.departments


def declared_regions(reference: Reference) -> Reads[frozenset[str]]:
    """The regions where a ROR is loaded: there an answer takes DECLARED offers, elsewhere OBSERVED ones (docs/pathways.md)."""
    kept = reference.current()
    if kept.declared is None:
        known = yield from departments(reference)
        declared = set()
        for region in sorted({department.region for department in known.values() if department.region}):
            # one by one: the embedded server reads the index for a value that it is given, and stops at the first
            if (yield Ask(question("declared_region"), {"region": region})):
                declared.add(region)
        kept.declared = frozenset(declared)
    return kept.declared


def offers_without_activity(reference: Reference) -> Reads[Silent]:
    """Their ids; None above 5,000. No index finds what is not there, so they are looked for once and kept."""
    kept = reference.current()
    if kept.silent is None:
        rows = yield Ask(question("offers_without_activity"), {"first": SILENT_LIMIT + 1})
        kept.silent = tuple(row["id"] for row in rows)
    return kept.silent if len(kept.silent) <= SILENT_LIMIT else None


def _department(row: Row) -> Department:
    bounds = (row["south"], row["north"], row["west"], row["east"])
    return Department(row["code"], row["name"], row["region"], row["radius_km"], None if None in bounds else Box(*bounds))


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
    return ", ".join(shown[:LISTED]) + more
