"""Geography: lines of a commune say one object; cities with arrondissements and overseas collectivities are there."""

import csv
import json
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.record import Item, Link, Place, Ref, Rejected
from loaders.geography import SOURCE
from loaders.regions import find_region
from tests.loaders.given import items, needs, read, records, rejected, write
from tests.shared import SHARED

HEAD = "code_insee;nom;code_postal;code_departement;code_region;latitude;longitude"
AIN = {"num_dep": "01", "dep_name": "Ain", "region_name": "Auvergne-Rhône-Alpes"}
REAL = SHARED / "geo"


def communes(folder: Path, *lines: str, head: str = HEAD) -> Path:
    return write(folder / "communes.csv", "\n".join((head, *lines)) + "\n")


def departments(folder: Path, *entries: dict[str, str]) -> Path:
    return write(folder / "departements.json", json.dumps(entries, ensure_ascii=False, indent=1))


def test_lines_of_one_commune_say_the_same_object_with_all_postal_codes(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, communes(tmp_path, "01004;Ambérieu;01500;01;84;45.96;5.37", "01004;Ambérieu;01501;01;84;45.96;5.37"))
    commune = Item(
        "Commune",
        "01004",
        {"name": "Ambérieu", "postal_codes": ["01500", "01501"], "latitude": 45.96, "longitude": 5.37},
        (Link("IN", Ref("Commune", "01004"), Ref("Department", "01")),),
    )
    assert [record.items for record in records(events)] == [(commune,), (commune,)]


def test_a_missing_point_is_stated_as_empty_and_reported(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, communes(tmp_path, "76601;Saint-Lucien;76780;76;28;;"))
    assert items(events)["Commune", "76601"].props["latitude"] is None
    assert reading.notes.remarks == {"commune without a point": 1}


def test_an_arrondissement_is_in_its_city_and_says_the_city(tmp_path: Path) -> None:
    lines = ("13201;Marseille 1er;13001;13;93;43.25;5.25", "13202;Marseille 2e;13002;13;93;43.75;5.75")
    found = items(read(SOURCE, tmp_path, communes(tmp_path, *lines))[1])
    assert found["Commune", "13201"].links == (Link("IN", Ref("Commune", "13201"), Ref("Commune", "13055")),)
    assert found["Commune", "13055"] == Item(
        "Commune",
        "13055",
        {"name": "Marseille", "postal_codes": ["13001", "13002"], "latitude": 43.5, "longitude": 5.5},
        (Link("IN", Ref("Commune", "13055"), Ref("Department", "13")),),
    )


def test_a_collectivity_overseas_is_department_and_region_of_itself(tmp_path: Path) -> None:
    line = "97701;Saint-Barthélemy;97133;977;;17.9;-62.8"
    found = items(read(SOURCE, tmp_path, communes(tmp_path, line), departments(tmp_path, AIN))[1])
    assert [key for key in found if key[1].startswith("977")] == [("Commune", "97701"), ("Department", "977"), ("Region", "977")]
    assert found["Department", "977"].links == (Link("IN", Ref("Department", "977"), Ref("Region", "977")),)


def test_a_communes_file_alone_says_communes_alone(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, communes(tmp_path, "97701;Saint-Barthélemy;97133;977;;17.9;-62.8"))
    assert (reading.asserts, list(items(events))) == (("Commune",), [("Commune", "97701")])


def test_a_departments_file_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as problem:
        read(SOURCE, tmp_path, departments(tmp_path, AIN))
    assert str(problem.value) == ("departements.json: load it together with the communes file, which says the collectivities overseas; else they would end.")


def test_a_population_column_is_read_where_there_is_one(tmp_path: Path) -> None:
    path = communes(tmp_path, "01004;Ambérieu;01500;01;84;45.96;5.37;14134", head=HEAD + ";Population")
    assert items(read(SOURCE, tmp_path, path)[1])["Commune", "01004"].props["population"] == 14134


