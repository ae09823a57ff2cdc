"""Offers, steps and communes as plain values, for the analyses that need no store."""

from collections.abc import Sequence

from graph.pathways.offers_of_step import PlacedOffer, StepOffer
from graph.pathways.pathway import Step, StepPlace
from graph.search.communes import Commune, Communes
from graph.search.criteria import All
from graph.search.geography import Point
from graph.search.offers import DistanceBasis


def an_offer(
    code: str, *points: tuple[float, float], sure: bool = True, areas: Sequence[str] = (), delivered: Sequence[str] = (), commune: str | None = None
) -> StepOffer:
    placed = tuple(Point(*point) for point in points)
    offer = PlacedOffer(
        id=code, name=code, origin="OBSERVED", source="sae", care_mode=None, described_on=None, available_at=None, site=f"s-{code}", site_name=None,
        entity=f"e-{code}", entity_name=None, commune=commune, delivered=tuple(delivered), points=placed, basis=DistanceBasis.SITE if placed else None,
        areas=tuple(areas), own_beds=None, shared_beds=(),
    )  # fmt: skip
    return StepOffer(offer, sure, 0 if sure else 1)


def a_step(place: StepPlace = StepPlace.TRAVEL) -> Step:
    return Step("p/s", "s", None, place, False, None, None, All(()), "{}", 1, ())


def a_commune(code: str, point: tuple[float, float] | None, department: str = "01", region: str = "84", population: int | None = None) -> Commune:
    latitude, longitude = point or (None, None)
    return Commune(code, None, latitude, longitude, population, department, region, None, True, None)


def all_of(*communes: Commune) -> Communes:
    return Communes({commune.code: commune for commune in communes}, {}, {})
