"""What can be loaded, as `rorgraph sources` shows it."""

from collections.abc import Iterator

from loaders.registry import ALL_SOURCES
from loaders.source import Source


def sources_text() -> str:
    """Every source with its formats and an example line each."""
    return "\n".join(line for source in ALL_SOURCES.values() for line in _described(source))


def _described(source: Source) -> Iterator[str]:
    yield f"{source.name}: {source.fr}"
    for form in source.formats:
        yield f"  {form.name} ({form.files}): {form.about}"
        yield from (f"    {line}" for line in form.example.splitlines())
