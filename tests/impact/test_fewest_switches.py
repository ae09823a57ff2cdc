"""The fewest switches that lift every RUPTURE that switches can lift (I-28)."""

import random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph.impact.analysis import Judged, judged
from graph.impact.fewest_switches import Alternative, FewestSwitches, RuptureLeft, fewest_switches
from graph.impact.inventory import NATIONAL, Entry, Inventory, Replacement, Usage
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Target
from graph.impact.rights import Gap
from graph.impact.severity import Severity
from tests.impact.plain_switches import all_pairs, fewest_by_trying, ruptures_with
from tests.impact.small import USAGES, D, J, app, flow, iface, inventory, nat, ror
from tests.impact.strategies import inventories

MOST_PAIRS = 9
NOT_NAT = (Replacement("I-NAT", {}), Replacement("I-NAT2", {}))
usual = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])


def judged_when(what: Inventory, *targets: str) -> Judged:
    return judged(Projection(what), DecommissioningInput(J, tuple(Target(code, D) for code in targets)))


def fewest(what: Inventory, *targets: str) -> FewestSwitches:
    return fewest_switches(judged_when(what, *targets))


def taken(found: FewestSwitches) -> list[tuple[str, str]]:
    return [(switch.flow, switch.to) for switch in found.switches]


def test_one_switch_of_a_platform_lifts_all_who_read_from_it() -> None:
    """P1 and P2 read BED, which their usage does not need; A needs it from P1, B and C from both: P1 alone is enough."""
    found = fewest(web({"A": ("P1",), "B": ("P1", "P2"), "C": ("P2", "P1")}), "ROR")
    assert (taken(found), found.possible, found.proved, found.at_least) == ([("F-P1", "I-NAT")], 2, True, 1)
    assert found.switches[0].lifts == ("A/NEEDS@IDF", "B/NEEDS@IDF", "C/NEEDS@IDF")
    assert (found.ruptures, found.lifted, found.left) == (3, ("A/NEEDS@IDF", "B/NEEDS@IDF", "C/NEEDS@IDF"), ())


def web(reads: dict[str, tuple[str, ...]]) -> Inventory:
    """Consumers that need BED from platforms, which read it from ROR for a usage that does not need it; only NAT states that it serves it."""
    platforms = sorted({platform for some in reads.values() for platform in some})
    return inventory(
        (ror(), nat("BED"), *(app(code) for code in (*platforms, *reads))),
        (iface("I-ROR", "ROR", "BED"), iface("I-NAT", "NAT", "BED"), *(iface(f"I-{code}", code) for code in platforms)),
        (
            *(flow(f"F-{code}", code, "I-ROR", "BED", for_usage=("USEFUL",)) for code in platforms),
            *(flow(f"F-{code}-{platform}", code, f"I-{platform}", "BED", for_usage=("NEEDS",)) for code, some in reads.items() for platform in some),
        ),
        usages=(Usage("NEEDS", needs={"BED": True}), Usage("USEFUL", needs={"BED": False})),
    )  # fmt: skip


