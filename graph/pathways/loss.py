"""Loss: what a pathway loses when offers, sites or entities close (P-8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.errors import BadInput, LimitExceeded
from graph.pathways.asking import AskedPathway, asked_pathway
from graph.pathways.coverage import Counted, CoverageState, StepCoverage, covered_cells, departments_within
from graph.pathways.gaps import Gap, Reach, asked_communes, check_limit, gaps_of_step, is_gap
from graph.pathways.loaded import loaded_regions
from graph.pathways.nearest import NearestOffer, Reached, nearest, shown_offer
from graph.pathways.offers_of_step import PlacedOffer, StepOffer, StepOffers
from graph.pathways.pathway import Pathway, Step, StepPlace
from graph.pathways.territories import Ground, TerritoryLevel
from graph.reads import Reads
from graph.search.candidates import Origin
from graph.search.communes import Commune
from graph.search.geography import Point
from graph.search.reference import Reference, communes, departments

CLOSING_LIMIT = 200


@dataclass(frozen=True, slots=True)
class LostCell:
    """A department where a step loses offers: its state and TRUE offers before and after."""

    step: str
    department: str
    department_name: str | None
    before: CoverageState
    after: CoverageState
    offers_before: int
    offers_after: int


@dataclass(frozen=True, slots=True)
class NextBest:
    """An offer that closes, and the nearest TRUE offer that stays; None where none stays or the offer has no point."""

    offer: str
    name: str | None
    next: NearestOffer | None


@dataclass(frozen=True, slots=True)
class StepLoss:
    """What one step loses. `new_gaps`: communes that leave the limit or every area; None where the step has no limit and none was given.

    `farther`: communes whose nearest TRUE offer closes; `extra_km_mean`, `extra_km_most`: how much farther the next one is from them, great circle, to 0.1
    km; None where no commune is farther. `stranded`: communes of them for which no TRUE offer is left anywhere. Distances only where the person travels.
    """

    step: str
    max_km: float | None
    closing: tuple[NextBest, ...]
    new_gaps: tuple[Gap, ...] | None
    farther: int
    stranded: int
    extra_km_mean: float | None
    extra_km_most: float | None


@dataclass(frozen=True, slots=True)
class PathwayLoss:
    """The answer. `without_effect`: ids of the question by which no offer of the pathway is closed."""

    pathway: Pathway
    at: date
    steps: tuple[StepLoss, ...]
    cells: tuple[LostCell, ...]
    without_effect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedLoss:
    """What closes: ids of offers, sites or entities. `max_km`: beyond it a commune is a gap; each step's own limit where None."""

    closing: tuple[str, ...]
    max_km: float | None = None
    origin: Origin | None = None


def pathway_loss(code: str, asked: AskedLoss, at: date, reference: Reference) -> Reads[PathwayLoss]:
    """What the pathway loses. An offer closes with its site and its entity.

    Raises NotFound for the pathway; BadInput, LimitExceeded for what closes or the limit.
    """
    _check(asked.closing)
    check_limit(asked.max_km)
    found = yield from asked_pathway(code, at, reference, asked.origin)
    offers = yield from found.offers(reference)
    closed = closed_ids(offers, asked.closing)
    cells = yield from _lost_cells(found, offers, closed, reference)
    steps = yield from _lost_steps(found, offers, closed, (asked.max_km, reference))
    effective = {name for step in offers for one in step if one.offer.id in closed for name in _names(one.offer)}
    return PathwayLoss(found.pathway, at, steps, cells, tuple(sorted(set(asked.closing) - effective)))


def _check(closing: Sequence[str]) -> None:
    if not closing:
        raise BadInput("closing: name at least one offer, site or legal entity by id.")
    if len(closing) > CLOSING_LIMIT:
        raise LimitExceeded(f"closing: {len(closing)} ids, the limit is {CLOSING_LIMIT}.")


def _names(offer: PlacedOffer) -> tuple[str | None, ...]:
    return offer.id, offer.site, offer.entity


def closed_ids(offers: StepOffers, closing: Collection[str]) -> frozenset[str]:
    """Ids of the offers that close: named themselves, or by their site or entity."""
    names = set(closing)
    return frozenset(one.offer.id for step in offers for one in step if not names.isdisjoint(_names(one.offer)))


