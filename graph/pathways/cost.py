"""What a chain of offers costs, in km-equivalents, term by term (P-5). The weights are data; an answer shows them beside its terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from graph.pathways.pathway import StepPlace
from graph.pathways.seas import is_over_sea
from graph.search.geography import Point, distance_km


class Weight(StrEnum):
    """What a chain pays for."""

    LEG = "leg"
    UNKNOWN = "unknown"
    CAPACITY = "capacity"
    STALE = "stale"
    NOT_MEMBER = "not_member"
    ENTITY = "entity"
    DEPARTMENT = "department"
    REGION = "region"


WEIGHTS: Final[Mapping[Weight, float]] = MappingProxyType(
    {
        Weight.LEG: 1.0,  # each km
        Weight.UNKNOWN: 20.0,  # each UNKNOWN criterion
        Weight.CAPACITY: 15.0,  # a stay, no fresh count of available places
        Weight.STALE: 10.0,  # described 12 months ago or more
        Weight.NOT_MEMBER: 10.0,  # the step or pathway has members: not the offer, its site nor its entity
        Weight.ENTITY: 5.0,  # changed since the last offer; who is REMOTE hands nobody over
        Weight.DEPARTMENT: 5.0,  # changed since the last offer, in the same region
        Weight.REGION: 10.0,  # changed since the last offer
    }
)
DECIMALS: Final = 3  # P-7: costs are compared rounded to 0.001


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody is: a point, and the commune that a road matrix knows it by. Both may be unknown."""

    point: Point | None
    commune: str | None


@dataclass(frozen=True, slots=True)
class Road:
    """A way of the matrix, in one direction (S-5)."""

    km: float
    minutes: float | None


Roads = Mapping[tuple[str, str], Road]


class Base(NamedTuple):
    """The base of a REMOTE offer, the better first: in the department of the start, then the nearer to it, km (P-7)."""

    elsewhere: bool
    km: float


HERE: Final = Base(False, 0.0)


