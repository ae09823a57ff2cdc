"""The answer as CSV: `;` between fields, one header line, UTF-8, CR LF (RFC 4180), lists joined by a space (docs/impact.md, I-39).

Tables: `impact`, the main one, one row an object and territory (report_table.Row); `flows`, one row a flow with a verdict; `items`, one
row an application, usage and territory; `score`, one row a contribution; `unknowns`, one row a thing that is not known.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from enum import Enum, StrEnum
from typing import Final

from graph.impact.report_table import Row, rows
from graph.impact.verdict import Contribution, DecommissioningImpact, FlowVerdict, ItemVerdict, Unknowns

Line = Sequence[object]


class Table(StrEnum):
    """The tables of an answer, the main one first."""

    IMPACT = "impact"
    FLOWS = "flows"
    ITEMS = "items"
    SCORE = "score"
    UNKNOWNS = "unknowns"


def to_csv(impact: DecommissioningImpact, table: Table = Table.IMPACT) -> str:
    """One table of the answer."""
    header, lines = _TABLES[table](impact)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(header)
    writer.writerows([_text(value) for value in line] for line in lines)
    return out.getvalue()


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


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


_TABLES: Final[Mapping[Table, Callable[[DecommissioningImpact], tuple[Line, Iterable[Line]]]]] = {
    Table.IMPACT: _impact,
    Table.FLOWS: _flows,
    Table.ITEMS: _items,
    Table.SCORE: _score,
    Table.UNKNOWNS: _unknowns,
}
