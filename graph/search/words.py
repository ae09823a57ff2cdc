"""Words of a free text as patterns over folded names: the start of a word, or one typing error away from it (S-2)."""

from typing import Final

LETTER: Final = "[0-9a-z]"
TYPO_LETTERS: Final = 5  # a shorter word is another word after one change


def pattern(word: str) -> str:
    """A regular expression over folded names (lower case, digits, blanks) that Java and Python read alike.

    One error is a letter changed, left out, added, or swapped with the next.

    >>> pattern("nord")
    '(?:.* )?(?:nord).*'
    """
    return f"(?:.* )?{start(word)}.*"


def start(word: str) -> str:
    """The part of it that the start of a name's word has to match."""
    return f"(?:{'|'.join(_starts(word))})"


def _starts(word: str) -> list[str]:
    if len(word) < TYPO_LETTERS:
        return [word]
    changed = [f"{word[:place]}{LETTER}?{word[place + 1 :]}" for place in range(len(word))]
    added = [f"{word[:place]}{LETTER}{word[place:]}" for place in range(1, len(word))]
    swapped = [f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}" for place in range(len(word) - 1)]
    return [word, *changed, *added, *swapped]
