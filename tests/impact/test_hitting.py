"""The cheapest hitting set against all sets tried (I-28)."""

import random
from itertools import combinations
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.impact import hitting_search
from graph.impact.hitting import cheapest

ELEMENTS = 7


def by_trying(costs: list[int], cuts: list[int]) -> list[int]:
    """The cheapest set that hits all cuts; of equal ones, the first whose elements come first at equal length of the list."""
    sets = [list(some) for size in range(len(costs) + 1) for some in combinations(range(len(costs)), size)]
    hitting = [some for some in sets if all(any(cut >> element & 1 for element in some) for cut in cuts)]
    return min(hitting, key=lambda some: (sum(costs[element] for element in some), some))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=ELEMENTS, max_size=ELEMENTS), st.lists(st.integers(1, 2**ELEMENTS - 1), max_size=12))
def test_it_costs_what_the_best_of_all_sets_costs_and_is_the_first_of_these(gaps: list[int], cuts: list[int]) -> None:
    costs = [100 + gap for gap in gaps]
    found = cheapest(costs, lambda chosen: [cut for cut in cuts if not cut & chosen])
    chosen = [element for element in range(ELEMENTS) if found.chosen >> element & 1]
    assert (chosen, found.at_least) == (by_trying(costs, cuts), sum(costs[element] for element in chosen))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 2**ELEMENTS - 1), min_size=3, max_size=12))
def test_what_falls_apart_is_searched_part_by_part_and_gives_the_same(cuts: list[int]) -> None:
    with patch.object(hitting_search, "LARGE", 1):
        found = cheapest([1] * ELEMENTS, lambda chosen: [cut for cut in cuts if not cut & chosen])
    chosen = [element for element in range(ELEMENTS) if found.chosen >> element & 1]
    assert (chosen, found.at_least) == (by_trying([1] * ELEMENTS, cuts), len(chosen))


def test_cuts_that_only_show_once_others_are_hit_are_hit_too() -> None:
    """Element 0 alone does nothing: it needs 2, or 3 and 4."""

    def cuts(chosen: int) -> list[int]:
        ways = [0b00101, 0b11001, 0b00010 | 0b11100]
        if any(way & chosen == way for way in ways):
            return []
        return [0b00011] if not chosen & 0b00011 else [cut for cut in (0b01100, 0b10100) if not cut & chosen]

    assert cheapest([1] * 5, cuts).chosen == 0b00101


def test_a_search_that_is_cut_short_says_a_set_that_does_and_a_bound() -> None:
    source = random.Random(28)
    cuts = [sum(1 << element for element in source.sample(range(20), 3)) for _ in range(60)]
    whole, short = (cheapest([1] * 20, lambda chosen: [cut for cut in cuts if not cut & chosen], nodes) for nodes in (100_000, 25))
    assert whole.at_least == whole.chosen.bit_count() > short.at_least
    assert [cut for cut in cuts if not cut & short.chosen] == []
    assert short.at_least <= whole.at_least <= short.chosen.bit_count()


def test_nothing_demanded_takes_nothing() -> None:
    assert cheapest([1, 1], lambda _: []) == (0, 0)
