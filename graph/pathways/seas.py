"""What of France is apart by sea: a distance as the crow flies across it is no journey, so answers say where it passes the sea.

Source: geography, by hand. An island is told by its department, so a way inside one department is never seen to pass the sea (Groix,
Marie-Galante).
"""

from typing import Final

from graph.search.territory import department_of

CORSICA: Final = "Corse"
MAINLAND: Final = "Hexagone"
OVERSEAS_DIGITS: Final = 3  # of a department's code


def land_of(commune: str) -> str:
    """The piece of land of a commune, by INSEE code: overseas each department is one.

    >>> land_of("2B033"), land_of("97209"), land_of("13055")
    ('Corse', '972', 'Hexagone')
    """
    department = department_of(commune)
    if department in {"2A", "2B"}:
        return CORSICA
    return department if len(department) == OVERSEAS_DIGITS else MAINLAND


def is_over_sea(start: str | None, end: str | None) -> bool:
    """Whether a way between two communes passes the sea; False where one is not known."""
    return start is not None and end is not None and land_of(start) != land_of(end)
