"""Distances on the sphere, and boxes that hold a circle (S-5)."""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt
from typing import Final

EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds in degrees, all included."""

    south: float
    north: float
    west: float
    east: float

    def widened(self, margin: float) -> "Box":
        """The box with a margin in degrees on each side."""
        return Box(self.south - margin, self.north + margin, self.west - margin, self.east + margin)

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return self.south <= other.north and other.south <= self.north and self.west <= other.east and other.west <= self.east


def box_around(point: Point, radius_km: float) -> Box:
    """The smallest box of latitudes and longitudes that holds the circle; all longitudes where it holds a pole."""
    angle = radius_km / EARTH_KM
    up = degrees(angle)
    south, north = point.latitude - up, point.latitude + up
    if angle >= radians(180) or south <= -90 or north >= 90:
        return Box(max(south, -90.0), min(north, 90.0), -180.0, 180.0)
    across = degrees(asin(min(1.0, sin(angle) / cos(radians(point.latitude)))))
    return Box(south, north, point.longitude - across, point.longitude + across)


def distance_km(a: Point, b: Point) -> float:
    """Great circle (haversine) with a radius of 6371.0 km.

    >>> round(distance_km(Point(48.8566, 2.3522), Point(45.7640, 4.8357)), 1)
    391.5
    """
    up, across = sin(radians(b.latitude - a.latitude) / 2), sin(radians(b.longitude - a.longitude) / 2)
    return 2 * EARTH_KM * asin(min(1.0, sqrt(up * up + cos(radians(a.latitude)) * cos(radians(b.latitude)) * across * across)))
