"""The sources by name. A new source is one module, or a package of its own, with its SOURCE, and one line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.errors import BadInput
from loaders.finess import SOURCE as FINESS
from loaders.geography import SOURCE as GEOGRAPHY
from loaders.inventory.source import SOURCE as INVENTORY
from loaders.nos.source import SOURCE as NOS
from loaders.pathways import SOURCE as PATHWAYS
from loaders.ror.fhir.source import SOURCE as ROR_FHIR
from loaders.ror.xml.source import SOURCE as ROR_XML
from loaders.sae.source import SOURCE as SAE
from loaders.source import Source

ALL_SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {source.name: source for source in (GEOGRAPHY, FINESS, NOS, SAE, PATHWAYS, INVENTORY, ROR_FHIR, ROR_XML)}  # in the order of their rank
)


def get_source(name: str) -> Source:
    """The source of that name. Raises BadInput naming those that exist."""
    if name not in ALL_SOURCES:
        raise BadInput(f"'{name}' is no source. Sources: {', '.join(ALL_SOURCES)}.")
    return ALL_SOURCES[name]
