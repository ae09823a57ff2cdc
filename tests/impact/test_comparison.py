"""Two scenarios side by side (I-38)."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.impact.analysis import decommissioning_impact
from graph.impact.comparison import FlowChange, ItemChange, ScenarioComparison, compared
from graph.impact.inventory import Inventory
from graph.impact.judge import Status
from graph.impact.projection import Projection
from graph.impact.question import Action, DecommissioningInput, RetireApplication, SwitchFlow, Target
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from tests.impact.small import D, J, app, flow, iface, inventory, nat, ror
from tests.impact.strategies import inventories

WHAT = inventory((ror(), nat(), app("VT")), (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER")), (flow("F1", "VT", "I-ROR", "OFFER"),))


def verdict(what: Inventory, *actions: Action, target: str = "ROR") -> DecommissioningImpact:
    return decommissioning_impact(Projection(what), DecommissioningInput(J, (Target(target, D),), actions))


def test_an_action_that_makes_things_worse_is_said_to() -> None:
    found = compared(verdict(WHAT), verdict(WHAT, RetireApplication("NAT", D)))
    assert found.items == (ItemChange("VT", "ORIENT", "IDF", Severity.TO_MIGRATE, Severity.RUPTURE),)
    assert (found.items[0].worse, found.a.ruptures, found.b.ruptures, found.b.score) == (True, 0, 1, 100.0)
    assert found.flows == (FlowChange("F1", Status.SWITCH, Status.BLOCKED, ("I-NAT",), ()),)


def test_a_switch_that_is_done_saves_what_was_to_be_moved() -> None:
    found = compared(verdict(WHAT), verdict(WHAT, SwitchFlow("F1", "I-NAT", D)))
    assert [(one.application, one.a, one.worse) for one in found.items] == [("VT", Severity.TO_MIGRATE, False)]
    assert (found.a.switches, found.b.switches, found.b.national) == (1, 0, 0.0)


def test_those_that_get_worse_stand_first() -> None:
    what = inventory(
        (ror(), nat(), app("A"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER"), flow("F2", "A", "I-NAT", "OFFER")),
    )
    found = compared(verdict(what), verdict(what, target="NAT"))
    assert [(one.application, one.worse) for one in found.items] == [("A", True), ("VT", False)]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[DecommissioningImpact, DecommissioningImpact]:
    what = draw(inventories())
    codes = st.sampled_from([item.code for item in what.applications])
    return verdict(what, target=draw(codes)), verdict(what, target=draw(codes))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_a_comparison_holds_what_makes_one_of_the_other(pair: tuple[DecommissioningImpact, DecommissioningImpact]) -> None:
    a, b = pair
    found, back = compared(a, b), compared(b, a)
    items = {(one.application, one.usage, one.territory): one.severity for one in a.items}
    for change in found.items:
        place = (change.application, change.usage, change.territory)
        assert items.pop(place, None) == change.a
        if change.b is not None:
            items[place] = change.b
    assert items == {(one.application, one.usage, one.territory): one.severity for one in b.items}
    assert {(one.flow, one.a, one.b) for one in found.flows} == {(one.flow, one.b, one.a) for one in back.flows}
    assert compared(a, a) == ScenarioComparison(found.a, found.a, (), (), tuple(one for one in compared(a, a).territories if one.a == one.b))
