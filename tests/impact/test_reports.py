"""JSON, CSV and Markdown say the same of one answer (invariant 10; docs/impact.md, I-39)."""

import csv
import io
import json
from dataclasses import replace

from graph.impact.inventory import Pathway, Step, Support, Usage
from graph.impact.report_csv import Table, to_csv
from graph.impact.report_json import to_json
from graph.impact.report_markdown import to_markdown
from graph.impact.report_table import rows
from graph.impact.verdict import DecommissioningImpact
from tests.impact.read_report import Table as Read
from tests.impact.read_report import markdown_tables
from tests.impact.small import ask, one_stop


def lines(impact: DecommissioningImpact, table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(impact, table)), delimiter=";"))


def test_all_outputs_have_the_rows_of_the_main_table(impact: DecommissioningImpact) -> None:
    keys = [(row.kind, row.code, row.territory, row.severity) for row in rows(impact)]
    document = to_json(impact)["rows"]
    assert isinstance(document, list)
    assert [(row["kind"], row["code"], row["territory"], row["severity"]) for row in document] == keys
    assert [(row["kind"], row["code"], row["territory"], row["severity"]) for row in lines(impact, Table.IMPACT)] == keys
    assert len(keys) == 9


def test_each_table_has_a_line_for_each_thing_of_the_answer(impact: DecommissioningImpact) -> None:
    counts = {table.value: len(lines(impact, table)) for table in Table}
    assert counts == {"impact": 9, "flows": 4, "items": 4, "score": 4, "unknowns": 5, "candidates": 2, "decisions": 3, "territories": 1}


def test_a_cell_that_a_spreadsheet_would_run_is_text(impact: DecommissioningImpact) -> None:
    named = replace(impact, flows=(replace(impact.flows[0], code="=1+1"),))
    assert lines(named, Table.FLOWS)[0]["code"] == "'=1+1"


def test_the_flows_are_the_same_in_all_outputs(impact: DecommissioningImpact) -> None:
    document = to_json(impact)["flows"]
    assert isinstance(document, dict)
    assert [(code, item["status"]) for code, item in document.items()] == [(line["code"], line["status"]) for line in lines(impact, Table.FLOWS)]


def test_the_json_is_written_as_it_is(impact: DecommissioningImpact) -> None:
    assert json.loads(json.dumps(to_json(impact))) == to_json(impact)


def test_the_report_begins_with_the_ruptures_and_marks_what_rests_on_a_default(impact: DecommissioningImpact) -> None:
    text = to_markdown(impact)
    sections = [line for line in text.splitlines() if line.startswith("## ")]
    assert sections == [
        "## Synthèse", "## Décisions à prendre", "## Ruptures", "## Autres effets", "## Qui fait quoi", "## Ce qui remplace, flux par flux",
        "## Ce que l'on ne sait pas", "## Sources et méthode",
    ]  # fmt: skip
    assert "| application | A | IDF | rupture* | 3 | ROR → I-ROR → F1 → A |  | déduit |  |" in text
    assert "| étape (support numérique) | S | IDF | dégradé |" in text
    assert "celle de son support numérique, pas de la prise en charge" in text


def test_the_score_never_stands_alone(impact: DecommissioningImpact) -> None:
    line = next(line for line in to_markdown(impact).splitlines() if "Score :" in line)
    assert line == "Lignes en rupture : 3. Score : 40,0 sur 100 (territoire le plus touché), 40,0 au national. Inconnues listées plus bas : 5."


def scores(impact: DecommissioningImpact) -> tuple[list[tuple[str, ...]], list[str]]:
    """The lines of the territories, and the lines that say of some that their score is 0."""
    text = to_markdown(impact)
    tables = [table for table in markdown_tables(text)["Synthèse"] if table.header[-1] == "Score"]
    return [line for table in tables for line in table.lines], [line for line in text.splitlines() if "score 0)" in line or "territoires : 0." in line]


def test_the_score_of_a_territory_stands_beside_its_severity_and_ruptures(impact: DecommissioningImpact) -> None:
    beside = replace(impact, score=replace(impact.score, by_territory=(("IDF", 40.0), ("NOR", 0.0))))
    untouched = replace(impact, score=replace(impact.score, by_territory=(("NOR", 0.0),)))
    assert [scores(one) for one in (beside, untouched)] == [
        ([("IDF", "rupture*", "3", "40,0")], ["**Par territoire (les autres : score 0)**"]), ([], ["Score de tous les territoires : 0."]),
    ]  # fmt: skip


def test_the_decisions_say_what_and_by_whom(impact: DecommissioningImpact) -> None:
    (table,) = markdown_tables(to_markdown(impact))["Décisions à prendre"]
    assert table == Read(
        ("Verdict", "Décision", "Flux", "Par qui (flux)", "Précisions"),
        (
            ("bloqué", "Reporter l'arrêt, trouver une source, ou accepter la perte", "1", "sans responsable connu (1)", "manque : BED@IDF"),
            (
                "couverture partielle",
                "Basculer ce qui peut l'être, et décider du sort de ce qui manque",
                "1",
                "GRADeS|X (1)",
                "manque : BED@IDF ; vers : I-NAT",
            ),
            ("à basculer", "Basculer", "1", "sans responsable connu (1)", "vers : I-NAT"),
        ),
    )


def test_a_name_cannot_break_the_table(impact: DecommissioningImpact) -> None:
    assert "GRADeS\\|X" in to_markdown(impact)


def test_a_step_is_named_with_its_pathway_where_its_code_is_not_unique() -> None:
    twins = tuple(Pathway(code, steps=(Step("S"),)) for code in ("P", "Q"))
    usage = Usage("ORIENT", supports=(Support("P", "S"),))
    impact = ask(replace(one_stop(), usages=(usage,), pathways=twins), "ROR")
    assert [step.code for step in impact.steps] == ["P/S"]
