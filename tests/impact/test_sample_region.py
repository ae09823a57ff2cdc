"""The fictional region that the project ships: what the stop of its ROR does, flow by flow, as data/region/expected_verdicts.csv says."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from graph.impact.analysis import decommissioning_impact
from graph.impact.judge import Status
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Target
from graph.impact.rights import Gap
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from graph.inventory_reader import inventory
from graph.reads import answer
from graph.store.connection import Store
from loaders.pipeline import load
from loaders.registry import get_source

DATA = Path(__file__).parents[2] / "data"
QUESTION = DecommissioningInput(date(2026, 1, 15), (Target("ROR-ILE", date(2026, 6, 30)),))


@pytest.fixture(name="impact")
def _impact(embedded_store: Store) -> DecommissioningImpact:
    load(embedded_store, get_source("pathways"), [DATA / "pathways"])
    load(embedded_store, get_source("inventory"), [DATA / "region" / "inventory"])
    return decommissioning_impact(Projection(answer(embedded_store, inventory())), QUESTION)


def expected() -> Mapping[str, tuple[str, str]]:
    """Status and gaps by flow."""
    with (DATA / "region" / "expected_verdicts.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["status"], row["gaps"]) for row in csv.DictReader(file)}


def test_the_stop_of_the_sample_ror_gives_the_verdicts_that_were_worked_out(impact: DecommissioningImpact) -> None:
    found = {flow.code: (flow.status.value, "+".join(flow.gaps)) for flow in impact.flows}
    assert found == expected()


def test_the_sample_region_shows_every_status_gap_and_severity(impact: DecommissioningImpact) -> None:
    statuses = {flow.status for flow in impact.flows}
    gaps = {gap for flow in impact.flows for gap in flow.gaps}
    severities = {node.severity for node in impact.applications}
    assert (statuses, gaps, severities) == (set(Status), set(Gap), set(Severity))
