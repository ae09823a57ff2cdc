"""SAE tables as a source: what hangs on an offer, what is left, which files go together."""

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.keys import capacity_id
from graph.model.kinds import Value
from graph.record import Item, Left, Link, Owned, Place, Ref, Rejected
from loaders.sae.places import ID_COLUMNS
from loaders.sae.rules import read_mapping
from loaders.sae.source import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, write
from tests.shared import SHARED

REAL = SHARED / "sae_2023"
SITE = {"AN": "2023", "FI": "010000024", "FI_EJ": "010780054"}


def table(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    """A table with the columns that its rules need."""
    mapping = read_mapping()
    known = ID_COLUMNS if name == "ID" else mapping.columns(name) if name in mapping.rules else frozenset[str]()
    columns = sorted(known | {"BOR", "AN", "FI"})
    lines = [columns, *([({"BOR": name} | SITE | row).get(column, "") for column in columns] for row in rows)]
    return write(folder / f"{name}_2023r.csv", "\n".join(";".join(line) for line in lines).encode("latin-1"))


def test_a_row_becomes_its_offer_with_activity_capacity_and_site(tmp_path: Path) -> None:
    path = table(tmp_path, "USLD", {"JOU": "9000", "LIT": "30"})
    _, events = read(SOURCE, tmp_path, path)
    [record] = records(events)
    [item] = record.items
    me = Ref("Offer", "SAE-2023/010000024/USLD-USLD")
    beds: dict[str, Value] = {"nature": "TRE_R329-01", "status": "TRE_R330-01", "temporality": "TRE_R331-01", "count": 30}
    assert item == Item(
        "Offer",
        me.key,
        {
            "name": "Unité de soins de longue durée",
            "field_of_activity": "TRE_R227-01",
            "care_mode": "TRE_R213-28",
            "offer_type": "TRE_R244-249",
            "min_age": None,
            "max_age": None,
            "age_unit": None,
            "sensitive_unit": None,
            "origin": "OBSERVED",
            "evidence": "declared",
            "evidence_date": date(2023, 12, 31),
            "evidence_detail": item.props["evidence_detail"],
        },
        (Link("OFFERED_BY", me, Ref("GeographicEntity", "1010000024")), Link("HAS_ACTIVITY", me, Ref("Concept", "TRE_R211-333"))),
        (Owned("HAS_CAPACITY", Ref("Capacity", capacity_id(me.key, beds)), beds),),
        (Link("PART_OF", Ref("GeographicEntity", "1010000024"), Ref("LegalEntity", "1010780054")),),
    )


def test_the_capacity_keeps_its_key_when_the_count_changes() -> None:
    line: dict[str, Value] = {"nature": "TRE_R329-01", "status": "TRE_R330-01", "temporality": "TRE_R331-01"}
    assert capacity_id("x", {**line, "count": 1}) == capacity_id("x", {**line, "count": 2})


def test_id_hangs_the_commune_of_a_site_on_its_offers(tmp_path: Path) -> None:
    places = table(tmp_path, "ID", {"RS": "CHU", "DEP": "9A", "COMINSEE": "9A101"})
    _, events = read(SOURCE, tmp_path, table(tmp_path, "USLD", {"JOU": "9000"}), places)
    [record] = records(events)
    assert record.items[0].hung[1] == Link("LOCATED_IN", Ref("GeographicEntity", "1010000024"), Ref("Commune", "97101"))
    assert events[1] == Left(Place("ID_2023r.csv", 2), "ID: places of sites")


def test_the_figures_of_a_whole_entity_hang_on_it_without_place(tmp_path: Path) -> None:
    path = table(tmp_path, "IMAGES", {"FI": "010780054", "EQUIPIMA": "SCAN", "NBEXP": "1"})
    [record] = records(read(SOURCE, tmp_path, path)[1])
    assert (record.items[0].links[0].end, record.items[0].hung) == (Ref("LegalEntity", "1010780054"), ())


def test_a_row_that_makes_no_offer_is_left_by_its_rule(tmp_path: Path) -> None:
    path = table(tmp_path, "USLD", {"JOU": ""})
    assert read(SOURCE, tmp_path, path)[1] == [Left(Place(path.name, 2), "USLD-no-activity")]


def test_a_table_that_no_rule_reads_is_left(tmp_path: Path) -> None:
    path = table(tmp_path, "PERINAT", {})
    assert read(SOURCE, tmp_path, path)[1] == [Left(Place(path.name, 2), "table PERINAT: not read")]


def test_a_rule_reads_the_site_in_another_table(tmp_path: Path) -> None:
    stroke = table(tmp_path, "MCOAVC", {"UNV": "1", "LIT_UNV": "20"})
    beds = table(tmp_path, "REA", {"UNI": "SIUNV", "LIT": "8"})
    _, events = read(SOURCE, tmp_path, stroke, beds)
    counts = [(item.key.rpartition("/")[2], item.owned[0].props["count"]) for record in records(events) for item in record.items]
    assert counts == [("MCOAVC-UNV", 8), ("MCOAVC-BEDS", 12)]


def test_a_table_without_the_one_that_its_rules_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as problem:
        read(SOURCE, tmp_path, table(tmp_path, "MCOAVC", {"UNV": "1"}))
    assert str(problem.value) == "The rules of table MCOAVC read REA too, which is not given. Load the tables together."


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({"FI": "1000024"}, "FI", "'1000024' has 7 characters, a FINESS number has 9 (were leading zeros lost?)."),
        ({"JOU": "many"}, "JOU", "'many' is not a number."),
        ({"AN": "2022"}, "AN", "'2022' is another year than the first row's, 2023; an offer's id holds it."),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected(tmp_path: Path, row: dict[str, str], field: str, reason: str) -> None:
    _, events = read(SOURCE, tmp_path, table(tmp_path, "USLD", {}, row))
    assert [(one.place.line, one.field, one.reason) for one in rejected(events)] == [(3, field, reason)]
    assert isinstance(events[1], Rejected)


def test_tables_of_two_years_are_refused(tmp_path: Path) -> None:
    old = table(tmp_path / "old", "USLD", {"AN": "2022"})
    with pytest.raises(BadFile, match="The files are of several years: 2022, 2023"):
        read(SOURCE, tmp_path, old, table(tmp_path, "PALIA", {}))


@needs(REAL)
def test_the_real_tables_give_each_offer_once_and_account_for_each_row(tmp_path: Path) -> None:
    lines = sum(len(gzip.decompress(path.read_bytes()).split(b"\n")) - 2 for path in REAL.glob("*.csv.gz"))
    _, events = read(SOURCE, tmp_path, REAL)
    offers = Counter(item.key for record in records(events) for item in record.items)
    assert (len(events), rejected(events), max(offers.values())) == (lines, [], 1)
    assert sum(key.endswith("/MCOAVC-UNV") for key in offers) == 147
    assert len(items(events)) == len(offers)
