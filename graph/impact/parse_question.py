"""A question from its JSON or YAML form, checked against an inventory (docs/scenario.md; docs/impact.md, I-1).

```yaml
as_of: 2026-01-15                                # day of analysis; today if absent
evaluated_on: 2026-09-01                         # the last date of the targets if absent
targets:
  - {code: ROR-IDF, date: 2026-06-30}            # an application or an interface
actions:
  - {action: switch, object: F1, to: I-NAT, date: 2026-06-01}
  - {action: retire, object: OLD-APP, date: 2026-06-01}
  - {action: open, object: I-NEW, date: 2026-06-01, exposed_by: ROR-NAT, serves: {BED: {}}, trust_circle: NAT, perimeter: NATIONAL}
  - {action: extend, object: I-NAT, date: 2026-06-01, serves: {BED: {attributes: [count]}}}
  - {action: enter, object: ROR-NAT, date: 2026-06-01, classes: [BED], regions: [IDF]}
  - {action: admit, object: VT, date: 2026-06-01, trust_circle: NAT}
  - {action: profile, object: VT, date: 2026-06-01, access_profile: 2}
  - {action: perimeter, object: VT, date: 2026-06-01, perimeter: NATIONAL}
durations: {switch: 5, trust_circle: 30}         # days, for the plan (I-30)
```
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from graph.access import PROFILES
from graph.errors import BadInput
from graph.impact.inventory import NATIONAL, Content, Interface, Inventory, Perimeter
from graph.impact.question import (
    Action,
    AdmitToCircle,
    DecommissioningInput,
    Durations,
    EnterClasses,
    ExtendInterface,
    OpenInterface,
    RetireApplication,
    SetPerimeter,
    SetProfile,
    SwitchFlow,
    Target,
)
from graph.impact.rights import Gap

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


def parse_question(form: Mapping[str, object], inventory: Inventory, *, today: date) -> DecommissioningInput:
    """A checked question. Raises BadQuestion, which names the item and the field.

    The day of analysis is today if none is given, or the day that is evaluated where that is past: what was to break is asked for afterwards too.
    """
    top = Item("", form)
    top.check_fields(("as_of", "evaluated_on", "targets", "actions", "durations"))
    actions = tuple(_mappings(top, "actions"))
    codes = _codes(inventory, actions)
    targets = tuple(_target(item, codes) for item in _mappings(top, "targets"))
    as_of, evaluated_on = top.optional_day("as_of"), top.optional_day("evaluated_on")
    if not targets:
        raise BadQuestion("targets", "at least one application or interface that stops is needed.")
    question = DecommissioningInput(as_of or today, targets, tuple(_action(item, codes) for item in actions), evaluated_on, _durations(top))
    if as_of is None and question.evaluation_date < today:
        return replace(question, as_of=question.evaluation_date)
    as_of = question.as_of
    if question.evaluation_date < as_of:
        place = "targets" if evaluated_on is None else "evaluated_on"
        raise BadQuestion(place, f"{question.evaluation_date} is before the day of analysis, {as_of}; give an earlier as_of.")
    return question


def _durations(top: Item) -> Durations:
    value = top.values.get("durations")
    if value is None:
        return Durations()
    if not isinstance(value, Mapping):
        raise BadQuestion("durations", "a mapping by gap is needed, for instance {switch: 5, trust_circle: 30}.")
    stated = Item("durations", value)
    stated.check_fields(("switch", *(gap.value.lower() for gap in Gap)))
    gaps = ((gap, stated.days(gap.value.lower())) for gap in Gap)
    return Durations(stated.days("switch"), tuple((gap, days) for gap, days in gaps if days is not None))


def _codes(inventory: Inventory, actions: tuple[Item, ...]) -> Codes:
    opened = [code for item in actions if item.values.get("action") == "open" and isinstance(code := item.values.get("object"), str)]
    return Codes(
        applications=frozenset(item.code for item in inventory.applications),
        interfaces=frozenset([*(item.code for item in inventory.interfaces), *opened]),
        flows=frozenset(item.code for item in inventory.flows),
        classes=frozenset(item.code for item in inventory.classes),
        regions=frozenset(item.code for item in inventory.regions),
    )


def _mappings(top: Item, field: str) -> Iterable[Item]:
    value = top.values.get(field)
    if value is None:
        return
    if not isinstance(value, (list, tuple)):
        raise BadQuestion(field, "a list is needed.")
    for number, item in enumerate(value):
        if not isinstance(item, Mapping):
            raise BadQuestion(f"{field}[{number}]", "a mapping of fields is needed.")
        yield Item(f"{field}[{number}]", item)


def _target(item: Item, codes: Codes) -> Target:
    item.check_fields(("code", "date"))
    return Target(item.one_of("code", codes.applications | codes.interfaces, "an application or interface"), item.day("date"))


def _action(item: Item, codes: Codes) -> Action:
    kind = item.text("action")
    if kind not in _ACTIONS:
        raise item.bad("action", f"{kind} is not an action; the actions are {', '.join(sorted(_ACTIONS))}.")
    fields, build = _ACTIONS[kind]
    item.check_fields(("action", "object", "date", *fields))
    return build(item, codes)


def _switch(item: Item, codes: Codes) -> Action:
    to = item.one_of("to", codes.interfaces, "an interface")
    return SwitchFlow(item.one_of("object", codes.flows, "a flow"), to, item.day("date"))


def _retire(item: Item, codes: Codes) -> Action:
    return RetireApplication(_application(item, codes), item.day("date"))


def _open(item: Item, codes: Codes) -> Action:
    intake = item.values.get("intake", False)
    if not isinstance(intake, bool):
        raise item.bad("intake", "true or false is needed.")
    interface = Interface(
        code=item.text("object"),
        exposed_by=item.one_of("exposed_by", codes.applications, "an application"),
        standard=item.optional_text("standard"),
        version=item.optional_text("version"),
        security=item.optional_text("security"),
        trust_circle=item.optional_text("trust_circle"),
        intake=intake,
        perimeter=None if item.values.get("perimeter") is None else item.perimeter("perimeter", codes),
        ends_on=item.optional_day("ends_on"),
        serves=item.contents("serves", codes),
    )
    return OpenInterface(interface, item.day("date"))


def _extend(item: Item, codes: Codes) -> Action:
    interface = item.one_of("object", codes.interfaces, "an interface")
    return ExtendInterface(interface, tuple(sorted(item.contents("serves", codes).items(), key=lambda pair: pair[0])), item.day("date"))


def _enter(item: Item, codes: Codes) -> Action:
    classes = item.list_of("classes", codes.classes, "a data class")
    return EnterClasses(_application(item, codes), classes, item.perimeter("regions", codes), item.day("date"))


def _admit(item: Item, codes: Codes) -> Action:
    return AdmitToCircle(_application(item, codes), item.text("trust_circle"), item.day("date"))


def _profile(item: Item, codes: Codes) -> Action:
    profile = item.values.get("access_profile")
    if not isinstance(profile, int) or isinstance(profile, bool) or profile not in PROFILES:
        raise item.bad("access_profile", "a profile from 0 to 5 is needed.")
    return SetProfile(_application(item, codes), profile, item.day("date"))


def _perimeter(item: Item, codes: Codes) -> Action:
    return SetPerimeter(_application(item, codes), item.perimeter("perimeter", codes), item.day("date"))


def _application(item: Item, codes: Codes) -> str:
    return item.one_of("object", codes.applications, "an application")


_OPEN_FIELDS: Final = ("exposed_by", "standard", "version", "security", "trust_circle", "intake", "perimeter", "ends_on", "serves")
_ACTIONS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Item, Codes], Action]]]] = {
    "switch": (("to",), _switch),
    "retire": ((), _retire),
    "open": (_OPEN_FIELDS, _open),
    "extend": (("serves",), _extend),
    "enter": (("classes", "regions"), _enter),
    "admit": (("trust_circle",), _admit),
    "profile": (("access_profile",), _profile),
    "perimeter": (("perimeter",), _perimeter),
}
"""By word, the fields beside action, object and date, and what builds it."""
