"""One answer, many forms: rows and counts are equal in every output (docs/impact.md, I-39; invariant 10)."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from graph.impact.decisions import decisions
from graph.impact.judge import Status
from graph.impact.picture.graph import picture
from graph.impact.picture.mermaid import to_mermaid
from graph.impact.picture.svg import to_svg
from graph.impact.report import ImpactFormat, impact_text
from graph.impact.report_csv import Table, to_csv
from graph.impact.report_html import to_html
from graph.impact.report_json import to_json
from graph.impact.report_markdown import to_markdown
from graph.impact.report_table import rows
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from graph.impact.words import KIND_FR, KINDS_FR, SEVERITY_FR, STATUS_FR
from tests.impact.read_report import Tables, html_tables, markdown_tables

Row = tuple[str, ...]


@pytest.fixture(name="answer", params=["impact", "sample_impact"])
def _answer(request: pytest.FixtureRequest) -> DecommissioningImpact:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, DecommissioningImpact)
    return found


def test_rows_and_counts_are_equal_in_every_output(answer: DecommissioningImpact) -> None:
    main = [(row.kind, row.code, row.territory, row.severity) for row in rows(answer)]
    assert [tuple(line[name] for name in ("kind", "code", "territory", "severity")) for line in _csv(answer, Table.IMPACT)] == main
    document = to_json(answer)["rows"]
    assert isinstance(document, list)
    assert [(row["kind"], row["code"], row["territory"], row["severity"]) for row in document] == main
    in_french = sorted((KIND_FR[kind], code, territory, SEVERITY_FR[Severity(severity)], severity == "RUPTURE") for kind, code, territory, severity in main)
    for tables in (markdown_tables(to_markdown(answer)), html_tables(to_html(answer))):
        assert sorted((*_main(line), False) for line in _lines(tables, "Autres effets")) + sorted(
            (*_main(line), True) for line in _lines(tables, "Ruptures")
        ) == sorted(in_french, key=lambda row: (row[-1], row))
        assert _counts(tables) == Counter((kind, severity) for kind, _, _, severity, _ in in_french)


def test_flows_and_decisions_are_equal_in_every_output(answer: DecommissioningImpact) -> None:
    flows = [(flow.code, flow.status.value) for flow in answer.flows]
    assert [(line["code"], line["status"]) for line in _csv(answer, Table.FLOWS)] == flows
    document = to_json(answer)["flows"]
    assert isinstance(document, dict)
    assert [(code, flow["status"]) for code, flow in document.items()] == flows
    for tables in (markdown_tables(to_markdown(answer)), html_tables(to_html(answer))):
        assert [(line[0], line[4]) for line in _lines(tables, "Ce qui remplace, flux par flux")] == [
            (code, STATUS_FR[Status(status)]) for code, status in flows
        ]
        decided = {line[0]: int(line[2]) for line in _lines(tables, "Décisions à prendre")}
        assert decided == {STATUS_FR[one]: count for one, count in Counter(flow.status for flow in answer.flows).items() if one is not Status.READY}
        assert len(_lines(tables, "Qui fait quoi")) == len(decisions(answer)) == len(_csv(answer, Table.DECISIONS))
    assert sorted(code for one in decisions(answer) for code in one.flows) == sorted(code for code, status in flows if status != "READY")


def test_the_pictures_count_every_object_once(answer: DecommissioningImpact) -> None:
    nodes = (*answer.applications, *answer.usages, *answer.steps, *answer.pathways, *answer.territories)
    counted = Counter((node.kind, node.severity) for node in nodes)
    shown = picture(answer)
    assert shown.counts == counted
    assert _mermaid_counts(to_mermaid(shown)) == Counter(SEVERITY_FR[node.severity] for node in nodes)
    told = {(kind, severity.strip()): int(count) for kind, part in _described(to_svg(shown)) for count, severity in re.findall(r"(\d+) ([^,;.]+)", part)}
    assert told == {(KINDS_FR[kind], SEVERITY_FR[severity]): count for (kind, severity), count in counted.items()}


@pytest.mark.parametrize("form", list(ImpactFormat))
def test_every_form_is_one_text_that_ends_with_a_line_end_and_is_the_same_again(answer: DecommissioningImpact, form: ImpactFormat) -> None:
    text = impact_text(answer, form)
    assert (text[-1], text) == ("\n", impact_text(answer, form))


def test_an_answer_with_nothing_hit_has_every_form(impact: DecommissioningImpact) -> None:
    nothing = replace(impact, flows=(), items=(), applications=(), usages=(), steps=(), pathways=(), territories=())
    texts = {form: impact_text(nothing, form) for form in ImpactFormat}
    assert "Aucune rupture." in texts[ImpactFormat.HTML]
    assert "Rien n'est touché" in texts[ImpactFormat.SVG]
    assert "Rien n'est touché" in texts[ImpactFormat.MERMAID]


def _csv(answer: DecommissioningImpact, table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(answer, table)), delimiter=";"))


def _lines(tables: Tables, title: str) -> list[Row]:
    return [line for table in tables.get(title, ()) for line in table.lines]


def _main(line: Row) -> Row:
    """Kind, code, territory and severity of a line of the main table, without name and mark."""
    return line[0], line[1].partition(" (")[0], line[2], line[3].rstrip("*")


def _counts(tables: Tables) -> Mapping[tuple[str, str], int]:
    """The table of the first page that counts rows by kind and severity."""
    (table,) = (one for one in tables["Synthèse"] if one.header[0] == "Objet")
    cells = {(line[0], severity): int(count) for line in table.lines for severity, count in zip(table.header[1:], line[1:], strict=True)}
    return +Counter(cells)


def _mermaid_counts(text: str) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for label, severity in re.findall(r'"([^"]*)<br>[■▲►●] ([^"*,]+)[^"]*"', text):
        group = re.match(r"(\d+) (?:applications|usages|étapes|filières|territoires)$", label)
        counted[severity] += int(group[1]) if group else 1
    return counted


def _described(text: str) -> list[tuple[str, str]]:
    """What the description of an SVG says of each kind."""
    description = ET.fromstring(text).findtext("{http://www.w3.org/2000/svg}desc") or ""
    return re.findall(r"(applications|usages|étapes|filières|territoires) : ([^;.]+)", description)
