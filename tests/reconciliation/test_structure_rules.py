"""S-1 to S-4 and L-1 of docs/reconciliation.md, each with the false match that it guards against."""

import pytest

from graph.matches import MatchState
from graph.reconciliation.matching import Decision, Fact, Rule, ordered
from graph.reconciliation.stated import StatedEntity, StatedPlace, StatedSite
from graph.reconciliation.structures import one_id, same_entities, same_places, same_sites
from tests.reconciliation.given import by_id, site, told

SIRET, SHOP = "00096000500007", {"siret": "00096000500007", "commune": "96001"}
CAMPUS = {"siren": "000960005", "commune": "96001", "category": "TRE_R66-101", "name": "Port"}


def pairs(ours: list[StatedSite], theirs: list[StatedSite]) -> list[tuple[str, str, str, str]]:
    return told(same_sites(by_id(*ours), by_id(*theirs)))


def test_s1_the_same_finess_number_is_the_same_site() -> None:
    assert pairs([site("1960000073", finess="960000073")], [site("x", finess="960000073")]) == [("S-1", "decided", "1960000073", "x")]


def test_s1_a_typing_error_with_a_right_check_digit_is_another_number_and_nothing_else_joins_them() -> None:
    assert pairs([site("a", finess="960000073", rpps_rank="1", **SHOP)], [site("b", finess="960000149", rpps_rank="1", **SHOP)]) == []


@pytest.mark.parametrize("rang", ["rpps_rank", "adeli_rank"])
def test_s2_the_same_rang_is_the_same_site_and_its_value_is_no_evidence_that_others_read(rang: str) -> None:
    (match,) = same_sites(by_id(site("a", **{rang: "10005929293016"})), by_id(site("b", **{rang: "10005929293016"})))
    assert (match.rule, match.state, match.ours, match.theirs) == (Rule.RANK, MatchState.DECIDED, "a", "b")
    assert match.evidence == (Fact(rang, "equal"),)


def test_s2_a_site_and_an_entity_of_one_rang_are_never_compared() -> None:  # by label: two functions, two maps
    entity = StatedEntity("4100", rpps_rank="100")
    assert told(same_entities(by_id(entity), {})) == []


def test_s3_the_same_siret_in_the_same_commune_is_the_same_site() -> None:
    assert pairs([site("a", **SHOP)], [site("b", **SHOP)]) == [("S-3", "decided", "a", "b")]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([site("a", **SHOP), site("c", **SHOP)], [site("b", **SHOP)]),
        ([site("a", **SHOP), site("c", finess="1", **SHOP)], [site("b", **SHOP), site("d", finess="1", **SHOP)]),
        ([site("a", siret=SIRET, commune="96001")], [site("b", siret=SIRET, commune="96002")]),
        ([site("a", siret=SIRET)], [site("b", siret=SIRET)]),
        ([site("a", closed=True, **SHOP)], [site("b", **SHOP)]),
    ],
    ids=["two open sites of one side", "two open sites, one of which has its match", "another commune", "no commune", "a closed site"],
)
def test_s3_a_siret_that_may_stand_on_several_sites_decides_nothing(ours: list[StatedSite], theirs: list[StatedSite]) -> None:
    assert [pair for pair in pairs(ours, theirs) if pair[0] == "S-3"] == []


def test_s3_a_closed_site_beside_the_open_one_does_not_count() -> None:
    assert pairs([site("a", **SHOP), site("c", closed=True, **SHOP)], [site("b", **SHOP)]) == [("S-3", "decided", "a", "b")]


def test_s3_a_siren_that_one_open_entity_has_on_each_side_is_the_same_entity() -> None:
    assert told(same_entities(by_id(StatedEntity("a", siren="1")), by_id(StatedEntity("b", siren="1")))) == [("S-3", "decided", "a", "b")]


def test_s3_a_siren_that_serves_two_entities_decides_nothing() -> None:
    ours = by_id(StatedEntity("a", siren="1"), StatedEntity("c", siren="1"))
    assert same_entities(ours, by_id(StatedEntity("b", siren="1"))) == []


def test_s4_name_category_commune_and_siren_propose() -> None:
    here, there = site("a", **{**CAMPUS, "name": "Hôpital du Port"}), site("b", **{**CAMPUS, "name": "HOPITAL DU PORT"})
    assert pairs([here], [there]) == [("S-4", "proposed", "a", "b")]


def test_s4_a_campus_with_two_sites_of_that_name_proposes_nothing() -> None:
    assert pairs([site("a", **CAMPUS), site("c", **CAMPUS)], [site("b", **CAMPUS)]) == []


def test_only_what_stands_gives_a_site_one_id() -> None:
    decided = same_sites(by_id(site("a", **SHOP)), by_id(site("b", **SHOP)))
    proposed = same_sites(by_id(site("c", **CAMPUS)), by_id(site("d", **CAMPUS)))
    assert one_id([*decided, *proposed]) == {"b": "a"}


def test_a_refused_pair_of_sites_is_not_made() -> None:
    kept = {ordered("a", "b"): Decision(Rule.REGISTER_OF_COMPANIES, MatchState.REFUSED, "A. B.", "2026-01-15")}
    assert same_sites(by_id(site("a", **SHOP)), by_id(site("b", **SHOP)), kept) == []


def test_l1_the_same_bed_zone_at_the_same_site_is_the_same_location() -> None:
    here, there = StatedPlace("96/l1", "1960000073", "Z7"), StatedPlace("l9", "s2", "Z7")
    assert told(same_places(by_id(here), by_id(there), {"s2": "1960000073"})) == [("L-1", "decided", "96/l1", "l9")]


@pytest.mark.parametrize(
    "ours",
    [
        [StatedPlace("a", "other", "Z7")],
        [StatedPlace("a", "s", "Z7"), StatedPlace("c", "s", "Z7")],
        [StatedPlace("a", None, "Z7")],
    ],
    ids=["another site", "a zone id that a hospital reused", "no site"],
)
def test_l1_a_bed_zone_alone_decides_nothing(ours: list[StatedPlace]) -> None:
    assert same_places(by_id(*ours), by_id(StatedPlace("b", "s", "Z7")), {}) == []
