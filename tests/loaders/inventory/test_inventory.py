"""Inventories: what becomes of the items of each section, and what is said of wrong ones."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from graph.errors import BadFile
from graph.record import Event, Item, Link, Place, Ref
from loaders.inventory.source import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, strangers, write
from tests.shared import SHARED

CASES = SHARED / "impact_cases" / "cases.json"
PROGRAMME = Path(__file__).parents[3] / "data" / "programme"


def given(folder: Path, text: str) -> tuple[str, list[Event]]:
    """What the source reads of this YAML: stamp and events."""
    reading, events = read(SOURCE, folder, write(folder / "inventory.yaml", dedent(text)))
    return reading.stamp, events


def item(folder: Path, label: str, key: str, text: str) -> Item:
    return items(given(folder, text)[1])[label, key]


def test_a_flow_has_its_ends_its_classes_and_its_usages(tmp_path: Path) -> None:
    me = Ref("Flow", "F1")
    flow = item(
        tmp_path,
        "Flow",
        "F1",
        """
        flows:
          - code: F1
            mode: query
            consumer: VT
            calls: I-IDF
            carries: {OFFER: {attributes: [acts], regional_extension: false}, ORG: {}}
            for_usage: ORIENT
            criticality: 3
            perimeter: NATIONAL
            starts_on: 2025-12-01
            evidence: declared
            evidence_date: "2024-01-01"
            source: a page
        """,
    )
    assert flow == Item(
        "Flow",
        "F1",
        {
            "name": None,
            "mode": "query",
            "frequency": None,
            "criticality": 3,
            "perimeter": ["NATIONAL"],
            "starts_on": date(2025, 12, 1),
            "ends_on": None,
            "evidence": "declared",
            "evidence_date": date(2024, 1, 1),
            "fictional": False,
            "document": "a page",
            "reason": None,
        },
        (
            Link("CONSUMER", me, Ref("Application", "VT")),
            Link("CALLS", me, Ref("Interface", "I-IDF")),
            Link("CARRIES", me, Ref("DataClass", "OFFER"), {"attributes": ["acts"], "regional_extension": []}),
            Link("CARRIES", me, Ref("DataClass", "ORG"), {"attributes": None, "regional_extension": None}),
            Link("FOR_USAGE", me, Ref("Usage", "ORIENT")),
        ),
    )


def test_a_feed_has_a_producer_and_an_intake(tmp_path: Path) -> None:
    flow = item(tmp_path, "Flow", "F1", "flows: [{code: F1, mode: feed, producer: HIS, feeds: I-IN}]")
    assert [(link.type, link.end.key) for link in flow.links] == [("PRODUCER", "HIS"), ("FEEDS", "I-IN")]


def test_an_application_enters_classes_and_is_connected(tmp_path: Path) -> None:
    me = Ref("Application", "ROR-IDF")
    application = item(
        tmp_path,
        "Application",
        "ROR-IDF",
        """
        fictional: true
        applications:
          - code: ROR-IDF
            owned_by: ARS
            deployed_in: ["11"]
            connected_to: [ROR-HDF, {state: failing, to: [ROR-NOR], checked_on: "2026-01-01", source: a page}]
            enters: [{class: OFFER, regions: NATIONAL, until: "2026-06-30", evidence: declared}]
        """,
    )
    assert (application.props["fictional"], application.props["phase"]) == (True, None)
    assert application.links == (
        Link("OWNED_BY", me, Ref("Actor", "ARS")),
        Link("DEPLOYED_IN", me, Ref("Region", "11")),
        Link("CONNECTED_TO", me, Ref("Application", "ROR-HDF"), {"state": "unknown", "checked_on": None, "document": None, "reason": None}),
        Link("CONNECTED_TO", me, Ref("Application", "ROR-NOR"), {"state": "failing", "checked_on": date(2026, 1, 1), "document": "a page", "reason": None}),
        Link(
            "ENTERS",
            me,
            Ref("DataClass", "OFFER"),
            {"regions": ["NATIONAL"], "since": None, "until": date(2026, 6, 30), "evidence": "declared", "reason": None},
        ),
    )


def test_an_interface_is_replaced_with_its_coverage_as_json(tmp_path: Path) -> None:
    text = "interfaces: [{code: I, exposed_by: A, serves: null, replaced_by: [J, {interface: K, coverage: {OFFER: ALL, ORG: [name]}, note: n}]}]"
    me = Ref("Interface", "I")
    assert item(tmp_path, "Interface", "I", text).links == (
        Link("EXPOSED_BY", me, Ref("Application", "A")),
        Link("REPLACED_BY", me, Ref("Interface", "J"), {"coverage": None, "note": None}),
        Link("REPLACED_BY", me, Ref("Interface", "K"), {"coverage": '{"OFFER": "ALL", "ORG": ["name"]}', "note": "n"}),
    )


def test_a_usage_supports_a_pathway_a_step_or_the_only_step_of_that_code(tmp_path: Path) -> None:
    text = """
    usages: [{code: U, needs: {BED: useful, OFFER: essential}, supports: [stroke/home, STROKE, FIND, other]}]
    pathways: [{code: STROKE, steps: [{code: CALL, next: [FIND]}, {code: FIND}]}]
    """
    me = Ref("Usage", "U")
    assert item(tmp_path, "Usage", "U", text).links == (
        Link("NEEDS", me, Ref("DataClass", "BED"), {"essential": False}),
        Link("NEEDS", me, Ref("DataClass", "OFFER"), {"essential": True}),
        Link("SUPPORTS", me, Ref("Step", "stroke/home")),
        Link("SUPPORTS", me, Ref("Pathway", "STROKE")),
        Link("SUPPORTS", me, Ref("Step", "STROKE/FIND")),
        Link("SUPPORTS", me, Ref("Pathway", "other")),
    )


def test_a_pathway_of_an_inventory_is_one_row_with_its_steps(tmp_path: Path) -> None:
    [record] = records(given(tmp_path, "pathways: [{code: P, steps: [{code: A, next: [B]}, {code: B}]}]")[1])
    assert [(one.label, one.key, [(link.type, link.end.key) for link in one.links]) for one in record.items] == [
        ("Pathway", "P", [("HAS_STEP", "P/A"), ("HAS_STEP", "P/B")]),
        ("Step", "P/A", [("NEXT", "P/B")]),
        ("Step", "P/B", []),
    ]


def test_a_region_says_only_what_is_written(tmp_path: Path) -> None:
    events = given(tmp_path, "regions: [IDF, {code: '96', name: Îles}]")[1]
    assert list(items(events).values()) == [Item("Region", "IDF", {}), Item("Region", "96", {"name": "Îles"})]


def test_the_data_set_is_in_the_stamp(tmp_path: Path) -> None:
    assert (given(tmp_path, "dataset: programme\nregions: [IDF]")[0], given(tmp_path, "regions: [IDF]")[0]) == ("inventory:programme", "inventory")


@pytest.mark.parametrize(
    ("text", "line", "field", "reason"),
    [
        ("actors:\n  - name: n", 2, "", "'code' is missing."),
        ("actors:\n  - code: A\n    name: 12", 3, "name", "'12' is not a text (put a number or a code in quotes)."),
        ("applications:\n  - code: A\n    phase: dead", 3, "phase", "'dead' is none of planned, build, production, phase_out, retired."),
        ("actors:\n  - {code: A, name: n, nick: b}", 2, "", "nick: there is no such field. Fields: code, name, kind, source, reason."),
        ("applications:\n  - code: A\n    planned_on: '2025-02-30'", 3, "planned_on", "'2025-02-30' is no day of the calendar."),
        (
            "flows:\n  - code: F\n    mode: feed\n    producer: A\n    feeds: I\n    calls: I",
            6,
            "calls",
            "It does not go with the other fields (a feed has producer and feeds, any other mode consumer and calls).",
        ),
        (
            "flows:\n  - code: F\n    mode: query\n    consumer: A\n    calls: I\n    producer: A",
            6,
            "producer",
            "It does not go with the other fields (a feed has producer and feeds, any other mode consumer and calls).",
        ),
        (
            "pathways:\n  - {code: P, steps: [{code: A, next: [B]}, {code: B, next: [A]}]}",
            2,
            "steps",
            "The passages make a cycle, which no chain could end (P-1): A > B > A.",
        ),
        (
            "applications:\n  - code: A\n    enters:\n      - {class: O, regions: ['1']}\n      - {class: O, regions: ['2']}",
            4,
            "enters",
            "'O' stands twice here; one relation holds one statement (M-11). Put them together.",
        ),
    ],
)
def test_a_wrong_item_is_rejected_with_its_line_and_the_others_go_on(tmp_path: Path, text: str, line: int, field: str, reason: str) -> None:
    _, events = given(tmp_path, text + "\nregions: [IDF]\n")
    [row] = rejected(events)
    assert (row.place, row.field, row.reason) == (Place("inventory.yaml", line), field, reason)
    assert len(records(events)) == 1


def test_a_step_of_two_pathways_must_be_named_with_its_pathway(tmp_path: Path) -> None:
    text = "usages: [{code: U, supports: [A]}]\npathways: [{code: P, steps: [{code: A}]}, {code: Q, steps: [{code: A}]}]"
    assert [row.reason for row in rejected(given(tmp_path, text)[1])] == ["'A' is a step of P, Q: write PATHWAY/A."]


def test_a_rejected_item_is_read_again_with_its_data_set(tmp_path: Path) -> None:
    text = "dataset: demo\nfictional: true\nactors:\n  - code: A\n    nick: b\n  - {code: B,\n     nick: c}\n"
    rows = rejected(given(tmp_path, text)[1])
    again = "".join(f"# rorgraph: {row.reason}\n{row.text.replace('nick', 'name')}\n" for row in rows)
    stamp, events = given(tmp_path, f"# rorgraph file: inventory.yaml\n{again}")
    assert (stamp, [(one.key, one.props["name"], one.props["fictional"]) for one in items(events).values()]) == (
        "inventory:demo",
        [("A", "b", True), ("B", "c", True)],
    )


def test_an_item_that_refers_to_another_is_written_anew_for_the_rejects(tmp_path: Path) -> None:
    text = "applications:\n  - {code: A, deployed_in: &all ['11']}\n  - {code: B, deployed_in: *all, nick: b}\n"
    [row] = rejected(given(tmp_path, text)[1])
    assert row.text == "---\napplications:\n- code: B\n  deployed_in:\n  - '11'\n  nick: b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("aplications: []", "inventory.yaml, line 1: there is no section 'aplications'."),
        ("applications: {}", "inventory.yaml, line 1: applications is a list of items. Nothing was loaded."),
        ("applications: [", "inventory.yaml, line 2: this is not YAML (did not find expected node content). Nothing was loaded."),
        ("regions: [A]\nregions: [B]", "inventory.yaml, line 2: 'regions' stands twice here. Nothing was loaded."),
        ("- a", "inventory.yaml, line 1: sections by name are expected here. Nothing was loaded."),
        ("regions: &r [*r]", "inventory.yaml, line 1: a reference leads back to itself, or references multiply; write the values out."),
        ("dataset: [a]\nregions: [A]", "inventory.yaml, line 1, dataset: '[\"a\"]' is not a text (put a number or a code in quotes). Nothing was loaded."),
        ("dataset: a", "inventory.yaml: no section has an item."),
        ("cases: []", "inventory.yaml: the file holds several cases. Give one: an object with its `inventory` and with `shared`."),
    ],
)
def test_a_file_that_is_no_inventory_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadFile) as problem:
        given(tmp_path, text + "\n")
    assert str(problem.value).startswith(message)


def test_two_data_sets_are_not_loaded_together(tmp_path: Path) -> None:
    for name in "ab":
        write(tmp_path / "both" / f"{name}.yaml", f"dataset: {name}\nregions: [X]\n")
    with pytest.raises(BadFile, match="several data sets: a, b"):
        read(SOURCE, tmp_path, tmp_path / "both")


def case(folder: Path, name: str) -> Path:
    """One worked case, in the form that the loader accepts."""
    whole: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    [one] = [one for one in whole["cases"] if one["name"] == name]
    return write(folder / f"{name}.json", json.dumps({"shared": whole["shared"], **one}, ensure_ascii=False))


@needs(CASES)
@pytest.mark.parametrize("name", [one["name"] for one in json.loads(CASES.read_text(encoding="utf-8"))["cases"]] if CASES.exists() else ["none"])
def test_each_worked_case_is_read_whole(tmp_path: Path, name: str) -> None:
    path = case(tmp_path, name)
    whole = json.loads(path.read_text(encoding="utf-8"))
    _, events = read(SOURCE, tmp_path, path)
    direct = sum(len(section) for part in (whole["shared"], whole["inventory"]) for section in part.values())
    assert (len(records(events)), rejected(events), strangers(events)) == (direct, [], [])


def test_the_inventory_of_the_programme_is_read_whole(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, PROGRAMME)
    kinds = Counter(record.items[0].label for record in records(events))
    assert rejected(events) == []
    assert kinds["Region"] == 18
    assert sum(one.props.get("kind") == "REGIONAL_ROR" for one in items(events).values()) == 17
