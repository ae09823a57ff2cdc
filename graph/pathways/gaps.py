"""Gaps of a pathway: communes that a step does not reach (P-4)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from graph.errors import BadInput
from graph.pathways.abroad import is_abroad_unknown
from graph.pathways.asking import AskedPathway, asked_pathway
from graph.pathways.loaded import loaded_regions
from graph.pathways.nearest import NearestOffer, Reached, nearest, shown_offer
from graph.pathways.offers_of_step import PlacedOffer, StepOffer
from graph.pathways.pathway import Pathway, Step, StepPlace
from graph.reads import Reads
from graph.search.candidates import Origin
from graph.search.communes import Commune, Communes
from graph.search.geography import Point
from graph.search.place import LARGEST_RADIUS_KM, known_territory
from graph.search.reference import Reference, communes
from graph.search.territory import Level, Territory

WITHOUT_ROR: Final = ("986", "987", "988", "989")  # P-4: collectivities that have no ROR


class GapState(StrEnum):
    """Of a commune that no TRUE offer reaches.

    NONE: nothing would fill it. POSSIBLE: an UNKNOWN offer would, or one that states no area. NOT_LOADED: no offer of the step's fields is loaded in its
    region. UNPLACED: its point is not known.
    """

    NONE = "NONE"
    POSSIBLE = "POSSIBLE"
    NOT_LOADED = "NOT_LOADED"
    UNPLACED = "UNPLACED"


@dataclass(frozen=True, slots=True)
class Gap:
    """A commune that a step does not reach. `nearest`: the nearest TRUE offer, wherever; `possible`: the nearest offer within the limit that may fill it."""

    step: str
    commune: str
    commune_name: str | None
    department: str | None
    region: str | None
    population: int | None
    state: GapState
    nearest: NearestOffer | None
    possible: NearestOffer | None
    abroad_unknown: bool


@dataclass(frozen=True, slots=True)
class StepGaps:
    """What a step does not reach, counted. `communes`: of the question. `population`: of gap communes, NONE and POSSIBLE, that have one.

    `unplaced_offers`: TRUE or UNKNOWN offers at no known point; they fill nothing. `max_km`: the limit used; None where the step goes by area.
    """

    step: str
    max_km: float | None
    communes: int
    none: int
    possible: int
    not_loaded: int
    unplaced: int
    population: int
    without_population: int
    unplaced_offers: int


@dataclass(frozen=True, slots=True)
class PathwayGaps:
    """The answer: gaps by step (rank), then commune (code): those that are NONE or POSSIBLE; the others are counted in `steps`."""

    pathway: Pathway
    at: date
    steps: tuple[StepGaps, ...]
    gaps: tuple[Gap, ...]

    @property
    def over_sea(self) -> bool:
        """Whether a distance of the answer passes the sea."""
        return any(near.over_sea for gap in self.gaps for near in (gap.nearest, gap.possible) if near)

    @property
    def abroad_unknown(self) -> bool:
        """Whether a gap lies in a department that touches another country: what is offered there is not loaded."""
        return any(gap.abroad_unknown for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class AskedGaps:
    """What is asked of a pathway. `step` None: every step. `max_km` None: each step's own limit."""

    step: str | None = None
    max_km: float | None = None
    territory: Territory | None = None
    origin: Origin | None = None


def pathway_gaps(code: str, asked: AskedGaps, at: date, reference: Reference) -> Reads[PathwayGaps]:
    """Which communes each step does not reach.

    Raises NotFound for the pathway; BadInput for a step that it has not, a step to which a person travels without any limit, a limit out of range, or a
    territory that is not loaded.
    """
    found = yield from asked_pathway(code, at, reference, asked.origin)
    steps = _steps(found.pathway, asked)
    within = yield from known_territory(asked.territory, reference)
    offers = yield from found.offers(reference)
    every = yield from communes(reference)
    here = asked_communes(every, within, at)
    loaded = yield from _loaded(found, steps, here, reference)
    each = [
        gaps_of_step(Reach(step, offers[place], every, asked.max_km or step.max_km), here, regions)
        for (place, step), regions in zip(steps, loaded, strict=True)
    ]
    return PathwayGaps(found.pathway, at, tuple(_totals(gaps, len(here)) for gaps in each), tuple(gap for gaps in each for gap in gaps.gaps if is_gap(gap)))


