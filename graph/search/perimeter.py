"""Whether a caller's perimeter may cut an answer, told from geography alone: never from what was found, which would reveal it (A-7)."""

from collections.abc import Mapping

from graph.search.place import Spot
from graph.search.reference import Department
from graph.search.territory import Level, Territory


def may_be_limited(perimeter: frozenset[str] | None, territory: Territory | None, spot: Spot | None, known: Mapping[str, Department]) -> bool:
    """Whether what is asked may reach beyond the regions of a perimeter; None is the nation, which nothing passes.

    A circle reaches a region where it meets the box of one of its departments: near a border it may say so too early, never too late.
    A commune as territory is taken as inside: one outside is refused before (A-7). A health territory that does not say what it contains may reach anywhere.
    """
    if perimeter is None:
        return False
    if territory is not None:
        return not _inside(territory, perimeter, known)
    if spot is None:
        return True
    reached = spot.around or ((spot.department,) if spot.department else ())
    return not all(code in known and known[code].region in perimeter for code in reached)


def _inside(territory: Territory, perimeter: frozenset[str], known: Mapping[str, Department]) -> bool:
    if territory.extent is not None:
        return bool(territory.extent.regions) and territory.extent.regions <= perimeter
    if territory.level is Level.REGION:
        return territory.code in perimeter
    return territory.level is Level.COMMUNE or (territory.code in known and known[territory.code].region in perimeter)
