"""Two inventories that declare one object: shown in the report of the load and asked for afterwards, whatever the order of loading."""

from pathlib import Path

import pytest

from graph.declared_twice import DeclaredTwice, declared_twice, declared_twice_table
from graph.reads import answer
from graph.store.connection import Store
from loaders.inventory.source import SOURCE
from loaders.pipeline import load, rehearse
from loaders.report import LoadReport
from tests.loaders.given import write
from tests.loading.build import options

A = "dataset: a\nregions: ['11']\napplications: [{code: VT, criticality: 3, deployed_in: ['11']}, {code: SAS, name: s}]\n"
B = "dataset: b\nregions: ['11']\napplications: [{code: VT, criticality: 2, users: u}, {code: SAS, name: s}]\n"


def loaded(store: Store, folder: Path, *texts: str) -> LoadReport:
    for place, text in enumerate(texts):
        report = load(store, SOURCE, [write(folder / f"{place}.yaml", text)], options(folder))
    return report


def test_the_report_of_a_follower_tells_field_by_field_what_the_leader_says(embedded_store: Store, tmp_path: Path) -> None:
    report = loaded(embedded_store, tmp_path, A, B)
    assert report.examples == {
        "Application.criticality declared otherwise by inventory:a; it leads": "VT: 2 here, 3 there",
        "Application.users declared otherwise by inventory:a; it leads": "VT: u here, nothing there",
        "Application.DEPLOYED_IN declared otherwise by inventory:a; it leads": "VT: nothing here, 11 there",
    }
    again = rehearse(embedded_store, SOURCE, [tmp_path / "1.yaml"], options(tmp_path))
    assert again.examples == report.examples


def test_the_report_of_a_new_leader_tells_what_it_takes_the_place_of(embedded_store: Store, tmp_path: Path) -> None:
    first = loaded(embedded_store, tmp_path, B, A)
    assert first.examples["Application.criticality declared otherwise by inventory:b; these files lead"] == "VT: 3 here, 2 there"
    again = loaded(embedded_store, tmp_path, A)
    assert again.remarks == {"Application that inventory:b declares otherwise; these files lead": 1}
    assert again.examples == {"Application that inventory:b declares otherwise; these files lead": "VT"}


@pytest.mark.parametrize("order", [(A, B), (B, A)])
def test_it_is_asked_for_whatever_the_order_of_loading(embedded_store: Store, tmp_path: Path, order: tuple[str, str]) -> None:
    loaded(embedded_store, tmp_path, *order)
    assert answer(embedded_store, declared_twice()) == (DeclaredTwice("Application", "VT", "inventory:a", ("inventory:b",), True),)
    both = answer(embedded_store, declared_twice(all_of_them=True))
    assert [(one.code, one.differs) for one in both] == [("SAS", False), ("VT", True)]


def test_one_inventory_alone_has_no_remark(embedded_store: Store, tmp_path: Path) -> None:
    assert loaded(embedded_store, tmp_path, A, A.replace("3", "4")).remarks == {}
    assert declared_twice_table(answer(embedded_store, declared_twice())).notes == ("Rien n'est déclaré deux fois autrement.",)
