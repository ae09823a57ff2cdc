"""Declared against observed (docs/observed.md; docs/impact.md, I-35): the calls of an interface's access log held against its declared flows.

The answer holds proposals and writes nothing: a person accepts or refuses each.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from graph.errors import BadInput, NotFound
from graph.impact.calls import OTHERS, Caller, Tally
from graph.impact.inventory import Flow
from graph.impact.projection import Projection

DAYS: Final = 90
MOST_PROPOSED: Final = 200  # clients of no known application that are proposed, those with the most calls


class What(StrEnum):
    """What a proposal is about."""

    UNDECLARED = "undeclared"  # a known application calls, and no flow of it is declared
    UNKNOWN_CLIENT = "unknown_client"  # a client calls, and nobody said which application it is
    SEEN = "seen"  # a declared flow, whose caller calls
    SILENT = "silent"  # a declared flow, whose caller never calls


@dataclass(frozen=True, slots=True)
class Use:
    """What a caller did in the window: answered calls, on how many days, the first and the last of them; calls that were refused or failed."""

    calls: int = 0
    days: int = 0
    first: date | None = None
    last: date | None = None
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that the log says otherwise than the inventory, or that it confirms.

    `flow`: the declared flow, or the code of the one that would be new. `beside`: other flows of the same application to the interface, from which the
    log cannot tell it. `client`: the name in the log of a client of no known application; personal where it is a person. `since`: of a silent flow, the
    first day of the window on which it lived.
    """

    what: What
    flow: str
    application: str | None
    use: Use
    beside: tuple[str, ...] = ()
    client: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What a log says of an interface, from `since` to `until`, both included.

    `logged_days`: of the window, from the first day of the log on. `outside`: calls before or after. `unproven`: declared flows that were not seen while
    the log is shorter than the window, so that nothing is proposed. `unlisted`: further clients of no known application, with `unlisted_calls` in all.
    """

    interface: str
    intake: bool
    since: date
    until: date
    days: int
    logged_days: int
    calls: int
    refused: int
    outside: int
    proposals: tuple[Proposal, ...]
    unproven: tuple[str, ...]
    unlisted: int
    unlisted_calls: int

    def of(self, what: What) -> tuple[Proposal, ...]:
        """The proposals of one kind."""
        return tuple(proposal for proposal in self.proposals if proposal.what is what)


def observed(projection: Projection, interface: str, tally: Tally, days: int = DAYS, until: date | None = None) -> Observation:
    """Hold a tally against the flows that call, or feed, an interface and lived in the window.

    The window ends on `until`, the last day of the log by default. Raises NotFound for an interface that the inventory does not have, BadInput for a log
    without a call in the window. Time O(flows of the interface + callers x days).
    """
    number = projection.interface_number.get(interface)
    if number is None:
        raise NotFound(f"--interface: '{interface}' is not an interface of the inventory.")
    window = _window(tally, days, until)
    uses = _uses(tally, window)
    if not uses:
        raise BadInput(f"The log has no call from {window.since} to {window.until}. Give the log of these days, or --until with its last day.")
    declared = _declared(projection, number, window)
    silent = sorted(flow.code for application, flows in declared.items() if not uses.get(Caller(application), Use()).calls for flow in flows)
    unknown = _by_calls(uses, lambda caller: caller.client is not None)
    unlisted = [uses[caller].calls for caller in unknown[MOST_PROPOSED:]]
    codes = _Codes(interface, {flow.code for flow in projection.inventory.flows})
    return Observation(
        interface=interface,
        intake=projection.interfaces[number].source.intake,
        since=window.since,
        until=window.until,
        days=days,
        logged_days=window.logged_days,
        calls=sum(use.calls for use in uses.values()),
        refused=sum(use.refused for use in uses.values()),
        outside=sum(number for (_, day, _), number in tally.counts.items() if not window.since <= day <= window.until),
        proposals=(
            *_undeclared(_by_calls(uses, lambda caller: caller.application is not None and caller.application not in declared), uses, codes),
            *_unknown(unknown[:MOST_PROPOSED], uses, codes),
            *_of_declared(declared, uses, window),
        ),
        unproven=tuple(silent) if window.is_short else (),
        unlisted=len(unlisted),
        unlisted_calls=sum(unlisted) + uses.get(OTHERS, Use()).calls,
    )


@dataclass(frozen=True, slots=True)
class _Window:
    since: date
    until: date
    logged_days: int

    @property
    def is_short(self) -> bool:
        return self.logged_days < (self.until - self.since).days + 1


def _window(tally: Tally, days: int, until: date | None) -> _Window:
    logged = [day for _, day, _ in tally.counts]
    if not logged:
        raise BadInput("The log has no call. Give the access log of the interface, or another --path.")
    until = until or max(logged)
    since = until - timedelta(days=days - 1)
    return _Window(since, until, (min(until, max(logged)) - max(since, min(logged))).days + 1)


def _uses(tally: Tally, window: _Window) -> dict[Caller, Use]:
    answered: dict[Caller, dict[date, int]] = defaultdict(dict)
    refused: Counter[Caller] = Counter()
    for (caller, day, is_answered), number in tally.counts.items():
        if not window.since <= day <= window.until:
            continue
        if is_answered:
            answered[caller][day] = number
        else:
            refused[caller] += number
    return {caller: _use(answered.get(caller, {}), refused[caller]) for caller in {*answered, *refused}}


def _use(by_day: Mapping[date, int], refused: int) -> Use:
    return Use(sum(by_day.values()), len(by_day), min(by_day, default=None), max(by_day, default=None), refused)


def _declared(projection: Projection, interface: int, window: _Window) -> dict[str, list[Flow]]:
    """By application, its flows to the interface that live on a day of the window (I-2), by code."""
    found: dict[str, list[Flow]] = defaultdict(list)
    for flow in (projection.flows[number] for number in projection.flows_on[interface]):
        if max(flow.start, window.since.toordinal()) < min(flow.end, window.until.toordinal() + 1):
            found[flow.source.caller].append(flow.source)
    return dict(found)


def _by_calls(uses: Mapping[Caller, Use], wanted: Callable[[Caller], bool]) -> list[Caller]:
    """Callers that were answered, those with the most calls first."""
    found = [caller for caller, use in uses.items() if use.calls and wanted(caller)]
    return sorted(found, key=lambda caller: (-uses[caller].calls, caller.application or "", caller.client or ""))


@dataclass(frozen=True, slots=True)
class _Codes:
    """Codes for new flows: OBS, the application or a number, the interface; none that a flow has already."""

    interface: str
    taken: set[str]

    def of_application(self, application: str) -> str:
        return self._free(f"OBS-{application}-{self.interface}", 2)

    def of_client(self) -> str:
        return self._free(f"OBS-{self.interface}", 1)

    def _free(self, stem: str, number: int) -> str:
        """A number only where it is needed (2), or always (1)."""
        code = stem if number > 1 else f"{stem}-{number}"
        while code in self.taken:
            code, number = f"{stem}-{number}", number + 1
        self.taken.add(code)
        return code


def _undeclared(callers: Sequence[Caller], uses: Mapping[Caller, Use], codes: _Codes) -> Iterator[Proposal]:
    for caller in callers:
        if caller.application is not None:
            yield Proposal(What.UNDECLARED, codes.of_application(caller.application), caller.application, uses[caller])


def _unknown(callers: Sequence[Caller], uses: Mapping[Caller, Use], codes: _Codes) -> Iterator[Proposal]:
    return (Proposal(What.UNKNOWN_CLIENT, codes.of_client(), None, uses[caller], client=caller.client) for caller in callers)


def _of_declared(declared: Mapping[str, Sequence[Flow]], uses: Mapping[Caller, Use], window: _Window) -> list[Proposal]:
    """What is seen, then what is silent, each by code; silence is proposed only where the log covers the window."""
    found = []
    for application, flows in declared.items():
        use = uses.get(Caller(application), Use())
        if not use.calls and window.is_short:
            continue
        for flow in flows:
            beside = tuple(other.code for other in flows if other is not flow and use.calls)
            silent_since = None if use.calls else max(window.since, flow.starts_on or window.since)
            found.append(Proposal(What.SEEN if use.calls else What.SILENT, flow.code, application, use, beside, since=silent_since))
    return sorted(found, key=lambda proposal: (proposal.what, proposal.flow))
