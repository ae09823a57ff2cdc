"""What a region prepares with: a stop through time, readiness, two scenarios side by side (docs/impact.md, I-31, I-36, I-38)."""

import datetime

import strawberry

from api.schema.base import Info, read, said
from api.schema.enums import Severity, Status, StopEvent
from api.schema.impact import Target, TerritoryScore
from api.schema.impact_input import DecommissioningInput, form_of
from api.schema.search_input import day_of
from graph.impact import comparison, timeline
from graph.impact import readiness as answers
from graph.impact.analysis import decommissioning_impact
from graph.impact.parse_question import parse_question

Day = datetime.date


@strawberry.type(description="How many flows have a verdict.")
class StatusCount:
    status: Status = said("The verdict.")
    flows: int = said("How many.")


@strawberry.type(description="How many items (application, usage, territory) have a severity.")
class SeverityCount:
    severity: Severity = said("The severity.")
    items: int = said("How many.")


@strawberry.type(description="What changes on a day (événement).")
class TimelineEvent:
    on: Day = said("The day.")
    what: StopEvent = said("What happens.")
    code: strawberry.ID = said("Code of the application, interface or flow; APPLICATION/CLASS where a class begins or ends to be entered.")


@strawberry.type(description="The verdict of every day of an interval (intervalle).")
class TimelineMoment:
    since: Day = said("Its first day.")
    until: Day | None = said("The first day after it; null for the last.")
    events: list[TimelineEvent] = said("What changed on its first day.")
    score: float = said("The highest territory's score (I-26).")
    national: float = said("The score of all items together.")
    ruptures: list[str] = said("APPLICATION/USAGE@TERRITORY in RUPTURE: of the digital support, not of care.")

    @read("By territory.", list[TerritoryScore])
    @staticmethod
    def by_territory(parent: strawberry.Parent[timeline.Moment]) -> list[TerritoryScore]:
        return TerritoryScore.of(parent.by_territory)

    @read("Items by severity, the worst first.", list[SeverityCount])
    @staticmethod
    def items(parent: strawberry.Parent[timeline.Moment]) -> list[SeverityCount]:
        return [SeverityCount(severity=severity, items=count) for severity, count in parent.items]

    @read("Flows by verdict, the best first.", list[StatusCount])
    @staticmethod
    def flows(parent: strawberry.Parent[timeline.Moment]) -> list[StatusCount]:
        return _statuses(parent.flows)


@strawberry.type(description="The verdict through time (calendrier d'un décommissionnement, I-31).")
class DecommissioningTimeline:
    until: Day = said("The last day that was looked at.")
    moments: list[TimelineMoment] = said("In their order, one a change of the verdict.")
    first_rupture: Day | None = said("The first day of a RUPTURE; null where there is none.")
    last_lifted: Day | None = said("The first day without the last RUPTURE; null where there is none, or one stays to the end.")
    safe_from: Day | None = said("The earliest day from which on nothing is in RUPTURE, all targets stopped; null where one stays.")

    @read("Day of analysis J (I-1).", Day)
    @staticmethod
    def as_of(parent: strawberry.Parent[timeline.Timeline]) -> Day:
        return parent.question.as_of

    @read("What stops.", list[Target])
    @staticmethod
    def targets(parent: strawberry.Parent[timeline.Timeline]) -> list[Target]:
        return Target.of(parent.question)


@strawberry.type(description="How ready a region is for the stop of its ROR (préparation d'une région, I-36).")
class RegionReadiness:
    application: strawberry.ID | None = said("Code of the regional ROR; null for all of them together.")
    name: str | None = said("Its name.")
    regions: list[strawberry.ID] = said("INSEE codes of where it is deployed; a ROR of two regions counts once.")
    as_of: Day = said("Day of analysis J.")
    stops_on: Day = said("First day without it.")
    ready: float | None = said("READY of all flows with a verdict, 0 to 1, rounded down to 0.001; null: no flow is known, which is not all of them.")
    ruptures: int = said("Items in RUPTURE: of the digital support, not of care.")
    score: float = said("The highest territory's score (I-26).")
    national: float = said("The score of all items together.")

    @read("Flows by verdict, the best first.", list[StatusCount])
    @staticmethod
    def flows(parent: strawberry.Parent[answers.Readiness]) -> list[StatusCount]:
        return _statuses(parent.flows)


