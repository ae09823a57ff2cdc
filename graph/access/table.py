"""The access table of the ROR: which data classes a profile sees (docs/access.md, A-1). Written here and nowhere else.

Source: order (arrêté) of 26 December 2023, article 2; data-access policy of the exposition model 3.0; PLATINES rules of model 2.4.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class AccessRow(StrEnum):
    """A row of the table, from its top; a data class names one or several of them."""

    OFFER = "OFFER"  # identity, address, activities, care mode, public, ages, hours, tariffs, areas, installed capacity
    RESTRICTED = "RESTRICTED"  # specific acts, specialisations, equipment, competences, comments
    BEDS = "BEDS"  # available, occupied, reserved, closed capacity
    CRISIS = "CRISIS"  # supplementary and crisis capacity, drop zone, ORSAN level
    SENSITIVE = "SENSITIVE"  # sensitive unit and all that hangs on it
    STAFF_AMBULATORY = "STAFF_AMBULATORY"  # professionals and practices of ambulatory offers (field 05)
    STAFF = "STAFF"  # professionals and practices of other offers
    CONTACT_1 = "CONTACT_1"  # contact, telecom, mailbox of level 1
    CONTACT_2 = "CONTACT_2"
    CONTACT_3 = "CONTACT_3"


class Sight(StrEnum):
    """What a profile gets of a row."""

    SEEN = "y"
    WITHHELD = "-"
    MEDICO_SOCIAL = "M"  # only for medico-social offers (field 04)


PROFILES: Final = range(6)

_TABLE: Final = {
    AccessRow.OFFER: "yyyyyy",
    AccessRow.RESTRICTED: "-yyMyy",
    AccessRow.BEDS: "-yy-y-",
    AccessRow.CRISIS: "-y--y-",
    AccessRow.SENSITIVE: "-y--y-",
    AccessRow.STAFF_AMBULATORY: "yyyy-y",
    AccessRow.STAFF: "-yyM-y",
    AccessRow.CONTACT_1: "yyyy-y",
    AccessRow.CONTACT_2: "-yyM-y",
    AccessRow.CONTACT_3: "-y----",
}

ACCESS: Final[Mapping[AccessRow, tuple[Sight, ...]]] = {row: tuple(Sight(mark) for mark in marks) for row, marks in _TABLE.items()}
"""For each row, what profiles 0 to 5 get, in that order."""


def sight(row: AccessRow, profile: int) -> Sight:
    """What `profile` (0 to 5) gets of a row."""
    return ACCESS[row][profile]


def sees_anything(rows: Iterable[AccessRow], profile: int) -> bool:
    """Does the profile see anything of these rows? M counts as seen (I-16).

    >>> sees_anything([AccessRow.CONTACT_1, AccessRow.CONTACT_3], 4), sees_anything([AccessRow.RESTRICTED], 3)
    (False, True)

    Without a row a class is withheld from all but profile 1 (A-1).
    """
    known = tuple(rows)
    if not known:
        return profile == 1
    return any(sight(row, profile) is not Sight.WITHHELD for row in known)
