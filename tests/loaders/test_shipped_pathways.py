"""The pathways that the project ships: they meet their schema, their graph has no cycle, and their codes are those of the nomenclatures."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.shared import SHARED

ROOT = Path(__file__).parents[2]
LISTS = SHARED / "nos"
FILES = sorted((ROOT / "data" / "pathways").glob("*.yaml"))
LIST_OF_SYSTEM = {
    "TRE_R211": "JDV_J17_ActiviteOperationnelle_ROR.psv",
    "TRE_R213": "JDV_J19_ModePriseEnCharge_ROR.psv",
    "TRE_R227": "TRE_R227_ChampActivite.psv",
    "TRE_R244": "JDV_J238_TypeOffre_ROR.psv",
    "TRE_R245": "JDV_J35_SpecialisationDePriseEnCharge_ROR.psv",
}


def pathway(path: Path) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return held


def codes_in(criteria: dict[str, Any]) -> Iterator[str]:
    for value in criteria.values():
        for item in value if isinstance(value, list) else [value]:
            yield from codes_in(item) if isinstance(item, dict) else [item]


def test_nine_pathways_and_unscheduled_psychiatry_are_shipped() -> None:
    assert [path.stem for path in FILES] == [
        "autonomy", "dialysis", "endometriosis", "home-hospitalisation", "maternity", "palliative-care", "psychiatry-unscheduled", "smr-after-hospital",
        "stroke", "unscheduled-care",
    ]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_pathway_meets_the_schema(path: Path) -> None:
    schema = json.loads((ROOT / "loaders" / "schemas" / "pathways.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(pathway(path))] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_of_a_pathway_bears_its_code(path: Path) -> None:
    assert pathway(path)["code"] == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_passages_join_stated_steps_without_a_cycle(path: Path) -> None:  # P-1
    steps = pathway(path)["steps"]
    graph: nx.DiGraph[str] = nx.DiGraph((step["code"], passage["step"]) for step in steps for passage in step.get("next", []))
    assert (sorted(graph), nx.is_directed_acyclic_graph(graph)) == (sorted(step["code"] for step in steps), True)


@pytest.mark.skipif(not LISTS.is_dir(), reason="the nomenclature lists are not at hand (shared data)")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_code_of_a_requirement_is_in_its_nomenclature(path: Path) -> None:
    known = {
        f"{system}-{line.partition('|')[0]}" for system, name in LIST_OF_SYSTEM.items() for line in (LISTS / name).read_text(encoding="utf-8").splitlines()
    }
    asked = {code for step in pathway(path)["steps"] for code in codes_in(step["requirement"])}
    assert asked - known == set()
