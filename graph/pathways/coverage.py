"""Coverage of a pathway: for each step and territory, whether what it needs is there (P-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from graph.errors import BadInput
from graph.pathways.pathway import Pathway, Step, get_pathway
from graph.pathways.statement import coverage_ask
from graph.questions import question
from graph.reads import Ask, Reads, Row
from graph.search.candidates import Basis, Origin
from graph.search.criteria import All, Criteria, Not, children
from graph.search.feeds import needs_silent
from graph.search.leaves import Coded, Field
from graph.search.place import known_territory
from graph.search.reference import Department, Reference, checked, declared_regions, departments, offers_without_activity, refreshed
from graph.search.territory import Level, Territory

NATION: Final = "FR"


class TerritoryLevel(StrEnum):
    """By what a coverage is told."""

    DEPARTMENT = "DEPARTMENT"
    REGION = "REGION"
    NATIONAL = "NATIONAL"


class CoverageState(StrEnum):
    """COVERED: an offer is TRUE. POSSIBLE: none is, one is UNKNOWN. NOT_LOADED: no offer of the step's fields is loaded in the region (P-3)."""

    COVERED = "COVERED"
    POSSIBLE = "POSSIBLE"
    NONE = "NONE"
    NOT_LOADED = "NOT_LOADED"


@dataclass(frozen=True, slots=True)
class StepCoverage:
    """One step in one territory (INSEE code; FR for the nation).

    `offers`, `sites`, `entities`: distinct, of the TRUE offers; `beds`: installed, once a location, None where no offer states any.
    `possible_offers`: UNKNOWN ones. `without_area`: those of them that meet the requirement but state no area where they intervene.
    """

    step: str
    territory: str
    territory_name: str | None
    state: CoverageState
    offers: int
    sites: int
    entities: int
    beds: int | None
    possible_offers: int
    without_area: int
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class PathwayCoverage:
    """The answer: the pathway, and a cell for each step (by rank) and territory (by code)."""

    pathway: Pathway
    by: TerritoryLevel
    at: date
    cells: tuple[StepCoverage, ...]


