"""The answer as CSV: `;` between fields, one header line, UTF-8, CR LF (RFC 4180), lists joined by a space (docs/impact.md, I-39).

Tables: `impact`, the main one, one row an object and territory (report_table.Row); `flows`, one row a flow with a verdict; `items`, one
row an application, usage and territory; `score`, one row a contribution; `unknowns`, one row a thing that is not known; `candidates`, one
row a flow and interface that serves some of its needs; `decisions`, one row a verdict and owner; `territories`, one row a territory, scores beside.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from enum import Enum, StrEnum
from typing import Final

from graph.impact.decisions import Decision, decisions
from graph.impact.report_table import Row, rows
from graph.impact.verdict import Candidate, Contribution, DecommissioningImpact, FlowVerdict, ItemVerdict, Unknowns
from graph.tables import FORMULA

Line = Sequence[object]


class Table(StrEnum):
    """The tables of an answer, the main one first."""

    IMPACT = "impact"
    FLOWS = "flows"
    ITEMS = "items"
    SCORE = "score"
    UNKNOWNS = "unknowns"
    CANDIDATES = "candidates"
    DECISIONS = "decisions"
    TERRITORIES = "territories"


def to_csv(impact: DecommissioningImpact, table: Table = Table.IMPACT) -> str:
    """One table of the answer."""
    header, lines = _TABLES[table](impact)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(header)
    writer.writerows([_safe(_text(value)) for value in line] for line in lines)
    return out.getvalue()


def _safe(text: str) -> str:
    """A cell that a spreadsheet would run gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return " ".join(_text(item) for item in value)
        case _:
            return str(value)


def _impact(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    return _names(Row), (list(asdict(row).values()) for row in rows(impact))


def _flows(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    names = _names(FlowVerdict)
    return names, ([_flow_value(flow, name) for name in names] for flow in impact.flows)


def _flow_value(flow: FlowVerdict, name: str) -> object:
    value = getattr(flow, name)
    if name == "candidates":
        return [candidate.interface for candidate in flow.candidates]
    if name in ("opens_later", "known_ends"):
        return [f"{code}={day.isoformat()}" for code, day in value]
    return value


def _items(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    return _names(ItemVerdict), (list(asdict(item).values()) for item in impact.items)


def _score(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    return _names(Contribution), (list(asdict(contribution).values()) for contribution in impact.score.contributions)


def unknown_lines(unknowns: Unknowns) -> list[tuple[str, str]]:
    """(what, which) for each thing that is not known, in the order of the fields."""
    kinds = [field.name for field in fields(Unknowns) if field.name not in ("examined", "sources", "model_version")]
    return [(kind, code) for kind in kinds for code in getattr(unknowns, kind)]


def _unknowns(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    return ("what", "which"), unknown_lines(impact.unknowns)


def _candidates(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    lines = ([flow.code, *asdict(candidate).values()] for flow in impact.flows for candidate in flow.candidates)
    return ("flow", *_names(Candidate)), lines


def _decisions(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    return _names(Decision), (list(asdict(decision).values()) for decision in decisions(impact))


def _territories(impact: DecommissioningImpact) -> tuple[Line, Iterable[Line]]:
    """Every territory of the score; without severity where nothing is hit."""
    hit = {node.code: node for node in impact.territories}
    named = ((code, hit.get(code), value) for code, value in impact.score.by_territory)
    return ("territory", "name", "severity", "score"), ((code, node and node.name, node and node.severity, value) for code, node, value in named)


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


_TABLES: Final[Mapping[Table, Callable[[DecommissioningImpact], tuple[Line, Iterable[Line]]]]] = {
    Table.IMPACT: _impact,
    Table.FLOWS: _flows,
    Table.ITEMS: _items,
    Table.SCORE: _score,
    Table.UNKNOWNS: _unknowns,
    Table.CANDIDATES: _candidates,
    Table.DECISIONS: _decisions,
    Table.TERRITORIES: _territories,
}
