"""In which departments or regions an offer counts for a step: where it is delivered, or where it intervenes (P-3, S-8)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from graph.pathways.offers_of_step import PlacedOffer
from graph.pathways.pathway import StepPlace
from graph.search.communes import EVERYWHERE, Communes
from graph.search.reference import Department

NATION: Final = "FR"


class TerritoryLevel(StrEnum):
    """By what a coverage is told."""

    DEPARTMENT = "DEPARTMENT"
    REGION = "REGION"
    NATIONAL = "NATIONAL"


@dataclass(frozen=True)
class Ground:
    """The territories of a level. `departments` by code."""

    level: TerritoryLevel
    departments: Mapping[str, Department]
    communes: Communes

    def of_offer(self, offer: PlacedOffer, place: StepPlace) -> frozenset[str]:
        """Codes of the level where the offer counts. By area for TEAM, HOME and REMOTE; where none is stated, where its base is."""
        if self.level is TerritoryLevel.NATIONAL:
            return frozenset((NATION,))
        if place is StepPlace.TRAVEL or not offer.areas:
            return frozenset(self._told(self._department_of(code) for code in offer.delivered))
        return frozenset(code for area in offer.areas for code in self._reached(area))

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """All territories of the level."""
        return frozenset(self._told(self.departments))

    def _told(self, departments: Iterable[str | None]) -> Iterator[str]:
        for code in departments:
            told = code if self.level is TerritoryLevel.DEPARTMENT else self._region_of(code)
            if told:
                yield told

    def _region_of(self, department: str | None) -> str | None:
        known = self.departments.get(department or "")
        return known.region if known else None

    def _department_of(self, commune: str) -> str | None:
        known = self.communes.by_code.get(commune)
        return known.department if known else None

    def _reached(self, area: str) -> Iterable[str]:
        """Territories that an area holds or is part of (S-2, area)."""
        if area == EVERYWHERE:
            return self.everywhere
        label, _, key = area.partition(":")
        if label == "Region":
            return (key,) if self.level is TerritoryLevel.REGION else [code for code, one in self.departments.items() if one.region == key]
        if label == "HealthTerritory":
            return [code for part in self.communes.contents.get(area, ()) for code in self._reached(part)]
        return self._told((key if label == "Department" else self._department_of(key),))
