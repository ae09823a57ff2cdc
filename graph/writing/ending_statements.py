"""The statements that end what is no longer stated, rendered from the model and from nothing else (docs/style.md, 2)."""

from collections.abc import Iterator

from graph.model import NODES, RELATIONS
from graph.model.kinds import NodeType, RelationType

Pair = tuple[RelationType, NodeType, NodeType]


def end_links(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """$rows: start, keep (keys of the ends still stated). What $source no longer states of these starts ends (M-7).

    A relation with a digest is stated beside the objects and ends on its own (end_link).
    """
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}})-[r:{relation.type}]->(b:{end.label}) "
        f"WHERE r.source = $source AND r.gone_on IS NULL AND r.digest IS NULL AND NOT b.{end.key} IN row.keep SET r.gone_on = $today"
    )


def end_link(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """$rows: start, end. These relations of $source end."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}})-[r:{relation.type}]->(b:{end.label} {{{end.key}: row.end}}) "
        "WHERE r.source = $source AND r.gone_on IS NULL SET r.gone_on = $today"
    )


def end_links_of(node: NodeType) -> str:
    """$rows: key, source. What these sources state of these nodes ends, except relations of the types $spared, and, where $hung is false, those
    that are stated beside the objects (M-3, M-11).
    """
    return (
        f"UNWIND $rows AS row MATCH (n:{node.label} {{{node.key}: row.key}})-[r]->() "
        "WHERE r.source = row.source AND r.gone_on IS NULL AND ($hung OR r.digest IS NULL) AND NOT type(r) IN $spared SET r.gone_on = $today"
    )


def settle_owned(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """$rows: key, source. An owned node goes with the last live relation to it, unless a source asserts it as an object of its own (M-3).

    One that another source still states has nobody's values until that source's come (merge_owned_shared); where the newest leads, who asserts it as
    an object of its own writes it again with its next load.
    """
    value = (
        f"n.{end.newest} = CASE WHEN n.source = row.source THEN null ELSE n.{end.newest} END, n.said = CASE WHEN n.source = row.source "
        "THEN [s IN n.said | CASE WHEN s ENDS WITH '=-' THEN s ELSE split(s, '|')[0] + '|?|' END] ELSE n.said END, "
        if end.newest
        else ""
    )
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.key}})-[r:{relation.type}]->(n:{end.label}) "
        "WHERE r.source = row.source AND r.gone_on IS NOT NULL AND n.gone_on IS NULL "
        f"WITH row, n, size([(n)<-[x:{relation.type}]-() WHERE x.gone_on IS NULL | 1]) "
        "+ size([s IN coalesce(n.said, []) WHERE NOT s ENDS WITH '=-']) AS holders "
        f"SET n.gone_on = CASE WHEN holders = 0 THEN $today END, {value}n.lead = CASE WHEN n.source = row.source THEN null ELSE n.lead END"
    )


def settle_nested(relation: RelationType, start: NodeType, middle: NodeType, inner: RelationType, end: NodeType) -> str:
    """$rows: key, source. What hangs on an owned node in turn goes with it."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.key}})-[r:{relation.type}]->(m:{middle.label})-[q:{inner.type}]->(n:{end.label}) "
        "WHERE r.source = row.source AND r.gone_on IS NOT NULL AND q.source = row.source AND q.gone_on IS NULL SET q.gone_on = $today "
        f"WITH DISTINCT n WHERE size([(n)<-[x:{inner.type}]-() WHERE x.gone_on IS NULL | 1]) = 0 SET n.gone_on = $today"
    )


def leave_nodes(node: NodeType) -> str:
    """$rows: key, said, gone, props. $source no longer asserts these nodes; `gone`: no other does, and the node ends (M-5).

    What hangs on another node lives on while another source hangs it there.
    """
    owning = "|".join(relation.type for relation in _owning(node))
    hung = f" AND size([(n)<-[x:{owning}]-() WHERE x.gone_on IS NULL AND x.source <> $source | 1]) = 0" if owning else ""
    return (
        f"UNWIND $rows AS row MATCH (n:{node.label} {{{node.key}: row.key}}) WITH n, row, (row.gone{hung}) AS gone "
        "SET n.said = row.said, n += row.props, n.gone_on = CASE WHEN gone THEN $today ELSE n.gone_on END"
    )


