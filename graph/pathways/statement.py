"""One coverage is one Cypher statement: every step at once, counted in the store by territory."""

from collections.abc import Sequence
from typing import Final

from graph.pathways.pathway import Step, StepPlace
from graph.questions import Question
from graph.reads import Ask
from graph.search.candidates import CARRIED, HOPS, Basis, existing, held_by, placed
from graph.search.compiling import conjuncts, expression, inline, leaf_expression, leaves_of, reads_activities, same_sites
from graph.search.criteria import All, Criteria, Leaf, SameSite, nodes
from graph.search.feeds import code_feeds
from graph.search.params import Params
from graph.search.reference import Ids
from graph.search.territory import Level

COLUMNS: Final = ("territory", "step", "offers", "sites", "entities", "possible", "without_area", "origins", "own_beds", "with_beds", "shared_beds")

# Of a level, the one that a commune lies in; IN is stated by several sources (M-11).
IN_LEVEL: Final = {level: f"[(c)-[:IN{HOPS[level]}]->(t:{level.value}) | t.code][0..1]" for level in (Level.DEPARTMENT, Level.REGION)}
EACH_ONCE: Final = (
    "CASE WHEN size(territories) < 2 THEN territories ELSE reduce(seen = [], t IN territories | CASE WHEN t IN seen THEN seen ELSE seen + [t] END) END"
)
# Territories that the areas of an offer hold or are part of (S-2, area), by level.
REACHED: Final = {
    Level.DEPARTMENT: (
        "[(o)-[r:INTERVENES_IN]->(t)-[:IN*0..2]->(d:Department) WHERE r.gone_on IS NULL | d.code]"
        " + [(o)-[r:INTERVENES_IN]->(t:Region)<-[:IN]-(d:Department) WHERE r.gone_on IS NULL | d.code]"
        " + [(o)-[r:INTERVENES_IN]->(t:HealthTerritory)-[:CONTAINS]->(x)-[:IN*0..2]->(d:Department) WHERE r.gone_on IS NULL | d.code]"
    ),
    Level.REGION: (
        "[(o)-[r:INTERVENES_IN]->(t)-[:IN*0..3]->(d:Region) WHERE r.gone_on IS NULL | d.code]"
        " + [(o)-[r:INTERVENES_IN]->(t:HealthTerritory)-[:CONTAINS]->(x)-[:IN*0..3]->(d:Region) WHERE r.gone_on IS NULL | d.code]"
    ),
}
BED_LINES: Final = "WHERE r.gone_on IS NULL AND k.gone_on IS NULL AND k.nature = 'TRE_R329-01' AND coalesce(k.status, 'TRE_R330-01') = 'TRE_R330-01'"
OWN_BEDS: Final = f"[(o)-[r:HAS_CAPACITY]->(k:Capacity) {BED_LINES} | k.count]"
SHARED_BEDS: Final = f"[(o)-[:DELIVERED_AT]->(l:Location)-[r:HAS_CAPACITY]->(k:Capacity) {BED_LINES} | [k.id, k.count]]"


def coverage_ask(steps: Sequence[Step], requirements: Sequence[Criteria], basis: Basis, level: Level | None, everywhere: Sequence[str], silent: Ids) -> Ask:
    """The question of a coverage. `requirements`: those of the steps, checked. `level` None: the nation as one territory, FR.

    `everywhere`: the codes of all territories of the level, for an offer that intervenes in the whole country. `silent`: offers without activity.
    """
    params = Params()
    if level is not None:
        params.values["everywhere"] = list(everywhere)
    by_area = [step.place is not StepPlace.TRAVEL for step in steps]
    feeds = code_feeds(requirements, silent, params)
    parts = [
        existing(feeds, requirements, basis, params),
        _alike([_part(requirement, True) for requirement in requirements], params),
        placed(basis, params, goes=any(by_area), more=("sure",)),
        *_verdicts([_part(requirement, False) for requirement in requirements], params),
        _found(by_area, level),
        COUNTED,
    ]
    return Ask(_question("\n".join(parts)), params.values)


def _question(text: str) -> Question:
    return Question("pathway_coverage", "Coverage of a pathway", "Where is each step covered?", (), COLUMNS, "one row a territory and step", "see feeds", text)


def _part(requirement: Criteria, decided: bool) -> All:
    """Of the root AND, what properties and activities of the offer decide, or the rest."""
    return All(tuple(part for part in conjuncts(requirement) if leaves_of(part) and reads_activities(part) is decided))


