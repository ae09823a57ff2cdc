"""What was loaded, when, and what is in the graph since."""

from dataclasses import dataclass

from graph.model import NODES
from graph.paging import Page, checked_first
from graph.questions import question
from graph.reads import Ask, Reads, pick
from graph.search.cursor import Position, cursor, digest_of, position_of


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source that was loaded: how many runs, the start of the last that is done, the end of the last of all (ISO 8601, UTC)."""

    source: str
    runs: int
    last_done: str | None
    last_ended: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One load (`of`: its source); `counts` is stored JSON."""

    id: str
    of: str | None
    files: tuple[str, ...] | None
    file_digest: str | None
    perimeter: tuple[str, ...] | None
    mode: str | None
    model_version: str | None
    started: str | None
    ended: str | None
    status: str | None
    counts: str | None
    message: str | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class LabelCount:
    """Nodes of a label that a source states: live, gone, and stubs (M-10)."""

    label: str
    source: str | None
    live: int
    gone: int
    stubs: int
    last_seen: str | None


def sources() -> Reads[tuple[SourceRow, ...]]:
    """The sources that were loaded, by name."""
    rows = yield Ask(question("sources"), {})
    return tuple(pick(SourceRow, row) for row in rows)


def runs(source: str | None = None, first: int = 20, after: str | None = None) -> Reads[Page]:
    """The loads, the newest first."""
    checked_first(first)
    digest = digest_of("runs", source)
    last = position_of(after, digest) if after else None
    asked = {"source": source, "after_started": last.key if last else None, "after_id": last.id if last else None, "first": first + 1}
    rows = yield Ask(question("runs"), asked)
    nodes = tuple(pick(RunRow, row["node"]) for row in rows[:first])
    return Page(nodes, tuple(cursor(Position(0, node.started or "", node.id), digest) for node in nodes), len(rows) > first)


def status_counts() -> Reads[tuple[LabelCount, ...]]:
    """What is in the graph, by label and source. Reads every node."""
    rows = yield Ask(question("status_counts"), {})
    return tuple(pick(LabelCount, row) for row in rows if row["label"] in NODES)


@dataclass(frozen=True, slots=True)
class DanglingCount:
    """Relations of a source to something that is known by an id of that source only (M-10)."""

    source: str
    relation: str
    dangling: int


def dangling() -> Reads[tuple[DanglingCount, ...]]:
    """What is dangling, by source and relation."""
    rows = yield Ask(question("dangling"), {})
    return tuple(pick(DanglingCount, row) for row in rows)


def unplaced_offers() -> Reads[int]:
    """How many live offers have no place at all: near a place they are UNKNOWN (S-5), and no search in a territory finds them."""
    rows = yield Ask(question("unplaced_offers"), {"first": 0})
    return int(rows[0]["offers"])
