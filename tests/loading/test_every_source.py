"""The invariants of loading (docs/architecture.md) for every format of every source, on both servers: no loader may break what the pipeline promises."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from graph.errors import BadFile, Refused
from graph.record import Event
from graph.runs import Mode, RunStatus
from graph.store.connection import Store
from graph.writing.closing import TooManyClosures
from graph.writing.lease import TAKE
from loaders.files import InputFile
from loaders.pipeline import load
from loaders.registry import ALL_SOURCES, get_source
from loaders.report import LoadReport
from loaders.source import Reading, Source, Work
from tests.conftest import cleared
from tests.loaders.sample import Files, Sample
from tests.loaders.samples import SAMPLES
from tests.loading.build import dump, one, options

every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
LIVE = "MATCH (n) WHERE n.said IS NOT NULL AND n.gone_on IS NULL WITH coalesce(n.id, n.code) AS key ORDER BY key RETURN collect(key)"
COUNTS = ("created", "updated", "unchanged", "rejected")


def test_every_format_has_a_sample() -> None:
    registered = {(source.name, form.name) for source in ALL_SOURCES.values() for form in source.formats}
    assert {(sample.source, sample.format) for sample in SAMPLES} == registered


def loaded(store: Store, folder: Path, sample: Sample, files: Files, source: Source | None = None, **changes: object) -> LoadReport:
    """The files written and loaded; the rejects file stands at `rejects.csv` of the folder."""
    paths = []
    for name, content in files.items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        paths.append(path)
    return _loaded(store, folder, sample, paths, source, **changes)


def _loaded(store: Store, folder: Path, sample: Sample, paths: Sequence[Path], source: Source | None = None, **changes: object) -> LoadReport:
    given = options(folder, ror=sample.options.ror, region=sample.options.region, **changes)
    return load(store, source or get_source(sample.source), paths, given)


def counts(report: LoadReport) -> tuple[int, ...]:
    return tuple(getattr(report, name) for name in COUNTS)


def breaking_off(sample: Sample, after: int, problem: Exception | None = None) -> Source:
    """The source of a sample, of which only the first rows come; then `problem`, if any."""
    whole = get_source(sample.source)

    def some(events: Iterator[Event]) -> Iterator[Event]:
        yield from islice(events, after)
        if problem is not None:
            raise problem

    def open_some(files: Sequence[InputFile], work: Work) -> Reading:
        reading = whole.open(files, work)
        return replace(reading, events=some(reading.events))

    return replace(whole, open=open_some)


@every_sample
def test_each_row_is_seen_and_the_same_files_again_change_nothing(store: Store, tmp_path: Path, sample: Sample) -> None:  # invariants 1, 7
    first = loaded(store, tmp_path, sample, sample.files())
    assert (first.seen, sum(counts(first)), first.rejected, first.updated) == (sample.rows, sample.rows, 0, 0)
    before = dump(store, stamps=True)
    again = loaded(store, tmp_path, sample, sample.files())
    assert (counts(again), dump(store, stamps=True)) == ((0, 0, sample.rows, 0), before)


@every_sample
def test_what_is_stated_otherwise_is_updated_and_nothing_else_is(store: Store, tmp_path: Path, sample: Sample) -> None:
    loaded(store, tmp_path, sample, sample.files())
    changed = loaded(store, tmp_path, sample, sample.changed.made(sample.files()))
    assert (counts(changed), changed.gone) == ((0, 1, sample.rows - 1, 0), {})


@every_sample
def test_a_load_that_breaks_off_ends_nothing_and_changes_nothing(store: Store, tmp_path: Path, sample: Sample) -> None:  # invariant 2
    loaded(store, tmp_path, sample, sample.files())
    before = dump(store)
    with pytest.raises(BadFile, match="breaks off"):
        loaded(store, tmp_path, sample, sample.files(), breaking_off(sample, 1, BadFile("It breaks off.")), accept_closures=True)
    assert dump(store) == before


@every_sample
def test_an_empty_file_is_a_failure(store: Store, tmp_path: Path, sample: Sample) -> None:  # invariant 2
    loaded(store, tmp_path, sample, sample.files())
    before = dump(store)
    with pytest.raises(BadFile, match="empty"):
        loaded(store, tmp_path, sample, dict.fromkeys(sample.files(), b""), accept_closures=True)
    with pytest.raises((BadFile, Refused)):
        loaded(store, tmp_path, sample, sample.files(), breaking_off(sample, 0), accept_closures=True)
    assert dump(store) == before


@every_sample
def test_what_is_no_longer_held_is_gone_behind_the_guard_and_comes_back(store: Store, tmp_path: Path, sample: Sample) -> None:  # invariants 3, 4
    loaded(store, tmp_path, sample, sample.files())
    whole, fewer = dump(store), sample.dropped.made(sample.files())
    with pytest.raises(TooManyClosures):
        loaded(store, tmp_path, sample, fewer)
    assert loaded(store, tmp_path, sample, fewer, accept_closures=True).gone == sample.gone
    back = loaded(store, tmp_path, sample, sample.files())
    assert (back.created + back.updated >= 1, dump(store)) == (True, whole)


@every_sample
def test_a_bad_row_is_rejected_and_loads_once_it_is_corrected(store: Store, tmp_path: Path, sample: Sample) -> None:  # invariant 7
    loaded(store, tmp_path / "right", sample, sample.files())
    whole, there = dump(store), one(store, LIVE)
    bad = loaded(store, tmp_path, sample, sample.spoilt.made(sample.files()), accept_closures=True)  # a row without a readable key ends what it was about
    assert (bad.rejected, bad.seen, sum(counts(bad))) == (1, sample.rows, sample.rows)
    assert bad.rejects
    wrong, right = sample.mended
    text = bad.rejects.read_text(encoding="utf-8")
    assert wrong in text
    bad.rejects.write_text(text.replace(wrong, right), encoding="utf-8")
    mended = _loaded(store, tmp_path / "again", sample, [bad.rejects], mode=Mode.DELTA)
    assert (mended.seen, mended.rejected, one(store, LIVE)) == (1, 0, there)
    loaded(store, tmp_path / "right", sample, sample.files())
    assert dump(store) == whole


@every_sample
def test_a_load_killed_in_the_middle_is_completed(store: Store, tmp_path: Path, sample: Sample) -> None:  # invariant 8
    loaded(store, tmp_path, sample, sample.files())
    whole = dump(store)
    cleared(store.endpoint)
    loaded(store, tmp_path, sample, sample.files(), breaking_off(sample, max(1, sample.rows // 2)))
    store.write([
        ("MATCH (r:Run) SET r.status = $status, r.ended = null", {"status": RunStatus.WRITING}),
        (TAKE, {"holder": "elsewhere:1:1", "over": [], "now": "", "until": "2000-01-01T00:00:00+00:00"}),
    ])  # fmt: skip
    report = loaded(store, tmp_path, sample, sample.files())
    assert (report.rejected, report.gone, dump(store)) == (0, {}, whole)
