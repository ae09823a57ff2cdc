"""Numbers by key in memory, for the index of the offers: by a text, by a number, and by the words of names (docs/pathways.md, S-2)."""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.search.words import TYPO_LETTERS, start

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
LONGEST: Final = 40  # letters of a word that are kept


def mask_of(some: Iterable[Numbers], size: int) -> Mask:
    """Which of `size` things are among these."""
    mask = np.zeros(size, dtype=np.bool_)
    for numbers in some:
        mask[numbers] = True
    return mask


def numbers_of(gathered: "array[int]") -> Numbers:
    """The same as numpy has them, without a copy."""
    return np.frombuffer(gathered, dtype=np.int32)


class Keyed:
    """Numbers by a text."""

    def __init__(self, gathered: Mapping[str, "array[int]"]) -> None:
        self._of = {key: numbers_of(numbers) for key, numbers in gathered.items()}

    def of(self, keys: Iterable[str]) -> list[Numbers]:
        """Those of the keys that are known."""
        return [self._of[key] for key in keys if key in self._of]


class Pairs:
    """Pairs of two numbers, side by side: what belongs to what."""

    def __init__(self, keys: Numbers, values: Numbers) -> None:
        order = np.argsort(keys, kind="stable")
        self.keys, self.values = keys[order], values[order]

    def of(self, keys: Iterable[int]) -> list[Numbers]:
        """The values of some keys."""
        wanted = np.fromiter(keys, dtype=np.int32)
        first, last = (np.searchsorted(self.keys, wanted, side) for side in ("left", "right"))
        return [self.values[one:other] for one, other in zip(first, last, strict=True)]


class Vocabulary:
    """The words of folded names; those that a searched word may mean are told as the statement tells them (graph/search/words.py)."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = np.array(words, dtype=f"S{LONGEST}")
        self._letters = self._words.view(np.uint8).reshape(len(words), LONGEST)

    def meant_by(self, word: str) -> list[int]:
        """Places of the words that start with it, or, from five letters on, with it but for one error."""
        found: list[int] = np.flatnonzero(self._starting(word) if len(word) < TYPO_LETTERS else self._perhaps(word)).tolist()
        if len(word) >= LONGEST - 1:
            return found  # more than are meant
        meant = re.compile(start(word).encode())
        return [place for place in found if meant.match(bytes(self._words[place]))]

    def _perhaps(self, word: str) -> Mask:
        """One error leaves the letters before the middle as they are, or those from the middle on, moved by one at most."""
        middle = len(word) // 2
        perhaps = self._starting(word[: middle - 1])
        for moved in (-1, 0, 1):
            perhaps |= self._holding(word[middle:], middle + moved)
        return perhaps

    def _starting(self, letters: str) -> Mask:
        return self._holding(letters, 0)

    def _holding(self, letters: str, at: int) -> Mask:
        """The words that have these letters there; what goes beyond the letters that are kept may be any."""
        held = np.ones(len(self._words), dtype=np.bool_)
        for place, letter in enumerate(letters.encode()[: max(0, LONGEST - at)], at):
            held &= self._letters[:, place] == letter
        return held
