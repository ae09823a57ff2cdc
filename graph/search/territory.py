"""Territories as clients name them (S-8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from graph.errors import BadInput

CORSICA: Final = {"20A": "2A", "20B": "2B"}


class Level(StrEnum):
    """Levels of territories, by label of the model. A postal code is no node: it stands for communes."""

    COMMUNE = "Commune"
    DEPARTMENT = "Department"
    REGION = "Region"
    HEALTH_TERRITORY = "HealthTerritory"
    POSTAL_CODE = "PostalCode"


NAMES: Final[Mapping[str, Level]] = {  # as clients write them
    "region": Level.REGION,
    "department": Level.DEPARTMENT,
    "commune": Level.COMMUNE,
    "postalCode": Level.POSTAL_CODE,
    "healthTerritory": Level.HEALTH_TERRITORY,
}


@dataclass(frozen=True, slots=True)
class Extent:
    """What a postal code or a health territory holds, by INSEE code, and in which regions that lies.

    `areas`: for an area of intervention, what holds it, each as `areas` of an offer writes it (`Region:84`): of a postal code one of its communes, of a
    health territory all of it.
    """

    communes: tuple[str, ...]
    departments: tuple[str, ...]
    regions: frozenset[str]
    areas: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """What it holds, written as `areas` are."""
        return (*(f"{Level.COMMUNE}:{code}" for code in self.communes), *(f"{Level.DEPARTMENT}:{code}" for code in self.departments))


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory: an INSEE code, a postal code, or the id of a health territory. `extent`: of the last two, filled by graph.search.place."""

    level: Level
    code: str
    extent: Extent | None = None


def territory(raw: Mapping[str, Any], where: str = "territory") -> Territory:
    """Read a territory, named `where` in an error. Raises BadInput unless it names exactly one."""
    given = {name: value for name, value in raw.items() if value is not None}
    if len(given) != 1 or not given.keys() <= NAMES.keys():
        raise BadInput(f"{where}: give one of {', '.join(NAMES)}; {', '.join(sorted(given)) or 'nothing'} was given.")
    ((name, code),) = given.items()
    if not isinstance(code, str):
        raise BadInput(f"{where}.{name}: a code is expected, in quotes, like '2A' or '01'.")
    return Territory(NAMES[name], CORSICA.get(code, code) if NAMES[name] is Level.DEPARTMENT else code)


def name_of(level: Level) -> str:
    """The name that clients know a level by."""
    return next(name for name, known in NAMES.items() if known is level)


def department_of(commune: str) -> str:
    """The department in the INSEE code of a commune.

    >>> department_of("2A004"), department_of("97105")
    ('2A', '971')
    """
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]
