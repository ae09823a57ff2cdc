"""The sources by name. A new source is one module, or a package of its own, with its SOURCE, and one line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.errors import BadInput
from loaders.annuaire.source import SOURCE as ANNUAIRE
from loaders.beds import SOURCE as BEDS
from loaders.finess.source import SOURCE as FINESS
from loaders.geography import SOURCE as GEOGRAPHY
from loaders.inventory.source import SOURCE as INVENTORY
from loaders.matrix import SOURCE as MATRIX
from loaders.nos.source import SOURCE as NOS
from loaders.pathways import SOURCE as PATHWAYS
from loaders.ror.fhir.source import SOURCE as ROR_FHIR
from loaders.ror.xml.source import SOURCE as ROR_XML
from loaders.sae.source import SOURCE as SAE
from loaders.sas import SOURCE as SAS
from loaders.smr import SOURCE as SMR
from loaders.source import Source
from loaders.stroke.source import SOURCE as STROKE
from loaders.survey import SOURCE as SURVEY

ALL_SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        source.name: source  # in the order of their rank
        for source in (
            GEOGRAPHY,
            SAS,
            FINESS,
            ANNUAIRE,
            NOS,
            SAE,
            PATHWAYS,
            INVENTORY,
            BEDS,
            ROR_FHIR,
            ROR_XML,
            SURVEY,
            SMR,
            STROKE,
            MATRIX,
        )
    }
)


def get_source(name: str) -> Source:
    """The source of that name. Raises BadInput naming those that exist."""
    if name not in ALL_SOURCES:
        raise BadInput(f"'{name}' is no source. Sources: {', '.join(ALL_SOURCES)}.")
    return ALL_SOURCES[name]
