"""The sample region goes through every source whole, and says only what the model has."""

from pathlib import Path

import pytest

from loaders.registry import get_source
from tests.loaders.given import read, records, rejected, strangers

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize(
    ("source", "folder"),
    [
        ("geography", "region/geo"),
        ("sas", "region/sas"),
        ("finess", "region/finess"),
        ("annuaire", "region/annuaire"),
        ("nos", "region/nos"),
        ("sae", "region/sae"),
        ("inventory", "region/inventory"),
        ("inventory", "programme"),
        ("pathways", "pathways"),
        ("matrix", "region/matrix"),
    ],
)
def test_the_files_of_the_project_are_read_without_a_reject(tmp_path: Path, source: str, folder: str) -> None:
    reading, events = read(get_source(source), tmp_path, DATA / folder)
    labels = {item.label for record in records(events) for item in record.items}
    assert (rejected(events), strangers(events), labels - set(reading.asserts), len(records(events)) > 0) == ([], [], set(), True)
