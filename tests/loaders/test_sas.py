"""SAS: a department has its default radius and its enlargement; 0 is unset; searches use it (docs/pathways.md, S-6)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.reads import answer
from graph.record import Item, Place, Rejected
from graph.search.criteria import parse
from graph.search.offers import Asked, search_offers
from graph.search.place import Near
from graph.search.reference import Reference
from graph.store.connection import Store
from loaders.geography import SOURCE as GEOGRAPHY
from loaders.sas import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, strangers, write
from tests.loaders.places import expected, fields, found, loaded
from tests.shared import SHARED

REGION = Path(__file__).parents[2] / "data" / "region"
REAL = SHARED / "sas"
HEAD = "department;label;city_default_radius_km;enlargement_km"


def radii(folder: Path, *lines: str, head: str = HEAD) -> Path:
    return write(folder / "sas_search_radius.csv", "\n".join((head, *lines, "")))


def test_a_department_has_its_radius_and_its_enlargement(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, radii(tmp_path, "48;Lozère;50;25"))
    assert records(events)[0].items == (Item("Department", "48", {"name": "Lozère", "search_radius_km": 50.0, "enlargement_km": 25.0}),)


def test_0_is_unset(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, radii(tmp_path, "973;Guyane;0;0"))
    assert items(events)["Department", "973"].props == {"name": "Guyane", "search_radius_km": None, "enlargement_km": None}


def test_both_parts_of_corsica_have_their_insee_code(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, radii(tmp_path, "20A;Corse-du-Sud;40;20", "20B;Haute-Corse;40;20"))
    assert list(items(events)) == [("Department", "2A"), ("Department", "2B")]


def test_a_table_without_names_says_none(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, radii(tmp_path, "48;50;25", head="department;city_default_radius_km;enlargement_km"))
    assert items(events)["Department", "48"].props == {"search_radius_km": 50.0, "enlargement_km": 25.0}


def test_a_column_without_a_place_is_counted(tmp_path: Path) -> None:
    reading, _ = read(SOURCE, tmp_path, radii(tmp_path, "48;Lozère;50;25;5175", "12;Aveyron;50;25;8774", head=f"{HEAD};area_km2"))
    assert reading.notes.unplaced == {"area_km2": 2}


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("4;A;50;25", "department", "'4' is no code of a department, like 01, 2A or 974."),
        ("48;A;dix;25", "city_default_radius_km", "'dix' is not a number of km from 0 to 2000."),
        ("48;A;50;-1", "enlargement_km", "'-1' is not a number of km from 0 to 2000."),
        ("48;A;nan;25", "city_default_radius_km", "'nan' is not a number of km from 0 to 2000."),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected(tmp_path: Path, line: str, field: str, reason: str) -> None:
    assert read(SOURCE, tmp_path, radii(tmp_path, line))[1] == [Rejected(Place("sas_search_radius.csv", 2), line, field, reason)]


def test_a_table_without_radii_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no column city_default_radius_km"):
        read(SOURCE, tmp_path, radii(tmp_path, "48", head="department"))


def test_every_field_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    loaded(embedded_store, SOURCE, tmp_path, REGION / "sas")
    asked = {
        "department": ("MATCH (d:Department) RETURN collect(d.code)", ["960", "961", "962"]),
        "label": ("MATCH (d:Department {code: '961'}) RETURN d.name", "Brume-Sud (fictif)"),
        "city_default_radius_km": ("MATCH (d:Department {code: '961'}) RETURN d.search_radius_km", 40.0),
        "enlargement_km": ("MATCH (d:Department {code: '961'}) RETURN d.enlargement_km", 20.0),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "radii"))


def test_a_search_without_radius_takes_that_of_the_department(embedded_store: Store, tmp_path: Path) -> None:  # S-6
    loaded(embedded_store, GEOGRAPHY, tmp_path, REGION / "geo")
    loaded(embedded_store, SOURCE, tmp_path, REGION / "sas")
    embedded_store.write([("CREATE (:Concept {id: 'TRE_R211-356', label: 'UNV'})", {})])
    asked = Asked(parse({"activity": "TRE_R211-356"}), date(2026, 6, 1), Near(commune="96001"))
    assert answer(embedded_store, search_offers(asked, Reference())).radius_km == 30.0


@needs(REAL)
def test_the_real_table_gives_every_department_once(tmp_path: Path) -> None:
    with (REAL / "sas_search_radius_2025.csv").open(encoding="utf-8") as file:
        direct = list(csv.DictReader(file, delimiter=";"))
    _, events = read(SOURCE, tmp_path, REAL)
    made = items(events)
    assert (len(made), rejected(events), strangers(events)) == (len(direct), [], [])
    assert sum(item.props["search_radius_km"] is None for item in made.values()) == sum(row["city_default_radius_km"] == "0" for row in direct)
    assert made["Department", "2B"].props == {"name": "Haute-Corse", "search_radius_km": 40.0, "enlargement_km": 20.0}