def _lost_cells(found: AskedPathway, offers: StepOffers, closed: frozenset[str], reference: Reference) -> Reads[tuple[LostCell, ...]]:
    known = yield from departments(reference)
    ground = Ground(TerritoryLevel.DEPARTMENT, known, (yield from communes(reference)))
    shown = departments_within(known, None)
    steps = found.pathway.steps
    before = yield from covered_cells(Counted(steps, found.requirements, offers), ground, shown, reference)
    after = yield from covered_cells(Counted(steps, found.requirements, offers, closed), ground, shown, reference)
    return tuple(_lost_cell(old, new) for old, new in zip(before, after, strict=True) if old != new)


def _lost_cell(old: StepCoverage, new: StepCoverage) -> LostCell:
    return LostCell(old.step, old.territory, old.territory_name, old.state, new.state, old.offers, new.offers)


def _lost_steps(found: AskedPathway, offers: StepOffers, closed: frozenset[str], more: tuple[float | None, Reference]) -> Reads[tuple[StepLoss, ...]]:
    max_km, reference = more
    every = yield from communes(reference)
    here = asked_communes(every, None, found.basis.at)
    regions = {commune.region for commune in here if commune.region}
    lost = []
    for place, step in enumerate(found.pathway.steps):
        if not any(one.offer.id in closed for one in offers[place]):
            continue
        loaded = yield from loaded_regions([found.requirements[place]], regions, reference)
        reach = Reach(step, offers[place], every, max_km or step.max_km)
        lost.append(loss_of_step(reach, here, loaded[0], closed))
    return tuple(lost)


def loss_of_step(reach: Reach, here: Sequence[Commune], loaded: frozenset[str], closed: Collection[str]) -> StepLoss:
    """What the step loses over the communes of `here`."""
    left = [one for one in reach.offers if one.offer.id not in closed]
    farther, stranded = _farther(reach.step, reach.offers, left, here)
    return StepLoss(
        step=reach.step.code,
        max_km=reach.max_km,
        closing=_next_best([one for one in reach.offers if one.offer.id in closed], left),
        new_gaps=_new_gaps(reach, left, here, loaded),
        farther=len(farther) + stranded,
        stranded=stranded,
        extra_km_mean=round(sum(farther) / len(farther), 1) if farther else None,
        extra_km_most=round(max(farther), 1) if farther else None,
    )


def _new_gaps(reach: Reach, left: Sequence[StepOffer], here: Sequence[Commune], loaded: frozenset[str]) -> tuple[Gap, ...] | None:
    if reach.max_km is None and reach.step.place is StepPlace.TRAVEL:
        return None
    before = {gap.commune for gap in gaps_of_step(reach, here, loaded).gaps}
    after = gaps_of_step(Reach(reach.step, left, reach.communes, reach.max_km), here, loaded).gaps
    return tuple(gap for gap in after if gap.commune not in before and is_gap(gap))


def _farther(step: Step, offers: Sequence[StepOffer], left: Sequence[StepOffer], here: Sequence[Commune]) -> tuple[list[float], int]:
    """Extra km of each commune whose nearest TRUE offer closes, and for how many none is left."""
    if step.place is not StepPlace.TRAVEL:
        return [], 0
    points = [Point(one.latitude, one.longitude) for one in here if one.latitude is not None and one.longitude is not None]
    pairs = list(zip(_sure(points, offers), _sure(points, left), strict=True))
    extra = [after.km - before.km for before, after in pairs if before and after and after.km > before.km]
    return extra, sum(before is not None and after is None for before, after in pairs)


def _sure(points: Sequence[Point], offers: Sequence[StepOffer]) -> list[Reached | None]:
    return nearest(points, [one.offer for one in offers if one.sure])


def _next_best(closing: Sequence[StepOffer], left: Sequence[StepOffer]) -> tuple[NextBest, ...]:
    """For each offer that closes the nearest TRUE offer that stays, from its first point."""
    placed = [one.offer for one in closing if one.offer.points]
    next_of: Mapping[str, Reached | None] = dict(zip((offer.id for offer in placed), _sure([offer.points[0] for offer in placed], left), strict=True))
    return tuple(NextBest(one.offer.id, one.offer.name, shown_offer(next_of.get(one.offer.id), one.offer.commune)) for one in closing)
