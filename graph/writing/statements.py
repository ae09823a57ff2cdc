"""The write statements, rendered from the model and from nothing else (docs/style.md, 2). Values are parameters (invariant 11)."""

from graph.model import NODES, RELATIONS
from graph.model.kinds import NodeType, RelationType


def merge_nodes(node: NodeType) -> str:
    """$rows: key, props, said. $prefix: the source; $rank: its rank. $stamps: source, run, last_seen. A stub is filled in place (M-10).

    `said` has one entry a source, 'source=digest of what it last said' (M-8), or 'source=-' once it no longer asserts the node (M-5). `lead` is the
    rank of the source whose values the node has: one of a larger rank asserts the node and leaves its values (M-2, M-3).
    """
    return (
        f"UNWIND $rows AS row MERGE (n:{node.label} {{{node.key}: row.key}}) ON CREATE SET n.first_seen = $stamps.last_seen "
        "WITH n, row, coalesce(n.lead, $rank) >= $rank AS leads "
        "SET n += CASE WHEN leads THEN row.props ELSE {} END, n += CASE WHEN leads THEN $stamps ELSE {} END, "
        "n.lead = CASE WHEN leads THEN $rank ELSE n.lead END, n.gone_on = null, n.stub = null, "
        "n.said = [s IN coalesce(n.said, []) WHERE NOT s STARTS WITH $prefix] + [row.said]"
    )


def merge_owned(node: NodeType) -> str:
    """$rows: key, props. $stamps as above. What hangs on an owner is asserted by the owner's row."""
    return f"UNWIND $rows AS row MERGE (n:{node.label} {{{node.key}: row.key}}) ON CREATE SET n.first_seen = $stamps.last_seen SET n += row.props, n += $stamps"


def merge_stubs(node: NodeType) -> str:
    """$keys. $stamps: source, run, first_seen, last_seen, stub. What exists is left as it is (M-10)."""
    return f"UNWIND $keys AS key MERGE (n:{node.label} {{{node.key}: key}}) ON CREATE SET n += $stamps"


def merge_links(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """$rows: start, end, props. $stamps: run, last_seen, source_rank, gone_on (null). Unique by type, ends and $source (M-11).

    Stated by an object now and beside the objects before, it loses its digest: it ends with the object's statement (end_links).
    The embedded server walks the relations of the node that stands left in the MERGE: that is the end with fewer of them.
    """
    left, right = ("b", "a") if relation.spreads else ("a", "b")
    arrow = "<-[r:%s {source: $source}]-" if relation.spreads else "-[r:%s {source: $source}]->"
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}}) MATCH (b:{end.label} {{{end.key}: row.end}}) "
        f"MERGE ({left}){arrow % relation.type}({right}) "
        "ON CREATE SET r.first_seen = $stamps.last_seen SET r.digest = null, r += row.props, r += $stamps"
    )


def end_links(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """$rows: start, keep (keys of the ends still stated). What $source no longer states of these starts ends (M-7); an owned end with it.

    A relation with a digest is stated beside the objects and ends on its own (end_link).
    """
    owned = ", b.gone_on = $today" if relation.owned else ""
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}})-[r:{relation.type}]->(b:{end.label}) "
        f"WHERE r.source = $source AND r.gone_on IS NULL AND r.digest IS NULL AND NOT b.{end.key} IN row.keep SET r.gone_on = $today{owned}"
    )


