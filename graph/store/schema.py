"""Constraints and indexes of the store, rendered from the model; made when the store has not these ones yet."""

import hashlib
from collections.abc import Iterator

from graph.model import NEVER_STUBS, NODES
from graph.model.kinds import NodeType
from graph.store.connection import Store
from graph.store.dialect import await_indexes, create_full_text, index, unique

HELD = "MATCH (s:SchemaState {id: 'schema'}) RETURN s.digest"
KEEP = "MERGE (s:SchemaState {id: 'schema'}) SET s.digest = $digest RETURN s.id AS id"
NAME, WORDS = "folded", "words"  # graph/model/kinds.py: prefix, full text


def ensure_schema(store: Store) -> None:
    """Make what is missing; a store that has it answers one small read. Raises the store's errors."""
    statements = list(schema_statements())
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    if next(store.stream(HELD), None) == (digest,):
        return
    for node in searched():  # first: on the embedded server the index makes the type
        create_full_text(store.server, store.endpoint, store.command, node.label, WORDS)
    for statement in statements:
        store.command(statement)
    await_indexes(store.server, store.command)
    store.write([(KEEP, {"digest": digest})])


def searched() -> list[NodeType]:
    """The labels with a search text."""
    return [node for node in NODES.values() if node.searched]


def schema_statements() -> Iterator[str]:
    """Unique keys and range indexes of every label; a property with few values is followed by the key (graph/store/dialect.py)."""
    for node in NODES.values():
        yield unique(node.label, node.key)
        if node.label not in NEVER_STUBS:
            yield index(node.label, "stub", node.key)
        if node.searched:
            yield index(node.label, NAME)
        for name in node.indexed:
            yield index(node.label, name, node.key)
