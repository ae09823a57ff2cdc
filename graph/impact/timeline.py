"""The verdict through time: at each day on which something changes between J and a horizon (docs/impact.md, I-31)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from graph.errors import BadInput
from graph.impact.analysis import Judged, judged
from graph.impact.collector import held_back
from graph.impact.judge import Status
from graph.impact.projection import ALWAYS, NEVER, Projection
from graph.impact.question import DecommissioningInput, RetireApplication, object_of
from graph.impact.score import scored
from graph.impact.severity import Severity


class What(StrEnum):
    """What happens on a day."""

    STOPS = "STOPS"
    ACTION = "ACTION"
    BEGINS = "BEGINS"
    ENDS = "ENDS"


@dataclass(frozen=True, slots=True)
class Event:
    """A change on a day: a target or retirement stops, an action is dated, an object of the inventory begins or ends (its first day without service)."""

    on: date
    what: What
    code: str


@dataclass(frozen=True, slots=True)
class Moment:
    """The verdict of every day from `since` until the day before `until` (None: from then on). `events`: what changed on `since`.

    `ruptures`: items, APPLICATION/USAGE@TERRITORY. `items`: counts by severity, the worst first; `flows`: by status, the best first.
    """

    since: date
    until: date | None
    events: tuple[Event, ...]
    score: float
    national: float
    by_territory: tuple[tuple[str, float], ...]
    ruptures: tuple[str, ...]
    items: tuple[tuple[Severity, int], ...]
    flows: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments in their order, one a change of the verdict. `first_rupture`: the first day of a RUPTURE.

    `last_lifted`: the first day without the last RUPTURE; None where there is none, or one stays to the end. `safe_from`: the earliest day from which
    on nothing is ever in RUPTURE, once all targets have stopped; None where one stays.
    """

    question: DecommissioningInput
    until: date
    moments: tuple[Moment, ...]
    first_rupture: date | None
    last_lifted: date | None
    safe_from: date | None


def through_time(projection: Projection, question: DecommissioningInput, until: date | None = None) -> Timeline:
    """The verdicts from J on. `until`: the last day that is looked at; by default the last on which anything changes.

    At each day the answer is that of the same question evaluated on that day; days on which the verdict stays the same are one moment.
    Raises BadInput for a horizon before J.
    """
    events = [event for event in _events(projection, question) if event.on > question.as_of]
    last = until or max([question.as_of, *(event.on for event in events)])
    if last < question.as_of:
        raise BadInput(f"until: {last} is before the day of analysis, {question.as_of}.")
    by_day: dict[date, list[Event]] = {question.as_of: []}
    for event in sorted(events, key=lambda one: (one.on, one.what, one.code)):
        if event.on <= last:
            by_day.setdefault(event.on, []).append(event)
    with held_back():
        moments = tuple(_merged(_moment(judged(projection, replace(question, evaluated_on=day)), day, some) for day, some in sorted(by_day.items())))
    return Timeline(question, last, moments, *_told(moments, max(target.date for target in question.targets)))


def _events(projection: Projection, question: DecommissioningInput) -> Iterator[Event]:
    yield from (Event(target.date, What.STOPS, target.code) for target in question.targets)
    yield from (Event(action.date, What.STOPS if isinstance(action, RetireApplication) else What.ACTION, object_of(action)) for action in question.actions)
    for code, start, end in _lives(projection):
        if ALWAYS < start < NEVER:
            yield Event(date.fromordinal(start), What.BEGINS, code)
        if ALWAYS < end < NEVER:
            yield Event(date.fromordinal(end), What.ENDS, code)


def _lives(projection: Projection) -> Iterator[tuple[str, int, int]]:
    """Code, first day and first day after the end of all that the inventory dates."""
    for application in projection.applications:
        yield application.source.code, application.start, application.end
        yield from ((f"{application.source.code}/{projection.names.classes[e.data_class]}", e.start, e.end) for e in application.entries)
    yield from ((interface.source.code, interface.start, interface.end) for interface in projection.interfaces)
    yield from ((flow.source.code, flow.start, flow.end) for flow in projection.flows)


def _moment(one: Judged, day: date, events: Sequence[Event]) -> Moment:
    totals = scored(one.basis.items, one.touched)
    severities = Counter(item.severity for item in one.touched)
    return Moment(
        since=day,
        until=None,
        events=tuple(events),
        score=totals.value,
        national=totals.national,
        by_territory=totals.by_territory,
        ruptures=tuple(one.ruptures()),
        items=tuple((severity, severities[severity]) for severity in Severity if severities[severity]),
        flows=one.by_status,
    )


def _merged(moments: Iterable[Moment]) -> Iterator[Moment]:
    """Days with the same verdict are one moment, which keeps the events of its first day."""
    before: Moment | None = None
    for moment in moments:
        if before is not None and replace(moment, since=before.since, events=before.events) == before:
            continue
        if before is not None:
            yield replace(before, until=moment.since)
        before = moment
    if before is not None:
        yield before


def _told(moments: Sequence[Moment], stopped: date) -> tuple[date | None, date | None, date | None]:
    """First rupture, the day on which the last is lifted, and the day from which on all is safe with every target stopped."""
    broken = [moment for moment in moments if moment.ruptures]
    if not broken:
        return None, None, stopped
    lifted = broken[-1].until
    return broken[0].since, lifted, None if lifted is None else max(lifted, stopped)
