"""Two RORs read from the store, for their reconciliation: one text for the shell and the API (graph/reads.py)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import BadInput, NotFound
from graph.matches import MatchState
from graph.questions import question
from graph.reads import Ask, Each, LongReads, Row, pick
from graph.reconciliation.answer import Reconciliation
from graph.reconciliation.compare import Kept, reconciled
from graph.reconciliation.gathering import Gathering
from graph.reconciliation.matching import Decision, Pair, Rule, ordered
from graph.reconciliation.stated import Side, StatedEntity, StatedSite

STAMP: Final = "ror:"
AT_ONCE: Final = 2000  # ids of one question
KINDS: Final = {"Offer": "offers", "GeographicEntity": "sites", "Location": "places", "LegalEntity": "entities"}  # label: name on a side


@dataclass(frozen=True, slots=True)
class Compared:
    """All that a reconciliation is made of. `out_of_perimeter`: national offers of other regions."""

    regional: Side
    national: Side
    kept: Kept
    out_of_perimeter: int

    def reconciled(self) -> Reconciliation:
        """The answer; pure, and the long part of the work."""
        return reconciled(self.regional, self.national, self.kept, self.out_of_perimeter)


def compared(regional: str, national: str) -> LongReads[Compared]:
    """What two RORs state, by code of their application (`ROR-IDF`) or stamp (`ror:ROR-IDF`).

    Of the national one only the offers of the regional one's regions: those where it is deployed, else those of its offers (A-7).
    Raises BadInput for one ROR twice, NotFound for a ROR that states nothing.
    """
    ours, theirs = (code.strip().removeprefix(STAMP) for code in (regional, national))
    if ours == theirs:
        raise BadInput(f"{ours} cannot be compared with itself: name two RORs.")
    here = yield from _gathered(ours, Gathering())
    regions = yield from _regions(ours, here)
    there = yield from _gathered(theirs, Gathering(regions=regions, beside=here.offers))
    one = yield from _side(ours, here)
    other = yield from _side(theirs, there)
    kept = yield from _kept(one)
    return Compared(one, other, kept, there.out_of_perimeter)


def _gathered(code: str, gathering: Gathering) -> LongReads[Gathering]:
    yield Each(question("source_records"), {"prefix": f"{STAMP}{code}/"}, gathering.take)
    if not gathering.records:
        raise NotFound(f"{code}: the store holds nothing that this ROR states. Load its files first: rorgraph load ror-fhir or ror-xml, with --ror {code}.")
    return gathering


def _regions(code: str, gathering: Gathering) -> LongReads[frozenset[str]]:
    rows = yield Ask(question("regions_of_application"), {"code": code})
    return frozenset(row["region"] for row in rows) or frozenset(offer.region for offer in gathering.offers.values() if offer.region)


def _side(code: str, gathering: Gathering) -> LongReads[Side]:
    units = yield from _asked("sites_of_units", gathering.units())
    of_units = {row["unit"]: row["site"] for row in units}
    sites = yield from _asked("recognised_sites", gathering.site_ids(of_units))
    known = {row["node"]["id"]: _site(row) for row in sites}
    parents = {site.entity for site in known.values() if site.entity}
    entities = yield from _asked("recognised_entities", sorted(gathering.structures["LegalEntity"] | parents))
    return gathering.side(code, of_units, known, {row["node"]["id"]: _entity(row) for row in entities})


def _asked(name: str, ids: Sequence[str]) -> LongReads[list[Row]]:
    found: list[Row] = []
    for chunk in _chunks(ids):
        found += yield Ask(question(name), {"ids": chunk})
    return found


def _chunks(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[place : place + AT_ONCE]) for place in range(0, len(ids), AT_ONCE))


def _site(row: Row) -> StatedSite:
    node = row["node"]
    siren = row["siren"] or (node["siret"] or "")[:9] or None
    return pick(StatedSite, node, commune=row["commune"], department=row["department"], entity=row["entity"], siren=siren, closed=_closed(node))


def _entity(row: Row) -> StatedEntity:
    return pick(StatedEntity, row["node"], closed=_closed(row["node"]))


def _closed(node: dict[str, Any]) -> bool:
    return node["closed_on"] is not None or node["gone_on"] is not None


def _kept(side: Side) -> LongReads[Kept]:
    """What is kept of the pairs of a side: a pair has an end on each."""
    found: dict[str, dict[Pair, Decision]] = {name: {} for name in KINDS.values()}
    ids: dict[str, list[str]] = {"offers": [*side.offers], "sites": [*side.sites], "entities": [*side.entities], "places": [*side.places]}
    none: dict[str, list[str]] = {name: [] for name in ids}
    for asked in ({**none, name: chunk} for name, some in ids.items() for chunk in _chunks(some)):
        rows = yield Ask(question("kept_matches"), asked)
        for row in sorted(rows, key=lambda row: row["by"] is not None):  # of several sources, what a person says holds
            found[KINDS[row["label"]]][ordered(row["a"], row["b"])] = _decision(row)
    return Kept(**found)


def _decision(row: Row) -> Decision:
    return Decision(Rule(row["rule"]), MatchState(row["state"]), row["by"], str(row["on"]) if row["on"] else None)
