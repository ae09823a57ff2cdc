"""For each step of a pathway every offer that meets it, or may: one Cypher statement, from which coverage, gaps, routes, continuity and loss are told.

What a statement reads of an offer is what these need and no more: a step may have thousands of offers in the country.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from graph.pathways.pathway import Step
from graph.questions import Question
from graph.reads import Ask, Reads, Row
from graph.search.candidates import CARRIED, Basis, existing, placed
from graph.search.compiling import conjuncts, expression, inline, leaf_expression, leaves_of, reads_activities, same_sites
from graph.search.criteria import All, Criteria, Leaf, SameSite, nodes
from graph.search.feeds import code_feeds
from graph.search.fragments import HELD_BY
from graph.search.geography import Point
from graph.search.offers import DistanceBasis
from graph.search.params import Params
from graph.search.reference import Reference

COLUMNS: Final = (
    "id", "name", "origin", "source", "care_mode", "described_on", "available_at", "site", "site_name", "entity", "entity_name", "commune", "delivered",
    "points", "site_point", "commune_point", "areas", "own_beds", "shared_beds", "met", "doubts",
)  # fmt: skip
KEPT: Final = 4  # pathways whose offers are kept at a time, the oldest goes

STAYS: Final = ("TRE_R213-28", "TRE_R213-34", "TRE_R213-46")  # P-5: care modes for which a bed counts
BED_LINES: Final = "WHERE r.gone_on IS NULL AND k.gone_on IS NULL AND k.nature = 'TRE_R329-01' AND coalesce(k.status, 'TRE_R330-01') = 'TRE_R330-01'"
FREE_LINES: Final = "WHERE r.gone_on IS NULL AND k.gone_on IS NULL AND k.status = 'TRE_R330-02' AND k.count IS NOT NULL AND k.updated_at IS NOT NULL"
OWN_BEDS: Final = f"[(o)-[r:HAS_CAPACITY]->(k:Capacity) {BED_LINES} /*sees Capacity k of Offer o*/ | k.count]"
SHARED_BEDS: Final = f"[(o)-[:DELIVERED_AT]->(l:Location)-[r:HAS_CAPACITY]->(k:Capacity) {BED_LINES} /*sees Capacity k of Location l*/ | [k.id, k.count]]"
FREE: Final = (
    f"[(o)-[r:HAS_CAPACITY]->(k:Capacity) {FREE_LINES} /*sees Capacity k of Offer o*/ | k.updated_at]"
    f" + [(o)-[:DELIVERED_AT]->(l:Location)-[r:HAS_CAPACITY]->(k:Capacity) {FREE_LINES} /*sees Capacity k of Location l*/ | k.updated_at]"
)
DELIVERED: Final = HELD_BY.format(  # S-8
    delivered="[(o)-[r:DELIVERED_AT]->(l:Location)-[q:LOCATED_IN]->(n:Commune) WHERE r.gone_on IS NULL AND q.gone_on IS NULL AND l.gone_on IS NULL | n.code]",
    of_site="CASE WHEN c IS NULL THEN [] ELSE [c.code] END",
)


@dataclass(frozen=True, slots=True)
class PlacedOffer:
    """An offer with what pathways read of it.

    `points`: WGS84, of the nearest basis that it has (S-5): its live locations, else its site, else its commune; `basis` None: none is known.
    `delivered`: communes where it is delivered (S-8). `areas`: where it intervenes, as `Department:01`, `HealthTerritory:z`, `*`; empty: not stated.
    `described_on`: ISO 8601, of its update, else of its evidence. `available_at`: instant of the newest count of available beds, of stays alone.
    `own_beds`: installed, None where it states none; `shared_beds`: by id of the capacity line of a location.
    """

    id: str
    name: str | None
    origin: str | None
    source: str | None
    care_mode: str | None
    described_on: str | None
    available_at: str | None
    site: str | None
    site_name: str | None
    entity: str | None
    entity_name: str | None
    commune: str | None
    delivered: tuple[str, ...]
    points: tuple[Point, ...]
    basis: DistanceBasis | None
    areas: tuple[str, ...]
    own_beds: int | None
    shared_beds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StepOffer:
    """An offer for one step. `sure`: the requirement is TRUE, else UNKNOWN; `unknowns`: how many of its leaves are UNKNOWN, 0 where it is sure."""

    offer: PlacedOffer
    sure: bool
    unknowns: int


StepOffers = tuple[tuple[StepOffer, ...], ...]
"""By step, in the order asked; offers by id."""


@dataclass(frozen=True, slots=True)
class KeptOffers:
    """The offers of some steps. `by_area`: of each step, places of the offers that intervene in an area; under '' those that state none."""

    steps: StepOffers
    by_area: tuple[Mapping[str, Sequence[int]], ...]

    @staticmethod
    def of(steps: StepOffers) -> "KeptOffers":
        """The offers with where they intervene."""
        return KeptOffers(steps, tuple(_by_area(some) for some in steps))

    def reaching(self, step: int, areas: Iterable[str]) -> tuple[StepOffer, ...]:
        """Those of a step that intervene in one of the areas, or do not say where."""
        held = self.by_area[step]
        return tuple(self.steps[step][place] for place in sorted({place for area in (*areas, "") for place in held.get(area, ())}))


def step_offers(steps: Sequence[Step], requirements: Sequence[Criteria], basis: Basis, reference: Reference) -> Reads[KeptOffers]:
    """The offers that exist and are TRUE or UNKNOWN, for each step. `requirements`: those of the steps, checked (narrower codes beside each code).

    Kept for equal requirements and basis until a load, or until other pathways are asked for.
    """
    if not steps:
        return KeptOffers((), ())
    kept, key = reference.tables, (tuple(requirements), basis)
    if key not in kept:
        rows = yield _ask(requirements, basis)
        while len(kept) >= KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = KeptOffers.of(_by_step(rows, len(steps)))
    held = kept[key]
    assert isinstance(held, KeptOffers)
    return held


def _by_step(rows: Sequence[Row], count: int) -> StepOffers:
    found: list[list[StepOffer]] = [[] for _ in range(count)]
    for row in sorted(rows, key=itemgetter("id")):  # here: of a whole country the embedded server would hold more in its heap than it may
        offer = _offer(row)
        for step, (met, doubts) in enumerate(zip(row["met"], row["doubts"], strict=True)):
            if met is not False:
                found[step].append(StepOffer(offer, bool(met), 0 if met else doubts))
    return tuple(tuple(step) for step in found)


def _by_area(offers: Sequence[StepOffer]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for place, one in enumerate(offers):
        for area in one.offer.areas or ("",):
            found.setdefault(area, []).append(place)
    return found


def _offer(row: Row) -> PlacedOffer:
    points, basis = _points(row)
    shared = tuple(sorted({line[0]: line[1] for line in row["shared_beds"]}.items()))
    return PlacedOffer(
        **{name: row[name] for name in COLUMNS[:12]},
        delivered=tuple(sorted(set(row["delivered"]))),
        points=points,
        basis=basis,
        areas=tuple(sorted(set(row["areas"]))),
        own_beds=sum(row["own_beds"]) if row["own_beds"] else None,
        shared_beds=shared,
    )


def _points(row: Row) -> tuple[tuple[Point, ...], DistanceBasis | None]:
    for basis, pairs in (
        (DistanceBasis.LOCATION, row["points"]),
        (DistanceBasis.SITE, [row["site_point"]]),
        (DistanceBasis.COMMUNE, [row["commune_point"]]),
    ):
        known = tuple(sorted({Point(*pair) for pair in pairs if None not in pair}, key=lambda point: (point.latitude, point.longitude)))
        if known:
            return known, basis
    return (), None


def _ask(requirements: Sequence[Criteria], basis: Basis) -> Ask:
    params = Params()
    parts = [
        existing(code_feeds(requirements, params), requirements, basis, params),
        _alike([_part(requirement, True) for requirement in requirements], params),
        placed(basis, params, goes=True, more=("sure", "unsaid")),
        *_verdicts([_part(requirement, False) for requirement in requirements], params),
        RETURNED,
    ]
    return Ask(_question("\n".join(parts)), params.values)


def _question(text: str) -> Question:
    return Question("step_offers", "Offers of steps", "Which offers meet each step, or may?", (), COLUMNS, "one row an offer, in no order", "see feeds", text)


def _part(requirement: Criteria, decided: bool) -> All:
    """Of the root AND, what properties and activities of the offer decide, or the rest."""
    return All(tuple(part for part in conjuncts(requirement) if leaves_of(part) and reads_activities(part) is decided))


def _alike(decided: Sequence[All], params: Params) -> str:
    """Binds `sure`, the decided part of each step's requirement, once for all offers with the same codes, and `unsaid`, its UNKNOWN leaves.

    Keeps what is not FALSE for every step.
    """
    sure = ", ".join(inline(part, params) for part in decided)
    unsaid = ", ".join(_unsaid([inline(leaf, params) for leaf in leaves_of(part)]) for part in decided)
    return f"""WITH o.field_of_activity AS field, o.care_mode AS mode, o.offer_type AS type, acts, collect(o) AS os
