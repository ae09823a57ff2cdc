"""What is loaded and how fresh it is: the answer of `rorgraph status`, as tables."""

from collections import Counter
from collections.abc import Sequence

from graph.loads import DanglingCount, LabelCount, RunRow, SourceRow, dangling, runs, sources, status_counts, unplaced_offers
from graph.reads import Reads
from graph.tables import Table

LAST_RUNS = 10
OF_THE_STORE = ("Run", "WriterLease", "SchemaState")  # its own bookkeeping, stated by no source


def status_tables() -> Reads[tuple[Table, ...]]:
    """Sources by freshness, the last runs, objects by label and source, what is named without being described, what is dangling."""
    by_source = yield from sources()
    last = yield from runs(first=LAST_RUNS)
    counts = yield from status_counts()
    unplaced = yield from unplaced_offers()
    open_ends = yield from dangling()
    return _sources(by_source), _runs(last.nodes), _objects(counts, unplaced, open_ends)


def _sources(rows: Sequence[SourceRow]) -> Table:
    return Table(("source", "runs", "last_done", "last_ended"), [(one.source, one.runs, one.last_done, one.last_ended) for one in rows])


def _runs(rows: Sequence[RunRow]) -> Table:
    cells = [(one.id, one.of, one.mode, one.status, one.started, one.seconds, one.message or "") for one in rows]
    return Table(("run", "source", "mode", "status", "started", "seconds", "message"), cells)


def _objects(counts: Sequence[LabelCount], unplaced: int, open_ends: Sequence[DanglingCount]) -> Table:
    stubs: Counter[str] = Counter()
    counts = [one for one in counts if one.label not in OF_THE_STORE]
    for one in counts:
        stubs[one.label] += one.stubs
    notes = [f"{label}: {count} named by other objects and described by no source (stubs)." for label, count in sorted(stubs.items()) if count]
    notes += [f"{one.source}: {one.dangling} relations {one.relation} lead to an id that nothing loaded describes (dangling)." for one in open_ends]
    if unplaced:
        notes.append(f"{unplaced} offers have no place: near a place they are unknown, and no search in a territory finds them.")
    return Table(("label", "source", "live", "gone", "stubs"), [(one.label, one.source, one.live, one.gone, one.stubs) for one in counts], tuple(notes))
