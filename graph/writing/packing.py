"""Objects as the spool keeps them on disk, and their digest: one compact JSON text in a fixed order serves both, since a national file has a million.

JSON has no dates: they are text in it, and become dates again by what the model says of the property.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import orjson

from graph.model import NODES, RELATIONS
from graph.model.kinds import Kind, Value
from graph.model.nodes import SOURCE_RECORD
from graph.record import Dangling, Item, Link, Owned, Ref, Said

Pairs = Sequence[tuple[str, Value]]
NONE: Pairs = ()


def packed(item: Item) -> tuple[str, bytes]:
    """Digest and content of an object, without what it states beside itself."""
    props = sorted(item.props.items())
    links = sorted((link.type, link.end[0], link.end[1], _pairs(link.props)) for link in item.links)
    owned = sorted(_packed_owned(one) for one in item.owned)
    more = _beside(item) if item.said is not None or item.dangling else ()
    content = orjson.dumps((props, links, owned, *more))
    if not any(type(value) is list for _, value in props):
        return _digest(content), content
    in_order = [(name, sorted(value) if isinstance(value, list) else value) for name, value in props]  # the order of a list is no difference (M-8)
    return _digest(orjson.dumps((in_order, links, owned, *more))), content


def _beside(item: Item) -> tuple[Any, ...]:
    """How its source names it, and the relations whose ends are not known."""
    said = (item.said.type, item.said.source_id, _pairs(item.said.stated)) if item.said is not None else None
    return said, sorted({(one.relation, one.end_id) for one in item.dangling})


def unpacked(label: str, key: str, content: bytes) -> Item:
    """The object again."""
    props, links, owned, *more = orjson.loads(content)
    said, dangling = more or (None, ())
    me = Ref(label, key)
    return Item(
        label,
        key,
        _props(props, node_dates(label)),
        tuple(Link(relation, me, Ref(end, end_key), _props(pairs, relation_dates(relation))) for relation, end, end_key, pairs in links),
        _owned(owned),
        said=Said(said[0], said[1], _props(said[2], node_dates(SOURCE_RECORD.label))) if said else None,
        dangling=tuple(Dangling(relation, end) for relation, end in dangling),
    )


def _packed_owned(one: Owned) -> tuple[Any, ...]:
    content = (one.relation, one.node[0], one.node[1], _pairs(one.props))
    return (*content, sorted(_packed_owned(inner) for inner in one.owned)) if one.owned else content


def _owned(packed_ones: list[list[Any]]) -> tuple[Owned, ...]:
    return tuple(
        Owned(relation, Ref(end, key), _props(pairs, node_dates(end)), _owned(inner[0]) if inner else ()) for relation, end, key, pairs, *inner in packed_ones
    )


def packed_props(props: Mapping[str, Value]) -> tuple[str, bytes]:
    """Digest and content of the properties of a relation."""
    content = orjson.dumps(_pairs(props))
    return _digest(content), content


def unpacked_props(relation: str, content: bytes) -> dict[str, Value]:
    """The properties again."""
    return _props(orjson.loads(content), relation_dates(relation))


@cache
def node_dates(label: str) -> frozenset[str]:
    """Properties of a label that are dates."""
    return frozenset(one.name for one in NODES[label].properties if one.kind is Kind.DATE)


@cache
def relation_dates(relation: str) -> frozenset[str]:
    """Properties of a relation that are dates."""
    return frozenset(one.name for one in RELATIONS[relation].properties if one.kind is Kind.DATE)


def _pairs(props: Mapping[str, Value]) -> Pairs:
    return sorted(props.items()) if props else NONE


def _props(pairs: list[list[Any]], dates: frozenset[str]) -> dict[str, Value]:
    return {name: date.fromisoformat(value) if value and name in dates else value for name, value in pairs}


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
