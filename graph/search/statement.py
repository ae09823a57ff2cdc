"""One search is one Cypher statement: candidates, verdict of three values, totals and one page, in one row."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from graph.questions import Question
from graph.reads import Ask
from graph.search import fragments
from graph.search.candidates import CARRIED, Basis, existing, held_by, not_refused, placed
from graph.search.compiling import expression, leaf_expression, leaves_of, same_sites, undecided
from graph.search.criteria import Criteria, Leaf, SameSite
from graph.search.cursor import Position
from graph.search.feeds import code_feeds, near_feeds, territory_feeds
from graph.search.leaves import Coded, Equipment
from graph.search.params import Params
from graph.search.place import Spot
from graph.search.reasons import columns
from graph.search.reference import Ids
from graph.search.territory import Level

GOING: Final = ("TRE_R213-11", "TRE_R213-31", "TRE_R213-49", "TRE_R213-53", "TRE_R213-59")  # S-7: care modes that go to the person
FAR: Final = 1e9  # sorts an offer without distance last


class Order(StrEnum):
    """Orders of an answer, then by id (S-9). DISTANCE only with `near`."""

    DISTANCE = "DISTANCE"
    NAME = "NAME"
    FRESHNESS = "FRESHNESS"


@dataclass(frozen=True, slots=True)
class Search:
    """A checked search. `criteria` hold narrower codes already; `first` 1 or more; `after` None for the first page."""

    criteria: Criteria
    basis: Basis
    spot: Spot | None
    order: Order
    include_unknown: bool
    first: int
    after: Position | None


KEYS: Final = {
    Order.DISTANCE: f"coalesce(km, {FAR})",
    Order.NAME: "coalesce(o.name, '')",
    Order.FRESHNESS: "coalesce(o.updated_at, toString(o.evidence_date), '')",
}
COLUMNS: Final = ("total", "unknown", "unknown_by", "edges", "labels")


def search_ask(search: Search, without: Ids) -> Ask:
    """The question of a search, with its parameters. `without`: near a place the offers without place, everywhere those without activity."""
    params = Params()
    leaves = leaves_of(search.criteria)
    asked = (search.criteria,)
    parts = [
        existing(_feeds(search, without, params), asked, search.basis, params),
        not_refused(asked, params),
        placed(search.basis, params, goes=search.spot is not None),
        *same_sites(leaves, lambda _: undecided(search.criteria, params), params, CARRIED),
        _distance(search, params, leaves),
        _verdict(search, params, leaves),
        _totals(search, params, leaves),
        _page(leaves, params),
    ]
    return Ask(_question("\n".join(parts)), params.values)


def _feeds(search: Search, without: Ids, params: Params) -> list[str]:
    if search.spot is not None:
        return near_feeds(search.spot, without, params)
    if search.basis.territory is not None:
        return territory_feeds(search.basis.territory, params)
    return code_feeds((search.criteria,), without, params)


def _question(text: str) -> Question:
    return Question("search_offers", "Search for offers", "Which offers meet the criteria, here and then?", (), COLUMNS, "one row", "see feeds", text)


def _bound(leaves: tuple[Leaf, ...]) -> str:
    """What the clauses before have bound."""
    return ", ".join([CARRIED, *(f"same{place}, other{place}" for place, leaf in enumerate(leaves) if isinstance(leaf, SameSite))])


def _distance(search: Search, params: Params, leaves: tuple[Leaf, ...]) -> str:
    """Binds km, basis and near. Without `near`: null, null, true."""
    carried = _bound(leaves)
    if search.spot is None:
        return f"WITH {carried}, null AS km, null AS basis, true AS near"
    if search.spot.point is None:
        return f"WITH {carried}, null AS km, null AS basis, {_near('false', search, params)} AS near"
    params.values.update(latitude=search.spot.point.latitude, longitude=search.spot.point.longitude)
    chord = {name: fragments.CHORD.format(to=name) for name in ("l", "s", "c")}
    placed = {name: f"{name}.latitude IS NOT NULL AND {name}.longitude IS NOT NULL" for name in ("l", "s", "c")}
    return f"""WITH {carried}, [l IN ls WHERE l.gone_on IS NULL AND {placed["l"]} | {chord["l"]}] AS chords
WITH {carried}, CASE WHEN size(chords) > 0 THEN reduce(best = head(chords), x IN chords | CASE WHEN x < best THEN x ELSE best END)
  WHEN {placed["s"]} THEN {chord["s"]} WHEN {placed["c"]} THEN {chord["c"]} END AS chord,
  CASE WHEN size(chords) > 0 THEN 'LOCATION' WHEN {placed["s"]} THEN 'SITE' WHEN {placed["c"]} THEN 'COMMUNE' END AS basis
