"""INSEE codes of communes as the registers write them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FORMER: Final[Mapping[str, str]] = MappingProxyType({"97123": "97701", "97127": "97801"})  # Saint-Barthélemy, Saint-Martin
LENGTH: Final = 5


def insee_code(stated: str) -> str | None:
    """The code in use of a commune in France; None for another form and for a foreign place (99...).

    >>> insee_code("97123"), insee_code("2B033"), insee_code("99109"), insee_code("451")
    ('97701', '2B033', None, None)
    """
    if len(stated) != LENGTH or stated.startswith("99") or not stated.isascii() or not stated.isalnum():
        return None
    return FORMER.get(stated, stated)
