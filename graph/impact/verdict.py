"""The answer of a decommissioning: one frozen value that every output renders (docs/impact.md, I-39)."""

from dataclasses import dataclass
from datetime import date

from graph.impact.inventory import Evidence, SourceAge
from graph.impact.judge import Status
from graph.impact.question import DecommissioningInput
from graph.impact.rights import Gap
from graph.impact.severity import Severity


@dataclass(frozen=True, slots=True)
class Candidate:
    """An interface that serves some of the needs of a flow on D. `cells`: CLASS@REGION; `chosen`: it is the best for some (I-18)."""

    interface: str
    application: str
    cells: tuple[str, ...]
    gaps: tuple[Gap, ...]
    missing_attributes: tuple[str, ...]
    replaces: bool
    chosen: bool
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class FlowVerdict:
    """Verdict of a flow (I-14 to I-19).

    `use`: interfaces to use, for READY the flows that keep. `missing`: CLASS@REGION of which all or some is missing;
    `missing_attributes`: `CLASS@REGION.attribute`, `*` for what has no name. `opens_later`, `known_ends`: code and day.
    `exposed_by`: the application whose interface is called; `feed`: data goes to it (I-5).
    """

    code: str
    application: str
    interface: str
    depth: int
    status: Status
    use: tuple[str, ...]
    gaps: tuple[Gap, ...]
    missing: tuple[str, ...]
    missing_attributes: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    opens_later: tuple[tuple[str, date], ...]
    known_ends: tuple[tuple[str, date], ...]
    usages: tuple[str, ...]
    without_class: bool
    witness: tuple[str, ...]
    confidence: Evidence
    exposed_by: str
    feed: bool


@dataclass(frozen=True, slots=True)
class TerritorySeverity:
    """Severity in one territory, a region code."""

    territory: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class ImpactedNode:
    """An application, usage, step, pathway or territory that is hit. `severity`: that of its worst territory (I-22).

    `depth`: relations from the nearest target or action; `witness`: codes of the shortest path that carries the severity (I-25).
    `waits_for`: applications by whose move it gets its data back (I-20).
    """

    kind: str
    code: str
    name: str
    severity: Severity
    territories: tuple[TerritorySeverity, ...]
    depth: int
    witness: tuple[str, ...]
    owner: str | None
    confidence: Evidence
    rests_on_default: bool
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """What is hit, at its finest: an application for a usage (or FEEDING, NO_USAGE) in a territory (I-21)."""

    application: str
    usage: str
    territory: str
    severity: Severity
    criticality: int
    depth: int
    witness: tuple[str, ...]
    confidence: Evidence
    rests_on_default: bool
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """Part of an item in the score of its territory: weight × share (I-26); severity None: untouched."""

    application: str
    usage: str
    territory: str
    criticality: int
    weight: int
    share: float
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, by tenths rounded down. `value`: the highest territory; `national`: all items together (I-26)."""

    value: float
    national: float
    by_territory: tuple[tuple[str, float], ...]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What was examined and what is not known (I-33). `flows_without_class`: those that got a verdict."""

    examined: tuple[tuple[str, int], ...]
    applications_without_flow: tuple[str, ...]
    applications_without_deployment: tuple[str, ...]
    flows_without_class: tuple[str, ...]
    flows_without_usage: tuple[str, ...]
    stale_flows: tuple[str, ...]
    inferred_flows: tuple[str, ...]
    interfaces_without_owner: tuple[str, ...]
    interfaces_ending_before_their_user: tuple[str, ...]
    presumed_sources: tuple[str, ...]
    criticality_by_default: tuple[str, ...]
    rupture_by_default: tuple[str, ...]
    ended_by_themselves: tuple[str, ...]
    left_out: tuple[str, ...]
    sources: tuple[SourceAge, ...]
    model_version: str


@dataclass(frozen=True, slots=True)
class DecommissioningImpact:
    """The whole answer; lists by code, the worst severity first where they have one."""

    question: DecommissioningInput
    evaluated_on: date
    score: Score
    flows: tuple[FlowVerdict, ...]
    items: tuple[ItemVerdict, ...]
    applications: tuple[ImpactedNode, ...]
    usages: tuple[ImpactedNode, ...]
    steps: tuple[ImpactedNode, ...]
    pathways: tuple[ImpactedNode, ...]
    territories: tuple[ImpactedNode, ...]
    unknowns: Unknowns
