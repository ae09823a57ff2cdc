"""Statements as one viewer may put them: each mark in the text becomes the condition of its rule (graph/access/rules.py).

A mark is a comment, so that the text as it stands is the operator's. It stands after a condition, or with `where` after a pattern that has none:

    MATCH (o:Offer {id: $id}) /*where sees Offer o*/
    ... WHERE r.gone_on IS NULL /*sees Capacity k of Location l*/
    ... WHERE r.gone_on IS NULL /*sees relation r of Offer o*/

What is not a row but a value has marks of its own:

    RETURN properties(o) /*shown Offer o*/ AS node        without the properties that are withheld
    RETURN [] /*withheld Offer o*/ AS withheld            names of properties and relations of which nothing is told
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from graph.access import classes, rules
from graph.access.table import AccessRow
from graph.access.viewer import Scope, Viewer
from graph.model import NODES, RELATIONS

KEPT: Final = 1024  # rendered statements: a search has one a set of criteria and viewer

MARK: Final = re.compile(r" ?/\*(?P<where>where )?sees (?P<label>\w+) (?P<var>\w+)(?: of (?P<holder>\w+) (?P<of>\w+))?\*/")
SHOWN: Final = re.compile(r"properties\((?P<var>\w+)\) /\*shown (?P<label>\w+) (?P=var)\*/")
WITHHELD: Final = re.compile(r"\[\] /\*withheld\*/")
ANY_MARK: Final = re.compile(r"/\*.*?\*/")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A statement for one viewer, with the parameters that it needs beside its own."""

    text: str
    params: Mapping[str, Any]


def rendered(text: str, viewer: Viewer) -> Rendered:
    """The statement as this viewer may put it. Raises ValueError for a mark that says nothing known (a defect)."""
    return Rendered(text, NOTHING) if sees_everything(viewer) else _rendered(text, viewer)


def sees_everything(viewer: Viewer) -> bool:
    """Whether statements go out as they stand: the local operator's do."""
    return viewer.sees_all_offers and viewer.scopes.issuperset(Scope)


NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@lru_cache(maxsize=KEPT)
def _rendered(text: str, viewer: Viewer) -> Rendered:
    seen = MARK.sub(lambda mark: _condition(mark, viewer), text)
    seen = SHOWN.sub(lambda mark: _properties(mark["label"], mark["var"], viewer), seen)
    seen = WITHHELD.sub(str(list(rules.withheld_names(viewer))), seen)
    if (left := ANY_MARK.search(seen)) is not None:
        raise ValueError(f"{left[0]} is no mark that is known (graph/access/rendering.py).")
    used = viewer.perimeter is not None and f"${rules.PERIMETER}" in seen
    return Rendered(seen, {rules.PERIMETER: sorted(viewer.perimeter)} if used and viewer.perimeter is not None else NOTHING)


def _condition(mark: re.Match[str], viewer: Viewer) -> str:
    seen = condition(viewer, mark["label"], mark["var"], mark["holder"], mark["of"])
    if seen == rules.TRUE:
        return ""
    whole = seen if seen == rules.FALSE else rules.as_value(seen)
    return f" WHERE {whole}" if mark["where"] else f" AND {whole}"


def condition(viewer: Viewer, label: str, var: str, holder: str | None = None, of: str | None = None) -> str:
    """What must hold of the variable `var` of this label, or relation type, that hangs on `of`. Raises ValueError for what no rule knows."""
    seen = _of_node(viewer, label, var) if holder is None or of is None else _of_hanging(viewer, label, var, holder, of)
    if seen is None:
        raise ValueError(f"sees {label} {var}: no rule knows it (graph/access/rules.py).")
    return seen


def _of_node(viewer: Viewer, label: str, var: str) -> str | None:
    if label in rules.RULES:
        return rules.RULES[label](viewer, var)
    if label == "Node":
        return rules.node(viewer, var)
    return rules.TRUE if label in NODES else None


def _of_hanging(viewer: Viewer, label: str, var: str, holder: str, of: str) -> str | None:
    match label:
        case "Capacity":
            return rules.capacity_of_location(viewer, var, of) if holder == "Location" else rules.capacity(viewer, var)
        case "Contact" | "Telecom":
            return rules.by_level(viewer, var, holder, of)
        case "Node":
            return rules.owned(viewer, var, of)
        case "relation":
            return rules.relation(viewer, var, holder, of)
    if label not in RELATIONS:
        return None
    return rules.restricted(viewer, holder, of) if label in classes.RESTRICTED_RELATIONS else rules.TRUE


def _properties(label: str, var: str, viewer: Viewer) -> str:
    withheld = [_without(name, label, var, viewer) for name in classes.PROPERTY_ROWS]
    hidden = ", ".join(one for one in withheld if one)
    return f"CASE WHEN {var} IS NULL THEN null ELSE {var} {{.*, {hidden}}} END" if hidden else f"properties({var})"


def _without(name: str, label: str, var: str, viewer: Viewer) -> str:
    row = classes.PROPERTY_ROWS[name]
    seen = rules.restricted(viewer, label, var) if row is AccessRow.RESTRICTED else rules.TRUE if viewer.sees(row) else rules.FALSE
    if seen == rules.TRUE:
        return ""
    return f"{name}: null" if seen == rules.FALSE else f"{name}: CASE WHEN {seen} THEN {var}.{name} END"