def _alike(decided: Sequence[All], params: Params) -> str:
    """Binds `sure`, the decided part of each step's requirement, once for all offers with the same codes; keeps what is not FALSE for every step."""
    return f"""WITH o.field_of_activity AS field, o.care_mode AS mode, o.offer_type AS type, acts, collect(o) AS os
WITH os, acts, head(os) AS o
WITH os, acts, [{", ".join(inline(part, params) for part in decided)}] AS sure
WITH os, acts, sure, any(v IN sure WHERE coalesce(v, true)) AS kept
WHERE kept
UNWIND os AS o"""


def _verdicts(rest: Sequence[All], params: Params) -> list[str]:
    """Binds `verdicts`, the requirement of each step in three values: what is sure already, AND the rest."""
    leaves = tuple(dict.fromkeys(leaf for part in rest for leaf in leaves_of(part)))
    if not leaves:
        return ["WITH o, ls, s, e, c, areas, sure AS verdicts"]

    def needed(leaf: SameSite) -> str:
        return " OR ".join(f"coalesce(sure[{place}], true)" for place, part in enumerate(rest) if leaf in nodes(part))

    marks = {leaf: f"m{place}" for place, leaf in enumerate(leaves)}
    bound = ", ".join(f"{_leaf(leaf, place, params)} AS m{place}" for place, leaf in enumerate(leaves))
    each = ", ".join(f"(sure[{place}] AND {expression(part, marks)})" if part.parts else f"sure[{place}]" for place, part in enumerate(rest))
    return [
        *same_sites(leaves, needed, params, f"{CARRIED}, sure"),
        f"WITH o, ls, s, e, c, areas, sure, {bound}",
        f"WITH o, ls, s, e, c, areas, [{each}] AS verdicts",
    ]


def _leaf(leaf: Leaf, place: int, params: Params) -> str:
    return f"same{place}" if isinstance(leaf, SameSite) else leaf_expression(leaf, params)


def _found(by_area: Sequence[bool], level: Level | None) -> str:
    """Binds one row an offer, step and territory with `met` (three values) and `silent`: meets the requirement, states no area."""
    goes = f"[{', '.join('true' if area else 'false' for area in by_area)}][step]"
    return f"""WITH o, ls, s, e, c, areas, verdicts, [step IN range(0, {len(by_area) - 1}) WHERE coalesce(verdicts[step], true)] AS steps
WHERE size(steps) > 0
WITH o, ls, s, e, verdicts, steps, size(areas) > 0 AS told, {_held(level)} AS held, {_reached(level)} AS reached
UNWIND steps AS step
WITH o, ls, s, e, step, verdicts[step] AS met, {goes} AND NOT told AS untold, CASE WHEN {goes} AND told THEN reached ELSE held END AS territories
WITH o, s, e, step, {EACH_ONCE} AS each, {_beds(OWN_BEDS)} AS own, {_beds(SHARED_BEDS, " AND size(ls) > 0")} AS shared,
  CASE WHEN met AND untold THEN null ELSE met END AS met, coalesce(met AND untold, false) AS silent
UNWIND each AS territory"""


def _beds(lines: str, also: str = "") -> str:
    return f"CASE WHEN met AND NOT untold{also} THEN {lines} ELSE [] END"


def _held(level: Level | None) -> str:
    return "['FR']" if level is None else f"CASE WHEN size(ls) > 0 OR c IS NULL THEN {held_by(level)} ELSE {IN_LEVEL[level]} END"


def _reached(level: Level | None) -> str:
    if level is None:
        return "['FR']"
    return f"CASE WHEN size(areas) = 0 THEN [] WHEN '*' IN areas THEN $everywhere ELSE {REACHED[level]} END"


COUNTED: Final = """RETURN territory, step, count(DISTINCT CASE WHEN met THEN o.id END) AS offers, count(DISTINCT CASE WHEN met THEN s.id END) AS sites,
  count(DISTINCT CASE WHEN met THEN e.id END) AS entities, count(DISTINCT CASE WHEN met IS NULL THEN o.id END) AS possible,
  count(DISTINCT CASE WHEN silent THEN o.id END) AS without_area, collect(DISTINCT o.origin) AS origins,
  sum(CASE WHEN met THEN reduce(beds = 0, n IN own | beds + n) ELSE 0 END) AS own_beds, count(CASE WHEN met AND size(own) > 0 THEN 1 END) AS with_beds,
  collect(CASE WHEN met AND size(shared) > 0 THEN shared END) AS shared_beds
ORDER BY step, territory"""
