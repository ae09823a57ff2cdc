"""Every field of a format found again in the graph: what each must be is a query and a literal, and no field of `places` is without one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.store.connection import Store
from loaders.pipeline import Options, load
from loaders.source import Source

Asked = tuple[str, Any]  # a query that returns one value, and the value


def loaded(store: Store, source: Source, folder: Path, *paths: Path) -> None:
    """Load files whole, without a reject."""
    report = load(store, source, list(paths), Options(rejects=folder / "rejects"))
    assert report.rejected == 0, report


def found(store: Store, asked: Mapping[str, Asked]) -> dict[str, Any]:
    """By field, what its query returns."""
    return {name: _value(store, text) for name, (text, _) in asked.items()}


def expected(asked: Mapping[str, Asked]) -> dict[str, Any]:
    """By field, the value that its query must return."""
    return {name: value for name, (_, value) in asked.items()}


def fields(source: Source, form: str) -> list[str]:
    """The fields of a format that have a place, in their order."""
    [places] = [one.places for one in source.formats if one.name == form]
    return [place.field for place in places]


def _value(store: Store, text: str) -> Any:
    [(value,)] = list(store.stream(text))
    return value.to_native() if hasattr(value, "to_native") else value
