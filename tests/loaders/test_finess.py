"""FINESS stock files: what becomes of each line."""

import csv
import gzip
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.record import Event, Item, Link, Owned, Place, Ref, Rejected
from loaders.finess.source import SOURCE
from loaders.source import Reading
from tests.loaders.given import items, needs, read, records, rejected, write
from tests.shared import SHARED

HEAD = "finess;etalab;34;2021-01-08"
SITE = (
    "structureet;010000024;010780054;CH DE FLEYRIAT;;;;900;RTE;DE PARIS;;BP 15;451;01;AIN;01440 VIRIAT;0474454647;0474454648;355;"
    "Centre Hospitalier (C.H.);1102;Centres Hospitaliers;26010004500012;8610Z;;;1;Etablissement public de santé;1979-02-13;;2020-02-04;"
)
POSITION = "geolocalisation;010000024;870215.7;6571590.5;1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93;2021-01-04"
ENTITY = (
    "structureej;010780054;CH DE FLEYRIAT;CENTRE HOSPITALIER DE BOURG EN BRESSE;;900;RTE;DE PARIS;;;BP 15;451;01440 VIRIAT;01;AIN;0474454647;"
    "13;Etb.Pub.Commun.Hosp.;355;Centre Hospitalier (C.H.);260100045;8610Z;1901-01-01"
)
REAL = SHARED / "finess" / "etalab-cs1100507-stock-20210108-0427.csv.gz"
OVERSEAS = SHARED / "finess" / "finess_outremer_wgs84_20210108.csv"


def with_fields(line: str, **changes: str) -> str:
    """The line with other fields at these places: f13='9A'."""
    fields = line.split(";")
    for place, value in changes.items():
        fields[int(place[1:])] = value
    return ";".join(fields)


def stock(folder: Path, *lines: str) -> Path:
    return write(folder / "etalab-cs1100507-stock-20210108-0427.csv", "\n".join((HEAD, *lines)) + "\n")


def test_a_site_line_and_its_position_line_are_one_row(tmp_path: Path) -> None:
    me = Ref("GeographicEntity", "1010000024")
    _, [record] = read(SOURCE, tmp_path, stock(tmp_path, SITE, POSITION))
    [record] = records([record])
    assert (record.place.line, record.text) == (2, f"{SITE}\n{POSITION}")
    assert record.items == (
        Item(
            "GeographicEntity",
            "1010000024",
            {
                "finess": "010000024",
                "siret": "26010004500012",
                "name": "CH DE FLEYRIAT",
                "category": "TRE_R66-355",
                "espic": "TRE_R73-1",
                "address": "900 RTE DE PARIS, BP 15, 01440 VIRIAT",
                "postal_code": "01440",
                "opened_on": date(1979, 2, 13),
                "closed_on": None,
                "closing_type": None,
                "updated_at": date(2020, 2, 4),
                "latitude": 46.2227448,
                "longitude": 5.2085961,
            },
            (Link("PART_OF", me, Ref("LegalEntity", "1010780054")), Link("LOCATED_IN", me, Ref("Commune", "01451"))),
            (
                Owned(
                    "HAS_TELECOM",
                    Ref("Telecom", "1010000024#2340da2963554ae2"),
                    {"channel": "TRE_R200-2", "value": "0474454647", "confidentiality": 1},
                ),
                Owned(
                    "HAS_TELECOM",
                    Ref("Telecom", record.items[0].owned[1].node.key),
                    {"channel": "TRE_R200-6", "value": "0474454648", "confidentiality": 1},
                ),
            ),
        ),
    )


