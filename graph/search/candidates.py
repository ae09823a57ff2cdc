"""The common first half of a search and of a coverage: which offers exist there and then, with their holder, site, entity and commune (S-3, S-8)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from graph.search import fragments
from graph.search.compiling import conjuncts, inline, leaves_of, reads_activities, reads_only_offer
from graph.search.criteria import Criteria, nodes
from graph.search.leaves import Coded, Field
from graph.search.opening import moment_of
from graph.search.params import Params
from graph.search.territory import Level, Territory

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


def existing(feeds: Sequence[str], alternatives: Sequence[Criteria], basis: Basis, params: Params) -> str:
    """Cypher that binds o and acts for each offer of the feeds that exists; those that every alternative refuses by their own properties are left out."""
    params.values["at"] = basis.at
    params.moment = moment_of(basis.at, params.moment)
    acts = fragments.ACTIVITIES.format(o="o") if _reads_activity(alternatives) else "[]"
    early = _not_false(alternatives, params, reads_only_offer)
    return f"""{_united(feeds)}
WITH DISTINCT o
WITH o, {_all(fragments.ASSERTED.format(o="o"), fragments.OPEN.format(x="o"), *_origin_of_offer(basis, params), *early)} AS kept
WHERE kept
WITH o, {acts} AS acts"""


def not_refused(alternatives: Sequence[Criteria], params: Params) -> str:
    """Cypher that keeps of o and acts what its properties and activities do not make FALSE in every alternative."""
    return f"""WITH o, acts, {_all(*_not_false(alternatives, params, reads_activities))} AS kept
WHERE kept"""


def placed(basis: Basis, params: Params, *, goes: bool, more: Sequence[str] = ()) -> str:
    """Cypher that binds ls, s, e, c, areas beside o, acts and `more`, and keeps what is open, in the territory and of the origin that counts.

    What holds an offer is followed once a holder. `goes`: bind `areas` too, else they are empty.
    """
    own = ["o", "acts", *more]
    areas = fragments.AREAS if goes else "[]"
    return f"""WITH {", ".join(own)}, {fragments.HOLDERS} AS hs, {fragments.LOCATIONS} AS ls
WITH {fragments.FIRST.format(list="hs")} AS h, collect({{{", ".join(f"{name}: {name}" for name in [*own, "ls"])}}}) AS held
WITH held, h, {fragments.SITE_OF_HOLDER} AS s, {fragments.UNITS} AS us
WITH held, h, s, us, coalesce(s, h) AS placed, {fragments.ENTITIES} AS es
WITH held, s, us, CASE WHEN h:LegalEntity THEN h ELSE {fragments.FIRST.format(list="es")} END AS e, {fragments.COMMUNES} AS cs
WITH held, s, e, {fragments.FIRST.format(list="cs")} AS c, {_all(fragments.OPEN.format(x="s"), fragments.OPEN.format(x="e"), UNITS_OPEN)} AS kept
WHERE kept
UNWIND held AS one
WITH {", ".join(f"one.{name} AS {name}" for name in [*own, "ls"])}, s, e, c
WITH {", ".join([*own, "ls"])}, s, e, c, {areas} AS areas,
  {_all(fragments.DELIVERED_SOMEWHERE, *_territory(basis, params), *_origin_of_region(basis, params))} AS kept
WHERE kept"""


def _all(*conditions: str) -> str:
    """A condition is bound to a variable before it filters: the embedded server reads null in a CASE as false when it stands in WHERE."""
    return " AND ".join(f"({condition})" for condition in conditions) or "true"


def _united(feeds: Sequence[str]) -> str:
    if len(feeds) == 1:
        return feeds[0]
    return "CALL () {\n" + "\nUNION ALL\n".join(f"{feed}\nRETURN o" for feed in feeds) + "\n}"


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
    extent = basis.territory.extent
    if extent is None:
        return [f"$territory IN {held_by(basis.territory.level)}"]
    held = ((extent.communes, Level.COMMUNE), (extent.departments, Level.DEPARTMENT))
    each = [f"any(place IN {held_by(level)} WHERE place IN ${params.of(codes)})" for codes, level in held if codes]
    return [" OR ".join([*each, fragments.STATED] if basis.territory.level is Level.HEALTH_TERRITORY else each)]


HOPS: Final = {Level.COMMUNE: "*0..1", Level.DEPARTMENT: "*1..2", Level.REGION: "*1..3"}


def held_by(level: Level) -> str:
    """Cypher: codes of the territories of a level where o is delivered: its locations', else its commune's (S-8)."""
    delivered, of_site = (part.format(hops=HOPS[level], label=level.value) for part in (fragments.DELIVERED, fragments.OF_SITE))
    return fragments.HELD_BY.format(delivered=delivered, of_site=of_site)
