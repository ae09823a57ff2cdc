"""Territories as clients name them (S-8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from graph.errors import BadInput

CORSICA: Final = {"20A": "2A", "20B": "2B"}


class Level(StrEnum):
    """Levels of territories, by label of the model."""

    COMMUNE = "Commune"
    DEPARTMENT = "Department"
    REGION = "Region"


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory by INSEE code (S-8)."""

    level: Level
    code: str


def territory(raw: Mapping[str, Any], where: str = "territory") -> Territory:
    """Read a territory, named `where` in an error. Raises BadInput unless it names exactly one of region, department and commune."""
    given = {name: value for name, value in raw.items() if value is not None}
    levels = {level.name.lower(): level for level in Level}
    if len(given) != 1 or not given.keys() <= levels.keys():
        raise BadInput(f"{where}: give one of region, department or commune; {', '.join(sorted(given)) or 'nothing'} was given.")
    ((name, code),) = given.items()
    if not isinstance(code, str):
        raise BadInput(f"{where}.{name}: an INSEE code is expected, in quotes, like '2A' or '01'.")
    return Territory(levels[name], CORSICA.get(code, code))
