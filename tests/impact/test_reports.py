"""JSON, CSV and Markdown say the same of one answer (invariant 10; docs/impact.md, I-39)."""

import csv
import io
import json
from dataclasses import replace

import pytest

from graph.impact.inventory import Pathway, Step, Support, Usage
from graph.impact.report_csv import Table, to_csv
from graph.impact.report_json import to_json
from graph.impact.report_markdown import to_markdown
from graph.impact.report_table import rows
from graph.impact.verdict import DecommissioningImpact
from tests.impact.small import USAGES, app, ask, flow, iface, inventory, nat, one_stop, ror


@pytest.fixture(name="impact")
def _impact() -> DecommissioningImpact:
    """Every severity in one answer."""
    usages = (Usage("ORIENT", name="Orientation", needs={"OFFER": True}, supports=(Support("P", "S"),)), USAGES[1])
    what = inventory(
        (ror(), nat(), app("A"), app("B", owner="GRADeS|X"), app("C"), app("E")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER")),
        (
            flow("F1", "A", "I-ROR", "BED", for_usage=("OTHER",)),
            flow("F2", "B", "I-ROR", "OFFER", "BED"),
            flow("F3", "C", "I-ROR", "OFFER"),
            flow("F4", "E", "I-ROR", "OFFER"),
            flow("F5", "E", "I-NAT", "OFFER"),
        ),
        usages=usages,
        pathways=(Pathway("P", steps=(Step("S"),)),),
    )
    return ask(what, "ROR")


def lines(impact: DecommissioningImpact, table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(impact, table)), delimiter=";"))


def test_all_outputs_have_the_rows_of_the_main_table(impact: DecommissioningImpact) -> None:
    keys = [(row.kind, row.code, row.territory, row.severity) for row in rows(impact)]
    document = to_json(impact)["rows"]
    assert isinstance(document, list)
    assert [(row["kind"], row["code"], row["territory"], row["severity"]) for row in document] == keys
    assert [(row["kind"], row["code"], row["territory"], row["severity"]) for row in lines(impact, Table.IMPACT)] == keys
    assert sum(line.startswith(KINDS_FR) for line in to_markdown(impact).splitlines()) == len(keys) == 9


KINDS_FR = ("| territoire |", "| filière |", "| étape (support numérique) |", "| usage |", "| application |")


def test_each_table_has_a_line_for_each_thing_of_the_answer(impact: DecommissioningImpact) -> None:
    counts = {table.value: len(lines(impact, table)) for table in Table}
    assert counts == {"impact": 9, "flows": 4, "items": 4, "score": 4, "unknowns": 5}


def test_the_flows_are_the_same_in_all_outputs(impact: DecommissioningImpact) -> None:
    document = to_json(impact)["flows"]
    assert isinstance(document, dict)
    assert [(code, item["status"]) for code, item in document.items()] == [(line["code"], line["status"]) for line in lines(impact, Table.FLOWS)]
    assert [line.split(" | ")[0] for line in to_markdown(impact).splitlines() if line.startswith("| F")][1:] == ["| F1", "| F2", "| F3", "| F4"]


def test_the_json_is_written_as_it_is(impact: DecommissioningImpact) -> None:
    assert json.loads(json.dumps(to_json(impact))) == to_json(impact)


def test_the_report_begins_with_the_ruptures_and_marks_what_rests_on_a_default(impact: DecommissioningImpact) -> None:
    text = to_markdown(impact)
    sections = [line for line in text.splitlines() if line.startswith("## ")]
    assert sections == ["## Ruptures", "## Autres effets", "## Ce qui remplace, flux par flux", "## Ce que l'on ne sait pas", "## Sources et méthode"]
    assert "| application | A | IDF | rupture* | 3 | ROR → I-ROR → F1 → A |  | déduit |  |" in text
    assert "| étape (support numérique) | S | IDF | dégradé |" in text
    assert "celle de son support numérique, pas de la prise en charge" in text


def test_the_score_never_stands_alone(impact: DecommissioningImpact) -> None:
    line = next(line for line in to_markdown(impact).splitlines() if "Score :" in line)
    assert line == "Lignes en rupture : 3. Score : 40,0 sur 100 (territoire le plus touché), 40,0 au national. Inconnues listées plus bas : 5."


def scores(impact: DecommissioningImpact) -> list[str]:
    return [line for line in to_markdown(impact).splitlines() if line.startswith(("| IDF | 4", "| NOR | 0", "Les autres terr", "Tous les terr"))]


def test_territories_without_a_score_are_one_line_of_the_report(impact: DecommissioningImpact) -> None:
    beside = replace(impact, score=replace(impact.score, by_territory=(("IDF", 40.0), ("NOR", 0.0))))
    untouched = replace(impact, score=replace(impact.score, by_territory=(("NOR", 0.0),)))
    assert [scores(one) for one in (impact, beside, untouched)] == [
        ["| IDF | 40,0 |"], ["| IDF | 40,0 |", "Les autres territoires : 0."], ["Tous les territoires : 0."],
    ]  # fmt: skip


def test_a_name_cannot_break_the_table(impact: DecommissioningImpact) -> None:
    assert "GRADeS\\|X" in to_markdown(impact)


def test_a_step_is_named_with_its_pathway_where_its_code_is_not_unique() -> None:
    twins = tuple(Pathway(code, steps=(Step("S"),)) for code in ("P", "Q"))
    usage = Usage("ORIENT", supports=(Support("P", "S"),))
    impact = ask(replace(one_stop(), usages=(usage,), pathways=twins), "ROR")
    assert [step.code for step in impact.steps] == ["P/S"]
