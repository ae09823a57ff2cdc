"""The write statements, rendered from the model and from nothing else (docs/style.md, 2). Values are parameters (invariant 11)."""

from typing import Final

from graph.model import NODES, RELATIONS
from graph.model.kinds import NodeType, RelationType
from graph.model.nodes import SOURCE_RECORD
from graph.model.relations import DESCRIBES
from graph.writing import ending_statements as ending
from graph.writing.ending_statements import pairs


def _given(*stamps: str) -> str:
    return ", ".join(f"{name}: $stamps.{name}" for name in stamps)


_SEEN: Final = _given("source", "run", "last_seen", "first_seen")
_LINKED: Final = f"{_SEEN}, {_given('source_rank')}"


def merge_nodes(node: NodeType) -> str:
    """$rows: key, props, said (all entries, this source's among them). $stamps: source, run, last_seen. A stub is filled in place (M-10).

    What a row gives beside the properties (`source` of a shared node, `told_by`) stands in its props, which come after the stamps.
    """
    return (
        f"UNWIND $rows AS row MERGE (n:{node.label} {{{node.key}: row.key}}) ON CREATE SET n.first_seen = $stamps.last_seen "
        "SET n += $stamps, n += row.props, n.said = row.said, n.gone_on = null, n.stub = null"
    )


def create_nodes(node: NodeType) -> str:
    """The same for nodes that the store does not have; $stamps with first_seen. Its unique key refuses the whole transaction if it has one.

    What is made in one piece costs the embedded server a third less than what is set afterwards.
    """
    lead = f", {_given('lead')}" if node.newest else ""
    return f"UNWIND $rows AS row CREATE (n:{node.label} {{{node.key}: row.key, said: row.said, {_SEEN}{lead}}}) SET n += row.props"


def create_owned(relation: RelationType, start: NodeType, node: NodeType) -> str:
    """What hangs on nodes of this transaction, with the relation that holds it. $rows: start, key, props; $stamps with first_seen."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}}) "
        f"CREATE (a)-[r:{relation.type} {{{_LINKED}}}]->(n:{node.label} {{{node.key}: row.key, {_SEEN}, {_given('lead')}}}) SET n += row.props"
    )


def create_records(node: NodeType) -> str:
    """The records of nodes of this transaction, with their relations to them. $rows: start (key of the node), key, props; $stamps with first_seen."""
    return (
        f"UNWIND $rows AS row MATCH (a:{node.label} {{{node.key}: row.start}}) "
        f"CREATE (n:{SOURCE_RECORD.label} {{{SOURCE_RECORD.key}: row.key, {_SEEN}}})-[r:{DESCRIBES.type} {{{_LINKED}}}]->(a) SET n += row.props"
    )


def create_links(relation: RelationType, start: NodeType, end: NodeType) -> str:
    """$rows: start, end, props; $stamps with source and first_seen. Only beside create_nodes of the starts, which alone makes it safe to run twice."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start.label} {{{start.key}: row.start}}) MATCH (b:{end.label} {{{end.key}: row.end}}) "
        f"CREATE (a)-[r:{relation.type} {{{_LINKED}}}]->(b)"
        f"{' SET r += row.props' if relation.properties else ''}"
    )


def claim_nodes(node: NodeType) -> str:
    """$rows: key, said. A source asserts nodes whose values another one gives (M-3)."""
    return f"UNWIND $rows AS row MATCH (n:{node.label} {{{node.key}: row.key}}) SET n.said = row.said, n.gone_on = null, n.stub = null"


def restate_nodes(node: NodeType) -> str:
    """$rows: key, props. Other values of nodes that are there; $stamps: run, last_seen."""
    return f"UNWIND $rows AS row MATCH (n:{node.label} {{{node.key}: row.key}}) SET n += $stamps, n += row.props"


def merge_owned(node: NodeType) -> str:
    """$rows: key, props. $stamps as above, with lead. What hangs on an owner is asserted by the owner's row."""
    return f"UNWIND $rows AS row MERGE (n:{node.label} {{{node.key}: row.key}}) ON CREATE SET n.first_seen = $stamps.last_seen SET n += row.props, n += $stamps"


def merge_owned_shared(node: NodeType) -> str:
    """The same where another source may state the same node: the smaller rank gives the values, of what is counted in time the newest (M-3).

    $stamps.lead: the rank. Properties are whole: what is not stated is null.
    """
    lead = "coalesce(n.lead, $stamps.lead) >= $stamps.lead"
    if node.newest:
        old, new = f"n.{node.newest}", f"coalesce(row.props.{node.newest}, $never)"
        lead = f"(n.lead IS NULL OR coalesce({old}, $never) < {new} OR (coalesce({old}, $never) = {new} AND n.lead >= $stamps.lead))"
    return (
        f"UNWIND $rows AS row MERGE (n:{node.label} {{{node.key}: row.key}}) ON CREATE SET n.first_seen = $stamps.last_seen "
        f"WITH n, row, (n.gone_on IS NOT NULL OR {lead}) AS leads "
        "SET n += CASE WHEN leads THEN row.props ELSE {} END, n += CASE WHEN leads THEN $stamps ELSE {} END"
    )


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


def any_node(node: NodeType) -> str:
    """A row if the store has a node of this label, a stub or not."""
    return f"MATCH (n:{node.label}) RETURN 1 AS found LIMIT 1"


