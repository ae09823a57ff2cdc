"""NOS: one concept from all lines that name it; value sets; hierarchy."""

import re
from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.record import Item, Left, Link, Place, Ref, Rejected
from loaders.nos.source import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, write
from tests.shared import SHARED

FACTS = "<OID>;<Type fichier>;<Nom fichier>;<Description>;<URL fichier>;<Date valid>;<Date fin>;<Date MàJ>"
CODES = "<OID>;<Code>;<Libellé adapté>;<Libellé court>;<Libellé long>;<Date valid>;<Date fin>;<Date MàJ>"
R227 = "1.2.250.1.213.3.3.17"
R211 = "1.2.250.1.213.3.3.12"
REAL = SHARED / "nos"


def tabs(folder: Path, name: str, columns: str, *lines: str, oid: str = R227, day: str = "20190329120000") -> Path:
    head = (FACTS, f"{oid};{name[:3]};{name};Titre de {name[:8]};http://nos/{name};20150408000000;;{day}", columns)
    return write(folder / name, "\r\n".join((*head, *lines, "")).encode("latin-1"))


def test_a_code_has_its_labels_and_dates(tmp_path: Path) -> None:
    path = tabs(tmp_path, "TRE_R227-ChampActivite.tabs", CODES, f"{R227};05;Ambulatoire;Amb;Offre ambulatoire;20150408000000;20221231000000;20190329120000")
    reading, events = read(SOURCE, tmp_path, path)
    assert [record.items for record in records(events)] == [
        (
            Item(
                "Concept",
                "TRE_R227-05",
                {
                    "system": "TRE_R227",
                    "code": "05",
                    "label": "Offre ambulatoire",
                    "short_label": "Amb",
                    "former_labels": [],
                    "valid_from": date(2015, 4, 8),
                    "valid_to": date(2022, 12, 31),
                },
            ),
        )
    ]
    assert reading.notes.encodings == {path.name: "iso-8859-1"}


def test_a_list_leads_the_dated_file_and_the_old_label_is_kept(tmp_path: Path) -> None:
    old = tabs(tmp_path, "TRE_R227-ChampActivite.tabs", CODES, f"{R227};02;SSR;02;SSR;20150408000000;;20190329120000")
    new = write(tmp_path / "TRE_R227_ChampActivite.psv", "02|SMR\n06|Coordination\n")
    _, events = read(SOURCE, tmp_path, old, new)
    merged = items(events)["Concept", "TRE_R227-02"]
    assert [merged.props[name] for name in ("label", "former_labels", "valid_from")] == ["SMR", ["SSR"], date(2015, 4, 8)]
    assert [record.items[0] for record in records(events)][:2] == [merged, merged]


def test_a_value_set_includes_what_its_newest_file_lists(tmp_path: Path) -> None:
    old = tabs(tmp_path, "JDV_J17-ActiviteOperationnelle-ROR.tabs", "<OID>;<Code>;<Libellé>", f"{R211};001;Un", f"{R211};003;Trois", oid="1.2.250.1.213.3.4.5")
    new = write(tmp_path / "JDV_J17_ActiviteOperationnelle_ROR.psv", "001|Un\n002|Deux\n")
    _, events = read(SOURCE, tmp_path, old, new)
    me = Ref("ValueSet", "JDV_J17")
    assert [item for record in records(events) for item in record.items if item.label == "ValueSet"] == [
        Item(
            "ValueSet",
            "JDV_J17",
            {"name": "ActiviteOperationnelle_ROR", "version": None},
            (Link("INCLUDES", me, Ref("Concept", "TRE_R211-001")), Link("INCLUDES", me, Ref("Concept", "TRE_R211-002"))),
        )
    ]


def test_a_corrected_line_is_added_to_its_value_set(tmp_path: Path) -> None:
    again = write(tmp_path / "rejects.tabs", "# rorgraph file: JDV_J17_ActiviteOperationnelle_ROR.psv\n# rorgraph: why\n001|Un\n")
    [record] = records(read(SOURCE, tmp_path, again)[1])
    assert [(item.key, item.hung) for item in record.items] == [
        ("TRE_R211-001", (Link("INCLUDES", Ref("ValueSet", "JDV_J17"), Ref("Concept", "TRE_R211-001")),))
    ]


