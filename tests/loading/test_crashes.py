"""What a killed process leaves, written as literals, then loaded again (invariant 8); one real kill stands in tests/cli."""

from pathlib import Path

import pytest

from graph.record import Record
from graph.runs import UNFINISHED, RunStatus
from graph.store.connection import Store
from graph.writing.lease import TAKE
from loaders.pipeline import load
from tests.loading.build import a_file, one, options, site, source

A, B, C = (site(f"00000000{number}", line=number) for number in (1, 2, 3))


def leave_behind(store: Store, tmp_path: Path, status: RunStatus, rows: list[Record]) -> None:
    """The state after a kill: some rows written whole, the run at that status, the lease held by a process that is gone."""
    load(store, source(rows), [a_file(tmp_path)], options(tmp_path))
    store.write([
        ("MATCH (r:Run) SET r.status = $status, r.ended = null", {"status": str(status)}),
        (TAKE, {"holder": "elsewhere:1:1", "over": [], "now": "", "until": "2000-01-01T00:00:00+00:00"}),
    ])  # fmt: skip


@pytest.mark.parametrize("status", UNFINISHED)
def test_a_killed_run_is_completed_and_ends_nothing(store: Store, tmp_path: Path, status: RunStatus) -> None:
    leave_behind(store, tmp_path, status, [A])
    report = load(store, source([A, B]), [a_file(tmp_path)], options(tmp_path))
    assert (report.created, report.unchanged, report.gone) == (1, 1, {})


@pytest.mark.parametrize("status", UNFINISHED)
def test_a_killed_run_is_failed_by_the_next_load(store: Store, tmp_path: Path, status: RunStatus) -> None:
    leave_behind(store, tmp_path, status, [A])
    load(store, source([A]), [a_file(tmp_path)], options(tmp_path))
    assert one(store, "MATCH (r:Run) WITH r.status AS status ORDER BY status RETURN collect(status)") == ["done", "failed"]


def test_a_run_killed_while_it_ended_objects_is_completed(store: Store, tmp_path: Path) -> None:
    leave_behind(store, tmp_path, RunStatus.CLOSING, [A, B, C])
    store.write([("MATCH (n:GeographicEntity {id: '1000000003'}) SET n.said = ['finess=-'], n.gone_on = date()", {})])
    report = load(store, source([A]), [a_file(tmp_path)], options(tmp_path, accept_closures=True))
    assert (report.unchanged, report.gone) == (1, {"GeographicEntity": 1})
    assert one(store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL RETURN collect(n.id)") == ["1000000001"]
