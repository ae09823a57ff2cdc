"""Objects as the spool keeps them on disk, and their digest: plain tuples in a fixed order, since a national file has a million of them."""

import hashlib
import pickle
from collections.abc import Mapping, Sequence

from graph.model.kinds import Value
from graph.record import Item, Link, Owned, Ref

Pairs = Sequence[tuple[str, Value]]
Hanging = tuple[str, str, str, Pairs]  # relation, label and key of the end, properties of the relation or of the owned node
Content = tuple[Pairs, Sequence[Hanging], Sequence[Hanging]]
NONE: Pairs = ()


def packed(item: Item) -> tuple[str, bytes]:
    """Digest and content of an object, without what it states beside itself."""
    content = (
        sorted(item.props.items()),
        sorted((link.type, link.end[0], link.end[1], _pairs(link.props)) for link in item.links),
        sorted((owned.relation, owned.node[0], owned.node[1], _pairs(owned.props)) for owned in item.owned),
    )
    return digest(_sets_sorted(content)), pickle.dumps(content, pickle.HIGHEST_PROTOCOL)


def unpacked(label: str, key: str, content: bytes) -> Item:
    """The object again."""
    props, links, owned = pickle.loads(content)  # written by this process a moment ago, in a folder of its own
    me = Ref(label, key)
    return Item(
        label,
        key,
        dict(props),
        tuple(Link(relation, me, Ref(end, end_key), dict(pairs)) for relation, end, end_key, pairs in links),
        tuple(Owned(relation, Ref(end, end_key), dict(pairs)) for relation, end, end_key, pairs in owned),
    )


def packed_props(props: Mapping[str, Value]) -> tuple[str, bytes]:
    """Digest and content of the properties of a relation."""
    pairs = _pairs(props)
    return digest(pairs), pickle.dumps(pairs, pickle.HIGHEST_PROTOCOL)


def unpacked_props(content: bytes) -> dict[str, Value]:
    """The properties again."""
    return dict(pickle.loads(content))  # as above


def digest(content: object) -> str:
    """What is compared between two loads (M-8)."""
    return hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()


def _pairs(props: Mapping[str, Value]) -> Pairs:
    return sorted(props.items()) if props else NONE


def _sets_sorted(content: Content) -> Content:
    """The order of a list is not a difference (M-8)."""
    props, links, owned = content
    if not any(type(value) is list for _, value in props):
        return content
    return [(name, sorted(value) if isinstance(value, list) else value) for name, value in props], links, owned
