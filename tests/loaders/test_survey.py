"""The population survey: a figure a region and field; not reported is empty; one line may be of two regions; a total is of none."""

import csv
from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.model.kinds import Value
from graph.record import Item, Left, Link, Place, Ref, Rejected
from graph.store.connection import Store
from loaders.geography import SOURCE as GEOGRAPHY
from loaders.survey import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, strangers, write
from tests.loaders.places import expected, fields, found, loaded
from tests.shared import SHARED

REGION = Path(__file__).parents[2] / "data" / "region"
REAL = SHARED / "survey_2018"
HEAD = "field;region;target_sites;populated_pct;quality_pct"
FILE = "peuplement_2018-03-30.csv"


def survey(folder: Path, *lines: str, name: str = FILE) -> Path:
    return write(folder / name, "\n".join((HEAD, *lines, "")))


def test_a_figure_is_of_a_day_a_field_and_a_region(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, survey(tmp_path, "MCO;Centre Val de Loire;66;100;98"))
    me = Ref("PopulationFigure", "2018-03-30/MCO/Centre Val de Loire")
    props: dict[str, Value] = {
        "on": date(2018, 3, 30),
        "region_label": "Centre Val de Loire",
        "field": "MCO",
        "target_sites": 66,
        "populated_pct": 100.0,
        "quality_pct": 98.0,
    }
    assert records(events)[0].items == (Item(*me, props, (Link("ABOUT", me, Ref("Region", "24")),)),)
    assert reading.stamp == "survey:2018-03-30"


def test_what_was_not_reported_is_empty_though_0_stands_beside(tmp_path: Path) -> None:
    figure = items(read(SOURCE, tmp_path, survey(tmp_path, "MCO;Normandie;NR;0;0"))[1])["PopulationFigure", "2018-03-30/MCO/Normandie"]
    assert [figure.props[name] for name in ("target_sites", "populated_pct", "quality_pct")] == [None, None, None]


def test_a_reported_0_is_0(tmp_path: Path) -> None:
    figure = items(read(SOURCE, tmp_path, survey(tmp_path, "PSY;Guyane;2;100;0"))[1])["PopulationFigure", "2018-03-30/PSY/Guyane"]
    assert figure.props["quality_pct"] == 0.0


def test_la_reunion_and_mayotte_share_a_line(tmp_path: Path) -> None:
    [record] = records(read(SOURCE, tmp_path, survey(tmp_path, "MCO;La Réunion Mayotte;60;100;100"))[1])
    assert [link.end for link in record.items[0].links] == [Ref("Region", "04"), Ref("Region", "06")]


def test_a_total_is_of_no_region(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, survey(tmp_path, "MCO;TOTAL;1699;96;70"))
    assert events == [Left(Place(FILE, 2), "total of the country")]


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (";Bretagne;1;1;1", "field", "It is empty; a figure is of a field of activity: MCO, PSY or SSR."),
        ("MCO;Savoie;1;1;1", "region", "'Savoie' is no region that is known, nor the name of one that is loaded."),
        ("MCO;Bretagne;-1;1;1", "target_sites", "'-1' is not a number of sites, nor NR."),
        ("MCO;Bretagne;1;101;1", "populated_pct", "'101' is not a percentage from 0 to 100, nor NR."),
        ("MCO;Bretagne;1;1;", "quality_pct", "'' is not a percentage from 0 to 100, nor NR."),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected(tmp_path: Path, line: str, field: str, reason: str) -> None:
    assert read(SOURCE, tmp_path, survey(tmp_path, line))[1] == [Rejected(Place(FILE, 2), line, field, reason)]


def test_a_file_without_a_date_in_its_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="its name must hold the date of the survey"):
        read(SOURCE, tmp_path, survey(tmp_path, "MCO;Bretagne;1;1;1", name="peuplement_2018-30-03.csv"))


def test_files_of_two_surveys_are_refused(tmp_path: Path) -> None:
    paths = [survey(tmp_path, "MCO;Bretagne;1;1;1", name=f"peuplement_2018-{month}-30.csv") for month in ("03", "06")]
    with pytest.raises(BadFile, match="several surveys: 2018-03-30, 2018-06-30"):
        read(SOURCE, tmp_path, *paths)


def test_every_field_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    loaded(embedded_store, GEOGRAPHY, tmp_path, REGION / "geo")
    loaded(embedded_store, SOURCE, tmp_path, REGION / "survey")
    mco = "MATCH (f:PopulationFigure {field: 'MCO'})"
    asked = {
        "(date in the file's name)": (f"{mco} RETURN f.on", date(2026, 3, 31)),
        "field": ("MATCH (f:PopulationFigure) RETURN collect(f.field)", ["MCO", "PSY", "SSR"]),
        "region": (f"{mco}-[:ABOUT]->(r:Region) WHERE f.region_label = r.name RETURN r.code", "96"),
        "target_sites": (f"{mco} RETURN f.target_sites", 9),
        "populated_pct": (f"{mco} RETURN f.populated_pct", 78.0),
        "quality_pct": (f"{mco} RETURN f.quality_pct", 44.0),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "figures"))


@needs(REAL)
def test_the_real_survey_gives_a_figure_a_line_but_for_the_totals(tmp_path: Path) -> None:
    with (REAL / FILE).open(encoding="utf-8") as file:
        direct = list(csv.DictReader(file, delimiter=";"))
    _, events = read(SOURCE, tmp_path, REAL)
    regional = [row for row in direct if row["region"] != "TOTAL"]
    made = items(events)
    assert (len(made), len(events), rejected(events), strangers(events)) == (len(regional), len(direct), [], [])
    assert sum(item.props["target_sites"] is None for item in made.values()) == sum(row["target_sites"] == "NR" for row in regional)
    assert {link.end.key for item in made.values() for link in item.links} == {
        "01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"
    }  # fmt: skip
