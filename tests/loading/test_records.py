"""SourceRecords, stale rows, open ends and moved records (M-1, M-7, M-8, M-10, M-12), on both servers."""

import json
from datetime import date
from pathlib import Path

import orjson

from graph.matches import MatchState
from graph.record import Dangling, Item, Link, Ref, Said
from graph.runs import Mode, Run
from graph.store.connection import Store
from graph.writing.lease import lease
from graph.writing.matches import Match, withdraw_matches, write_matches
from graph.writing.stamps import Stamps
from tests.loading.build import one
from tests.loading.several import DAY_1, DAY_2, DAY_3, FINESS, NATIONAL, REGIONAL, live, offer, row, say, structure

RECORD = "MATCH (s:SourceRecord {id: $id})-[d:DESCRIBES]->(n) WHERE d.gone_on IS NULL RETURN [n.id, s.gone_on IS NULL]"


def test_a_record_keeps_what_its_source_says(store: Store, tmp_path: Path) -> None:  # M-1
    said = offer("n1", "SMR", acts=["A"], source_region="11", updated_at=DAY_1, opened_on=date(2020, 1, 2), stated={"stated_parent": "12"})
    say(store, tmp_path, NATIONAL, [said])
    found = one(store, "MATCH (s:SourceRecord)-[:DESCRIBES]->(:Offer {id: '11/1'}) RETURN properties(s)")
    statement = orjson.loads(found.pop("statement"))
    assert {name: value for name, value in found.items() if name not in ("run", "first_seen", "last_seen")} == {
        "id": "ror:ROR-NAT/HealthcareService/n1", "type": "HealthcareService", "source_id": "n1", "region": "11", "stated_parent": "12",
        "updated_at": DAY_1, "source": "ror:ROR-NAT",
    }  # fmt: skip
    assert statement[0] == [["name", "SMR"], ["opened_on", "2020-01-02"], ["source_region", "11"], ["updated_at", DAY_1]]
    assert statement[1] == [["SPECIALISED_IN", "Concept", "A", []]]


def test_a_follower_keeps_its_record_current(store: Store, tmp_path: Path) -> None:
    for who, name in ((NATIONAL, "A"), (REGIONAL, "B"), (REGIONAL, "C")):
        say(store, tmp_path, who, [offer("1", name)])
    said = one(store, "MATCH (s:SourceRecord {id: 'ror:ROR-IDF/HealthcareService/1'}) RETURN s.statement")
    assert (json.loads(said)[0], one(store, "MATCH (o:Offer) RETURN o.name")) == ([["name", "C"]], "A")


def test_a_record_goes_with_its_source_and_comes_back(store: Store, tmp_path: Path) -> None:  # M-5
    record = "MATCH (s:SourceRecord {source_id: 'r1'}) RETURN [s.first_seen, s.gone_on IS NULL]"
    say(store, tmp_path, NATIONAL, [offer("n1")])
    say(store, tmp_path, REGIONAL, [offer("r1"), offer("r2", key="11/2", line=2)])
    seen, _ = one(store, record)
    say(store, tmp_path, REGIONAL, [offer("r2", key="11/2")])
    assert one(store, record) == [seen, False]
    assert one(store, "MATCH (o:Offer {id: '11/1'}) RETURN o.gone_on IS NULL") is True
    say(store, tmp_path, REGIONAL, [offer("r1"), offer("r2", key="11/2", line=2)])
    assert one(store, record) == [seen, True]


def test_one_record_of_two_objects_rejects_both(store: Store, tmp_path: Path) -> None:  # M-9
    report = say(store, tmp_path, NATIONAL, [offer("n1", line=1), offer("n1", key="11/2", line=2), offer("n3", key="11/3", line=3)])
    assert (report.created, report.rejected) == (1, 2)


def test_the_key_of_a_person_stands_in_no_message(store: Store, tmp_path: Path) -> None:
    rows = [row(Item("Professional", "810000000001", {"family_name": name}), line=line) for line, name in enumerate(("A", "B"), 1)]
    assert say(store, tmp_path, ("annuaire", 22), rows, labels=["Professional"]).rejected == 2
    assert "# rorgraph: f.json, line 1: The key stands in this file with two contents (also: f.json, line 2)." in (tmp_path / "rejects.csv").read_text()