def test_a_code_that_its_nomenclature_does_not_have_belongs_to_the_value_set(tmp_path: Path) -> None:
    codes = tabs(tmp_path, "TRE_R227-ChampActivite.tabs", CODES, f"{R227};02;SSR;02;SSR;20150408000000;;20190329120000")
    listed = tabs(tmp_path, "JDV_J20-ChampActivite-ROR.tabs", "<OID>;<Code>;<Libellé>", f"{R227};02;SSR", f"{R227};99;Autre", oid="1.2")
    found = items(read(SOURCE, tmp_path, codes, listed)[1])
    assert [key for label, key in found if label == "Concept"] == ["TRE_R227-02", "JDV_J20-99"]


def test_a_list_with_an_oid_that_nobody_knows_belongs_to_the_value_set(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, write(tmp_path / "JDV_J281_Statuts.psv", "VALIDE|Validé|1.2.3\n"))
    assert records(events)[0].items[0].key == "JDV_J281-VALIDE"


def test_a_list_with_a_header_is_read_by_its_first_two_columns(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, write(tmp_path / "J55_perimetre.psv", "code|libelle_finess|domaineROR|perimetreROR\n101|CHR|Sanitaire|Périmètre\n"))
    assert [(item.label, item.key) for item in records(events)[0].items] == [("Concept", "TRE_R66-101"), ("ValueSet", "JDV_J55")]


def broader(folder: Path, *paths: Path) -> list[tuple[str, str]]:
    found = items(read(SOURCE, folder, *paths)[1])
    return sorted((link.start.key, link.end.key) for item in found.values() for link in item.links)


def aggregates(folder: Path) -> list[Path]:
    lines = {"R63": ("5", "1000"), "R64": ("6", "1100"), "R65": ("7", "1101"), "R66": ("8", "101")}
    return [
        tabs(folder, f"TRE_{name}-X.tabs", CODES, f"1.2.250.1.213.1.6.1.{end};{code};a;b;c;;;", oid=f"1.2.250.1.213.1.6.1.{end}")
        for name, (end, code) in lines.items()
    ]


def test_each_aggregate_is_above_the_next_one(tmp_path: Path) -> None:
    columns = "<1.2.250.1.213.1.6.1.5>;<1.2.250.1.213.1.6.1.6>;<1.2.250.1.213.1.6.1.7>;<1.2.250.1.213.1.6.1.8>"
    chain = tabs(tmp_path, "ASS_X10-AgregatCategorieEtablissement.tabs", columns, "1000;1100;1101;101", oid="9")
    assert broader(tmp_path, *aggregates(tmp_path), chain) == [
        ("TRE_R64-1100", "TRE_R63-1000"),
        ("TRE_R65-1101", "TRE_R64-1100"),
        ("TRE_R66-101", "TRE_R65-1101"),
    ]


def test_a_family_is_above_its_activity(tmp_path: Path) -> None:
    family = "1.2.250.1.213.3.3.61"
    other = tabs(tmp_path, "TRE_R266-Famille.tabs", CODES, f"{family};01;a;b;c;;;", oid=family)
    pairs = tabs(tmp_path, "ASS_A14-FamilleActivite.tabs", f"<1.2.250.1.213.3.3.60>;<{family}>;<{R211}>", ";01;325", oid="9")
    assert broader(tmp_path, other, pairs) == [("TRE_R211-325", "TRE_R266-01")]


def test_a_commune_is_in_its_department_and_one_that_is_no_more_is_told(tmp_path: Path) -> None:
    oid = "1.2.250.1.213.2.23"
    towns = tabs(
        tmp_path,
        "TRE_R13-CommuneOM.tabs",
        CODES,
        f"{oid};28356;Saint-Lubin (28356);28356;Saint-Lubin;20070501000000;20180228120000;20180228120000",
        f"{oid};13201;Marseille 1 (13201);13201;Marseille 1;20070501000000;20081029000000;20081029000000",
        oid=oid,
    )
    place = tabs(tmp_path, "TRE_G09-DepartementOM.tabs", CODES, "1.2.250.1.71.1.2.16;28;a;b;c;;;", oid="1.2.250.1.71.1.2.16")
    pairs = tabs(tmp_path, "ASS_X12-CommuneDeptRegionOM.tabs", f"<{oid}>;<1.2.250.1.71.1.2.16>", "28356;28", "13201;13", oid="9")
    found = items(read(SOURCE, tmp_path, towns, place, pairs)[1])
    assert (found["Concept", "TRE_R13-13201"].hung, found["Concept", "TRE_R13-28356"].hung) == (
        (Link("IN", Ref("Commune", "13201"), Ref("Department", "13")),),
        (),
    )
    assert [item for (label, _), item in found.items() if label == "Commune"] == [
        Item(
            "Commune",
            "28356",
            {"name": "Saint-Lubin", "valid_to": date(2018, 2, 28)},
            (Link("IN", Ref("Commune", "28356"), Ref("Department", "28")),),
        )
    ]


