"""Several sources that state one object: who leads, what the others' loads write, what happens when the leader leaves (M-2, M-3, M-5), on both servers."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from graph.record import Event
from graph.runs import Mode
from graph.store.connection import Store
from tests.loading.build import one
from tests.loading.several import (
    DAY_1,
    DAY_2,
    DAY_3,
    FINESS,
    INVENTORY,
    NATIONAL,
    OTHER_REGION,
    REGIONAL,
    beds,
    concept,
    live,
    offer,
    say,
    structure,
)  # fmt: skip

Sayings = list[tuple[tuple[str, int], list[Event]]]
OFFER = "MATCH (o:Offer {id: '11/1'}) RETURN [o.name, o.comment, o.source, o.gone_on IS NULL]"
LINKS = (
    "MATCH (:Offer {id: '11/1'})-[r]->(x) WHERE r.gone_on IS NULL WITH type(r) + ' ' + coalesce(x.id, x.code) + ' ' + r.source AS found "
    "ORDER BY found RETURN collect(found)"
)
WHOLE: Sayings = [
    (NATIONAL, [offer("n1", "NATIONAL", acts=["A"], phones=["01"], application="ROR-NAT")]),
    (REGIONAL, [offer("r1", "REGIONAL", comment="ours", acts=["A", "B"], phones=["02"], application="ROR-IDF")]),
    (OTHER_REGION, [offer("b1", "BRETAGNE", acts=["C"], application="ROR-BRE")]),
]
MERGED: Sayings = [
    (FINESS, [structure(finess="000000001", name="CH", latitude=1.0, longitude=2.0, communes=["01001"], phones={"01": "register", "02": "register"})]),
    (
        NATIONAL,
        [structure("n1", name="Centre", comment="access by the yard", closed_on=date(2025, 1, 1), communes=["01002"], phones={"01": "national"})],
    ),
    (
        REGIONAL,
        [structure("r1", name="Site", drop_zone="roof", latitude=3.0, longitude=4.0, point_reliable=True, communes=["01003"], phones={"02": "regional"})],
    ),
]


@pytest.mark.parametrize("sayings", [WHOLE, MERGED], ids=["whole", "merged"])
def test_the_order_of_loading_makes_no_difference(store: Store, tmp_path: Path, sayings: Sayings) -> None:
    found = []
    for order in permutations(sayings):
        store.write([("MATCH (n) WHERE NOT n:SchemaState DETACH DELETE n", {})])
        for who, rows in order:
            say(store, tmp_path, who, rows)
        found.append(live(store))
    assert found == [found[0]] * len(found)


def test_the_leader_gives_a_whole_label_and_each_source_its_own_relations(store: Store, tmp_path: Path) -> None:
    for who, rows in WHOLE:
        say(store, tmp_path, who, rows)
    assert one(store, OFFER) == ["NATIONAL", None, "ror:ROR-NAT", True]
    assert one(store, LINKS) == [
        "HAS_TELECOM 11/1#01 ror:ROR-NAT", "SOURCED_FROM ROR-BRE ror:ROR-BRE", "SOURCED_FROM ROR-IDF ror:ROR-IDF", "SOURCED_FROM ROR-NAT ror:ROR-NAT",
        "SPECIALISED_IN A ror:ROR-NAT",
    ]  # fmt: skip


def test_when_the_leader_leaves_the_next_in_rank_gives_its_values_in_the_same_load(store: Store, tmp_path: Path) -> None:
    for who, rows in WHOLE:
        say(store, tmp_path, who, rows)
    say(store, tmp_path, NATIONAL, [offer("n2", key="11/2")])
    assert one(store, OFFER) == ["BRETAGNE", None, "ror:ROR-BRE", True]  # of one rank: by name
    say(store, tmp_path, OTHER_REGION, [offer("b2", key="53/2")])
    assert one(store, OFFER) == ["REGIONAL", "ours", "ror:ROR-IDF", True]
    assert one(store, LINKS) == [
        "HAS_TELECOM 11/1#02 ror:ROR-IDF", "SOURCED_FROM ROR-IDF ror:ROR-IDF", "SPECIALISED_IN A ror:ROR-IDF", "SPECIALISED_IN B ror:ROR-IDF",
    ]  # fmt: skip
    assert one(store, "MATCH (t:Telecom) WHERE t.gone_on IS NULL RETURN collect(t.value)") == ["02"]


@pytest.mark.parametrize("sayings", [WHOLE, MERGED], ids=["whole", "merged"])
def test_a_source_that_leaves_leaves_nothing_of_it(store: Store, tmp_path: Path, sayings: Sayings) -> None:
    for who, rows in sayings:
        say(store, tmp_path, who, rows)
    say(store, tmp_path, sayings[0][0], [offer("x", key="x")])
    without = live(store)
    store.write([("MATCH (n) WHERE NOT n:SchemaState DETACH DELETE n", {})])
    say(store, tmp_path, sayings[0][0], [offer("x", key="x")])
    for who, rows in sayings[1:]:
        say(store, tmp_path, who, rows)
    assert without == live(store)


@pytest.mark.parametrize("sayings", [WHOLE, MERGED], ids=["whole", "merged"])
def test_several_sources_loaded_again_change_nothing(store: Store, tmp_path: Path, sayings: Sayings) -> None:  # invariant 1
    for who, rows in sayings:
        say(store, tmp_path, who, rows)
    before = live(store)
    counts = [(report.unchanged, report.created, report.updated) for who, rows in sayings for report in [say(store, tmp_path, who, rows)]]
    assert counts == [(1, 0, 0)] * 3
    assert live(store) == before


def test_a_merged_label_has_the_first_value_that_is_not_empty(store: Store, tmp_path: Path) -> None:
    for who, rows in MERGED:
        say(store, tmp_path, who, rows)
    site = "MATCH (s:GeographicEntity) RETURN [s.name, s.comment, s.drop_zone, s.closed_on, s.source]"
    assert one(store, site) == ["CH", "access by the yard", "roof", None, "finess"]  # open, since the register that asserts it says nothing of a closing
    assert one(store, "MATCH (s:GeographicEntity) RETURN [s.latitude, s.longitude, s.point_reliable]") == [3.0, 4.0, True]


def test_each_tier_has_a_leader_for_relations_of_a_merged_label(store: Store, tmp_path: Path) -> None:
    for who, rows in MERGED:
        say(store, tmp_path, who, rows)
    towns = "MATCH (:GeographicEntity)-[r:LOCATED_IN]->(c) WHERE r.gone_on IS NULL WITH c.code AS code ORDER BY code RETURN collect(code)"
    assert one(store, towns) == ["01001", "01002"]


def test_an_owned_node_of_two_sources_ends_with_the_last_relation_to_it(store: Store, tmp_path: Path) -> None:
    def phone() -> object:
        return one(store, "MATCH (t:Telecom {value: '01'}) RETURN [t.gone_on IS NULL, t.usage, t.source]")

    for who, rows in MERGED[:2]:
        say(store, tmp_path, who, rows)
    assert phone() == [True, "register", "finess"]
    say(store, tmp_path, FINESS, [structure(finess="000000001", name="CH")])
    assert phone() == [True, "national", "ror:ROR-NAT"]
    say(store, tmp_path, NATIONAL, [structure("n1", name="Centre")])
    assert phone() == [False, "national", "ror:ROR-NAT"]


def test_the_model_names_who_leads_whatever_the_rank(store: Store, tmp_path: Path) -> None:  # Concept: NOS before FINESS
    for who, label in ((FINESS, "of FINESS"), (("nos", 30), "of NOS")):
        say(store, tmp_path, who, [concept("TRE_R66-355", label=label)])
    assert one(store, "MATCH (c:Concept {id: 'TRE_R66-355'}) RETURN [c.label, c.source]") == ["of NOS", "nos"]


def test_without_a_record_the_next_load_of_the_next_in_rank_gives_its_values(store: Store, tmp_path: Path) -> None:
    for who, name in ((FINESS, "LEADER"), (INVENTORY, "NEXT")):
        say(store, tmp_path, who, [offer("", name)])
    say(store, tmp_path, FINESS, [offer("", key="x")])
    assert one(store, OFFER) == ["LEADER", None, "finess", True]
    assert say(store, tmp_path, INVENTORY, [offer("", "NEXT")]).updated == 1
    assert one(store, OFFER) == ["NEXT", None, "inventory", True]


def test_a_source_whose_rank_has_changed_yields_to_the_next(store: Store, tmp_path: Path) -> None:
    say(store, tmp_path, ("ror:ROR-IDF", 70), WHOLE[1][1])
    say(store, tmp_path, OTHER_REGION, WHOLE[2][1])
    assert one(store, OFFER)[0] == "REGIONAL"
    assert say(store, tmp_path, ("ror:ROR-IDF", 90), WHOLE[1][1]).updated == 1
    assert one(store, OFFER) == ["BRETAGNE", None, "ror:ROR-BRE", True]
    assert one(store, LINKS) == ["SOURCED_FROM ROR-BRE ror:ROR-BRE", "SOURCED_FROM ROR-IDF ror:ROR-IDF", "SPECIALISED_IN C ror:ROR-BRE"]


CAPACITY = "MATCH (c:Capacity {id: '11/1#beds'}) RETURN [c.count, c.updated_at, c.gone_on IS NULL]"


def test_the_newest_capacity_counts_whoever_says_it(store: Store, tmp_path: Path) -> None:
    say(store, tmp_path, NATIONAL, [offer("n1", beds=[(10, DAY_2)])])
    say(store, tmp_path, ("beds", 65), [beds(9, DAY_3)], Mode.DELTA, ["Capacity"])
    assert one(store, CAPACITY) == [9, DAY_3, True]
    say(store, tmp_path, NATIONAL, [offer("n1", "new name", beds=[(11, DAY_2)])])
    assert one(store, CAPACITY) == [9, DAY_3, True]


def test_a_capacity_older_than_what_is_stored_is_refused_and_counted(store: Store, tmp_path: Path) -> None:
    say(store, tmp_path, NATIONAL, [offer("n1", beds=[(10, DAY_2)])])
    report = say(store, tmp_path, ("beds", 65), [beds(9, DAY_1)], labels=["Capacity"])
    assert (report.rejected, one(store, CAPACITY)) == (1, [10, DAY_2, True])
    assert "updated_at: It is of 2026-01-01T00:00:00.000+00:00, older than what is stored (2026-01-02T00:00:00.000+00:00)." in (
        tmp_path / "rejects.csv"
    ).read_text(encoding="utf-8")


def test_of_equal_instants_the_bed_file_counts(store: Store, tmp_path: Path) -> None:
    sayings: Sayings = [(NATIONAL, [offer("n1", beds=[(10, DAY_2)])]), (("beds", 65), [beds(9, DAY_2)])]
    for order in (sayings, sayings[::-1]):
        store.write([("MATCH (n) WHERE NOT n:SchemaState DETACH DELETE n", {})])
        for who, rows in order:
            say(store, tmp_path, who, rows, labels=["Capacity"] if who[0] == "beds" else ["Offer"])
        assert one(store, CAPACITY) == [9, DAY_2, True]


def test_a_capacity_that_the_bed_file_leaves_has_the_value_of_its_holder_again(store: Store, tmp_path: Path) -> None:
    say(store, tmp_path, NATIONAL, [offer("n1", beds=[(10, DAY_1)])], labels=["Offer"])
    say(store, tmp_path, ("beds", 65), [beds(9, DAY_2), beds(1, DAY_1, "11/2#beds")], labels=["Capacity"])
    say(store, tmp_path, ("beds", 65), [beds(1, DAY_1, "11/2#beds")], labels=["Capacity"])
    assert one(store, CAPACITY) == [10, DAY_1, True]