def test_an_older_statement_of_a_source_is_rejected_and_its_object_spared(store: Store, tmp_path: Path) -> None:  # M-8
    say(store, tmp_path, NATIONAL, [offer("n1", "new", updated_at=DAY_2), offer("n2", key="11/2", line=2)])
    for mode in (Mode.FULL, Mode.DELTA):
        report = say(store, tmp_path, NATIONAL, [offer("n1", "old", updated_at=DAY_1), offer("n2", key="11/2", line=2)], mode)
        assert (report.unchanged, report.rejected, report.gone) == (1, 1, {})
        assert one(store, "MATCH (o:Offer {id: '11/1'}) RETURN [o.name, o.gone_on]") == ["new", None]
    assert say(store, tmp_path, NATIONAL, [offer("n1", "newer", updated_at=DAY_3)], Mode.DELTA).updated == 1


def test_a_statement_older_than_that_of_another_source_is_no_stale_one(store: Store, tmp_path: Path) -> None:  # M-8
    say(store, tmp_path, NATIONAL, [offer("n1", updated_at=DAY_2)])
    assert say(store, tmp_path, REGIONAL, [offer("r1", updated_at=DAY_1)]).rejected == 0


def test_days_and_instants_are_compared_as_far_as_both_go(store: Store, tmp_path: Path) -> None:  # M-8
    say(store, tmp_path, FINESS, [structure(name="A", updated_at=date(2026, 1, 2))])
    assert say(store, tmp_path, FINESS, [structure(name="B", updated_at=date(2026, 1, 2))]).updated == 1
    assert say(store, tmp_path, FINESS, [structure(name="C", updated_at=date(2026, 1, 1))]).rejected == 1


OPEN = "MATCH (d:Dangling) WHERE d.gone_on IS NULL WITH d.end_id AS end ORDER BY end RETURN collect(end)"
OFFERED = "MATCH (:Offer)-[r:OFFERED_BY]->(s) WHERE r.gone_on IS NULL RETURN collect([s.id, r.source, r.source_rank])"


def test_a_relation_to_a_logical_id_is_kept_reported_and_made_when_its_end_is_known(store: Store, tmp_path: Path) -> None:  # M-10
    report = say(store, tmp_path, NATIONAL, [offer("n1", dangling=["Organization/47", "Organization/48"])], Mode.DELTA)
    assert (report.dangling, one(store, OPEN)) == ({"OFFERED_BY": 2}, ["Organization/47", "Organization/48"])
    say(store, tmp_path, REGIONAL, [structure("47", key="1000000099")], Mode.DELTA)  # the ids of another source are others
    assert one(store, OFFERED) == []
    report = say(store, tmp_path, NATIONAL, [structure("47")], Mode.DELTA)
    assert (report.dangling, one(store, OPEN)) == ({"OFFERED_BY": 1}, ["Organization/48"])
    assert one(store, OFFERED) == [["1000000001", "ror:ROR-NAT", 70]]


def test_an_end_of_a_label_that_the_relation_cannot_have_stays_open(store: Store, tmp_path: Path) -> None:  # M-10
    say(store, tmp_path, NATIONAL, [offer("n1", dangling=["HealthcareService/n2"]), offer("n2", key="11/2", line=2)])
    assert (one(store, OPEN), one(store, OFFERED)) == (["HealthcareService/n2"], [])


def test_open_ends_are_replaced_with_their_object(store: Store, tmp_path: Path) -> None:  # M-7, M-10
    say(store, tmp_path, NATIONAL, [offer("n1", dangling=["Organization/47"])])
    say(store, tmp_path, NATIONAL, [offer("n1", dangling=["Organization/48"])])
    assert one(store, OPEN) == ["Organization/48"]
    say(store, tmp_path, NATIONAL, [offer("n2", key="11/2")])
    assert one(store, OPEN) == []


def test_open_ends_of_a_follower_wait_until_it_leads(store: Store, tmp_path: Path) -> None:  # M-3, M-10
    say(store, tmp_path, REGIONAL, [offer("r1", dangling=["Organization/47"])])
    say(store, tmp_path, NATIONAL, [offer("n1")])
    assert one(store, OPEN) == []
    say(store, tmp_path, NATIONAL, [offer("n2", key="11/2")])
    assert one(store, OPEN) == ["Organization/47"]


