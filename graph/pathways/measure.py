"""Legs between many places at once: great circles, with the pairs of the road matrix in their stead (S-5)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.pathways.cost import Roads, Stand
from graph.search.geography import EARTH_KM, Point

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NOWHERE = Point(float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Stands:
    """Places as columns: radians (NaN where not known), and the commune of each."""

    latitude: Floats
    longitude: Floats
    communes: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.communes)


def stands(places: Sequence[Stand]) -> Stands:
    """The places as columns."""
    points = [place.point or NOWHERE for place in places]
    return Stands(
        np.radians(np.array([point.latitude for point in points], dtype=np.float64)),
        np.radians(np.array([point.longitude for point in points], dtype=np.float64)),
        tuple(place.commune for place in places),
    )


def crow(a: Stands, b: Stands) -> Floats:
    """Km from each of `a` (rows) to each of `b` (columns) as the crow flies; NaN where a point is not known."""
    up = np.sin((b.latitude[None, :] - a.latitude[:, None]) / 2)
    across = np.sin((b.longitude[None, :] - a.longitude[:, None]) / 2)
    chord = up * up + np.cos(a.latitude)[:, None] * np.cos(b.latitude)[None, :] * across * across
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(chord))), dtype=np.float64)


def legs(a: Stands, b: Stands, roads: Roads) -> Floats:
    """The same with the roads of the matrix; infinite where nothing is known."""
    found = crow(a, b)
    if roads:
        rows, columns = _by_commune(a), _by_commune(b)
        for start, its_rows in rows.items():
            for end, its_columns in columns.items():
                road = roads.get((start, end))
                if road is not None:
                    found[np.ix_(its_rows, its_columns)] = road.km
    return np.where(np.isnan(found), np.inf, found)


def shortest_share(places: Stands, roads: Roads) -> float:
    """The least that a road of the matrix is of a great circle between places of its communes, 1 at most: no leg is shorter than this share."""
    groups = _by_commune(places)
    share = 1.0
    for (start, end), road in roads.items():
        if start in groups and end in groups:
            straight = crow(_only(places, groups[start]), _only(places, groups[end]))
            longest = float(np.max(np.nan_to_num(straight, nan=0.0)))
            share = min(share, road.km / longest) if longest > 0 else share
    return share


def _only(places: Stands, rows: list[int]) -> Stands:
    return Stands(places.latitude[rows], places.longitude[rows], tuple(places.communes[row] for row in rows))


def _by_commune(places: Stands) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, commune in enumerate(places.communes):
        if commune is not None:
            found[commune].append(row)
    return found
