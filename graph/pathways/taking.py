"""Which offers of a step a chain may take for a person at a place, and why it may not take the others (P-5, P-6)."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from graph.errors import LimitExceeded
from graph.pathways.cost import HERE, Base, ChainOffer, Roads, Stand, leg
from graph.pathways.offers_of_step import STAYS, PlacedOffer, StepOffer
from graph.pathways.pathway import BY_AREA, Step, StepPlace
from graph.search.communes import Commune
from graph.search.geography import distance_km

FRESH: Final = timedelta(hours=24)
MOST: Final = 5000  # P-7


class Cause(StrEnum):
    """Why an offer is not taken; NO_OFFER: there is none. NOT_FOR_PERSON: its requirement may hold, an age, a public or a constraint is FALSE."""

    NO_OFFER = "NO_OFFER"
    NOT_FOR_PERSON = "NOT_FOR_PERSON"
    UNKNOWN = "UNKNOWN"
    UNPLACED = "UNPLACED"
    OUT_OF_AREA = "OUT_OF_AREA"
    STEP_TOO_FAR = "STEP_TOO_FAR"
    PASSAGE_TOO_FAR = "PASSAGE_TOO_FAR"


@dataclass(frozen=True, slots=True)
class Situation:
    """Where and when: the start, the areas that hold it, the instant, whether nothing UNKNOWN is taken, a radius for steps that state no limit.

    `counts`: whether the viewer sees how many beds are free; a cost on what is withheld is not applied (A-2).
    """

    start: Stand
    areas: frozenset[str]
    moment: datetime
    day: date
    strict: bool
    radius_km: float | None
    communes: Mapping[str, Commune]
    counts: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An offer that is not taken. `km`: from the start, where it is too far."""

    id: str
    cause: Cause
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The offers of a step for a person: those that a chain may take, and the others."""

    offers: tuple[ChainOffer, ...]
    left: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """Ids that are members of the step or its pathway (P-2); empty: there are none, and nobody pays for it."""

    ids: frozenset[str]

    def lack(self, offer: PlacedOffer) -> bool:
        """Whether there are members, and neither the offer nor its site nor its entity is one."""
        return bool(self.ids) and self.ids.isdisjoint({offer.id, offer.site, offer.entity})


def limit_of(step: Step, situation: Situation) -> float | None:
    """Km from the start: the step's own, else for who travels the radius that was asked."""
    if step.max_km is not None:
        return step.max_km
    return situation.radius_km if step.place is StepPlace.TRAVEL else None


def taken(step: Step, offers: Iterable[StepOffer], members: Members, situation: Situation, roads: Roads) -> Taken:
    """Sort the offers of a step. Raises LimitExceeded above 5,000 that no limit bounds."""
    limit = limit_of(step, situation)
    judged = [_judged(step, one, members, situation, roads, limit) for one in offers]
    found = tuple(one for one in judged if isinstance(one, ChainOffer))
    if limit is None and len(found) > MOST:
        raise LimitExceeded(
            f"step {step.code}: {len(found)} offers may be taken and no limit bounds them; {MOST} is the limit. "
            "Give from.radiusKm, a constraint on the step, or max_km in the pathway's file."
        )
    return Taken(found, tuple(one for one in judged if isinstance(one, LeftOut)))


def _judged(step: Step, one: StepOffer, members: Members, situation: Situation, roads: Roads, limit: float | None) -> ChainOffer | LeftOut:
    offer, unknowns = one.offer, one.unknowns
    if step.place in BY_AREA:
        if offer.areas and situation.areas.isdisjoint(offer.areas):
            return LeftOut(offer.id, Cause.OUT_OF_AREA)
        unknowns += not offer.areas
    if situation.strict and (unknowns or not one.sure):
        return LeftOut(offer.id, Cause.UNKNOWN)
    stand = stand_of(offer, situation.start)
    sure_leg = stand.point is not None and situation.start.point is not None  # then how long it is matters to a limit alone
    if limit is not None or not (sure_leg or step.place is StepPlace.REMOTE):
        km = leg(situation.start, stand, roads).km
        if km is None:
            return LeftOut(offer.id, Cause.UNPLACED)
        if limit is not None and km > limit:
            return LeftOut(offer.id, Cause.STEP_TOO_FAR, km)
    commune = situation.communes.get(offer.commune or "")
    return ChainOffer(
        id=offer.id,
        at=stand,
        entity=offer.entity,
        department=commune.department if commune else None,
        region=commune.region if commune else None,
        unknowns=unknowns,
        no_count=situation.counts and offer.care_mode in STAYS and not _fresh(offer.available_at, situation.moment),
        stale=_stale(offer.described_on, situation.day),
        not_member=members.lack(offer),
        base=_base(stand, commune, situation, roads) if step.place is StepPlace.REMOTE else HERE,
    )


def _base(stand: Stand, commune: Commune | None, situation: Situation, roads: Roads) -> Base:
    """Of a REMOTE offer, how its base stands to the start: it breaks ties, since nobody moves (P-7)."""
    home = situation.communes.get(situation.start.commune or "")
    km = leg(situation.start, stand, roads).km
    same = commune is not None and home is not None and commune.department is not None and commune.department == home.department
    return Base(not same, math.inf if km is None else km)


def stand_of(offer: PlacedOffer, start: Stand) -> Stand:
    """Where an offer is: of its open locations the one nearest to the start of the chain (S-5)."""
    if start.point is None or len(offer.points) < 2:
        return Stand(offer.points[0] if offer.points else None, offer.commune)
    here = start.point
    return Stand(min(offer.points, key=lambda point: distance_km(here, point)), offer.commune)


def _fresh(counted_at: str | None, moment: datetime) -> bool:
    return counted_at is not None and moment - datetime.fromisoformat(counted_at) <= FRESH


def _stale(described_on: str | None, day: date) -> bool:
    """Described 12 months ago or more; without a date nothing says so."""
    if described_on is None:
        return False
    stated = date.fromisoformat(described_on[:10])
    return (stated.year + 1, stated.month, stated.day) <= (day.year, day.month, day.day)
