"""Where each field of the XML form goes in the graph (docs/sources.md)."""

from typing import Final

from loaders.source import FieldPlace

PLACES: Final[tuple[FieldPlace, ...]] = ()
