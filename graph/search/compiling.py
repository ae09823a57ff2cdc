"""A criteria tree as one Cypher expression of three values: TRUE, FALSE, and null for UNKNOWN (S-1).

Cypher's AND, OR and NOT follow Kleene on null. Each leaf becomes a variable, computed once, so that a reason and an unknown can name it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from graph.search import fragments, leaf_cypher
from graph.search.criteria import All, AnyOf, Criteria, Leaf, Not, SameSite, children
from graph.search.leaves import (
    SINGLES,
    Age,
    Area,
    Capacity,
    Coded,
    Equipment,
    Field,
    InAnomaly,
    OpenAt,
    Single,
    Stated,
    Tariff,
    Text,
    UpdatedSince,
)  # fmt: skip
from graph.search.params import Params

PROPERTIES: Final[Mapping[Field, str]] = {
    Field.FIELD_OF_ACTIVITY: "field_of_activity",
    Field.CARE_MODE: "care_mode",
    Field.OFFER_TYPE: "offer_type",
    Field.RECEPTION_TYPE: "reception_type",
    Field.MATERNITY_TYPE: "maternity_type",
}


def leaf_expression(leaf: Single, params: Params, o: str = "o", acts: str = "acts") -> str:
    """One criterion on one offer, whose site is s and whose commune is c."""
    match leaf:
        case Coded(Field.ACTIVITY, codes):
            return f"CASE WHEN size({acts}) > 0 THEN any(act IN {acts} WHERE act IN ${params.of(codes)}) END"
        case Coded(Field.ESTABLISHMENT_CATEGORY, codes):
            return f"(s.category IN ${params.of(codes)})"
        case Coded(field, codes) if field in PROPERTIES:
            return f"({o}.{PROPERTIES[field]} IN ${params.of(codes)})"
        case Coded(field, codes):
            return leaf_cypher.related_codes(field, f"${params.of(codes)}", o)
    return _of_offer(leaf, params, o)


def _of_offer(leaf: Single, params: Params, o: str) -> str:
    return _COMPILED[type(leaf)](leaf, params, o)


_COMPILED: Final[Mapping[type, Callable[[Any, Params, str], str]]] = {
    Text: lambda leaf, params, o: leaf_cypher.text(leaf, params, o, "s"),
    Stated: leaf_cypher.stated,
    Age: leaf_cypher.age,
    OpenAt: lambda leaf, params, o: leaf_cypher.open_at(leaf, params, o, "c"),
    Equipment: leaf_cypher.equipment,
    Capacity: leaf_cypher.capacity,
    Tariff: lambda leaf, params, _: leaf_cypher.tariff(leaf, params, "s"),
    Area: leaf_cypher.area,
    UpdatedSince: leaf_cypher.updated_since,
    InAnomaly: lambda leaf, _, o: leaf_cypher.in_anomaly(leaf, o),
}


def expression(criteria: Criteria, leaves: Mapping[Leaf, str]) -> str:
    """The tree over what `leaves` says for each leaf: a variable or an expression."""
    match criteria:
        case All(parts):
            return _joined(" AND ", parts, leaves) if parts else "true"
        case AnyOf(parts):
            return _joined(" OR ", parts, leaves)
        case Not(part):
            return f"(NOT {expression(part, leaves)})"
    return leaves[criteria]


def _joined(word: str, parts: Iterable[Criteria], leaves: Mapping[Leaf, str]) -> str:
    return f"({word.join(expression(part, leaves) for part in parts)})"


def conjuncts(criteria: Criteria) -> tuple[Criteria, ...]:
    """The parts of the root AND: one that is FALSE makes the whole FALSE."""
    if isinstance(criteria, All):
        return tuple(inner for part in criteria.parts for inner in conjuncts(part))
    return (criteria,)


def leaves_of(criteria: Criteria) -> tuple[Leaf, ...]:
    """The leaves outside `sameSite`, each once, in the order of the tree. A `sameSite` is one leaf of its offer."""
    if isinstance(criteria, (*SINGLES, SameSite)):
        return (criteria,)
    return tuple(dict.fromkeys(leaf for child in children(criteria) for leaf in leaves_of(child)))


def reads_only_offer(criteria: Criteria) -> bool:
    """Whether the offer's own properties decide it: then it is asked before anything is followed."""
    return all(leaf.field in PROPERTIES for leaf in _coded(criteria)) and not _others(criteria)


