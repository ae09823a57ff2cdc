"""To which row of the access table the properties, relations and codes of the model belong (docs/access.md, A-1, A-3).

What is named nowhere here is OFFER where the model describes it as identity, place or description; a property that is in no list is without a class.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.access.table import AccessRow

MEDICO_SOCIAL: Final = "TRE_R227-04"  # fields of activity
AMBULATORY: Final = "TRE_R227-05"

RESTRICTED_RELATIONS: Final = ("PERFORMS_ACT", "SPECIALISED_IN", "HAS_EQUIPMENT", "HAS_COMPETENCE", "MOBILISES")
"""Codes that are specific acts, specialisations, equipment and competences; all other codes are level 1."""

PROPERTY_ROWS: Final[Mapping[str, AccessRow]] = MappingProxyType(
    {"comment": AccessRow.RESTRICTED, "drop_zone": AccessRow.CRISIS, "orsan_level": AccessRow.CRISIS}
)
"""Properties that are not of level 1, by name: they mean the same on every label."""

OF_STATUS: Final[Mapping[str, AccessRow]] = MappingProxyType(
    {
        "TRE_R330-01": AccessRow.OFFER,  # installed
        "TRE_R330-02": AccessRow.BEDS,  # available
        "TRE_R330-03": AccessRow.BEDS,  # occupied
        "TRE_R330-04": AccessRow.BEDS,  # reserved
        "TRE_R330-05": AccessRow.BEDS,  # closed
        "TRE_R330-06": AccessRow.CRISIS,  # supplementary
    }
)
"""The row of a line of capacity by its status; a status that is not stated or not known is withheld as the strictest."""

STRICTEST: Final = 3
OF_LEVEL: Final[Mapping[int, AccessRow]] = MappingProxyType({1: AccessRow.CONTACT_1, 2: AccessRow.CONTACT_2, STRICTEST: AccessRow.CONTACT_3})

PRIVATE_PRACTICES: Final = ("TRE_R02-SA07", "TRE_R02-SA08", "TRE_R02-SA09")  # categories of a private practice as a site
SENSITIVE_ACTIVITIES: Final = ("TRE_R211-089",)
SENSITIVE_TYPES: Final = ("TRE_R244-14", "TRE_R244-17")
SENSITIVE_NAMES: Final = (
    "uhsi", "securite inter regionale", "securise", "detenus", "usmp", "penitentia", "uhsa", "specialement amenage", "service medico psycologique", "ufdh",
    "umdh", "nrbc", "decontamination", "contamine",
)  # fmt: skip
"""Parts of names that rule CO3 holds for sensitive, as `folded` writes them; one that another one is part of is left out (UHSIR, contaminés)."""
SENSITIVE_UNLESS: Final = ("smpr", "readaptation")  # the first, unless the second stands in the name too
