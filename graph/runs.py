"""Runs: every load is one, with a status and legal moves. `done` is written last and alone (invariants 2, 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class RunStatus(StrEnum):
    """Where a load stands. One that is neither done, refused nor failed and has no living process was killed."""

    READING = "reading"
    WRITING = "writing"
    CLOSING = "closing"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


NEXT: Final[Mapping[RunStatus, frozenset[RunStatus]]] = {
    RunStatus.READING: frozenset({RunStatus.WRITING, RunStatus.REFUSED, RunStatus.FAILED}),
    RunStatus.WRITING: frozenset({RunStatus.CLOSING, RunStatus.FAILED}),
    RunStatus.CLOSING: frozenset({RunStatus.DONE, RunStatus.REFUSED, RunStatus.FAILED}),
    RunStatus.DONE: frozenset(),
    RunStatus.REFUSED: frozenset(),
    RunStatus.FAILED: frozenset(),
}
UNFINISHED: Final = tuple(status for status, moves in NEXT.items() if moves)


class Mode(StrEnum):
    """Full: what the source no longer holds of its perimeter ends. Delta: nothing ends (M-6, M-7)."""

    FULL = "full"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class Run:
    """One load: its id, the stamp of its source, when it started (ISO 8601, UTC), how it reads."""

    id: str
    of: str
    started: str
    mode: Mode


def checked_move(before: RunStatus, after: RunStatus) -> RunStatus:
    """`after`, if the move is legal; ValueError otherwise: a defect of ours, not a user's error."""
    if after not in NEXT[before]:
        raise ValueError(f"a run cannot go from {before} to {after}")
    return after
