"""Rules I-21 to I-27, I-32 and I-33 of docs/impact.md, each by a small inventory."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from graph.impact.inventory import NATIONAL, Content, Entry, Evidence, Inventory, Pathway, Replacement, SourceAge, Step, Support, Usage
from graph.impact.question import Target
from tests.impact.small import IDF, NOR, D, J, app, ask, flow, flow_verdict, iface, inventory, items, nat, one_stop, ror, severities

DAY = timedelta(days=1)
BOTH = frozenset({"IDF", "NOR"})
SOME = Content(frozenset({"name"}))


def readers(*lost: str, kept: tuple[str, ...] = (), usages: tuple[Usage, ...], pathways: tuple[Pathway, ...] = (), criticality: int = 1) -> Inventory:
    """One application a usage: those of `lost` read ROR, which stops, those of `kept` read NAT."""
    return inventory(
        (ror(), nat(), *(app(f"A-{u}", criticality=criticality) for u in (*lost, *kept))),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER", serves={"OFFER": Content()}, intake=False, opens_on=None)),
        (
            *(flow(f"F-{u}", f"A-{u}", "I-ROR", "OFFER", "BED", for_usage=(u,)) for u in lost),
            *(flow(f"F-{u}", f"A-{u}", "I-NAT", "OFFER", for_usage=(u,)) for u in kept),
        ),
        usages=usages,
        pathways=pathways,
    )


def needing(code: str, *supports: Support) -> Usage:
    """A usage that cannot do without BED."""
    return Usage(code, needs={"BED": True, "OFFER": False}, supports=supports)


def test_an_item_is_an_application_a_usage_and_a_territory_of_deployment() -> None:  # I-21
    what = inventory(
        (ror(perimeter=BOTH), app("VT", deployed_in=BOTH)),
        (iface("I-ROR", "ROR", "OFFER", perimeter=BOTH),),
        (flow("F1", "VT", "I-ROR", "OFFER", for_usage=("ORIENT", "OTHER")),),
    )
    assert list(items(ask(what, "ROR"))) == ["VT/ORIENT@IDF", "VT/ORIENT@NOR", "VT/OTHER@IDF", "VT/OTHER@NOR"]


def test_what_comes_without_usage_is_another_item() -> None:  # I-21
    assert items(ask(one_stop(for_usage=()), "ROR")) == {"VT/NO_USAGE@IDF": "RUPTURE"}


def test_a_territory_has_the_needs_about_regions_where_the_application_is_not_deployed() -> None:  # I-21
    what = inventory((ror(perimeter=NOR), app("VT")), (iface("I-ROR", "ROR", "OFFER", perimeter=NOR),), (flow("F1", "VT", "I-ROR", "OFFER"),))
    assert items(ask(what, "ROR")) == {"VT/ORIENT@IDF": "RUPTURE"}


def test_needs_about_other_regions_do_not_rupture_where_there_are_some_about_the_territory() -> None:  # I-21
    what = inventory(
        (ror("R1"), ror("R2", perimeter=NOR), app("VT")),
        (iface("I-1", "R1", "OFFER"), iface("I-2", "R2", "OFFER", perimeter=NOR)),
        (flow("F1", "VT", "I-1", "OFFER"), flow("F2", "VT", "I-2", "OFFER")),
    )
    assert [items(ask(what, stop)) for stop in ("R1", "R2")] == [{"VT/ORIENT@IDF": "RUPTURE"}, {"VT/ORIENT@IDF": "DEGRADED"}]


@pytest.mark.parametrize(("usage", "severity"), [("ORIENT", "DEGRADED"), ("OTHER", "RUPTURE")])
def test_essential_classes_are_those_of_needs_and_by_default_all(usage: str, severity: str) -> None:  # I-21
    what = inventory(
        (ror(), nat(), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER", "BED", for_usage=(usage,)),),
    )
    assert items(ask(what, "ROR")) == {f"VT/{usage}@IDF": severity}


def test_the_items_of_an_application_that_stops_are_in_rupture() -> None:  # I-21
    impact = ask(one_stop(), "VT")
    assert (items(impact), impact.applications[0].witness, severities(impact.usages)) == ({"VT/ORIENT@IDF": "RUPTURE"}, ("VT",), {"ORIENT": "RUPTURE"})


def test_missing_attributes_degrade() -> None:  # I-21
    what = one_stop(applications=(nat(),), interfaces=(iface("I-NAT", "NAT", serves={"OFFER": SOME}),))
    assert items(ask(what, "ROR")) == {"VT/ORIENT@IDF": "DEGRADED"}


def test_an_application_is_as_its_worst_item_and_names_the_territory() -> None:  # I-22
    what = inventory(
        (ror("R1", perimeter=NOR), nat(), app("VT", deployed_in=BOTH)),
        (iface("I-1", "R1", "OFFER", perimeter=BOTH), iface("I-NAT", "NAT", "OFFER", perimeter=IDF)),
        (flow("F1", "VT", "I-1", "OFFER"),),
    )
    node = ask(what, "R1").applications[0]
    assert (node.severity, [(t.territory, t.severity) for t in node.territories]) == ("RUPTURE", [("IDF", "TO_MIGRATE"), ("NOR", "RUPTURE")])


@pytest.mark.parametrize(("kept", "severity"), [((), "RUPTURE"), (("U",), "DEGRADED")])
def test_a_usage_is_in_rupture_if_all_its_items_are(kept: tuple[str, ...], severity: str) -> None:  # I-22
    what = one_stop(
        applications=(nat(), app("VT2")),
        interfaces=(iface("I-NAT", "NAT", "BED"),),
        flows=(flow("F2", "VT2", "I-NAT", "BED"),) if kept else (),
    )
    assert severities(ask(what, "ROR").usages) == {"ORIENT": severity}


def test_feeds_are_no_support_of_a_usage() -> None:  # I-22
    what = inventory(
        (ror(), app("TOOL")), (iface("I-IN", "ROR", "BED", intake=True),), (flow("FEED", "TOOL", "I-IN", "BED", feed=True, for_usage=("ORIENT",)),)
    )
    impact = ask(what, "TOOL")
    assert (items(impact), impact.usages) == ({"TOOL/FEEDING@IDF": "RUPTURE", "ROR/NO_USAGE@IDF": "RUPTURE"}, ())


FORK = Pathway("P", steps=(Step("S1", next=("S2", "S3")), Step("S2"), Step("S3")))


@pytest.mark.parametrize(
    ("lost", "kept", "steps", "pathway"),
    [
        (("U1",), (), {"S1": "RUPTURE"}, "RUPTURE"),
        (("U2",), (), {"S2": "RUPTURE"}, "DEGRADED"),
        (("U2", "U3"), (), {"S2": "RUPTURE", "S3": "RUPTURE"}, "RUPTURE"),
        (("U2",), ("V2",), {"S2": "DEGRADED"}, "DEGRADED"),
        (("W",), (), {}, "RUPTURE"),
    ],
    ids=["a step that all ways meet", "a way around", "no way around", "another usage supports the step", "a direct usage"],
)
def test_steps_and_pathways(lost: tuple[str, ...], kept: tuple[str, ...], steps: dict[str, str], pathway: str) -> None:  # I-23
    usages = (
        *(needing(f"U{i}", Support("P", f"S{i}")) for i in (1, 2, 3)), needing("V2", Support("P", "S2")), needing("W", Support("P")),
    )  # fmt: skip
    impact = ask(readers(*lost, kept=kept, usages=usages, pathways=(FORK,)), "ROR")
    assert (severities(impact.steps), severities(impact.pathways)) == (steps, {"P": pathway})


@pytest.mark.parametrize(
    ("criticality", "kept", "severity"),
    [(3, ("U2",), "RUPTURE"), (2, ("U2",), "DEGRADED"), (2, (), "RUPTURE")],
    ids=["a critical usage", "another usage", "all usages"],
)
def test_a_territory_is_in_rupture_if_a_critical_usage_or_all_usages_are(criticality: int, kept: tuple[str, ...], severity: str) -> None:  # I-24
    what = readers("U1", kept=kept, usages=(needing("U1"), needing("U2")), criticality=criticality)
    assert severities(ask(what, "ROR").territories) == {"IDF": severity}


def test_the_witness_carries_the_severity() -> None:  # I-25
    what = inventory(
        (ror(), nat(), app("MID"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER"), iface("I-MID", "MID", "BED")),
        (flow("F1", "VT", "I-ROR", "OFFER", for_usage=("OTHER",)), flow("F2", "MID", "I-ROR", "BED"), flow("F3", "VT", "I-MID", "BED", for_usage=("OTHER",))),
    )
    node = next(node for node in ask(what, "ROR").applications if node.code == "VT")
    assert (node.severity, node.depth, node.witness) == ("RUPTURE", 3, ("ROR", "I-ROR", "F2", "MID", "I-MID", "F3", "VT"))


@pytest.mark.parametrize(("second", "flow_code"), [(Evidence.DECLARED, "F2"), (Evidence.OBSERVED, "F1")])
def test_among_shortest_paths_the_strongest_evidence_then_the_code(second: Evidence, flow_code: str) -> None:  # I-25
    first = Evidence.INFERRED if second is Evidence.DECLARED else Evidence.OBSERVED
    what = one_stop(evidence=first, flows=(flow("F2", "VT", "I-ROR", "OFFER", evidence=second),))
    assert ask(what, "ROR").applications[0].witness == ("ROR", "I-ROR", flow_code, "VT")


def test_a_diamond_takes_the_first_code() -> None:  # I-25
    what = inventory(
        (ror(), app("A"), app("B"), app("C")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-A", "A", "OFFER"), iface("I-B", "B", "OFFER")),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "B", "I-ROR", "OFFER"), flow("F3", "C", "I-A", "OFFER"), flow("F4", "C", "I-B", "OFFER")),
    )
    node = next(node for node in ask(what, "ROR").applications if node.code == "C")
    assert (node.severity, node.witness) == ("RUPTURE", ("ROR", "I-ROR", "F1", "A", "I-A", "F3", "C"))


def test_the_score_weighs_items_by_criticality_and_share_and_rounds_down() -> None:  # I-26
    what = one_stop(
        applications=(nat(), app("B", criticality=1), app("C", criticality=None)),
        interfaces=(iface("I-NAT", "NAT", "BED"),),
        flows=(flow("F2", "B", "I-NAT", "BED"), flow("F3", "C", "I-NAT", "BED"), flow("F4", "B", "I-NAT", "BED", criticality=2, for_usage=("OTHER",))),
    )
    impact = ask(what, "ROR")
    assert impact.score.by_territory == (("IDF", 36.3),)
    assert sorted((c.application, c.usage, c.weight, c.share) for c in impact.score.contributions) == [
        ("B", "ORIENT", 1, 0.0), ("B", "OTHER", 2, 0.0), ("C", "ORIENT", 4, 0.0), ("VT", "ORIENT", 4, 1.0),
    ]  # fmt: skip
    assert impact.unknowns.criticality_by_default == ("C/ORIENT",)


def test_the_value_is_the_highest_territory_and_the_national_score_is_of_all() -> None:  # I-26
    what = one_stop(applications=(nat(), app("B", deployed_in=NOR)), interfaces=(iface("I-NAT", "NAT", "BED"),), flows=(flow("F2", "B", "I-NAT", "BED"),))
    score = ask(what, "ROR").score
    assert (score.value, score.national, score.by_territory) == (100.0, 50.0, (("IDF", 100.0), ("NOR", 0.0)))


@pytest.mark.parametrize(("called", "value"), [(False, 100.0), (True, 0.0)])
def test_items_without_usage_count_if_nobody_calls_the_application(called: bool, value: float) -> None:  # I-26
    interfaces, flows = ((iface("I-VT", "VT", "BED"),), (flow("F2", "B", "I-VT", "BED"),)) if called else ((), ())
    assert ask(one_stop(for_usage=(), applications=(app("B"),), interfaces=interfaces, flows=flows), "ROR").score.value == value


def test_what_is_untouched_scores_nothing() -> None:  # I-27
    assert ask(one_stop(applications=(app("ALONE"),)), "ALONE").score.value == 0.0


def test_an_earlier_stop_of_an_interface_spares_no_flow() -> None:  # I-12, I-27
    what = one_stop(starts_on=D - 9 * DAY)
    earlier = Target("I-ROR", D - 30 * DAY)
    assert [items(ask(what, *stops)) for stops in (("ROR",), ("ROR", earlier))] == [{"VT/ORIENT@IDF": "RUPTURE"}] * 2


def test_one_more_target_gives_nobody_back_what_it_had_lost_by_itself() -> None:  # I-14, I-27
    uncovered = (Replacement("I-NAT", {"BED": None}),)
    what = inventory(
        (ror(), nat(), ror("R2"), app("MID"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", replaced_by=uncovered), iface("I-R2", "R2"), iface("I-MID", "MID", "OFFER"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER"), flow("F2", "VT", "I-MID", "OFFER"), flow("F3", "MID", "I-R2", "OFFER", ends_on=D - DAY)),
    )
    second = Target("R2", D - 9 * DAY)
    assert [items(ask(what, *stops))["VT/ORIENT@IDF"] for stops in (("ROR",), ("ROR", second))] == ["RUPTURE", "RUPTURE"]


def test_a_stop_further_up_does_not_mend_what_was_only_part() -> None:  # I-20, I-27
    chain = inventory(
        (ror(), nat(), app("A"), app("B")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-A", "A", "OFFER"), iface("I-1", "NAT", serves={"OFFER": SOME}, perimeter=IDF)),
        (flow("F1", "A", "I-ROR", "OFFER"), flow("F2", "B", "I-A", "OFFER")),
    )
    assert [items(ask(chain, *stops))["B/ORIENT@IDF"] for stops in (("ROR",), ("ROR", "A"))] == ["DEGRADED", "DEGRADED"]


@pytest.mark.parametrize(
    ("facts", "confidence"),
    [
        ({"evidence": Evidence.OBSERVED, "evidence_date": J - 365 * DAY}, "observed"),
        ({"evidence": Evidence.OBSERVED, "evidence_date": J - 366 * DAY}, "declared"),
        ({"evidence": Evidence.DECLARED, "evidence_date": J - 366 * DAY}, "inferred"),
        ({"evidence": None}, "inferred"),
        ({"carries": {}}, "inferred"),
    ],
)
def test_evidence_is_one_lower_when_old_and_inferred_without_any_or_without_class(facts: dict[str, Any], confidence: str) -> None:  # I-32
    assert flow_verdict(ask(one_stop(**facts), "ROR"), "F1").confidence == confidence


@pytest.mark.parametrize(("enters", "confidence"), [((Entry("OFFER", NATIONAL),), "observed"), ((), "inferred")])
def test_a_rescue_by_a_presumed_source_is_inferred(enters: tuple[Entry, ...], confidence: str) -> None:  # I-32
    what = one_stop(applications=(nat(enters=enters),), interfaces=(iface("I-NAT", "NAT", "OFFER"),))
    assert flow_verdict(ask(what, "ROR"), "F1").confidence == confidence


@pytest.mark.parametrize(("usage", "confidence", "by_default"), [("ORIENT", "observed", ()), ("OTHER", "inferred", ("VT/OTHER@IDF",))])
def test_a_rupture_by_default_is_inferred_and_listed(usage: str, confidence: str, by_default: tuple[str, ...]) -> None:  # I-32
    impact = ask(one_stop(for_usage=(usage,)), "ROR")
    node = impact.applications[0]
    assert (node.confidence, node.rests_on_default, impact.unknowns.rupture_by_default) == (confidence, bool(by_default), by_default)


def test_what_is_not_known_is_always_listed() -> None:  # I-33
    what = one_stop(
        applications=(app("ALONE", deployed_in=frozenset()), nat(owner="ANS")),
        interfaces=(iface("I-END", "NAT", "BED", ends_on=D + DAY),),
        flows=(
            flow("F2", "VT", "I-END", "BED", for_usage=(), evidence_date=date(2024, 1, 1)),
            flow("F3", "VT", "I-ROR", evidence=None),
        ),
    )
    unknowns = ask(replace(what, sources=(SourceAge("inventory", J),), model_version="m1"), "ROR").unknowns
    assert {name: getattr(unknowns, name) for name in UNKNOWN} == UNKNOWN


UNKNOWN: dict[str, object] = {
    "examined": (
        ("applications", 4), ("interfaces", 2), ("flows", 3), ("usages", 2), ("pathways", 0), ("regions", 2), ("classes", 3),
        ("flows_of_the_reference", 3), ("flows_broken", 2), ("flows_with_a_verdict", 2),
    ),
    "applications_without_flow": ("ALONE",),
    "applications_without_deployment": ("ALONE",),
    "flows_without_class": ("F3",),
    "flows_without_usage": ("F2",),
    "stale_flows": ("F2",),
    "inferred_flows": ("F3",),
    "interfaces_without_owner": ("I-ROR",),
    "interfaces_ending_before_their_user": ("I-END",),
    "presumed_sources": ("NAT/BED@IDF", "ROR/OFFER@IDF"),
    "criticality_by_default": (),
    "rupture_by_default": (),
    "ended_by_themselves": (),
    "left_out": (),
    "sources": (SourceAge("inventory", J),),
    "model_version": "m1",
}  # fmt: skip
