"""The whole content of a store as plain values: read from one, written into an empty one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.model import NODES
from graph.store.connection import Store
from graph.writing.content import search_copies

Props = Mapping[str, Any]
ALL_NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS props"
ALL_LINKS = (
    "MATCH (a)-[r]->(b) "
    "RETURN labels(a) AS a_labels, properties(a) AS a_props, type(r) AS kind, properties(r) AS props, labels(b) AS b_labels, properties(b) AS b_props"
)


class Ref(NamedTuple):
    """A node: its label in the model, its key."""

    label: str
    key: str


class Link(NamedTuple):
    """A relation with its properties."""

    start: Ref
    type: str
    end: Ref
    props: Props


@dataclass(frozen=True)
class Content:
    """Nodes by label and key, and relations."""

    nodes: Mapping[Ref, Props]
    links: Sequence[Link]


def read(store: Store) -> Content:
    """Everything that is in a store."""
    nodes = {_ref(labels, props): props for labels, props in store.stream(ALL_NODES)}
    links = [Link(_ref(a, x), kind, _ref(b, y), props) for a, x, kind, props, b, y in store.stream(ALL_LINKS)]
    return Content(nodes, links)


def write(store: Store, content: Content) -> None:
    """Write into an empty store, with the folded copies that are searched."""
    by_label: dict[str, list[Props]] = defaultdict(list)
    for ref, props in content.nodes.items():
        key = NODES[ref.label].key
        by_label[ref.label].append({**search_copies(NODES[ref.label], ref.key, props), **props, key: ref.key})
    store.write([(f"UNWIND $rows AS row CREATE (n:{label}) SET n += row", {"rows": rows}) for label, rows in by_label.items()])
    by_kind: dict[tuple[str, str, str], list[Props]] = defaultdict(list)
    for link in content.links:
        by_kind[link.start.label, link.type, link.end.label].append({"a": link.start.key, "b": link.end.key, "props": dict(link.props)})
    store.write(
        [
            (
                (
                    f"UNWIND $rows AS row MATCH (a:{a} {{{NODES[a].key}: row.a}}) MATCH (b:{b} {{{NODES[b].key}: row.b}}) "
                    f"CREATE (a)-[r:{kind}]->(b) SET r += row.props"
                ),
                {"rows": rows},
            )
            for (a, kind, b), rows in by_kind.items()
        ]
    )


def _ref(labels: Sequence[str], props: Props) -> Ref:
    label = next(one for one in labels if one in NODES)
    return Ref(label, props[NODES[label].key])