def pathway_coverage(
    code: str, by: TerritoryLevel, at: date, reference: Reference, territory: Territory | None = None, origin: Origin | None = None
) -> Reads[PathwayCoverage]:
    """Where each step of the pathway is covered.

    Raises NotFound for the pathway, BadInput for a territory that is not loaded or smaller than a department.
    """
    yield from refreshed(reference)
    pathway = yield from get_pathway(code)
    within = yield from known_territory(territory, reference)
    known = yield from departments(reference)
    shown = _shown(known, by, within)
    requirements = yield from _requirements(pathway.steps, reference)
    basis = Basis(at, (yield from declared_regions(reference)), origin)
    silent = (yield from offers_without_activity(reference)) if needs_silent(requirements) else None
    rows = (yield coverage_ask(pathway.steps, requirements, basis, _level(by), tuple(_shown(known, by, None)), silent)) if pathway.steps else []
    loaded = yield from _loaded(pathway.steps, requirements, _empty_regions(rows, pathway.steps, shown))
    cells = tuple(_cell(place, step, found, shown, loaded) for place, step, found in _found(rows, pathway.steps, shown))
    return PathwayCoverage(pathway, by, at, cells)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A territory of the answer, with the regions it lies in or holds."""

    name: str | None
    regions: frozenset[str]


def _requirements(steps: Sequence[Step], reference: Reference) -> Reads[tuple[Criteria, ...]]:
    """The requirements with their narrower codes, all looked up at once."""
    whole = yield from checked(All(tuple(step.requirement for step in steps)), reference)
    return whole.parts if isinstance(whole, All) else ()


def _level(by: TerritoryLevel) -> Level | None:
    return None if by is TerritoryLevel.NATIONAL else Level[by.name]


def _shown(known: Mapping[str, Department], by: TerritoryLevel, within: Territory | None) -> dict[str, _Shown]:
    """The territories of the answer, by code."""
    inside = [department for department in known.values() if _is_in(department, within)]
    if by is TerritoryLevel.NATIONAL:
        if within is not None:
            raise BadInput("by: NATIONAL is the whole country; leave territory out, or ask by DEPARTMENT.")
        return {NATION: _Shown("France", frozenset(department.region for department in inside if department.region))}
    if by is TerritoryLevel.REGION:
        names = {department.region: department.region_name for department in inside if department.region}
        return {code: _Shown(names[code], frozenset({code})) for code in sorted(names)}
    return {one.code: _Shown(one.name, frozenset({one.region} if one.region else ())) for one in sorted(inside, key=lambda one: one.code)}


def _is_in(department: Department, within: Territory | None) -> bool:
    if within is None:
        return True
    if within.level is Level.COMMUNE:
        raise BadInput("territory: a coverage is told by department or region; give one of these.")
    return within.code == (department.code if within.level is Level.DEPARTMENT else department.region)


def _found(rows: Sequence[Row], steps: Sequence[Step], shown: Mapping[str, _Shown]) -> list[tuple[str, tuple[int, Step], Row | None]]:
    by_place = {(row["territory"], row["step"]): row for row in rows}
    return [(territory, (place, step), by_place.get((territory, place))) for place, step in enumerate(steps) for territory in shown]


def _empty_regions(rows: Sequence[Row], steps: Sequence[Step], shown: Mapping[str, _Shown]) -> dict[int, set[str]]:
    """By step, the regions of the territories where nothing was found: for these alone it is asked what is loaded."""
    empty: dict[int, set[str]] = {}
    for territory, (place, _), found in _found(rows, steps, shown):
        if found is None:
            empty.setdefault(place, set()).update(shown[territory].regions)
    return empty


def _loaded(steps: Sequence[Step], requirements: Sequence[Criteria], empty: Mapping[int, set[str]]) -> Reads[dict[int, frozenset[str]]]:
    """By step, the regions where an offer of the fields of activity that it names is loaded."""
    asked: dict[tuple[str, ...], set[str]] = {}
    fields = [tuple(sorted(_fields(requirement))) for requirement in requirements]
    for place in empty:
        asked.setdefault(fields[place], set()).update(empty[place])
    answers: dict[tuple[str, ...], frozenset[str]] = {}
    for wanted, regions in asked.items():
        rows = yield Ask(question("loaded_fields"), {"regions": sorted(regions), "fields": list(wanted)})
        answers[wanted] = frozenset(row["region"] for row in rows)
    return {place: answers.get(fields[place], frozenset()) for place in range(len(steps))}


def _fields(criteria: Criteria) -> frozenset[str]:
    """Fields of activity that a requirement names, those under `not` apart."""
    if isinstance(criteria, Coded):
        return frozenset(criteria.codes) if criteria.field is Field.FIELD_OF_ACTIVITY else frozenset()
    return frozenset() if isinstance(criteria, Not) else frozenset(code for child in children(criteria) for code in _fields(child))


def _cell(territory: str, step: tuple[int, Step], found: Row | None, shown: Mapping[str, _Shown], loaded: Mapping[int, frozenset[str]]) -> StepCoverage:
    name, (place, described) = shown[territory].name, step
    if found is None:
        state = CoverageState.NONE if shown[territory].regions & loaded[place] else CoverageState.NOT_LOADED
        return StepCoverage(described.code, territory, name, state, 0, 0, 0, None, 0, 0, ())
    return StepCoverage(
        step=described.code,
        territory=territory,
        territory_name=name,
        state=CoverageState.COVERED if found["offers"] else CoverageState.POSSIBLE,
        offers=found["offers"],
        sites=found["sites"],
        entities=found["entities"],
        beds=_beds(found),
        possible_offers=found["possible"],
        without_area=found["without_area"],
        origins=tuple(sorted(Origin(origin) for origin in found["origins"])),
    )


def _beds(found: Mapping[str, Any]) -> int | None:
    """Beds that an offer holds itself, and those of its locations, each location's lines once."""
    shared = {line[0]: line[1] for lines in found["shared_beds"] for line in lines}
    stated = found["with_beds"] > 0 or bool(shared)
    return found["own_beds"] + sum(shared.values()) if stated else None
