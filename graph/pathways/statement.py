"""One coverage is one Cypher statement: every step at once, counted in the store by territory."""

from collections.abc import Sequence
from typing import Final

from graph.pathways.pathway import Step, StepPlace
from graph.questions import Question
from graph.reads import Ask
from graph.search.candidates import CARRIED, Basis, candidates, feeds_for, held_by
from graph.search.compiling import Params, expression, leaf_expression, leaves_of, same_sites
from graph.search.criteria import Criteria, Leaf, SameSite
from graph.search.place import Level

COLUMNS: Final = ("territory", "step", "offers", "sites", "entities", "possible", "without_area", "origins", "own_beds", "with_beds", "shared_beds")

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


def coverage_ask(steps: Sequence[Step], requirements: Sequence[Criteria], basis: Basis, level: Level | None, everywhere: Sequence[str]) -> Ask:
    """The question of a coverage. `requirements`: those of the steps, checked. `level` None: the nation as one territory, FR.

    `everywhere`: the codes of all territories of the level, for an offer that intervenes in the whole country.
    """
    params = Params()
    if level is not None:
        params.values["everywhere"] = list(everywhere)
    by_area = [step.place is not StepPlace.TRAVEL for step in steps]
    feeds = feeds_for(requirements, basis, None, params)
    leaves = tuple(dict.fromkeys(leaf for requirement in requirements for leaf in leaves_of(requirement)))
    parts = [
        candidates(feeds, requirements, basis, params, goes=any(by_area)),
        *same_sites(requirements, leaves, params, CARRIED),
        _found(requirements, leaves, by_area, level, params),
        _counted(),
    ]
    return Ask(_question("\n".join(parts)), params.values)


def _question(text: str) -> Question:
    return Question("pathway_coverage", "Coverage of a pathway", "Where is each step covered?", (), COLUMNS, "one row a territory and step", "see feeds", text)


def _found(requirements: Sequence[Criteria], leaves: tuple[Leaf, ...], by_area: Sequence[bool], level: Level | None, params: Params) -> str:
    """Binds o, s, e, and one row a step and territory with `met` (three values) and `silent`: meets the requirement, states no area."""
    marks = {leaf: f"m{place}" for place, leaf in enumerate(leaves)}
    bound = ", ".join(f"{f'same{place}' if isinstance(leaf, SameSite) else leaf_expression(leaf, params)} AS m{place}" for place, leaf in enumerate(leaves))
    verdicts = ", ".join(expression(requirement, marks) for requirement in requirements)
    by_step = ", ".join("true" if area else "false" for area in by_area)
    return f"""WITH o, ls, s, e, c, areas{f", {bound}" if bound else ""}
WITH o, ls, s, e, c, areas, [{verdicts}] AS verdicts
WITH o, ls, s, e, c, areas, verdicts, any(v IN verdicts WHERE coalesce(v, true)) AS kept
WHERE kept
WITH o, s, e, verdicts, size(areas) > 0 AS told, {_held(level)} AS held, {_reached(level)} AS reached
UNWIND range(0, {len(requirements) - 1}) AS step
WITH o, s, e, held, reached, told, step, verdicts[step] AS met, [{by_step}][step] AS by_area
WITH o, s, e, step, met, by_area AND NOT told AS untold,
  CASE WHEN by_area AND told THEN reached ELSE held END AS territories
WHERE met IS NULL OR met
UNWIND territories AS territory
WITH DISTINCT o, s, e, step, territory, CASE WHEN met AND untold THEN null ELSE met END AS met, coalesce(met AND untold, false) AS silent"""


def _held(level: Level | None) -> str:
    return "['FR']" if level is None else held_by(level)


def _reached(level: Level | None) -> str:
    if level is None:
        return "['FR']"
    return f"CASE WHEN size(areas) = 0 THEN [] WHEN '*' IN areas THEN $everywhere ELSE {REACHED[level]} END"


def _counted() -> str:
    return f"""WITH o, s, e, step, territory, met, silent, CASE WHEN met THEN {OWN_BEDS} ELSE [] END AS own,
  CASE WHEN met THEN {SHARED_BEDS} ELSE [] END AS shared
RETURN territory, step, count(DISTINCT CASE WHEN met THEN o.id END) AS offers, count(DISTINCT CASE WHEN met THEN s.id END) AS sites,
  count(DISTINCT CASE WHEN met THEN e.id END) AS entities, count(DISTINCT CASE WHEN met IS NULL THEN o.id END) AS possible,
  count(DISTINCT CASE WHEN silent THEN o.id END) AS without_area, collect(DISTINCT o.origin) AS origins,
  sum(CASE WHEN met THEN reduce(beds = 0, n IN own | beds + n) ELSE 0 END) AS own_beds, count(CASE WHEN met AND size(own) > 0 THEN 1 END) AS with_beds,
  collect(CASE WHEN met AND size(shared) > 0 THEN shared END) AS shared_beds
ORDER BY step, territory"""
