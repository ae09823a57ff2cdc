"""SMR establishments: being listed is evidence about a site or an entity, and makes no offer."""

import gzip
import json
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.model.kinds import Value
from graph.record import Item, Link, Place, Ref, Rejected
from graph.store.connection import Store
from loaders.smr import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, strangers, write
from tests.loaders.places import expected, fields, found, loaded
from tests.shared import SHARED

REAL = SHARED / "smr"
SITE = '"960000073": {"raison_sociale": "CLINIQUE", "categorie": "Privé", "nofinesset": "960000073", "nofinessej": "967800004"}'
ENTITY = '"967800004": {"raison_sociale": "CH DE BRUME", "categorie": "CH", "nofinesset": "960000149", "nofinessej": "967800004"}'


def listed(folder: Path, *entries: str, name: str = "smr_establishments_2024.json") -> Path:
    return write(folder / name, "{\n  " + ",\n  ".join(entries) + "\n}\n")


def test_an_entry_is_a_listing_about_its_site(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, listed(tmp_path, SITE))
    me = Ref("Listing", "smr-2024/960000073")
    props: dict[str, Value] = {"list": "smr-2024", "year": 2024, "name": "CLINIQUE", "category": "Privé"}
    assert records(events)[0].items == (Item(*me, props, (Link("ABOUT", me, Ref("GeographicEntity", "1960000073")),)),)
    assert (reading.stamp, reading.asserts) == ("smr:2024", ("Listing",))


def test_a_key_may_be_the_number_of_an_entity(tmp_path: Path) -> None:
    [record] = records(read(SOURCE, tmp_path, listed(tmp_path, ENTITY))[1])
    assert [link.end for link in record.items[0].links] == [Ref("LegalEntity", "1967800004")]


def test_an_entry_stands_at_the_line_of_its_key(tmp_path: Path) -> None:
    assert [record.place.line for record in records(read(SOURCE, tmp_path, listed(tmp_path, SITE, ENTITY))[1])] == [2, 3]


def test_a_field_without_a_place_is_counted(tmp_path: Path) -> None:
    reading, _ = read(SOURCE, tmp_path, listed(tmp_path, SITE.replace("}", ', "telephone": "0536490001"}')))
    assert reading.notes.unplaced == {"telephone": 1}


@pytest.mark.parametrize(
    ("entry", "field", "reason"),
    [
        ('"96000073": {}', "", "'96000073' has 8 characters, a FINESS number has 9 (were leading zeros lost?)."),
        ('"960000073": []', "", "What is said of the establishment must be an object with its fields."),
        ('"960000073": {"categorie": 1}', "categorie", "It must be a text."),
    ],
)
def test_an_entry_that_cannot_be_used_is_rejected(tmp_path: Path, entry: str, field: str, reason: str) -> None:
    name = "smr_establishments_2024.json"
    assert read(SOURCE, tmp_path, listed(tmp_path, entry))[1] == [Rejected(Place(name, 2), "{" + entry + "}", field, reason)]


def test_rejected_entries_are_read_again(tmp_path: Path) -> None:
    again = write(tmp_path / "rejects.json", f"# rorgraph file: smr_establishments_2024.json\n# rorgraph: why\n{{{SITE}}}\n# rorgraph: why\n{{{ENTITY}}}\n")
    assert [record.items[0].key for record in records(read(SOURCE, tmp_path, again)[1])] == ["smr-2024/960000073", "smr-2024/967800004"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"960000073": {', "line 1: .*enclosed in double quotes"),
        ('{"960000073": ' + "1" * 5000 + "}", "line 1: .*a number is too long"),
        ('{"960000073": "\\ud800"}', "half a character"),
        ("[1]", "'{' is expected"),
        ('{"960000073" {}}', "':' is expected"),
        ('{"960000073": {} "x": {}}', "a comma or the end of the object is expected"),
        ('{1: {}}', "a key in double quotes is expected"),
        ('{"960000073": ' + "[" * 200_000 + "}", "nested too deep"),
    ],
)  # fmt: skip
def test_what_is_no_json_object_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(SOURCE, tmp_path, write(tmp_path / "smr_2024.json", text))


def test_a_file_without_a_year_in_its_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="its name must hold the year of the list"):
        read(SOURCE, tmp_path, listed(tmp_path, SITE, name="smr_list.json"))


def test_lists_of_two_years_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="several years: 2023, 2024"):
        read(SOURCE, tmp_path, *(listed(tmp_path, SITE, name=f"smr_{year}.json") for year in (2024, 2023)))


def test_every_field_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    loaded(embedded_store, SOURCE, tmp_path, listed(tmp_path, SITE, ENTITY))
    mine = "MATCH (l:Listing {id: 'smr-2024/960000073'})"
    asked = {
        "(year in the file's name)": (f"{mine} RETURN l.list + ' ' + l.year", "smr-2024 2024"),
        "(key)": (f"{mine}-[:ABOUT]->(s:GeographicEntity) RETURN s.id + ' ' + s.stub", "1960000073 true"),
        "raison_sociale": (f"{mine} RETURN l.name", "CLINIQUE"),
        "categorie": (f"{mine} RETURN l.category", "Privé"),
        "nofinesset, nofinessej": ("MATCH (l:Listing)-[:ABOUT]->(e:LegalEntity) RETURN e.id", "1967800004"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "establishments"))


@needs(REAL)
def test_the_real_list_gives_every_establishment_once(tmp_path: Path) -> None:
    direct = json.loads(gzip.decompress((REAL / "smr_establishments_2024.json.gz").read_bytes()))
    _, events = read(SOURCE, tmp_path, REAL)
    made = items(events)
    assert (len(made), len(events), rejected(events), strangers(events)) == (len(direct), len(direct), [], [])
    entities = sum(link.end.label == "LegalEntity" for item in made.values() for link in item.links)
    assert entities == sum(said.get("nofinessej") == key != said.get("nofinesset") for key, said in direct.items())
