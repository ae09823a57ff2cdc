"""Waves, blockers, effort, dates and actions that make things worse (I-29, I-30)."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.impact.analysis import judged
from graph.impact.inventory import NATIONAL, Entry, Inventory, Replacement
from graph.impact.plan import Blocker, Effort, Plan, plan
from graph.impact.plan_table import PlanView, plan_table
from graph.impact.projection import Projection
from graph.impact.question import Action, DecommissioningInput, Durations, OpenInterface, RetireApplication, SwitchFlow, Target
from graph.impact.relocations import Restorers, relocations
from graph.impact.rights import Gap
from graph.impact.severity import Severity
from tests.impact.small import D, J, app, flow, iface, inventory, nat, ror
from tests.impact.strategies import inventories

NOT_NAT = (Replacement("I-NAT", {}),)
DAYS = Durations(5, ((Gap.TRUST_CIRCLE, 30), (Gap.STANDARD, 20)))


def planned(what: Inventory, *targets: str, durations: Durations = DAYS, actions: tuple[Action, ...] = ()) -> Plan:
    stops = tuple(Target(code, D) for code in targets or ("ROR",))
    return plan(Projection(what), DecommissioningInput(J, stops, actions, durations=durations))


def in_waves(found: Plan) -> list[list[tuple[str, ...]]]:
    return [[group.applications for group in wave.groups] for wave in found.waves]


def chain(**facts: object) -> Inventory:
    """VT and SAS can only go to P, which goes to NAT; A goes to NAT itself. `facts` are those of I-NAT."""
    return inventory(
        (ror(), nat("OFFER", owner="ANS"), app("P", owner="GRADES"), app("VT", owner="CHU"), app("SAS"), app("A", deployed_in=frozenset({"NOR", "IDF"}))),
        (
            iface("I-ROR", "ROR", "OFFER"), iface("I-OLD", "ROR", "OFFER", replaced_by=NOT_NAT),
            iface("I-NAT", "NAT", "OFFER", **facts), iface("I-P", "P", "OFFER"),
        ),
        (flow("F-P", "P", "I-ROR", "OFFER"), flow("F-VT", "VT", "I-OLD", "OFFER"), flow("F-SAS", "SAS", "I-OLD", "OFFER"), flow("F-A", "A", "I-ROR", "OFFER")),
    )  # fmt: skip


def test_a_substitute_moves_before_those_who_move_to_it() -> None:
    found = planned(chain())
    assert in_waves(found) == [[("A",), ("P",)], [("SAS",), ("VT",)]]
    assert [group.after for wave in found.waves for group in wave.groups] == [(), (), ("P",), ("P",)]
    moves = [(number, move.flow, move.leaves, move.to, move.owner, move.to_owner, move.gaps) for number, move in found.moves]
    assert moves[1] == (1, "F-P", "I-ROR", "I-NAT", "GRADES", "ANS", ())
    assert moves[3] == (2, "F-VT", "I-OLD", "I-P", "CHU", "GRADES", (Gap.SOURCE_FIRST,))


def test_each_begins_when_those_before_it_have_moved_and_the_last_end_is_the_earliest_date() -> None:
    found = planned(chain())
    dates = {move.flow: (move.starts_on, move.days, move.ends_on) for _, move in found.moves}
    assert dates["F-P"] == dates["F-A"] == (J, 5, J + timedelta(days=5))
    assert dates["F-VT"] == dates["F-SAS"] == (J + timedelta(days=5), 5, J + timedelta(days=10))
    assert (found.earliest_feasible, found.lost_or_part, found.missing_durations) == (J + timedelta(days=10), (), ())
    assert [move.flow for move in found.critical_path] == ["F-P", "F-SAS"]
    assert [move.flow for _, move in found.moves if move.critical] == ["F-P", "F-SAS"]


def test_a_move_is_not_over_before_its_candidate_opens() -> None:
    opening = J + timedelta(days=60)
    found = planned(chain(opens_on=opening))
    moves = {move.flow: move for _, move in found.moves}
    assert (moves["F-P"].opens_on, moves["F-P"].ends_on, moves["F-VT"].ends_on) == (opening, opening, opening + timedelta(days=5))
    assert (moves["F-VT"].opens_on, found.earliest_feasible) == (None, opening + timedelta(days=5))


def test_the_gaps_of_the_next_wave_stand_in_the_way_with_their_owners() -> None:
    found = planned(chain(trust_circle="CLOSED", standard="CSV"))
    assert in_waves(found) == [[("P",)], [("A",), ("SAS",), ("VT",)]]  # A goes to P: one gap, not two
    assert found.blockers == tuple(Blocker(gap, "P", "GRADES", "F-P", "I-NAT", "ANS") for gap in (Gap.TRUST_CIRCLE, Gap.STANDARD))
    assert found.earliest_feasible == J + timedelta(days=5 + 30 + 20 + 5)


def test_the_effort_of_a_region_is_that_of_the_applications_that_count_there() -> None:
    found = planned(chain(trust_circle="CLOSED"))
    assert found.effort == (
        Effort("IDF", 4, 4, 80, 4),
        Effort("NOR", 1, 1, 35, 1),
        Effort(None, 4, 4, 80, 4),
    )


def test_without_all_durations_there_is_no_date_and_what_is_missing_is_named() -> None:
    found = planned(chain(trust_circle="CLOSED"), durations=Durations(None, ((Gap.STANDARD, 3),)))
    assert found.missing_durations == ("switch", "trust_circle")
    assert (found.earliest_feasible, found.critical_path, found.effort[0].days) == (None, (), None)
    assert {(move.days, move.starts_on, move.ends_on) for _, move in found.moves} == {(None, None, None)}
    assert in_waves(found) == [[("A",), ("P",)], [("SAS",), ("VT",)]]


def test_while_something_is_lost_there_is_no_earliest_date_but_the_moves_have_theirs() -> None:
    what = inventory(
        (ror(), nat("OFFER"), app("VT")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER")),
        (flow("F1", "VT", "I-ROR", "OFFER", "BED"),),
    )
    found = planned(what)
    assert (found.earliest_feasible, found.lost_or_part) == (None, ("VT/ORIENT@IDF",))
    assert [(move.flow, move.ends_on) for _, move in found.moves] == [("F1", J + timedelta(days=5))]


def test_applications_that_rely_on_one_another_move_together() -> None:
    """P brings OFFER back to Q and Q brings BED back to P: neither can be first."""
    what = inventory(
        (ror(), nat("OFFER", "BED"), app("P"), app("Q")),
        (
            iface("I-ROR", "ROR", "OFFER", "BED"),
            iface("I-OFFER", "ROR", "OFFER", replaced_by=NOT_NAT), iface("I-BED", "ROR", "BED", replaced_by=NOT_NAT),
            iface("I-NAT", "NAT", "OFFER", "BED"), iface("I-P", "P", "OFFER"), iface("I-Q", "Q", "BED"),
        ),
        (
            flow("F-P1", "P", "I-ROR", "OFFER"), flow("F-P2", "P", "I-BED", "BED"),
            flow("F-Q1", "Q", "I-ROR", "BED"), flow("F-Q2", "Q", "I-OFFER", "OFFER"),
        ),
    )  # fmt: skip
    found = planned(what)
    assert in_waves(found) == [[("P", "Q")]]
    assert found.waves[0].groups[0].ends_on == J + timedelta(days=5)


def test_who_waits_behind_an_application_that_only_passes_on_waits_for_the_one_that_moves() -> None:
    """M reads from P and moves nothing; VT goes to M: it waits for P."""
    what = inventory(
        (ror(), nat("OFFER"), app("P"), app("M"), app("VT")),
        (
            iface("I-ROR", "ROR", "OFFER"), iface("I-OLD", "ROR", "OFFER", replaced_by=(*NOT_NAT, Replacement("I-P", {}))),
            iface("I-NAT", "NAT", "OFFER"), iface("I-P", "P", "OFFER"), iface("I-M", "M", "OFFER"),
        ),
        (flow("F-P", "P", "I-ROR", "OFFER"), flow("F-M", "M", "I-P", "OFFER"), flow("F-VT", "VT", "I-OLD", "OFFER")),
    )  # fmt: skip
    found = planned(what)
    assert [[(group.applications, group.after) for group in wave.groups] for wave in found.waves] == [[(("P",), ())], [(("VT",), ("P",))]]


def test_nothing_to_move_is_done_on_the_day_of_analysis() -> None:
    found = planned(inventory((ror(), app("VT")), (iface("I-ROR", "ROR", "OFFER"),), ()), durations=Durations())
    assert (found.waves, found.earliest_feasible, found.effort) == ((), J, (Effort(None, 0, 0, 0, 0),))


def test_an_action_that_makes_things_worse_is_named_with_what_it_hits() -> None:
    what = chain()
    actions = (SwitchFlow("F-A", "I-NAT", J), RetireApplication("NAT", D))
    worse = planned(what, actions=actions).worse_actions
    assert [(one.place, one.action, one.object, one.better) for one in worse] == [("actions[1]", "retire", "NAT", 0)]
    assert {(change.application, change.a, change.b) for change in worse[0].worse} >= {("P", Severity.TO_MIGRATE, Severity.RUPTURE)}
    assert worse[0].score > worse[0].score_without


def test_without_an_interface_that_is_opened_what_uses_it_is_left_out_too() -> None:
    opened = iface("I-NEW", "P", "OFFER")
    actions = (OpenInterface(opened, J), SwitchFlow("F-A", "I-NEW", J))
    assert [one.place for one in planned(chain(), actions=actions).worse_actions] == []


def test_an_action_after_the_day_that_is_evaluated_is_not_looked_at() -> None:
    assert planned(chain(), actions=(RetireApplication("NAT", D + timedelta(days=1)),)).worse_actions == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(inventories(), st.data())
def test_every_move_is_planned_once_and_after_all_it_relies_on(what: Inventory, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from([item.code for item in what.applications]))
    projection = Projection(what)
    one = judged(projection, DecommissioningInput(J, (Target(code, D),)))
    found = planned(what, code, durations=Durations(3, tuple((gap, 7) for gap in Gap)))
    moves = relocations(one)
    told = [(move.flow, move.to) for _, move in found.moves]
    assert sorted(told) == sorted((what_of(projection, move.flow), one.overlay.interfaces[move.interface].source.code) for move in moves)
    wave = {code: (wave.number, group) for wave in found.waves for group in wave.groups for code in group.applications}
    for move in moves:
        mover = projection.applications[move.mover].source.code
        for before in Restorers(one).of(move.relies_on):
            other = projection.applications[before].source.code
            together = wave[other][1] is wave[mover][1]
            assert together or wave[other][0] < wave[mover][0]
            assert together or (wave[other][1].ends_on or date.max) <= (wave[mover][1].starts_on or date.min)


def what_of(projection: Projection, number: int) -> str:
    return projection.inventory.flows[number].code


def test_a_source_that_a_feed_restores_waits_for_the_feed() -> None:
    """SRC feeds P by an intake that stops and can feed it by another; VT goes to P, after SRC."""
    what = inventory(
        (ror(), app("SRC", enters=(Entry("OFFER", NATIONAL),)), app("P"), app("VT")),
        (
            iface("I-OLD", "ROR", "OFFER"), iface("IN-1", "P", "OFFER", intake=True), iface("IN-2", "P", "OFFER", intake=True), iface("I-P", "P", "OFFER"),
        ),
        (flow("F-SRC", "SRC", "IN-1", "OFFER", feed=True), flow("F-VT", "VT", "I-OLD", "OFFER")),
    )  # fmt: skip
    assert in_waves(planned(what, "ROR", "IN-1")) == [[("SRC",)], [("VT",)]]


def test_the_time_of_others_need_not_be_stated() -> None:
    assert Durations(5).missing_for([Gap.SOURCE_FIRST]) == ()
    assert Durations(5, ((Gap.SOURCE_FIRST, 2),)).of([Gap.SOURCE_FIRST]) == 7


def test_the_tables_say_what_the_plan_says() -> None:
    found = planned(chain(trust_circle="CLOSED"))
    tables = {view: plan_table(found, view) for view in PlanView}
    moves = tables[PlanView.MOVES]
    assert [dict(zip(moves.columns, row, strict=True))["flow"] for row in moves.rows] == [move.flow for _, move in found.moves]
    assert len(tables[PlanView.SWITCHES].rows) == len(found.fewest.switches)
    assert len(tables[PlanView.BLOCKERS].rows) == len(found.blockers)
    assert [row[0] for row in tables[PlanView.EFFORT].rows] == [effort.region for effort in found.effort]
    closed = planned(chain(), actions=(RetireApplication("NAT", D),))
    hit = "A/ORIENT@IDF, P/ORIENT@IDF, SAS/ORIENT@IDF, VT/ORIENT@IDF"
    assert plan_table(closed, PlanView.WORSE).rows == [["actions[0]", "retire", "NAT", "2026-06-30", hit, 0, 10.0, 100.0]]
    assert plan_table(closed, PlanView.LEFT).rows == [[code, "ORIENT", "IDF", "OFFER", False] for code in ("A", "P", "SAS", "VT")]
    assert plan_table(closed, PlanView.MOVES).notes[-1] == (
        "actions[0] (retire NAT) aggrave : 4 élément(s) touché(s) plus fort, 0 moins fort ; score 10.0 sans, 100.0 avec."
    )


def test_without_durations_the_table_says_what_to_state() -> None:
    fewest, undated = plan_table(planned(chain(), durations=Durations()), PlanView.MOVES).notes
    assert fewest.startswith("4 bascule(s) suffisent, sur 5 possible(s), à lever 4 rupture(s) sur 4 (2 écart(s)) ; minimum prouvé.")
    assert undated == "Pas de date : durées non indiquées (switch) ; voir durations dans le scénario."
