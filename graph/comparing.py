"""What differs between two statements of one object: property by property, relation type by relation type (docs/graph_model.md, C-1 to C-4).

The same comparison tells what a load changed (before, after) and what a source says otherwise than the graph (the source, the leader).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

import orjson

from graph.model import NODES, RELATIONS
from graph.model.kinds import Value
from graph.reads import plain
from graph.record import Item, Link, Owned, Ref

OWNED: Final = tuple(relation.type for relation in RELATIONS.values() if relation.owned)
Json = str | int | float | bool | list[Any] | dict[str, Any] | None

ENTITIES: Final = frozenset({"LegalEntity", "GeographicEntity"})
BY_FINESS: Final = "1"  # how the id of an entity begins that is known by its FINESS number (K-1)
PRIVATE_CATEGORIES: Final = ("SA07", "SA08", "SA09")  # individual practice, group practice, company of practice (TRE_R02)
ADDRESSED: Final = frozenset({"name", "address", "postal_code", "street_or_locality", "town", "latitude", "longitude", "comment"})


class Difference(NamedTuple):
    """A property, or a relation type for what hangs on the object, that two statements do not say alike.

    Of a property both whole values; of a relation what only the one and what only the other says. `personal`: the values are not to be shown.
    """

    name: str
    one: Json
    other: Json
    personal: bool


def differing(one: Item, other: Item) -> list[Difference]:
    """What `other` says otherwise than `one`: of the properties that both formats have, then of the relations, each by name (C-1).

    Spacing and the order of lists are no difference, empty is no value (C-2, M-8). Time O(n log n) in what the object states.
    """
    return [*_properties(one, other), *_relations(one, other)]


def _properties(one: Item, other: Item) -> Iterator[Difference]:
    hidden = _hidden_properties(one, other)
    for name in sorted(one.props.keys() & other.props.keys()):
        before, after = normal(one.props[name]), normal(other.props[name])
        if before != after:
            yield Difference(name, before, after, hidden is None or name in hidden)


def _relations(one: Item, other: Item) -> Iterator[Difference]:
    before, after = _hanging(one), _hanging(other)
    for name in sorted(before.keys() | after.keys()):
        left, right = before.get(name, {}), after.get(name, {})
        if left.keys() != right.keys():
            yield Difference(name, _only(left, right), _only(right, left), _is_hidden_relation(name, one, other))


def _only(these: Mapping[bytes, Json], those: Mapping[bytes, Json]) -> Json:
    return [these[text] for text in sorted(these.keys() - those.keys())] or None


def _hanging(item: Item) -> dict[str, dict[bytes, Json]]:
    """What hangs on an object, by relation type: links by the key of their end, what it owns by its values.

    The key of an owned node is compared too: what hangs on a contact in turn stands in the contact's key alone.
    """
    found: dict[str, dict[bytes, Json]] = {}
    for link in item.links:
        entry = _linked(link)
        found.setdefault(link.type, {})[orjson.dumps((entry, ""), option=orjson.OPT_SORT_KEYS)] = entry
    for owned in item.owned:
        entry = stated_props(owned.props)
        found.setdefault(owned.relation, {})[orjson.dumps((entry, owned.node.key), option=orjson.OPT_SORT_KEYS)] = entry
    return found


def _linked(link: Link) -> Any:
    stated = stated_props(link.props)
    return {"end": link.end.key, **stated} if stated else link.end.key


def stated_props(props: Mapping[str, Value]) -> dict[str, Json]:
    """What properties say: no empty ones, each in its normal form."""
    return {name: value for name in sorted(props) if (value := normal(props[name])) is not None}


def normal(value: Value) -> Json:
    """A value as it is compared and told: blanks joined, lists in order, days as text; an empty text or list is none.

    >>> normal(" CH  de Bresse "), normal(["b", "a"]), normal([]), normal(date(2026, 1, 31))
    ('CH de Bresse', ['a', 'b'], None, '2026-01-31')
    """
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, list):
        return sorted(" ".join(one.split()) for one in value) or None
    return value.isoformat() if isinstance(value, date) else value


def json_text(value: Json) -> str | None:
    """A value as JSON; None for none."""
    return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _hidden_properties(one: Item, other: Item) -> frozenset[str] | None:
    """The properties whose values are personal (C-4); None: all of them."""
    if NODES[one.label].personal or _is_private(one) or _is_private(other):
        return None
    hidden = personal_properties(one.label)
    held = any(_is_person_like(link.end) for link in (*one.links, *other.links))
    return hidden | ADDRESSED if held else hidden


@cache
def personal_properties(label: str) -> frozenset[str]:
    """The properties of a label that the model marks as personal."""
    return frozenset(one.name for one in NODES[label].properties if one.personal)


def _is_hidden_relation(name: str, one: Item, other: Item) -> bool:
    ends = [*_ends(name, one), *_ends(name, other)]
    return NODES[one.label].personal or _is_private(one) or _is_private(other) or any(map(is_hidden_end, ends))


def _ends(name: str, item: Item) -> Iterable[Ref]:
    yield from (link.end for link in item.links if link.type == name)
    yield from (owned.node for owned in item.owned if owned.relation == name)


def _is_private(item: Item) -> bool:
    """Whether it may be a private practice: known by another number than FINESS, or of such a category."""
    return item.label in ENTITIES and (_is_person_like(item.ref) or str(item.props.get("category") or "").endswith(PRIVATE_CATEGORIES))


def is_hidden_end(ref: Ref) -> bool:
    """Whether a relation to this node is personal: a person, what hangs on one, or what may be a private practice."""
    return NODES[ref.label].personal or _is_person_like(ref)


def _is_person_like(ref: Ref) -> bool:
    return ref.label in ENTITIES and not ref.key.startswith(BY_FINESS)


@cache
def relation_properties(relation: str) -> frozenset[str]:
    """Names of the properties that a relation has by itself, without its stamps."""
    return frozenset(one.name for one in RELATIONS[relation].properties)


def link_of(start: Ref, row: Mapping[str, Any]) -> Link:
    """A relation as the store gives it: type, labels and key of its end, props."""
    props = {name: stored(row["props"].get(name)) for name in relation_properties(row["type"])}
    return Link(row["type"], start, _end(row), props)


def owned_of(row: Mapping[str, Any]) -> Owned:
    """An owned node as the store gives it: type, labels and key, values."""
    end, values = _end(row), row["values"] or {}
    return Owned(row["type"], end, {one.name: stored(values.get(one.name)) for one in NODES[end.label].properties})


def stored(value: Any) -> Value:
    """A value of the store as one of an item: its dates are the driver's own."""
    found: Value = list(value) if isinstance(value, list) else plain(value)
    return found


def model_label(labels: Iterable[str]) -> str | None:
    """The label of the model among the labels of a node."""
    return next((label for label in labels if label in NODES), None)


def _end(row: Mapping[str, Any]) -> Ref:
    return Ref(model_label(row["labels"]) or "", row["key"])
