"""What a source says otherwise than the graph, and who says what of an object, after real loads, on both servers (docs/graph_model.md, C-7)."""

from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph import differences as module
from graph.differences import MERGED, Asked, difference_pages, differences, told_question
from graph.errors import BadInput, NotFound
from graph.history import history, history_tables, sayings_of
from graph.reads import answer
from graph.record import Item, Link, Owned, Ref, Said
from graph.store.connection import Store
from graph.store.schema import ensure_schema
from tests.changes.given import NATIONAL, REGIONAL, SITE, loaded, offer, professional, record, site


def told(store: Store, source: str, **more: Any) -> list[tuple[Any, ...]]:
    """All differences of a source, without its name."""
    rows = [row for page in difference_pages(store, Asked(source, **more)) for row in page.rows]
    return [tuple(row)[1:] for row in rows]


def test_the_ror_that_follows_differs_from_the_one_that_leads(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, NATIONAL, [offer("UNV", activities=("A", "B"), beds=10, updated_at="2026-01-01T00:00:00.000+00:00")])
    loaded(store, tmp_path, REGIONAL, [offer("USINV", activities=("B", "C"), beds=8, updated_at="2026-02-01T00:00:00.000+00:00")])
    assert told(store, REGIONAL) == [
        ("Offer", "96/1", "HAS_ACTIVITY", '["C"]', '["A"]', NATIONAL, False),
        (
            "Offer", "96/1", "HAS_CAPACITY", '[{"count":8,"nature":"TRE_R329-01"}]', '[{"count":10,"nature":"TRE_R329-01"}]', NATIONAL, False,
        ),
        ("Offer", "96/1", "name", '"USINV"', '"UNV"', NATIONAL, False),
    ]  # fmt: skip


def test_the_leader_differs_in_nothing(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, NATIONAL, [offer("UNV")])
    loaded(store, tmp_path, REGIONAL, [offer("USINV")])
    assert told(store, NATIONAL) == []


def test_spacing_is_no_difference_nor_is_silence_but_an_end_that_is_not_stated_is(store: Store, tmp_path: Path) -> None:  # M-2, M-8
    loaded(store, tmp_path, NATIONAL, [offer("UNV  Bourg", comment="fermée l'été", closed_on=date(2026, 1, 1))])
    loaded(store, tmp_path, REGIONAL, [offer("UNV Bourg", activities=())])
    assert told(store, REGIONAL) == [("Offer", "96/1", "closed_on", "", '"2026-01-01"', NATIONAL, False)]


def test_a_register_and_a_ror_differ_property_by_property_and_each_may_lead(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, "finess", [site("CH", latitude=1.0, longitude=1.0, point_reliable=False)])
    loaded(store, tmp_path, REGIONAL, [site("Hôpital", said=True, latitude=2.0, longitude=2.0, point_reliable=True, comment="au fond")])
    assert told(store, REGIONAL) == [("GeographicEntity", SITE.key, "name", '"Hôpital"', '"CH"', "finess", False)]
    assert told(store, "finess") == [
        ("GeographicEntity", SITE.key, "latitude", "1.0", "2.0", REGIONAL, False),
        ("GeographicEntity", SITE.key, "longitude", "1.0", "2.0", REGIONAL, False),
        ("GeographicEntity", SITE.key, "point_reliable", "false", "true", REGIONAL, False),
    ]


def test_a_ror_that_gives_a_site_another_entity_differs_from_the_register(store: Store, tmp_path: Path) -> None:  # M-3
    def part_of(entity: str, said: Said | None = None) -> Any:
        return record(Item(*SITE, {"name": "CH"}, (Link("PART_OF", SITE, Ref("LegalEntity", entity)),), said=said))

    loaded(store, tmp_path, "finess", [part_of("1960000001")])
    loaded(store, tmp_path, REGIONAL, [part_of("1960000002", Said("Organization", "1", {}))])
    assert told(store, REGIONAL) == [("GeographicEntity", SITE.key, "PART_OF", '["1960000002"]', '["1960000001"]', "finess", False)]


def test_of_personal_values_only_that_they_differ(store: Store, tmp_path: Path) -> None:  # C-4
    contact = Owned("HAS_CONTACT", Ref("Contact", "96/1#c"), {"name": "Mme Durand", "confidentiality": 2})
    other = Owned("HAS_CONTACT", Ref("Contact", "96/1#d"), {"name": "M. Dupont", "confidentiality": 2})
    for name, person, one in ((NATIONAL, "DURAND", contact), (REGIONAL, "DUPONT", other)):
        me = Item("Offer", "96/1", {"name": "UNV"}, owned=(one,), said=Said("HealthcareService", "1", {}))
        loaded(store, tmp_path, name, [record(me), professional(person)])
    assert told(store, REGIONAL) == [
        ("Offer", "96/1", "HAS_CONTACT", "", "", NATIONAL, True),
        ("Professional", "810000000001", "family_name", "", "", NATIONAL, True),
    ]


