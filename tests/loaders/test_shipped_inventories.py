"""The inventories that the project ships, and the worked cases, meet the schema; what one object names of another exists."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("RORGRAPH_SHARED", ROOT / ".." / "shared"))
CASES = SHARED / "data" / "impact_cases" / "cases.json"
SCHEMA = json.loads((ROOT / "loaders" / "schemas" / "inventory.schema.json").read_text(encoding="utf-8"))
PROGRAMME = tuple(sorted((ROOT / "data" / "programme").glob("*.yaml")))
Item = dict[str, Any]


@cache
def held(files: tuple[Path, ...]) -> dict[str, list[Any]]:
    """All files of a data set as one."""
    whole: dict[str, list[Any]] = {}
    for path in files:
        for section, items in yaml.safe_load(path.read_text(encoding="utf-8")).items():
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
    yield from (("interfaces", other["interface"]) for other in item.get("replaced_by", []))
    yield from (("applications", code) for group in item.get("connected_to", []) for code in group["to"])


def missing(files: tuple[Path, ...]) -> list[tuple[str, str]]:
    whole = held(files)
    codes = {(section, item["code"]) for section, items in whole.items() for item in items}
    return [pair for section, items in whole.items() for item in items for pair in named(section, item) if pair not in codes]


def refused(content: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(content)]


@pytest.mark.parametrize("path", PROGRAMME, ids=lambda path: path.stem)
def test_a_file_of_the_programme_meets_the_schema(path: Path) -> None:
    assert refused(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_what_the_programme_names_exists() -> None:
    assert missing(PROGRAMME) == []


def test_no_code_of_the_programme_is_stated_twice() -> None:
    counts = Counter((section, item["code"]) for section, items in held(PROGRAMME).items() for item in items)
    assert [code for code, times in counts.items() if times > 1] == []


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
    content = json.loads(CASES.read_text(encoding="utf-8"))
    assert [refused(content["shared"] | case["inventory"]) for case in content["cases"]] == [[]] * len(content["cases"])


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
