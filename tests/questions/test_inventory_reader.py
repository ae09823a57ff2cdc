"""The inventory read from the store is the one that was loaded, for the worked cases of the shared data."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.impact.inventory import Inventory
from graph.inventory_reader import inventory
from graph.reads import answer
from graph.store.connection import Store
from loaders.inventory.source import SOURCE
from loaders.pipeline import load
from tests.impact.build import inventory_of
from tests.shared import SHARED

CASES = SHARED / "impact_cases" / "cases.json"
DOCUMENT: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8")) if CASES.exists() else {"cases": [], "shared": {}}
SECTIONS = ("classes", "applications", "interfaces", "flows", "usages", "pathways")


def by_code(found: Inventory) -> dict[str, dict[str, Any]]:
    """By section and code; what the cases do not state apart: the mode of a flow, the order of steps."""
    found = replace(
        found,
        flows=tuple(replace(flow, mode=None) for flow in found.flows),
        pathways=tuple(replace(pathway, steps=tuple(sorted(pathway.steps, key=lambda step: step.code))) for pathway in found.pathways),
    )
    return {section: {one.code: one for one in getattr(found, section)} for section in SECTIONS}


@pytest.mark.skipif(not CASES.exists(), reason="the shared worked cases (impact_cases/cases.json) are not there")
@pytest.mark.parametrize("case", DOCUMENT["cases"], ids=lambda case: case["name"])
def test_what_was_loaded_is_read_back(embedded_store: Store, tmp_path: Path, case: dict[str, Any]) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"shared": DOCUMENT["shared"], "inventory": case["inventory"]}), encoding="utf-8")
    load(embedded_store, SOURCE, [file])
    read = answer(embedded_store, inventory())
    assert (by_code(read), read.left_out) == (by_code(inventory_of(case["inventory"], DOCUMENT["shared"])), ())
