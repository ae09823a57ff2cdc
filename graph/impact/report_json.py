"""The answer as JSON (docs/impact.md, I-39; the form of the worked cases' `expected`).

```
{"as_of", "evaluated_on", "targets": [{"code", "date"}],
 "flows": {CODE: {"application", "interface", "depth", "status", "use": [], "gaps": [], "missing": ["CLASS@REGION"],
                  "missing_attributes": ["CLASS@REGION.attribute"], "opens_later": ["INTERFACE DAY"], "known_ends": ["CODE DAY"],
                  "candidates": [{"interface", "application", "cells", "gaps", "missing_attributes", "replaces", "chosen", "ends_on"}],
                  "usages": [], "witness": [], "confidence", "exposed_by", "feed", "without_class"}},
 "applications": {CODE: {"name", "severity", "depth", "witness", "territories": {REGION: SEVERITY}, "owner", "confidence",
                         "rests_on_default", "waits_for": []}},
 "usages", "steps", "pathways": {CODE: {REGION: SEVERITY}}, "territories": {REGION: SEVERITY},
 "usage_nodes", "step_nodes", "pathway_nodes", "territory_nodes": as `applications`,
 "items": [{"application", "usage", "territory", "severity", "criticality", "depth", "witness", "confidence", "rests_on_default",
            "waits_for"}],
 "rows": [the rows of the main table: report_table.py],
 "score": {"value", "national", "by_territory": {REGION: VALUE},
           "contributions": [{"application", "usage", "territory", "criticality", "weight", "share", "severity"}]},
 "unknowns": {"examined": {KIND: COUNT}, and a list for each other field of verdict.Unknowns}}
```
Days are ISO dates, severities and statuses their English words, an untouched contribution has a null severity.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from graph.impact.report_table import rows
from graph.impact.verdict import Candidate, DecommissioningImpact, FlowVerdict, ImpactedNode, Score, Unknowns

Json = Mapping[str, object]


def to_json(impact: DecommissioningImpact) -> dict[str, object]:
    """The whole answer, of values that `json.dumps` writes."""
    return {
        "as_of": impact.question.as_of.isoformat(),
        "evaluated_on": impact.evaluated_on.isoformat(),
        "targets": [{"code": target.code, "date": target.date.isoformat()} for target in impact.question.targets],
        "flows": {flow.code: _flow(flow) for flow in impact.flows},
        "applications": _nodes(impact.applications),
        "usages": _severities(impact.usages),
        "steps": _severities(impact.steps),
        "pathways": _severities(impact.pathways),
        "territories": {node.code: node.severity.value for node in impact.territories},
        "usage_nodes": _nodes(impact.usages),
        "step_nodes": _nodes(impact.steps),
        "pathway_nodes": _nodes(impact.pathways),
        "territory_nodes": _nodes(impact.territories),
        "items": [_plain(asdict(item)) for item in impact.items],
        "rows": [_plain(asdict(row)) for row in rows(impact)],
        "score": _score(impact.score),
        "unknowns": _unknowns(impact.unknowns),
    }


def _flow(flow: FlowVerdict) -> Json:
    return {
        "application": flow.application,
        "interface": flow.interface,
        "depth": flow.depth,
        "status": flow.status.value,
        "use": list(flow.use),
        "gaps": [gap.value for gap in flow.gaps],
        "missing": list(flow.missing),
        "missing_attributes": list(flow.missing_attributes),
        "candidates": [_candidate(candidate) for candidate in flow.candidates],
        "opens_later": _dated(flow.opens_later),
        "known_ends": _dated(flow.known_ends),
        "usages": list(flow.usages),
        "witness": list(flow.witness),
        "confidence": flow.confidence.value,
        "exposed_by": flow.exposed_by,
        "feed": flow.feed,
        "without_class": flow.without_class,
    }


def _candidate(candidate: Candidate) -> Json:
    return _plain(asdict(candidate))


def _dated(days: Iterable[tuple[str, date]]) -> list[str]:
    return [f"{code} {day.isoformat()}" for code, day in days]


def _nodes(nodes: Iterable[ImpactedNode]) -> Json:
    return {node.code: _node(node) for node in nodes}


def _node(node: ImpactedNode) -> Json:
    return {
        "name": node.name,
        "severity": node.severity.value,
        "depth": node.depth,
        "witness": list(node.witness),
        "territories": {item.territory: item.severity.value for item in node.territories},
        "owner": node.owner,
        "confidence": node.confidence.value,
        "rests_on_default": node.rests_on_default,
        "waits_for": list(node.waits_for),
    }


def _severities(nodes: Iterable[ImpactedNode]) -> Json:
    return {node.code: {item.territory: item.severity.value for item in node.territories} for node in nodes}


def _score(score: Score) -> Json:
    return {
        "value": score.value,
        "national": score.national,
        "by_territory": dict(score.by_territory),
        "contributions": [_plain(asdict(contribution)) for contribution in score.contributions],
    }


def _unknowns(unknowns: Unknowns) -> Json:
    plain = _plain(asdict(unknowns))
    return {**plain, "examined": dict(unknowns.examined), "sources": [_plain(asdict(source)) for source in unknowns.sources]}


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    return value
