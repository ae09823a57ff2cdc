"""The inventories that the project ships, and the worked cases, meet the schema; what one object names of another exists."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.shared import SHARED

ROOT = Path(__file__).parents[2]
CASES = SHARED / "impact_cases" / "cases.json"
SCHEMA = json.loads((ROOT / "loaders" / "schemas" / "inventory.schema.json").read_text(encoding="utf-8"))
PROGRAMME = tuple(sorted((ROOT / "data" / "programme").glob("*.yaml")))
REGION = tuple(sorted((ROOT / "data" / "region" / "inventory").glob("*.yaml")))
Item = dict[str, Any]


@cache
def content(path: Path) -> dict[str, Any]:
    """A file as it is; shared by the tests, never changed."""
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


@cache
def held(files: tuple[Path, ...]) -> dict[str, list[Any]]:
    """All files of a data set as one."""
    whole: dict[str, list[Any]] = {}
    for path in files:
        for section, items in content(path).items():
            if isinstance(items, list):
                whole.setdefault(section, []).extend(items)
    return whole


def as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "NATIONAL") else [value]


def named(section: str, item: Item) -> Iterator[tuple[str, str]]:
    """(section, code) of what an item names."""
    where = {
        "actors": ["owned_by", "operated_by", "published_by"],
        "regions": ["deployed_in", "perimeter"],
        "applications": ["exposed_by", "consumer", "producer"],
        "interfaces": ["calls", "feeds"],
        "usages": ["for_usage"],
        "classes": ["carries", "serves", "needs"],
    }
    for target, keys in where.items():
        for key in keys:
            value = item.get(key)
            yield from ((target, code) for code in (value if isinstance(value, dict) else as_list(value)))
    yield from (("classes", entry["class"]) for entry in item.get("enters", []))
    yield from (("interfaces", other if isinstance(other, str) else other["interface"]) for other in item.get("replaced_by", []))
    yield from (("applications", code) for group in item.get("connected_to", []) for code in group["to"])


def missing(files: tuple[Path, ...]) -> list[tuple[str, str]]:
    whole = held(files)
    codes = {(section, item["code"]) for section, items in whole.items() for item in items}
    return [pair for section, items in whole.items() for item in items for pair in named(section, item) if pair not in codes]


def refused(given: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(given)]


@pytest.mark.parametrize("path", PROGRAMME + REGION, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_shipped_file_meets_the_schema(path: Path) -> None:
    assert refused(content(path)) == []


@pytest.mark.parametrize("files", [PROGRAMME, REGION], ids=["programme", "region"])
def test_what_a_data_set_names_exists(files: tuple[Path, ...]) -> None:
    assert missing(files) == []


@pytest.mark.parametrize("files", [PROGRAMME, REGION], ids=["programme", "region"])
def test_no_code_of_a_data_set_is_stated_twice(files: tuple[Path, ...]) -> None:
    counts = Counter((section, item["code"]) for section, items in held(files).items() for item in items)
    assert [code for code, times in counts.items() if times > 1] == []


def test_the_steps_that_usages_support_are_in_the_shipped_pathways() -> None:
    pathways = [content(path) for path in (ROOT / "data" / "pathways").glob("*.yaml")]
    steps = {f"{pathway['code']}/{step['code']}" for pathway in pathways for step in pathway["steps"]}
    supported = {step for usage in held(PROGRAMME)["usages"] + held(REGION)["usages"] for step in usage.get("supports", [])}
    assert supported - steps == set()


def test_the_two_data_sets_share_their_data_classes_and_nothing_else() -> None:
    shared = {
        section for section, items in held(PROGRAMME).items() if {item["code"] for item in items} & {item["code"] for item in held(REGION).get(section, [])}
    }
    assert (shared, held(PROGRAMME)["classes"] == held(REGION)["classes"]) == ({"classes"}, True)


@pytest.mark.parametrize("path", REGION, ids=lambda path: path.stem)
def test_the_sample_region_says_that_it_is_fictional(path: Path) -> None:
    assert content(path)["fictional"] is True


def test_every_name_of_the_sample_region_says_that_it_is_fictional() -> None:
    sections = ("regions", "actors", "usages", "applications", "interfaces")
    plain = [item["name"] for section in sections for item in held(REGION)[section] if "ficti" not in item["name"]]
    assert plain == []


def test_expected_verdicts_name_flows_of_the_sample_region() -> None:
    with (ROOT / "data" / "region" / "expected_verdicts.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["code"]: row["status"] for row in csv.DictReader(file)}
    flows = {flow["code"] for flow in held(REGION)["flows"]}
    assert (expected.keys() - flows, set(expected.values())) == (set(), {"READY", "SWITCH", "PREPARE", "PARTIAL", "BLOCKED"})


def test_the_programme_has_seventeen_regional_rors_in_eighteen_regions() -> None:
    rors = [app for app in held(PROGRAMME)["applications"] if app.get("kind") == "REGIONAL_ROR"]
    assert (len(rors), len({region for ror in rors for region in ror["deployed_in"]})) == (17, 18)


def test_every_ordered_pair_of_rors_is_connected_and_its_state_is_unknown() -> None:
    pairs = Counter(
        (app["code"] != code, group["state"]) for app in held(PROGRAMME)["applications"] for group in app.get("connected_to", []) for code in group["to"]
    )
    assert pairs == {(True, "unknown"): 272}


def test_what_no_document_dates_or_says_is_inferred_with_its_reason() -> None:
    bare = [flow["code"] for flow in held(PROGRAMME)["flows"] if flow["evidence"] == "inferred" and not flow.get("reason")]
    assert bare == []


def test_every_flow_that_is_not_inferred_states_its_source() -> None:
    bare = [flow["code"] for flow in held(PROGRAMME)["flows"] if flow["evidence"] != "inferred" and not flow.get("source")]
    assert bare == []


@pytest.mark.skipif(not CASES.is_file(), reason="the worked cases are not at hand (shared data)")
def test_the_worked_cases_meet_the_schema() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    assert [refused(cases["shared"] | case["inventory"]) for case in cases["cases"]] == [[]] * len(cases["cases"])


@pytest.mark.parametrize(
    ("section", "item", "told"),
    [
        ("flows", {"code": "F", "mode": "query", "consumer": "A", "calls": "I", "carry": {}}, "$.flows[0]"),
        ("flows", {"code": "F", "mode": "feed", "consumer": "A", "calls": "I"}, "$.flows[0]"),
        ("flows", {"code": "F", "mode": "query", "producer": "A", "feeds": "I"}, "$.flows[0]"),
        ("applications", {"code": "A", "access_profile": 6}, "$.applications[0].access_profile"),
        ("interfaces", {"code": "I", "exposed_by": "A", "opens_on": "2026-1-1"}, "$.interfaces[0].opens_on"),
    ],
    ids=["unknown key", "feed that calls", "query that feeds", "profile out of range", "bad date"],
)
def test_a_mistake_is_refused_at_its_place(section: str, item: Item, told: str) -> None:
    assert [error[: len(told)] for error in refused({section: [item]})] == [told] * len(refused({section: [item]})) != []
