"""Near where, and within which radius or territory: from the words of clients to what the statement needs (S-5 to S-8)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.errors import BadInput
from graph.questions import question
from graph.reads import Ask, Reads, Row
from graph.search.extents import extent_of
from graph.search.geography import Box, Point, box_around
from graph.search.reference import Department, Reference, departments
from graph.search.territory import Level, Territory, territory

__all__ = ["Level", "Near", "Spot", "Territory", "known_territory", "near", "spot", "territory"]

REACH_KM: Final = 100.0  # a point farther than this from every department is in none
LARGEST_RADIUS_KM: Final = 2000.0
STRAYED: Final = 0.2  # degrees: how far outside the box of the communes of its department a site may lie
ENLARGEMENTS: Final = 3


@dataclass(frozen=True, slots=True)
class Near:
    """As asked: a point or a commune (INSEE), and a radius or None for the default of the department (S-6)."""

    point: Point | None = None
    commune: str | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A resolved place. `radius_km` None: the whole department counts as near (S-6).

    `around`: departments that the radius may reach. `areas`: what holds the place, label and key (cypher/commune_place.cypher).
    """

    point: Point | None
    commune: str
    department: str | None
    radius_km: float | None
    around: tuple[str, ...]
    areas: tuple[str, ...]

    @property
    def box(self) -> Box | None:
        """What holds the circle."""
        return box_around(self.point, self.radius_km) if self.point and self.radius_km is not None else None


def near(raw: Mapping[str, Any]) -> Near:
    """Read `near`. Raises BadInput for neither or both of a point and a commune, and for numbers out of range."""
    given = {name: value for name, value in raw.items() if value is not None}
    unknown = given.keys() - {"latitude", "longitude", "commune", "radiusKm"}
    if unknown:
        raise BadInput(f"near: '{min(unknown)}' is no part of a place; latitude and longitude, or commune, and radiusKm are.")
    point = Point(_number(given, "latitude", 90), _number(given, "longitude", 180)) if {"latitude", "longitude"} & given.keys() else None
    if (point is None) == ("commune" not in given):
        raise BadInput("near: give either latitude and longitude, or commune (its INSEE code).")
    radius = given.get("radiusKm")
    if radius is not None and not 0 < radius <= LARGEST_RADIUS_KM:
        raise BadInput(f"near.radiusKm: {radius} is not between 0 and {LARGEST_RADIUS_KM:.0f} km.")
    return Near(point, given.get("commune"), radius)


def _number(given: Mapping[str, Any], name: str, most: int) -> float:
    value = given.get(name)
    if not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > most:
        raise BadInput(f"near.{name}: a number of degrees between -{most} and {most} is expected.")
    return float(value)


def known_territory(asked: Territory | None, reference: Reference, where: str = "territory") -> Reads[Territory | None]:
    """The same, with the extent of a postal code or a health territory. Raises BadInput for a code that is not loaded."""
    if asked is None:
        return None
    if asked.level in {Level.POSTAL_CODE, Level.HEALTH_TERRITORY}:
        return replace(asked, extent=(yield from extent_of(asked.level, asked.code, where, reference.common.extents)))
    if asked.level is Level.COMMUNE:
        yield from _commune(asked.code, f"{where}.commune", reference)
        return asked
    known = yield from departments(reference)
    codes = known.keys() if asked.level is Level.DEPARTMENT else {department.region for department in known.values()}
    if asked.code not in codes:
        raise BadInput(f"{where}.{asked.level.name.lower()}: '{asked.code[:20]}' is not loaded; INSEE codes are expected, like 2A or 01.")
    return asked


def spot(asked: Near, reference: Reference) -> Reads[Spot]:
    """Where `asked` is. Raises BadInput for a commune that is not loaded, or a point that is near none."""
    known = yield from departments(reference)
    if asked.commune is None:
        row = yield from _nearest(asked.point, known, reference)
    else:
        row = yield from _commune(asked.commune, "near.commune", reference)
    if row["department"] not in known:
        raise BadInput(f"near.commune: commune {row['code']} lies in no department that is loaded; load the file of the departments.")
    point = asked.point or (Point(row["latitude"], row["longitude"]) if row["latitude"] is not None else None)
    radius = asked.radius_km or (known[row["department"]].radius_km or None)
    if point is None and radius is not None:
        raise BadInput(f"near.commune: the place of commune {row['code']} is not known; give latitude and longitude.")
    around = _reached(known, box_around(point, radius), STRAYED) if point and radius else ()
    return Spot(point, row["code"], row["department"], radius, around, tuple(row["areas"]))


def enlarged(around: Spot, reference: Reference) -> Reads[tuple[Spot, ...]]:
    """The same place with three larger radii, by the enlargement of the national table (S-10); none where there is no radius or no enlargement."""
    known = yield from departments(reference)
    step = known[around.department].enlargement_km if around.department in known else None
    point, radius = around.point, around.radius_km
    if point is None or radius is None or not step:
        return ()
    radii = [radius + number * step for number in range(1, ENLARGEMENTS + 1)]
    return tuple(replace(around, radius_km=wider, around=_reached(known, box_around(point, wider), STRAYED)) for wider in radii)


def _reached(known: Mapping[str, Department], box: Box, margin: float = 0.0) -> tuple[str, ...]:
    """The departments of which the box, with a margin in degrees around it, meets this one."""
    return tuple(code for code, department in known.items() if department.box and department.box.widened(margin).meets(box))


def _nearest(point: Point | None, known: Mapping[str, Department], reference: Reference) -> Reads[Row]:
    assert point is not None  # near() gives a point or a commune
    reached = _reached(known, box_around(point, REACH_KM))
    rows = yield Ask(question("nearest_commune"), {"departments": list(reached), "latitude": point.latitude, "longitude": point.longitude})
    if not rows:
        raise BadInput(f"near: no commune that is loaded lies within {REACH_KM:.0f} km of {point.latitude}, {point.longitude}.")
    return (yield from _commune(rows[0]["code"], "near", reference))


def _commune(code: str, where: str, reference: Reference) -> Reads[Row]:
    kept = reference.common.places
    if code not in kept:
        rows = yield Ask(question("commune_place"), {"commune": code})
        if not rows:
            raise BadInput(f"{where}: no commune that is loaded has the INSEE code '{code[:20]}' (not the postal code).")
        kept[code] = rows[0]
    return kept[code]
