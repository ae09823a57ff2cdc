"""R-1 to R-5 of docs/reconciliation.md, each with the false match that it guards against."""

import pytest

from graph.matches import MatchState
from graph.reconciliation.matching import Decision, Fact, Rule, ordered
from graph.reconciliation.offers import same_offers
from graph.reconciliation.stated import StatedOffer
from tests.reconciliation.given import by_id, offer, told

STROKE, NEUROLOGY, EMERGENCY = "TRE_R211-356", "TRE_R211-098", "TRE_R211-157"


def pairs(ours: list[StatedOffer], theirs: list[StatedOffer], sites: dict[str, str] | None = None) -> list[tuple[str, str, str, str]]:
    return told(same_offers(by_id(*ours), by_id(*theirs), sites or {}))


def test_r1_the_same_identifier_is_the_same_offer_even_at_another_site() -> None:
    here, there = offer("96/1", identifier="96/1"), offer("96/1", identifier="96/1", site="1960000149", name="Autre nom")
    assert pairs([here], [there]) == [("R-1", "decided", "96/1", "96/1")]


def test_r1_two_bare_identifiers_that_are_equal_as_text_in_one_region_are_the_same_offer() -> None:
    here, there = offer("96/0012", identifier="0012", name="A"), offer("0012", identifier="0012", name="B")
    assert pairs([here], [there]) == [("R-1", "decided", "96/0012", "0012")]


def test_r1_two_bare_identifiers_of_two_regions_are_two_offers() -> None:
    here, there = offer("04/0012", identifier="0012", region="04", name="A"), offer("0012", identifier="0012", region="06", name="B")
    assert pairs([here], [there]) == []


def test_r1_a_placeholder_identifies_nothing() -> None:
    assert pairs([offer("96/ZZZ", identifier="ZZZ", name="A")], [offer("ZZZ", identifier="ZZZ", name="B")]) == []


def test_r2_an_identifier_that_is_bare_in_the_regional_ror_is_the_same_after_its_form() -> None:
    (match,) = same_offers(by_id(offer("96/0012", identifier="0012")), by_id(offer("96/0012", identifier="96/0012")), {})
    assert (match.rule, match.state) == (Rule.OFFER_ID_IN_FORM, MatchState.DECIDED)
    assert match.evidence == (Fact("id", "96/0012"), Fact("ours", "0012"), Fact("theirs", "96/0012"))


def test_r2_zeros_of_the_local_part_are_kept_so_that_two_lengths_are_two_offers() -> None:
    assert pairs([offer("96/0012", name="A")], [offer("96/12", name="B")]) == []


def test_r3_the_same_internal_id_in_one_region_is_the_same_offer() -> None:
    here, there = offer("96/1", internal="u_4712", name="A"), offer("8000001", internal="u_4712", name="B")
    assert pairs([here], [there]) == [("R-3", "decided", "96/1", "8000001")]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([offer("1", internal="u", region="04", name="A")], [offer("2", internal="u", region="06", name="B")]),
        ([offer("1", internal="u", name="A"), offer("2", internal="u", name="B")], [offer("3", internal="u", name="C")]),
        ([offer("1", internal="u", name="A"), offer("3", internal="u", name="B")], [offer("3", internal="u"), offer("4", name="C")]),
    ],
    ids=["another region", "a recognation that two records bear", "one of the two is matched already by its id"],
)
def test_r3_an_internal_id_that_may_be_of_another_decides_nothing(ours: list[StatedOffer], theirs: list[StatedOffer]) -> None:
    assert [pair for pair in pairs(ours, theirs) if pair[0] == "R-3"] == []


def test_r4_the_same_description_at_the_same_site_is_proposed() -> None:
    assert pairs([offer("96/1", name="Unité de CARDIOLOGIE")], [offer("8000001", name="unite de cardiologie")]) == [("R-4", "proposed", "96/1", "8000001")]


def test_r4_a_site_that_has_two_ids_is_one_site() -> None:
    here, there = offer("96/1", site="300096000500007"), offer("8000001", site="1960000073")
    assert pairs([here], [there], {"1960000073": "300096000500007"}) == [("R-4", "proposed", "96/1", "8000001")]


def test_r4_twin_units_of_one_site_are_not_told_apart() -> None:
    assert pairs([offer("96/1"), offer("96/2")], [offer("8000001")]) == []


