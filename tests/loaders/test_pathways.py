"""Pathways: a file is a row; its graph has no cycle; its requirement is kept and its codes are tied."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from graph.errors import BadFile
from graph.record import Event, Item, Link, Place, Ref
from loaders.pathways import SOURCE, roles
from loaders.steps import find_cycle
from tests.loaders.given import items, read, records, rejected, strangers, write

SHIPPED = Path(__file__).parents[2] / "data" / "pathways"
STROKE = """
code: stroke
name: AVC
population: Adultes
source: a guideline
valid_from: "2014-11-18"
steps:
  - code: unit
    name: Unité
    max_delay_h: 4.5
    requirement: {activity: [TRE_R211-356], not: {activity: [TRE_R211-001]}}
    next: [{step: home, condition: Retour, max_km: 30}]
    members: [{role: reference, kind: GeographicEntity, id: "1010000024", since: "2020-01-01"}]
  - code: home
    name: Domicile
    place: HOME
    optional: true
    requirement: {or: [{careMode: [TRE_R213-31]}, {offerType: [TRE_R244-28]}]}
"""


def given(folder: Path, text: str) -> list[Event]:
    return read(SOURCE, folder, write(folder / "pathways" / "stroke.yaml", dedent(text)))[1]


def test_a_pathway_is_one_row_with_its_steps(tmp_path: Path) -> None:
    unit, home = Ref("Step", "stroke/unit"), Ref("Step", "stroke/home")
    [record] = records(given(tmp_path, STROKE))
    assert record.items == (
        Item(
            "Pathway",
            "stroke",
            {"name": "AVC", "population": "Adultes", "document": "a guideline", "valid_from": date(2014, 11, 18)},
            (Link("HAS_STEP", Ref("Pathway", "stroke"), unit, {"rank": 1}), Link("HAS_STEP", Ref("Pathway", "stroke"), home, {"rank": 2})),
        ),
        Item(
            "Step",
            "stroke/unit",
            {
                "pathway": "stroke",
                "code": "unit",
                "name": "Unité",
                "requirement": '{"activity": ["TRE_R211-356"], "not": {"activity": ["TRE_R211-001"]}}',
                "place": "TRAVEL",
                "optional": False,
                "max_km": None,
                "max_delay_h": 4.5,
            },
            (
                Link("NEXT", unit, home, {"condition": "Retour", "max_delay_h": None, "max_km": 30.0}),
                Link("REQUIRES", unit, Ref("Concept", "TRE_R211-356"), {"role": "activity"}),
            ),
            hung=(Link("MEMBER_OF", Ref("GeographicEntity", "1010000024"), unit, {"role": "reference", "since": date(2020, 1, 1), "until": None}),),
        ),
        Item(
            "Step",
            "stroke/home",
            {
                "pathway": "stroke",
                "code": "home",
                "name": "Domicile",
                "requirement": '{"or": [{"careMode": ["TRE_R213-31"]}, {"offerType": ["TRE_R244-28"]}]}',
                "place": "HOME",
                "optional": True,
                "max_km": None,
                "max_delay_h": None,
            },
            (
                Link("REQUIRES", home, Ref("Concept", "TRE_R213-31"), {"role": "careMode"}),
                Link("REQUIRES", home, Ref("Concept", "TRE_R244-28"), {"role": "offerType"}),
            ),
        ),
    )


def test_a_code_in_two_roles_is_tied_once() -> None:
    assert roles({"activity": ["A"], "sameSite": {"activity": ["A"]}}) == {"A": "activity, sameSite activity"}


@pytest.mark.parametrize(
    ("folder", "text", "stamp"),
    [("pathways", STROKE, "pathways"), ("regional", STROKE, "pathways:regional"), ("regional", f"dataset: ARS\n{STROKE}", "pathways:ARS")],
)
def test_the_data_set_is_the_named_one_else_the_folder(tmp_path: Path, folder: str, text: str, stamp: str) -> None:
    reading, _ = read(SOURCE, tmp_path, write(tmp_path / folder / "stroke.yaml", text))
    assert reading.stamp == stamp


@pytest.mark.parametrize(
    ("change", "line", "field", "reason"),
    [
        (("name: AVC\n", ""), 2, "", "'name' is missing."),
        (("place: HOME", "place: THERE"), 16, "steps[1].place", "'THERE' is none of TRAVEL, TEAM, HOME, REMOTE."),
        (("step: home", "step: hom"), 12, "steps[0].next[0].step", "'hom' is no step of this pathway. Steps: unit, home."),
        (("- code: home", "- code: unit"), 14, "steps[1].code", "'unit' is the code of an earlier step too."),
        (("    place: HOME", "    next: [{step: unit}]"), 8, "steps", "The passages make a cycle, which no chain could end (P-1): home > unit > home."),
        (
            ("careMode:", "mode:"),
            18,
            "steps[1].requirement.or[0]",
            (
                "mode: there is no such field. Fields: and, or, not, sameSite, fieldOfActivity, activity, offerType, careMode, specialisation, "
                "establishmentCategory."
            ),
        ),
        (
            ("TRE_R213-31", "R213/31"),
            18,
            "steps[1].requirement.or[0].careMode[0]",
            "'R213/31' is not written as it must be (^TRE_[A-Z][0-9]{2,3}-[A-Za-z0-9]+$).",
        ),
        (('"2020-01-01"', '"2020-02-30"'), 13, "since", "'2020-02-30' is no day of the calendar."),
    ],
)
def test_a_wrong_pathway_is_rejected_by_line_and_field(tmp_path: Path, change: tuple[str, str], line: int, field: str, reason: str) -> None:
    [row] = rejected(given(tmp_path, STROKE.replace(*change)))
    assert (row.place, row.field, row.reason) == (Place("stroke.yaml", line), field, reason)


def test_a_rejected_pathway_is_read_again_in_its_data_set(tmp_path: Path) -> None:
    wrong = STROKE.replace("step: home", "step: hom")
    [row] = rejected(given(tmp_path, wrong))
    again = write(tmp_path / "rejects" / "r.yaml", f"# rorgraph file: stroke.yaml\n# rorgraph: {row.reason}\n{row.text.replace('hom,', 'home,')}\n")
    reading, events = read(SOURCE, tmp_path, again)
    assert (reading.stamp, [replace(record, place=Place("", 0), text="") for record in records(events)]) == (
        "pathways",
        [replace(record, place=Place("", 0), text="") for record in records(given(tmp_path, STROKE))],
    )


def test_pathways_of_two_folders_are_not_loaded_together(tmp_path: Path) -> None:
    paths = [write(tmp_path / folder / "stroke.yaml", STROKE) for folder in "ab"]
    with pytest.raises(BadFile, match="several data sets: a, b"):
        read(SOURCE, tmp_path, *paths)


@pytest.mark.parametrize(
    ("following", "cycle"),
    [({"a": ["b"], "b": ["c"], "c": ["a"]}, ["a", "b", "c", "a"]), ({"a": ["a"]}, ["a", "a"]), ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, None)],
    ids=["a cycle", "a loop", "a diamond"],
)
def test_a_cycle_is_named_in_its_direction(following: dict[str, list[str]], cycle: list[str] | None) -> None:
    assert find_cycle(following) == cycle


def test_the_shipped_pathways_are_read_whole(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, SHIPPED)
    assert (reading.stamp, rejected(events), strangers(events)) == ("pathways", [], [])
    assert sorted(key for label, key in items(events) if label == "Pathway") == [
        "autonomy", "dialysis", "endometriosis", "home-hospitalisation", "maternity", "palliative-care", "psychiatry-unscheduled", "smr-after-hospital",
        "stroke", "unscheduled-care",
    ]  # fmt: skip
