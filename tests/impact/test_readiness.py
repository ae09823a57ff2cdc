"""How ready the regions are (I-36): the figures of a stop of each ROR alone, and of all together."""

from collections import Counter

import pytest

from graph.errors import BadInput
from graph.impact.analysis import decommissioning_impact
from graph.impact.inventory import NATIONAL, Inventory
from graph.impact.judge import Status
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Target
from graph.impact.readiness import readiness
from tests.impact.small import IDF, NOR, D, J, app, flow, iface, inventory, nat, ror

REGIONAL = {"kind": "REGIONAL_ROR"}


def two_regions() -> Inventory:
    """A consumer of each of two regional RORs; that of IDF reads the national one already; a third ROR that nobody reads."""
    return inventory(
        (
            ror("ROR-A", **REGIONAL), ror("ROR-B", deployed_in=NOR, perimeter=NOR, **REGIONAL), ror("ROR-C", **REGIONAL), nat(),
            app("VT-A"), app("VT-B", deployed_in=NOR),
        ),
        (
            iface("I-A", "ROR-A", "OFFER"), iface("I-B", "ROR-B", "OFFER", perimeter=NOR), iface("I-C", "ROR-C", "OFFER"),
            iface("I-NAT", "NAT", "OFFER", perimeter=NATIONAL),
        ),
        (flow("F-A", "VT-A", "I-A", "OFFER"), flow("F-A2", "VT-A", "I-NAT", "OFFER"), flow("F-B", "VT-B", "I-B", "OFFER")),
    )  # fmt: skip


def test_each_ror_alone_has_the_figures_of_its_own_analysis_and_all_together_those_of_all() -> None:
    projection = Projection(two_regions())
    found = readiness(projection, J, D)
    assert [one.application for one in found] == ["ROR-A", "ROR-B", "ROR-C", None]
    for one in found:
        targets = [one.application] if one.application else ["ROR-A", "ROR-B", "ROR-C"]
        whole = decommissioning_impact(projection, DecommissioningInput(J, tuple(Target(str(code), D) for code in targets)))
        assert dict(one.flows) == Counter(verdict.status for verdict in whole.flows)
        assert (one.score, one.national) == (whole.score.value, whole.score.national)


def test_a_flow_that_keeps_is_ready_and_no_flow_is_not_known() -> None:
    a, b, c, together = readiness(Projection(two_regions()), J, D)
    assert (a.flows, a.ready, a.regions) == (((Status.READY, 1),), 1.0, tuple(IDF))
    assert (b.flows, b.ready, b.regions) == (((Status.SWITCH, 1),), 0.0, tuple(NOR))
    assert (c.flows, c.ready) == ((), None)
    assert (together.ready, together.regions) == (0.5, ("IDF", "NOR"))


def test_a_ror_of_two_regions_counts_once_and_one_that_is_retired_not_at_all() -> None:
    apps = (ror("ROR-AB", deployed_in=IDF | NOR, **REGIONAL), ror("ROR-OLD", retired_on=J, **REGIONAL), app("VT"))
    alone, together = readiness(Projection(inventory(apps, (iface("I-AB", "ROR-AB", "OFFER"),), (flow("F", "VT", "I-AB", "OFFER"),))), J)
    assert (alone.application, alone.regions, alone.stops_on) == ("ROR-AB", ("IDF", "NOR"), J)
    assert (together.flows, together.ruptures) == (alone.flows, alone.ruptures)


def test_without_a_regional_ror_there_is_nothing_to_prepare_and_a_day_before_the_analysis_is_refused() -> None:
    projection = Projection(inventory((nat(),), (), ()))
    assert readiness(projection, J) == ()
    with pytest.raises(BadInput, match="on: 2026-01-14 is before the day of analysis, 2026-01-15"):
        readiness(projection, J, J.replace(day=14))
