"""Departments that touch another country by land: what is offered there is not loaded, so answers about them say that they do not know it.

Source: geography, checked by hand: the departments that touch a neighbour by land. The line of the border is not loaded, so the whole department counts, and a
place near the border in a department that does not touch it does not.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NEIGHBOURS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "01": ("CH",),
        "02": ("BE",),
        "04": ("IT",),
        "05": ("IT",),
        "06": ("IT", "MC"),
        "08": ("BE",),
        "09": ("AD", "ES"),
        "25": ("CH",),
        "31": ("ES",),
        "39": ("CH",),
        "54": ("BE", "LU"),
        "55": ("BE",),
        "57": ("DE", "LU"),
        "59": ("BE",),
        "64": ("ES",),
        "65": ("ES",),
        "66": ("AD", "ES"),
        "67": ("DE",),
        "68": ("CH", "DE"),
        "73": ("IT",),
        "74": ("CH", "IT"),
        "90": ("CH",),
        "973": ("BR", "SR"),
        "978": ("SX",),
    }
)
"""By INSEE code of the department, the ISO 3166 codes of the countries that it touches."""


def is_abroad_unknown(department: str | None) -> bool:
    """Whether an answer about this department may lack offers across a land border."""
    return department in NEIGHBOURS
