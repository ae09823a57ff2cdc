"""One search is one Cypher statement: candidates, verdict of three values, totals and one page, in one row."""

from typing import Final

from graph.questions import Question
from graph.reads import Ask
from graph.search.compiling import expression
from graph.search.criteria import Leaf
from graph.search.judging import Judged, Order, Search, judged
from graph.search.leaf_cypher import capacity_lines
from graph.search.leaves import Capacity, Coded, Equipment
from graph.search.params import Params
from graph.search.reasons import columns
from graph.search.reference import Reference

FAR: Final = 1e9  # sorts an offer without distance last
COLUMNS: Final = ("total", "unknown", "unknown_by", "edges", "labels")
BEDS: Final = Capacity("TRE_R329-01", "TRE_R330-02", "TRE_R331-01", None, None, 1, 24)
# Most available beds first, then those that do not say, 0 last (S-9).
AVAILABILITY: Final = "CASE WHEN size(counts) = 0 THEN 0 WHEN beds > 0 THEN -beds ELSE 1 END"
KEYS: Final = {
    Order.DISTANCE: f"coalesce(km, {FAR})",
    Order.NAME: "coalesce(o.name, '')",
    Order.FRESHNESS: "coalesce(o.updated_at, toString(o.evidence_date), '')",
}
SECTION: Final = "CASE WHEN verdict THEN 0 ELSE 1 END"


def search_ask(search: Search, reference: Reference) -> Ask:
    """The question of a search, with its parameters."""
    params = Params()
    first_half = judged(search, (search.criteria,), params, reference)
    parts = [first_half.text, _verdict(search, first_half, params), _totals(search, first_half, params), _page(first_half, params)]
    return Ask(_question("\n".join(parts)), params.values)


def _question(text: str) -> Question:
    return Question("search_offers", "Search for offers", "Which offers meet the criteria, here and then?", (), COLUMNS, "one row", "see feeds", text)


def _verdict(search: Search, first_half: Judged, params: Params) -> str:
    """Binds the verdict and the key of the order; keeps what is TRUE or UNKNOWN."""
    names = _names(first_half)
    verdict = f"({expression(search.criteria, first_half.marks)} AND near) AS verdict"
    if search.order is not Order.AVAILABILITY:
        return f"WITH {names}, {verdict}, {KEYS[search.order]} AS key\nWHERE coalesce(verdict, true)"
    return f"""WITH {names}, {verdict}
WHERE coalesce(verdict, true)
WITH {names}, verdict, [x IN {capacity_lines(BEDS, params, "o")} WHERE x.sure | x.number] AS counts
WITH {names}, verdict, counts, reduce(n = 0, x IN counts | n + x) AS beds
WITH {names}, verdict, {AVAILABILITY} AS key"""


def _names(first_half: Judged) -> str:
    return ", ".join(["o, acts, s, e, c, km, basis, near", *first_half.marks.values(), *(f"other{place}" for place in first_half.others)])


def _totals(search: Search, first_half: Judged, params: Params) -> str:
    """One row: how many are TRUE, how many UNKNOWN and by which criterion (the last is near), and the page as a list."""
    marks = first_half.marks.values()
    unknown = ", ".join(f"count(CASE WHEN verdict IS NULL AND {mark} IS NULL THEN 1 END)" for mark in [*marks, "near"])
    direction = " DESC" if search.order is Order.FRESHNESS else ""
    values = "".join([*(f", {mark}: {mark}" for mark in marks), *(f", p{place}: other{place}" for place in first_half.others)])
    item = f"{{o: o, s: s, e: e, c: c, acts: acts, met: verdict, km: km, basis: basis, key: key{values}}}"
    params.values["first"] = search.first
    return f"""WITH {_names(first_half)}, verdict, key ORDER BY {SECTION}, key{direction}, o.id
WITH count(CASE WHEN verdict THEN 1 END) AS total, count(CASE WHEN verdict IS NULL THEN 1 END) AS unknown, [{unknown}] AS unknown_by,
  collect(CASE WHEN {_wanted(search, params)} THEN {item} END)[0..$first + 1] AS page"""


def _wanted(search: Search, params: Params) -> str:
    shown = "true" if search.include_unknown else "coalesce(verdict, false)"
    if search.after is None:
        return shown
    params.values.update(after_section=search.after.section, after_key=search.after.key, after_id=search.after.id)
    beyond = "<" if search.order is Order.FRESHNESS else ">"
    return (
        f"({shown} AND ({SECTION} > $after_section OR ({SECTION} = $after_section AND (key {beyond} $after_key OR (key = $after_key AND o.id > $after_id)))))"
    )


def _page(first_half: Judged, params: Params) -> str:
    marks = "".join(f", {mark}: p.{mark}" for mark in first_half.marks.values())
    others = "".join(f", p{place}: p.p{place}" for place in first_half.others)
    values = columns(first_half.leaves, params)
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
  UNWIND p.acts + [p.o.field_of_activity, p.o.care_mode, p.o.offer_type, p.s.category] + {params.put(_named(first_half.leaves))} AS code
  WITH DISTINCT code WHERE code IS NOT NULL
  MATCH (k:Concept {{id: code}})
  RETURN collect([k.id, k.label]) AS labels
}}
RETURN total, unknown, unknown_by, edges, labels"""


def _named(leaves: tuple[Leaf, ...]) -> list[str]:
    """Codes that a reason may show and that are no property of the row: their labels are read with those of the page."""
    return sorted({code for leaf in leaves if isinstance(leaf, (Coded, Equipment)) for code in leaf.codes})
