"""What a batch changes of what its source said before: read before the batch is written, noted in its transaction (docs/graph_model.md, C-5).

Only objects that differ are read, a batch at a time: the cost follows what changed, not what is loaded.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.comparing import OWNED, is_hidden_end, json_text, link_of, owned_of, relation_properties, stated_props, stored
from graph.model import NODES
from graph.model.kinds import NodeType, Value
from graph.questions import question
from graph.record import Item, Link, Ref
from graph.store.connection import Statement, Store
from graph.writing.changes import Change, ChangeKind, change_statements, changed, whole
from graph.writing.claims import GONE, UNWRITTEN, said_of, source_of
from graph.writing.merging import told_of
from graph.writing.packing import unpacked
from graph.writing.spool import LinkKind, Outcome, Pending
from graph.writing.stamps import Stamps


class Noting:
    """Notes the changes of one load, or nothing where it is the first of its source."""

    def __init__(self, store: Store, stamps: Stamps) -> None:
        self._store, self._stamps = store, stamps
        self._first = not store.read(question("done_run"), source=stamps.source)

    def of_batch(self, batch: Sequence[Pending]) -> list[Statement]:
        """The changes that the writing of a batch of one label makes."""
        if self._first:
            return []
        node = NODES[batch[0].item.label]
        updated = [one for one in batch if one.outcome is Outcome.UPDATED]
        created = [one.item.key for one in batch if one.outcome is Outcome.CREATED]
        moved = [one.moved_from for one in batch if one.moved_from is not None and one.left]
        left = [change for ref in moved for change in whole(ref.label, [ref.key], ChangeKind.GONE)]
        return self._statements([*whole(node.label, created, ChangeKind.CREATED), *self._updates(node, updated), *left])

    def of_leaving(self, label: str, keys: Iterable[str]) -> list[Statement]:
        """The source no longer asserts these objects."""
        return [] if self._first else self._statements(whole(label, keys, ChangeKind.GONE))

    def of_hung(self, links: Sequence[Link]) -> list[Statement]:
        """Relations stated beside the objects that came, or whose properties changed: told at their start."""
        return [] if self._first else self._statements([_hung(one.type, one.start, one.end, one.props, came=True) for one in links])

    def of_ended(self, kind: LinkKind, rows: Iterable[Mapping[str, str]]) -> list[Statement]:
        """Relations stated beside the objects that are no longer: told at their start. Rows: start, end."""
        if self._first:
            return []
        ended = (_hung(kind.type, Ref(kind.start, one["start"]), Ref(kind.end, one["end"]), {}, came=False) for one in rows)
        return self._statements(list(ended))

    def _statements(self, changes: Sequence[Change]) -> list[Statement]:
        return change_statements(changes, self._stamps.run, self._stamps.now)

    def _updates(self, node: NodeType, updated: Sequence[Pending]) -> list[Change]:
        if not updated:
            return []
        by_key = {one.item.key: one.item for one in updated}
        rows = self._store.stream(before(node), keys=sorted(by_key), source=self._stamps.source, owned=list(OWNED))
        return [change for row in rows for change in self._update(node, by_key[row[0]], *row[1:])]

    def _update(self, node: NodeType, item: Item, statement: str | None, props: Mapping[str, Any], links: list[dict[str, Any]]) -> list[Change]:
        said = next((said for source, said in map(source_of, props.get("said") or ()) if source == self._stamps.source), GONE)
        if said == GONE:
            return whole(node.label, [item.key], ChangeKind.BACK)
        if statement is not None:
            return changed(unpacked(node.label, item.key, statement.encode()), item)
        stated = self._stated(node, said, props)
        return [] if stated is None else changed(_item(item.ref, stated, links), item)

    def _stated(self, node: NodeType, said: str, props: Mapping[str, Any]) -> Mapping[str, Value] | None:
        """The properties that the source, without a record, stated before; None where another's stand in their place."""
        told = told_of(node.label, props.get("told_by") or ())
        names = [one.name for one in node.properties]
        if self._stamps.source in told:
            return dict.fromkeys(names) | told[self._stamps.source]
        if props.get("source") != self._stamps.source or said_of(said)[1] == UNWRITTEN:
            return None
        return {name: stored(props.get(name)) for name in names}


def before(node: NodeType) -> str:
    """$keys, $source, $owned (types of owned relations): what the source stated of these nodes until now: in its record, or on the node."""
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) "
        "CALL (n) { OPTIONAL MATCH (n)<-[d:DESCRIBES]-(r:SourceRecord) WHERE r.source = $source AND d.gone_on IS NULL "
        "RETURN r.statement AS statement LIMIT 1 } "
        "CALL (n, statement) { OPTIONAL MATCH (n)-[l]->(e) WHERE statement IS NULL AND l.source = $source AND l.gone_on IS NULL AND l.digest IS NULL "
        "WITH l, e WHERE l IS NOT NULL RETURN collect({type: type(l), labels: labels(e), key: coalesce(e.id, e.code), props: properties(l), "
        "values: CASE WHEN type(l) IN $owned THEN properties(e) END}) AS links } "
        "RETURN key, statement, properties(n) AS props, links"
    )


def _item(me: Ref, props: Mapping[str, Value], links: Sequence[Mapping[str, Any]]) -> Item:
    """An object as it stands on the node."""
    linked = tuple(link_of(me, one) for one in links if one["type"] not in OWNED)
    return Item(*me, props, linked, tuple(owned_of(one) for one in links if one["type"] in OWNED))


def _hung(kind: str, start: Ref, end: Ref, props: Mapping[str, Value], *, came: bool) -> Change:
    stated = stated_props({name: value for name, value in props.items() if name in relation_properties(kind)})
    told = None if is_hidden_end(start) or is_hidden_end(end) else json_text([{"end": end.key, **stated} if stated else end.key])
    return Change(start.label, start.key, ChangeKind.CHANGED, kind, None if came else told, told if came else None, end.key)
