"""The question of a decommissioning: what stops, when, and what is done about it (docs/impact.md, I-1).

Actions overlay the as-is in memory; one dated after the evaluation date is not counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.impact.inventory import Content, Interface, Perimeter
from graph.impact.rights import Gap


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
WORDS: Final[Mapping[type[Action], str]] = {
    SwitchFlow: "switch",
    RetireApplication: "retire",
    OpenInterface: "open",
    ExtendInterface: "extend",
    EnterClasses: "enter",
    AdmitToCircle: "admit",
    SetProfile: "profile",
    SetPerimeter: "perimeter",
}
"""The word of each action in a scenario."""


def object_of(action: Action) -> str:
    """The code of what an action changes: its first field, or the code of the interface that it opens."""
    first = getattr(action, next(iter(action.__dataclass_fields__)))
    return str(getattr(first, "code", first))


@dataclass(frozen=True, slots=True)
class Durations:
    """Calendar days that a switch lasts, and that closing a gap lasts, by kind (I-30); what is not stated is not known."""

    switch: int | None = None
    gaps: tuple[tuple[Gap, int], ...] = ()

    def missing_for(self, gaps: Iterable[Gap]) -> tuple[str, ...]:
        """What a move with these gaps needs that is not stated, as the question names it; SOURCE_FIRST is the time of other moves, 0 unless stated."""
        stated = {gap for gap, _ in self.gaps} | {Gap.SOURCE_FIRST}
        return (*(["switch"] if self.switch is None else []), *(gap.value.lower() for gap in Gap if gap in gaps and gap not in stated))

    def of(self, gaps: Iterable[Gap]) -> int:
        """Days of a move with these gaps."""
        by_gap = dict(self.gaps)
        return (self.switch or 0) + sum(by_gap.get(gap, 0) for gap in gaps)


@dataclass(frozen=True, slots=True)
class DecommissioningInput:
    """A checked question; `evaluated_on` None is the last date of the targets."""

    as_of: date
    targets: tuple[Target, ...]
    actions: tuple[Action, ...] = ()
    evaluated_on: date | None = None
    durations: Durations = Durations()

    @property
    def evaluation_date(self) -> date:
        """D of the rules."""
        return self.evaluated_on or max(target.date for target in self.targets)
