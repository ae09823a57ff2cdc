"""On small worlds: ranked, one to one, symmetric, and what a plain quadratic reading of the rules finds."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.matches import MatchState
from graph.reconciliation.matching import Decision, Match, Rule, ordered
from graph.reconciliation.offers import same_offers
from graph.reconciliation.stated import StatedOffer
from tests.reconciliation import plain

usual = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ACTIVITIES = st.lists(st.sampled_from("abc"), max_size=3, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def sides(draw: st.DrawFn) -> list[StatedOffer]:
    ids = draw(st.lists(st.sampled_from(["1", "2", "3", "4", "5", "6"]), max_size=5, unique=True))
    return [
        StatedOffer(
            id=id,
            identifier=draw(st.sampled_from([None, "7", "ZZZ"])),
            internal=draw(st.sampled_from([None, None, "u", "v"])),
            region=draw(st.sampled_from([None, "96", "96", "99"])),
            name=draw(st.sampled_from([None, "Port", "PORT", "Havre"])),
            field="f",
            care_mode=draw(st.sampled_from(["m", "m", "n", None])),
            activities=draw(ACTIVITIES),
            site=draw(st.sampled_from(["s", "s", "t", None])),
        )
        for id in ids
    ]


REFUSED = st.sets(
    st.tuples(st.sampled_from("123456"), st.sampled_from("123456")).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: ordered(*pair)), max_size=3
)


def found(ours: list[StatedOffer], theirs: list[StatedOffer], refused: set[tuple[str, str]]) -> list[Match]:
    decisions = {pair: Decision(Rule.PERSON, MatchState.REFUSED, "A. B.") for pair in refused}
    return same_offers({one.id: one for one in ours}, {one.id: one for one in theirs}, {}, decisions)


def triples(matches: list[Match]) -> set[tuple[str, str, str]]:
    return {(one.rule.replace("R-2", "R-1"), one.ours, one.theirs) for one in matches}  # R-2 is R-1 whose texts differ


@usual
@given(sides(), sides(), REFUSED)
def test_the_indexes_find_what_the_letter_of_the_rules_finds(ours: list[StatedOffer], theirs: list[StatedOffer], refused: set[tuple[str, str]]) -> None:
    assert triples(found(ours, theirs, refused)) == plain.pairs(ours, theirs, refused)


@usual
@given(sides(), sides(), REFUSED)
def test_no_rule_depends_on_which_side_is_which(ours: list[StatedOffer], theirs: list[StatedOffer], refused: set[tuple[str, str]]) -> None:
    there = {(rule, a, b) for rule, b, a in triples(found(theirs, ours, refused))}
    assert triples(found(ours, theirs, refused)) == there


@usual
@given(sides(), sides(), REFUSED)
def test_an_offer_has_one_match_but_a_unit_that_is_cut(ours: list[StatedOffer], theirs: list[StatedOffer], refused: set[tuple[str, str]]) -> None:
    matches = found(ours, theirs, refused)
    whole = [one for one in matches if not one.partial]
    for side in ("ours", "theirs"):
        assert max(Counter(getattr(one, side) for one in whole).values(), default=0) <= 1
        assert {getattr(one, side) for one in whole} & {getattr(one, side) for one in matches if one.partial} == set()


@usual
@given(sides(), sides())
def test_equal_ids_are_always_one_offer_whatever_else_they_say(ours: list[StatedOffer], theirs: list[StatedOffer]) -> None:
    both = {one.id for one in ours} & {one.id for one in theirs}
    assert {(one.ours, one.theirs) for one in found(ours, theirs, set()) if one.ours in both or one.theirs in both} == {(id, id) for id in both}