def test_a_department_finds_its_region_by_name(tmp_path: Path) -> None:
    path = departments(tmp_path, AIN | {"region_name": "AUVERGNE RHONE-ALPES"})
    reading, events = read(SOURCE, tmp_path, path, communes(tmp_path))
    assert reading.asserts == ("Region", "Department", "Commune")
    assert items(events) == {
        ("Department", "01"): Item("Department", "01", {"name": "Ain"}, (Link("IN", Ref("Department", "01"), Ref("Region", "84")),)),
        ("Region", "84"): Item("Region", "84", {"name": "Auvergne-Rhône-Alpes", "aliases": ["ARA"]}),
    }


def test_a_region_that_is_not_known_rejects_the_entry_with_its_line(tmp_path: Path) -> None:
    [row] = rejected(read(SOURCE, tmp_path, departments(tmp_path, AIN | {"region_name": "Savoie"}), communes(tmp_path))[1])
    assert (row.place, row.field, row.text) == (Place("departements.json", 2), "region_name", '{"num_dep": "01", "dep_name": "Ain", "region_name": "Savoie"}')
    assert row.reason.startswith("'Savoie' is no region that is known, and no commune of the department states its code. Known: Guadeloupe, Martinique, ")


def test_a_region_without_known_name_has_the_code_that_its_communes_state(tmp_path: Path) -> None:
    path = departments(tmp_path, {"num_dep": "960", "dep_name": "Brume", "region_name": "Îles (fictives)"})
    _, events = read(SOURCE, tmp_path, communes(tmp_path, "96001;Port;96000;960;96;46.3;-4.9"), path)
    assert items(events)["Region", "96"] == Item("Region", "96", {"name": "Îles (fictives)", "aliases": []})


def test_a_departments_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="the JSON list has no end"):
        read(SOURCE, tmp_path, communes(tmp_path), write(tmp_path / "departements.json", '[{"num_dep": "01"},'))


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("1004;A;01500;01;84;45;5", "code_insee", "'1004' has 4 characters, an INSEE code has 5 (were leading zeros lost?)."),
        ("01004;;01500;01;84;45;5", "nom", "It is empty; a commune has a name and a department."),
        ("01004;A;01500;01;84;95;5", "latitude", "'95' is not a number of degrees from -90 to 90."),
        ("01004;A;01500;01;84;45,9;5", "latitude", "'45,9' is not a number of degrees from -90 to 90."),
        ("01004;A;01500;01;84;45;", "latitude", "Latitude and longitude are given together or not at all."),
        ("01004;A;01500;01;84;45", "", "The line has 6 fields, the header has 7."),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected(tmp_path: Path, line: str, field: str, reason: str) -> None:
    _, events = read(SOURCE, tmp_path, communes(tmp_path, line))
    assert events == [Rejected(Place("communes.csv", 2), line, field, reason)]


def test_rejected_rows_of_both_files_are_read_again_from_one_rejects_file(tmp_path: Path) -> None:
    path = write(
        tmp_path / "rejects.csv",
        "# rorgraph file: departements.json\n# rorgraph: why\n"
        '{"num_dep": "01", "dep_name": "Ain", "region_name": "Auvergne-Rhône-Alpes"}\n'
        f"# rorgraph file: communes.csv\n{HEAD}\n# rorgraph: why\n01004;Ambérieu;01500;01;84;45.96;5.37\n",
    )
    assert list(items(read(SOURCE, tmp_path, path)[1])) == [("Department", "01"), ("Region", "84"), ("Commune", "01004")]


def test_a_region_is_found_by_its_short_name() -> None:
    assert [region.code for name in ("PACA", "idf", "Ile de France") if (region := find_region(name))] == ["93", "11", "11"]


@needs(REAL)
def test_the_real_files_give_every_commune_department_and_region(tmp_path: Path) -> None:
    with (REAL / "communes_insee_cp_latlon.csv").open(encoding="utf-8") as file:
        direct = list(csv.DictReader(file, delimiter=";"))
    listed = json.loads((REAL / "departements-region.json").read_text(encoding="utf-8"))
    _, events = read(SOURCE, tmp_path, REAL)
    labels = [label for label, _ in items(events)]
    assert (len(events), len(records(events))) == (len(direct) + len(listed), len(direct) + len(listed))
    assert labels.count("Commune") == len({row["code_insee"] for row in direct}) + 3
    assert (labels.count("Department"), labels.count("Region")) == (101 + 7, 18 + 7)
