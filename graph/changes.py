"""What the loads changed, as it can be asked: since an instant as a feed, of one load, of one object (docs/graph_model.md, C-5 to C-7)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from graph.errors import BadInput, NotFound
from graph.model import NODES
from graph.paging import PAGE_LIMIT, Page, checked_first, every_page
from graph.questions import question
from graph.reads import Ask, Reader, Reads, Row, pick
from graph.search.cursor import Position, cursor, digest_of, position_of
from graph.tables import Table

COLUMNS: Final = ("on", "run", "source", "label", "object", "kind", "property", "old", "new")
HISTORY: Final = 200  # changes of one object that are read at most


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of one object: `kind` created, changed, gone or back; `old` and `new` are JSON, absent for a personal value."""

    id: str
    run: str | None
    source: str | None
    on: str | None
    label: str | None
    object: str | None
    kind: str | None
    property: str | None
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes: of a source (as it stands on nodes, `ror:ROR-IDF`), of a label of the model."""

    source: str | None = None
    label: str | None = None


def instant(moment: datetime) -> str:
    """An instant as the graph holds it. Without an offset it is UTC.

    >>> instant(datetime(2026, 1, 31, 12, 0))
    '2026-01-31T12:00:00.000+00:00'
    """
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="milliseconds")


def changes(since: datetime, asked: Asked, first: int = 50, after: str | None = None) -> Reads[Page]:
    """The feed: changes by instant and id. Changes of a load under way come when it has ended, so that who goes on with `after` misses none (C-6)."""
    checked_first(first)
    digest = digest_of("changes", instant(since), _checked(asked))
    last = position_of(after, digest) if after else Position(0, instant(since), "")
    given = {"since": last.key, "after_id": last.id, "source": asked.source, "label": asked.label, "first": first + 1}
    rows = yield Ask(question("changes"), given)
    nodes = tuple(_row(row["node"]) for row in rows[:first])
    return Page(nodes, tuple(cursor(Position(0, node.on or "", node.id), digest) for node in nodes), len(rows) > first)


def changes_of_run(run: str, label: str | None = None, first: int = 50, after: str | None = None) -> Reads[Page]:
    """What one load changed, by label, object and property. Raises NotFound for a load that there is not."""
    checked_first(first)
    digest = digest_of("changes_of_run", run, _checked(Asked(label=label)))
    last = position_of(after, digest).id if after else None
    rows = yield Ask(question("changes_of_run"), {"run": run, "label": label, "after": last, "first": first + 1})
    if not rows:
        yield from _existing(run)
    nodes = tuple(_row(row["node"]) for row in rows[:first])
    return Page(nodes, tuple(cursor(Position(0, "", node.id), digest) for node in nodes), len(rows) > first)


def changes_of_objects(label: str, ids: Sequence[str]) -> Reads[dict[str, tuple[ChangeRow, ...]]]:
    """The last changes of each object of a label that has any, the newest first, by id."""
    rows = yield Ask(question("changes_of_objects"), {"label": label, "ids": list(ids)})
    found: dict[str, list[ChangeRow]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(_row(row["node"]))
    return {key: tuple(_newest(some)[:HISTORY]) for key, some in sorted(found.items())}


def _newest(some: list[ChangeRow]) -> list[ChangeRow]:
    by_id = sorted(some, key=lambda one: one.id)
    return sorted(by_id, key=lambda one: one.on or "", reverse=True)


def changes_table(nodes: Sequence[ChangeRow]) -> Table:
    """Changes as rows."""
    return Table(COLUMNS, [(one.on, one.run, one.source, one.label, one.object, one.kind, one.property or "", one.old or "", one.new or "") for one in nodes])


def _row(node: Row) -> ChangeRow:
    return pick(ChangeRow, node, run=node.get("run_id"), source=node.get("of"))


def _existing(run: str) -> Reads[None]:
    rows = yield Ask(question("run"), {"id": run})
    if not rows:
        raise NotFound(f"run: there is no load '{run}'. `rorgraph status` names the last ones.")


def _checked(asked: Asked) -> Asked:
    if asked.label is not None and asked.label not in NODES:
        raise BadInput(f"label: {asked.label} is no label of the model (docs/model.md).")
    return asked


def change_pages(store: Reader, since: datetime | None, run: str | None, asked: Asked) -> Iterator[Table]:
    """All changes of a load, or since an instant, as tables of one page each. Raises BadInput where not one of both is given."""
    if (since is None) == (run is None):
        raise BadInput("changes: give --since INSTANT for a feed, or --run ID for one load.")
    if run is not None and asked.source is not None:
        raise BadInput("--source: a load has one source; it goes with --since only.")

    def page(after: str | None) -> Reads[Page]:
        return changes_of_run(run, asked.label, PAGE_LIMIT, after) if run else changes(since or datetime.min, asked, PAGE_LIMIT, after)

    return (changes_table(found.nodes) for found in every_page(store, page))