def reads_activities(criteria: Criteria) -> bool:
    """Whether the offer's own properties and activities decide it."""
    return all(leaf.field in PROPERTIES or leaf.field is Field.ACTIVITY for leaf in _coded(criteria)) and not _others(criteria)


def _coded(criteria: Criteria) -> list[Coded]:
    return [leaf for leaf in leaves_of(criteria) if isinstance(leaf, Coded)]


def _others(criteria: Criteria) -> bool:
    return any(not isinstance(leaf, Coded) for leaf in leaves_of(criteria))


def inline(criteria: Criteria, params: Params) -> str:
    """A part that needs no variable, with its leaves written out."""
    return expression(criteria, {leaf: leaf_expression(leaf, params) for leaf in leaves_of(criteria) if not isinstance(leaf, SameSite)})


def same_sites(leaves: Sequence[Leaf], needed: Callable[[SameSite], str], params: Params, carried: str) -> list[str]:
    """Cypher for each `sameSite` among the leaves: binds `same<place>` (three values) and `other<place>` (ids of the offers that make it TRUE).

    Another live offer of the site, of the same origin: TRUE if one meets the criteria, else UNKNOWN if one may, else FALSE; without a site UNKNOWN.
    `needed`: Cypher that says whether the answer of a leaf can matter for an offer.
    """
    clauses = []
    for place, leaf in enumerate(leaves):
        if isinstance(leaf, SameSite):
            clauses.append(_same_site(leaf, place, params, carried, needed(leaf)))
            carried = f"{carried}, same{place}, other{place}"
    return clauses


def undecided(criteria: Criteria, leaf: Leaf, params: Params) -> str:
    """Cypher: properties and activities of the offer do not make FALSE every AND that holds the leaf; `false` where the tree does not hold it."""
    if criteria == leaf:
        return "true"
    inside = [found for child in _sides(criteria) if (found := undecided(child, leaf, params)) != "false"]
    if not inside:
        return "false"
    met = "true" if "true" in inside else f"({' OR '.join(inside)})"
    beside = [part for part in criteria.parts if leaves_of(part) and reads_activities(part)] if isinstance(criteria, All) else []
    conditions = [*(f"coalesce({inline(part, params)}, true)" for part in beside), *([met] if met != "true" else [])]
    return " AND ".join(conditions) or "true"


def _sides(criteria: Criteria) -> tuple[Criteria, ...]:
    return () if isinstance(criteria, SameSite) else children(criteria)


def _same_site(leaf: SameSite, place: int, params: Params, carried: str, needed: str) -> str:
    inside: dict[Leaf, str] = {part: leaf_expression(part, params, o="x", acts="y.acts") for part in leaves_of(leaf.inside) if not isinstance(part, SameSite)}
    return f"""WITH {carried}, {needed} AS matters
WITH {carried}, CASE WHEN matters AND s IS NOT NULL THEN {fragments.OTHERS} ELSE [] END AS xs
WITH {carried}, [x IN xs | {{x: x, acts: {fragments.ACTIVITIES.format(o="x")}}}] AS ys
WITH {carried}, [y IN ys | {{id: y.x.id, met: head([x IN [y.x] | {expression(leaf.inside, inside)}])}}] AS seen
WITH {carried}, [x IN seen WHERE x.met | x.id] AS other{place}, [x IN seen WHERE x.met IS NULL | x.id] AS perhaps
WITH {carried}, other{place},
  CASE WHEN s IS NULL THEN null WHEN size(other{place}) > 0 THEN true WHEN size(perhaps) > 0 THEN null ELSE false END AS same{place}"""