def test_an_entity_that_gets_a_number_is_a_new_node_tied_to_the_old_one(store: Store, tmp_path: Path) -> None:  # M-12
    for mode in (Mode.FULL, Mode.DELTA):
        store.write([("MATCH (n) WHERE NOT n:SchemaState DETACH DELETE n", {})])
        say(store, tmp_path, NATIONAL, [structure("47", key="ror:ROR-NAT#47", name="EHPAD")])
        report = say(store, tmp_path, NATIONAL, [structure("47", name="EHPAD", finess="000000001")], mode)
        assert (report.created, report.gone) == (1, {})
        assert one(store, RECORD, id="ror:ROR-NAT/Organization/47") == ["1000000001", True]
        tie = "MATCH (a)-[s:SAME_AS]->(b) RETURN [a.id, b.id, s.rule, s.state, s.evidence, s.by, s.gone_on]"
        evidence = '{"record":"ror:ROR-NAT/Organization/47","before":"ror:ROR-NAT#47","after":"1000000001"}'
        assert one(store, tie) == ["1000000001", "ror:ROR-NAT#47", "M-12", "decided", evidence, None, None]
        assert one(store, "MATCH (n {id: 'ror:ROR-NAT#47'}) RETURN n.gone_on IS NOT NULL") is True


def test_a_node_that_a_record_leaves_stays_where_another_source_asserts_it(store: Store, tmp_path: Path) -> None:  # M-5, M-12
    say(store, tmp_path, NATIONAL, [structure("47", key="s", name="NATIONAL")])
    say(store, tmp_path, REGIONAL, [structure("r", key="s", name="REGIONAL")])
    say(store, tmp_path, NATIONAL, [structure("47", key="t", name="NATIONAL")], Mode.DELTA)
    assert one(store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL WITH n ORDER BY n.id RETURN collect([n.id, n.name])") == [
        ["s", "REGIONAL"], ["t", "NATIONAL"],
    ]  # fmt: skip


def test_another_record_of_the_same_object_ends_the_former(store: Store, tmp_path: Path) -> None:
    for source_id in ("n1", "n2"):
        say(store, tmp_path, NATIONAL, [offer(source_id)], Mode.DELTA)
    assert one(store, "MATCH (s:SourceRecord)-[d:DESCRIBES]->(:Offer) WHERE s.gone_on IS NULL AND d.gone_on IS NULL RETURN collect(s.source_id)") == ["n2"]


def test_what_a_person_said_of_a_match_stays_until_a_person_says_more(store: Store, tmp_path: Path) -> None:  # M-12
    say(store, tmp_path, NATIONAL, [offer("n1"), offer("n2", key="11/2", line=2)])
    stamps = Stamps(Run("r", "reconcile", DAY_1, Mode.FULL), 95, DAY_1)
    proposed = Match("Offer", "11/2", "11/1", "R-4", MatchState.PROPOSED, "{}", None, date(2026, 1, 1))
    refused = proposed._replace(state=MatchState.REFUSED, by="someone", on=date(2026, 1, 2))
    state = "MATCH (a:Offer)-[s:SAME_AS]->(b) RETURN [a.id, b.id, s.state, s.by, s.on, s.gone_on]"
    with lease(store) as writer:
        for match in (proposed, refused, proposed):
            write_matches(writer, [match], stamps)
        assert [str(value) for value in one(store, state)] == ["11/1", "11/2", "refused", "someone", "2026-01-02", "None"]
        withdraw_matches(writer, [refused._replace(state=MatchState.WITHDRAWN, on=date(2026, 1, 3))], stamps)
        assert [str(value) for value in one(store, state)] == ["11/1", "11/2", "withdrawn", "someone", "2026-01-03", "2026-01-03"]


def test_a_load_of_records_that_was_killed_is_completed(store: Store, tmp_path: Path) -> None:  # invariant 8
    rows = [offer("n1", phones=["01"]), offer("n2", key="11/2", dangling=["Organization/47"], line=2), structure("47", line=3)]
    say(store, tmp_path, NATIONAL, rows)
    whole = live(store)
    store.write([("MATCH (n) WHERE NOT n:SchemaState DETACH DELETE n", {})])
    say(store, tmp_path, NATIONAL, [rows[0]])
    store.write([("MATCH (r:Run) SET r.status = 'writing', r.ended = null", {})])
    report = say(store, tmp_path, NATIONAL, rows)
    assert (report.created, report.unchanged, report.dangling, live(store)) == (2, 1, {}, whole)


def test_said_and_open_ends_survive_packing_and_count_as_differences(store: Store, tmp_path: Path) -> None:  # M-8
    say(store, tmp_path, NATIONAL, [offer("n1")])
    assert say(store, tmp_path, NATIONAL, [offer("n1", stated={"stated_category": "355"})]).updated == 1
    me = Ref("Offer", "11/1")
    item = Item(
        *me, {"name": "SMR"}, (Link("SPECIALISED_IN", me, Ref("Concept", "A")),), said=Said("HealthcareService", "n1"), dangling=(Dangling("FOR", "x"),)
    )
    assert say(store, tmp_path, NATIONAL, [row(item)]).updated == 1
