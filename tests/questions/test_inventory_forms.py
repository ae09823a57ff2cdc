"""The inventory read from the store in the form of its files: loaded again, in any form, it changes nothing."""

from pathlib import Path

import pytest

from graph.archimate.archi_csv import archi_files
from graph.archimate.exchange import exchange_text
from graph.archimate.inventory_model import inventory_model
from graph.documents import yaml_documents
from graph.inventory_forms import described, documents
from graph.reads import answer
from graph.store.connection import Store
from loaders.inventory.source import SOURCE
from loaders.pipeline import load
from tests.loaders.given import write
from tests.loading.build import dump

DATA = Path(__file__).parents[2] / "data"
INVENTORIES = {"programme": DATA / "programme", "region": DATA / "region" / "inventory"}


def files_of(store: Store, dataset: str, form: str) -> dict[str, str]:
    held = answer(store, described(dataset))
    if form == "yaml":
        return {"inventory.yaml": yaml_documents(documents(held, dataset))}
    model = inventory_model(held, dataset)
    return {"model.xml": exchange_text(model)} if form == "archimate" else dict(archi_files(model))


@pytest.mark.parametrize("form", ["yaml", "archimate", "archi"])
def test_what_is_written_out_and_loaded_again_changes_nothing(store: Store, tmp_path: Path, form: str) -> None:
    for path in INVENTORIES.values():
        load(store, SOURCE, [path])
    before = dump(store)
    for dataset in INVENTORIES:
        for name, text in files_of(store, dataset, form).items():
            write(tmp_path / dataset / name, text)
        report = load(store, SOURCE, [tmp_path / dataset])
        assert (report.created, report.updated, report.rejected, report.gone, report.left) == (0, 0, 0, {}, {})
        assert report.unchanged == report.seen > 40
    assert dump(store) == before


def test_without_a_data_set_every_inventory_is_told_and_nothing_of_other_sources(embedded_store: Store) -> None:
    assert answer(embedded_store, described()) == ()
    for path in INVENTORIES.values():
        load(embedded_store, SOURCE, [path])
    found = answer(embedded_store, described())
    sources = {source for one in found for source in one.sources}
    assert sources == {"inventory:programme", "inventory:region"}
    assert {one.code for one in found if one.fictional and one.section == "flows"} == {
        one.code for one in answer(embedded_store, described("region")) if one.section == "flows"
    }
