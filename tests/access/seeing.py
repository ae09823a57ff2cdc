"""A store as one viewer reads it: its questions rendered, as the API does."""

from typing import Any, NamedTuple

from graph.access import Viewer
from graph.access.rendering import rendered
from graph.store.connection import Row, Store, Text
from tests.access.deleting import viewers

PERIMETERS = (None, frozenset({"84"}), frozenset({"93", "11"}))
EVERY_VIEWER = viewers(range(6), PERIMETERS)


class _Read(NamedTuple):
    text: str


class SeenBy:
    """Answers questions as far as a viewer sees."""

    def __init__(self, store: Store, viewer: Viewer) -> None:
        self._store, self._viewer = store, viewer

    def read(self, question: Text, /, **params: Any) -> list[Row]:
        found = rendered(question.text, self._viewer)
        return self._store.read(_Read(found.text), **params, **found.params)


def shown(viewer: Viewer) -> str:
    """A viewer in the name of a test."""
    return f"{viewer.profile}-{viewer.perimeter_text}"
