"""The question of a decommissioning as clients write it, and its plain form for graph.impact.parse_question, which checks it."""

import datetime
from collections.abc import Sequence
from enum import StrEnum

import strawberry

from graph.impact.inventory import NATIONAL

Day = datetime.date  # a field is called date

Form = dict[str, object]


@strawberry.enum(description="What a scenario does (action, I-1).")
class ActionKind(StrEnum):
    SWITCH = "switch"
    RETIRE = "retire"
    OPEN = "open"
    EXTEND = "extend"
    ENTER = "enter"
    ADMIT = "admit"
    PROFILE = "profile"
    PERIMETER = "perimeter"


@strawberry.input(description="An application or interface that stops (cible).")
class DecommissioningTarget:
    code: strawberry.ID = strawberry.field(description="Its code, for instance ROR-IDF.")
    date: Day = strawberry.field(description="First day without service.")


@strawberry.input(description="What an interface serves of one class.")
class ServedClassInput:
    code: strawberry.ID = strawberry.field(description="Code of the data class (classe de données).")
    attributes: list[str] | None = strawberry.field(default=None, description="Attributes; all when absent.")
    regional_extension: bool | None = strawberry.field(default=None, description="Whether it has the regional extension.")


@strawberry.input(description="One action of a scenario; which further fields it takes depends on `action` (I-1).")
class PlannedAction:
    action: ActionKind = strawberry.field(description="What is done.")
    object: strawberry.ID = strawberry.field(description="To which flow, application or interface.")
    date: Day = strawberry.field(description="From which day.")
    to: strawberry.ID | None = strawberry.field(default=None, description="SWITCH: the interface that is called from then on.")
    exposed_by: strawberry.ID | None = strawberry.field(default=None, description="OPEN: the application that exposes it.")
    standard: str | None = strawberry.field(default=None, description="OPEN: its standard.")
    version: str | None = strawberry.field(default=None, description="OPEN: its version.")
    security: str | None = strawberry.field(default=None, description="OPEN: its security.")
    trust_circle: str | None = strawberry.field(default=None, description="OPEN, ADMIT: the trust circle (espace de confiance).")
    intake: bool | None = strawberry.field(default=None, description="OPEN: it is fed, not read.")
    ends_on: Day | None = strawberry.field(default=None, description="OPEN: its own end.")
    serves: list[ServedClassInput] | None = strawberry.field(default=None, description="OPEN, EXTEND: what it serves.")
    classes: list[strawberry.ID] | None = strawberry.field(default=None, description="ENTER: the classes.")
    regions: list[strawberry.ID] | None = strawberry.field(default=None, description="ENTER: region codes, or NATIONAL.")
    access_profile: int | None = strawberry.field(default=None, description="PROFILE: 0 to 5.")
    perimeter: list[strawberry.ID] | None = strawberry.field(default=None, description="OPEN, PERIMETER: region codes, or NATIONAL.")


@strawberry.input(description="Calendar days of a switch and of closing a gap of each kind (durées, I-30); without them a plan has no dates.")
class DurationsInput:
    switch: int | None = strawberry.field(default=None, description="The switch itself (bascule).")
    trust_circle: int | None = strawberry.field(default=None, description="Entering a trust circle (espace de confiance).")
    profile: int | None = strawberry.field(default=None, description="Getting an access profile (profil).")
    perimeter: int | None = strawberry.field(default=None, description="Getting a perimeter (périmètre).")
    standard: int | None = strawberry.field(default=None, description="Speaking another standard.")
    security: int | None = strawberry.field(default=None, description="Using another security.")
    source_first: int | None = strawberry.field(default=None, description="Beside the moves of others that are waited for; 0 when absent.")
    data_class_unknown: int | None = strawberry.field(default=None, description="Finding out which data classes a flow carries.")


@strawberry.input(description="What stops, when, and what is done about it (I-1).")
class DecommissioningInput:
    targets: list[DecommissioningTarget] = strawberry.field(description="What stops.")
    as_of: Day | None = strawberry.field(default=None, description="Day of analysis; today when absent.")
    actions: list[PlannedAction] = strawberry.field(default_factory=list, description="The scenario, overlaid in memory.")
    evaluated_on: Day | None = strawberry.field(default=None, description="Evaluation date; the last of the targets when absent.")
    durations: DurationsInput | None = strawberry.field(default=None, description="For the dates of a plan (I-30).")


def form_of(asked: DecommissioningInput) -> Form:
    """The plain form of a question."""
    return {
        "as_of": asked.as_of,
        "evaluated_on": asked.evaluated_on,
        "targets": [{"code": str(target.code), "date": target.date} for target in asked.targets],
        "actions": [_action(action) for action in asked.actions],
        "durations": vars(asked.durations) if asked.durations else None,
    }


def _action(action: PlannedAction) -> Form:
    replaced: Form = {
        "action": action.action.value,
        "serves": {str(served.code): _served(served) for served in action.serves} if action.serves else None,
        "regions": _perimeter(action.regions),
        "perimeter": _perimeter(action.perimeter),
    }
    return _given(vars(action) | replaced)


def _served(served: ServedClassInput) -> Form:
    return _given({"attributes": served.attributes, "regional_extension": served.regional_extension})


def _perimeter(codes: Sequence[str] | None) -> object:
    return NATIONAL.value if codes is not None and list(codes) == [NATIONAL.value] else codes


def _given(values: Form) -> Form:
    return {name: value for name, value in values.items() if value is not None}
