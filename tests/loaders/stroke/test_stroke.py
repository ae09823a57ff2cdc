"""Stroke care: units and sites as listings, pseudonymised practices that are nobody's."""

import csv
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.model.kinds import Value
from graph.record import Item, Link, Place, Ref, Rejected
from graph.store.connection import Store
from loaders.stroke.source import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, strangers, write
from tests.loaders.places import expected, fields, found, loaded
from tests.shared import SHARED

REAL = SHARED / "stroke_33"
UNITS = "c_nom,l_hsi,l_si,finess_site,rs,periode,etat,rq"
UNIT = 'PORT-BRUME,11,4,960000073,"CH  DE BRUME",2010,"labellisé actif ",'
SITES = "code,label,long,lat"
SITE = "960000149,CLINIQUE DE BRUME,-4.5,46.25"
PRACTICES = "pseudo_id;code_insee;commune;code_postal;specialite;finess_site;raison_sociale_site;en_etablissement"
AT_SITE = "PS96-00012;96001;Port-Brume;96000;Neurologie;960000073;CH DE BRUME;oui"
IN_TOWN = "PS96-00001;96002;Brume;96000;Spécialiste en Médecine Générale;;;non"


def units(folder: Path, *lines: str) -> Path:
    return write(folder / "unv_2026.csv", "\n".join((UNITS, *lines, "")))


def sites(folder: Path, *lines: str) -> Path:
    return write(folder / "FINESS96.csv", "\n".join((SITES, *lines, "")))


def practices(folder: Path, *lines: str) -> Path:
    return write(folder / "rpps_brume_pseudonymise.csv", "\n".join((PRACTICES, *lines, "")))


def test_a_stroke_unit_is_a_listing_about_its_site(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, units(tmp_path, UNIT))
    me = Ref("Listing", "stroke-units/960000073")
    props: dict[str, Value] = {
        "list": "stroke-units",
        "name": "CH DE BRUME",
        "status": "labellisé actif",
        "since": "2010",
        "beds": 11,
        "intensive_beds": 4,
        "comment": None,
    }
    assert records(events)[0].items == (Item(*me, props, (Link("ABOUT", me, Ref("GeographicEntity", "1960000073")),)),)


def test_beds_that_are_no_number_are_empty_and_told(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, units(tmp_path, UNIT.replace(",11,", ",20 +2 HDJ,")))
    assert items(events)["Listing", "stroke-units/960000073"].props["beds"] is None
    assert reading.notes.examples == {"number of beds that is no number: left empty": "960000073, l_hsi: 20 +2 HDJ"}


def test_a_site_of_an_older_finess_has_its_name_and_point(tmp_path: Path) -> None:
    [record] = records(read(SOURCE, tmp_path, sites(tmp_path, SITE))[1])
    assert record.items[0].props == {"list": "finess-sites", "name": "CLINIQUE DE BRUME", "latitude": 46.25, "longitude": -4.5}


def test_a_practice_is_nobodys_and_stands_at_its_site_and_in_its_commune(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, practices(tmp_path, AT_SITE))
    me = Ref("Practice", "stroke#PS96-00012/960000073")
    links = (
        Link("LOCATED_IN", me, Ref("Commune", "96001")),
        Link("AT", me, Ref("GeographicEntity", "1960000073")),
        Link("HAS_SPECIALTY", me, Ref("Concept", "TRE_R38-SM32")),
    )
    assert records(events)[0].items == (Item(*me, {"kind": "REGISTER", "profession": "TRE_G15-10"}, links),)


def test_a_practice_without_a_site_stands_in_its_commune(tmp_path: Path) -> None:
    [item] = items(read(SOURCE, tmp_path, practices(tmp_path, IN_TOWN))[1]).values()
    assert [(link.type, link.end.key) for link in item.links] == [("LOCATED_IN", "96002"), ("HAS_SPECIALTY", "TRE_R38-SM53")]


def test_a_specialty_without_a_code_is_told(tmp_path: Path) -> None:
    reading, _ = read(SOURCE, tmp_path, practices(tmp_path, IN_TOWN.replace("Spécialiste en Médecine Générale", "Chirurgie")))
    assert reading.notes.examples == {"specialty without a code: left out": "Chirurgie"}


