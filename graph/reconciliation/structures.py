"""Recognition of entities, sites and places: rules S-1 to S-4 and L-1 (docs/reconciliation.md). What keys make one node needs no rule (K-1)."""

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

from graph.matches import STANDING
from graph.reconciliation.matching import NO_DECISIONS, Decisions, Match, Rule, Step, matched
from graph.reconciliation.stated import StatedEntity, StatedPlace, StatedSite
from graph.text import folded

Structure = TypeVar("Structure", StatedEntity, StatedSite)


def same_entities(ours: Mapping[str, StatedEntity], theirs: Mapping[str, StatedEntity], decisions: Decisions = NO_DECISIONS) -> list[Match]:
    """Legal entities of both sides that are one: S-1, S-2, S-3.

    >>> a, b = StatedEntity("1010000001", siren="260100012"), StatedEntity("2260100012", siren="260100012")
    >>> [(m.rule.value, m.ours, m.theirs) for m in same_entities({a.id: a}, {b.id: b})]
    [('S-3', '1010000001', '2260100012')]
    """
    return matched(ours, theirs, ENTITY_STEPS, decisions)


def same_sites(ours: Mapping[str, StatedSite], theirs: Mapping[str, StatedSite], decisions: Decisions = NO_DECISIONS) -> list[Match]:
    """Sites of both sides that are one: S-1, S-2, S-3; S-4 proposes."""
    return matched(ours, theirs, SITE_STEPS, decisions)


def same_places(
    ours: Mapping[str, StatedPlace], theirs: Mapping[str, StatedPlace], sites: Mapping[str, str], decisions: Decisions = NO_DECISIONS
) -> list[Match]:
    """Locations of both sides that are one: L-1. `sites`: the one id of a site that has two (`one_id`)."""
    return matched(ours, theirs, _place_steps(sites), decisions)


def one_id(matches: list[Match]) -> dict[str, str]:
    """For each of their ids that a standing match ties to one of ours: ours."""
    return {match.theirs: match.ours for match in matches if match.state in STANDING}


def _id(one: StatedEntity | StatedSite | StatedPlace) -> str:
    return one.id


def _finess(one: StatedEntity | StatedSite) -> str | None:
    return one.finess


def _rpps_rank(one: StatedEntity | StatedSite) -> str | None:
    return one.rpps_rank


def _adeli_rank(one: StatedEntity | StatedSite) -> str | None:
    return one.adeli_rank


def _siren(one: StatedEntity) -> str | None:
    return None if one.closed else one.siren


def _siret_and_commune(one: StatedSite) -> Hashable | None:
    return None if one.closed or not one.siret or not one.commune else (one.siret, one.commune)


def _described(one: StatedSite) -> Hashable | None:
    known = (one.siren, one.commune, one.category, folded([one.name]))
    return known if all(known) else None


def _no_two_numbers(ours: Structure, theirs: Structure) -> bool:
    """Two FINESS numbers are two structures of the register, whatever else is equal."""
    return not ours.finess or not theirs.finess or ours.finess == theirs.finess


_SAME_KEY: Final = ("id",)
ENTITY_STEPS: Final[tuple[Step[StatedEntity], ...]] = (
    Step(Rule.FINESS, _id, _SAME_KEY),
    Step(Rule.FINESS, _finess, ("finess",)),
    Step(Rule.RANK, _rpps_rank, ("rpps_rank",), fits=_no_two_numbers, personal=True),
    Step(Rule.RANK, _adeli_rank, ("adeli_rank",), fits=_no_two_numbers, personal=True),
    Step(Rule.REGISTER_OF_COMPANIES, _siren, ("siren",), fits=_no_two_numbers),
)
SITE_STEPS: Final[tuple[Step[StatedSite], ...]] = (
    Step(Rule.FINESS, _id, _SAME_KEY),
    Step(Rule.FINESS, _finess, ("finess",)),
    Step(Rule.RANK, _rpps_rank, ("rpps_rank",), fits=_no_two_numbers, personal=True),
    Step(Rule.RANK, _adeli_rank, ("adeli_rank",), fits=_no_two_numbers, personal=True),
    Step(Rule.REGISTER_OF_COMPANIES, _siret_and_commune, ("siret", "commune"), fits=_no_two_numbers),
    Step(Rule.SAME_NAME_AND_PLACE, _described, ("siren", "commune", "category", "name"), decides=False, whole=False, fits=_no_two_numbers),
)


def _place_steps(sites: Mapping[str, str]) -> tuple[Step[StatedPlace], ...]:
    def bed_zone(one: StatedPlace) -> Hashable | None:
        return (sites.get(one.site, one.site), one.bed_zone) if one.site and one.bed_zone else None

    return Step(Rule.LOCATION, _id, _SAME_KEY), Step(Rule.LOCATION, bed_zone, ("site", "bed_zone"))
