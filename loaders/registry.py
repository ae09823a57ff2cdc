"""All sources by name, and how `rorgraph sources` and docs/sources.md show them."""

from collections.abc import Iterator
from typing import Final

from graph.errors import BadInput
from loaders import finess, geography
from loaders.source import Source

ALL_SOURCES: Final = (geography.SOURCE, finess.SOURCE)


def find_source(name: str) -> Source:
    """The source of that name. Raises BadInput, naming those that exist."""
    for source in ALL_SOURCES:
        if source.name == name:
            return source
    raise BadInput(f"SOURCE: '{name}' is none of {', '.join(source.name for source in ALL_SOURCES)}. See  rorgraph sources")


def sources_text() -> str:
    """Every source with its formats and an example line each."""
    return "\n".join(line for source in ALL_SOURCES for line in _described(source))


def _described(source: Source) -> Iterator[str]:
    yield f"{source.name}: {source.fr}"
    for form in source.formats:
        yield f"  {form.name} ({form.files}): {form.about}"
        yield f"    {form.example}"
