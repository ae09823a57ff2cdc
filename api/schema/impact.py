"""The answer to a decommissioning (docs/impact.md, I-1 to I-33): every type is a view on graph.impact.verdict."""

import datetime

import strawberry

from api.schema.base import read, said
from api.schema.enums import Evidence, Gap, Severity, Status
from graph.impact import verdict
from graph.impact.question import DecommissioningInput

Day = datetime.date  # a field is called date

Pairs = tuple[tuple[str, Day], ...]
Scores = tuple[tuple[str, float], ...]


@strawberry.type(description="An application or interface that stops, and its first day without service (cible, I-2).")
class Target:
    code: strawberry.ID = said("Its code.")
    date: Day = said("First day without service.")

    @classmethod
    def of(cls, question: DecommissioningInput) -> "list[Target]":
        return [cls(code=strawberry.ID(target.code), date=target.date) for target in question.targets]


@strawberry.type(description="A code and a day.")
class CodeOnDay:
    code: strawberry.ID = said("Code of an interface or application.")
    date: Day = said("The day.")

    @classmethod
    def of(cls, pairs: Pairs) -> "list[CodeOnDay]":
        return [cls(code=strawberry.ID(code), date=day) for code, day in pairs]


@strawberry.type(description="An interface that can serve some of what a flow needs (interface candidate, I-14).")
class Candidate:
    interface: strawberry.ID = said("Code of the interface.")
    application: strawberry.ID = said("Code of the application that exposes it.")
    cells: list[str] = said("What it can serve: CLASS@REGION.")
    gaps: list[Gap] = said("What is to be prepared first (écarts).")
    missing_attributes: list[str] = said("Attributes that it does not have: CLASS@REGION.attribute, * for what has no name.")
    replaces: bool = said("Declared as the replacement (REPLACED_BY).")
    chosen: bool = said("The best for some needs (I-18).")
    ends_on: Day | None = said("Its own known end.")


@strawberry.type(description="Verdict of a flow (verdict d'un flux, I-14 to I-19).")
class FlowVerdict:
    code: strawberry.ID = said("Code of the flow (flux).")
    application: strawberry.ID = said("The application that calls.")
    interface: strawberry.ID = said("The interface that it calls or feeds.")
    depth: int = said("Relations from the nearest target or action.")
    status: Status = said("The verdict.")
    use: list[strawberry.ID] = said("Interfaces to use instead; for READY the flows that keep.")
    gaps: list[Gap] = said("What is to be prepared first (écarts).")
    missing: list[str] = said("CLASS@REGION of which all or some is missing.")
    missing_attributes: list[str] = said("CLASS@REGION.attribute, * for what has no name.")
    candidates: list[Candidate] = said("Every candidate, the chosen ones marked.")
    usages: list[strawberry.ID] = said("Usages that it serves (cas d'usage).")
    without_class: bool = said("The flow declares no data class (I-7).")
    witness: list[strawberry.ID] = said("Codes of a shortest path from a target or action.")
    confidence: Evidence = said("Weakest evidence of what the verdict rests on (I-32).")
    exposed_by: strawberry.ID = said("The application whose interface it calls or feeds.")
    feed: bool = said("It feeds that interface (alimentation); else it reads it.")

    @read("Candidates that open later (ouverture ultérieure).", list[CodeOnDay])
    @staticmethod
    def opens_later(parent: strawberry.Parent[verdict.FlowVerdict]) -> list[CodeOnDay]:
        return CodeOnDay.of(parent.opens_later)

    @read("Known ends of what it would use.", list[CodeOnDay])
    @staticmethod
    def known_ends(parent: strawberry.Parent[verdict.FlowVerdict]) -> list[CodeOnDay]:
        return CodeOnDay.of(parent.known_ends)


@strawberry.type(description="Severity in one territory, a region (gravité par territoire).")
class TerritorySeverity:
    territory: strawberry.ID = said("Region code.")
    severity: Severity = said("The severity there.")


@strawberry.type(description="One object on the way from a target to what is hit (chemin témoin, I-25).")
class WitnessStep:
    code: strawberry.ID = said("Its code.")


@strawberry.type(description="An application, usage, step, pathway or territory that is hit (objet touché, I-22 to I-25).")
class ImpactedNode:
    code: strawberry.ID = said("Its code.")
    name: str = said("Its name (nom).")
    severity: Severity = said("Severity in its worst territory.")
    territories: list[TerritorySeverity] = said("Severity by territory.")
    depth: int = said("Relations from the nearest target or action (I-13).")
    owner: str | None = said("Owner of an application (propriétaire).")
    confidence: Evidence = said("Weakest evidence of what the severity rests on (I-32).")
    rests_on_default: bool = said("Rests on an unknown class or on the default of I-21.")
    waits_for: list[strawberry.ID] = said("Applications by whose move it gets its data back (I-20).")

    @read("A shortest path that carries the severity, from a target or action (I-25).", list[WitnessStep])
    @staticmethod
    def witness(parent: strawberry.Parent[verdict.ImpactedNode]) -> list[WitnessStep]:
        return [WitnessStep(code=strawberry.ID(code)) for code in parent.witness]


