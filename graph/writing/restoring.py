"""Values of nodes of which the newest leads, when who gave them leaves: those of who hangs the node on an object come back, from its record (M-3)."""

from collections.abc import Sequence

from graph.model.kinds import NodeType
from graph.record import Owned
from graph.store.connection import Statement, Store
from graph.writing import statements
from graph.writing.claims import Claim
from graph.writing.content import hung_on, owned_statements
from graph.writing.packing import unpacked
from graph.writing.stamps import Stamps


def restored_statements(store: Store, node: NodeType, keys: Sequence[str], stamps: Stamps) -> list[Statement]:
    """Read what the records of others say of these nodes, and the statements that write it."""
    found: dict[tuple[str, int], list[Owned]] = {}
    rows = store.stream(statements.held_by_others(node), keys=list(keys), source=stamps.source) if keys else ()
    for key, source, rank, label, owner, statement in rows:
        item = unpacked(label, owner, statement.encode())
        found.setdefault((source, rank), []).extend(owned for _, owned in hung_on(item.ref, item.owned) if owned.node == (node.label, key))
    made = [owned_statements(owned, stamps.of(Claim(source, rank, "")), shared=True) for (source, rank), owned in sorted(found.items())]
    return [statement for some in made for statement in some]