WITH os, acts, head(os) AS o
WITH os, acts, [{sure}] AS sure, [{unsaid}] AS unsaid
WITH os, acts, sure, unsaid, any(v IN sure WHERE coalesce(v, true)) AS kept
WHERE kept
UNWIND os AS o"""


def _unsaid(leaves: Sequence[str]) -> str:
    return " + ".join(f"CASE WHEN {leaf} IS NULL THEN 1 ELSE 0 END" for leaf in leaves) or "0"


def _verdicts(rest: Sequence[All], params: Params) -> list[str]:
    """Binds `met`, the requirement of each step in three values: what is sure already, AND the rest; and `doubts`, how many leaves are UNKNOWN."""
    leaves = tuple(dict.fromkeys(leaf for part in rest for leaf in leaves_of(part)))
    if not leaves:
        return ["WITH o, ls, s, e, c, areas, sure AS met, unsaid AS doubts"]

    def needed(leaf: SameSite) -> str:
        return " OR ".join(f"coalesce(sure[{place}], true)" for place, part in enumerate(rest) if leaf in nodes(part))

    marks = {leaf: f"m{place}" for place, leaf in enumerate(leaves)}
    bound = ", ".join(f"{_leaf(leaf, place, params)} AS m{place}" for place, leaf in enumerate(leaves))
    each = ", ".join(f"(sure[{place}] AND {expression(part, marks)})" if part.parts else f"sure[{place}]" for place, part in enumerate(rest))
    doubts = ", ".join(f"unsaid[{place}] + {_unsaid([marks[leaf] for leaf in leaves_of(part)])}" for place, part in enumerate(rest))
    return [
        *same_sites(leaves, needed, params, f"{CARRIED}, sure, unsaid"),
        f"WITH o, ls, s, e, c, areas, sure, unsaid, {bound}",
        f"WITH o, ls, s, e, c, areas, [{each}] AS met, [{doubts}] AS doubts",
        "WITH o, ls, s, e, c, areas, met, doubts, any(v IN met WHERE coalesce(v, true)) AS kept",
        "WHERE kept",
    ]


def _leaf(leaf: Leaf, place: int, params: Params) -> str:
    return f"same{place}" if isinstance(leaf, SameSite) else leaf_expression(leaf, params)


RETURNED: Final = f"""RETURN o.id AS id, o.name AS name, o.origin AS origin, o.source AS source, o.care_mode AS care_mode,
  coalesce(o.updated_at, toString(o.evidence_date)) AS described_on,
  CASE WHEN o.care_mode IN {list(STAYS)}
    THEN reduce(newest = null, t IN {FREE} | CASE WHEN newest IS NULL OR t > newest THEN t ELSE newest END) END AS available_at,
  s.id AS site, s.name AS site_name, e.id AS entity, e.name AS entity_name, c.code AS commune,
  {DELIVERED} AS delivered,
  [l IN ls WHERE l.gone_on IS NULL | [l.latitude, l.longitude]] AS points, [s.latitude, s.longitude] AS site_point,
  [c.latitude, c.longitude] AS commune_point, areas, {OWN_BEDS} AS own_beds, CASE WHEN size(ls) > 0 THEN {SHARED_BEDS} ELSE [] END AS shared_beds,
  met, doubts"""