def end_link(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """$rows: start, end. These relations of $source end."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}})-[r:{relation.type}]->(b:{end.label} {{{end.key}: row.end}}) "
        "WHERE r.source = $source AND r.gone_on IS NULL SET r.gone_on = $today"
    )


def end_nodes(node: NodeType) -> str:
    """$keys. The source ($prefix) no longer asserts these nodes; one that no source asserts gets gone_on (M-5).

    The values of the others may not be on the node: their entries become 'source=?', so that their next load writes them again.
    """
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) "
        "SET n.said = [s IN n.said WHERE NOT s STARTS WITH $prefix | CASE WHEN s ENDS WITH '=-' THEN s ELSE split(s, '=')[0] + '=?' END] + [$prefix + '-'], "
        "n.lead = null "
        "WITH n WHERE all(s IN n.said WHERE s ENDS WITH '=-') SET n.gone_on = $today"
    )


def end_links_of(node: NodeType) -> str:
    """$keys. The relations that $source states of these nodes end with them (M-11)."""
    return f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}})-[r]->() WHERE r.source = $source AND r.gone_on IS NULL SET r.gone_on = $today"


def held_all(node: NodeType) -> str:
    """What the source ($prefix) has said of this label: key, digest ('-': no longer asserted)."""
    return f"MATCH (n:{node.label}) WHERE any(s IN n.said WHERE s STARTS WITH $prefix) {_held(node)}"


def held_some(node: NodeType) -> str:
    """The same for $keys."""
    return f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) WHERE any(s IN n.said WHERE s STARTS WITH $prefix) {_held(node)}"


def _held(node: NodeType) -> str:
    return f"RETURN n.{node.key} AS key, [s IN n.said WHERE s STARTS WITH $prefix | substring(s, size($prefix))][0] AS digest"


def held_links(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """The live relations that $source states beside its objects: start, end, digest."""
    return (
        f"MATCH (a:{start.label})-[r:{relation.type}]->(b:{end.label}) WHERE r.source = $source AND r.gone_on IS NULL AND r.digest IS NOT NULL "
        f"RETURN a.{start.key} AS start, b.{end.key} AS end, r.digest AS digest"
    )


def held_some_links(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """The same for $rows: start, end."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}})-[r:{relation.type}]->(b:{end.label} {{{end.key}: row.end}}) "
        "WHERE r.source = $source AND r.gone_on IS NULL AND r.digest IS NOT NULL "
        f"RETURN a.{start.key} AS start, b.{end.key} AS end, r.digest AS digest"
    )


def stubs_made(node: NodeType) -> str:
    """The stubs of this label that $run made and nothing has filled since: key, in order."""
    return f"MATCH (n:{node.label} {{stub: true}}) WHERE n.run = $run RETURN n.{node.key} AS key ORDER BY key"


def set_second_label(node: NodeType, second: str) -> str:
    """$kind: the value of `kind` that the second label stands for. In a transaction of its own (docs/cypher_dialect.md, 2)."""
    return f"MATCH (n:{node.label}) WHERE n.kind = $kind AND NOT n:{second} SET n:{second}"


def drop_second_label(node: NodeType, second: str) -> str:
    """The second label goes where `kind` is another one."""
    return f"MATCH (n:{second}:{node.label}) WHERE n.kind IS NULL OR n.kind <> $kind REMOVE n:{second}"


def purge_links(label: str) -> str:
    """Relations of a label that ended before $before: deleted, $limit at a time; returns how many."""
    return f"MATCH (n:{label})-[r]->() WHERE r.gone_on < $before WITH r LIMIT $limit DELETE r RETURN count(*) AS deleted"


def purge_nodes(label: str) -> str:
    """Nodes of a label that ended before $before, with what is left on them: deleted, $limit at a time; returns how many."""
    return f"MATCH (n:{label}) WHERE n.gone_on < $before WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS deleted"


def pairs() -> list[tuple[RelationType, NodeType, NodeType]]:
    """Every relation type with every pair of its ends."""
    return [(relation, start, end) for relation in RELATIONS.values() for start, end in relation.ends]


def all_statements() -> dict[str, str]:
    """Every statement that can be rendered, by name: the contract tests run each on both servers."""
    by_node = (merge_nodes, merge_owned, merge_stubs, end_nodes, end_links_of, held_all, held_some, stubs_made)
    by_pair = (merge_links, end_links, end_link, held_links, held_some_links)
    found = {f"{render.__name__} {node.label}": render(node) for node in NODES.values() for render in by_node}
    found |= {f"{render.__name__} {r.type} {a.label} {b.label}": render(r, a, b) for r, a, b in pairs() for render in by_pair}
    found |= {f"{render.__name__} {label}": render(label) for label in NODES for render in (purge_links, purge_nodes)}
    for node in NODES.values():
        for second in node.seconds:
            found |= {f"{render.__name__} {second}": render(node, second) for render in (set_second_label, drop_second_label)}
    return found