def test_a_legal_entity_line_is_read_with_its_long_name(tmp_path: Path) -> None:
    reading, [record] = read(SOURCE, tmp_path, stock(tmp_path, ENTITY))
    [record] = records([record])
    assert reading.asserts == ("LegalEntity",)
    assert replace(record.items[0], owned=()) == Item(
        "LegalEntity",
        "1010780054",
        {
            "finess": "010780054",
            "siren": "260100045",
            "name": "CENTRE HOSPITALIER DE BOURG EN BRESSE",
            "legal_status": "TRE_R72-13",
            "category": "TRE_R66-355",
            "address": "900 RTE DE PARIS, BP 15, 01440 VIRIAT",
            "postal_code": "01440",
            "opened_on": date(1901, 1, 1),
            "closed_on": None,
            "closing_type": None,
        },
        (Link("LOCATED_IN", Ref("LegalEntity", "1010780054"), Ref("Commune", "01451")),),
    )


def test_a_file_without_positions_says_nothing_of_them(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, stock(tmp_path, SITE))
    assert "latitude" not in items(events)["GeographicEntity", "1010000024"].props


def test_an_empty_position_is_stated_as_empty(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, stock(tmp_path, SITE, "geolocalisation;010000024;;;;"))
    assert items(events)["GeographicEntity", "1010000024"].props["latitude"] is None
    assert reading.notes.remarks == {"site without a position": 1}


@pytest.mark.parametrize(
    ("department", "commune", "code"),
    [("9A", "101", "97101"), ("9F", "611", "97611"), ("2B", "033", "2B033"), ("75", "113", "75113"), ("9A", "123", "97701"), ("9A", "127", "97801")],
)
def test_the_commune_is_department_and_commune_with_the_overseas_ones_translated(tmp_path: Path, department: str, commune: str, code: str) -> None:
    _, events = read(SOURCE, tmp_path, stock(tmp_path, with_fields(SITE, f13=department, f12=commune)))
    assert items(events)["GeographicEntity", "1010000024"].links[1].end == Ref("Commune", code)


def test_a_site_without_commune_is_kept_without_place_and_reported(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, stock(tmp_path, with_fields(SITE, f12="")))
    assert [link.type for link in items(events)["GeographicEntity", "1010000024"].links] == ["PART_OF"]
    assert reading.notes.remarks == {"no commune stated; place unknown": 1}


def test_a_corsican_number_is_right(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, stock(tmp_path, with_fields(SITE, f1="2A0000022", f2="2A0000014")))
    assert (list(items(events)), reading.notes.remarks) == ([("GeographicEntity", "12A0000022")], {})


def test_a_wrong_check_digit_is_kept_and_reported(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, stock(tmp_path, with_fields(SITE, f1="010000025")))
    assert (list(items(events)), reading.notes.examples) == (
        [("GeographicEntity", "1010000025")],
        {"nofinesset: the check digit does not agree; kept": "010000025"},
    )


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (with_fields(SITE, f1="1078005"), "nofinesset", "'1078005' has 7 characters, a FINESS number has 9 (were leading zeros lost?)."),
        (with_fields(SITE, f1="88888888A"), "nofinesset", "'88888888A' is not a FINESS number: nine digits, or 2A and 2B at the start."),
        (with_fields(SITE, f2="888888888"), "nofinessej", "888888888 stands for 'no number' and names no establishment."),
        (with_fields(SITE, f28="13/02/1979"), "dateouv", "'13/02/1979' is not a day; it is written like 2020-02-04."),
        (with_fields(SITE, f3=""), "rs", "It is empty; a structure has a name."),
        (SITE + ";", "", "The line has 33 fields, a structureet line has 32."),
        ("structurexx;1", "", "'structurexx' is neither structureet, as the first line of this file, nor geolocalisation."),
        (ENTITY + ";", "", "The line has 24 fields, a structureej line has 23."),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected(tmp_path: Path, line: str, field: str, reason: str) -> None:
    path = stock(tmp_path, line)
    _, events = read(SOURCE, tmp_path, path)
    about = Ref("GeographicEntity", "1010000024") if field and field != "nofinesset" else None
    assert events == [Rejected(Place(path.name, 2), line, field, reason, about)]


def test_an_entity_in_a_file_of_sites_is_rejected(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, stock(tmp_path, SITE, ENTITY))
    assert (reading.asserts, [(row.place.line, row.reason) for row in rejected(events)]) == (
        ("GeographicEntity",),
        [(3, "'structureej' is neither structureet, as the first line of this file, nor geolocalisation.")],
    )


