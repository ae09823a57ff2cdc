"""The nearest of some offers, for many places at once.

Points of the unit sphere stand in a k-d tree: the chord between two of them grows with the great circle, so the nearest by one is the nearest by the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.pathways.offers_of_step import PlacedOffer
from graph.pathways.seas import is_over_sea
from graph.search.geography import Point, distance_km
from graph.search.offers import DistanceBasis

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reached:
    """The nearest offer and its distance: km, great circle (S-5), unrounded."""

    offer: PlacedOffer
    km: float


@dataclass(frozen=True, slots=True)
class NearestOffer:
    """The nearest offer: km by great circle, to 0.1 km, from the point that `basis` names (S-5). `over_sea`: the line passes the sea."""

    id: str
    name: str | None
    site: str | None
    site_name: str | None
    distance_km: float
    over_sea: bool
    basis: DistanceBasis | None


def nearest(places: Sequence[Point], offers: Sequence[PlacedOffer]) -> list[Reached | None]:
    """For each place the nearest offer, from the nearest of its points; None for all where no offer has a point.

    Of several at one point the first by id. Time O((n + m) log m), n places and m points, memory O(n + m).
    Source: Maneewongvatana and Mount, "Analysis of approximate nearest neighbor searching with clustered point sets", 1999 (the tree of scipy).
    """
    from scipy.spatial import KDTree  # noqa: PLC0415  # 30 MB and half a second, which no other command should pay

    at: dict[Point, PlacedOffer] = {}
    for offer in sorted(offers, key=lambda one: one.id):
        for point in offer.points:
            at.setdefault(point, offer)
    if not at or not places:
        return [None] * len(places)
    points = list(at)
    found = np.asarray(KDTree(_on_sphere(points)).query(_on_sphere(places))[1])
    return [Reached(at[points[index]], distance_km(place, points[index])) for place, index in zip(places, found.tolist(), strict=True)]


def shown_offer(reached: Reached | None, start: str | None) -> NearestOffer | None:
    """The same as an answer shows it. `start`: the commune that the distance is measured from."""
    if reached is None:
        return None
    offer = reached.offer
    return NearestOffer(offer.id, offer.name, offer.site, offer.site_name, round(reached.km, 1), is_over_sea(start, offer.commune), offer.basis)


def _on_sphere(points: Sequence[Point]) -> Floats:
    """Of n points, n rows of x, y, z."""
    degrees = np.array([(point.latitude, point.longitude) for point in points], dtype=np.float64)
    latitude, longitude = np.radians(degrees).T
    return np.column_stack((np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)))
