"""The fictional region that the project ships: what the stop of its ROR does, flow by flow, as data/region/expected_verdicts.csv says."""

import csv
from collections.abc import Mapping

from graph.impact.judge import Status
from graph.impact.rights import Gap
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from tests.impact.conftest import DATA


def expected() -> Mapping[str, tuple[str, str]]:
    """Status and gaps by flow."""
    with (DATA / "region" / "expected_verdicts.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["status"], row["gaps"]) for row in csv.DictReader(file)}


def test_the_stop_of_the_sample_ror_gives_the_verdicts_that_were_worked_out(sample_impact: DecommissioningImpact) -> None:
    found = {flow.code: (flow.status.value, "+".join(flow.gaps)) for flow in sample_impact.flows}
    assert found == expected()


def test_the_sample_region_shows_every_status_gap_and_severity(sample_impact: DecommissioningImpact) -> None:
    statuses = {flow.status for flow in sample_impact.flows}
    gaps = {gap for flow in sample_impact.flows for gap in flow.gaps}
    severities = {node.severity for node in sample_impact.applications}
    assert (statuses, gaps, severities) == (set(Status), set(Gap), set(Severity))
