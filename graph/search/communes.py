"""The communes of the country with what holds each: some 35,000, read once and kept until a load (graph/search/reference.py)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.reads import Row

EVERYWHERE: Final = "*"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune by INSEE code. Point in WGS84 degrees, None where it is not known; `city` of an arrondissement: 75056, 69123, 13055.

    `live` False: no source describes it any more, or only its code is known.
    """

    code: str
    name: str | None
    latitude: float | None
    longitude: float | None
    population: int | None
    department: str | None
    region: str | None
    city: str | None
    live: bool


@dataclass(frozen=True, slots=True)
class Communes:
    """Communes by code. `zones`: by area of `areas`, the health territories that contain it (both as label, colon, key); `contents`: the reverse."""

    by_code: Mapping[str, Commune]
    zones: Mapping[str, tuple[str, ...]]
    contents: Mapping[str, tuple[str, ...]]

    def leaves(self) -> Iterator[Commune]:
        """Live communes by code; for a city that is told by arrondissements, those."""
        cities = {commune.city for commune in self.by_code.values() if commune.live}
        return (commune for code, commune in self.by_code.items() if commune.live and code not in cities)

    def areas(self, commune: Commune) -> frozenset[str]:
        """What holds the commune, as `areas` of an offer writes it: `Commune:01004`, `Department:01`, `HealthTerritory:z`, `*`."""
        own = [f"Commune:{commune.code}"]
        above = (("Commune", commune.city), ("Department", commune.department), ("Region", commune.region))
        own += [f"{label}:{code}" for label, code in above if code]
        return frozenset((*own, EVERYWHERE, *(zone for area in own for zone in self.zones.get(area, ()))))


def communes_of(rows: Sequence[Row], zones: Sequence[Row], regions: Mapping[str, str | None]) -> Communes:
    """From the rows of cypher/communes.cypher and cypher/health_territories.cypher, and the region of each department."""
    cities = {row["code"]: row["department"] for row in rows}
    found: dict[str, Commune] = {}
    for row in rows:
        department = row["department"] or cities.get(row["city"])
        found[row["code"]] = Commune(**{**row, "department": department}, region=regions.get(department or ""))
    held: dict[str, set[str]] = {}
    contents: dict[str, set[str]] = {}
    for row in zones:
        zone = f"HealthTerritory:{row['id']}"
        parts = {f"{row['label']}:{code}" for code in row["codes"]}
        contents.setdefault(zone, set()).update(parts)
        for part in parts:
            held.setdefault(part, set()).add(zone)
    return Communes(found, _listed(held), _listed(contents))


def _listed(sets: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(values)) for key, values in sets.items()}