def _steps(pathway: Pathway, asked: AskedGaps) -> list[tuple[int, Step]]:
    """The steps of the question, each with its place in the pathway."""
    check_limit(asked.max_km)
    steps = [(place, step) for place, step in enumerate(pathway.steps) if asked.step in {None, step.code}]
    if asked.step is not None and not steps:
        raise BadInput(f"step: '{asked.step[:40]}' is no step of {pathway.code}. There are: {', '.join(step.code for step in pathway.steps)}.")
    unlimited = [step.code for _, step in steps if step.place is StepPlace.TRAVEL and (asked.max_km or step.max_km) is None]
    if unlimited:
        raise BadInput(f"maxKm: these steps state no max_km of their own: {', '.join(unlimited)}. Give maxKm, or ask for another step (P-4).")
    return steps


def check_limit(max_km: float | None) -> None:
    """Raises BadInput for a limit out of range."""
    if max_km is not None and not 0 < max_km <= LARGEST_RADIUS_KM:
        raise BadInput(f"maxKm: {max_km} is not between 0 and {LARGEST_RADIUS_KM:.0f} km.")


def asked_communes(every: Communes, within: Territory | None, at: date) -> list[Commune]:
    """The communes of a question, without those that have no ROR."""
    return [commune for commune in every.leaves(at) if (commune.department or "")[:3] not in WITHOUT_ROR and _is_in(commune, within)]


def _is_in(commune: Commune, within: Territory | None) -> bool:
    if within is None:
        return True
    if within.extent is not None:
        return bool({commune.code, commune.city} & set(within.extent.communes)) or commune.department in within.extent.departments
    held = {Level.COMMUNE: (commune.code, commune.city), Level.DEPARTMENT: (commune.department,), Level.REGION: (commune.region,)}
    return within.code in held[within.level]


def _loaded(found: AskedPathway, steps: Sequence[tuple[int, Step]], here: Iterable[Commune], reference: Reference) -> Reads[tuple[frozenset[str], ...]]:
    regions = {commune.region for commune in here if commune.region}
    return (yield from loaded_regions([found.requirements[place] for place, _ in steps], regions, reference))


@dataclass(frozen=True, slots=True)
class Reach:
    """A step, its offers, and the limit to which they reach: km, included; None only where the step goes by area."""

    step: Step
    offers: Sequence[StepOffer]
    communes: Communes
    max_km: float | None


@dataclass(frozen=True, slots=True)
class Unreached:
    """The communes that a step does not reach, in the order given, of every state."""

    reach: Reach
    gaps: tuple[Gap, ...]


def gaps_of_step(reach: Reach, here: Sequence[Commune], loaded: frozenset[str]) -> Unreached:
    """The communes of `here` that no TRUE offer reaches. `loaded`: regions where an offer of the step's fields is loaded."""
    by_area = reach.step.place is not StepPlace.TRAVEL
    areas = _Areas.of(reach)
    sure = _nearest_of(here, [one.offer for one in reach.offers if one.sure])
    left = [commune for commune in here if not _is_reached(reach, areas, commune, sure.get(commune.code))]
    perhaps = _nearest_of(left, [one.offer for one in reach.offers if (not one.offer.areas if by_area else not one.sure)])
    gaps = (_gap(reach, areas, commune, (sure.get(commune.code), perhaps.get(commune.code))) for commune in left)
    return Unreached(reach, tuple(_told(gap, loaded) for gap in gaps))