def test_r4_the_twin_that_is_left_when_the_other_has_its_match_is_proposed() -> None:
    assert pairs([offer("96/1"), offer("96/2")], [offer("96/1"), offer("8000001")]) == [
        ("R-1", "decided", "96/1", "96/1"),
        ("R-4", "proposed", "96/2", "8000001"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Autre"},
        {"site": "1960000149"},
        {"site": None},
        {"field": "TRE_R227-02"},
        {"care_mode": "TRE_R213-29"},
        {"activities": (STROKE,)},
        {"ages": (None, 18.0, "a")},
        {"sectors": ("96G01",)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_r4_one_difference_is_enough_for_nothing_to_be_proposed(changes: dict[str, object]) -> None:
    assert pairs([offer("96/1")], [offer("8000001", **changes)]) == []


def test_a_change_of_care_mode_is_one_gone_and_one_new() -> None:
    day = offer("96/2", care_mode="TRE_R213-29")
    assert pairs([offer("96/1")], [day]) == []


def test_never_by_name_alone() -> None:
    assert pairs([StatedOffer("96/1", name="Cardiologie")], [StatedOffer("96/2", name="Cardiologie")]) == []


def test_r5_a_unit_of_several_activities_and_offers_of_one_are_proposed_as_parts() -> None:
    unit = offer("96/1", activities=(NEUROLOGY, STROKE), name="Neurologie")
    found = same_offers(by_id(unit), by_id(offer("n1", activities=(STROKE,)), offer("n2", activities=(NEUROLOGY,))), {})
    assert told(found) == [("R-5", "proposed", "96/1", "n1"), ("R-5", "proposed", "96/1", "n2")]
    assert [match.partial for match in found] == [True, True]


def test_r5_works_the_other_way_round() -> None:
    unit = offer("n1", activities=(NEUROLOGY, STROKE))
    assert pairs([offer("96/1", activities=(STROKE,))], [unit]) == [("R-5", "proposed", "96/1", "n1")]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([offer("1", activities=(NEUROLOGY, STROKE))], [offer("2", activities=(STROKE,), care_mode="TRE_R213-29")]),
        ([offer("1", activities=(NEUROLOGY, STROKE)), offer("2", activities=(EMERGENCY, STROKE))], [offer("3", activities=(STROKE,))]),
        ([offer("1", activities=(NEUROLOGY, STROKE))], [offer("2", activities=(STROKE,)), offer("3", activities=(STROKE,))]),
        ([offer("1", activities=(NEUROLOGY, STROKE))], [offer("2", activities=(NEUROLOGY, STROKE), name="B")]),
    ],
    ids=["another care mode", "two units have the activity", "two offers have the activity", "both have several activities"],
)
def test_r5_says_nothing_where_it_is_not_clear(ours: list[StatedOffer], theirs: list[StatedOffer]) -> None:
    assert pairs(ours, theirs) == []


def test_what_a_person_confirmed_goes_before_every_rule() -> None:
    kept = {ordered("96/1", "96/9"): Decision(Rule.PERSON, MatchState.CONFIRMED, "A. B.", "2026-01-15")}
    found = same_offers(by_id(offer("96/1"), offer("96/2", name="B")), by_id(offer("96/1", name="C"), offer("96/9", name="D")), {}, kept)
    assert told(found) == [("PERSON", "confirmed", "96/1", "96/9")]


@pytest.mark.parametrize("changes", [{}, {"internal": "u"}, {"activities": (STROKE, NEUROLOGY)}], ids=["R-4", "R-3", "R-5"])
def test_what_a_person_refused_is_not_made_again(changes: dict[str, object]) -> None:
    kept = {ordered("96/1", "8000001"): Decision(Rule.SAME_DESCRIPTION, MatchState.REFUSED, "A. B.", "2026-01-15")}
    here, there = offer("96/1", **changes), offer("8000001", **(changes if "activities" not in changes else {"activities": (STROKE,)}))
    assert same_offers(by_id(here), by_id(there), {}, kept) == []
    assert len(same_offers(by_id(here), by_id(there), {})) == 1


def test_what_was_withdrawn_is_as_if_it_had_never_been_said() -> None:
    kept = {ordered("96/1", "8000001"): Decision(Rule.SAME_DESCRIPTION, MatchState.WITHDRAWN)}
    assert told(same_offers(by_id(offer("96/1")), by_id(offer("8000001")), {}, kept)) == [("R-4", "proposed", "96/1", "8000001")]


def test_an_offer_whose_own_source_gave_it_another_id_is_still_the_one_of_the_other_source() -> None:
    kept = {ordered("96/1", "96/2"): Decision(Rule.MOVED, MatchState.DECIDED)}
    assert told(same_offers(by_id(offer("96/2", name="A")), by_id(offer("96/1", name="B")), {}, kept)) == [("M-12", "decided", "96/2", "96/1")]


def test_a_confirmed_part_leaves_its_unit_to_further_parts() -> None:
    kept = {ordered("96/1", "n1"): Decision(Rule.ONE_UNIT_OF_SEVERAL, MatchState.CONFIRMED, "A. B.", "2026-01-15")}
    unit = offer("96/1", activities=(NEUROLOGY, STROKE))
    found = same_offers(by_id(unit), by_id(offer("n1", activities=(STROKE,)), offer("n2", activities=(NEUROLOGY,))), {}, kept)
    assert told(found) == [("R-5", "confirmed", "96/1", "n1"), ("R-5", "proposed", "96/1", "n2")]
