"""The five verdicts that docs/method.md works out by hand are those of the program."""

from datetime import date
from typing import Any

import pytest

from graph.impact.analysis import decommissioning_impact
from graph.impact.judge import Status
from graph.impact.parse_question import parse_question
from graph.impact.projection import Projection
from graph.impact.report_json import to_json
from graph.impact.words import STATUS_FR
from tests.impact.build import inventory_of
from tests.impact.expected import within
from tests.impact.method import CASES, PAGE, SHARED_PART


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_of_the_method_comes_out_as_the_page_says(case: dict[str, Any]) -> None:
    inventory = inventory_of(case["inventory"], SHARED_PART)
    question = parse_question(case["input"], inventory, today=date(2026, 1, 15))
    assert within(to_json(decommissioning_impact(Projection(inventory), question)), case["expected"]) == case["expected"]


def test_the_cases_show_every_verdict_once() -> None:
    assert [case["name"] for case in CASES] == [STATUS_FR[status] for status in Status]
    assert [next(iter(case["expected"]["flows"].values()))["status"] for case in CASES] == list(Status)


def test_the_words_around_a_case_name_its_score() -> None:
    told = [f"{case['expected']['score']['value']:g}".replace(".", ",") for case in CASES]
    assert told == ["0", "10", "10", "16,6", "100"]
    assert all(score in PAGE for score in told)
