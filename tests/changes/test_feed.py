"""What the loads changed, asked over literal Change nodes, on both servers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.changes import Asked, ChangeRow, change_pages, changes, changes_of_objects, changes_of_run
from graph.errors import BadInput, NotFound
from graph.paging import Page
from graph.reads import answer
from graph.store.connection import Store

FIRST, SECOND = "2026-02-01T00:00:00.000+00:00", "2026-02-02T00:00:00.000+00:00"
SINCE = datetime(2026, 2, 1, tzinfo=UTC)
ANY = Asked()
RUNS = [{"id": "a", "of": "finess", "status": "done"}, {"id": "b", "of": "ror:ROR-ILE", "status": "done"}, {"id": "c", "of": "sae", "status": "writing"}]


def change(run: str, label: str, key: str, on: str, what: str = "created", **more: Any) -> dict[str, Any]:
    source = next(one["of"] for one in RUNS if one["id"] == run)
    return {"id": f"{run}/{label}/{key}/{what}", "run_id": run, "of": source, "on": on, "label": label, "object": key, "kind": "created", **more}


CHANGES = [
    change("a", "GeographicEntity", "1", FIRST, "name", kind="changed", property="name", old='"CH"', new='"CHU"'),
    change("a", "GeographicEntity", "2", FIRST),
    change("b", "Offer", "96/1", SECOND),
    change("b", "GeographicEntity", "1", SECOND, "gone", kind="gone"),
    change("c", "Offer", "96/2", SECOND),
]


@pytest.fixture
def told(store: Store) -> Store:
    for label, rows in (("Run", RUNS), ("Change", CHANGES)):
        store.write([(f"UNWIND $rows AS row CREATE (n:{label}) SET n += row", {"rows": rows})])
    return store


def ids(page: Page) -> list[str]:
    return [one.id for one in page.nodes]


def test_changes_come_by_instant_and_id_without_those_of_a_load_under_way(told: Store) -> None:  # C-6
    page = answer(told, changes(SINCE, ANY))
    assert ids(page) == ["a/GeographicEntity/1/name", "a/GeographicEntity/2/created", "b/GeographicEntity/1/gone", "b/Offer/96/1/created"]
    assert page.nodes[0] == ChangeRow(
        "a/GeographicEntity/1/name", "a", "finess", FIRST, "GeographicEntity", "1", "changed", "name", '"CH"', '"CHU"'
    )  # fmt: skip


def test_pages_go_on_inside_an_instant_and_past_it(told: Store) -> None:
    found, after = [], None
    while True:
        page = answer(told, changes(SINCE, ANY, 1, after))
        found += ids(page)
        if not page.has_next_page:
            break
        after = page.end
    assert found == ["a/GeographicEntity/1/name", "a/GeographicEntity/2/created", "b/GeographicEntity/1/gone", "b/Offer/96/1/created"]


def test_changes_are_of_a_source_and_of_a_label(told: Store) -> None:
    asked = (Asked(source="finess"), Asked(label="Offer"), Asked(source="ror:ROR-ILE", label="GeographicEntity"))
    assert [len(answer(told, changes(SINCE, one)).nodes) for one in asked] == [2, 1, 1]


def test_changes_begin_at_the_instant(told: Store) -> None:
    assert len(answer(told, changes(datetime(2026, 2, 1, 0, 0, 1, tzinfo=UTC), ANY)).nodes) == 2


def test_a_load_tells_its_own_changes(told: Store) -> None:
    assert ids(answer(told, changes_of_run("b"))) == ["b/GeographicEntity/1/gone", "b/Offer/96/1/created"]
    assert ids(answer(told, changes_of_run("b", "Offer"))) == ["b/Offer/96/1/created"]


def test_a_load_that_there_is_not_is_an_error(told: Store) -> None:
    with pytest.raises(NotFound, match="run: there is no load 'nope'"):
        answer(told, changes_of_run("nope"))


def test_the_changes_of_an_object_are_the_newest_first(told: Store) -> None:
    found = answer(told, changes_of_objects("GeographicEntity", ["1", "none"]))
    assert {key: [one.id for one in rows] for key, rows in found.items()} == {"1": ["b/GeographicEntity/1/gone", "a/GeographicEntity/1/name"]}


def test_a_label_that_the_model_does_not_have_is_refused(told: Store) -> None:
    with pytest.raises(BadInput, match="label: Hospital is no label of the model"):
        answer(told, changes(SINCE, Asked(label="Hospital")))


def test_all_pages_as_tables_are_the_rows_of_the_feed(told: Store) -> None:  # invariant 10
    rows = [tuple(row) for page in change_pages(told, SINCE, None, ANY) for row in page.rows]
    assert rows[0] == (FIRST, "a", "finess", "GeographicEntity", "1", "changed", "name", '"CH"', '"CHU"')
    assert len(rows) == 4


@pytest.mark.parametrize(("since", "run"), [(None, None), (SINCE, "a")])
def test_a_feed_is_since_an_instant_or_of_a_load(embedded_store: Store, since: datetime | None, run: str | None) -> None:
    with pytest.raises(BadInput, match="give --since INSTANT for a feed, or --run ID for one load"):
        change_pages(embedded_store, since, run, ANY)
