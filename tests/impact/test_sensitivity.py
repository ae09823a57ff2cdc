"""What to verify first (I-34): one uncertain fact otherwise at a time."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.impact.analysis import decommissioning_impact
from graph.impact.comparison import ItemChange
from graph.impact.doubts import Doubt
from graph.impact.inventory import Entry, Evidence, Inventory, Usage
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, SwitchFlow, Target
from graph.impact.sensitivity import Effect, Holder, Sensitivity, sensitivity
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from tests.impact.small import IDF, D, J, app, flow, iface, inventory, nat, ror
from tests.impact.strategies import inventories

SOURCE = ror(enters=(Entry("OFFER", IDF),))
QUESTION = DecommissioningInput(J, (Target("ROR", D),))


def doubts(what: Inventory, question: DecommissioningInput = QUESTION) -> Sensitivity:
    return sensitivity(Projection(what), question)


def by_subject(found: Sensitivity) -> dict[tuple[Doubt, str], Effect]:
    return {(effect.doubt, effect.subject): effect for effect in found.effects}


def test_a_flow_that_keeps_and_is_only_inferred_comes_first_with_whom_to_ask() -> None:
    """F2 keeps VT; without it VT has to move. That ROR and NAT are sources is stated, so it is no doubt."""
    what = inventory(
        (SOURCE, nat("OFFER", owner="ANS"), app("VT", owner="CHU")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER"), flow("F2", "VT", "I-NAT", "OFFER", evidence=Evidence.INFERRED)),
    )
    found = doubts(what)
    assert found.effects == (
        Effect(
            Doubt.INFERRED_FLOW, "F2", (Holder("VT", "CHU"), Holder("NAT", "ANS")), 10.0, 10.0, "IDF", 10.0,
            (ItemChange("VT", "ORIENT", "IDF", Severity.INFORMED, Severity.TO_MIGRATE),),
        ),
    )  # fmt: skip
    assert dict(found.examined) == {Doubt.INFERRED_FLOW: 1, Doubt.PRESUMED_SOURCE: 0, Doubt.CLASS_NOT_CARRIED: 0, Doubt.CLASS_NOT_ESSENTIAL: 0}
    assert (found.score, found.not_examined) == (0.0, 0)


def test_a_candidate_that_is_only_presumed_a_source_is_lost_without_it() -> None:
    what = inventory(
        (ror(), app("ALT", owner="GRADES"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-ALT", "ALT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER"),),
    )
    effect = by_subject(doubts(what))[Doubt.PRESUMED_SOURCE, "ALT/OFFER"]
    assert (effect.holders, effect.score, effect.score_difference) == ((Holder("ALT", "GRADES"),), 100.0, 90.0)
    assert effect.items == (ItemChange("VT", "ORIENT", "IDF", Severity.TO_MIGRATE, Severity.RUPTURE),)


def test_a_class_that_a_flow_without_class_does_not_carry_hits_nobody() -> None:
    what = inventory((ror(), app("VT")), (iface("I-ROR", "ROR", "OFFER", "BED"),), (flow("F1", "VT", "I-ROR", for_usage=("ORIENT",)),))
    effects = by_subject(doubts(what))
    assert effects[Doubt.CLASS_NOT_CARRIED, "F1/OFFER"].items == (ItemChange("VT", "ORIENT", "IDF", Severity.RUPTURE, Severity.DEGRADED),)
    assert (Doubt.CLASS_NOT_CARRIED, "F1/BED") not in effects
    assert effects[Doubt.INFERRED_FLOW, "F1"].items == (ItemChange("VT", "ORIENT", "IDF", Severity.RUPTURE, None),)


def test_a_class_that_is_essential_only_by_default_is_asked_about() -> None:
    what = inventory(
        (ror(), nat("BED"), app("VT", owner="CHU")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "BED")),
        (flow("F1", "VT", "I-ROR", "OFFER", "BED", for_usage=("OTHER",)),),
    )
    effects = by_subject(doubts(what))
    effect = effects[Doubt.CLASS_NOT_ESSENTIAL, "OTHER/OFFER"]
    assert (effect.items, effect.score_difference) == ((ItemChange("VT", "OTHER", "IDF", Severity.RUPTURE, Severity.DEGRADED),), -50.0)
    assert (effect.holders, (Doubt.CLASS_NOT_ESSENTIAL, "OTHER/BED") in effects) == ((Holder("VT", "CHU"),), False)


def test_an_action_on_a_flow_that_does_not_exist_changes_nothing() -> None:
    what = inventory(
        (ror(), nat("OFFER"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER", evidence=Evidence.INFERRED),),
    )
    found = doubts(what, replace(QUESTION, actions=(SwitchFlow("F1", "I-NAT", J),)))
    assert by_subject(found)[Doubt.INFERRED_FLOW, "F1"].items == (ItemChange("VT", "ORIENT", "IDF", Severity.INFORMED, None),)


def test_the_ranks_are_by_score_then_by_how_much_changes_then_by_code() -> None:
    what = inventory(
        (SOURCE, nat("OFFER"), app("A", criticality=1), app("B", criticality=4), app("C", criticality=1)),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER")),
        tuple(
            one for code in "ABC"
            for one in (flow(f"F-{code}", code, "I-ROR", "OFFER"), flow(f"K-{code}", code, "I-NAT", "OFFER", evidence=Evidence.INFERRED))
        ),
    )  # fmt: skip
    assert [effect.subject for effect in doubts(what).effects] == ["K-B", "K-A", "K-C"]


def test_a_certain_inventory_has_no_doubts() -> None:
    what = inventory((nat("OFFER"), app("VT")), (iface("I-NAT", "NAT", "OFFER"),), (flow("F1", "VT", "I-NAT", "OFFER"),))
    found = doubts(what, DecommissioningInput(J, (Target("NAT", D),)))
    assert (found.effects, sum(count for _, count in found.examined)) == ((), 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(inventories(), st.data())
def test_a_flow_that_does_not_exist_gives_the_verdict_of_the_inventory_without_it(what: Inventory, data: st.DataObject) -> None:
    """Of every inferred flow of the inventory, in reach or not: one that is not named changes no severity."""
    question = DecommissioningInput(J, (Target(data.draw(st.sampled_from([item.code for item in what.applications])), D),))
    found = by_subject(doubts(what, question))
    whole = decommissioning_impact(Projection(what), question)
    before = places(whole)
    for code in whole.unknowns.inferred_flows:
        without = decommissioning_impact(Projection(replace(what, flows=tuple(one for one in what.flows if one.code != code))), question)
        effect = found.get((Doubt.INFERRED_FLOW, code))
        after = places(without)
        changed = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
        assert {(item.application, item.usage, item.territory) for item in (effect.items if effect else ())} == changed
        assert effect is None or (effect.score, effect.national) == (without.score.value, without.score.national)


def places(one: DecommissioningImpact) -> dict[tuple[str, str, str], Severity]:
    return {(item.application, item.usage, item.territory): item.severity for item in one.items}


def test_a_usage_that_says_what_it_needs_leaves_no_doubt_about_it() -> None:
    what = inventory(
        (ror(), app("VT")), (iface("I-ROR", "ROR", "OFFER"),), (flow("F1", "VT", "I-ROR", "OFFER"),), usages=(Usage("ORIENT", needs={"OFFER": True}),)
    )
    assert dict(doubts(what).examined)[Doubt.CLASS_NOT_ESSENTIAL] == 0
