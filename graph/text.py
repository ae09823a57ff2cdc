"""Text as it is searched: one folding, used when writing and when asking (docs/cypher_dialect.md, 10)."""

import re
import unicodedata
from collections.abc import Iterable

NOT_A_WORD = re.compile(r"[^0-9a-z]+")


def folded(parts: Iterable[object]) -> str:
    """Lower case, no accent, words joined by one blank.

    >>> folded(["010000024", "CH d'Étampes", None])
    '010000024 ch d etampes'
    """
    text = " ".join(str(part) for part in parts if part)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae")) if not unicodedata.combining(letter))
    return NOT_A_WORD.sub(" ", plain).strip()
