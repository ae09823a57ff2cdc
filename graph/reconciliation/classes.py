"""Which data classes (rows of the access table, docs/access.md) the objects of a source record belong to."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from graph.access import AccessRow
from graph.access.classes import AMBULATORY, OF_LEVEL, OF_STATUS, RESTRICTED_RELATIONS, SENSITIVE_ACTIVITIES, SENSITIVE_TYPES, STRICTEST
from graph.record import Item, Owned

OFFER_ALONE: Final = frozenset({AccessRow.OFFER})
STATUSES: Final = "TRE_R330"


def classes_of(item: Item) -> frozenset[AccessRow]:
    """Classes of what one ROR states of an offer or a location: identity and description are OFFER.

    A capacity of crisis is CRISIS whatever its status; a contact or telecom without level is of level 3 (A-3).
    """
    found = {AccessRow.OFFER, *_of_links(item), *_of_owned(item)}
    if item.props.get("comment"):
        found.add(AccessRow.RESTRICTED)
    if item.label == "Offer" and _is_sensitive(item):
        found.add(AccessRow.SENSITIVE)
    return _shared(frozenset(found))


def staff_of(field: str | None) -> AccessRow:
    """The class of the practices of an offer, by its field of activity."""
    return AccessRow.STAFF_AMBULATORY if field == AMBULATORY else AccessRow.STAFF


def joined(parts: Iterable[frozenset[AccessRow]]) -> frozenset[AccessRow]:
    """All of them."""
    return _shared(frozenset().union(*parts))


@cache
def _shared(classes: frozenset[AccessRow]) -> frozenset[AccessRow]:
    """One object for equal sets: there are a thousand at most, and a side has 400,000 offers."""
    return classes


def _of_links(item: Item) -> set[AccessRow]:
    return {AccessRow.RESTRICTED for link in item.links if link.type in RESTRICTED_RELATIONS}


def _of_owned(item: Item) -> Iterable[AccessRow]:
    for one in item.owned:
        if one.node.label == "Capacity":
            yield _of_capacity(one.props)
        elif one.node.label in {"Contact", "Telecom"}:
            yield from _of_contact(one, 0)


def _of_contact(one: Owned, above: int) -> Iterable[AccessRow]:
    """Of a contact and its telecoms: none is below what it hangs on (A-3)."""
    stated = one.props.get("confidentiality")
    level = max(above, stated if isinstance(stated, int) and stated in OF_LEVEL else STRICTEST)
    yield OF_LEVEL[level]
    for inner in one.owned:
        yield from _of_contact(inner, level)


def _of_capacity(line: Mapping[str, Any]) -> AccessRow:
    if line.get("crisis"):
        return AccessRow.CRISIS
    code = str(line.get("status")).rpartition("-")[2]
    return OF_STATUS.get(f"{STATUSES}-{code}", AccessRow.CRISIS)  # a status not known is withheld as the strictest


def _is_sensitive(item: Item) -> bool:
    """The flag; without it the activity or type that makes it so (A-3)."""
    flag = item.props.get("sensitive_unit")
    if flag is not None:
        return bool(flag)
    activities = {link.end.key for link in item.links if link.type == "HAS_ACTIVITY"}
    return not activities.isdisjoint(SENSITIVE_ACTIVITIES) or item.props.get("offer_type") in SENSITIVE_TYPES
