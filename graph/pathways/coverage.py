"""Coverage of a pathway: for each step and territory, whether what it needs is there (P-3).

Counted from the offers of the steps (graph/pathways/offers_of_step.py), which are kept until a load: the store answers once for every level and territory.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from graph.errors import BadInput
from graph.pathways.asking import asked_pathway
from graph.pathways.loaded import loaded_regions
from graph.pathways.offers_of_step import StepOffer, StepOffers
from graph.pathways.pathway import Pathway, Step, StepPlace
from graph.pathways.territories import NATION, Ground, TerritoryLevel
from graph.reads import Reads
from graph.search.candidates import Origin
from graph.search.criteria import Criteria
from graph.search.place import known_territory
from graph.search.reference import Department, Reference, communes, departments
from graph.search.territory import Level, Territory


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
    asked = yield from asked_pathway(code, at, reference, origin)
    within = yield from known_territory(territory, reference)
    shown = _shown((yield from departments(reference)), by, within)
    offers = yield from asked.offers(reference)
    ground = Ground(by, (yield from departments(reference)), (yield from communes(reference)))
    cells = yield from covered_cells(Counted(asked.pathway.steps, asked.requirements, offers), ground, shown, reference)
    return PathwayCoverage(asked.pathway, by, at, cells)


@dataclass(frozen=True, slots=True)
class Shown:
    """A territory of the answer, with the regions it lies in or holds."""

    name: str | None
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """Steps with their requirements and offers, in one order; offers of `closed` ids do not count."""

    steps: Sequence[Step]
    requirements: Sequence[Criteria]
    offers: StepOffers
    closed: Collection[str] = ()


def covered_cells(counted: Counted, ground: Ground, shown: Mapping[str, Shown], reference: Reference) -> Reads[tuple[StepCoverage, ...]]:
    """A cell for each step and territory of `shown`, in their order."""
    found = [_by_territory(step, offers, ground, counted.closed) for step, offers in zip(counted.steps, counted.offers, strict=True)]
    empty = {region for held in found for code, one in shown.items() if code not in held for region in one.regions}
    loaded = yield from loaded_regions(counted.requirements, empty, reference)
    return tuple(
        _cell(step, (code, one), held.get(code), regions)
        for step, held, regions in zip(counted.steps, found, loaded, strict=True)
        for code, one in shown.items()
    )


def _shown(known: Mapping[str, Department], by: TerritoryLevel, within: Territory | None) -> dict[str, Shown]:
    """The territories of the answer, by code."""
    inside = [department for department in known.values() if _is_in(department, within)]
    if by is TerritoryLevel.NATIONAL:
        if within is not None:
            raise BadInput("by: NATIONAL is the whole country; leave territory out, or ask by DEPARTMENT.")
        return {NATION: Shown("France", frozenset(department.region for department in inside if department.region))}
    if by is TerritoryLevel.REGION:
        names = {department.region: department.region_name for department in inside if department.region}
        return {code: Shown(names[code], frozenset({code})) for code in sorted(names)}
    return _departments(inside)


def departments_within(known: Mapping[str, Department], within: Territory | None) -> dict[str, Shown]:
    """The departments of a territory, all without one, by code. Raises BadInput for another level."""
    return _departments([department for department in known.values() if _is_in(department, within)])


def _departments(inside: Collection[Department]) -> dict[str, Shown]:
    return {one.code: Shown(one.name, frozenset({one.region} if one.region else ())) for one in sorted(inside, key=lambda one: one.code)}


def _is_in(department: Department, within: Territory | None) -> bool:
    if within is None:
        return True
    if within.level not in {Level.DEPARTMENT, Level.REGION}:
        raise BadInput("territory: a coverage is told by department or region; give one of these.")
    return within.code == (department.code if within.level is Level.DEPARTMENT else department.region)


@dataclass(slots=True)
class _Held:
    """What a step has in one territory: offers that are TRUE, those that may be, and of these the ones that only lack an area."""

    sure: list[StepOffer] = field(default_factory=list)
    possible: int = 0
    without_area: int = 0
    origins: set[str] = field(default_factory=set)


def _by_territory(step: Step, offers: Sequence[StepOffer], ground: Ground, closed: Collection[str]) -> dict[str, _Held]:
    found: dict[str, _Held] = {}
    for one in offers:
        if one.offer.id in closed:
            continue
        untold = step.place is not StepPlace.TRAVEL and not one.offer.areas
        for code in ground.of_offer(one.offer, step.place):
            held = found.setdefault(code, _Held())
            _count(held, one, untold=untold)
    return found


def _count(held: _Held, one: StepOffer, *, untold: bool) -> None:
    if one.offer.origin:
        held.origins.add(one.offer.origin)
    if one.sure and not untold:
        held.sure.append(one)
    else:
        held.possible += 1
        held.without_area += one.sure


def _cell(step: Step, territory: tuple[str, Shown], held: _Held | None, loaded: frozenset[str]) -> StepCoverage:
    code, shown = territory
    if held is None:
        state = CoverageState.NONE if shown.regions & loaded else CoverageState.NOT_LOADED
        return StepCoverage(step.code, code, shown.name, state, 0, 0, 0, None, 0, 0, ())
    sure = [one.offer for one in held.sure]
    return StepCoverage(
        step=step.code,
        territory=code,
        territory_name=shown.name,
        state=CoverageState.COVERED if sure else CoverageState.POSSIBLE,
        offers=len(sure),
        sites=len({offer.site for offer in sure} - {None}),
        entities=len({offer.entity for offer in sure} - {None}),
        beds=_beds(held.sure),
        possible_offers=held.possible,
        without_area=held.without_area,
        origins=tuple(sorted(Origin(origin) for origin in held.origins)),
    )


def _beds(sure: Sequence[StepOffer]) -> int | None:
    """Beds that an offer holds itself, and those of its locations, each location's lines once."""
    own = [one.offer.own_beds for one in sure if one.offer.own_beds is not None]
    shared = {line: count for one in sure for line, count in one.offer.shared_beds}
    return sum(own) + sum(shared.values()) if own or shared else None
