"""What a source says otherwise than the graph, page by page (docs/graph_model.md, C-7): of a ROR record by record, of another source label by label.

A page looks at so many objects at most: where few differ, it ends before it is full and says where the next one goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.comparing import OWNED, model_label
from graph.errors import BadInput, NotFound
from graph.loads import sources
from graph.model import NODES, RELATIONS
from graph.model.kinds import NodeType
from graph.paging import PAGE_LIMIT, Page, checked_first, every_page
from graph.questions import Question, question
from graph.reads import Ask, Reader, Reads, Row
from graph.sayings import DifferenceRow, Standing, differences_of
from graph.search.cursor import Position, cursor, digest_of, position_of
from graph.tables import Table
from graph.writing.claims import ROR

RECORDS: Final = 500  # read at a time
NODES_AT_ONCE: Final = 2000
LOOKED_AT: Final = 10  # reads for one page
COLUMNS: Final = ("source", "label", "object", "property", "said", "held", "leader", "personal")
START: Final = Position(0, "", "")
MERGED: Final = tuple(node for node in NODES.values() if node.merged)
Found = tuple[Position, DifferenceRow]


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which source (as it stands on nodes: finess, ror:ROR-ILE), of which label, of which property or relation; None: any."""

    source: str
    label: str | None = None
    property: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """What one read found, and where the next goes on; None: there is no more."""

    found: list[Found]
    onward: Position | None


def differences(asked: Asked, first: int = 50, after: str | None = None) -> Reads[Page]:
    """The differences of a source, by its record or by label and object, then by name. Raises NotFound for a source that was never loaded, BadInput."""
    checked_first(first)
    _check(asked)
    digest = digest_of("differences", asked)
    start: Position | None = position_of(after, digest) if after else START
    if after is None:
        yield from _loaded(asked.source)
    found: list[Found] = []
    for _ in range(LOOKED_AT):
        if start is None or len(found) > first:
            break
        part = yield from _part(asked, start)
        found += part.found
        start = part.onward
    rows = found[:first]
    seen_to = cursor(start, digest) if start is not None and len(found) <= first else None
    return Page(tuple(row for _, row in rows), tuple(cursor(place, digest) for place, _ in rows), len(found) > first or start is not None, seen_to)


def differences_table(nodes: Sequence[DifferenceRow]) -> Table:
    """Differences as rows."""
    cells = [(one.source, one.label, one.object, one.property, one.said or "", one.held or "", one.leader or "", one.personal) for one in nodes]
    return Table(COLUMNS, cells)


def difference_pages(store: Reader, asked: Asked) -> Iterator[Table]:
    """All differences of a source, as tables of one page each."""
    return (differences_table(page.nodes) for page in every_page(store, lambda after: differences(asked, PAGE_LIMIT, after)))


def _part(asked: Asked, start: Position) -> Reads[_Part]:
    if asked.source.startswith(ROR):
        return (yield from _of_records(asked, start))
    return (yield from _of_label(asked, start))


def _of_records(asked: Asked, start: Position) -> Reads[_Part]:
    given = {"from": str(start.key) or f"{asked.source}/", "beyond": f"{asked.source}0", "owned": list(OWNED), "first": RECORDS + 1}  # 0 follows / in order
    rows = yield Ask(question("records_of_source"), given)
    found: list[Found] = []
    for row in rows[:RECORDS]:
        label = model_label(row["labels"] or ())
        if label is not None and asked.label in (None, label):
            standing = Standing(NODES[label], row)
            found += _rows(asked, standing, Position(0, row["id"], ""), start)
    return _Part(found, Position(0, rows[-1]["id"], "") if len(rows) > RECORDS else None)


def _of_label(asked: Asked, start: Position) -> Reads[_Part]:
    labels = [node for node in MERGED if asked.label in (None, node.label)]
    if start.section >= len(labels):
        return _Part([], None)
    node = labels[start.section]
    rows = yield Ask(told_question(node), {"from": str(start.key), "prefix": f"{asked.source}={{", "first": NODES_AT_ONCE + 1})
    found: list[Found] = []
    for row in rows[:NODES_AT_ONCE]:
        if row["node"] is not None:
            standing = Standing(node, {**row, "links": []})
            found += _rows(asked, standing, Position(start.section, row["id"], ""), start)
    if len(rows) > NODES_AT_ONCE:
        return _Part(found, Position(start.section, rows[-1]["id"], ""))
    return _Part(found, Position(start.section + 1, "", "") if start.section + 1 < len(labels) else None)


def _rows(asked: Asked, standing: Standing, place: Position, start: Position) -> Iterator[Found]:
    """The differences of one object that come after `start`."""
    skipped = start.id if place.key == start.key else ""
    for row in differences_of(standing, asked.source):
        if row.property > skipped and asked.property in (None, row.property):
            yield Position(place.section, place.key, row.property), row


def told_question(node: NodeType) -> Question:
    """The nodes of a merged label in the order of their keys; whole those of which the source ($prefix) states something beside others."""
    key = node.key
    text = (
        f"MATCH (n:{node.label}) WHERE n.{key} >= $from /*sees {node.label} n*/ WITH n ORDER BY n.{key} LIMIT $first "
        "WITH n, any(entry IN coalesce(n.told_by, []) WHERE entry STARTS WITH $prefix) AS stated "
        "CALL (n, stated) { OPTIONAL MATCH (n)<-[d:DESCRIBES]-(r:SourceRecord) WHERE stated AND d.gone_on IS NULL AND r.gone_on IS NULL "
        "WITH r WHERE r IS NOT NULL RETURN collect(properties(r)) AS records } "
        f"RETURN n.{key} AS id, CASE WHEN stated AND n.gone_on IS NULL THEN properties(n) END AS node, records, [] /*withheld*/ AS withheld ORDER BY id"
    )
    return Question(f"told_{node.label}", "", "", (), ("id", "node", "records", "withheld"), "by key", f"{node.label}.{key} (unique)", text)


def _check(asked: Asked) -> None:
    if asked.label is not None and asked.label not in NODES:
        raise BadInput(f"label: {asked.label} is no label of the model (docs/model.md).")
    known = {one.name for node in NODES.values() for one in node.properties} | RELATIONS.keys()
    if asked.property is not None and asked.property not in known:
        raise BadInput(f"property: {asked.property} is no property and no relation of the model (docs/model.md).")


def _loaded(source: str) -> Reads[None]:
    known: Sequence[Row] = [{"source": one.source} for one in (yield from sources())]
    names = [one["source"] for one in known]
    if source not in names:
        raise NotFound(f"source: nothing of '{source}' was loaded. There are: {', '.join(names) or 'none'}.")
