"""The parts of a question's form, read field by field: what is wrong is named by its place (docs/scenario.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from graph.errors import BadInput
from graph.impact.inventory import NATIONAL, Content, Perimeter

MOST_DAYS: Final = 3650
"""Days that one duration may have: ten years."""


class BadQuestion(BadInput):
    """A question that cannot be asked: the place in it, and why."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True, slots=True)
class Codes:
    """What a question may name."""

    applications: frozenset[str]
    interfaces: frozenset[str]
    flows: frozenset[str]
    classes: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One mapping of the question, with its place for messages."""

    place: str
    values: Mapping[str, object]

    def bad(self, field: str, reason: str) -> BadQuestion:
        """An error about one field."""
        return BadQuestion(f"{self.place}.{field}" if self.place else field, reason)

    def check_fields(self, known: Iterable[str]) -> None:
        """Refuse a field that has no meaning here."""
        allowed = sorted(known)
        for field in self.values:
            if field not in allowed:
                raise self.bad(str(field), f"is not a field here; the fields are {', '.join(allowed)}.")

    def text(self, field: str) -> str:
        """A text that must be there."""
        value = self.values.get(field)
        if not isinstance(value, str) or not value:
            raise self.bad(field, "a text is needed.")
        return value

    def optional_text(self, field: str) -> str | None:
        """A text or nothing."""
        return None if self.values.get(field) is None else self.text(field)

    def day(self, field: str) -> date:
        """A day that must be there, as YYYY-MM-DD."""
        value = self.values.get(field)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value) if isinstance(value, str) else _no_day()
        except ValueError:
            raise self.bad(field, f"{'nothing' if value is None else value} is not a date; write it as 2026-06-30.") from None

    def optional_day(self, field: str) -> date | None:
        """A day or nothing."""
        return None if self.values.get(field) is None else self.day(field)

    def days(self, field: str) -> int | None:
        """A number of days, or nothing."""
        value = self.values.get(field)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DAYS:
            raise self.bad(field, f"{value} is not a number of days from 0 to {MOST_DAYS}.")
        return value

    def one_of(self, field: str, known: Iterable[str], what: str) -> str:
        """A code of a closed set."""
        code = self.text(field)
        if code not in known:
            raise self.bad(field, f"{code} is not {what} of the inventory.")
        return code

    def list_of(self, field: str, known: Iterable[str], what: str) -> tuple[str, ...]:
        """Codes of a closed set, at least one."""
        value = self.values.get(field)
        codes = [value] if isinstance(value, str) else value
        if not isinstance(codes, (list, tuple)) or not codes:
            raise self.bad(field, "a list of codes is needed.")
        for code in codes:
            if code not in known:
                raise self.bad(field, f"{code} is not {what} of the inventory.")
        return tuple(codes)

    def perimeter(self, field: str, codes: Codes) -> Perimeter:
        """Region codes, or NATIONAL."""
        if self.values.get(field) == NATIONAL.value:
            return NATIONAL
        return frozenset(self.list_of(field, codes.regions, "a region"))

    def contents(self, field: str, codes: Codes) -> dict[str, Content]:
        """By class, what of it: `{}` or nothing is all, else `attributes` and `regional_extension`."""
        value = self.values.get(field)
        if not isinstance(value, Mapping) or not value:
            raise self.bad(field, "a mapping by class is needed, for instance {BED: {}}.")
        found = {}
        for code, content in value.items():
            inner = Item(f"{self.place}.{field}.{code}", content if isinstance(content, Mapping) else {})
            if code not in codes.classes:
                raise self.bad(field, f"{code} is not a data class of the inventory.")
            inner.check_fields(("attributes", "regional_extension"))
            found[code] = inner.content()
        return found

    def content(self) -> Content:
        """What is said of one class."""
        attributes, extension = self.values.get("attributes"), self.values.get("regional_extension")
        if attributes is not None and not (isinstance(attributes, (list, tuple)) and all(isinstance(name, str) for name in attributes)):
            raise self.bad("attributes", "a list of attribute names is needed.")
        if extension is not None and not isinstance(extension, bool):
            raise self.bad("regional_extension", "true or false is needed.")
        return Content(frozenset(attributes) if attributes else None, extension)


def _no_day() -> date:
    raise ValueError
