"""Rules I-14 to I-20 of docs/impact.md, each by a small inventory."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from graph.impact.inventory import NATIONAL, Content, Entry, Inventory, Replacement
from graph.impact.question import SwitchFlow
from tests.impact.small import IDF, NOR, D, app, ask, flow, flow_verdict, iface, inventory, items, nat, one_stop, ror, severities, statuses

DAY = timedelta(days=1)
SOME = Content(frozenset({"name"}))
BOTH = frozenset({"IDF", "NOR"})


def national(*classes: str, **facts: Any) -> Inventory:
    """VT reads OFFER from ROR; NAT serves it, as the facts say."""
    return one_stop(applications=(nat(),), interfaces=(iface("I-NAT", "NAT", *classes or ("OFFER",), **facts),))


@pytest.mark.parametrize(
    "facts",
    [{"serves": {"BED": Content()}}, {"perimeter": NOR}, {"intake": True}, {"opens_on": D + DAY}],
    ids=["another class", "another region", "an intake", "not yet open"],
)
def test_a_candidate_lives_serves_the_class_covers_the_region_and_is_read(facts: dict[str, Any]) -> None:  # I-14
    assert statuses(ask(national(**facts), "ROR")) == {"F1": "BLOCKED"}


def test_the_consumer_s_own_interface_is_no_candidate() -> None:  # I-14
    assert statuses(ask(one_stop(interfaces=(iface("I-VT", "VT", "OFFER"),)), "ROR")) == {"F1": "BLOCKED"}


def test_a_candidate_s_application_holds_the_cell() -> None:  # I-14
    what = one_stop(applications=(nat(enters=(Entry("OFFER", NOR),)),), interfaces=(iface("I-NAT", "NAT", "OFFER"), iface("I-IN", "NAT", intake=True)))
    fed = replace(what, flows=(*what.flows, flow("FEED", "ROR", "I-IN", "OFFER", feed=True)))
    assert statuses(ask(fed, "ROR"))["F1"] == "BLOCKED"


def test_later_openings_and_known_ends_are_named() -> None:  # I-14
    ends, opens = date(2026, 12, 1), date(2026, 9, 1)
    what = one_stop(applications=(nat(),), interfaces=(iface("I-1", "NAT", "OFFER", ends_on=ends), iface("I-2", "NAT", "OFFER", opens_on=opens)))
    verdict = flow_verdict(ask(what, "ROR"), "F1")
    assert (verdict.use, verdict.known_ends, verdict.opens_later) == (("I-1",), (("I-1", ends),), (("I-2", opens),))


def test_flows_further_on_get_a_verdict_only_if_their_source_stays_lost() -> None:  # I-14
    chain = inventory(
        (ror(), nat(), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-A", "A", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "A", "I-ROR", "OFFER", "BED"), flow("F2", "B", "I-A", "OFFER"), flow("F3", "B", "I-A", "BED")),
    )
    assert statuses(ask(chain, "ROR")) == {"F1": "PARTIAL", "F3": "BLOCKED"}


def test_needs_are_judged_one_by_one_and_candidates_share_a_flow() -> None:  # I-15
    what = inventory(
        (ror(), nat("OFFER", "BED"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-1", "NAT", "OFFER"), iface("I-2", "NAT", "BED")),
        (flow("F1", "VT", "I-ROR", "OFFER", "BED"),),
    )
    verdict = flow_verdict(ask(what, "ROR"), "F1")
    assert (verdict.status, verdict.use) == ("SWITCH", ("I-1", "I-2"))


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ({"carries": {"OFFER": Content()}}, "READY"),
        ({"carries": {"OFFER": SOME}}, "SWITCH"),
        ({"carries": {}}, "SWITCH"),
        ({"carries": {"OFFER": Content()}, "perimeter": NOR}, "SWITCH"),
    ],
    ids=["the same", "fewer attributes", "no class declared", "another region"],
)
def test_a_flow_is_ready_when_other_live_flows_keep_class_attributes_and_region(second: dict[str, Any], status: str) -> None:  # I-15
    what = national(perimeter=BOTH)
    assert statuses(ask(replace(what, flows=(*what.flows, flow("F2", "VT", "I-NAT", **second))), "ROR")) == {"F1": status}


def test_a_flow_that_is_served_in_part_names_class_region_and_attributes() -> None:  # I-15
    what = inventory(
        (ror(perimeter=BOTH), nat(), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", "BED", perimeter=BOTH), iface("I-NAT", "NAT", serves={"OFFER": SOME})),
        (flow("F1", "VT", "I-ROR", carries={"OFFER": Content(frozenset({"name", "phone"})), "BED": Content()}),),
    )
    verdict = flow_verdict(ask(what, "ROR"), "F1")
    assert (verdict.status, verdict.missing, verdict.missing_attributes) == (
        "PARTIAL", ("BED@IDF", "BED@NOR", "OFFER@IDF", "OFFER@NOR"), ("OFFER@IDF.phone",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("interface", "consumer", "gaps"),
    [
        ({"trust_circle": "X"}, {}, ("TRUST_CIRCLE",)),
        ({"trust_circle": None}, {}, ("TRUST_CIRCLE",)),
        ({"trust_circle": "NONE"}, {"access_profile": None, "perimeter": NOR}, ()),
        ({}, {"access_profile": None}, ("PROFILE",)),
        ({}, {"perimeter": NOR}, ("PERIMETER",)),
        ({}, {"perimeter": None}, ("PERIMETER",)),
        ({"standard": "CSV"}, {}, ("STANDARD",)),
        ({"version": "4.0"}, {}, ("STANDARD",)),
        ({"version": "3.1"}, {}, ()),
        ({"security": "OAUTH"}, {}, ("SECURITY",)),
    ],
)
def test_a_gap_is_named(interface: dict[str, Any], consumer: dict[str, Any], gaps: tuple[str, ...]) -> None:  # I-16
    what = replace(national(**interface), applications=(ror(), nat(), app("VT", **consumer)))
    assert flow_verdict(ask(what, "ROR"), "F1").gaps == gaps


@pytest.mark.parametrize(("profile", "gaps"), [(0, ("PROFILE",)), (1, ()), (2, ()), (3, ("PROFILE",)), (4, ()), (5, ("PROFILE",))])
def test_a_profile_is_compared_by_class(profile: int, gaps: tuple[str, ...]) -> None:  # I-16
    what = inventory(
        (ror(), nat("BED"), app("VT", access_profile=profile)),
        (iface("I-ROR", "ROR", "BED"), iface("I-NAT", "NAT", "BED")),
        (flow("F1", "VT", "I-ROR", "BED"),),
    )
    assert flow_verdict(ask(what, "ROR"), "F1").gaps == gaps


def test_a_candidate_whose_source_comes_back_by_another_move_waits_for_it() -> None:  # I-16
    what = inventory(
        (ror(), nat(perimeter=NATIONAL), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-A", "A", "OFFER"), iface("I-NAT", "NAT", "OFFER", trust_circle="X", standard="CSV")),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "B", "I-ROR", "OFFER")),
    )
    impact = ask(what, "ROR")
    assert (flow_verdict(impact, "F2").use, flow_verdict(impact, "F2").gaps) == (("I-A",), ("SOURCE_FIRST",))
    assert {node.code: node.waits_for for node in impact.applications} == {"A": (), "B": ("A",)}


def test_a_flow_without_class_is_prepared_even_where_all_it_may_carry_is_kept() -> None:  # I-16
    what = national()
    flows = (flow("F1", "VT", "I-ROR"), flow("F2", "VT", "I-NAT", "OFFER"))
    verdict = flow_verdict(ask(replace(what, flows=flows), "ROR"), "F1")
    assert (verdict.status, verdict.gaps) == ("PREPARE", ("DATA_CLASS_UNKNOWN",))


@pytest.mark.parametrize(
    ("carried", "called", "status"),
    [
        (SOME, Content(), "SWITCH"),
        (Content(), SOME, "SWITCH"),
        (Content(), Content(), "PARTIAL"),
    ],
    ids=["the flow's", "else its interface's", "else all"],
)
def test_attributes_needed_are_the_flow_s_else_its_interface_s_else_all(carried: Content, called: Content, status: str) -> None:  # I-17
    what = inventory(
        (ror(), nat(), app("VT")),
        (iface("I-ROR", "ROR", serves={"OFFER": called}), iface("I-NAT", "NAT", serves={"OFFER": SOME})),
        (flow("F1", "VT", "I-ROR", carries={"OFFER": carried}),),
    )
    assert statuses(ask(what, "ROR")) == {"F1": status}


@pytest.mark.parametrize(
    ("coverage", "status"),
    [(None, "SWITCH"), ({"OFFER": None}, "SWITCH"), ({"OFFER": frozenset({"name"})}, "PARTIAL"), ({"BED": None}, "BLOCKED")],
    ids=["not stated", "all of it", "some attributes", "another class"],
)
def test_what_is_offered_is_the_narrower_of_serves_and_coverage(coverage: Any, status: str) -> None:  # I-17
    called = iface("I-ROR", "ROR", "OFFER", replaced_by=(Replacement("I-NAT", coverage),))
    what = inventory((ror(), nat(), app("VT")), (called, iface("I-NAT", "NAT", "OFFER")), (flow("F1", "VT", "I-ROR", "OFFER"),))
    assert statuses(ask(what, "ROR")) == {"F1": status}


@pytest.mark.parametrize(("used", "status"), [(None, "PARTIAL"), (True, "PARTIAL"), (False, "SWITCH")])
def test_a_regional_extension_is_one_attribute_more_unless_the_flow_says_no(used: bool | None, status: str) -> None:  # I-17
    what = inventory(
        (ror(), nat(), app("VT")),
        (iface("I-ROR", "ROR", serves={"OFFER": Content(regional_extension=True)}), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", carries={"OFFER": Content(regional_extension=used)}),),
    )
    assert statuses(ask(what, "ROR")) == {"F1": status}


@pytest.mark.parametrize(
    ("first", "second", "replaced", "best"),
    [
        ({"serves": {"OFFER": SOME}}, {"trust_circle": "X"}, (), "I-2"),
        ({"trust_circle": "X"}, {}, (), "I-2"),
        ({}, {}, ("I-2",), "I-2"),
        ({}, {}, (), "I-1"),
    ],
    ids=["fewest missing attributes", "then fewest gaps", "then a replacement", "then the code"],
)
def test_the_best_candidate(first: dict[str, Any], second: dict[str, Any], replaced: tuple[str, ...], best: str) -> None:  # I-18
    called = iface("I-ROR", "ROR", "OFFER", replaced_by=tuple(Replacement(code) for code in replaced))
    what = inventory(
        (ror(), nat(), app("VT")),
        (called, iface("I-1", "NAT", "OFFER", **first), iface("I-2", "NAT", "OFFER", **second)),
        (flow("F1", "VT", "I-ROR", "OFFER"),),
    )
    assert flow_verdict(ask(what, "ROR"), "F1").use == (best,)


def test_a_live_flow_of_the_same_application_that_waits_for_its_source_competes() -> None:  # I-18
    what = inventory(
        (ror(), nat(), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-A", "A", "OFFER"), iface("I-NAT", "NAT", "OFFER", trust_circle="X", standard="CSV")),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "B", "I-ROR", "OFFER"), flow("F3", "B", "I-A", "OFFER")),
    )
    verdict = flow_verdict(ask(what, "ROR"), "F2")
    assert (verdict.status, verdict.use, verdict.gaps) == ("PREPARE", ("I-A",), ("SOURCE_FIRST",))


def intake(*more: Any, flows: Any = ()) -> Inventory:
    """TOOL feeds ROR; NAT takes the same."""
    return inventory(
        (ror(), nat("BED"), app("TOOL", access_profile=None)),
        (iface("I-IN", "ROR", "BED", intake=True), iface("I-NAT-IN", "NAT", "BED", intake=True), *more),
        (flow("FEED", "TOOL", "I-IN", "BED", feed=True), *flows),
    )


def test_a_feed_is_judged_on_its_outlet_and_needs_no_profile() -> None:  # I-16, I-19
    impact = ask(intake(), "ROR")
    assert (statuses(impact), flow_verdict(impact, "FEED").use, items(impact)) == (
        {"FEED": "SWITCH"}, ("I-NAT-IN",), {"ROR/NO_USAGE@IDF": "RUPTURE", "TOOL/FEEDING@IDF": "TO_MIGRATE"},
    )  # fmt: skip


def test_a_feed_is_ready_when_the_caller_already_feeds_another_intake() -> None:  # I-19
    assert statuses(ask(intake(flows=(flow("FEED2", "TOOL", "I-NAT-IN", "BED", feed=True),)), "ROR")) == {"FEED": "READY"}


def fed_twice(*second: str) -> Inventory:
    """TOOL and TOOL2 feed ROR with beds; TOOL2 reads what it feeds from OLD, which NAT can replace."""
    return inventory(
        (ror(enters=(Entry("OFFER", IDF),)), nat("BED"), app("TOOL"), app("TOOL2"), app("OLD")),
        (iface("I-IN", "ROR", "BED", intake=True), iface("I-OLD", "OLD", "BED"), iface("I-NAT", "NAT", "BED")),
        (flow("FEED", "TOOL", "I-IN", "BED", feed=True), flow("FEED2", "TOOL2", "I-IN", "BED", feed=True), flow("F3", "TOOL2", "I-OLD", "BED")),
    )


@pytest.mark.parametrize(("stops", "status"), [(("TOOL",), "READY"), (("TOOL", "OLD"), "PREPARE"), (("TOOL", "TOOL2"), "BLOCKED")])
def test_a_feed_whose_caller_stops_is_judged_on_its_receiver(stops: tuple[str, ...], status: str) -> None:  # I-19
    what = fed_twice()
    if status == "BLOCKED":
        what = replace(what, interfaces=what.interfaces[:2])
    assert statuses(ask(what, *stops))["FEED"] == status


def test_a_feed_whose_source_is_lost_gets_no_verdict() -> None:  # I-14
    what = inventory(
        (ror(enters=(Entry("OFFER", IDF),)), app("OLD"), app("TOOL")),
        (iface("I-IN", "ROR", "BED", intake=True), iface("I-OLD", "OLD", "BED")),
        (flow("F1", "TOOL", "I-OLD", "BED"), flow("FEED", "TOOL", "I-IN", "BED", feed=True)),
    )
    impact = ask(what, "OLD")
    assert (statuses(impact), severities(impact.applications)) == ({"F1": "BLOCKED"}, {"ROR": "RUPTURE", "TOOL": "DEGRADED"})


def test_a_need_is_part_where_its_supplier_s_is() -> None:  # I-20
    chain = inventory(
        (ror(), nat(), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-A", "A", "OFFER"), iface("I-NAT", "NAT", serves={"OFFER": SOME}, trust_circle="X")),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "B", "I-A", "OFFER")),
    )
    impact = ask(chain, "ROR")
    assert (statuses(impact), severities(impact.applications)) == ({"F1": "PARTIAL", "F2": "PARTIAL"}, {"A": "DEGRADED", "B": "DEGRADED"})


def test_a_planned_switch_keeps_the_need() -> None:  # I-20
    impact = ask(national(), "ROR", actions=[SwitchFlow("F1", "I-NAT", D)])
    assert (flow_verdict(impact, "F1").use, severities(impact.applications)) == (("F1>I-NAT",), {"VT": "INFORMED"})
