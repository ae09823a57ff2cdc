"""The states of a chain: a stage, the offer taken there, and where the person is then. A cost to come depends on nothing else (P-5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.pathways.cost import WEIGHTS, ChainOffer, Roads, Stand, Weight
from graph.pathways.measure import Floats, Ints, Stands, legs, stands
from graph.pathways.pathway import StepPlace
from graph.pathways.stages import Stage, Way

CELLS = 2_000_000  # numbers computed at once
START = (-1, -1)
Key = tuple[int, int]  # where the person is: START, or the stage and the offer travelled to
MOVES = (StepPlace.TRAVEL, StepPlace.HOME)


@dataclass(slots=True)
class Column:
    """A stage as columns. Its states number the offer, times the places where the person may be when the step moves nobody."""

    place: StepPlace
    own: Floats
    at: Stands
    entity: Ints
    department: Ints
    region: Ints
    whereabouts: dict[Key, int]
    stand: Stands
    to_go: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def size(self) -> int:
        return len(self.own)

    @property
    def wide(self) -> bool:
        """Whether a state is an offer and a place of the person."""
        return self.place not in MOVES

    def state(self, offers: Ints, person: int) -> Ints:
        """The states of these offers, with the person there."""
        return offers * len(self.whereabouts) + person if self.wide else offers

    def offer_of(self, state: int) -> int:
        return state // len(self.whereabouts) if self.wide else state

    def person_of(self, state: int) -> int:
        """Where the person is in this state, as a row of `stand`."""
        if self.wide:
            return state % len(self.whereabouts)
        return state if self.place is StepPlace.TRAVEL else 0


@dataclass(frozen=True, slots=True)
class Field:
    """All that chains are made of, as columns."""

    stages: Sequence[Stage]
    columns: Sequence[Column]
    start: Stands
    roads: Roads


def columns(stages: Sequence[Stage], earlier_first: Sequence[int], start: Stand, roads: Roads) -> Field:
    """The stages as columns."""
    codes: dict[str, int] = {}
    heres: dict[int, dict[Key, int]] = {}
    for place in earlier_first:
        heres[place] = _whereabouts(stages, place, heres)
    made = [_column(stage, heres[place], stages, start, codes) for place, stage in enumerate(stages)]
    return Field(stages, made, stands([start]), roads)


def _whereabouts(stages: Sequence[Stage], place: int, before: Mapping[int, dict[Key, int]]) -> dict[Key, int]:
    """Where the person may be after the stage."""
    stage = stages[place]
    if stage.place is StepPlace.TRAVEL:
        return {(place, number): number for number in range(len(stage.offers))}
    if stage.place is StepPlace.HOME:
        return {START: 0}
    keys: dict[Key, None] = {START: None} if stage.first else {}
    for earlier, found in before.items():
        if any(way.to == place for way in stages[earlier].ways):
            keys.update(dict.fromkeys(found))
    return {key: row for row, key in enumerate(keys)}


def _column(stage: Stage, here: dict[Key, int], stages: Sequence[Stage], start: Stand, codes: dict[str, int]) -> Column:
    def numbered(names: Sequence[str | None]) -> Ints:
        return np.array([-1 if name is None else codes.setdefault(name, len(codes)) for name in names], dtype=np.int64)

    offers = stage.offers
    return Column(
        place=stage.place,
        own=np.array([offer.own for offer in offers], dtype=np.float64),
        at=stands([offer.at for offer in offers]),
        entity=numbered([offer.entity and f"entity {offer.entity}" for offer in offers]),
        department=numbered([offer.department and f"department {offer.department}" for offer in offers]),
        region=numbered([offer.region and f"region {offer.region}" for offer in offers]),
        whereabouts=here,
        stand=stands([start if key == START else stages[key[0]].offers[key[1]].at for key in here]),
    )


def leg_rows(chains: Field, person: Stands, to: Column) -> Floats:
    """Legs from where the person may be (rows) to the offers of a stage (columns); one row that holds for all where it does not matter."""
    match to.place:
        case StepPlace.TRAVEL:
            return legs(person, to.at, chains.roads)
        case StepPlace.TEAM:
            return legs(to.at, person, chains.roads).T
        case StepPlace.HOME:
            return np.broadcast_to(legs(to.at, chains.start, chains.roads).T, (len(person), to.size))
        case StepPlace.REMOTE:
            return np.zeros((len(person), to.size))


def limited(found: Floats, way: Way | None) -> Floats:
    """Infinite where the leg is longer than the passage allows."""
    return found if way is None or way.max_km is None else np.where(found <= way.max_km, found, np.inf)


def changes(last: Column, offers: Ints, to: Column) -> Floats:
    """What it costs to go from these offers of one stage (rows) to those of another (columns): entity, department, region; who is REMOTE hands nobody over."""
    if StepPlace.REMOTE in {last.place, to.place}:
        return np.zeros((len(offers), to.size))
    entity, department, region = (
        (before[offers, None] >= 0) & (now[None, :] >= 0) & (now[None, :] != before[offers, None])
        for before, now in ((last.entity, to.entity), (last.department, to.department), (last.region, to.region))
    )
    apart = np.where(region, WEIGHTS[Weight.REGION], np.where(department, WEIGHTS[Weight.DEPARTMENT], 0.0))
    return np.asarray(apart + np.where(entity, WEIGHTS[Weight.ENTITY], 0.0), dtype=np.float64)


def kinds_of(stage: Stage) -> list[tuple[ChainOffer, ...]]:
    """The offers of a stage that cost the same in every chain, together; inside in the order of ties: by base, then id (P-7)."""
    found: dict[object, list[ChainOffer]] = {}
    for offer in sorted(stage.offers, key=lambda one: (one.base, one.id)):
        at = None if stage.place is StepPlace.REMOTE else _place(offer.at)
        found.setdefault((at, offer.entity, offer.department, offer.region, offer.own, offer.unknowns), []).append(offer)
    return [tuple(offers) for offers in found.values()]


def _place(at: Stand) -> tuple[float | None, float | None, str | None]:
    """In plain values, which are hashed faster."""
    return (at.point.latitude, at.point.longitude, at.commune) if at.point else (None, None, at.commune)


def to_go(chains: Field, place: int) -> Floats:
    """By state of the stage, the least that a chain still costs from there to its end; infinite where no end is reached."""
    stage, column = chains.stages[place], chains.columns[place]
    people = len(column.whereabouts)
    best = np.full(column.size * people if column.wide else column.size, 0.0 if stage.last else np.inf)
    for way in stage.ways:
        to = chains.columns[way.to]
        if to.size == 0 or column.size == 0:
            continue
        onwards = limited(leg_rows(chains, column.stand, to), way) + to.own + _beyond(column, to)
        for rows in _blocks(column, people * to.size):
            change = changes(column, rows, to)
            if column.place is StepPlace.TRAVEL:
                best[rows] = np.minimum(best[rows], (onwards[rows] + change).min(axis=1))
            else:
                each = (onwards[None, :, :] + change[:, None, :]).min(axis=2)
                states = rows[:, None] * people + np.arange(people) if column.wide else rows[:, None]
                best[states] = np.minimum(best[states], each)
    return best


def _beyond(column: Column, to: Column) -> Floats:
    """What is still to go from the offers of `to` (columns), by where the person was before (rows)."""
    if not to.wide:
        return to.to_go[None, :]
    rows = [to.whereabouts[key] for key in column.whereabouts]
    return np.asarray(to.to_go.reshape(to.size, len(to.whereabouts))[:, rows].T, dtype=np.float64)


def _blocks(column: Column, width: int) -> Iterator[Ints]:
    """The offers of a stage, so many at a time that what is computed for them stays small."""
    step = max(1, CELLS // max(1, width if column.place is not StepPlace.TRAVEL else width // max(1, column.size)))
    for begin in range(0, column.size, step):
        yield np.arange(begin, min(begin + step, column.size), dtype=np.int64)
