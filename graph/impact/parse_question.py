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
from dataclasses import replace
from datetime import date
from typing import Final

from graph.access import PROFILES
from graph.impact.inventory import Interface, Inventory
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
from graph.impact.question_form import BadQuestion, Codes, Item
from graph.impact.rights import Gap


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
