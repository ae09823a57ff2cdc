"""The question of a decommissioning: what stops, when, and what is done about it (docs/impact.md, I-1).

Actions overlay the as-is in memory; one dated after the evaluation date is not counted.
"""

from dataclasses import dataclass
from datetime import date

from graph.impact.inventory import Content, Interface, Perimeter


@dataclass(frozen=True, slots=True)
class Target:
    """An application or an interface whose first day without service is `date` (I-2)."""

    code: str
    date: date


@dataclass(frozen=True, slots=True)
class SwitchFlow:
    """`switch`: the flow calls another interface."""

    flow: str
    to: str
    date: date


@dataclass(frozen=True, slots=True)
class RetireApplication:
    """`retire`: the application stops, and its interfaces with it."""

    application: str
    date: date


@dataclass(frozen=True, slots=True)
class OpenInterface:
    """`open`: an interface that the inventory does not have."""

    interface: Interface
    date: date


@dataclass(frozen=True, slots=True)
class ExtendInterface:
    """`extend`: the interface also serves these classes (by class, what of it)."""

    interface: str
    serves: tuple[tuple[str, Content], ...]
    date: date


@dataclass(frozen=True, slots=True)
class EnterClasses:
    """`enter`: the application is where these classes are entered for these regions."""

    application: str
    classes: tuple[str, ...]
    regions: Perimeter
    date: date


@dataclass(frozen=True, slots=True)
class AdmitToCircle:
    """`admit`: the application enters a trust circle."""

    application: str
    trust_circle: str
    date: date


@dataclass(frozen=True, slots=True)
class SetProfile:
    """`profile`: the application gets another access profile (0 to 5)."""

    application: str
    access_profile: int
    date: date


@dataclass(frozen=True, slots=True)
class SetPerimeter:
    """`perimeter`: the application gets another access perimeter."""

    application: str
    perimeter: Perimeter
    date: date


Action = SwitchFlow | RetireApplication | OpenInterface | ExtendInterface | EnterClasses | AdmitToCircle | SetProfile | SetPerimeter


@dataclass(frozen=True, slots=True)
class DecommissioningInput:
    """A checked question; `evaluated_on` None is the last date of the targets."""

    as_of: date
    targets: tuple[Target, ...]
    actions: tuple[Action, ...] = ()
    evaluated_on: date | None = None

    @property
    def evaluation_date(self) -> date:
        """D of the rules."""
        return self.evaluated_on or max(target.date for target in self.targets)
