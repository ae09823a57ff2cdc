"""The verdict through time (I-31): each day of a moment has the answer of a question evaluated on that day."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.impact.analysis import decommissioning_impact
from graph.impact.inventory import Inventory
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, OpenInterface, SwitchFlow, Target
from graph.impact.severity import Severity
from graph.impact.timeline import Event, Timeline, What, through_time
from tests.impact.small import D, J, app, flow, iface, inventory, nat, ror
from tests.impact.strategies import inventories

DAY = timedelta(days=1)


def timeline(what: Inventory, *targets: Target, until: date | None = None) -> Timeline:
    return through_time(Projection(what), DecommissioningInput(J, targets), until)


def later(opens: date) -> Inventory:
    """A consumer of a regional ROR, and a national interface that opens on a day."""
    return inventory(
        (ror(), nat(), app("VT")),
        (iface("I-ROR", "ROR", "OFFER"), iface("I-NAT", "NAT", "OFFER", opens_on=opens)),
        (flow("F1", "VT", "I-ROR", "OFFER"),),
    )


def test_a_rupture_lasts_from_the_stop_until_a_replacement_opens() -> None:
    found = timeline(later(D + 30 * DAY), Target("ROR", D))
    assert [(one.since, one.until, one.ruptures) for one in found.moments] == [
        (J, D, ()),
        (D, D + 30 * DAY, ("VT/ORIENT@IDF",)),
        (D + 30 * DAY, None, ()),
    ]
    assert [event for one in found.moments for event in one.events] == [Event(D, What.STOPS, "ROR"), Event(D + 30 * DAY, What.BEGINS, "I-NAT")]
    assert (found.first_rupture, found.last_lifted, found.safe_from) == (D, D + 30 * DAY, D + 30 * DAY)


def test_what_breaks_to_the_end_is_never_safe_and_what_never_breaks_is_safe_from_the_stop() -> None:
    alone = inventory((ror(), app("VT")), (iface("I-ROR", "ROR", "OFFER"),), (flow("F1", "VT", "I-ROR", "OFFER"),))
    stays = timeline(alone, Target("ROR", D))
    assert (stays.first_rupture, stays.last_lifted, stays.safe_from) == (D, None, None)
    ready = timeline(later(J), Target("ROR", D))
    assert (ready.first_rupture, ready.last_lifted, ready.safe_from) == (None, None, D)


def test_actions_count_from_their_day() -> None:
    what, new = later(D + 90 * DAY), iface("I-NEW", "NAT", "OFFER")
    opened = DecommissioningInput(J, (Target("ROR", D),), (OpenInterface(new, D + 10 * DAY), SwitchFlow("F1", "I-NEW", D + 20 * DAY)))
    found = through_time(Projection(what), opened)
    assert [(one.since, [event.code for event in one.events], bool(one.ruptures)) for one in found.moments[:3]] == [
        (J, [], False), (D, ["ROR"], True), (D + 10 * DAY, ["I-NEW"], False),
    ]  # fmt: skip


def test_a_horizon_ends_the_moments_and_one_before_the_analysis_is_refused() -> None:
    found = timeline(later(D + 30 * DAY), Target("ROR", D), until=D + DAY)
    assert (found.until, found.moments[-1].since, found.safe_from) == (D + DAY, D, None)
    with pytest.raises(BadInput, match="until: 2026-01-14 is before the day of analysis, 2026-01-15"):
        timeline(later(D), Target("ROR", D), until=J - DAY)


@st.composite
def stops(draw: st.DrawFn) -> tuple[Inventory, tuple[Target, ...]]:
    what = draw(inventories())
    codes = st.sampled_from([*(item.code for item in what.applications), *(item.code for item in what.interfaces)])
    dates = st.sampled_from([J + DAY, D - DAY, D, D + DAY])
    return what, tuple(draw(st.lists(st.builds(Target, codes, dates), min_size=1, max_size=2)))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(stops(), st.lists(st.integers(0, 175), min_size=1, max_size=4))
def test_every_day_has_the_verdict_of_its_moment(asked: tuple[Inventory, tuple[Target, ...]], days: list[int]) -> None:
    projection, question = Projection(asked[0]), DecommissioningInput(J, asked[1])
    found = through_time(projection, question, J + 175 * DAY)
    for day in (J + number * DAY for number in days):
        moment = next(one for one in reversed(found.moments) if one.since <= day)
        impact = decommissioning_impact(projection, replace(question, evaluated_on=day))
        items, flows = Counter(item.severity for item in impact.items), Counter(one.status for one in impact.flows)
        broken = tuple(sorted(f"{one.application}/{one.usage}@{one.territory}" for one in impact.items if one.severity is Severity.RUPTURE))
        assert (moment.score, moment.national, moment.by_territory) == (impact.score.value, impact.score.national, impact.score.by_territory)
        assert (dict(moment.items), dict(moment.flows), moment.ruptures) == (items, flows, broken)