@pytest.mark.parametrize(
    ("made", "line", "field", "reason"),
    [
        (units, UNIT.replace("960000073", "96000073"), "finess_site", "'96000073' has 8 characters, a FINESS number has 9 (were leading zeros lost?)."),
        (sites, SITE.replace("960000149", ""), "code", "'' has 0 characters, a FINESS number has 9 (were leading zeros lost?)."),
        (sites, SITE.replace("46.25", "146.25"), "lat", "'146.25' is not a number of degrees from -90 to 90."),
        (practices, AT_SITE.replace("PS96-00012", ""), "pseudo_id", "It is empty; a practice needs the local id of its line."),
        (practices, AT_SITE.replace("96001", "6001"), "code_insee", "An INSEE code has 5 characters (were leading zeros lost?)."),
        (practices, AT_SITE.replace("960000073", "1"), "finess_site", "'1' has 1 characters, a FINESS number has 9 (were leading zeros lost?)."),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected(tmp_path: Path, made: object, line: str, field: str, reason: str) -> None:
    assert callable(made)
    path = made(tmp_path, line)
    assert read(SOURCE, tmp_path, path)[1] == [Rejected(Place(path.name, 2), line, field, reason)]


def test_another_table_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"none of those that are known \(units: finess_site, .*; sites: code, label, long, lat; practices: pseudo_id"):
        read(SOURCE, tmp_path, write(tmp_path / "unv_2026.csv", "a,b\n1,2\n"))


def test_every_field_of_the_units_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    loaded(embedded_store, SOURCE, tmp_path, units(tmp_path, UNIT + "à compléter"))
    mine = "MATCH (l:Listing {list: 'stroke-units'})"
    asked = {
        "finess_site": (f"{mine}-[:ABOUT]->(s:GeographicEntity) RETURN l.id + ' ' + s.id", "stroke-units/960000073 1960000073"),
        "rs": (f"{mine} RETURN l.name", "CH DE BRUME"),
        "etat": (f"{mine} RETURN l.status", "labellisé actif"),
        "periode": (f"{mine} RETURN l.since", "2010"),
        "l_hsi": (f"{mine} RETURN l.beds", 11),
        "l_si": (f"{mine} RETURN l.intensive_beds", 4),
        "rq": (f"{mine} RETURN l.comment", "à compléter"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "units"))


def test_every_field_of_the_sites_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    loaded(embedded_store, SOURCE, tmp_path, sites(tmp_path, SITE))
    mine = "MATCH (l:Listing {list: 'finess-sites'})"
    asked = {
        "code": (f"{mine}-[:ABOUT]->(s:GeographicEntity) RETURN l.id + ' ' + s.id", "finess-sites/960000149 1960000149"),
        "label": (f"{mine} RETURN l.name", "CLINIQUE DE BRUME"),
        "long": (f"{mine} RETURN l.longitude", -4.5),
        "lat": (f"{mine} RETURN l.latitude", 46.25),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "sites"))


def test_every_field_of_the_practices_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    loaded(embedded_store, SOURCE, tmp_path, practices(tmp_path, AT_SITE))
    asked = {
        "pseudo_id": ("MATCH (p:Practice) RETURN p.id", "stroke#PS96-00012/960000073"),
        "code_insee": ("MATCH (:Practice)-[:LOCATED_IN]->(c:Commune) RETURN c.code", "96001"),
        "specialite": ("MATCH (:Practice)-[:HAS_SPECIALTY]->(c:Concept) RETURN c.id", "TRE_R38-SM32"),
        "finess_site": ("MATCH (:Practice)-[:AT]->(s:GeographicEntity) RETURN s.id", "1960000073"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "practices"))


@needs(REAL)
def test_the_real_files_give_every_unit_site_and_practice(tmp_path: Path) -> None:
    def rows(name: str, delimiter: str) -> list[dict[str, str]]:
        with (REAL / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=delimiter))

    stated = rows("unv_metropole_utf8.csv", ","), rows("FINESS33.csv", ","), rows("rpps_gironde_2017_pseudonymise.csv", ";")
    reading, events = read(SOURCE, tmp_path, REAL)
    keys = list(items(events))
    assert (len(events), rejected(events), strangers(events)) == (sum(map(len, stated)), [], [])
    assert [label for label, _ in keys].count("Listing") == len({row["finess_site"] for row in stated[0]}) + len({row["code"] for row in stated[1]})
    assert [label for label, _ in keys].count("Practice") == len({(row["pseudo_id"], row["finess_site"] or row["code_insee"]) for row in stated[2]})
    assert reading.notes.remarks == {"number of beds that is no number: left empty": 3}
