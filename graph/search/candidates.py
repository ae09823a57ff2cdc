"""The common first half of a search and of a coverage: which offers exist there and then, with their holder, site, entity and commune (S-3, S-8)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from graph.search import fragments
from graph.search.compiling import Params, activity_codes, conjuncts, inline, leaves_of, reads_activities, reads_only_offer
from graph.search.criteria import Coded, Criteria, Field, nodes
from graph.search.place import Level, Spot, Territory

CARRIED: Final = "o, acts, ls, s, e, c, areas"
UNITS_OPEN: Final = f"all(u IN us WHERE {fragments.OPEN.format(x='u')})"
Decides = Callable[[Criteria], bool]


class Origin(StrEnum):
    """Where offers come from: a ROR declares them, a survey observes them. Never in one figure (docs/pathways.md)."""

    DECLARED = "DECLARED"
    OBSERVED = "OBSERVED"


@dataclass(frozen=True, slots=True)
class Basis:
    """What dates and delimits an answer: the day, the regions with a ROR, an origin that is forced, a territory."""

    at: date
    declared: frozenset[str]
    origin: Origin | None = None
    territory: Territory | None = None


def candidates(feeds: Sequence[str], alternatives: Sequence[Criteria], basis: Basis, params: Params, *, goes: bool) -> str:
    """Cypher that binds o, acts, s, e, c for each offer that exists and for which no alternative is surely FALSE for all.

    `alternatives`: one tree for a search, one a step for a coverage. `goes`: bind `areas` too.
    """
    params.values["at"] = basis.at
    early, middle = _not_false(alternatives, params, reads_only_offer), _not_false(alternatives, params, reads_activities)
    acts = fragments.ACTIVITIES.format(o="o") if _reads_activity(alternatives) else "[]"
    areas = fragments.AREAS if goes else "[]"
    return f"""{_united(feeds)}
WITH DISTINCT o
WITH o, {_all(fragments.ASSERTED.format(o="o"), fragments.OPEN.format(x="o"), *_origin_of_offer(basis, params), *early)} AS kept
WHERE kept
WITH o, {acts} AS acts
WITH o, acts, {_all(*middle)} AS kept
WHERE kept
WITH o, acts, {fragments.HOLDERS} AS hs, {fragments.LOCATIONS} AS ls
WITH o, acts, ls, {fragments.FIRST.format(list="hs")} AS h
WITH o, acts, ls, h, {fragments.SITE_OF_HOLDER} AS s, {fragments.UNITS} AS us
WITH o, acts, ls, h, s, us, coalesce(s, h) AS placed, {fragments.ENTITIES} AS es
WITH o, acts, ls, s, us, CASE WHEN h:LegalEntity THEN h ELSE {fragments.FIRST.format(list="es")} END AS e, {fragments.COMMUNES} AS cs
WITH o, acts, ls, s, e, {fragments.FIRST.format(list="cs")} AS c, {areas} AS areas,
  {_all(fragments.OPEN.format(x="s"), fragments.OPEN.format(x="e"), UNITS_OPEN, fragments.DELIVERED_SOMEWHERE)} AS kept
WHERE kept
WITH o, acts, ls, s, e, c, areas, {_all(*_territory(basis, params), *_origin_of_region(basis, params))} AS kept
WHERE kept"""


def _all(*conditions: str) -> str:
    """A condition is bound to a variable before it filters: the embedded server reads null in a CASE as false when it stands in WHERE."""
    return " AND ".join(f"({condition})" for condition in conditions) or "true"


def _united(feeds: Sequence[str]) -> str:
    if len(feeds) == 1:
        return feeds[0]
    return "CALL () {\n" + "\nUNION ALL\n".join(f"{feed}\nRETURN o" for feed in feeds) + "\n}"


def feeds_for(alternatives: Sequence[Criteria], basis: Basis, spot: Spot | None, params: Params) -> list[str]:
    """Where the offers come from: the place, else the territory, else the activity, else all offers."""
    if spot is not None:
        return [*_near_feeds(spot, params), *(feed.format() for feed in fragments.SERVING_PLACE)]
    if basis.territory is not None:
        return _territory_feeds(basis.territory, params)
    wanted = [activity_codes(tree) for tree in alternatives]
    if None in wanted:
        return [fragments.ALL_OFFERS]
    codes = params.of(tuple(dict.fromkeys(code for one in wanted if one for code in one)))
    return [fragments.BY_ACTIVITY.format(codes=codes), fragments.WITHOUT_ACTIVITY]


def _near_feeds(spot: Spot, params: Params) -> list[str]:
    box = spot.box
    params.values["place"] = spot.commune
    if box is None:
        params.values["department"] = spot.department
        return [feed.format(code="department") for feed in fragments.IN_DEPARTMENT]
    params.values.update(south=box.south, north=box.north, west=box.west, east=box.east, around=list(spot.around))
    return list(fragments.IN_BOX)


def _territory_feeds(territory: Territory, params: Params) -> list[str]:
    params.values["territory"] = territory.code
    feeds = {Level.COMMUNE: fragments.IN_COMMUNE, Level.DEPARTMENT: fragments.IN_DEPARTMENT, Level.REGION: fragments.IN_REGION}
    return [feed.format(code="territory") for feed in feeds[territory.level]]


def _not_false(alternatives: Sequence[Criteria], params: Params, decided: Decides) -> list[str]:
    """A condition that drops the offers for which, in every alternative, a decided part of the root AND is FALSE."""
    each = []
    for tree in alternatives:
        parts = [part for part in conjuncts(tree) if leaves_of(part) and decided(part)]
        if not parts:
            return []
        each.append(" AND ".join(f"coalesce({inline(part, params)}, true)" for part in parts))
    return [each[0]] if len(each) == 1 else ["(" + " OR ".join(f"({one})" for one in each) + ")"]


def _reads_activity(alternatives: Iterable[Criteria]) -> bool:
    return any(isinstance(part, Coded) and part.field is Field.ACTIVITY for tree in alternatives for part in nodes(tree))


def _origin_of_offer(basis: Basis, params: Params) -> list[str]:
    """What can be said before the region is known: a forced origin; no ROR anywhere, so only observed offers count."""
    wanted = basis.origin or (None if basis.declared else Origin.OBSERVED)
    if wanted is None:
        return []
    params.values["origin"] = wanted.value
    return ["o.origin = $origin"]


def _origin_of_region(basis: Basis, params: Params) -> list[str]:
    if basis.origin or not basis.declared:
        return []
    params.values["declared"] = sorted(basis.declared)
    region = "CASE WHEN o.source_region IS NOT NULL THEN o.source_region WHEN c IS NOT NULL THEN head([(c)-[:IN*1..3]->(t:Region) | t.code]) END"
    return [f"(coalesce({region} IN $declared, false) = (o.origin = 'DECLARED'))"]


def _territory(basis: Basis, params: Params) -> list[str]:
    if basis.territory is None:
        return []
    params.values["territory"] = basis.territory.code
    return [f"$territory IN {held_by(basis.territory.level)}"]


HOPS: Final = {Level.COMMUNE: "*0..1", Level.DEPARTMENT: "*1..2", Level.REGION: "*1..3"}


def held_by(level: Level) -> str:
    """Cypher: codes of the territories of a level where o is delivered: its locations', else its commune's (S-8)."""
    delivered = fragments.DELIVERED.format(hops=HOPS[level], label=level.value)
    return fragments.HELD_BY.format(delivered=delivered, hops=HOPS[level], label=level.value)
