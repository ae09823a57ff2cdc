"""The Run nodes: written as a load goes on, read by `rorgraph status` (graph/runs.py has the legal moves)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

from graph.model import MODEL_VERSION
from graph.runs import UNFINISHED, Run, RunStatus, checked_move
from graph.writing.lease import Lease

SET = "MERGE (r:Run {id: $id}) SET r += $props RETURN r.id AS id"
KILLED = "MATCH (r:Run) WHERE r.status IN $unfinished SET r.status = 'failed', r.ended = $now, r.message = $message RETURN r.id AS id"


@dataclass(slots=True)
class RunLog:
    """The log of one load. Every move is a transaction of its own."""

    lease: Lease
    run: Run
    status: RunStatus = RunStatus.READING
    _started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def begin(self, files: list[str], digest: str) -> None:
        """The run is there, reading. Runs that a killed process left are failed first."""
        message = "The process ended before the load did. What it wrote is kept; loading again completes it."
        self.lease.write([(KILLED, {"unfinished": list(UNFINISHED), "now": now(), "message": message})])
        self._set({"of": self.run.of, "files": files, "file_digest": digest, "mode": self.run.mode, "model_version": MODEL_VERSION,
                   "started": self.run.started, "status": self.status})  # fmt: skip

    def opened(self, of: str, perimeter: list[str]) -> Run:
        """The source as written on nodes, and the labels of which the load is whole."""
        self.run = Run(self.run.id, of, self.run.started, self.run.mode)
        self._set({"of": of, "perimeter": perimeter})
        return self.run

    def move(self, status: RunStatus, **props: object) -> None:
        """Go on to `status`; ValueError for a move that is not legal."""
        self.status = checked_move(self.status, status)
        if status not in UNFINISHED:
            props |= {"ended": now(), "seconds": round((datetime.now(UTC) - self._started).total_seconds(), 3)}
        self._set({"status": status, **props})

    def fail(self, message: str) -> None:
        """The load ended by an error."""
        self.move(RunStatus.FAILED, message=message)

    def _set(self, props: dict[str, object]) -> None:
        self.lease.write([(SET, {"id": self.run.id, "props": props})])


def now() -> str:
    """The instant as stored: ISO 8601 in UTC (docs/cypher_dialect.md, 9)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def counts_json(counts: dict[str, object]) -> str:
    """Counts as stored on a run."""
    return json.dumps(counts, ensure_ascii=False, sort_keys=True)
