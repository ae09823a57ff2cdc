"""An XML element of FINESS of which fields are taken one by one: what nobody took is counted, since the model has no place for it."""

from typing import Final

from graph.record import Notes
from loaders.xml_rows import Element

LABEL: Final = "lib"  # labels stand beside their codes: libcategetab, libcourtcategetab
NAMES_OF_OTHERS: Final = frozenset({"rset", "rsej"})  # name of the site and of the entity, which have rows of their own


class Taken:
    """A row as its fields by name; of a field that stands twice the first."""

    __slots__ = ("_fields", "_name", "_taken")

    def __init__(self, element: Element) -> None:
        self._name = element.name
        self._fields: dict[str, str] = {}
        for child in element.children:
            self._fields.setdefault(child.name, "" if child.is_nil else child.text)
        self._taken: set[str] = set()

    def text(self, name: str) -> str:
        """The text of a field, taken; '' where it is missing or nil."""
        self._taken.add(name)
        return self._fields.get(name, "")

    def has(self, name: str) -> bool:
        """Whether the field is there, nil or not."""
        return name in self._fields

    def leave(self, notes: Notes) -> None:
        """Count the fields that hold something and were not taken."""
        for name, value in self._fields.items():
            if value and name not in self._taken and not name.startswith(LABEL) and name not in NAMES_OF_OTHERS:
                notes.leave(f"{self._name}.{name}")
