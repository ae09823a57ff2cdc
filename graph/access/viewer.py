"""Who looks at the graph, as far as answers differ between callers (A-9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from graph.access.table import AccessRow, Sight, sees_anything, sight

Profile = NewType("Profile", int)
RegionCode = NewType("RegionCode", str)

EVERY_CLASS: Final = Profile(1)  # the profile from which the access table withholds nothing
NATIONAL: Final = None


class Scope(StrEnum):
    """What a caller may read or do beside the offers (A-11)."""

    URBANISATION = "urbanisation"
    QUALITY = "quality"
    QUALITY_DECLARE = "quality:declare"
    QUALITY_QUALIFY = "quality:qualify"
    SCENARIO = "scenario"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class Viewer:
    """One profile (0 to 5), one perimeter (NATIONAL, or INSEE regions), and scopes. Two callers with the same get the same answers."""

    profile: Profile
    perimeter: frozenset[RegionCode] | None
    scopes: frozenset[Scope]

    @property
    def sees_all_offers(self) -> bool:
        """Whether no offer and nothing that hangs on one is withheld."""
        return self.profile == EVERY_CLASS and self.perimeter is NATIONAL

    @property
    def perimeter_text(self) -> str:
        """The perimeter as audit lines and keys write it."""
        return "NATIONAL" if self.perimeter is None else ",".join(sorted(self.perimeter))

    @property
    def key(self) -> str:
        """What figures, caches and cursors are bound to (A-9)."""
        return f"{self.profile} {self.perimeter_text} {','.join(sorted(self.scopes))}"

    def sees(self, row: AccessRow) -> bool:
        """Whether the profile sees a row of the table of every offer."""
        return sight(row, self.profile) is Sight.SEEN

    def sees_something(self, rows: Iterable[AccessRow]) -> bool:
        """Whether the profile sees one of the rows of some offers at least."""
        return sees_anything(rows, self.profile)


EVERYTHING: Final = Viewer(EVERY_CLASS, NATIONAL, frozenset(Scope))
