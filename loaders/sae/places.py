"""The ID table of the SAE: the name, entity and commune of each site, for those that FINESS does not know."""

from dataclasses import dataclass
from typing import Final

from loaders.sae.expression import Row

ID_COLUMNS: Final = frozenset({"FI", "RS", "FI_EJ", "CAT", "DEP", "COMINSEE", "ARMT"})
"""The columns that the header of ID must have, in capitals."""

_OVERSEAS: Final = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9F": "976"}


@dataclass(frozen=True, slots=True)
class SaePlace:
    """A site as the SAE knows it. `commune` is an INSEE code (of the arrondissement where there is one), "" when not stated."""

    finess: str
    name: str
    entity: str
    category: str
    department: str
    commune: str


def place_of(row: Row) -> SaePlace:
    """The site of one line of ID, with the overseas codes of the SAE (9A101) turned into those of INSEE (97101).

    >>> place_of({"FI": "970100012", "RS": "CHU", "FI_EJ": "970100228", "CAT": "101", "DEP": "9A", "COMINSEE": "9A101", "ARMT": ""}).commune
    '97101'
    """
    held = {column: row[column].strip() for column in ID_COLUMNS}
    department = _OVERSEAS.get(held["DEP"], held["DEP"])
    commune = held["ARMT"] or held["COMINSEE"]
    if commune[:2] in _OVERSEAS:
        commune = _OVERSEAS[commune[:2]] + commune[3:]
    return SaePlace(held["FI"], held["RS"], held["FI_EJ"], held["CAT"], department, commune)
