"""Waves of applications that move, and their dates (docs/impact.md, I-29, I-30)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

from graph.impact.analysis import Judged
from graph.impact.question import Durations
from graph.impact.relocations import Relocation, Restorers
from graph.impact.rights import GAPS, Gap


@dataclass(frozen=True, slots=True)
class Move:
    """A flow that moves to an interface, the best of its candidates (I-18). `opens_on`: where the interface is not there on J yet.

    `days`, `starts_on`, `ends_on`: None while a duration is not stated. `critical`: the last day of the plan hangs on it.
    """

    flow: str
    application: str
    owner: str | None
    leaves: str
    to: str
    to_owner: str | None
    gaps: tuple[Gap, ...]
    opens_on: date | None
    days: int | None
    starts_on: date | None
    ends_on: date | None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Applications that move together: each relies on a cell that another of them restores; most often one alone.

    `after`: applications whose moves it relies on, of earlier waves.
    """

    applications: tuple[str, ...]
    after: tuple[str, ...]
    moves: tuple[Move, ...]
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Wave:
    """Groups that rely on earlier waves only. The first is number 1: nothing has to move before it."""

    number: int
    groups: tuple[Group, ...]


def move_order(movers: Mapping[int, Sequence[Relocation]], restorers: Restorers) -> "nx.DiGraph[int]":
    """An arc from X to Y where a move of Y relies on a cell that a move of X restores (I-29)."""
    order: nx.DiGraph[int] = nx.DiGraph()
    order.add_nodes_from(movers)
    for mover, moves in movers.items():
        before = restorers.of(cell for move in moves for cell in move.relies_on)
        order.add_edges_from((other, mover) for other in sorted(before) if other != mover)
    return order


def waves(judged: Judged, moves: Sequence[Relocation], durations: Durations | None) -> tuple[Wave, ...]:
    """Generations of the order of moves, strongly connected applications together; `durations` None: without dates.

    Time and memory O(moves x flows behind what they rely on). Source: Tarjan, SIAM J. Comput. 1(2), 1972 (components); Kahn, CACM 5(11), 1962 (order).
    """
    movers: dict[int, list[Relocation]] = {}
    for move in moves:
        movers.setdefault(move.mover, []).append(move)
    order = nx.condensation(move_order(movers, Restorers(judged)))
    planned: dict[int, Group] = {}
    found = []
    for number, generation in enumerate(nx.topological_generations(order), start=1):
        for node in generation:
            members = [move for mover in sorted(order.nodes[node]["members"]) for move in movers[mover]]
            planned[node] = _group(judged, members, [planned[before] for before in order.predecessors(node)], durations)
        found.append(Wave(number, tuple(sorted((planned[node] for node in generation), key=lambda group: group.applications))))
    return _critical_marked(tuple(found))


def _group(judged: Judged, members: Sequence[Relocation], before: Sequence[Group], durations: Durations | None) -> Group:
    """Its moves begin together, on J or when the last group that it relies on has moved; it has moved with its longest (I-30)."""
    first = date.fromordinal(judged.basis.reference.first)
    starts = max([first, *(group.ends_on for group in before if group.ends_on)]) if durations else None
    moves = tuple(_move(judged, one, starts, durations) for one in members)
    return Group(
        applications=tuple(sorted({move.application for move in moves})),
        after=tuple(sorted({code for group in before for code in group.applications})),
        moves=moves,
        starts_on=starts,
        ends_on=max((move.ends_on for move in moves if move.ends_on), default=None),
    )


def _move(judged: Judged, one: Relocation, starts: date | None, durations: Durations | None) -> Move:
    overlay, gaps = judged.overlay, GAPS[one.gaps]
    flow, interface = overlay.projection.flows[one.flow], overlay.interfaces[one.interface]
    days = durations.of(gaps) if durations else None
    opens = date.fromordinal(interface.start) if interface.start > judged.basis.reference.first else None
    ends = None if starts is None or days is None else date.fromordinal(max(starts.toordinal() + days, interface.start))
    return Move(
        flow=flow.source.code,
        application=overlay.applications[one.mover].source.code,
        owner=overlay.applications[one.mover].source.owner,
        leaves=flow.source.interface,
        to=interface.source.code,
        to_owner=overlay.applications[interface.application].source.owner,
        gaps=gaps,
        opens_on=opens,
        days=days,
        starts_on=starts,
        ends_on=ends,
    )


def critical_path(found: Sequence[Wave]) -> tuple[Move, ...]:
    """From the first day to the last move: each begins when the one before it is over; the first by code where several would do."""
    return tuple(reversed(list(_back(found))))


def _back(found: Sequence[Wave]) -> Iterator[Move]:
    groups = [group for wave in found for group in wave.groups if group.ends_on]
    by_application = {code: group for group in groups for code in group.applications}
    group = max(groups, key=lambda one: one.ends_on or date.min, default=None)
    while group is not None:
        yield next(move for move in group.moves if move.ends_on == group.ends_on)
        before = [by_application[code] for code in group.after]
        group = next((one for one in before if one.ends_on == group.starts_on), None)


def _critical_marked(found: tuple[Wave, ...]) -> tuple[Wave, ...]:
    critical = set(critical_path(found))
    if not critical:
        return found

    def marked(group: Group) -> Group:
        return replace(group, moves=tuple(replace(move, critical=move in critical) for move in group.moves))

    return tuple(replace(wave, groups=tuple(map(marked, wave.groups))) for wave in found)
