"""What hangs on objects, as statements: owned nodes, relations with stubs for their missing ends, and relations whose end is not known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from graph.model import NEVER_STUBS, NODES, RELATIONS
from graph.model.kinds import NodeType, RelationType, Value
from graph.model.nodes import DANGLING
from graph.record import Dangling, Item, Link, Owned, Ref
from graph.store.connection import Statement
from graph.text import folded
from graph.writing import statements
from graph.writing.stamps import Stamps

NEVER = ""  # before every instant
Hanging = tuple[Ref, Owned]


class Way(Enum):
    """How what hangs on objects is written."""

    NEW = "new"  # the store has neither it nor its objects
    FIRST = "first"  # their source states them for the first time
    AGAIN = "again"  # some of it may be there, with other values
    SHARED = "shared"  # the same, and another source may state the same owned nodes


REPEATED = (Way.AGAIN, Way.SHARED)


def content_statements(items: Sequence[Item], stamps: Stamps, way: Way) -> Iterator[Statement]:
    """All that hangs on these objects."""
    hanging = [one for item in items for one in hung_on(item.ref, item.owned)]
    if way is Way.NEW:
        made = {owned.node: (start, owned) for start, owned in hanging}  # by the last that states it
        yield from _made(made.values(), stamps)
        hanging = [one for one in hanging if _holder(one) != _holder(made[one[1].node])]
    else:
        yield from owned_statements((owned for _, owned in hanging), stamps, way)
    links = [*(link for item in items for link in item.links), *(Link(owned.relation, start, owned.node) for start, owned in hanging)]
    yield from link_statements(links, stamps, {item.ref for item in items}, way)
    dangling = [_dangling_row(item, one, stamps.source) for item in items for one in item.dangling]
    if dangling:
        yield statements.merge_owned(DANGLING), {"rows": dangling, "stamps": {**stamps.node(), "gone_on": None}}


def hung_on(start: Ref, owned: Iterable[Owned]) -> Iterator[Hanging]:
    """What hangs on a node, and what hangs on that, each with what it hangs on."""
    for one in owned:
        yield start, one
        if one.owned:
            yield from hung_on(one.node, one.owned)


def _holder(hanging: Hanging) -> tuple[Ref, str]:
    start, owned = hanging
    return start, owned.relation


def _made(hanging: Iterable[Hanging], stamps: Stamps) -> Iterator[Statement]:
    """New owned nodes, each with the relation that holds it; what hangs on one comes after it."""
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for start, owned in hanging:
        rows[owned.relation, start.label, owned.node.label].append({"start": start.key, "key": owned.node.key, "props": dict(owned.props)})
    for (relation, label, of), sent in rows.items():
        given = stamps.first({**stamps.owned(), **stamps.link()})
        yield statements.create_owned(RELATIONS[relation], NODES[label], NODES[of]), {"rows": sent, "stamps": given}


def owned_statements(owned: Iterable[Owned], stamps: Stamps, way: Way) -> Iterator[Statement]:
    """The owned nodes, without their relations."""
    rows: dict[str, dict[str, Mapping[str, Value]]] = defaultdict(dict)
    for one in owned:
        rows[one.node.label][one.node.key] = one.props
    for label, by_key in rows.items():
        node = NODES[label]
        contested = way is Way.SHARED or bool(node.newest)
        sent = [{"key": key, "props": whole(node, props) if contested or way in REPEATED else dict(props)} for key, props in sorted(by_key.items())]
        if contested:
            yield statements.merge_owned_shared(node), {"rows": sent, "stamps": stamps.owned(), "never": NEVER}
        else:
            yield statements.merge_owned(node), {"rows": sent, "stamps": stamps.owned()}


def link_statements(links: Sequence[Link], stamps: Stamps, there: frozenset[Ref] | set[Ref] = frozenset(), way: Way = Way.FIRST) -> Iterator[Statement]:
    """Missing ends as stubs, then the relations. `there`: what this transaction has written itself."""
    yield from _stubs(links, there, stamps)
    if way is Way.NEW:
        links = list({(link.type, link.start, link.end): link for link in links}.values())  # unique by type and ends, as MERGE would make them (M-11)
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for link in links:
        props = whole(RELATIONS[link.type], link.props) if way in REPEATED else dict(link.props)
        rows[link.type, link.start.label, link.end.label].append({"start": link.start.key, "end": link.end.key, "props": props})
    for (kind, start, end), sent in rows.items():
        ends = RELATIONS[kind], NODES[start], NODES[end]
        if way is Way.NEW:
            yield statements.create_links(*ends), {"rows": sent, "stamps": stamps.first({"source": stamps.source, **stamps.link()})}
        else:
            yield statements.merge_links(*ends), {"rows": sent, "source": stamps.source, "stamps": stamps.link()}


def whole(kind: NodeType | RelationType, props: Mapping[str, Value]) -> dict[str, Value]:
    """Every property of a label or relation, null where it is not stated."""
    return {one.name: props.get(one.name) for one in kind.properties}


def search_copies(node: NodeType, key: str, props: Mapping[str, Value]) -> dict[str, Value]:
    """The folded copies that are searched, where these properties touch them."""
    if not any(name in props for name in node.searched):
        return {}
    values = [props.get(name) for name in node.searched]
    if all(value is None for value in values):
        return {"folded": None, "words": None}
    return {"folded": folded(values[:1]), "words": folded([key, *values])}


def dangling_id(item: Item, one: Dangling, source: str) -> str:
    """Key of a Dangling relation: whose, of what, to what."""
    return f"{source}/{item.label}/{item.key}/{one.relation}/{one.end_id}"


def _dangling_row(item: Item, one: Dangling, source: str) -> dict[str, Any]:
    props = {"relation": one.relation, "start_label": item.label, "start": item.key, "end_id": one.end_id}
    return {"key": dangling_id(item, one, source), "props": props}


def _stubs(links: Iterable[Link], there: frozenset[Ref] | set[Ref], stamps: Stamps) -> Iterator[Statement]:
    keys: dict[str, set[str]] = defaultdict(set)
    for link in links:
        for end in (link.start, link.end):
            if end.label not in NEVER_STUBS and end not in there:
                keys[end.label].add(end.key)
    for label, wanted in sorted(keys.items()):
        yield statements.merge_stubs(NODES[label]), {"keys": sorted(wanted), "stamps": stamps.stub()}
