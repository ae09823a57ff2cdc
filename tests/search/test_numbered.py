"""The words that a searched word may mean, found by columns of letters and by the pattern of the statement alike (S-2)."""

import re

from hypothesis import given
from hypothesis import strategies as st

from graph.search.numbered import LONGEST, Vocabulary
from graph.search.words import pattern

LETTERS = st.text("abc", min_size=1, max_size=9)


@given(st.lists(LETTERS | st.text("ab", min_size=LONGEST - 3, max_size=LONGEST + 3), min_size=1, max_size=30, unique=True), LETTERS)
def test_a_word_means_what_the_pattern_matches(words: list[str], word: str) -> None:
    assert {words[place] for place in Vocabulary(words).meant_by(word)} == {one for one in words if re.fullmatch(pattern(word), one)}


@given(st.text("ab", min_size=LONGEST - 3, max_size=LONGEST + 3), st.text("ab", min_size=LONGEST - 3, max_size=LONGEST + 3))
def test_of_a_word_longer_than_what_is_kept_none_is_missed(held: str, word: str) -> None:
    assert Vocabulary([held]).meant_by(word) == [0] or not re.fullmatch(pattern(word), held)


def test_one_error_anywhere_is_found() -> None:
    vocabulary = Vocabulary(["clinique"])
    errors = ["xlinique", "clinisue", "clniique", "clinqiue", "cllinique", "cliniqque", "cinique", "lcinique"]
    assert [vocabulary.meant_by(word) for word in errors] == [[0]] * len(errors)
