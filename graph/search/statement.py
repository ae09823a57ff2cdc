"""One search is one Cypher statement: candidates, verdict of three values, totals and one page, in one row."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from graph.questions import Question
from graph.reads import Ask
from graph.search.compiling import Params, expression
from graph.search.judging import Judged, Order, Search, judged
from graph.search.reference import Ids

FAR: Final = 1e9  # sorts an offer without distance last
COLUMNS: Final = ("total", "unknown", "unknown_by", "edges", "labels")
COUNTRY: Final = ZoneInfo("Europe/Paris")
FRESH: Final = timedelta(hours=24)  # S-2: an available count that is older is unknown
AVAILABLE: Final = (
    "WHERE r.gone_on IS NULL AND k.gone_on IS NULL AND k.status = 'TRE_R330-02' AND coalesce(k.nature, 'TRE_R329-01') = 'TRE_R329-01' "
    "AND coalesce(k.temporality, 'TRE_R331-01') = 'TRE_R331-01' AND k.updated_at >= $fresh"
)
OWN_AVAILABLE: Final = f"[(o)-[r:HAS_CAPACITY]->(k:Capacity) {AVAILABLE} | [k.id, k.count]]"
THERE_AVAILABLE: Final = (
    f"CASE WHEN size(ls) > 0 THEN [(o)-[q:DELIVERED_AT]->(l:Location)-[r:HAS_CAPACITY]->(k:Capacity) {AVAILABLE} "
    "AND q.gone_on IS NULL AND l.gone_on IS NULL | [k.id, k.count]] ELSE [] END"
)
COUNTED_ONCE: Final = (  # two sources may state one line (M-11)
    "reduce(sum = {beds: 0, seen: []}, line IN lines | "
    "CASE WHEN line[0] IN sum.seen THEN sum ELSE {beds: sum.beds + line[1], seen: sum.seen + [line[0]]} END).beds"
)
# Most available beds first, then those that do not say, 0 last (S-9).
AVAILABILITY: Final = "CASE WHEN size(lines) = 0 THEN 0 WHEN beds > 0 THEN -beds ELSE 1 END"
KEYS: Final = {
    Order.DISTANCE: f"coalesce(km, {FAR})",
    Order.NAME: "coalesce(o.name, '')",
    Order.FRESHNESS: "coalesce(o.updated_at, toString(o.evidence_date), '')",
    Order.AVAILABILITY: AVAILABILITY,
}
SECTION: Final = "CASE WHEN verdict THEN 0 ELSE 1 END"


def search_ask(search: Search, without: Ids) -> Ask:
    """The question of a search, with its parameters. `without`: near a place the offers without place, everywhere those without activity."""
    params = Params()
    first_half = judged(search, (search.criteria,), without, params)
    parts = [first_half.text, _verdict(search, first_half, params), _totals(search, first_half, params), _page(first_half)]
    return Ask(_question("\n".join(parts)), params.values)


def fresh_since(at: date) -> str:
    """ISO 8601, UTC: an available count is fresh from then on; for a day, seen from its start on the clock of Paris."""
    moment = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=COUNTRY)
    return (moment.astimezone(UTC) - FRESH).isoformat(timespec="seconds").removesuffix("+00:00")


def _question(text: str) -> Question:
    return Question("search_offers", "Search for offers", "Which offers meet the criteria, here and then?", (), COLUMNS, "one row", "see feeds", text)


def _verdict(search: Search, first_half: Judged, params: Params) -> str:
    """Binds the verdict and the key of the order; keeps what is TRUE or UNKNOWN."""
    names = _names(first_half)
    verdict = f"({expression(search.criteria, first_half.marks)} AND near) AS verdict"
    if search.order is not Order.AVAILABILITY:
        return f"WITH {names}, {verdict}, {KEYS[search.order]} AS key\nWHERE coalesce(verdict, true)"
    params.values["fresh"] = fresh_since(search.basis.at)
    return f"""WITH {names}, ls, {verdict}
WHERE coalesce(verdict, true)
WITH {names}, verdict, {OWN_AVAILABLE} + {THERE_AVAILABLE} AS lines
WITH {names}, verdict, lines, {COUNTED_ONCE} AS beds
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


def _page(first_half: Judged) -> str:
    marks = "".join(f", {mark}: p.{mark}" for mark in first_half.marks.values())
    others = "".join(f", p{place}: p.p{place}" for place in first_half.others)
    return f"""CALL (page) {{
  UNWIND page AS p
  RETURN collect({{id: p.o.id, met: p.met, km: p.km, basis: p.basis, key: p.key, name: p.o.name, origin: p.o.origin, field_of_activity: p.o.field_of_activity,
    care_mode: p.o.care_mode, offer_type: p.o.offer_type, activities: p.acts, source: p.o.source, evidence_date: p.o.evidence_date,
    updated_at: p.o.updated_at, site: p.s.id, site_name: p.s.name, category: p.s.category, entity: p.e.id, entity_name: p.e.name,
    commune: p.c.code, commune_name: p.c.name, latitude: p.s.latitude, longitude: p.s.longitude{marks}{others}}}) AS edges
}}
CALL (page) {{
  UNWIND page AS p
  UNWIND p.acts + [p.o.field_of_activity, p.o.care_mode, p.o.offer_type, p.s.category] AS code
  WITH DISTINCT code WHERE code IS NOT NULL
  MATCH (k:Concept {{id: code}})
  RETURN collect([k.id, k.label]) AS labels
}}
RETURN total, unknown, unknown_by, edges, labels"""