WITH {carried}, basis, {fragments.KM.format(chord="chord")} AS km
WITH {carried}, basis, km, {_near("(km <= $radius)", search, params)} AS near"""


def _near(within: str, search: Search, params: Params) -> str:
    """S-6 and S-7 as an expression of three values."""
    assert search.spot is not None
    params.values.update(place_areas=list(search.spot.areas), going=list(GOING))
    if search.spot.radius_km is None:
        params.values["department"] = search.spot.department
        within = f"CASE WHEN c IS NOT NULL OR size(ls) > 0 THEN $department IN {held_by(Level.DEPARTMENT)} END"
    else:
        params.values["radius"] = search.spot.radius_km
    area = f"CASE WHEN size(areas) > 0 THEN any(area IN areas WHERE area IN $place_areas) WHEN coalesce({within}, true) THEN null ELSE false END"
    return f"CASE WHEN coalesce(o.care_mode IN $going, false) THEN {area} ELSE {within} END"


def _verdict(search: Search, params: Params, leaves: tuple[Leaf, ...]) -> str:
    """Binds each leaf as m0, m1..., the verdict, and the key of the order; keeps what is TRUE or UNKNOWN."""
    marks = {leaf: f"m{place}" for place, leaf in enumerate(leaves)}
    others = [f"other{place}" for place, leaf in enumerate(leaves) if isinstance(leaf, SameSite)]
    kept = ", ".join(["o, acts, s, e, c, km, basis, near", *others])
    bound = ", ".join([kept, *(f"{_leaf(leaf, place, params)} AS m{place}" for place, leaf in enumerate(leaves))])
    names = ", ".join([kept, *marks.values()])
    return f"""WITH {bound}
WITH {names}, ({expression(search.criteria, marks)} AND near) AS verdict, {KEYS[search.order]} AS key
WHERE coalesce(verdict, true)"""


def _leaf(leaf: Leaf, place: int, params: Params) -> str:
    return f"same{place}" if isinstance(leaf, SameSite) else leaf_expression(leaf, params)


def _totals(search: Search, params: Params, leaves: tuple[Leaf, ...]) -> str:
    """One row: how many are TRUE, how many UNKNOWN and by which criterion (the last is near), and the page as a list."""
    marks = [f"m{place}" for place in range(len(leaves))]
    others = ", ".join(f"p{place}: other{place}" for place, leaf in enumerate(leaves) if isinstance(leaf, SameSite))
    unknown = ", ".join(f"count(CASE WHEN verdict IS NULL AND {mark} IS NULL THEN 1 END)" for mark in [*marks, "near"])
    direction = " DESC" if search.order is Order.FRESHNESS else ""
    values = ", ".join([*(f"{mark}: {mark}" for mark in marks), *([others] if others else [])])
    item = f"{{o: o, s: s, e: e, c: c, acts: acts, met: verdict, km: km, basis: basis, key: key{', ' + values if values else ''}}}"
    params.values["first"] = search.first
    names = ", ".join(
        ["o, acts, s, e, c, km, basis, near, verdict, key", *marks, *(f"other{p}" for p, leaf in enumerate(leaves) if isinstance(leaf, SameSite))]
    )
    return f"""WITH {names} ORDER BY CASE WHEN verdict THEN 0 ELSE 1 END, key{direction}, o.id
WITH count(CASE WHEN verdict THEN 1 END) AS total, count(CASE WHEN verdict IS NULL THEN 1 END) AS unknown, [{unknown}] AS unknown_by,
  collect(CASE WHEN {_wanted(search, params)} THEN {item} END)[0..$first + 1] AS page"""


def _wanted(search: Search, params: Params) -> str:
    shown = "true" if search.include_unknown else "coalesce(verdict, false)"
    if search.after is None:
        return shown
    params.values.update(after_section=search.after.section, after_key=search.after.key, after_id=search.after.id)
    section = "CASE WHEN verdict THEN 0 ELSE 1 END"
    beyond = "<" if search.order is Order.FRESHNESS else ">"
    return (
        f"({shown} AND ({section} > $after_section OR ({section} = $after_section AND (key {beyond} $after_key OR (key = $after_key AND o.id > $after_id)))))"
    )


def _page(leaves: tuple[Leaf, ...], params: Params) -> str:
    marks = "".join(f", m{place}: p.m{place}" for place in range(len(leaves)))
    others = "".join(f", p{place}: p.p{place}" for place, leaf in enumerate(leaves) if isinstance(leaf, SameSite))
    values = columns(leaves, params)
    read = "".join(f", {cypher} AS {name}" for name, cypher in values)
    shown = "".join(f", {name}: {name}" for name, _ in values)
    return f"""CALL (page) {{
  UNWIND page AS p
  WITH p, p.o AS o, p.s AS s
  WITH p{read}
  RETURN collect({{id: p.o.id, met: p.met, km: p.km, basis: p.basis, key: p.key, name: p.o.name, origin: p.o.origin, field_of_activity: p.o.field_of_activity,
    care_mode: p.o.care_mode, offer_type: p.o.offer_type, activities: p.acts, source: p.o.source, evidence_date: p.o.evidence_date,
    updated_at: p.o.updated_at, site: p.s.id, site_name: p.s.name, category: p.s.category, entity: p.e.id, entity_name: p.e.name,
    commune: p.c.code, commune_name: p.c.name, latitude: p.s.latitude, longitude: p.s.longitude{marks}{others}{shown}}}) AS edges
}}
CALL (page) {{
  UNWIND page AS p
  UNWIND p.acts + [p.o.field_of_activity, p.o.care_mode, p.o.offer_type, p.s.category] + {params.put(_named(leaves))} AS code
  WITH DISTINCT code WHERE code IS NOT NULL
  MATCH (k:Concept {{id: code}})
  RETURN collect([k.id, k.label]) AS labels
}}
RETURN total, unknown, unknown_by, edges, labels"""


def _named(leaves: tuple[Leaf, ...]) -> list[str]:
    """Codes that a reason may show and that are no property of the row: their labels are read with those of the page."""
    return sorted({code for leaf in leaves if isinstance(leaf, (Coded, Equipment)) for code in leaf.codes})


def as_values(search: Search) -> dict[str, Any]:
    """What a cursor is bound to."""
    return {"criteria": search.criteria, "basis": search.basis, "spot": search.spot, "order": search.order, "unknowns": search.include_unknown}
