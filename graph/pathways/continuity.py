"""Continuity of a pathway: steps and departments whose offers all rest on one thing (P-8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.offering import rors_of_offers
from graph.pathways.asking import asked_pathway
from graph.pathways.coverage import departments_within
from graph.pathways.offers_of_step import PlacedOffer, StepOffer
from graph.pathways.pathway import Step, StepPlace
from graph.pathways.territories import Ground, TerritoryLevel
from graph.questions import question
from graph.reads import Ask, Reads
from graph.referential import Named
from graph.search.candidates import Origin
from graph.search.place import known_territory
from graph.search.reference import Reference, communes, departments
from graph.search.territory import Territory


class RestsOn(StrEnum):
    """What the offers of a step may rest on."""

    ENTITY = "ENTITY"
    SITE = "SITE"
    APPLICATION = "APPLICATION"
    PROFESSIONAL = "PROFESSIONAL"


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A step in a department all of whose TRUE offers rest on one thing. A professional is named by id alone.

    `offers`: ids of the TRUE ones. `possible`: UNKNOWN offers there that are not known to rest on it: one that is confirmed would lift it.
    """

    step: str
    department: str
    department_name: str | None
    kind: RestsOn
    id: str
    name: str | None
    offers: tuple[str, ...]
    possible: tuple[Named, ...]


Held = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rests:
    """By kind and offer, what the offer rests on: it is lost only with all of it. An offer that is absent is not known to rest on anything."""

    held: Mapping[RestsOn, Held]
    names: Mapping[str, str | None]


def pathway_continuity(
    code: str, at: date, reference: Reference, territory: Territory | None = None, origin: Origin | None = None
) -> Reads[tuple[SinglePoint, ...]]:
    """The single points of a pathway, by step (rank), department and kind.

    Raises NotFound for the pathway, BadInput for a territory that is not loaded or smaller than a department.
    """
    asked = yield from asked_pathway(code, at, reference, origin)
    within = yield from known_territory(territory, reference)
    shown = departments_within((yield from departments(reference)), within)
    offers = yield from asked.offers(reference)
    ground = Ground(TerritoryLevel.DEPARTMENT, (yield from departments(reference)), (yield from communes(reference)))
    cells = [cell for step, found in zip(asked.pathway.steps, offers, strict=True) for cell in _cells(step, found, ground) if cell.department in shown]
    rests = yield from _rests([one.offer for cell in cells for one in (*cell.sure, *cell.perhaps)])
    return tuple(point for cell in cells for point in single_points(cell, shown[cell.department].name, rests))


@dataclass(frozen=True, slots=True)
class Cell:
    """A step in a department: its TRUE offers, one at least, and those that may be."""

    step: str
    department: str
    sure: tuple[StepOffer, ...]
    perhaps: tuple[StepOffer, ...]


def _cells(step: Step, offers: Sequence[StepOffer], ground: Ground) -> list[Cell]:
    sure: dict[str, list[StepOffer]] = {}
    perhaps: dict[str, list[StepOffer]] = {}
    for one in offers:
        certain = one.sure and (step.place is StepPlace.TRAVEL or bool(one.offer.areas))
        for code in ground.of_offer(one.offer, step.place):
            (sure if certain else perhaps).setdefault(code, []).append(one)
    return [Cell(step.code, code, tuple(sure[code]), tuple(perhaps.get(code, ()))) for code in sorted(sure)]


def single_points(cell: Cell, name: str | None, rests: Rests) -> list[SinglePoint]:
    """What all TRUE offers of the cell rest on: each on it alone. Time O(offers)."""
    found = []
    for kind in RestsOn:
        held = rests.held[kind]
        each = {held.get(one.offer.id, frozenset()) for one in cell.sure}
        (only,) = each if len(each) == 1 else (frozenset[str](),)
        if len(only) != 1:
            continue
        (thing,) = only
        lifting = tuple(Named(one.offer.id, one.offer.name) for one in cell.perhaps if held.get(one.offer.id) != only)
        offers = tuple(one.offer.id for one in cell.sure)
        found.append(SinglePoint(cell.step, cell.department, name, kind, thing, rests.names.get(thing), offers, lifting))
    return found


def _rests(offers: Iterable[PlacedOffer]) -> Reads[Rests]:
    every = {offer.id: offer for offer in offers}
    ids = sorted(every)
    described = (yield from rors_of_offers(ids)) if ids else {}
    staff = (yield Ask(question("professionals_of_offers"), {"ids": ids})) if ids else []
    names: dict[str, str | None] = {ror.id: ror.name for rors in described.values() for ror in rors}
    for offer in every.values():
        names.update({offer.site or "": offer.site_name, offer.entity or "": offer.entity_name})
    return Rests(
        {
            RestsOn.ENTITY: {key: frozenset((offer.entity,)) for key, offer in every.items() if offer.entity},
            RestsOn.SITE: {key: frozenset((offer.site,)) for key, offer in every.items() if offer.site},
            RestsOn.APPLICATION: {key: frozenset(ror.id for ror in rors) for key, rors in described.items()},
            RestsOn.PROFESSIONAL: {row["id"]: frozenset(row["professionals"]) for row in staff},
        },
        names,
    )