def test_a_site_with_unreadable_coordinates_is_rejected_with_both_lines(tmp_path: Path) -> None:
    position = with_fields(POSITION, f2="870215,7")
    _, events = read(SOURCE, tmp_path, stock(tmp_path, SITE, position))
    assert [(row.text, row.field, row.reason) for row in rejected(events)] == [
        (f"{SITE}\n{position}", "coordxet", "'870215,7' and '6571590.5' are not two coordinates in metres.")
    ]


def test_a_rejected_site_is_read_again_with_both_lines_once_corrected(tmp_path: Path) -> None:
    path = stock(tmp_path, with_fields(SITE, f28="13/02/1979"), POSITION)
    reading, events = read(SOURCE, tmp_path, path)
    [row] = rejected(events)
    corrected = row.text.replace("13/02/1979", "1979-02-13")
    again = write(tmp_path / "rejects.csv", f"# rorgraph file: {path.name}\n{reading.heads[path.name]}\n# rorgraph: {row.reason}\n{corrected}\n")
    assert items(read(SOURCE, tmp_path, again)[1]) == items(read(SOURCE, tmp_path, stock(tmp_path, SITE, POSITION))[1])


def test_an_orphan_and_a_second_position_are_rows_of_their_own(tmp_path: Path) -> None:
    second = with_fields(POSITION, f2="1.0")
    orphan = with_fields(POSITION, f1="010000032")
    _, events = read(SOURCE, tmp_path, stock(tmp_path, SITE, POSITION, second, orphan))
    assert items(events)["GeographicEntity", "1010000024"].props["latitude"] == 46.2227448
    assert [(row.place.line, row.reason) for row in rejected(events)] == [
        (4, "This site has a position line already; the first one was used."),
        (5, "No structureet line has this number: the position belongs to no site of the file."),
    ]


def test_a_position_in_an_unknown_projection_is_reported_and_left_out(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, stock(tmp_path, SITE, POSITION.replace("LAMBERT_93", "MARS_1")))
    assert items(events)["GeographicEntity", "1010000024"].props["latitude"] is None
    assert reading.notes.examples["position in an unknown projection, left out: 'MARS_1'"] == "010000024"


def test_a_file_without_the_first_line_of_finess_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as problem:
        read(SOURCE, tmp_path, write(tmp_path / "a.csv", "nofinesset;name\n"))
    assert str(problem.value) == ("a.csv, line 1: a FINESS stock file starts with 'finess;etalab;number;date', here: 'nofinesset;name'. Nothing was loaded.")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, list[Event]]:
    return read(SOURCE, tmp_path_factory.mktemp("finess"), REAL)


@needs(REAL)
def test_the_real_file_gives_every_site_with_its_commune(real: tuple[Reading, list[Event]]) -> None:
    with gzip.open(REAL, "rt", encoding="utf-8") as file:
        direct = Counter((line.split(";")[0], bool(line.split(";")[12]) if line.startswith("structureet") else None) for line in file)
    reading, events = real
    links = Counter(link.type for record in records(events) for link in record.items[0].links)
    sites = direct["structureet", True] + direct["structureet", False]
    assert (len(events), len(records(events)), links) == (sites, sites, {"PART_OF": sites, "LOCATED_IN": direct["structureet", True]})
    assert reading.notes.remarks["site without a position"] == 9


@needs(REAL, OVERSEAS)
def test_positions_overseas_agree_with_those_converted_elsewhere(real: tuple[Reading, list[Event]]) -> None:
    found = items(real[1])
    with OVERSEAS.open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file, delimiter=";"))
    far = [
        row["nofinesset"]
        for row in expected
        for props in [found["GeographicEntity", "1" + row["nofinesset"]].props]
        if max(abs(float(str(props[name])) - float(row[name])) for name in ("latitude", "longitude")) > 1e-6
    ]
    assert (len(expected) > 2000, far) == (True, [])
