"""The order of work of a decommissioning, and what to verify first (docs/impact.md, I-28 to I-30, I-34)."""

import datetime

import strawberry

from api.schema.base import Info, read, said
from api.schema.enums import Doubt, Gap
from api.schema.impact import Target
from api.schema.impact_input import DecommissioningInput, form_of
from api.schema.preparing import ItemChange
from api.schema.search_input import day_of
from graph.impact import plan as plans
from graph.impact import sensitivity as answers
from graph.impact.parse_question import parse_question

Day = datetime.date


@strawberry.type(description="A flow that moves to the best of its candidates (bascule, I-18).")
class PlannedMove:
    flow: strawberry.ID = said("Code of the flow.")
    application: strawberry.ID = said("The application that moves.")
    owner: str | None = said("Its owner (propriétaire).")
    leaves: strawberry.ID = said("The interface that it leaves.")
    to: strawberry.ID = said("The interface that it moves to.")
    to_owner: str | None = said("Owner of the application that exposes it.")
    gaps: list[Gap] = said("What is to be prepared first (écarts).")
    opens_on: Day | None = said("When that interface opens; null where it is there on J.")
    days: int | None = said("How long the move lasts, in calendar days; null while a duration is not stated.")
    starts_on: Day | None = said("First day of the move; null while a duration is not stated.")
    ends_on: Day | None = said("The day on which it has moved; null while a duration is not stated.")
    critical: bool = said("The last day of the plan hangs on it.")


@strawberry.type(description="Applications that move together: each relies on another of them; most often one alone (groupe).")
class MoveGroup:
    applications: list[strawberry.ID] = said("Their codes.")
    after: list[strawberry.ID] = said("Applications of earlier waves on whose moves they rely.")
    moves: list[PlannedMove] = said("By flow.")
    starts_on: Day | None = said("First day; null while a duration is not stated.")
    ends_on: Day | None = said("The day on which the last of them has moved.")


@strawberry.type(description="What may move once all earlier waves have (vague, I-29).")
class MoveWave:
    number: int = said("From 1.")
    groups: list[MoveGroup] = said("By application.")


@strawberry.type(description="A gap of a move of the next wave (point bloquant).")
class MoveBlocker:
    gap: Gap = said("What is to be prepared.")
    application: strawberry.ID = said("The application that moves.")
    owner: str | None = said("Its owner.")
    flow: strawberry.ID = said("Code of the flow.")
    to: strawberry.ID = said("The interface that it moves to.")
    to_owner: str | None = said("Owner of the application that exposes it.")


@strawberry.type(description="What the moves ask of a region (effort).")
class RegionEffort:
    region: strawberry.ID | None = said("Region code; null for all moves, each once: one of an application of two regions stands in both.")
    switches: int = said("Moves.")
    gaps: int = said("Their gaps.")
    days: int | None = said("Their days, one after the other; null while a duration is not stated.")
    fewest: int = said("How many of the fewest switches are of it (I-28).")


@strawberry.type(description="Another switch that would do in place of one.")
class SwitchAlternative:
    flow: strawberry.ID = said("Code of the flow.")
    to: strawberry.ID = said("The interface that it would move to.")
    gaps: list[Gap] = said("What is to be prepared first.")


@strawberry.type(description="One of the fewest switches (I-28).")
class FewestSwitch:
    flow: strawberry.ID = said("Code of the flow.")
    application: strawberry.ID = said("The application that moves.")
    leaves: strawberry.ID = said("The interface that it leaves.")
    to: strawberry.ID = said("The interface that it moves to.")
    gaps: list[Gap] = said("What is to be prepared first.")
    lifts: list[str] = said("APPLICATION/USAGE@TERRITORY in RUPTURE again without it, all other switches done.")
    alternatives: list[SwitchAlternative] = said("What would do in its place, with the fewest gaps first.")


@strawberry.type(description="An item that stays in RUPTURE whatever is switched.")
class RuptureLeft:
    application: strawberry.ID = said("Code of the application.")
    usage: str = said("Code of the usage, FEEDING or NO_USAGE.")
    territory: strawberry.ID = said("Region code.")
    classes: list[strawberry.ID] = said("Data classes of which nothing serves; none: the application itself stops.")


@strawberry.type(description="The fewest switches that lift every RUPTURE that switches can lift (I-28); ruptures are of the digital support, not of care.")
class FewestSwitches:
    switches: list[FewestSwitch] = said("The set, by code.")
    possible: int = said("Switches that there are: flows with a verdict, each with each candidate.")
    ruptures: int = said("Items in RUPTURE if nobody switches.")
    lifted: list[str] = said("APPLICATION/USAGE@TERRITORY that the set lifts.")
    left: list[RuptureLeft] = said("Those that stay.")
    gaps: int = said("Gaps of the set.")
    proved: bool = said("No fewer would do, nor as many with fewer gaps.")
    at_least: int = said("So many are needed whatever is chosen.")


