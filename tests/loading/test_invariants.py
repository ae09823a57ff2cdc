"""The invariants of loading (docs/architecture.md), each as a sentence, on both servers."""

import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from graph.errors import BadFile, Refused
from graph.record import Event, Item, Left, Link, Place, Record, Ref, Rejected
from graph.runs import Mode
from graph.store.connection import Store
from graph.writing.closing import TooManyClosures
from graph.writing.lease import lease
from graph.writing.purge import Purged, purge
from loaders.pipeline import NothingInFiles, load, rehearse
from tests.loading.build import a_file, dump, entity, one, options, site, source

TEN = [site(f"{number:09d}", line=number) for number in range(1, 11)]
COUNTS = ("created", "updated", "unchanged", "rejected")


def loaded(store: Store, tmp_path: Path, rows: Iterable[Event], **changes: object) -> tuple[int, ...]:
    report = load(store, source(rows), [a_file(tmp_path)], options(tmp_path, **changes))
    return tuple(getattr(report, name) for name in COUNTS)


def test_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:  # invariant 1
    rows: list[Event] = [site("000000001", entity="000000009", commune="01001", phone="0102030405"), entity("000000009")]
    first = loaded(store, tmp_path, rows), dump(store, stamps=True)
    assert (loaded(store, tmp_path, rows), dump(store, stamps=True)) == ((0, 0, 2, 0), first[1])
    assert first[0] == (2, 0, 0, 0)


def test_a_failed_run_ends_nothing(store: Store, tmp_path: Path) -> None:  # invariant 2
    loaded(store, tmp_path, TEN)
    before = dump(store)

    def rows() -> Iterator[Event]:
        yield TEN[0]
        raise BadFile("f.csv breaks off.")

    with pytest.raises(BadFile, match=r"f\.csv breaks off"):
        load(store, source(rows()), [a_file(tmp_path)], options(tmp_path, accept_closures=True))
    assert dump(store) == before
    assert one(store, "MATCH (r:Run) WHERE r.status = 'failed' RETURN r.message") == "f.csv breaks off."


