"""Bed capacity: a line is what its holder counts, by location, bed zone or offer; older than the stored one is refused."""

from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadFile
from graph.keys import capacity_id
from graph.model.kinds import Value
from graph.questions import Question
from graph.reads import Row
from graph.record import Item, Link, Place, Ref, Rejected
from graph.runs import Mode
from graph.store.connection import Store
from loaders.beds import SOURCE
from loaders.pipeline import Options, load
from loaders.report import LoadReport
from tests.loaders.given import items, read, records, rejected, strangers, write
from tests.loaders.places import Asked, expected, fields, found, loaded

FULL = "lieu;finess;zone;offre;nature;statut;temporalite;genre;affectation;type_fermeture;lit_supplementaire;crise;nombre;date_maj;type_source;commentaire"
EVERY = "96/L10;;;;01;02;01;03;02;01;01;02;4;2026-01-15T08:00:00+01:00;02;Travaux"
BY_ZONE = ";960000073;Z7;;01;02;01;03;01;;;;5;2026-01-15T08:00:00+01:00;02;"
BY_OFFER = ";;;96/0010;01;02;01;03;01;;;;6;2026-01-15T08:00:00+01:00;02;"
SHORT = "lieu;nature;statut;nombre;date_maj"
LINE: dict[str, Value] = {"nature": "TRE_R329-01", "status": "TRE_R330-02"}
ZONED = """CREATE (s:GeographicEntity {id: '1960000073'}), (l:Location {id: '96/L7', external_sync_id: 'Z7'})-[:MANAGED_BY]->(s),
  (:Location {id: '96/L8', external_sync_id: 'Z8'})-[:MANAGED_BY]->(s), (:Location {id: '96/L9', external_sync_id: 'Z8'})-[:MANAGED_BY]->(s),
  (:Location {id: '96/L0', external_sync_id: 'Z7', gone_on: date('2025-01-01')})-[:MANAGED_BY]->(s)"""


