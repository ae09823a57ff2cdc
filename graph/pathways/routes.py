"""The best chains of offers of a pathway from a place, for a person, and why there is none (P-5 to P-7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from graph.access import AccessRow
from graph.errors import LimitExceeded
from graph.pathways.asking import AskedPathway, asked_pathway
from graph.pathways.chains import best_chains
from graph.pathways.cost import Road, Roads, Stand, Term, Visit, cost
from graph.pathways.membership import members_of
from graph.pathways.offers_of_step import PlacedOffer, StepOffers
from graph.pathways.pathway import Passage, Step, StepPlace
from graph.pathways.person import ANYBODY, Person, check_steps, wanted
from graph.pathways.refusals import Refusal, Tried, refusal
from graph.pathways.stages import Stage, frame
from graph.pathways.taking import Members, Situation, Taken, limit_of, taken
from graph.questions import question
from graph.reads import Ask, Reads
from graph.referential import Named
from graph.search.candidates import Origin
from graph.search.criteria import All
from graph.search.offers import DistanceBasis
from graph.search.place import Near, spot
from graph.search.reference import Reference, checked, communes

MOST_ROUTES: Final = 50


class Delay(StrEnum):
    """Whether a stated delay is kept, by the minutes of the matrix; NOT_COMPUTED ("non calculé") without them: never a refusal (P-1)."""

    KEPT = "KEPT"
    EXCEEDED = "EXCEEDED"
    NOT_COMPUTED = "NOT_COMPUTED"


@dataclass(frozen=True, slots=True)
class AskedRoutes:
    """Routes as asked. `moment`: with its offset; `at`: its day in Paris (S-4). `near.radius_km`: the limit of the TRAVEL steps that state none."""

    code: str
    near: Near
    moment: datetime
    at: date
    person: Person = ANYBODY
    k: int = 3
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class RouteStep:
    """A step of a route with its offer. `leg_km` unrounded, 0 where nobody moves; `road`: of the matrix, else as the crow flies from `basis`.

    `over_sea`: the leg is a line in the air that passes the sea.
    `condition`: of the passage that leads here, not judged. `minutes`: of the leg, of the matrix. `delay`: None where none is stated.
    """

    step: str
    name: str | None
    place: StepPlace
    condition: str | None
    offer: Named
    site: Named | None
    entity: Named | None
    commune: str | None
    department: str | None
    region: str | None
    origin: str | None
    leg_km: float
    over_sea: bool
    road: bool
    basis: DistanceBasis | None
    minutes: float | None
    delay: Delay | None
    unknowns: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class PathwayRoute:
    """A chain. `cost`: km-equivalents, rounded to 0.001 (P-7); `km`: of its legs; `unknowns`: criteria to verify on all its offers."""

    rank: int
    cost: float
    km: float
    unknowns: int
    entities: int
    steps: tuple[RouteStep, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What chains are looked for in; the offers by id."""

    asked: AskedPathway
    steps: tuple[Step, ...]
    stages: tuple[Stage, ...]
    took: tuple[Taken, ...]
    situation: Situation
    roads: Roads
    offers: Mapping[str, PlacedOffer]


def pathway_routes(asked: AskedRoutes, reference: Reference) -> Reads[tuple[PathwayRoute, ...]]:
    """The k best routes; none where a step blocks (`pathway_refusal` says which).

    Raises NotFound for the pathway, BadInput for a place, step or code that is not known, LimitExceeded for k and for more than 5,000 offers of a
    step that no limit bounds (P-7).
    """
    ready = yield from _prepared(asked, reference, whole=False)
    found = best_chains(ready.stages, ready.situation.start, ready.roads, asked.k)
    return tuple(_route(rank, chain, ready) for rank, chain in enumerate(found, start=1))


def pathway_refusal(asked: AskedRoutes, reference: Reference) -> Reads[Refusal | None]:
    """Why there is no route; None where there is one. Raises as `pathway_routes`."""
    ready = yield from _prepared(asked, reference, whole=True)
    if best_chains(ready.stages, ready.situation.start, ready.roads, 1):
        return None
    alone = yield from ready.asked.offers(reference)
    each = zip(ready.steps, ready.stages, ready.took, alone, strict=True)
    tried = [Tried(step, stage, took, len(some), limit_of(step, ready.situation)) for step, stage, took, some in each]
    return refusal(tried, ready.situation.start, ready.roads)


def _prepared(asked: AskedRoutes, reference: Reference, *, whole: bool) -> Reads[_Prepared]:
    """`whole`: with the offers that do not come to where the person is, which no chain takes."""
    if not 1 <= asked.k <= MOST_ROUTES:
        raise LimitExceeded(f"k: {asked.k} is not between 1 and {MOST_ROUTES}, the limit of routes.")
    found = yield from asked_pathway(asked.code, asked.at, reference, asked.origin)
    steps = found.pathway.steps
    check_steps(asked.person, steps)
    situation = yield from _situation(asked, reference)
    wanted_ones = yield from _for_person(found, asked.person, reference)
    offers = yield from wanted_ones.offers(reference) if whole else wanted_ones.offers_reaching(situation.areas, reference)
    members = yield from _members(asked, steps)
    roads = yield from _roads(situation, offers)
    took = tuple(taken(step, some, one, situation, roads) for step, some, one in zip(steps, offers, members, strict=True))
    by_id = {one.offer.id: one.offer for some in offers for one in some}
    return _Prepared(found, steps, _stages(steps, took), took, situation, roads, by_id)