@dataclass(frozen=True, slots=True)
class ChainOffer:
    """An offer that a chain may go through: all that its cost depends on. `unknowns`: UNKNOWN criteria of a tree that is UNKNOWN.

    `base` costs nothing and breaks ties; HERE for an offer that is not REMOTE.
    """

    id: str
    at: Stand
    entity: str | None = None
    department: str | None = None
    region: str | None = None
    unknowns: int = 0
    no_count: bool = False
    stale: bool = False
    not_member: bool = False
    base: Base = HERE

    @property
    def own(self) -> float:
        """What it costs whatever comes before: the sum of `own_terms`, without making them for each of thousands of offers."""
        paid = self.unknowns * WEIGHTS[Weight.UNKNOWN] + self.no_count * WEIGHTS[Weight.CAPACITY]
        return paid + self.stale * WEIGHTS[Weight.STALE] + self.not_member * WEIGHTS[Weight.NOT_MEMBER]


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the cost: `count` of what is paid for (km for a leg), and km-equivalents."""

    weight: Weight
    count: float
    km: float


@dataclass(frozen=True, slots=True)
class Leg:
    """A way on the ground. `km` None: not known. `road`: of the matrix; else as the crow flies. `minutes` only of the matrix.

    `over_sea`: a line in the air that passes the sea.
    """

    km: float | None
    road: bool
    minutes: float | None
    over_sea: bool = False


NO_LEG: Final = Leg(0.0, False, None)


@dataclass(frozen=True, slots=True)
class Visit:
    """An offer in its place of the chain, with its terms."""

    stage: int
    place: StepPlace
    offer: ChainOffer
    leg: Leg
    terms: tuple[Term, ...]


def leg(start: Stand, end: Stand, roads: Roads) -> Leg:
    """The way from `start` to `end`: the matrix replaces the pairs of communes that it has (S-5)."""
    road = roads.get((start.commune, end.commune)) if start.commune and end.commune else None
    if road is not None:
        return Leg(road.km, True, road.minutes)
    if start.point is None or end.point is None:
        return Leg(None, False, None)
    return Leg(distance_km(start.point, end.point), False, None, is_over_sea(start.commune, end.commune))


def leg_to(place: StepPlace, person: Stand, start: Stand, offer: Stand, roads: Roads) -> Leg:
    """The leg that an offer of a step makes (P-5)."""
    match place:
        case StepPlace.TRAVEL:
            return leg(person, offer, roads)
        case StepPlace.TEAM:
            return leg(offer, person, roads)
        case StepPlace.HOME:
            return leg(offer, start, roads)
        case StepPlace.REMOTE:
            return NO_LEG


def afterwards(place: StepPlace, person: Stand, start: Stand, offer: Stand) -> Stand:
    """Where the person is after the step."""
    match place:
        case StepPlace.TRAVEL:
            return offer
        case StepPlace.HOME:
            return start
        case StepPlace.TEAM | StepPlace.REMOTE:
            return person


def own_terms(offer: ChainOffer) -> tuple[Term, ...]:
    """The terms that do not depend on what comes before."""
    counts = {
        Weight.UNKNOWN: offer.unknowns,
        Weight.CAPACITY: int(offer.no_count),
        Weight.STALE: int(offer.stale),
        Weight.NOT_MEMBER: int(offer.not_member),
    }
    return tuple(_term(weight, count) for weight, count in counts.items() if count)


def change_terms(last: ChainOffer | None, offer: ChainOffer | None) -> tuple[Term, ...]:
    """The terms of a change since the last offer, which hands the person over: not from nor to who is REMOTE; what either does not say has not changed."""
    if last is None or offer is None:
        return ()
    found = [Weight.ENTITY] if _changed(last.entity, offer.entity) else []
    if _changed(last.region, offer.region):
        found.append(Weight.REGION)
    elif _changed(last.department, offer.department):
        found.append(Weight.DEPARTMENT)
    return tuple(_term(weight, 1) for weight in found)


def _changed(before: str | None, now: str | None) -> bool:
    return before is not None and now is not None and before != now


def _term(weight: Weight, count: float) -> Term:
    return Term(weight, count, WEIGHTS[weight] * count)


def visits(path: Sequence[tuple[int, StepPlace, ChainOffer]], start: Stand, roads: Roads) -> tuple[Visit, ...]:
    """The chain with its terms. Every leg must be known (P-6)."""
    person, last, made = start, None, []
    for stage, place, offer in path:
        way = leg_to(place, person, start, offer.at, roads)
        assert way.km is not None
        legs = () if place is StepPlace.REMOTE else (_term(Weight.LEG, way.km),)
        here = None if place is StepPlace.REMOTE else offer
        made.append(Visit(stage, place, offer, way, (*legs, *own_terms(offer), *change_terms(last, here))))
        person, last = afterwards(place, person, start, offer.at), here
    return tuple(made)


def cost(chain: Sequence[Visit]) -> float:
    """Its whole cost, rounded (P-7).

    >>> cost([])
    0
    """
    return round(sum(term.km for visit in chain for term in visit.terms), DECIMALS)


OrderKey = tuple[float, int, int, tuple[tuple[Base, str], ...], tuple[int, ...]]


def order_key(chain: Sequence[Visit]) -> OrderKey:
    """Which of two chains is better: the cheaper; then fewer unknowns, fewer entities it is with, step by step the base of who is REMOTE and the id (P-7);
    of the same offers, the earlier steps.
    """
    entities = {visit.offer.entity for visit in chain if visit.offer.entity is not None and visit.place is not StepPlace.REMOTE}
    unknowns = sum(visit.offer.unknowns for visit in chain)
    return cost(chain), unknowns, len(entities), tuple((visit.offer.base, visit.offer.id) for visit in chain), tuple(visit.stage for visit in chain)