class Zones:
    """A store with one location of one zone; it counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        pairs = list(zip(params["sites"], params["zones"], strict=True))
        self.asked += pairs
        return [{"site": site, "zone": zone, "location": "96/L7"} for site, zone in pairs if (site, zone) == ("1960000073", "Z7")]


def beds(folder: Path, *lines: str, head: str = SHORT, name: str = "lits.csv") -> Path:
    return write(folder / name, "\n".join((head, *lines, "")))


def sent(store: Store, folder: Path, *lines: str, mode: Mode = Mode.DELTA) -> LoadReport:
    return load(store, SOURCE, [beds(folder, *lines)], Options(mode=mode, rejects=folder / "rejects", accept_closures=True))


def counts(store: Store) -> list[int]:
    return [count for (count,) in store.stream("MATCH (c:Capacity) WHERE c.gone_on IS NULL RETURN c.count AS count ORDER BY count")]


def test_a_line_is_a_capacity_of_its_location(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, beds(tmp_path, "96/L10;01;02;4;2026-01-15T08:00:00+01:00"))
    me = Ref("Capacity", capacity_id("96/L10", LINE))
    props = {**LINE, "count": 4, "updated_at": "2026-01-15T07:00:00.000+00:00"}
    assert records(events)[0].items == (Item(*me, props, hung=(Link("HAS_CAPACITY", Ref("Location", "96/L10"), me),)),)


def test_how_many_beds_is_not_part_of_the_key(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, beds(tmp_path, "96/L1;01;02;4;2026-01-15T08:00Z"), beds(tmp_path, "96/L1;01;02;5;2026-01-15T09:00Z", name="b_lits.csv"))
    assert len(items(events)) == 1


def test_a_bare_id_is_of_the_region_that_the_command_says(tmp_path: Path) -> None:  # K-2
    _, events = read(SOURCE, tmp_path, beds(tmp_path, "L10;01;02;4;2026-01-15T08:00Z"), region="96")
    assert records(events)[0].items[0].hung[0].start == Ref("Location", "96/L10")


def test_a_zone_is_looked_up_once_for_many_lines(tmp_path: Path) -> None:
    store = Zones()
    _, events = read(SOURCE, tmp_path, beds(tmp_path, BY_ZONE, BY_ZONE.replace(";02;01;03", ";02;01;02"), head=FULL), store=store)
    assert [record.items[0].hung[0].start for record in records(events)] == [Ref("Location", "96/L7")] * 2
    assert store.asked == [("1960000073", "Z7")]


def test_an_offer_may_hold_beds_itself(tmp_path: Path) -> None:
    [record] = records(read(SOURCE, tmp_path, beds(tmp_path, BY_OFFER, head=FULL))[1])
    assert record.items[0].hung[0].start == Ref("Offer", "96/0010")


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-01-15T08:00:00+01:00", "2026-01-15T07:00:00.000+00:00"),
        ("2026-01-15 08:00", "2026-01-15T07:00:00.000+00:00"),
        ("15/07/2026 08:00", "2026-07-15T06:00:00.000+00:00"),
        ("15/07/2026 08:00:30", "2026-07-15T06:00:30.000+00:00"),
        ("2026-01-15T08:00:00Z", "2026-01-15T08:00:00.000+00:00"),
    ],
)
def test_a_time_without_zone_is_on_the_clock_of_paris(tmp_path: Path, written: str, utc: str) -> None:
    [record] = records(read(SOURCE, tmp_path, beds(tmp_path, f"96/L10;01;02;4;{written}"))[1])
    assert record.items[0].props["updated_at"] == utc


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (";01;02;4;2026-01-15T08:00Z", "lieu", "Nothing says whose beds they are. Needed: lieu, or finess and zone, or offre."),
        ("96/L1;;02;4;2026-01-15T08:00Z", "nature", "It is empty; a line says what is counted (nature) and in which state (statut)."),
        ("96/L1;01;;4;2026-01-15T08:00Z", "statut", "It is empty; a line says what is counted (nature) and in which state (statut)."),
    ],
)
def test_a_line_without_a_holder_or_a_kind_is_rejected(tmp_path: Path, line: str, field: str, reason: str) -> None:
    assert read(SOURCE, tmp_path, beds(tmp_path, line))[1] == [Rejected(Place("lits.csv", 2), line, field, reason)]


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("96/L1;01;02;-4;2026-01-15T08:00Z", "nombre", "'-4' is not a number of beds or places from 0 to 100,000."),
        (
            "96/L1;01;02;4;2026-01-15",
            "date_maj",
            "'2026-01-15' is no day and hour, like 2026-01-15T08:00:00+01:00 or 15/01/2026 08:00 (then on the clock of Paris).",
        ),
    ],
)
def test_a_line_whose_number_or_time_cannot_be_read_spares_its_capacity(tmp_path: Path, line: str, field: str, reason: str) -> None:
    about = Ref("Capacity", capacity_id("96/L1", LINE))
    assert read(SOURCE, tmp_path, beds(tmp_path, line))[1] == [Rejected(Place("lits.csv", 2), line, field, reason, about)]


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (BY_OFFER.replace(";;;96", "96/L1;;;96"), "offre", "A line is of a location or of an offer, not of both."),
        (BY_ZONE.replace("960000073", ""), "finess", "'' has 0 characters, a FINESS number has 9 (were leading zeros lost?)."),
        (
            BY_ZONE.replace("Z7", "Z6"),
            "zone",
            "No location of the site with the bed zone 'Z6' is loaded; load its ROR before, or give the location's id in lieu.",
        ),
        (BY_ZONE.replace("Z7", "Z8"), "zone", "2 locations of the site bear the bed zone 'Z8'; say which one by its id in lieu."),
    ],
)
def test_a_holder_that_cannot_be_told_is_rejected(embedded_store: Store, tmp_path: Path, line: str, field: str, reason: str) -> None:
    embedded_store.write([(ZONED, {})])
    [row] = rejected(read(SOURCE, tmp_path, beds(tmp_path, line, head=FULL), store=embedded_store)[1])
    assert (row.field, row.reason) == (field, reason)


def test_a_zone_finds_the_live_location_of_its_site(store: Store, tmp_path: Path) -> None:
    store.write([(ZONED, {})])
    [record] = records(read(SOURCE, tmp_path, beds(tmp_path, BY_ZONE, head=FULL), store=store)[1])
    assert record.items[0].hung[0].start == Ref("Location", "96/L7")


@pytest.mark.parametrize(
    ("head", "says"),
    [("nature;statut;nombre;date_maj", "no column says whose beds they are"), ("lieu;nature;nombre;date_maj", "no column statut")],
)
def test_a_header_that_lacks_what_is_needed_is_refused(tmp_path: Path, head: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(SOURCE, tmp_path, beds(tmp_path, "x", head=head))


def test_every_field_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    embedded_store.write([(ZONED, {})])
    loaded(embedded_store, SOURCE, tmp_path, beds(tmp_path, EVERY, BY_ZONE, BY_OFFER, head=FULL))
    mine = "MATCH (l:Location {id: '96/L10'})-[:HAS_CAPACITY]->(c:Capacity) RETURN c."
    asked: dict[str, Asked] = {
        "lieu": (f"{mine}count", 4),
        "finess, zone": ("MATCH (l:Location {id: '96/L7'})-[:HAS_CAPACITY]->(c) RETURN c.count", 5),
        "offre": ("MATCH (o:Offer {id: '96/0010'})-[:HAS_CAPACITY]->(c) RETURN c.count", 6),
        "nature": (f"{mine}nature", "TRE_R329-01"),
        "statut": (f"{mine}status", "TRE_R330-02"),
        "temporalite": (f"{mine}temporality", "TRE_R331-01"),
        "genre": (f"{mine}gender", "TRE_R332-03"),
        "affectation": (f"{mine}assignment", "TRE_R337-02"),
        "type_fermeture": (f"{mine}closing_type", "TRE_R333-01"),
        "lit_supplementaire": (f"{mine}extra_bed", "TRE_R334-01"),
        "crise": (f"{mine}crisis", "TRE_R336-02"),
        "nombre": (f"{mine}count", 4),
        "date_maj": (f"{mine}updated_at", "2026-01-15T07:00:00.000+00:00"),
        "type_source": (f"{mine}source_type", "TRE_R335-02"),
        "commentaire": (f"{mine}comment", "Travaux"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "capacity"))


def test_a_holder_that_is_not_loaded_is_a_stub(embedded_store: Store, tmp_path: Path) -> None:  # M-10
    sent(embedded_store, tmp_path, "96/L10;01;02;4;2026-01-15T08:00Z")
    assert [list(row) for row in embedded_store.stream("MATCH (l:Location) RETURN l.id AS id, l.stub AS stub")] == [["96/L10", True]]


def test_an_older_line_is_refused_and_counted(store: Store, tmp_path: Path) -> None:  # M-8
    sent(store, tmp_path, "96/L10;01;02;4;2026-01-15T08:00Z", "96/L11;01;02;1;2026-01-15T08:00Z")
    report = sent(store, tmp_path, "96/L10;01;02;9;2026-01-15T07:59Z", "96/L11;01;02;2;2026-01-15T09:00Z")
    assert (report.rejected, report.updated, counts(store)) == (1, 1, [2, 4])


def test_a_delta_ends_nothing_and_a_full_file_ends_what_it_no_longer_holds(embedded_store: Store, tmp_path: Path) -> None:  # M-6, M-7
    first, second = "96/L10;01;02;4;2026-01-15T08:00Z", "96/L10;01;01;12;2026-01-15T08:00Z"
    sent(embedded_store, tmp_path, first, second, mode=Mode.FULL)
    sent(embedded_store, tmp_path, first)
    after_delta = counts(embedded_store)
    report = sent(embedded_store, tmp_path, first, mode=Mode.FULL)
    assert (after_delta, counts(embedded_store), report.gone) == ([4, 12], [4], {"Capacity": 1})


def test_the_sample_of_the_region_says_only_what_the_model_has(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, Path(__file__).parents[2] / "data" / "region" / "beds")
    assert (len(records(events)), rejected(events), strangers(events)) == (6, [], [])
