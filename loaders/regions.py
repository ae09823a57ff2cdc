"""Regions by code, with the names that files give them; the departments file names regions without their code (docs/formats.md, geography)."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class RegionNames(NamedTuple):
    """INSEE code (TRE_R30), name, and other names and short names in use."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


ALL_REGIONS: Final = (
    RegionNames("01", "Guadeloupe", ("GUA", "GLP")),
    RegionNames("02", "Martinique", ("MTQ",)),
    RegionNames("03", "Guyane", ("GUF", "Guyane française")),
    RegionNames("04", "La Réunion", ("REU", "Réunion")),
    RegionNames("06", "Mayotte", ("MAY", "MYT")),
    RegionNames("11", "Île-de-France", ("IDF",)),
    RegionNames("24", "Centre-Val de Loire", ("CVL",)),
    RegionNames("27", "Bourgogne-Franche-Comté", ("BFC",)),
    RegionNames("28", "Normandie", ("NOR",)),
    RegionNames("32", "Hauts-de-France", ("HDF",)),
    RegionNames("44", "Grand Est", ("GES",)),
    RegionNames("52", "Pays de la Loire", ("PDL",)),
    RegionNames("53", "Bretagne", ("BRE",)),
    RegionNames("75", "Nouvelle-Aquitaine", ("NAQ",)),
    RegionNames("76", "Occitanie", ("OCC",)),
    RegionNames("84", "Auvergne-Rhône-Alpes", ("ARA",)),
    RegionNames("93", "Provence-Alpes-Côte d'Azur", ("PAC", "PACA")),
    RegionNames("94", "Corse", ("COR",)),
    RegionNames("975", "Saint-Pierre-et-Miquelon", ("SPM",)),
    RegionNames("977", "Saint-Barthélemy", ("BLM",)),
    RegionNames("978", "Saint-Martin", ("MAF",)),
    RegionNames("984", "Terres australes et antarctiques françaises", ("TAAF", "Terres australes françaises")),
    RegionNames("986", "Wallis-et-Futuna", ("WLF",)),
    RegionNames("987", "Polynésie française", ("PYF",)),
    RegionNames("988", "Nouvelle-Calédonie", ("NCL",)),
    RegionNames("989", "Île de Clipperton", ("CPT", "Clipperton")),
)
REGIONS: Final[Mapping[str, RegionNames]] = MappingProxyType({region.code: region for region in ALL_REGIONS})


def department_code(code: str) -> str:
    """INSEE code of a department: Corsica is 2A and 2B, and 20A and 20B in some files."""
    return {"20A": "2A", "20B": "2B"}.get(code, code)


def folded(name: str) -> str:
    """A name without accents, case and punctuation, to compare names.

    >>> folded("Provence-Alpes-Côte d'Azur") == folded("PROVENCE ALPES COTE D AZUR")
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def find_region(name: str) -> RegionNames | None:
    """The region of that name or alias, whatever accents, case and hyphens."""
    return _BY_NAME.get(folded(name))


_BY_NAME: Final = {folded(name): region for region in ALL_REGIONS for name in (region.name, *region.aliases)}
