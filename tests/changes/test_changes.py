"""What a load notes of an object that it changed, by literals."""

from graph.record import Item
from graph.runs import Mode, Run
from graph.writing.changes import MERGE, Change, ChangeKind, change_statements, changed, whole

RUN = Run("r2", "finess", "2026-02-01T00:00:00.000+00:00", Mode.FULL)


def site(**props: str | None) -> Item:
    return Item("GeographicEntity", "1960000073", props)


def test_a_change_has_old_and_new_as_json() -> None:
    assert changed(site(name="CH", espic=None), site(name="CHU", espic="7")) == [
        Change("GeographicEntity", "1960000073", ChangeKind.CHANGED, "espic", None, '"7"'),
        Change("GeographicEntity", "1960000073", ChangeKind.CHANGED, "name", '"CH"', '"CHU"'),
    ]


def test_of_a_personal_property_only_that_it_changed() -> None:
    assert changed(site(rpps_rank="1"), site(rpps_rank="2")) == [Change("GeographicEntity", "1960000073", ChangeKind.CHANGED, "rpps_rank")]


def test_each_created_object_is_one_change_without_values() -> None:
    assert whole("Offer", ["96/1"], ChangeKind.CREATED) == [Change("Offer", "96/1", ChangeKind.CREATED)]


def test_a_change_is_keyed_by_run_label_object_and_property() -> None:
    changes = [Change("Offer", "96/1", ChangeKind.BACK), Change("Offer", "96/1", ChangeKind.CHANGED, "name", '"a"', '"b"')]
    ((text, params),) = change_statements(changes, RUN, "2026-02-01T00:00:01.000+00:00")
    common = {"run_id": "r2", "of": "finess", "on": "2026-02-01T00:00:01.000+00:00", "label": "Offer", "object": "96/1"}
    assert text == MERGE
    assert params["rows"] == [
        {"id": "r2/Offer/96/1/back", "props": {**common, "kind": "back"}},
        {"id": "r2/Offer/96/1/name", "props": {**common, "kind": "changed", "property": "name", "old": '"a"', "new": '"b"'}},
    ]


def test_no_change_is_no_statement() -> None:
    assert change_statements([], RUN, "now") == []