def _for_person(found: AskedPathway, person: Person, reference: Reference) -> Reads[AskedPathway]:
    """The same pathway with what the person needs in the requirement of each step."""
    steps = found.pathway.steps
    trees = tuple(wanted(step, requirement, person) for step, requirement in zip(steps, found.requirements, strict=True))
    whole = yield from checked(All(trees), reference)
    return replace(found, requirements=whole.parts if isinstance(whole, All) else ())


def _situation(asked: AskedRoutes, reference: Reference) -> Reads[Situation]:
    place = yield from spot(asked.near, reference)
    known = yield from communes(reference)
    return Situation(
        start=Stand(place.point, place.commune),
        areas=frozenset(place.areas),
        moment=asked.moment,
        day=asked.at,
        strict=asked.person.strict,
        radius_km=asked.near.radius_km,
        communes=known.by_code,
        counts=reference.viewer.sees(AccessRow.BEDS),
    )


def _members(asked: AskedRoutes, steps: Sequence[Step]) -> Reads[tuple[Members, ...]]:
    """By step, its members and those of the whole pathway (P-2)."""
    whole = yield from members_of("Pathway", asked.at)([asked.code])
    by_step = yield from members_of("Step", asked.at)([step.id for step in steps])
    everywhere = whole.get(asked.code, ())
    return tuple(Members(frozenset(one.id for one in (*everywhere, *by_step.get(step.id, ())))) for step in steps)


def _roads(situation: Situation, offers: StepOffers) -> Reads[Roads]:
    """Of the matrix, the pairs that chains may use."""
    if not (yield Ask(question("any_road"), {})):
        return {}
    codes = {situation.start.commune, *(one.offer.commune for some in offers for one in some)} - {None}
    rows = yield Ask(question("roads_among"), {"communes": sorted(code for code in codes if code)})
    return {(row["start"], row["end"]): Road(row["km"], row["minutes"]) for row in rows}


def _stages(steps: Sequence[Step], took: Sequence[Taken]) -> tuple[Stage, ...]:
    graph = frame(steps)
    return tuple(
        Stage(step.place, some.offers, number in graph.first, number in graph.last, graph.ways[number])
        for number, (step, some) in enumerate(zip(steps, took, strict=True))
    )


def _route(rank: int, chain: Sequence[Visit], ready: _Prepared) -> PathwayRoute:
    steps: list[RouteStep] = []
    minutes: float | None = 0.0
    before: Step | None = None
    for visit in chain:
        step = ready.steps[visit.stage]
        passage = next((one for one in before.next if one.step == step.code), None) if before else None
        own = 0.0 if step.place is StepPlace.REMOTE else visit.leg.minutes
        minutes = None if minutes is None or own is None else minutes + own
        steps.append(_step(visit, step, passage, _delay(step, passage, own, minutes), ready))
        before = step
    entities = len({one.entity.id for one in steps if one.entity})
    return PathwayRoute(rank, cost(chain), sum(one.leg_km for one in steps), sum(one.unknowns for one in steps), entities, tuple(steps))


def _step(visit: Visit, step: Step, passage: Passage | None, delay: Delay | None, ready: _Prepared) -> RouteStep:
    offer, leg = ready.offers[visit.offer.id], visit.leg
    return RouteStep(
        step=step.code,
        name=step.name,
        place=step.place,
        condition=passage.condition if passage else None,
        offer=Named(offer.id, offer.name),
        site=Named(offer.site, offer.site_name) if offer.site else None,
        entity=Named(offer.entity, offer.entity_name) if offer.entity else None,
        commune=offer.commune,
        department=visit.offer.department,
        region=visit.offer.region,
        origin=offer.origin,
        leg_km=leg.km or 0.0,
        over_sea=leg.over_sea,
        road=leg.road,
        basis=None if leg.road or step.place is StepPlace.REMOTE else offer.basis,
        minutes=leg.minutes,
        delay=delay,
        unknowns=visit.offer.unknowns,
        terms=visit.terms,
    )


def _delay(step: Step, passage: Passage | None, own: float | None, since_start: float | None) -> Delay | None:
    """A passage's delay bounds the minutes of the leg, a step's those since the start."""
    stated = [(hours, found) for hours, found in ((passage.max_delay_h if passage else None, own), (step.max_delay_h, since_start)) if hours is not None]
    if not stated:
        return None
    if any(found is not None and found > hours * 60 for hours, found in stated):
        return Delay.EXCEEDED
    return Delay.NOT_COMPUTED if any(found is None for _, found in stated) else Delay.KEPT
