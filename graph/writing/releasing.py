"""What a source no longer states of nodes that stay: its relations end, what hung on them goes, and its open ends too."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from graph.model import RELATIONS
from graph.model.kinds import NodeType
from graph.store.connection import Statement
from graph.writing import ending_statements as ending

EACH: Final = frozenset(relation.type for relation in RELATIONS.values() if relation.each)
APART: Final = frozenset(relation.type for relation in RELATIONS.values() if relation.apart)


def released(node: NodeType, rows: Sequence[tuple[str, str]], today: date, *, leaving: bool) -> Iterator[Statement]:
    """End what sources state of nodes: key, source. `leaving`: the source no longer asserts the node; else another one leads it now, and what each
    source states for itself, or states beside its objects, stays (M-3).
    """
    if not rows:
        return
    sent = [{"key": key, "source": source, "keep": []} for key, source in rows]
    spared = sorted(APART if leaving else APART | EACH)
    yield ending.end_links_of(node), {"rows": sent, "hung": leaving, "spared": spared, "today": today}
    yield from settled(node, sent, today)
    yield ending.end_dangling_of(), {"rows": sent, "label": node.label, "today": today}


def settled(node: NodeType, rows: Sequence[dict[str, Any]], today: date) -> Iterator[Statement]:
    """What hung on relations that have ended (rows: key, source) goes, where nothing else holds it."""
    params = {"rows": rows, "today": today}
    yield from ((ending.settle_owned(*pair), params) for pair in ending.owned_pairs(node))
    yield from ((ending.settle_nested(*chain), params) for chain in ending.nested() if chain[1] is node)
