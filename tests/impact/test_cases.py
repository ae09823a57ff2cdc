"""The seven worked cases of the shared data; what later issues bring of them (`switches`, `plan`, `through_time`) is left out."""

import json
from datetime import date
from typing import Any

import pytest

from graph.impact.analysis import decommissioning_impact
from graph.impact.parse_question import parse_question
from graph.impact.projection import Projection
from graph.impact.report_json import to_json
from tests.impact.build import inventory_of
from tests.impact.expected import within
from tests.shared import SHARED

CASES = SHARED / "impact_cases" / "cases.json"
LATER = ("switches", "plan", "through_time")
DOCUMENT: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8")) if CASES.exists() else {"cases": [], "shared": {}}


@pytest.mark.skipif(not CASES.exists(), reason="the shared worked cases (impact_cases/cases.json) are not there")
@pytest.mark.parametrize("case", DOCUMENT["cases"], ids=lambda case: case["name"])
def test_a_worked_case_comes_out_as_expected(case: dict[str, Any]) -> None:
    inventory = inventory_of(case["inventory"], DOCUMENT["shared"])
    question = parse_question(case["input"], inventory, today=date(2026, 1, 15))
    answer = to_json(decommissioning_impact(Projection(inventory), question))
    expected = {key: value for key, value in case["expected"].items() if key not in LATER}
    assert within(answer, expected) == expected
