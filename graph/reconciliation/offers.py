"""Recognition of offers: rules R-1 to R-5 (docs/reconciliation.md). Never by name alone, telephone, address or position."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from graph.matches import MatchState
from graph.reconciliation.matching import NO_DECISIONS, Decisions, Evidence, Fact, Match, Rule, Step, by_key, is_refused, left_of, matched
from graph.reconciliation.stated import StatedOffer
from graph.text import folded

Offers = Mapping[str, StatedOffer]
Sites = Mapping[str, str]


def same_offers(ours: Offers, theirs: Offers, sites: Sites, decisions: Decisions = NO_DECISIONS) -> list[Match]:
    """Offers of both sides that are one, R-1 to R-3; R-4 and R-5 propose. `sites`: the one id of a site that has two.

    One to one, except a unit of several activities and the offers of one activity that it is cut into (R-5).
    """
    found = [_by_form(match, ours, theirs) for match in matched(ours, theirs, _steps(sites), decisions)]
    here, there = left_of(ours, (one.ours for one in found)), left_of(theirs, (one.theirs for one in found))
    cut_before = [one for one in found if one.rule is Rule.ONE_UNIT_OF_SEVERAL]  # confirmed: the unit may have further parts
    units_here, units_there = {one.ours: ours[one.ours] for one in cut_before}, {one.theirs: theirs[one.theirs] for one in cut_before}
    cut_there = _cut_units({**here, **units_here}, there, sites)
    cut_here = (replace(one, ours=one.theirs, theirs=one.ours) for one in _cut_units({**there, **units_there}, here, sites))
    return found + [match for match in (*cut_there, *cut_here) if not is_refused(decisions, match.ours, match.theirs)]


def _by_form(match: Match, ours: Offers, theirs: Offers) -> Match:
    """R-2 where the ids are equal only in the form of K-2."""
    a, b = ours[match.ours].identifier, theirs[match.theirs].identifier
    if match.rule is not Rule.OFFER_ID or a is None or b is None or a == b:
        return match
    return replace(match, rule=Rule.OFFER_ID_IN_FORM, evidence=(Fact("id", match.ours), Fact("ours", a), Fact("theirs", b)))


def _id(offer: StatedOffer) -> str:
    return offer.id


def _identifier(offer: StatedOffer) -> str | None:
    """The id as it is written, where it can be one: `ZZZ` and the like are placeholders."""
    text = offer.identifier
    return text if text and any(letter.isdigit() for letter in text) else None


def _internal(offer: StatedOffer) -> Hashable | None:
    return (offer.region, offer.internal) if offer.region and offer.internal else None


def _one_region(ours: StatedOffer, theirs: StatedOffer) -> bool:
    return ours.region is not None and ours.region == theirs.region


def _site(offer: StatedOffer, sites: Sites) -> str | None:
    return sites.get(offer.site, offer.site) if offer.site else None


DESCRIPTION: Final = ("site", "field", "care_mode", "activities", "ages", "sectors", "name")
ID_STEPS: Final[tuple[Step[StatedOffer], ...]] = (
    Step(Rule.OFFER_ID, _id, ("id",)),
    Step(Rule.OFFER_ID, _identifier, ("identifier",), fits=_one_region),  # bare in both: the region tells 04 from 06
    Step(Rule.INTERNAL_ID, _internal, ("region", "internal")),
)


def _steps(sites: Sites) -> tuple[Step[StatedOffer], ...]:
    def description(offer: StatedOffer) -> Hashable | None:
        site = _site(offer, sites)
        if not (site and offer.field and offer.care_mode and offer.activities and offer.name):
            return None
        return site, offer.field, offer.care_mode, offer.activities, offer.ages, offer.sectors, folded([offer.name])

    return (*ID_STEPS, Step(Rule.SAME_DESCRIPTION, description, DESCRIPTION, decides=False, whole=False))


def _cut_units(units: Offers, parts: Offers, sites: Sites) -> Iterator[Match]:
    """R-5: a unit of several activities, and offers of one of them each, at the same site, field and care mode. None where two fit."""

    def where(offer: StatedOffer) -> Hashable | None:
        site = _site(offer, sites)
        return (site, offer.field, offer.care_mode) if site and offer.field and offer.care_mode else None

    whole = by_key((one for one in units.values() if len(one.activities) > 1), where)
    single = by_key((one for one in parts.values() if len(one.activities) == 1), where)
    for place, candidates in whole.items():
        yield from _cut_at(candidates, single.get(place, []))


def _cut_at(units: list[StatedOffer], parts: list[StatedOffer]) -> Iterator[Match]:
    parts_of = Counter(part.activities[0] for part in parts)
    holders = _by_activity(units)
    for part in parts:
        (activity,) = part.activities
        candidates = holders.get(activity, [])
        if parts_of[activity] == len(candidates) == 1:
            unit = candidates[0]
            yield Match(Rule.ONE_UNIT_OF_SEVERAL, MatchState.PROPOSED, unit.id, part.id, _evidence(unit, activity), partial=True)


def _by_activity(units: list[StatedOffer]) -> dict[str, list[StatedOffer]]:
    found: dict[str, list[StatedOffer]] = {}
    for unit in units:
        for activity in unit.activities:
            found.setdefault(activity, []).append(unit)
    return found


def _evidence(unit: StatedOffer, activity: str) -> Evidence:
    return (Fact("site", unit.site or ""), Fact("field", unit.field or ""), Fact("care_mode", unit.care_mode or ""), Fact("activity", activity))