@strawberry.type(description="The figures of one scenario.")
class ScenarioSide:
    score: float = said("The highest territory's score (I-26).")
    national: float = said("The score of all items together.")
    ruptures: int = said("Items in RUPTURE: of the digital support, not of care.")
    switches: int = said("Flows that move to another interface.")


@strawberry.type(description="An item that two scenarios do not hit alike.")
class ItemChange:
    application: strawberry.ID = said("Code of the application.")
    usage: str = said("Code of the usage, FEEDING or NO_USAGE.")
    territory: strawberry.ID = said("Region code.")
    a: Severity | None = said("Severity in a; null: not hit.")
    b: Severity | None = said("Severity in b; null: not hit.")
    worse: bool = said("Whether b hits it harder.")


@strawberry.type(description="A flow of which two scenarios say another verdict, or other interfaces to use.")
class FlowChange:
    flow: strawberry.ID = said("Code of the flow.")
    a: Status | None = said("Verdict in a; null: it is not broken, or not there.")
    b: Status | None = said("Verdict in b; null: it is not broken, or not there.")
    use_a: list[strawberry.ID] = said("Interfaces to use in a.")
    use_b: list[strawberry.ID] = said("Interfaces to use in b.")


@strawberry.type(description="A region with the scores of two scenarios.")
class TerritoryChange:
    territory: strawberry.ID = said("Region code.")
    a: float | None = said("Score in a, 0 to 100; null: it has no item that counts.")
    b: float | None = said("Score in b, 0 to 100; null: it has no item that counts.")


@strawberry.type(description="Two scenarios side by side (comparaison de scénarios, I-38): what both do alike is left out, but for the scores.")
class ScenarioComparison:
    a: ScenarioSide = said("The first.")
    b: ScenarioSide = said("The one that is held against it.")
    items: list[ItemChange] = said("Those that b makes worse first.")
    flows: list[FlowChange] = said("By code.")
    territories: list[TerritoryChange] = said("Scores by region.")


@strawberry.type
class PreparingQuery:
    @read("When what breaks, and from when on all is safe (calendrier d'un décommissionnement).", DecommissioningTimeline)
    async def decommissioning_timeline(self, info: Info, input: DecommissioningInput, until: Day | None = None) -> timeline.Timeline:
        projection = await info.context.compiled()
        question = parse_question(form_of(input), projection.inventory, today=day_of(None))
        return await info.context.kept.analysed(lambda: timeline.through_time(projection, question, until))

    @read(
        "How ready each region is for the stop of its ROR on a day, today by default; the last of all together (préparation des régions).",
        list[RegionReadiness],
    )
    async def readiness(self, info: Info, on: Day | None = None) -> tuple[answers.Readiness, ...]:
        projection, today = await info.context.compiled(), day_of(None)
        return await info.context.kept.analysed(lambda: answers.readiness(projection, today, on))

    @read("What scenario b breaks and a does not, and what it saves (comparaison de scénarios).", ScenarioComparison)
    async def compare_scenarios(self, info: Info, a: DecommissioningInput, b: DecommissioningInput) -> comparison.ScenarioComparison:
        projection = await info.context.compiled()
        one, other = (parse_question(form_of(asked), projection.inventory, today=day_of(None)) for asked in (a, b))
        return await info.context.kept.analysed(lambda: comparison.compared(decommissioning_impact(projection, one), decommissioning_impact(projection, other)))


def _statuses(pairs: tuple[tuple[Status, int], ...]) -> list[StatusCount]:
    return [StatusCount(status=status, flows=count) for status, count in pairs]
