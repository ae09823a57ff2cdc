"""A criteria tree as one Cypher expression of three values: TRUE, FALSE, and null for UNKNOWN (S-1).

Cypher's AND, OR and NOT follow Kleene on null. Each leaf becomes a variable, computed once, so that a reason and an unknown can name it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.search import fragments
from graph.search.criteria import All, AnyOf, Coded, Criteria, Field, Leaf, Not, SameSite, Text, children

PROPERTIES: Final[Mapping[Field, str]] = {
    Field.FIELD_OF_ACTIVITY: "field_of_activity",
    Field.CARE_MODE: "care_mode",
    Field.OFFER_TYPE: "offer_type",
}
NAMES: Final = "coalesce({o}.folded, '') + ' ' + coalesce({s}.folded, '')"


@dataclass(slots=True)
class Params:
    """The parameters of one statement; equal values share one."""

    values: dict[str, Any] = field(default_factory=dict)

    def of(self, value: tuple[str, ...]) -> str:
        """The name of the parameter that holds `value`."""
        wanted = list(value)
        for name, held in self.values.items():
            if name.startswith("v") and held == wanted:
                return name
        name = f"v{len(self.values)}"
        self.values[name] = wanted
        return name


def leaf_expression(leaf: Coded | Text, params: Params, o: str = "o", s: str = "s", acts: str = "acts") -> str:
    """One criterion on one offer."""
    if isinstance(leaf, Text):
        return f"all(word IN ${params.of(leaf.words)} WHERE {NAMES.format(o=o, s=s)} CONTAINS word)"
    codes = params.of(leaf.codes)
    if leaf.field is Field.ACTIVITY:
        return f"CASE WHEN size({acts}) > 0 THEN any(act IN {acts} WHERE act IN ${codes}) END"
    if leaf.field is Field.ESTABLISHMENT_CATEGORY:
        return f"({s}.category IN ${codes})"
    return f"({o}.{PROPERTIES[leaf.field]} IN ${codes})"


def expression(criteria: Criteria, leaves: Mapping[Leaf, str]) -> str:
    """The tree over what `leaves` says for each leaf: a variable or an expression."""
    match criteria:
        case All(parts):
            return _joined(" AND ", parts, leaves) if parts else "true"
        case AnyOf(parts):
            return _joined(" OR ", parts, leaves)
        case Not(part):
            return f"(NOT {expression(part, leaves)})"
        case Coded() | Text() | SameSite():
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
    if isinstance(criteria, (Coded, Text, SameSite)):
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


def undecided(criteria: Criteria, params: Params) -> str:
    """Cypher: properties and activities of the offer do not make the tree FALSE already."""
    parts = [part for part in conjuncts(criteria) if leaves_of(part) and reads_activities(part)]
    return " AND ".join(f"coalesce({inline(part, params)}, true)" for part in parts) or "true"


def _same_site(leaf: SameSite, place: int, params: Params, carried: str, needed: str) -> str:
    inside: dict[Leaf, str] = {part: leaf_expression(part, params, o="y.x", acts="y.acts") for part in leaves_of(leaf.inside) if not isinstance(part, SameSite)}
    return f"""WITH {carried}, {needed} AS matters
WITH {carried}, CASE WHEN matters AND s IS NOT NULL THEN {fragments.OTHERS} ELSE [] END AS xs
WITH {carried}, [x IN xs | {{x: x, acts: {fragments.ACTIVITIES.format(o="x")}}}] AS ys
WITH {carried}, [y IN ys | {{id: y.x.id, met: {expression(leaf.inside, inside)}}}] AS seen
WITH {carried}, [x IN seen WHERE x.met | x.id] AS other{place}, [x IN seen WHERE x.met IS NULL | x.id] AS perhaps
WITH {carried}, other{place},
  CASE WHEN s IS NULL THEN null WHEN size(other{place}) > 0 THEN true WHEN size(perhaps) > 0 THEN null ELSE false END AS same{place}"""
