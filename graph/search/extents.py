"""What a postal code or a health territory holds: neither is an INSEE code, so each is resolved to communes and departments (S-8)."""

from graph.errors import BadInput
from graph.questions import question
from graph.reads import Ask, Reads, Row
from graph.search.territory import Extent, Level, name_of

EVERYWHERE = "*"
Extents = dict[tuple[Level, str], Extent]


def extent_of(level: Level, code: str, where: str, kept: Extents) -> Reads[Extent]:
    """The extent, from `kept` where it was read before. Raises BadInput, naming `where`, for a code that is not loaded."""
    if (level, code) not in kept:
        read = _of_postal_code if level is Level.POSTAL_CODE else _of_health_territory
        kept[level, code] = yield from read(code, f"{where}.{name_of(level)}")
    return kept[level, code]


def _of_postal_code(code: str, where: str) -> Reads[Extent]:
    rows = yield Ask(question("postal_code"), {"postal_code": code})
    if not rows:
        raise BadInput(f"{where}: no commune that is loaded has the postal code '{code[:20]}' (a CEDEX has none); ask by commune.")
    areas = {area for row in rows for area in row["areas"]}
    return Extent(tuple(row["code"] for row in rows), (), _regions(areas), (*sorted(areas), EVERYWHERE))


def _of_health_territory(code: str, where: str) -> Reads[Extent]:
    rows = yield Ask(question("health_territory"), {"id": code})
    if not rows:
        raise BadInput(f"{where}: '{code[:20]}' is not loaded; the id of a health territory is expected, like TRE_R88-961.")
    parts = [row for row in rows if row["code"] is not None]
    holding = set.intersection(*(set(row["areas"]) for row in parts)) if parts else set()
    areas = (f"{Level.HEALTH_TERRITORY}:{code}", *sorted(holding), EVERYWHERE)
    return Extent(_codes(parts, Level.COMMUNE), _codes(parts, Level.DEPARTMENT), _regions({area for row in parts for area in row["areas"]}), areas)


def _codes(parts: list[Row], level: Level) -> tuple[str, ...]:
    return tuple(row["code"] for row in parts if row["label"] == level)


def _regions(areas: set[str]) -> frozenset[str]:
    start = f"{Level.REGION}:"
    return frozenset(area.removeprefix(start) for area in areas if area.startswith(start))
