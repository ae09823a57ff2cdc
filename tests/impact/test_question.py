"""A question in its JSON or YAML form, and its errors."""

from datetime import date
from typing import Any

import pytest

from graph.impact.inventory import NATIONAL, Content, Interface
from graph.impact.parse_question import parse_question
from graph.impact.question import (
    WORDS,
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
from graph.impact.question_form import BadQuestion
from graph.impact.rights import Gap
from tests.impact.small import IDF, D, J, one_stop

STOP = [{"code": "ROR", "date": "2026-06-30"}]


def parsed(**form: Any) -> DecommissioningInput:
    return parse_question({"targets": STOP, **form}, one_stop(), today=J)


def test_the_day_of_analysis_is_today_unless_it_is_given() -> None:  # I-1
    assert [parsed(**form).as_of for form in ({}, {"as_of": "2026-02-01"})] == [J, date(2026, 2, 1)]


def test_a_date_may_be_a_date_of_yaml() -> None:
    assert parsed(targets=[{"code": "I-ROR", "date": D}]).targets == (Target("I-ROR", D),)


@pytest.mark.parametrize(
    ("form", "action"),
    [
        ({"action": "switch", "object": "F1", "to": "I-ROR"}, SwitchFlow("F1", "I-ROR", D)),
        ({"action": "retire", "object": "VT"}, RetireApplication("VT", D)),
        (
            {"action": "open", "object": "I-NEW", "exposed_by": "VT", "serves": {"BED": {}}, "perimeter": ["IDF"], "trust_circle": "NONE"},
            OpenInterface(Interface("I-NEW", "VT", serves={"BED": Content()}, perimeter=IDF, trust_circle="NONE"), D),
        ),
        (
            {"action": "extend", "object": "I-ROR", "serves": {"BED": {"attributes": ["count"], "regional_extension": True}}},
            ExtendInterface("I-ROR", (("BED", Content(frozenset({"count"}), True)),), D),
        ),
        ({"action": "enter", "object": "VT", "classes": ["BED"], "regions": ["IDF"]}, EnterClasses("VT", ("BED",), IDF, D)),
        ({"action": "admit", "object": "VT", "trust_circle": "NAT"}, AdmitToCircle("VT", "NAT", D)),
        ({"action": "profile", "object": "VT", "access_profile": 2}, SetProfile("VT", 2, D)),
        ({"action": "perimeter", "object": "VT", "perimeter": "NATIONAL"}, SetPerimeter("VT", NATIONAL, D)),
    ],
    ids=lambda value: value["action"] if isinstance(value, dict) else "",
)
def test_each_action_has_its_form(form: dict[str, Any], action: object) -> None:  # I-1
    assert parsed(actions=[{**form, "date": "2026-06-30"}]).actions == (action,)


def test_durations_are_days_by_gap_and_of_the_switch() -> None:  # I-30
    assert parsed(durations={"switch": 5, "trust_circle": 30, "profile": 0}).durations == Durations(5, ((Gap.TRUST_CIRCLE, 30), (Gap.PROFILE, 0)))
    assert parsed().durations == Durations(None, ())


def test_every_action_has_the_word_by_which_it_is_asked() -> None:
    assert sorted(WORDS.values()) == ["admit", "enter", "extend", "open", "perimeter", "profile", "retire", "switch"]


def test_a_flow_may_switch_to_an_interface_that_the_question_opens() -> None:  # I-1
    opened = {"action": "open", "object": "I-NEW", "exposed_by": "VT", "serves": {"BED": {}}, "date": "2026-06-30"}
    switch = {"action": "switch", "object": "F1", "to": "I-NEW", "date": "2026-06-30"}
    assert parsed(actions=[switch, opened]).actions[0] == SwitchFlow("F1", "I-NEW", D)


def action(**form: Any) -> dict[str, Any]:
    return {"actions": [{"date": "2026-06-30", **form}]}


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"targets": []}, "targets: at least one application or interface that stops is needed."),
        ({"target": STOP}, "target: is not a field here; the fields are actions, as_of, durations, evaluated_on, targets."),
        ({"targets": "ROR"}, "targets: a list is needed."),
        ({"targets": [{"code": "XYZ", "date": "2026-06-30"}]}, "targets[0].code: XYZ is not an application or interface of the inventory."),
        ({"targets": [{"code": "ROR", "date": "30/06/2026"}]}, "targets[0].date: 30/06/2026 is not a date; write it as 2026-06-30."),
        ({"targets": [{"code": "ROR"}]}, "targets[0].date: nothing is not a date; write it as 2026-06-30."),
        ({"as_of": "2027-01-01"}, "targets: 2026-06-30 is before the day of analysis, 2027-01-01; give an earlier as_of."),
        ({"as_of": "2026-01-15", "evaluated_on": "2025-01-01"}, "evaluated_on: 2025-01-01 is before the day of analysis, 2026-01-15; give an earlier as_of."),
        (
            action(action="stop", object="VT"),
            "actions[0].action: stop is not an action; the actions are admit, enter, extend, open, perimeter, profile, retire, switch.",
        ),
        (action(action="retire", object="F1"), "actions[0].object: F1 is not an application of the inventory."),
        (action(action="retire", object="VT", to="X"), "actions[0].to: is not a field here; the fields are action, date, object."),
        (action(action="switch", object="F1", to="I-X"), "actions[0].to: I-X is not an interface of the inventory."),
        (action(action="profile", object="VT", access_profile=6), "actions[0].access_profile: a profile from 0 to 5 is needed."),
        (action(action="perimeter", object="VT", perimeter=["XX"]), "actions[0].perimeter: XX is not a region of the inventory."),
        (action(action="enter", object="VT", classes=["X"], regions="NATIONAL"), "actions[0].classes: X is not a data class of the inventory."),
        (action(action="extend", object="I-ROR", serves={"X": {}}), "actions[0].serves: X is not a data class of the inventory."),
        (action(action="extend", object="I-ROR", serves={}), "actions[0].serves: a mapping by class is needed, for instance {BED: {}}."),
        (
            action(action="extend", object="I-ROR", serves={"BED": {"attributes": "count"}}),
            "actions[0].serves.BED.attributes: a list of attribute names is needed.",
        ),
        (action(action="admit", object="VT"), "actions[0].trust_circle: a text is needed."),
        ({"durations": 5}, "durations: a mapping by gap is needed, for instance {switch: 5, trust_circle: 30}."),
        ({"durations": {"switch": -1}}, "durations.switch: -1 is not a number of days from 0 to 3650."),
        ({"durations": {"switch": True}}, "durations.switch: True is not a number of days from 0 to 3650."),
        ({"durations": {"move": 5}}, f"durations.move: is not a field here; the fields are {', '.join(sorted(['switch', *(g.value.lower() for g in Gap)]))}."),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value.split(":")[0],
)
def test_an_error_names_the_item_and_the_field(form: dict[str, Any], message: str) -> None:
    with pytest.raises(BadQuestion) as error:
        parsed(**form)
    assert str(error.value) == message


def test_a_stop_that_is_past_is_analysed_on_its_day() -> None:  # I-1
    assert parsed(targets=[{"code": "ROR", "date": "2025-06-30"}]).as_of == date(2025, 6, 30)
