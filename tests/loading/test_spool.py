"""The spool: outcomes of objects and rows by comparison with what the store holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.record import Item, Link, Place, Record, Ref
from graph.writing.spool import Outcome, Spool
from tests.loading.build import site


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    made = Spool(tmp_path, ("GeographicEntity",), "finess", 20)
    yield made
    made.close()


def digest_of(tmp_path: Path, row: Record) -> str:
    other = Spool(tmp_path, ("GeographicEntity",), "finess", 20)
    other.add(row)
    other.finish()
    other.judge()
    (pending,) = other.pending()
    other.close()
    return pending.claim.digest


def test_an_object_is_created_updated_or_unchanged_by_its_digest(spool: Spool, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    digest = digest_of(tmp_path / "other", site("000000001"))
    for number in (1, 2, 3, 4):
        spool.add(site(f"00000000{number}"))
    spool.finish()
    spool.hold(
        "GeographicEntity",
        [
            ("1000000001", [f"finess=20|{digest}|"]),
            ("1000000002", ["finess=20|other|"]),
            ("1000000003", ["finess=-"]),
            ("1000000009", ["finess=20|x|", "a=-"]),
        ],
    )
    spool.judge()
    assert [(one.item.key, one.outcome) for one in spool.pending()] == [
        ("1000000002", Outcome.UPDATED), ("1000000003", Outcome.UPDATED), ("1000000004", Outcome.CREATED),
    ]  # fmt: skip
    assert [[one.key for one in some] for some in spool.missing("GeographicEntity")] == [["1000000009"]]
    assert spool.count_held("GeographicEntity") == 3


def test_the_order_of_a_list_and_of_relations_is_no_difference(tmp_path: Path) -> None:  # M-8
    def row(codes: list[str]) -> Record:
        me = Ref("GeographicEntity", "1")
        return Record(Place("f", 1), "", (Item(*me, {"accessibility": list(codes)}, tuple(Link("LOCATED_IN", me, Ref("Commune", code)) for code in codes)),))

    digests = []
    for number, codes in enumerate((["a", "b"], ["b", "a"])):
        (tmp_path / str(number)).mkdir()
        digests.append(digest_of(tmp_path / str(number), row(codes)))
    assert digests[0] == digests[1]


def test_a_pending_object_is_what_was_added(spool: Spool) -> None:
    row = site("000000001", entity="000000002", commune="01001", phone="01")
    spool.add(row)
    spool.finish()
    spool.judge()
    (pending,) = spool.pending()
    assert (pending.item.ref, pending.item.props, sorted(pending.item.links, key=str), pending.item.owned) == (
        row.items[0].ref, row.items[0].props, sorted(row.items[0].links, key=str), row.items[0].owned,
    )  # fmt: skip