def _owning(node: NodeType) -> list[RelationType]:
    return [relation for relation in RELATIONS.values() if relation.owned and any(end is node for _, end in relation.ends)]


def end_records_of(node: NodeType) -> str:
    """$rows: key, keep (id of the record that stays, or ''). The other SourceRecords of $source that describe these nodes end (M-5)."""
    return (
        f"UNWIND $rows AS row MATCH (n:{node.label} {{{node.key}: row.key}})<-[d:DESCRIBES]-(s:SourceRecord) "
        "WHERE d.source = $source AND d.gone_on IS NULL AND s.id <> row.keep SET d.gone_on = $today, s.gone_on = $today"
    )


def end_dangling_of() -> str:
    """$rows: key, source, keep (ids). The Dangling relations of these sources at these starts of $label end, but for those still stated (M-10)."""
    return (
        "UNWIND $rows AS row MATCH (d:Dangling {start: row.key}) "
        "WHERE d.source = row.source AND d.start_label = $label AND d.gone_on IS NULL AND NOT d.id IN row.keep SET d.gone_on = $today"
    )


def end_dangling() -> str:
    """$keys. These Dangling relations end: what they lead to is known."""
    return "UNWIND $keys AS key MATCH (d:Dangling {id: key}) SET d.gone_on = $today"


def end_matches(node: NodeType) -> str:
    """$rows: start, end, props. SAME_AS relations of $source are withdrawn (M-12)."""
    return (
        f"UNWIND $rows AS row MATCH (a:{node.label} {{{node.key}: row.start}})-[r:SAME_AS]->(b:{node.label} {{{node.key}: row.end}}) "
        "WHERE r.source = $source AND r.gone_on IS NULL SET r += row.props, r.gone_on = row.props.on"
    )


def purge_links(label: str) -> str:
    """Relations of a label that ended before $before: deleted, $limit at a time; returns how many."""
    return f"MATCH (n:{label})-[r]->() WHERE r.gone_on < $before WITH r LIMIT $limit DELETE r RETURN count(*) AS deleted"


def purge_nodes(label: str) -> str:
    """Nodes of a label that ended before $before, with what is left on them: deleted, $limit at a time; returns how many."""
    return f"MATCH (n:{label}) WHERE n.gone_on < $before WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS deleted"


def pairs() -> list[Pair]:
    """Every relation type with every pair of its ends."""
    return [(relation, start, end) for relation in RELATIONS.values() for start, end in relation.ends]


def is_described(node: NodeType) -> bool:
    """Whether SourceRecords describe this label."""
    return any(end is node for _, end in RELATIONS["DESCRIBES"].ends)


def owned_pairs(node: NodeType) -> list[Pair]:
    """The owned relations of a label."""
    return [(relation, start, end) for relation, start, end in pairs() if start is node and relation.owned]


def nested() -> Iterator[tuple[RelationType, NodeType, NodeType, RelationType, NodeType]]:
    """Every owned relation with an owned relation of its end."""
    for relation, start, middle in pairs():
        if relation.owned:
            yield from ((relation, start, middle, inner, end) for inner, _, end in owned_pairs(middle))


def all_statements() -> dict[str, str]:
    """Every statement of this module, by name."""
    found = {f"{render.__name__} {node.label}": render(node) for node in NODES.values() for render in (end_links_of, leave_nodes)}
    found |= {f"{render.__name__} {r.type} {a.label} {b.label}": render(r, a, b) for r, a, b in pairs() for render in (end_links, end_link)}
    found |= {f"settle_owned {r.type} {a.label} {b.label}": settle_owned(r, a, b) for r, a, b in pairs() if r.owned}
    found |= {f"settle_nested {r.type} {a.label} {m.label} {i.type} {b.label}": settle_nested(r, a, m, i, b) for r, a, m, i, b in nested()}
    found |= {f"end_records_of {end.label}": end_records_of(end) for _, end in RELATIONS["DESCRIBES"].ends}
    found |= {f"end_matches {start.label}": end_matches(start) for start, _ in RELATIONS["SAME_AS"].ends}
    found |= {render.__name__: render() for render in (end_dangling_of, end_dangling)}
    return found | {f"{render.__name__} {label}": render(label) for label in NODES for render in (purge_links, purge_nodes)}