def test_a_rupture_that_nothing_serves_stays_and_says_of_which_class() -> None:
    what = inventory(
        (ror(), nat("OFFER"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER", for_usage=("ORIENT",)), flow("F2", "VT", "I-ROR", "BED", for_usage=("OTHER",))),
    )
    found = fewest(what, "ROR")
    assert taken(found) == [("F1", "I-NAT")]
    assert found.left == (RuptureLeft("VT", "OTHER", "IDF", ("BED",)),)


def test_what_stops_itself_is_lifted_by_nothing() -> None:
    what = inventory((ror(), app("VT")), (iface("I-ROR", "ROR", "OFFER"),), (flow("F1", "VT", "I-ROR", "OFFER"),))
    found = fewest(what, "ROR", "VT")
    assert (taken(found), found.left, found.ruptures) == ([], (RuptureLeft("VT", "ORIENT", "IDF", ()),), 1)


def test_of_candidates_that_lift_the_same_the_one_with_fewer_gaps_is_taken_and_the_other_named() -> None:
    what = inventory(
        (ror(), nat("OFFER"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-A", "NAT", "OFFER", trust_circle="CLOSED"), iface("I-B", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER"),),
    )
    found = fewest(what, "ROR")
    assert (taken(found), found.gaps) == ([("F1", "I-B")], 0)
    assert found.switches[0].alternatives == (Alternative("F1", "I-A", (Gap.TRUST_CIRCLE,)),)


def test_of_two_flows_that_bring_an_essential_class_one_is_enough_and_the_first_by_code_is_taken() -> None:
    what = inventory(
        (ror(), ror("ROR2"), nat("OFFER"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-ROR2", "ROR2", "OFFER"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F2", "VT", "I-ROR", "OFFER"), flow("F1", "VT", "I-ROR2", "OFFER")),
    )
    found = fewest(what, "ROR", "ROR2")
    assert (taken(found), found.switches[0].alternatives) == ([("F1", "I-NAT")], (Alternative("F2", "I-NAT", ()),))


def test_a_feed_that_moves_lifts_its_caller() -> None:
    what = inventory(
        (ror(), nat(), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", intake=True), iface("I-NAT", "NAT", "OFFER", intake=True)),
        (flow("F1", "VT", "I-ROR", "OFFER", feed=True),),
    )
    found = fewest(what, "ROR")
    assert (taken(found), found.lifted) == ([("F1", "I-NAT")], ("VT/FEEDING@IDF",))


def test_what_comes_back_only_through_another_move_asks_for_both() -> None:
    """VT cannot go to NAT, which does not replace what it calls; it can go to P, once P has gone to NAT."""
    what = inventory(
        (ror(), nat("OFFER"), app("P"), app("VT")),
        (iface("I-NAT", "NAT", "OFFER"), iface("I-P", "P", "OFFER"), iface("I-ROR", "ROR", "OFFER"), iface("I-OLD", "ROR", "OFFER", replaced_by=NOT_NAT)),
        (flow("F-P", "P", "I-ROR", "OFFER", for_usage=("USEFUL",)), flow("F1", "VT", "I-OLD", "OFFER")),
        usages=(*USAGES, Usage("USEFUL", needs={"OFFER": False})),
    )
    found = fewest(what, "ROR")
    assert taken(found) == [("F-P", "I-NAT"), ("F1", "I-P")]
    assert [switch.lifts for switch in found.switches] == [("VT/ORIENT@IDF",), ("VT/ORIENT@IDF",)]
    assert (found.switches[1].gaps, found.gaps) == ((Gap.SOURCE_FIRST,), 1)


@usual
@given(inventories(), st.data())
def test_all_switches_leave_the_ruptures_of_the_verdict_and_the_fewest_are_those_of_all_sets_tried(what: Inventory, data: st.DataObject) -> None:
    codes = [*(item.code for item in what.applications), *(item.code for item in what.interfaces)]
    one = judged_when(what, *data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)))
    check(one)


def check(one: Judged) -> None:
    """The answer against all sets tried."""
    pairs = all_pairs(one)
    assume(len(pairs) <= MOST_PAIRS)
    verdict = {one.basis.items.name(item.slot, item.territory) for item in one.touched if item.severity is Severity.RUPTURE}
    assert ruptures_with(one, frozenset(pairs)) == verdict
    found = fewest_switches(one)
    assert {f"{left.application}/{left.usage}@{left.territory}" for left in found.left} == verdict
    assert set(found.lifted) == ruptures_with(one, frozenset()) - verdict
    assert (len(found.switches), found.gaps, taken(found)) == fewest_by_trying(one)
    assert (found.proved, found.at_least, found.possible) == (True, len(found.switches), len(pairs))
    for switch in found.switches:
        others = frozenset(taken(found)) - {(switch.flow, switch.to)}
        assert set(switch.lifts) == ruptures_with(one, others) - verdict
        would_do = {pair for pair in pairs.keys() - set(taken(found)) if ruptures_with(one, others | {pair}) == verdict}
        assert {(other.flow, other.to) for other in switch.alternatives} == would_do


@st.composite
def webs(draw: st.DrawFn) -> Inventory:
    """Three platforms in a chain or not, each with a choice of what to move to, read by up to four consumers that need what they bring."""
    platforms = ["P1", "P2", "P3"]
    reads = {f"C{n}": tuple(draw(st.sets(st.sampled_from(platforms), min_size=1))) for n in range(draw(st.integers(1, 4)))}
    circles = st.sampled_from(["NAT", "OTHER"])
    sources = [draw(st.sampled_from(["I-ROR", "I-OLD", *(f"I-{other}" for other in platforms[:place])])) for place in range(3)]
    return inventory(
        (ror(), nat("BED"), app("NAT2", enters=(Entry("BED", NATIONAL),)), *(app(code) for code in (*platforms, *reads))),
        (
            iface("I-ROR", "ROR", "BED"), iface("I-OLD", "ROR", "BED", replaced_by=NOT_NAT), iface("I-NAT", "NAT", "BED", trust_circle=draw(circles)),
            iface("I-NAT2", "NAT2", "BED", trust_circle=draw(circles), standard=draw(st.sampled_from(["FHIR_ME3", "CSV"]))),
            *(iface(f"I-{code}", code, "BED", trust_circle=draw(circles)) for code in platforms),
        ),
        (
            *(flow(f"F-{code}", code, source, "BED", for_usage=("USEFUL",)) for code, source in zip(platforms, sources, strict=True)),
            *(flow(f"F-{code}-{platform}", code, f"I-{platform}", "BED", for_usage=("NEEDS",)) for code, some in reads.items() for platform in some),
        ),
        usages=(Usage("NEEDS", needs={"BED": True}), Usage("USEFUL", needs={"BED": False})),
    )  # fmt: skip


@usual
@given(webs())
def test_shared_platforms_are_moved_as_few_as_can_be(what: Inventory) -> None:
    check(judged_when(what, "ROR"))


def test_sixty_switches_that_four_hundred_applications_share_are_proved() -> None:
    """Each application reads from two or three of sixty platforms; the proof says that no fewer do."""
    source = random.Random(28)
    platforms = [f"P{n:02}" for n in range(60)]
    found = fewest(web({f"A{n:03}": tuple(source.sample(platforms, source.randint(2, 3))) for n in range(400)}), "ROR")
    assert (found.possible, found.proved, found.at_least, len(found.lifted)) == (60, True, len(found.switches), 400)
