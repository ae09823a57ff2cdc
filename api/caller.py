"""Who asks. Every read goes through one Caller, so that the access policy has one place (docs/access.md)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

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
class Caller:
    """A client with one profile (0 to 5), one perimeter (NATIONAL, or INSEE regions) and its scopes."""

    client: str
    profile: Profile
    perimeter: frozenset[RegionCode] | None
    scopes: frozenset[Scope]

    @property
    def perimeter_text(self) -> str:
        """The perimeter as the audit line writes it."""
        return "NATIONAL" if self.perimeter is None else ",".join(sorted(self.perimeter))

    @property
    def viewer(self) -> str:
        """What figures and cursors hold of a caller (A-9): profile, perimeter and scopes."""
        return f"{self.profile} {self.perimeter_text} {','.join(sorted(self.scopes))}"


LOCAL_OPERATOR: Final = Caller("local", EVERY_CLASS, NATIONAL, frozenset(Scope))
