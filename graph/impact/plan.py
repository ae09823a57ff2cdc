"""The order of work of a decommissioning: fewest switches, waves, blockers, effort, dates (docs/impact.md, I-28 to I-30)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.impact.analysis import Judged, judged
from graph.impact.collector import held_back
from graph.impact.fewest_switches import FewestSwitches, fewest_switches
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Durations
from graph.impact.relocations import Relocation, relocations
from graph.impact.rights import GAPS, Gap
from graph.impact.severity import ORDER, Severity
from graph.impact.waves import Move, Wave, critical_path, waves
from graph.impact.worse_actions import WorseAction, worse_actions


@dataclass(frozen=True, slots=True)
class Blocker:
    """A gap of a move of the next wave, with who owns the application that moves and the interface that it moves to."""

    gap: Gap
    application: str
    owner: str | None
    flow: str
    to: str
    to_owner: str | None


@dataclass(frozen=True, slots=True)
class Effort:
    """What the moves ask of a region, where the application that moves counts; `region` None: all moves, each once.

    `fewest`: how many of the fewest switches that lift the ruptures (I-28) are of it. `days`: the moves one after the other; None without durations.
    """

    region: str | None
    switches: int
    gaps: int
    days: int | None
    fewest: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole order of work. Empty waves: nothing is to move.

    `missing_durations`: what is to be stated before there are dates, as the question names it. `lost_or_part`: APPLICATION/USAGE@TERRITORY of living
    applications that moves do not make whole; while there are any, or a duration is missing, `earliest_feasible` is None. `critical_path`: the moves on
    which the last day hangs.
    """

    question: DecommissioningInput
    evaluated_on: date
    fewest: FewestSwitches
    waves: tuple[Wave, ...]
    blockers: tuple[Blocker, ...]
    effort: tuple[Effort, ...]
    missing_durations: tuple[str, ...]
    lost_or_part: tuple[str, ...]
    earliest_feasible: date | None
    critical_path: tuple[Move, ...]
    worse_actions: tuple[WorseAction, ...]

    @property
    def moves(self) -> Iterator[tuple[int, Move]]:
        """Every move with the number of its wave, in their order."""
        for wave in self.waves:
            for group in wave.groups:
                yield from ((wave.number, move) for move in group.moves)


def plan(projection: Projection, question: DecommissioningInput) -> Plan:
    """The order of work for a checked question. One analysis, and one more by action."""
    with held_back():
        one = judged(projection, question)
        moves = relocations(one)
        missing = question.durations.missing_for({gap for move in moves for gap in GAPS[move.gaps]}) if moves else ()
        durations = None if missing else question.durations
        fewest, found, lost = fewest_switches(one), waves(one, moves, durations), tuple(_lost_or_part(one))
        ends = [group.ends_on for wave in found for group in wave.groups if group.ends_on]
        return Plan(
            question=question,
            evaluated_on=question.evaluation_date,
            fewest=fewest,
            waves=found,
            blockers=tuple(_blockers(found[:1])),
            effort=tuple(_effort(one, moves, fewest, durations)),
            missing_durations=missing,
            lost_or_part=lost,
            earliest_feasible=None if missing or lost else max([question.as_of, *ends]),
            critical_path=critical_path(found),
            worse_actions=worse_actions(projection, question, one),
        )


def _blockers(next_wave: Iterable[Wave]) -> Iterator[Blocker]:
    for wave in next_wave:
        for move in (move for group in wave.groups for move in group.moves):
            yield from (Blocker(gap, move.application, move.owner, move.flow, move.to, move.to_owner) for gap in move.gaps)


def _lost_or_part(one: Judged) -> list[str]:
    """Needs are those of applications that live after (I-11): what stops itself needs nothing any more."""
    hit = [item for item in one.touched if item.stop is None and ORDER[item.severity] <= ORDER[Severity.DEGRADED]]
    return sorted(one.basis.items.name(item.slot, item.territory) for item in hit)


def _effort(one: Judged, moves: Sequence[Relocation], fewest: FewestSwitches, durations: Durations | None) -> Iterator[Effort]:
    """Regions in the order of their codes, then all."""
    applications, numbers = one.overlay.applications, one.overlay.projection.application_number
    chosen = [applications[numbers[switch.application]].territories for switch in fewest.switches]

    def told(region: str | None, some: Sequence[Relocation], mask: int) -> Effort:
        gaps = [GAPS[move.gaps] for move in some]
        days = sum(map(durations.of, gaps)) if durations else None
        return Effort(region, len(some), sum(map(len, gaps)), days, sum(bool(territories & mask) for territories in chosen))

    for code, bit in one.overlay.names.region_bit.items():
        here = [move for move in moves if applications[move.mover].territories & bit]
        if here:
            yield told(code, here, bit)
    yield told(None, moves, one.overlay.names.everywhere)