def _nearest_of(here: Sequence[Commune], offers: Sequence[PlacedOffer]) -> dict[str, Reached | None]:
    """The nearest offer of each commune whose point is known, by code."""
    points = {one.code: Point(one.latitude, one.longitude) for one in here if one.latitude is not None and one.longitude is not None}
    return dict(zip(points, nearest(list(points.values()), offers), strict=True))


@dataclass(frozen=True, slots=True)
class _Areas:
    """Of a step that goes by area: areas of its TRUE offers, those of its UNKNOWN ones, and departments where a base that states no area is."""

    sure: frozenset[str]
    perhaps: frozenset[str]
    silent: frozenset[str | None]

    @classmethod
    def of(cls, reach: Reach) -> "_Areas":
        """All of the offers of a step."""
        offers = reach.offers
        silent = {
            reach.communes.by_code[code].department for one in offers if not one.offer.areas for code in one.offer.delivered if code in reach.communes.by_code
        }
        return cls(
            frozenset(area for one in offers if one.sure for area in one.offer.areas),
            frozenset(area for one in offers if not one.sure for area in one.offer.areas),
            frozenset(silent),
        )


def _is_reached(reach: Reach, areas: _Areas, commune: Commune, sure: Reached | None) -> bool:
    if reach.step.place is StepPlace.TRAVEL:
        return _within(sure, reach.max_km)
    return not areas.sure.isdisjoint(reach.communes.areas(commune))


def _gap(reach: Reach, areas: _Areas, commune: Commune, found: tuple[Reached | None, Reached | None]) -> Gap:
    sure, perhaps = found
    state = GapState.NONE
    if _is_filled(reach, areas, commune, perhaps):
        state = GapState.POSSIBLE
    elif commune.latitude is None and reach.max_km is not None:
        state = GapState.UNPLACED
    return Gap(
        step=reach.step.code,
        commune=commune.code,
        commune_name=commune.name,
        department=commune.department,
        region=commune.region,
        population=commune.population,
        state=state,
        nearest=shown_offer(sure, commune.code),
        possible=shown_offer(perhaps, commune.code) if state is GapState.POSSIBLE and _within(perhaps, reach.max_km) else None,
        abroad_unknown=is_abroad_unknown(commune.department),
    )


def _is_filled(reach: Reach, areas: _Areas, commune: Commune, perhaps: Reached | None) -> bool:
    if _within(perhaps, reach.max_km):
        return True
    if reach.step.place is StepPlace.TRAVEL:
        return False
    held = not areas.perhaps.isdisjoint(reach.communes.areas(commune))
    return held or (reach.max_km is None and commune.department in areas.silent)


def _within(reached: Reached | None, max_km: float | None) -> bool:
    return reached is not None and max_km is not None and reached.km <= max_km


def _told(gap: Gap, loaded: frozenset[str]) -> Gap:
    """What is not loaded cannot be told missing."""
    return replace(gap, state=GapState.NOT_LOADED) if gap.state is GapState.NONE and gap.region not in loaded else gap


def is_gap(gap: Gap) -> bool:
    """Whether the commune is surely or perhaps not reached; the others are not known."""
    return gap.state in {GapState.NONE, GapState.POSSIBLE}


def _totals(unreached: Unreached, asked: int) -> StepGaps:
    reach, counts = unreached.reach, Counter(gap.state for gap in unreached.gaps)
    people = [gap.population for gap in unreached.gaps if is_gap(gap)]
    return StepGaps(
        step=reach.step.code,
        max_km=reach.max_km,
        communes=asked,
        none=counts[GapState.NONE],
        possible=counts[GapState.POSSIBLE],
        not_loaded=counts[GapState.NOT_LOADED],
        unplaced=counts[GapState.UNPLACED],
        population=sum(one for one in people if one is not None),
        without_population=people.count(None),
        unplaced_offers=sum(not one.offer.points for one in reach.offers),
    )
