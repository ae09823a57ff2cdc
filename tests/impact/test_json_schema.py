"""The published JSON Schema says what the JSON of an answer is (docs/impact.schema.json; docs/impact.md, I-39)."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from graph.impact.analysis import decommissioning_impact
from graph.impact.inventory import Evidence
from graph.impact.judge import Status
from graph.impact.parse_question import parse_question
from graph.impact.projection import Projection
from graph.impact.report import ImpactFormat, impact_text
from graph.impact.rights import Gap
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from graph.impact.words import KIND_FR
from tests.impact.build import inventory_of
from tests.impact.method import CASES, SHARED_PART

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[2] / "docs" / "impact.schema.json").read_text(encoding="utf-8"))


def errors(impact: DecommissioningImpact) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(json.loads(impact_text(impact, ImpactFormat.JSON)))]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_answers_are_as_the_schema_says(impact: DecommissioningImpact) -> None:
    assert errors(impact) == []


def test_the_answer_of_the_sample_region_is_as_the_schema_says(sample_impact: DecommissioningImpact) -> None:
    assert errors(sample_impact) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_answers_of_the_method_are_as_the_schema_says(case: dict[str, Any]) -> None:
    inventory = inventory_of(case["inventory"], SHARED_PART)
    assert errors(decommissioning_impact(Projection(inventory), parse_question(case["input"], inventory, today=date(2026, 1, 15)))) == []


def test_the_closed_lists_are_those_of_the_code() -> None:
    named = {name: SCHEMA["$defs"][name]["enum"] for name in ("severity", "status", "gap", "evidence")}
    assert named == {"severity": list(Severity), "status": list(Status), "gap": list(Gap), "evidence": list(Evidence)}
    assert sorted(SCHEMA["$defs"]["row"]["properties"]["kind"]["enum"]) == sorted(KIND_FR)


def objects(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the schema that names its properties."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict) and schema.get("type") == "object":
            yield path, schema
        for name, value in schema.items():
            yield from objects(value, f"{path}/{name}")


def test_an_object_has_all_of_its_properties_and_no_other() -> None:
    found = list(objects(SCHEMA))
    assert len(found) == 11
    assert [path for path, one in found if sorted(one["required"]) != sorted(one["properties"]) or one["additionalProperties"] is not False] == []
