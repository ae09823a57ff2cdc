"""What loads note of what they change, on both servers (docs/graph_model.md, C-1 to C-6)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.record import Item, Link, Ref
from graph.runs import Mode
from graph.store.connection import Store
from tests.changes.given import NATIONAL, REGIONAL, loaded, offer, professional, record, site
from tests.loading.build import one

NOTED = "MATCH (c:Change) WHERE c.run_id = $run RETURN c.label, c.object, c.kind, c.property, c.old, c.new ORDER BY c.id"


def noted(store: Store, run: str) -> list[tuple[Any, ...]]:
    return list(store.stream(NOTED, run=run))


def test_a_first_load_notes_nothing(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, REGIONAL, [offer(), site(said=True)])
    assert one(store, "MATCH (c:Change) RETURN count(c)") == 0


def test_an_offer_of_a_ror_is_compared_with_what_the_same_ror_said_before(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, NATIONAL, [offer("leads", beds=1)])
    loaded(store, tmp_path, REGIONAL, [offer("UNV", beds=10)])
    run = loaded(store, tmp_path, REGIONAL, [offer("USINV", activities=("TRE_R211-157",), beds=8)]).run
    assert noted(store, run) == [
        ("Offer", "96/1", "changed", "HAS_ACTIVITY", '["TRE_R211-356"]', '["TRE_R211-157"]'),
        ("Offer", "96/1", "changed", "HAS_CAPACITY", '[{"count":10,"nature":"TRE_R329-01"}]', '[{"count":8,"nature":"TRE_R329-01"}]'),
        ("Offer", "96/1", "changed", "name", '"UNV"', '"USINV"'),
    ]


def test_a_site_of_a_register_is_compared_with_the_node_and_the_registers_own_relations(store: Store, tmp_path: Path) -> None:
    def row(name: str, entity: str) -> Any:
        me = Ref("GeographicEntity", "1960000073")
        return record(Item(*me, {"name": name, "closed_on": date(2026, 1, 1)}, (Link("PART_OF", me, Ref("LegalEntity", entity)),)))

    loaded(store, tmp_path, "finess", [row("CH", "1960000001")])
    run = loaded(store, tmp_path, "finess", [row("CHU", "1960000002")]).run
    assert noted(store, run) == [
        ("GeographicEntity", "1960000073", "changed", "PART_OF", '["1960000001"]', '["1960000002"]'),
        ("GeographicEntity", "1960000073", "changed", "name", '"CH"', '"CHU"'),
    ]


@pytest.mark.parametrize("ror_first", [False, True])
def test_a_site_that_a_ror_states_too_is_compared_with_what_the_register_said(store: Store, tmp_path: Path, ror_first: bool) -> None:
    loads = [("finess", [site("CH", comment=None)]), (REGIONAL, [site("Hôpital", said=True, comment="au fond du parc")])]
    for name, rows in reversed(loads) if ror_first else loads:
        loaded(store, tmp_path, name, rows)
    run = loaded(store, tmp_path, "finess", [site("CHU", comment=None)]).run
    assert noted(store, run) == [("GeographicEntity", "1960000073", "changed", "name", '"CH"', '"CHU"')]


def test_what_is_created_gone_and_back_is_one_change_without_values(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, REGIONAL, [offer(), offer(key="96/2")])
    second = loaded(store, tmp_path, REGIONAL, [offer(), offer(key="96/3")]).run
    third = loaded(store, tmp_path, REGIONAL, [offer(), offer("other", key="96/2"), offer(key="96/3")]).run
    assert noted(store, second) == [("Offer", "96/2", "gone", None, None, None), ("Offer", "96/3", "created", None, None, None)]
    assert noted(store, third) == [("Offer", "96/2", "back", None, None, None)]


def test_the_same_file_again_notes_nothing(store: Store, tmp_path: Path) -> None:  # invariant 1
    for _ in range(3):
        run = loaded(store, tmp_path, REGIONAL, [offer(beds=3), site(said=True)]).run
    assert noted(store, run) == []


def test_of_a_professional_only_that_it_changed(store: Store, tmp_path: Path) -> None:  # C-4
    loaded(store, tmp_path, REGIONAL, [professional("DURAND")])
    run = loaded(store, tmp_path, REGIONAL, [professional("DUPONT")]).run
    assert noted(store, run) == [("Professional", "810000000001", "changed", "family_name", None, None)]


def test_a_delta_notes_what_it_changes_and_nothing_gone(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, REGIONAL, [offer(), offer(key="96/2")])
    run = loaded(store, tmp_path, REGIONAL, [offer("USINV")], mode=Mode.DELTA).run
    assert noted(store, run) == [("Offer", "96/1", "changed", "name", '"UNV"', '"USINV"')]


def test_a_relation_stated_beside_the_objects_is_a_change_of_its_start(store: Store, tmp_path: Path) -> None:
    def row(*members: str) -> Any:
        me = Ref("GeographicEntity", "1960000073")
        return record(Item(*me, {"name": "CH"}, hung=tuple(Link("MEMBER_OF", me, Ref("Pathway", code), {"role": "partner"}) for code in members)))

    loaded(store, tmp_path, "finess", [row("stroke", "dialysis")])
    run = loaded(store, tmp_path, "finess", [row("stroke", "palliative")]).run
    assert noted(store, run) == [
        ("GeographicEntity", "1960000073", "changed", "MEMBER_OF", '["dialysis"]', None),
        ("GeographicEntity", "1960000073", "changed", "MEMBER_OF", None, '[{"end":"palliative","role":"partner"}]'),
    ]


def test_a_load_in_small_batches_notes_every_change_once(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, REGIONAL, [offer(key=f"96/{number}") for number in range(7)])
    run = loaded(store, tmp_path, REGIONAL, [offer("new", key=f"96/{number}") for number in range(7)], batch=2).run
    assert [row[1] for row in noted(store, run)] == [f"96/{number}" for number in range(7)]
