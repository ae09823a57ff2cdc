"""Mercator's REST export: what is taken, what is left and counted (docs/formats.md)."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadFile
from graph.record import Event, Left
from loaders.inventory.source import SOURCE
from loaders.source import Reading
from tests.loaders.given import items, read, rejected, write

EXPORT: dict[str, list[dict[str, Any]]] = {
    "entities": [{"id": 2, "name": "GRADeS", "entity_type": "exploitant", "contact_point": "a@b"}],
    "applications": [
        {"id": 1, "name": "Outil", "description": "oriente", "users": "800", "entity_resp_id": 2, "rto": 60, "processes": [{"id": 9, "name": "p"}]},
        {"id": 3, "name": "ROR", "entity_resp_id": None, "services": [5]},
        {"id": 4, "name": "Autre", "deleted_at": None},
    ],
    "processes": [{"id": 9, "name": "Orientation", "description": "orienter", "owner": "anna"}],
    "application-services": [{"id": 5, "name": "API", "description": "REST", "modules": [6]}, {"id": 15, "name": "inutile"}],
    "application-modules": [{"id": 6, "name": "Recherche"}],
    "fluxes": [
        {"id": 21, "name": "lecture", "service_source_id": 5, "application_dest_id": 1, "crypted": True},
        {"id": 22, "name": "", "module_source_id": 6, "application_dest_id": 4},
        {"id": 23, "name": "direct", "application_source_id": 3, "application_dest_id": 1},
        {"id": 24, "name": "base", "database_source_id": 7, "application_dest_id": 1},
    ],
    "databases": [{"id": 7, "name": "base"}],
}


def given(folder: Path, export: dict[str, Any]) -> tuple[Reading, list[Event]]:
    for name, content in export.items():
        write(folder / "mercator" / f"{name}.json", json.dumps(content, indent=1))
    return read(SOURCE, folder, folder / "mercator")


def test_what_is_taken(tmp_path: Path) -> None:
    reading, events = given(tmp_path, EXPORT)
    found = items(events)
    assert (reading.stamp, rejected(events)) == ("inventory:mercator", [])
    assert sorted(key for _, key in found) == [
        "I-MERCATOR-APP-3", "MERCATOR-APP-1", "MERCATOR-APP-3", "MERCATOR-APP-4", "MERCATOR-ENTITY-2", "MERCATOR-FLOW-21", "MERCATOR-FLOW-22",
        "MERCATOR-FLOW-23", "MERCATOR-MODULE-6", "MERCATOR-PROCESS-9", "MERCATOR-SERVICE-5",
    ]  # fmt: skip
    tool = found["Application", "MERCATOR-APP-1"]
    assert (tool.props["name"], tool.props["document"], tool.props["users"], tool.links[0].end.key) == ("Outil", "oriente", "800", "MERCATOR-ENTITY-2")
    links = {(link.start.key.removeprefix("MERCATOR-"), link.type, link.end.key.removeprefix("MERCATOR-")) for one in found.values() for link in one.links}
    assert links == {
        ("APP-1", "OWNED_BY", "ENTITY-2"),
        ("SERVICE-5", "EXPOSED_BY", "APP-3"), ("MODULE-6", "EXPOSED_BY", "APP-3"), ("I-MERCATOR-APP-3", "EXPOSED_BY", "APP-3"),
        ("FLOW-21", "CALLS", "SERVICE-5"), ("FLOW-21", "CONSUMER", "APP-1"), ("FLOW-21", "FOR_USAGE", "PROCESS-9"),
        ("FLOW-22", "CALLS", "MODULE-6"), ("FLOW-22", "CONSUMER", "APP-4"),
        ("FLOW-23", "CALLS", "I-MERCATOR-APP-3"), ("FLOW-23", "CONSUMER", "APP-1"), ("FLOW-23", "FOR_USAGE", "PROCESS-9"),
    }  # fmt: skip


def test_what_is_left_is_counted(tmp_path: Path) -> None:
    reading, events = given(tmp_path, EXPORT)
    assert sorted(one.rule for one in events if isinstance(one, Left)) == [
        "Mercator databases",
        "Mercator flow with an end whose application the files do not say (a database, a service or module without one)",
        "Mercator service that no flow leaves from",
    ]
    assert reading.notes.unplaced == {
        "entities.contact_point": 1,
        "processes.owner": 1,
        "applications.rto": 1,
        "flows.crypted": 1,
        "flows.database_source_id": 1,
    }


def test_an_answer_may_stand_under_data_and_a_file_may_have_a_prefix(tmp_path: Path) -> None:
    path = write(tmp_path / "si-applications.json", json.dumps({"data": [{"id": 1, "name": "Outil"}]}))
    assert [key for _, key in items(read(SOURCE, tmp_path, path)[1])] == ["MERCATOR-APP-1"]


def test_a_line_is_that_of_the_object(tmp_path: Path) -> None:
    path = write(tmp_path / "entities.json", '[\n {"id": 1, "name": "a"},\n {"id": 2}\n]')
    [row] = rejected(read(SOURCE, tmp_path, path)[1])
    assert (row.place.line, row.reason) == (3, "'name' is missing.")


@pytest.mark.parametrize(
    ("text", "says"),
    [('[{"name": "a"}]', "line 1: an object with an id is expected"), ("[1]", "an object with an id"), ("[", "line 1: this is not the JSON that is expected")],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(SOURCE, tmp_path, write(tmp_path / "applications.json", text))
