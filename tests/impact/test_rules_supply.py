"""Rules I-1 to I-13 of docs/impact.md, each by a small inventory."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from graph.impact.filters import Shown, shown
from graph.impact.inventory import NATIONAL, Content, Entry, Flow, Interface, Inventory, Phase, Replacement
from graph.impact.question import (
    Action,
    AdmitToCircle,
    EnterClasses,
    ExtendInterface,
    OpenInterface,
    RetireApplication,
    SetPerimeter,
    SetProfile,
    SwitchFlow,
    Target,
)
from tests.impact.small import IDF, NOR, D, J, app, ask, flow, flow_verdict, iface, inventory, items, nat, one_stop, ror, severities, statuses

DAY = timedelta(days=1)


def two_sources(**facts: Any) -> Inventory:
    return one_stop(applications=(nat(),), interfaces=(iface("I-NAT", "NAT", "OFFER", perimeter=NATIONAL),), **facts)


def test_an_action_dated_on_the_day_counts_and_one_dated_the_day_after_does_not() -> None:  # I-1
    assert [
        statuses(ask(two_sources(), "ROR", actions=[SwitchFlow("F1", "I-NAT", day)])) for day in (D, D + DAY)
    ] == [{"F1": "READY"}, {"F1": "SWITCH"}]  # fmt: skip


def test_the_day_of_evaluation_is_the_last_of_the_targets_unless_it_is_given() -> None:  # I-1
    targets = (Target("ROR", D), Target("I-NAT", D + 9 * DAY))
    assert [ask(two_sources(), *targets, on=on).evaluated_on for on in (None, D)] == [D + 9 * DAY, D]


def test_a_target_that_stops_after_the_day_of_evaluation_breaks_nothing() -> None:  # I-1
    assert ask(two_sources(), Target("ROR", D), on=D - DAY).applications == ()


def test_a_retired_application_takes_its_interfaces_along() -> None:  # I-1, I-2
    assert statuses(ask(two_sources(), "NAT", actions=[RetireApplication("ROR", D)])) == {"F1": "BLOCKED"}


def test_an_opened_interface_is_a_candidate() -> None:  # I-1
    opened = OpenInterface(iface("I-NEW", "NAT", "OFFER", perimeter=NATIONAL), D)
    assert flow_verdict(ask(one_stop(applications=(nat(),)), "ROR", actions=[opened]), "F1").use == ("I-NEW",)


def test_an_extended_interface_serves_the_new_class_too() -> None:  # I-1
    what = one_stop(applications=(nat("OFFER", "BED"),), interfaces=(iface("I-NAT", "NAT", "BED", perimeter=NATIONAL),))
    extended = ExtendInterface("I-NAT", (("OFFER", Content()),), D)
    assert [statuses(ask(what, "ROR", actions=actions)) for actions in ((), (extended,))] == [{"F1": "BLOCKED"}, {"F1": "SWITCH"}]


def test_an_application_that_is_let_enter_a_class_holds_it() -> None:  # I-1
    what = one_stop(applications=(nat("BED", enters=(Entry("OFFER", NOR),)),), interfaces=(iface("I-NAT", "NAT", "OFFER", perimeter=NATIONAL),))
    fed = replace(what, flows=(*what.flows, flow("FEED", "ROR", "I-IN", "OFFER", feed=True)), interfaces=(*what.interfaces, iface("I-IN", "NAT", intake=True)))
    entering = EnterClasses("NAT", ("OFFER",), IDF, D)
    assert [statuses(ask(fed, "ROR", actions=actions))["F1"] for actions in ([], [entering])] == ["BLOCKED", "SWITCH"]


def test_admission_profile_and_perimeter_of_an_action_close_the_gaps() -> None:  # I-1, I-16
    outsider = app("VT", access_profile=None, perimeter=None, trust_circles=frozenset())
    what = replace(two_sources(), applications=(ror(), outsider, nat()))
    actions: list[Action] = [AdmitToCircle("VT", "NAT", D), SetProfile("VT", 2, D), SetPerimeter("VT", IDF, D)]
    assert [flow_verdict(ask(what, "ROR", actions=a), "F1").gaps for a in ([], actions)] == [("TRUST_CIRCLE", "PROFILE", "PERIMETER"), ()]


@pytest.mark.parametrize(("opens", "status"), [(D, "SWITCH"), (D + DAY, "BLOCKED")])
def test_a_start_is_inclusive(opens: date, status: str) -> None:  # I-2
    what = one_stop(applications=(nat(),), interfaces=(iface("I-NAT", "NAT", "OFFER", opens_on=opens),))
    assert statuses(ask(what, "ROR")) == {"F1": status}


@pytest.mark.parametrize(("ends", "status"), [(D, "BLOCKED"), (D + DAY, "SWITCH")])
def test_an_end_is_exclusive(ends: date, status: str) -> None:  # I-2
    what = one_stop(applications=(nat(),), interfaces=(iface("I-NAT", "NAT", "OFFER", ends_on=ends),))
    assert statuses(ask(what, "ROR")) == {"F1": status}


@pytest.mark.parametrize(
    ("life", "status"),
    [
        ({"phase": Phase.PRODUCTION}, "SWITCH"),
        ({"phase": Phase.PHASE_OUT}, "SWITCH"),
        ({"phase": Phase.PLANNED}, "BLOCKED"),
        ({"phase": Phase.BUILD, "production_on": D}, "SWITCH"),
        ({"phase": Phase.RETIRED}, "BLOCKED"),
        ({"phase": Phase.PRODUCTION, "retired_on": D}, "BLOCKED"),
        ({}, "SWITCH"),
    ],
    ids=str,
)
def test_an_interface_lives_with_its_application(life: dict[str, object], status: str) -> None:  # I-2
    what = one_stop(applications=(nat(**life),), interfaces=(iface("I-NAT", "NAT", "OFFER"),))
    assert statuses(ask(what, "ROR")) == {"F1": status}


def test_a_declared_flow_is_believed_though_its_consumer_has_no_right() -> None:  # I-3
    second = flow("F2", "VT", "I-NAT", "OFFER")
    stranger = app("VT", access_profile=None, perimeter=None, trust_circles=frozenset())
    what = replace(two_sources(flows=(second,)), applications=(ror(), stranger, nat()))
    assert statuses(ask(what, "ROR")) == {"F1": "READY"}


def test_a_flow_that_an_action_makes_brings_only_what_passes() -> None:  # I-3
    stranger = app("VT", trust_circles=frozenset())
    what = replace(two_sources(), applications=(ror(), stranger, nat()))
    verdict = flow_verdict(ask(what, "ROR", actions=[SwitchFlow("F1", "I-NAT", D)]), "F1")
    assert (verdict.status, verdict.gaps) == ("PREPARE", ("TRUST_CIRCLE",))


def test_a_flow_whose_consumer_loses_its_profile_brings_what_is_left() -> None:  # I-3
    what = inventory((nat("OFFER", "BED"), app("VT")), (iface("I-NAT", "NAT", "OFFER", "BED"),), (flow("F1", "VT", "I-NAT", "OFFER", "BED"),))
    impact = ask(what, Target("I-NAT", D + DAY), on=D, actions=[SetProfile("VT", 0, D)])
    assert (statuses(impact), flow_verdict(impact, "F1").gaps) == ({"F1": "PREPARE"}, ("PROFILE",))


def test_an_interface_without_regions_covers_all_when_it_stops_and_none_as_a_candidate() -> None:  # I-4
    bare = app("BARE", perimeter=None, deployed_in=frozenset())
    what = inventory(
        (bare, replace(bare, code="BARE2"), app("VT", deployed_in=frozenset({"IDF", "NOR"}))),
        (iface("I-BARE", "BARE", "OFFER", perimeter=None), iface("I-BARE2", "BARE2", "OFFER", perimeter=None)),
        (flow("F1", "VT", "I-BARE", "OFFER"),),
    )
    verdict = flow_verdict(ask(what, "BARE"), "F1")
    assert (verdict.status, verdict.missing) == ("BLOCKED", ("OFFER@IDF", "OFFER@NOR"))


def test_an_interface_without_a_perimeter_has_its_application_s_regions() -> None:  # I-4
    what = one_stop(applications=(nat(perimeter=NOR),), interfaces=(iface("I-NAT", "NAT", "OFFER", perimeter=None),))
    assert statuses(ask(what, "ROR")) == {"F1": "BLOCKED"}


def feeding() -> Inventory:
    """TOOL feeds ROR with beds; VT reads them."""
    return inventory(
        (ror(enters=(Entry("OFFER", IDF),)), app("TOOL"), app("VT")),
        (iface("I-IN", "ROR", "BED", intake=True), iface("I-ROR", "ROR", "BED")),
        (flow("FEED", "TOOL", "I-IN", "BED", feed=True, for_usage=()), flow("F1", "VT", "I-ROR", "BED", for_usage=("OTHER",))),
    )


def test_a_feed_brings_from_its_caller_to_the_application_that_exposes_the_intake() -> None:  # I-5
    assert severities(ask(feeding(), "TOOL").applications) == {"ROR": "RUPTURE", "TOOL": "RUPTURE", "VT": "RUPTURE"}


@pytest.mark.parametrize(
    ("own", "consumer", "needs"),
    [
        (NOR, {"perimeter": NATIONAL}, ("OFFER@NOR",)),
        (None, {"perimeter": NOR}, ("OFFER@NOR",)),
        (None, {"perimeter": None, "deployed_in": NOR}, ("OFFER@NOR",)),
        (frozenset({"HDF"}), {}, ("OFFER@IDF", "OFFER@NOR")),
    ],
    ids=["its own perimeter", "else the consumer's", "else its deployment", "if none are left, the interface's"],
)
def test_a_flow_brings_the_interface_s_regions_within_its_perimeter(own: object, consumer: dict[str, object], needs: tuple[str, ...]) -> None:  # I-6
    both = frozenset({"IDF", "NOR"})
    what = inventory(
        (ror(perimeter=both), app("VT", **consumer)),
        (iface("I-ROR", "ROR", "OFFER", perimeter=both),),
        (flow("F1", "VT", "I-ROR", "OFFER", perimeter=own),),
        regions=("IDF", "NOR", "HDF"),
    )
    assert flow_verdict(ask(what, "ROR"), "F1").missing == needs


def test_a_flow_without_class_may_carry_all_that_its_interface_serves() -> None:  # I-7
    what = inventory((ror(), app("VT")), (iface("I-ROR", "ROR", "OFFER", "BED"),), (flow("F1", "VT", "I-ROR"),))
    assert flow_verdict(ask(what, "ROR"), "F1").missing == ("BED@IDF", "OFFER@IDF")


@pytest.mark.parametrize(("coverage", "status"), [(None, "PREPARE"), ({"OFFER": None}, "BLOCKED")])
def test_an_unknown_class_is_served_only_by_a_replacement_without_stated_coverage(coverage: object, status: str) -> None:  # I-7
    mute = iface("I-ROR", "ROR", replaced_by=(Replacement("I-NAT", coverage),))  # type: ignore[arg-type]
    what = inventory((ror(), nat(), app("VT")), (mute, iface("I-NAT", "NAT", "OFFER")), (flow("F1", "VT", "I-ROR"),))
    assert statuses(ask(what, "ROR")) == {"F1": status}


def test_a_flow_without_class_rescues_no_cell_that_a_declared_flow_brought() -> None:  # I-7
    what = two_sources(flows=(flow("F2", "VT", "I-NAT"),))
    assert statuses(ask(what, "ROR")) == {"F1": "SWITCH"}


def test_a_cell_is_held_by_a_living_source_or_a_flow_from_who_holds_it() -> None:  # I-8
    chain = inventory(
        (nat(), app("MID"), app("VT")),
        (iface("I-NAT", "NAT", "OFFER"), iface("I-MID", "MID", "OFFER")),
        (flow("F1", "MID", "I-NAT", "OFFER"), flow("F2", "VT", "I-MID", "OFFER")),
    )
    assert severities(ask(chain, "NAT").applications) == {"MID": "RUPTURE", "VT": "RUPTURE"}


def test_a_cycle_does_not_feed_itself() -> None:  # I-8
    cycle = inventory(
        (ror(), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-A", "A", "OFFER"), iface("I-B", "B", "OFFER")),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "B", "I-A", "OFFER"), flow("F3", "A", "I-B", "OFFER")),
    )
    assert severities(ask(cycle, "ROR").applications) == {"A": "RUPTURE", "B": "RUPTURE"}


def test_what_comes_back_only_by_an_application_s_own_move_is_no_candidate_of_it() -> None:  # I-8, I-14
    gaps = iface("I-NAT", "NAT", "OFFER", trust_circle="X", standard="CSV", security="NONE")
    what = inventory(
        (ror(), nat(), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-B", "B", "OFFER"), gaps, iface("I-A", "A", "OFFER")),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "B", "I-A", "OFFER")),
    )
    verdict = flow_verdict(ask(what, "ROR"), "F1")
    assert ([c.interface for c in verdict.candidates], verdict.gaps) == (["I-NAT"], ("TRUST_CIRCLE", "STANDARD", "SECURITY"))


def test_a_flow_that_stops_makes_no_source_of_its_consumer() -> None:  # I-9
    chain = inventory(
        (ror(), app("MID"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-MID", "MID", "OFFER")),
        (flow("F1", "MID", "I-ROR", "OFFER"), flow("F2", "VT", "I-MID", "OFFER")),
    )
    assert statuses(ask(chain, "ROR")) == {"F1": "BLOCKED", "F2": "BLOCKED"}


@pytest.mark.parametrize(("until", "status"), [(None, "SWITCH"), (D, "BLOCKED"), (D + DAY, "SWITCH")])
def test_an_application_is_a_source_only_while_it_enters_the_cell(until: date | None, status: str) -> None:  # I-9
    what = one_stop(applications=(nat(enters=(Entry("OFFER", NATIONAL, until=until),)),), interfaces=(iface("I-NAT", "NAT", "OFFER"),))
    assert statuses(ask(what, "ROR")) == {"F1": status}


def test_an_application_that_enters_nothing_and_is_brought_nothing_is_presumed_a_source() -> None:  # I-9, I-33
    impact = ask(one_stop(), "ROR")
    assert impact.unknowns.presumed_sources == ("ROR/OFFER@IDF",)


def turning() -> Inventory:
    """A and B give each other what nobody enters; VT reads B."""
    return inventory(
        (app("A"), app("B"), app("VT"), ror()),
        (iface("I-A", "A", "OFFER"), iface("I-B", "B", "OFFER"), iface("I-ROR", "ROR", "OFFER")),
        (flow("F1", "A", "I-B", "OFFER"), flow("F2", "B", "I-A", "OFFER"), flow("F3", "VT", "I-B", "OFFER"), flow("F4", "VT", "I-ROR", "OFFER")),
    )


def test_a_cycle_without_any_source_counts_as_a_source() -> None:  # I-10
    assert statuses(ask(turning(), "ROR")) == {"F4": "READY"}


def test_a_cycle_without_any_source_is_none_once_a_member_stops() -> None:  # I-10
    assert items(ask(turning(), "A", "ROR")) == {"A/ORIENT@IDF": "RUPTURE", "B/ORIENT@IDF": "RUPTURE", "VT/ORIENT@IDF": "RUPTURE"}


def test_the_reference_is_all_that_lives_on_a_day_between_the_two() -> None:  # I-11
    flows = tuple(
        Flow(f"P{i}", "VT", "I-ROR", carries={"OFFER": Content()}, starts_on=s, ends_on=e) for i, (s, e) in enumerate([(None, J), (D + DAY, None), (D, None)])
    )
    assert dict(ask(one_stop(flows=flows), "ROR").unknowns.examined)["flows_of_the_reference"] == 2


def test_an_application_that_does_not_live_after_needs_nothing() -> None:  # I-11
    what = inventory((ror(), app("VT", retired_on=D)), (iface("I-ROR", "ROR", "OFFER"),), (flow("F1", "VT", "I-ROR", "OFFER"),))
    assert ask(what, "ROR").applications == ()


@pytest.mark.parametrize(("starts", "broken"), [(D - DAY, ["VT"]), (D, [])])
def test_a_flow_breaks_only_if_it_lived_on_the_eve(starts: date, broken: list[str]) -> None:  # I-12
    assert [node.code for node in ask(one_stop(starts_on=starts), "ROR").applications] == broken


def test_a_loss_without_a_target_as_its_cause_is_listed_as_ended_by_itself() -> None:  # I-12
    what = two_sources(flows=(flow("OLD", "VT", "I-NAT", "BED", ends_on=D - DAY),))
    impact = ask(what, "ROR")
    assert (impact.unknowns.ended_by_themselves, statuses(impact)) == (("VT/BED@IDF", "VT/BED@NOR"), {"F1": "SWITCH"})


def test_depth_counts_relations_and_a_kept_cell_passes_nothing_on() -> None:  # I-13
    chain = inventory(
        (ror(), nat(), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER"), iface("I-A", "A", "OFFER")),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "A", "I-NAT", "OFFER"), flow("F3", "B", "I-A", "OFFER")),
    )
    assert [(node.code, node.severity, node.depth) for node in ask(chain, "ROR").applications] == [("A", "INFORMED", 3)]


def test_a_feed_is_walked_from_its_caller_to_its_receiver() -> None:  # I-13
    assert {node.code: node.witness for node in ask(feeding(), "TOOL").applications} == {
        "TOOL": ("TOOL",),
        "ROR": ("TOOL", "FEED", "I-IN", "ROR"),
        "VT": ("TOOL", "FEED", "I-IN", "ROR", "I-ROR", "F1", "VT"),
    }


def deep(length: int) -> Inventory:
    names = [f"A{i}" for i in range(length)]
    before = dict(zip(names, ["ROR", *names], strict=False))
    return inventory(
        (ror(), *(app(name) for name in names)),
        (iface("I-ROR", "ROR", "OFFER"), *(iface(f"I-{name}", name, "OFFER") for name in names)),
        tuple(flow(f"F-{name}", name, f"I-{before[name]}", "OFFER") for name in names),
    )


@pytest.mark.parametrize(("depth", "codes"), [(2, []), (3, ["A0"]), (5, ["A0"]), (6, ["A0", "A1"]), (None, ["A0", "A1", "A2"])])
def test_a_limit_of_depth_shows_nothing_at_one_more(depth: int | None, codes: list[str]) -> None:  # I-13
    assert [node.code for node in shown(ask(deep(3), "ROR"), Shown(depth=depth)).applications] == codes


def test_a_filter_hides_and_does_not_cut_the_walk() -> None:  # I-13
    impact = ask(deep(3), "ROR")
    elsewhere = shown(impact, Shown(territories=NOR))
    assert (elsewhere.applications, elsewhere.score, elsewhere.unknowns) == ((), impact.score, impact.unknowns)


def test_two_regions_that_stop_together_do_not_replace_each_other() -> None:  # I-1, I-14
    both = frozenset({"IDF", "NOR"})
    what = inventory(
        (ror("R1"), ror("R2", perimeter=NOR, enters=(Entry("OFFER", both),)), app("VT")),
        (iface("I-1", "R1", "OFFER"), iface("I-2", "R2", "OFFER", perimeter=both)),
        (flow("F1", "VT", "I-1", "OFFER"),),
    )
    assert [statuses(ask(what, *stops)) for stops in (("R1",), ("R1", "R2"))] == [{"F1": "SWITCH"}, {"F1": "BLOCKED"}]


def test_an_interface_can_be_the_target() -> None:  # I-1
    two = Interface("I-2", "ROR", serves={"OFFER": Content()}, trust_circle="NAT", perimeter=IDF, standard="FHIR_ME3", version="3", security="TLS")
    verdict = flow_verdict(ask(one_stop(interfaces=(two,)), "I-ROR"), "F1")
    assert (verdict.use, verdict.witness, verdict.depth) == (("I-2",), ("I-ROR", "F1"), 1)