def test_an_empty_file_is_a_failure_and_not_zero_rows(store: Store, tmp_path: Path) -> None:  # invariant 2
    loaded(store, tmp_path, TEN)
    with pytest.raises(NothingInFiles, match=r"^f\.csv: no row in it\. Nothing was written and nothing was ended\."):
        loaded(store, tmp_path, [], accept_closures=True)
    assert one(store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL RETURN count(n)") == 10


def test_what_a_full_run_no_longer_sees_is_gone_kept_and_comes_back(store: Store, tmp_path: Path) -> None:  # invariant 3
    rows = [*TEN, site("000000011", entity="000000009")]
    loaded(store, tmp_path, rows)
    seen = one(store, "MATCH (n:GeographicEntity {id: '1000000011'}) RETURN n.first_seen")
    report = load(store, source(TEN), [a_file(tmp_path)], options(tmp_path))
    assert report.gone == {"GeographicEntity": 1}
    ended = "MATCH (n:GeographicEntity {id: '1000000011'})-[r:PART_OF]->() RETURN n.gone_on IS NOT NULL AND r.gone_on IS NOT NULL"
    assert one(store, ended) is True
    assert loaded(store, tmp_path, rows) == (0, 1, 10, 0)
    back = "MATCH (n:GeographicEntity {id: '1000000011'})-[r:PART_OF]->() RETURN [n.first_seen, n.gone_on, r.gone_on]"
    assert one(store, back) == [seen, None, None]


def test_above_the_volume_guard_nothing_is_ended(store: Store, tmp_path: Path) -> None:  # invariant 4
    loaded(store, tmp_path, TEN)
    with pytest.raises(TooManyClosures) as caught:
        loaded(store, tmp_path, [*TEN[:8], site("000000099")])
    assert str(caught.value) == (
        "These files no longer hold much of what they held before (limit 10%): GeographicEntity: 2 of 10. What is new or changed was written, "
        "nothing was ended. Check that the files are whole; if they are, load them again with --accept-closures."
    )
    assert one(store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL RETURN count(n)") == 11
    assert loaded(store, tmp_path, TEN[:8], accept_closures=True) == (0, 0, 8, 0)
    assert one(store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL RETURN count(n)") == 8


def test_a_tenth_may_end_unasked(store: Store, tmp_path: Path) -> None:  # invariant 4, at its edge
    loaded(store, tmp_path, TEN)
    assert loaded(store, tmp_path, TEN[:9]) == (0, 0, 9, 0)


def test_a_source_ends_only_its_own_assertion(store: Store, tmp_path: Path) -> None:  # invariant 5
    mine, theirs = site("000000001", "A"), site("000000001", "B")
    load(store, source([mine, *TEN[1:]]), [a_file(tmp_path)], options(tmp_path))
    load(store, source([theirs], name="other", rank=2), [a_file(tmp_path)], options(tmp_path))
    load(store, source(TEN[1:]), [a_file(tmp_path)], options(tmp_path))
    found = "MATCH (n:GeographicEntity {id: '1000000001'}) RETURN n.gone_on IS NULL"
    assert one(store, found) is True
    load(store, source([site("000000055")], name="other", rank=2), [a_file(tmp_path)], options(tmp_path, accept_closures=True))
    assert one(store, found) is False


def test_a_missing_end_is_a_stub_reported_and_filled_in_place(store: Store, tmp_path: Path) -> None:  # invariant 6, M-10
    report = load(store, source([site("000000001", entity="000000009")]), [a_file(tmp_path)], options(tmp_path))
    assert {label: (stub.count, stub.examples) for label, stub in report.stubs.items()} == {"LegalEntity": (1, ("1000000009",))}
    filled = load(store, source([site("000000001", entity="000000009"), entity("000000009")]), [a_file(tmp_path)], options(tmp_path))
    assert (filled.created, filled.unchanged, filled.stubs) == (1, 1, {})
    assert one(store, "MATCH (e:LegalEntity)<-[:PART_OF]-(:GeographicEntity) RETURN [e.name, e.stub]") == ["EJ", None]


def test_a_stub_is_never_ended(store: Store, tmp_path: Path) -> None:  # M-10
    loaded(store, tmp_path, [*TEN, site("000000011", entity="000000009")])
    loaded(store, tmp_path, TEN)
    assert one(store, "MATCH (e:LegalEntity) RETURN [e.stub, e.gone_on]") == [True, None]


def test_every_row_is_counted_once(store: Store, tmp_path: Path) -> None:  # invariant 7
    loaded(store, tmp_path, [site("000000001"), site("000000002")])
    rows: list[Event] = [
        site("000000001"), site("000000002", "new name"), site("000000003"), Rejected(Place("f.csv", 4), "x", "nofinesset", "Too short."),
        Left(Place("f.csv", 5), "total of a table"),
    ]  # fmt: skip
    report = load(store, source(rows), [a_file(tmp_path)], options(tmp_path))
    assert (report.seen, report.created, report.updated, report.unchanged, report.rejected, report.left) == (4, 1, 1, 1, 1, {"total of a table": 1})


def test_a_row_counts_as_created_when_one_of_its_objects_is(store: Store, tmp_path: Path) -> None:  # SAE rules
    loaded(store, tmp_path, [site("000000001")])
    both = Record(Place("f.csv", 1), "x", (site("000000001").items[0], site("000000002").items[0]))
    assert loaded(store, tmp_path, [both]) == (1, 0, 0, 0)


def test_a_key_with_two_contents_rejects_both_rows(store: Store, tmp_path: Path) -> None:  # M-9
    assert loaded(store, tmp_path, [site("000000001", "A", line=2), site("000000001", "B", line=7), site("000000002", line=8)]) == (1, 0, 0, 2)
    assert (tmp_path / "rejects.csv").read_text(encoding="utf-8") == (
        "# rorgraph file: f.csv\n"
        "# rorgraph: f.csv, line 2: The key 1000000001 stands in this file with two contents (also: f.csv, line 7). Both are left out: keep the right one.\n"
        "000000001;A\n"
        "# rorgraph: f.csv, line 7: The key 1000000001 stands in this file with two contents (also: f.csv, line 2). Both are left out: keep the right one.\n"
        "000000001;B\n"
    )


def test_the_same_row_twice_is_one_object(store: Store, tmp_path: Path) -> None:  # M-9
    assert loaded(store, tmp_path, [site("000000001", line=1), site("000000001", line=2)]) == (1, 0, 1, 0)


def test_an_updated_object_loses_what_it_no_longer_states(store: Store, tmp_path: Path) -> None:  # M-7
    loaded(store, tmp_path, [site("000000001", entity="000000008", commune="01001", phone="01")])
    assert loaded(store, tmp_path, [site("000000001", entity="000000009", commune="01001")]) == (0, 1, 0, 0)
    live = "MATCH (:GeographicEntity)-[r]->(b) WHERE r.gone_on IS NULL WITH coalesce(b.id, b.code) AS key ORDER BY key RETURN collect(key)"
    assert one(store, live) == ["01001", "1000000009"]
    assert one(store, "MATCH (t:Telecom) RETURN t.gone_on IS NOT NULL") is True


def test_a_delta_ends_nothing(store: Store, tmp_path: Path) -> None:  # M-6, M-7
    loaded(store, tmp_path, TEN)
    assert loaded(store, tmp_path, [site("000000001", "new"), site("000000012")], mode=Mode.DELTA) == (1, 1, 0, 0)
    assert one(store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL RETURN count(n)") == 11


def test_an_empty_delta_is_no_failure(store: Store, tmp_path: Path) -> None:
    assert loaded(store, tmp_path, [], mode=Mode.DELTA) == (0, 0, 0, 0)


def test_a_hung_relation_ends_when_the_files_no_longer_state_it(store: Store, tmp_path: Path) -> None:
    def offer(commune: str) -> Record:
        hung = (Link("LOCATED_IN", Ref("GeographicEntity", "1000000001"), Ref("Commune", commune)),)
        return Record(Place("f.csv", 1), "x", (Item("Offer", "SAE-1", {"name": "UNV"}, (), (), hung),))

    for commune in ("2A004", "2A247"):
        load(store, source([offer(commune)], name="sae", labels=("Offer",), rank=9), [a_file(tmp_path)], options(tmp_path))
    live = "MATCH (:GeographicEntity)-[r:LOCATED_IN]->(c) WHERE r.gone_on IS NULL RETURN collect([c.code, r.source_rank])"
    assert one(store, live) == [["2A247", 9]]


def test_a_rehearsal_says_what_a_load_would_do_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, TEN)
    before = dump(store, stamps=True), one(store, "MATCH (r:Run) RETURN count(r)")
    report = rehearse(store, source([*TEN[:9], site("000000099")]), [a_file(tmp_path)], options(tmp_path))
    assert (report.created, report.unchanged, report.gone, report.dry) == (1, 9, {"GeographicEntity": 1}, True)
    assert (dump(store, stamps=True), one(store, "MATCH (r:Run) RETURN count(r)")) == before


def test_values_reach_the_store_as_values(store: Store, tmp_path: Path) -> None:  # invariant 11
    name = "'}) DETACH DELETE n //\u00e9\u0153\U0001f691"
    loaded(store, tmp_path, [site("000000001", name)])
    assert one(store, "MATCH (n:GeographicEntity) RETURN n.name") == name


def test_purge_deletes_what_ended_and_nothing_else(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, [*TEN, site("000000011", commune="01001")])
    loaded(store, tmp_path, TEN)
    store.write([("MATCH (n:GeographicEntity)-[r]->() WHERE n.gone_on IS NOT NULL SET n.gone_on = date('2020-01-01'), r.gone_on = date('2020-01-01')", {})])
    assert purge(store, date(2020, 1, 1)) == Purged(0, 0)
    assert purge(store, date(2020, 1, 2)) == Purged(1, 1)
    assert one(store, "MATCH (n:GeographicEntity) RETURN count(n)") == 10


def test_a_second_writer_is_refused_and_told_who_writes(store: Store) -> None:
    with (
        lease(store),
        pytest.raises(Refused, match=r"^Another load is writing to this store \(process \d+ on .+\)\. Nothing was written\."),
        lease(store, patience=0.1),
    ):
        pass


def test_a_writer_that_only_reads_for_longer_than_its_lease_keeps_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.writing.lease.LENGTH", timedelta(seconds=2))
    with lease(store, beat=0.3) as writer:
        time.sleep(4)
        with pytest.raises(Refused, match=r"^Another load is writing to this store"), lease(store, patience=0.1):
            pass
        assert writer.write([]) == []


def test_a_second_label_follows_the_kind(store: Store, tmp_path: Path) -> None:
    def ror(kind: str) -> Record:
        return Record(Place("f.yaml", 1), "x", (Item("Application", "ROR-IDF", {"kind": kind}),))

    for kind, labels in (("REGIONAL_ROR", ["Application", "RegionalRor"]), ("PLATFORM", ["Application"])):
        load(store, source([ror(kind)], name="inventory", labels=("Application",)), [a_file(tmp_path)], options(tmp_path))
        assert sorted(one(store, "MATCH (a:Application) RETURN labels(a)")) == labels


def test_an_object_whose_row_is_rejected_is_not_ended(store: Store, tmp_path: Path) -> None:  # M-9, invariant 2
    loaded(store, tmp_path, TEN)
    bad: list[Event] = [
        Rejected(Place("f.csv", 1), "x", "maj", "No day.", Ref("GeographicEntity", "1000000001")), *TEN[1:],
        site("000000010", "A", line=11),
    ]  # fmt: skip
    report = load(store, source(bad), [a_file(tmp_path)], options(tmp_path, accept_closures=True))
    assert (report.unchanged, report.rejected, report.gone) == (8, 3, {})


def test_the_leader_gives_the_values_whatever_the_order(store: Store, tmp_path: Path) -> None:  # M-2, M-3
    leader, other = source([site("000000001", "LEADER")]), source([site("000000001", "OTHER")], name="other", rank=2)
    for one_source in (leader, other, leader, other):
        load(store, one_source, [a_file(tmp_path)], options(tmp_path))
        assert one(store, "MATCH (n:GeographicEntity) RETURN [n.name, n.source, n.run IS NOT NULL]") == ["LEADER", "finess", True]


def test_when_the_leader_goes_the_next_load_of_the_other_gives_its_values(store: Store, tmp_path: Path) -> None:  # M-5
    def loaded_by(name: str, rank: int, rows: Iterable[Event]) -> tuple[int, int]:
        report = load(store, source(rows, name=name, rank=rank), [a_file(tmp_path)], options(tmp_path, accept_closures=True))
        return report.updated, report.unchanged

    loaded_by("finess", 1, [site("000000001", "LEADER")])
    loaded_by("other", 2, [site("000000001", "OTHER")])
    loaded_by("finess", 1, [site("000000002")])
    assert one(store, "MATCH (n:GeographicEntity {id: '1000000001'}) RETURN n.gone_on IS NULL") is True
    assert loaded_by("other", 2, [site("000000001", "OTHER")]) == (1, 0)
    assert one(store, "MATCH (n:GeographicEntity {id: '1000000001'}) RETURN [n.name, n.source]") == ["OTHER", "other"]