def test_an_association_without_hierarchy_and_the_list_of_files_are_left(tmp_path: Path) -> None:
    other = tabs(tmp_path, "ASS_X02-TranscoSectAct.tabs", "<1>;<2>", "A;B")
    listing = tabs(tmp_path, "PUB_NomenclatureTable.tabs", FACTS, "1;TRE;x;y;z;;;")
    _, events = read(SOURCE, tmp_path, other, listing)
    assert events == [Left(Place(other.name, 4), "association without hierarchy"), Left(Place(listing.name, 4), "list of NOS files: no code")]


def test_a_code_with_two_contents_in_one_file_is_rejected_twice(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, write(tmp_path / "TRE_R227_ChampActivite.psv", "02|SMR\n02|SSR\n03|PSY\n"))
    assert ([row.place.line for row in rejected(events)], [record.place.line for record in records(events)]) == ([1, 2], [3])
    assert rejected(events)[0].reason == "'02' stands in this file more than once with different contents; none of them was used."


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (f"{R227};05;a;b", "", "The line has 4 fields, a TRE file has 8."),
        (f"{R227};;a;b;c;;;", "Code", "It is empty; a row names a code."),
        (f"{R227};05;a;b;c;20151308;;", "Date valid", "'20151308' or '' is no date; it is written like 20190125120000."),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected(tmp_path: Path, line: str, field: str, reason: str) -> None:
    path = tabs(tmp_path, "TRE_R227-ChampActivite.tabs", CODES, line)
    assert read(SOURCE, tmp_path, path)[1] == [Rejected(Place(path.name, 4), line, field, reason)]


def test_rejected_lines_are_read_again_with_the_head_that_the_reading_gives(tmp_path: Path) -> None:
    path = tabs(tmp_path, "TRE_R227-ChampActivite.tabs", CODES, f"{R227};05;a;b;c;;;")
    reading, events = read(SOURCE, tmp_path, path)
    again = write(tmp_path / "again.tabs", f"# rorgraph file: {path.name}\n{reading.heads[path.name]}\n# rorgraph: why\n{records(events)[0].text}\n")
    assert [record.items for record in records(read(SOURCE, tmp_path, again)[1])] == [record.items for record in records(events)]


def test_a_file_that_is_no_nomenclature_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="this is no NOS file"):
        read(SOURCE, tmp_path, write(tmp_path / "TRE_R227.psv", "code;label\n"))


def test_a_list_whose_name_says_no_nomenclature_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="its name must"):
        read(SOURCE, tmp_path, write(tmp_path / "activities.psv", "001|Un\n"))


@needs(REAL)
def test_the_real_folder_gives_every_code_once(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, REAL)
    keys = {item.key for record in records(events) for item in record.items if item.label == "Concept"}
    stated: set[str] = set()
    lines = 0
    for path in REAL.glob("tabs_2019/*.tabs"):
        body = [line for line in path.read_bytes().decode("latin-1").split("\r\n")[3:] if line]
        lines += len(body)
        if path.name.startswith("TRE"):
            stated |= {f"{re.match('TRE_[A-Z][0-9]+', path.name)[0]}-{line.split(';')[1]}" for line in body}  # type: ignore[index]
    lines += sum(len(path.read_text(encoding="utf-8").splitlines()) for path in REAL.glob("*.psv")) - 1
    assert (len(events), rejected(events), stated - keys) == (lines, [], set())
    assert {"TRE_R211-517", "TRE_R244-263", "TRE_R213-55", "JDV_J281-VALIDE"} <= keys
