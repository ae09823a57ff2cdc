"""The sources by name. A new source is one module with its SOURCE, and one line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.errors import BadInput
from loaders import finess, geography, inventory, nos, pathways, sae
from loaders.ror.fhir import source as ror_fhir
from loaders.ror.xml import source as ror_xml
from loaders.source import Source

ALL_SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        source.name: source
        for source in (geography.SOURCE, finess.SOURCE, nos.SOURCE, sae.SOURCE, pathways.SOURCE, inventory.SOURCE, ror_fhir.SOURCE, ror_xml.SOURCE)  # in the order of their rank
    }
)


def get_source(name: str) -> Source:
    """The source of that name. Raises BadInput naming those that exist."""
    if name not in ALL_SOURCES:
        raise BadInput(f"'{name}' is no source. Sources: {', '.join(ALL_SOURCES)}.")
    return ALL_SOURCES[name]
