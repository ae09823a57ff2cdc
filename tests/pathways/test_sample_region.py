"""Coverage of the stroke pathway in the sample region, loaded from its files: the figures that data/region/README.md tells."""

from datetime import date
from pathlib import Path
from typing import Final

from graph.pathways.coverage import pathway_coverage
from graph.pathways.territories import TerritoryLevel
from graph.reads import answer
from graph.search.reference import Reference
from graph.store.connection import Store
from loaders.pipeline import load
from loaders.registry import get_source

DATA: Final = Path(__file__).parents[2] / "data"
LOADED: Final = (("geography", "region/geo"), ("nos", "region/nos"), ("finess", "region/finess"), ("sae", "region/sae"), ("pathways", "pathways"))


def test_the_stroke_pathway_of_the_sample_region(embedded_store: Store) -> None:
    for source, folder in LOADED:
        load(embedded_store, get_source(source), sorted(file for file in (DATA / folder).iterdir() if file.is_file()))
    found = answer(embedded_store, pathway_coverage("stroke", TerritoryLevel.DEPARTMENT, date(2026, 1, 15), Reference()))
    assert [(cell.step, cell.territory, cell.state.value, cell.sites, cell.beds, cell.without_area) for cell in found.cells] == [
        ("regulation", "960", "POSSIBLE", 0, None, 1),
        ("regulation", "961", "POSSIBLE", 0, None, 0),
        ("regulation", "962", "NONE", 0, None, 0),
        ("smur", "960", "POSSIBLE", 0, None, 1),
        ("smur", "961", "POSSIBLE", 0, None, 1),
        ("smur", "962", "POSSIBLE", 0, None, 1),
        ("emergency", "960", "COVERED", 1, None, 0),
        ("emergency", "961", "COVERED", 1, None, 0),
        ("emergency", "962", "COVERED", 1, None, 0),
        ("stroke-unit", "960", "COVERED", 1, 8, 0),
        ("stroke-unit", "961", "COVERED", 1, None, 0),
        ("stroke-unit", "962", "NONE", 0, None, 0),
        ("thrombectomy", "960", "COVERED", 1, 8, 0),
        ("thrombectomy", "961", "NONE", 0, None, 0),
        ("thrombectomy", "962", "NONE", 0, None, 0),
        ("rehabilitation", "960", "COVERED", 1, 30, 0),
        ("rehabilitation", "961", "COVERED", 1, 26, 0),
        ("rehabilitation", "962", "COVERED", 1, 40, 0),
        ("home", "960", "POSSIBLE", 0, None, 2),
        ("home", "961", "POSSIBLE", 0, None, 2),
        ("home", "962", "POSSIBLE", 0, None, 0),
    ]