@strawberry.type(description="An action of the scenario without which a severity or a score is lower (action qui aggrave).")
class WorseAction:
    place: str = said("Where it stands in the question: actions[0].")
    action: str = said("What it does: switch, retire, open, extend, enter, admit, profile, perimeter.")
    object: strawberry.ID = said("To what.")
    date: Day = said("From which day.")
    worse: list[ItemChange] = said("Items hit harder with it (b) than without (a).")
    better: int = said("How many items are hit less with it.")
    score: float = said("Score with all actions.")
    score_without: float = said("Score without this one.")


@strawberry.type(description="The order of work of a decommissioning (plan de bascule, I-28 to I-30).")
class DecommissioningPlan:
    evaluated_on: Day = said("Evaluation date D (I-1).")
    fewest: FewestSwitches = said("The fewest switches that lift the ruptures.")
    waves: list[MoveWave] = said("Everything that is to move, in its order; empty: nothing is.")
    blockers: list[MoveBlocker] = said("Gaps of the next wave.")
    effort: list[RegionEffort] = said("By region, then all.")
    missing_durations: list[str] = said("What is to be stated in durations before there are dates.")
    lost_or_part: list[str] = said("APPLICATION/USAGE@TERRITORY that moves do not make whole.")
    earliest_feasible: Day | None = said("When everything has moved at the earliest; null while something is lost or part, or a duration is missing.")
    critical_path: list[PlannedMove] = said("The moves on which the last day hangs.")
    worse_actions: list[WorseAction] = said("Actions of the scenario that make things worse.")

    @read("Day of analysis J (I-1).", Day)
    @staticmethod
    def as_of(parent: strawberry.Parent[plans.Plan]) -> Day:
        return parent.question.as_of

    @read("What stops.", list[Target])
    @staticmethod
    def targets(parent: strawberry.Parent[plans.Plan]) -> list[Target]:
        return Target.of(parent.question)


@strawberry.type(description="Whom to ask: an application and its owner.")
class FactHolder:
    application: strawberry.ID = said("Code of the application.")
    owner: str | None = said("Its owner (propriétaire); null: not known.")


@strawberry.type(description="An uncertain fact of which the verdict would change (fait à vérifier).")
class FactEffect:
    doubt: Doubt = said("What is not sure.")
    subject: str = said("A flow, APPLICATION/CLASS, FLOW/CLASS, or USAGE/CLASS.")
    holders: list[FactHolder] = said("With whom to verify it.")
    score: float = said("The score if it turned out badly.")
    national: float = said("The national score then.")
    territory: strawberry.ID | None = said("Where the score changes most; null: no score changes.")
    score_difference: float = said("By how much there; above 0: it gets worse.")
    items: list[ItemChange] = said("Items hit otherwise then (b) than now (a), the worse first.")


@strawberry.type(description="How many facts of a kind were tried.")
class DoubtCount:
    doubt: Doubt = said("The kind.")
    facts: int = said("How many.")


@strawberry.type(description="What to verify first (sensibilité, I-34).")
class DecommissioningSensitivity:
    evaluated_on: Day = said("Evaluation date D (I-1).")
    score: float = said("The score as it is: the highest territory's (I-26).")
    national: float = said("The national score as it is.")
    effects: list[FactEffect] = said("Facts that change something, those that change most first.")
    not_examined: int = said("Facts that were not tried: the limit is 200, those nearest to what is hit first.")

    @read("Facts that were tried, one at a time.", list[DoubtCount])
    @staticmethod
    def examined(parent: strawberry.Parent[answers.Sensitivity]) -> list[DoubtCount]:
        return [DoubtCount(doubt=doubt, facts=count) for doubt, count in parent.examined]


@strawberry.type
class PlanningQuery:
    @read("In which order to move, the fewest switches, blockers and dates (plan de bascule).", DecommissioningPlan)
    async def decommissioning_plan(self, info: Info, input: DecommissioningInput) -> plans.Plan:
        projection = await info.context.compiled()
        question = parse_question(form_of(input), projection.inventory, today=day_of(None))
        return await info.context.kept.analysed(lambda: plans.plan(projection, question))

    @read("Which unknown, if it turned out badly, would change the verdict most (sensibilité).", DecommissioningSensitivity)
    async def sensitivity(self, info: Info, input: DecommissioningInput) -> answers.Sensitivity:
        projection = await info.context.compiled()
        question = parse_question(form_of(input), projection.inventory, today=day_of(None))
        return await info.context.kept.analysed(lambda: answers.sensitivity(projection, question))