def two_rors(store: Store, folder: Path, offers: int) -> None:
    for name, word in ((NATIONAL, "a"), (REGIONAL, "b")):
        loaded(store, folder, name, [offer(word, care_mode=word, key=f"96/{number}") for number in range(offers)])


def test_pages_go_on_inside_an_object_and_each_row_comes_once(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECORDS", 2)
    two_rors(store, tmp_path, 5)
    found, after = [], None
    while True:
        page = answer(store, differences(Asked(REGIONAL), 3, after))
        found += [(row.object, row.property) for row in page.nodes]
        if not page.has_next_page:
            break
        after = page.end
    assert found == [(f"96/{number}", name) for number in range(5) for name in ("care_mode", "name")]


def test_a_page_that_has_looked_at_enough_says_where_the_next_goes_on(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECORDS", 1)
    monkeypatch.setattr(module, "LOOKED_AT", 2)
    for name in (NATIONAL, REGIONAL):
        loaded(store, tmp_path, name, [offer("same" if number < 6 else name, key=f"96/{number}") for number in range(7)])
    first = answer(store, differences(Asked(REGIONAL)))
    assert (first.nodes, first.has_next_page, first.end is not None) == ((), True, True)
    assert [row[1] for row in told(store, REGIONAL)] == ["96/6"]


@pytest.mark.parametrize(("label", "name", "count"), [("Offer", None, 4), (None, "care_mode", 2), ("GeographicEntity", None, 0)])
def test_differences_are_of_a_label_and_of_a_property(store: Store, tmp_path: Path, label: str | None, name: str | None, count: int) -> None:
    two_rors(store, tmp_path, 2)
    assert len(told(store, REGIONAL, label=label, property=name)) == count


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (Asked("ror:NOPE"), NotFound, "source: nothing of 'ror:NOPE' was loaded. There are: none."),
        (Asked(REGIONAL, "Hospital"), BadInput, "label: Hospital is no label of the model"),
        (Asked(REGIONAL, None, "colour"), BadInput, "property: colour is no property and no relation of the model"),
    ],
)
def test_what_is_not_there_is_named(embedded_store: Store, asked: Asked, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        answer(embedded_store, differences(asked))


def test_the_rendered_question_of_every_merged_label_runs(store: Store) -> None:
    ensure_schema(store)
    given = {"from": "", "prefix": "finess={", "first": 5}
    assert [store.read(told_question(node), **given) for node in MERGED] == [[] for _ in MERGED]


def test_each_source_of_an_object_says_since_when_and_what_it_says_otherwise(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, NATIONAL, [offer("UNV"), offer(key="96/2")])
    loaded(store, tmp_path, REGIONAL, [offer("USINV", updated_at="2026-01-01T00:00:00.000+00:00")])
    loaded(store, tmp_path, NATIONAL, [offer(key="96/2")])
    national, regional = sorted(answer(store, sayings_of("Offer")(["96/1", "none"]))["96/1"], key=lambda one: one.live)
    assert (national.source, national.live, national.leads, national.gone_on) == (NATIONAL, False, False, date.today())
    assert (regional.source, regional.live, regional.leads, regional.gone_on, regional.updated_at) == (
        REGIONAL, True, True, None, "2026-01-01T00:00:00.000+00:00",
    )  # fmt: skip
    assert (regional.type, regional.source_id, regional.first_seen is not None) == ("HealthcareService", "hs-96/1", True)


def test_the_history_of_an_object_has_its_sources_their_differences_and_its_changes(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, "finess", [site("CH")])
    loaded(store, tmp_path, REGIONAL, [site("Hôpital", said=True)])
    loaded(store, tmp_path, "finess", [site("CHU")])
    found = answer(store, history(SITE.key))
    assert (found.label, found.id, found.name) == ("GeographicEntity", SITE.key, "CHU")
    assert [(one.source, one.leads, [astuple(row)[3:6] for row in one.differences]) for one in found.sayings] == [
        ("finess", True, []),
        (REGIONAL, False, [("name", '"Hôpital"', '"CHU"')]),
    ]
    assert [(one.source, one.kind, one.property, one.old, one.new) for one in found.changes] == [("finess", "changed", "name", '"CH"', '"CHU"')]
    assert [len(table.rows) for table in history_tables(found)] == [2, 1, 1]


def test_a_history_is_of_one_object(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, REGIONAL, [offer("Neurologie A", key="96/1"), offer("Neurologie B", key="96/2")])
    with pytest.raises(BadInput, match="'neurologie' names several: Offer 96/1 Neurologie A; Offer 96/2 Neurologie B"):
        answer(store, history("neurologie"))
    with pytest.raises(NotFound, match="Nothing is named 'cardiologie'"):
        answer(store, history("cardiologie"))
    with pytest.raises(BadInput, match="--label: Concept has no history of sources"):
        answer(store, history("neurologie", "Concept"))
