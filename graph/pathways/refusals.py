"""Why there is no chain: the first step that blocks, why, and what would open it (P-6)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.pathways.cost import Roads, Stand
from graph.pathways.measure import Floats, legs, stands
from graph.pathways.pathway import Step, StepPlace
from graph.pathways.stages import Stage, backwards
from graph.pathways.taking import Cause, Taken

FARTHEST_FIRST: Final = (  # how far an offer came before it was left out
    Cause.PASSAGE_TOO_FAR,
    Cause.STEP_TOO_FAR,
    Cause.OUT_OF_AREA,
    Cause.UNKNOWN,
    Cause.UNPLACED,
    Cause.NOT_FOR_PERSON,
)
SAID: Final[Mapping[Cause, str]] = {
    Cause.NO_OFFER: "aucune offre chargée ne répond au besoin de l'étape, même à vérifier",
    Cause.NOT_FOR_PERSON: "aucune offre ne convient à cette personne (âge, public ou contrainte)",
    Cause.UNKNOWN: "aucune offre ne répond à coup sûr, et rien d'inconnu n'est admis (strict)",
    Cause.UNPLACED: "aucune offre n'a de lieu connu",
    Cause.OUT_OF_AREA: "le lieu est hors de la zone d'intervention des offres",
    Cause.STEP_TOO_FAR: "la plus proche est à {km:.1f} km du point de départ, la limite est de {limit:g} km",
    Cause.PASSAGE_TOO_FAR: "la plus proche est à {km:.1f} km de l'étape précédente, la limite du passage est de {limit:g} km",
}

LONGEST: Final = 1e9  # more than any leg


@dataclass(frozen=True, slots=True)
class LeftCount:
    """How many offers of the step were left out for a cause."""

    cause: Cause
    offers: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """The first step that blocks (P-6). `nearest`: the offer that the smallest enlargement of the limit would let in; `nearest_km`, that limit."""

    step: str
    step_name: str | None
    cause: Cause
    counts: tuple[LeftCount, ...]
    limit_km: float | None
    nearest: str | None
    nearest_km: float | None
    message: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A step in which chains were looked for. `alone`: how many offers meet its requirement without the person; `limit_km`: from the start."""

    step: Step
    stage: Stage
    took: Taken
    alone: int
    limit_km: float | None


@dataclass(frozen=True, slots=True)
class _Blocked:
    """A step that no offer opens. `beyond`: taken offers that no passage reaches, with the leg and the limit of the passage."""

    place: int
    beyond: tuple[tuple[float, str, float], ...]


def refusal(tried: Sequence[Tried], start: Stand, roads: Roads) -> Refusal:
    """Explain. There is no chain through the steps."""
    blocked = _first_blocked([one.stage for one in tried], start, roads)
    at = tried[blocked.place]
    step, left = at.step, at.took.left
    counts = Counter(one.cause for one in left)
    counts[Cause.PASSAGE_TOO_FAR] = len({offer for _, offer, _ in blocked.beyond})
    counts[Cause.NOT_FOR_PERSON] = at.alone - len(left) - len(at.took.offers)
    cause = next((one for one in FARTHEST_FIRST if counts[one] > 0), Cause.NO_OFFER)
    nearest, km, limit = None, None, None
    if cause is Cause.PASSAGE_TOO_FAR:
        km, nearest, limit = min(blocked.beyond)
    elif cause is Cause.STEP_TOO_FAR:
        km, nearest = min((one.km, one.id) for one in left if one.km is not None)
        limit = at.limit_km
    told = SAID[cause].format(km=km or 0.0, limit=limit or 0.0)
    message = f"Étape « {step.name or step.code} » : {told}."
    shown = tuple(LeftCount(one, counts[one]) for one in FARTHEST_FIRST if counts[one] > 0)
    return Refusal(step.code, step.name, cause, shown, limit, nearest, km, message)


def _first_blocked(stages: Sequence[Stage], start: Stand, roads: Roads) -> _Blocked:
    people: dict[int, list[Stand]] = {}
    blocked = []
    for place in reversed(backwards(stages)):
        before = [(people[earlier], way.max_km) for earlier, stage in enumerate(stages) for way in stage.ways if way.to == place and people.get(earlier)]
        entries = [([start], None)] if stages[place].first else []
        arrivals: list[tuple[list[Stand], float | None]] = [*entries, *before]
        if not arrivals:
            continue
        people[place], beyond = _arrived(stages[place], arrivals, start, roads)
        if not people[place]:
            blocked.append(_Blocked(place, beyond))
    return min(blocked, key=lambda one: one.place)


def _arrived(
    stage: Stage, arrivals: Sequence[tuple[list[Stand], float | None]], start: Stand, roads: Roads
) -> tuple[list[Stand], tuple[tuple[float, str, float], ...]]:
    """Where people may be after the stage; the offers that a passage does not reach, nearest leg first."""
    after: dict[Stand, None] = {}
    beyond: list[tuple[float, str, float]] = []
    for people, limit in arrivals:
        if not stage.offers:
            continue
        found = _legs(stage, people, start, roads)
        reached = found <= (LONGEST if limit is None else limit)
        if stage.place is StepPlace.TRAVEL:
            after.update((offer.at, None) for offer, ok in zip(stage.offers, np.any(reached, axis=0).tolist(), strict=True) if ok)
        elif stage.place is StepPlace.HOME:
            after.update({start: None} if reached.any() else {})
        else:
            after.update((one, None) for one, ok in zip(people, np.any(reached, axis=1).tolist(), strict=True) if ok)
        if limit is not None:
            beyond += [(float(km), offer.id, limit) for offer, km in zip(stage.offers, found.min(axis=0), strict=True) if limit < km < np.inf]
    return list(after), tuple(beyond)


def _legs(stage: Stage, people: Sequence[Stand], start: Stand, roads: Roads) -> Floats:
    offers, persons = stands([offer.at for offer in stage.offers]), stands(people)
    match stage.place:
        case StepPlace.TRAVEL:
            return legs(persons, offers, roads)
        case StepPlace.TEAM:
            return legs(offers, persons, roads).T
        case StepPlace.HOME:
            return np.broadcast_to(legs(offers, stands([start]), roads).T, (len(people), len(stage.offers)))
        case StepPlace.REMOTE:
            return np.zeros((len(people), len(stage.offers)))