def held_all(node: NodeType) -> str:
    """The nodes that the source ($prefix) asserts or asserted: key, said; of a label of which the newest leads also its instant, lead, source."""
    return f"MATCH (n:{node.label}) WHERE any(s IN n.said WHERE s STARTS WITH $prefix) {_held(node)}"


def held_some(node: NodeType) -> str:
    """The same for $keys, whoever asserts them."""
    there = "" if node.newest else "WHERE n.said IS NOT NULL "
    return f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) {there}{_held(node)}"


def _held(node: NodeType) -> str:
    newest = f", CASE WHEN n.gone_on IS NULL THEN n.{node.newest} END AS newest, n.lead AS lead, n.source AS source" if node.newest else ""
    return f"RETURN n.{node.key} AS key, n.said AS said{newest}"


def known(node: NodeType) -> str:
    """$keys. What all sources say of these nodes: key, said, told, the node's own values, and of each live SourceRecord its source and statement."""
    records = "[(n)<-[d:DESCRIBES]-(s:SourceRecord) WHERE d.gone_on IS NULL AND s.gone_on IS NULL | [s.source, s.statement]]"
    records = records if ending.is_described(node) else "[]"
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) "
        f"RETURN n.{node.key} AS key, n.said AS said, n.told_by AS told, properties(n) AS props, {records} AS records"
    )


def held_by_others(node: NodeType) -> str:
    """$keys. Who else hangs these nodes on another: key, source, rank, label and key of the other, what its SourceRecord says of it."""
    owning = "|".join(relation.type for relation in RELATIONS.values() if relation.owned and any(end is node for _, end in relation.ends))
    return (
        f"UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}})<-[r:{owning}]-(o)<-[d:DESCRIBES]-(s:SourceRecord) "
        "WHERE r.gone_on IS NULL AND r.source <> $source AND d.gone_on IS NULL AND s.source = r.source "
        f"RETURN n.{node.key} AS key, r.source AS source, r.source_rank AS rank, head(labels(o)) AS label, o.id AS owner, s.statement AS statement"
    )


def record_nodes() -> str:
    """$ids. What these SourceRecords describe: id, label, key."""
    return (
        "UNWIND $ids AS id MATCH (s:SourceRecord {id: id})-[d:DESCRIBES]->(n) WHERE d.gone_on IS NULL "
        "RETURN s.id AS record, head(labels(n)) AS label, n.id AS key"
    )


def resolvable() -> str:
    """The Dangling relations of $source whose end a SourceRecord of it now describes (M-10); $prefix: how its records' ids start."""
    return (
        "MATCH (d:Dangling) WHERE d.source = $source AND d.gone_on IS NULL WITH d, $prefix + d.end_id AS wanted "
        "MATCH (s:SourceRecord {id: wanted})-[x:DESCRIBES]->(n) WHERE x.gone_on IS NULL AND s.gone_on IS NULL "
        "RETURN d.id AS id, d.relation AS relation, d.start_label AS start_label, d.start AS start, head(labels(n)) AS end_label, n.id AS end"
    )


def dangling_left() -> str:
    """How many Dangling relations of $source are left, by relation."""
    return "MATCH (d:Dangling) WHERE d.source = $source AND d.gone_on IS NULL RETURN d.relation AS relation, count(d) AS count ORDER BY relation"


def merge_matches(node: NodeType) -> str:
    """$rows: start, end, props (rule, state, evidence, by, on). $stamps: run, last_seen, source_rank, gone_on.

    What a person has said stays, unless a person says more (M-12).
    """
    return (
        f"UNWIND $rows AS row MATCH (a:{node.label} {{{node.key}: row.start}}) MATCH (b:{node.label} {{{node.key}: row.end}}) "
        "MERGE (a)-[r:SAME_AS {source: $source}]->(b) ON CREATE SET r.first_seen = $stamps.last_seen "
        "WITH r, row, (r.by IS NULL OR row.props.by IS NOT NULL) AS open "
        "SET r += CASE WHEN open THEN row.props ELSE {} END, r += CASE WHEN open THEN $stamps ELSE {} END"
    )


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


def all_statements() -> dict[str, str]:
    """Every statement that can be rendered, by name: the contract tests run each on both servers."""
    by_node = (
        merge_nodes, create_nodes, claim_nodes, restate_nodes, merge_owned, merge_owned_shared, merge_stubs, any_node, held_all, held_some, known,
        stubs_made,
    )  # fmt: skip
    found = {f"{render.__name__} {node.label}": render(node) for node in NODES.values() for render in by_node}
    found |= {f"create_owned {r.type} {a.label} {b.label}": create_owned(r, a, b) for r, a, b in pairs() if r.owned}
    found |= {f"create_records {node.label}": create_records(node) for _, node in DESCRIBES.ends}
    found |= {f"merge_matches {start.label}": merge_matches(start) for start, _ in RELATIONS["SAME_AS"].ends}
    found |= {f"held_by_others {node.label}": held_by_others(node) for node in NODES.values() if node.newest}
    found |= {render.__name__: render() for render in (record_nodes, resolvable, dangling_left)}
    found |= {
        f"{render.__name__} {r.type} {a.label} {b.label}": render(r, a, b)
        for r, a, b in pairs()
        for render in (merge_links, create_links, held_links, held_some_links)
    }
    for node in NODES.values():
        for second in node.seconds:
            found |= {f"{render.__name__} {second}": render(node, second) for render in (set_second_label, drop_second_label)}
    return found | ending.all_statements()
