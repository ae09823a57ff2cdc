"""How far an offer is, and whether it is near: the part of a search's statement for S-5 to S-7."""

from collections.abc import Sequence
from typing import Final

from graph.search import fragments
from graph.search.candidates import held_by
from graph.search.params import Params
from graph.search.place import Spot
from graph.search.territory import Level

GOING: Final = ("TRE_R213-11", "TRE_R213-31", "TRE_R213-49", "TRE_R213-53", "TRE_R213-59")  # S-7: care modes that go to the person


def nearness(spot: Spot | None, wider: Sequence[float], carried: str, params: Params) -> str:
    """Cypher that binds km, basis and near (three values), and near1, near2... for wider radii in km. Without a place: null, null, true."""
    if spot is None:
        return f"WITH {carried}, null AS km, null AS basis, true AS near"
    params.values.update(place_areas=list(spot.areas), going=list(GOING))
    if spot.point is None:
        return f"WITH {carried}, null AS km, null AS basis, {_near(_within_department(spot, params))} AS near"
    params.values.update(latitude=spot.point.latitude, longitude=spot.point.longitude)
    chord = {name: fragments.CHORD.format(to=name) for name in ("l", "s", "c")}
    placed = {name: f"{name}.latitude IS NOT NULL AND {name}.longitude IS NOT NULL" for name in ("l", "s", "c")}
    each = [f"{_near(within)} AS near{number or ''}" for number, within in enumerate([_within(spot, params), *_wider(wider, params)])]
    return f"""WITH {carried}, [l IN ls WHERE l.gone_on IS NULL AND {placed["l"]} | {chord["l"]}] AS chords
WITH {carried}, CASE WHEN size(chords) > 0 THEN reduce(best = head(chords), x IN chords | CASE WHEN x < best THEN x ELSE best END)
  WHEN {placed["s"]} THEN {chord["s"]} WHEN {placed["c"]} THEN {chord["c"]} END AS chord,
  CASE WHEN size(chords) > 0 THEN 'LOCATION' WHEN {placed["s"]} THEN 'SITE' WHEN {placed["c"]} THEN 'COMMUNE' END AS basis
WITH {carried}, basis, {fragments.KM.format(chord="chord")} AS km
WITH {carried}, basis, km, {", ".join(each)}"""


def _within(spot: Spot, params: Params) -> str:
    if spot.radius_km is None:
        return _within_department(spot, params)
    params.values["radius"] = spot.radius_km
    return "(km <= $radius)"


def _wider(radii: Sequence[float], params: Params) -> list[str]:
    params.values.update({f"radius{number}": radius for number, radius in enumerate(radii, start=1)})
    return [f"(km <= $radius{number})" for number in range(1, len(radii) + 1)]


def _within_department(spot: Spot, params: Params) -> str:
    params.values["department"] = spot.department
    return f"CASE WHEN c IS NOT NULL OR size(ls) > 0 THEN $department IN {held_by(Level.DEPARTMENT)} END"


def _near(within: str) -> str:
    """S-6 and S-7 as an expression of three values."""
    area = f"CASE WHEN size(areas) > 0 THEN any(area IN areas WHERE area IN $place_areas) WHEN coalesce({within}, true) THEN null ELSE false END"
    return f"CASE WHEN coalesce(o.care_mode IN $going, false) THEN {area} ELSE {within} END"