@strawberry.type(description="What is hit, at its finest: an application for a usage in a territory (I-21).")
class ItemVerdict:
    application: strawberry.ID = said("Code of the application.")
    usage: strawberry.ID = said("Code of the usage, FEEDING, or NO_USAGE.")
    territory: strawberry.ID = said("Region code.")
    severity: Severity = said("The severity.")
    criticality: int = said("Criticality 1 to 4 (criticité).")
    depth: int = said("Relations from the nearest target or action.")
    witness: list[strawberry.ID] = said("Codes of a shortest path that carries the severity.")
    confidence: Evidence = said("Weakest evidence.")
    rests_on_default: bool = said("Rests on an unknown class or on the default of I-21.")
    waits_for: list[strawberry.ID] = said("Applications by whose move it gets its data back.")


@strawberry.type(description="Part of an item in the score of its territory: weight × share (I-26).")
class Contribution:
    application: strawberry.ID = said("Code of the application.")
    usage: strawberry.ID = said("Code of the usage.")
    territory: strawberry.ID = said("Region code.")
    criticality: int = said("Criticality 1 to 4.")
    weight: int = said("Weight of the criticality.")
    share: float = said("Share of the severity, 0 to 1.")
    severity: Severity | None = said("Its severity; null: untouched.")


@strawberry.type(description="Score of one territory.")
class TerritoryScore:
    territory: strawberry.ID = said("Region code.")
    value: float = said("0 to 100.")

    @classmethod
    def of(cls, pairs: Scores) -> "list[TerritoryScore]":
        return [cls(territory=strawberry.ID(code), value=value) for code, value in pairs]


@strawberry.type(description="Score, 0 to 100 by tenths, rounded down (I-26).")
class Score:
    value: float = said("The highest territory's.")
    national: float = said("All items together.")
    contributions: list[Contribution] = said("Every part of it.")

    @read("By territory.", list[TerritoryScore])
    @staticmethod
    def by_territory(parent: strawberry.Parent[verdict.Score]) -> list[TerritoryScore]:
        return TerritoryScore.of(parent.by_territory)


@strawberry.type(description="How many objects of a kind were examined.")
class Examined:
    kind: str = said("What was counted.")
    count: int = said("How many.")


@strawberry.type(description="A source of the inventory and the day of its content.")
class SourceAge:
    source: strawberry.ID = said("Code of the source.")
    as_of: Day | None = said("Day of its content.")


@strawberry.type(description="What was examined and what is not known (ce qui n'est pas connu, I-33).")
class Unknowns:
    applications_without_flow: list[strawberry.ID] = said("Applications that no flow names.")
    applications_without_deployment: list[strawberry.ID] = said("Applications whose territory is not known.")
    flows_without_class: list[strawberry.ID] = said("Flows with a verdict that declare no data class.")
    flows_without_usage: list[strawberry.ID] = said("Flows that declare no usage.")
    stale_flows: list[strawberry.ID] = said("Flows whose evidence is older than 365 days.")
    inferred_flows: list[strawberry.ID] = said("Flows that are only inferred.")
    interfaces_without_owner: list[strawberry.ID] = said("Interfaces whose application has no owner.")
    interfaces_ending_before_their_user: list[strawberry.ID] = said("Interfaces that end before a flow that calls them.")
    presumed_sources: list[str] = said("Cells whose source is presumed (I-9).")
    criticality_by_default: list[str] = said("Items whose criticality is the default, 3.")
    rupture_by_default: list[str] = said("application/usage@territory whose RUPTURE rests on I-7 or the default of I-21.")
    ended_by_themselves: list[str] = said("APPLICATION/CLASS@REGION lost without a target being the cause (I-12).")
    left_out: list[str] = said("Interfaces and flows that could not enter the analysis: an end is not known.")
    sources: list[SourceAge] = said("Sources and their ages.")
    model_version: str = said("Version of the model.")

    @read("What was examined.", list[Examined])
    @staticmethod
    def examined(parent: strawberry.Parent[verdict.Unknowns]) -> list[Examined]:
        return [Examined(kind=kind, count=count) for kind, count in parent.examined]


@strawberry.type(description="What breaks, for whom, and what replaces it (impact d'un décommissionnement).")
class DecommissioningImpact:
    evaluated_on: Day = said("Evaluation date D (I-1).")
    score: Score = said("The score.")
    flows: list[FlowVerdict] = said("Verdict by flow (flux).")
    items: list[ItemVerdict] = said("What is hit, at its finest.")
    applications: list[ImpactedNode] = said("Applications that are hit, the worst first.")
    usages: list[ImpactedNode] = said("Usages that are hit (cas d'usage).")
    pathways: list[ImpactedNode] = said("Pathways that are hit (filières).")
    steps: list[ImpactedNode] = said("Steps that are hit (étapes).")
    territories: list[ImpactedNode] = said("Territories that are hit (territoires).")
    unknowns: Unknowns = said("What is not known.")

    @read("Day of analysis J (I-1).", Day)
    @staticmethod
    def as_of(parent: strawberry.Parent[verdict.DecommissioningImpact]) -> Day:
        return parent.question.as_of

    @read("What stops.", list[Target])
    @staticmethod
    def targets(parent: strawberry.Parent[verdict.DecommissioningImpact]) -> list[Target]:
        return Target.of(parent.question)
