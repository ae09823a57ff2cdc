"""Two sides compared: matches by the rules, then a row for each offer, counts and totals. Pure; O(n log n) time, O(n) memory."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from graph.access import AccessRow
from graph.matches import STANDING
from graph.reconciliation.answer import Counts, Differs, Dimension, Outcome, Reconciliation, Row, StructureMatch, Structures, Total, row_order
from graph.reconciliation.classes import joined
from graph.reconciliation.matching import Decisions, Match
from graph.reconciliation.offers import same_offers
from graph.reconciliation.stated import Side, StatedOffer
from graph.reconciliation.structures import one_id, same_entities, same_places, same_sites

COMPARED: Final = ("name", "field", "care_mode", "offer_type", "activities", "ages", "sectors")
ORDER: Final = tuple(AccessRow)


@dataclass(frozen=True, slots=True)
class Kept:
    """What persons decided before, by kind of thing: ids may be the same in two kinds."""

    offers: Decisions = field(default_factory=dict)
    sites: Decisions = field(default_factory=dict)
    entities: Decisions = field(default_factory=dict)
    places: Decisions = field(default_factory=dict)


NOTHING_KEPT: Final = Kept()


def reconciled(regional: Side, national: Side, kept: Kept = NOTHING_KEPT, out_of_perimeter: int = 0) -> Reconciliation:
    """The reconciliation of two sides."""
    entities = same_entities(regional.entities, national.entities, kept.entities)
    sites = same_sites(regional.sites, national.sites, kept.sites)
    one_site = one_id(sites)
    places = same_places(regional.places, national.places, one_site, kept.places)
    matches = same_offers(regional.offers, national.offers, one_site, kept.offers)
    rows = tuple(sorted(_rows(regional, national, matches, one_site), key=row_order))
    return Reconciliation(
        regional=regional.code,
        national=national.code,
        counts=_counts(rows),
        totals=tuple(_totals(rows)),
        rows=rows,
        structures=Structures(_of_two_ids(entities), _of_two_ids(sites), _of_two_ids(places)),
        out_of_perimeter=out_of_perimeter,
    )


def _of_two_ids(matches: Iterable[Match]) -> tuple[StructureMatch, ...]:
    found = sorted((one for one in matches if one.ours != one.theirs), key=lambda one: (one.ours, one.theirs))
    return tuple(StructureMatch(one.rule, one.state, one.ours, one.theirs, one.evidence) for one in found)


def _rows(regional: Side, national: Side, matches: Sequence[Match], sites: Mapping[str, str]) -> Iterator[Row]:
    together = _Together(regional, national, matches)
    for match in matches:
        yield _pair(match, regional, national, together, sites)
    taken_here, taken_there = {one.ours for one in matches}, {one.theirs for one in matches}
    for offer in regional.offers.values():
        if offer.id not in taken_here:
            yield Row(Outcome.ONLY_REGIONAL, regional=offer, department=_department(regional, offer))
    for offer in national.offers.values():
        if offer.id not in taken_there:
            yield Row(Outcome.ONLY_NATIONAL, national=offer, department=_department(national, offer))


class _Together:
    """The offers of partial matches, all together: what one of them lacks another may have."""

    def __init__(self, regional: Side, national: Side, matches: Sequence[Match]) -> None:
        partial = [one for one in matches if one.partial]
        self._here = _parts((one.theirs, regional.offers[one.ours]) for one in partial)
        self._there = _parts((one.ours, national.offers[one.theirs]) for one in partial)

    def of(self, match: Match, here: StatedOffer, there: StatedOffer) -> tuple[Sequence[StatedOffer], Sequence[StatedOffer]]:
        """The offers of both sides of a match."""
        return (self._here[match.theirs], self._there[match.ours]) if match.partial else ((here,), (there,))


def _parts(found: Iterable[tuple[str, StatedOffer]]) -> dict[str, list[StatedOffer]]:
    parts: dict[str, list[StatedOffer]] = {}
    for key, offer in found:
        parts.setdefault(key, []).append(offer)
    return parts


def _pair(match: Match, regional: Side, national: Side, together: _Together, sites: Mapping[str, str]) -> Row:
    here, there = regional.offers[match.ours], national.offers[match.theirs]
    ours, theirs = together.of(match, here, there)
    return Row(
        outcome=Outcome.SAME if match.state in STANDING else Outcome.PROPOSED,
        regional=here,
        national=there,
        department=_department(regional, here) or _department(national, there),
        rule=match.rule,
        state=match.state,
        evidence=match.evidence,
        partial=match.partial,
        missing=_missing(ours, theirs) if match.partial else (),
        regional_lacks=_lacks(ours, theirs),
        national_lacks=_lacks(theirs, ours),
        differences=tuple(_differences(here, there, sites, match.partial)),
    )


def _missing(ours: Sequence[StatedOffer], theirs: Sequence[StatedOffer]) -> tuple[str, ...]:
    """Activities that only one of them states."""
    here, there = ({activity for offer in side for activity in offer.activities} for side in (ours, theirs))
    return tuple(sorted(here ^ there))


def _lacks(ours: Sequence[StatedOffer], theirs: Sequence[StatedOffer]) -> tuple[AccessRow, ...]:
    """Data classes that these have and ours have not."""
    missing = joined(one.classes for one in theirs) - joined(one.classes for one in ours)
    return tuple(one for one in ORDER if one in missing) if missing else ()


def _differences(here: StatedOffer, there: StatedOffer, sites: Mapping[str, str], partial: bool) -> Iterator[Differs]:
    """Properties that both state differently: empty is not a value (M-2), but without closing date an offer is open."""
    for name in COMPARED:
        ours, theirs = getattr(here, name), getattr(there, name)
        if ours != theirs and _says(ours) and _says(theirs) and not (partial and name in {"name", "activities"}):
            yield Differs(name, _text(ours), _text(theirs))
    if here.site and there.site and here.site != sites.get(there.site, there.site):
        yield Differs("site", here.site, there.site)
    if here.closed_on != there.closed_on:
        yield Differs("closed_on", _text(here.closed_on), _text(there.closed_on))


def _says(value: object) -> bool:
    return any(one is not None for one in value) if isinstance(value, tuple) else value is not None


def _text(value: object) -> str | None:
    if value is None:
        return None
    return " ".join("-" if one is None else str(one) for one in value) if isinstance(value, tuple) else str(value)


def _department(side: Side, offer: StatedOffer) -> str | None:
    site = side.sites.get(offer.site or "")
    return site.department if site else None


def _counts(rows: Sequence[Row]) -> Counts:
    found = Counter(row.outcome for row in rows)
    return Counts(
        same=found[Outcome.SAME],
        proposed=found[Outcome.PROPOSED],
        only_regional=found[Outcome.ONLY_REGIONAL],
        only_national=found[Outcome.ONLY_NATIONAL],
        partial=sum(row.partial for row in rows),
        closed_on_one_side=sum(_is_closed_on_one_side(row) for row in rows),
    )


def _is_closed_on_one_side(row: Row) -> bool:
    return row.regional is not None and row.national is not None and (row.regional.closed_on is None) != (row.national.closed_on is None)


def _totals(rows: Sequence[Row]) -> Iterator[Total]:
    for by in Dimension:
        found = Counter((_code(row, by), row.outcome) for row in rows)
        for code in sorted({code for code, _ in found}, key=lambda code: (code is None, code or "")):
            yield Total(by, code, *(found[code, outcome] for outcome in Outcome))


def _code(row: Row, by: Dimension) -> str | None:
    match by:
        case Dimension.DEPARTMENT:
            return row.department
        case Dimension.FIELD_OF_ACTIVITY:
            return row.offer.field
        case Dimension.OFFER_TYPE:
            return row.offer.offer_type
