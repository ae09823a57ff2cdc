"""1,000 damaged files of each format: none crashes, hangs, reads another file, loses count of a row, or shows a personal value (docs/formats.md)."""

import contextlib
import fnmatch
import math
import signal
import socket
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

import pytest

from graph.errors import RorGraphError
from graph.record import Event, Item, Rejected
from graph.writing.spool import Spool
from loaders.files import input_files
from loaders.registry import get_source
from loaders.rejects import write_rejects
from loaders.source import Reading, Work
from tests.loaders.given import EMPTY, records, strangers
from tests.loaders.mutations import Traps, mutated
from tests.loaders.sample import Files, Sample
from tests.loaders.samples import SAMPLES

EACH: Final = 1000
CHUNK: Final = 250
PATIENCE: Final = 60  # seconds for one file, which takes some milliseconds
SECRET: Final = "the-canary-file-was-read"


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one file: its events, or what was said instead; every text that a person may see."""

    events: tuple[Event, ...]
    texts: tuple[str, ...]
    rows: int


@pytest.fixture
def traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Traps:
    """A file that nothing may read, an address that nothing may call."""
    (tmp_path / "canary").write_text(SECRET, encoding="utf-8")

    def refused(*_: object) -> NoReturn:
        pytest.fail("a file made a loader open a connection")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    return Traps(tmp_path / "canary", "http://canary.invalid/x")


@contextlib.contextmanager
def watched(what: str) -> Iterator[None]:
    """A file that hangs is a failure that names it."""

    def late(_: int, __: FrameType | None) -> NoReturn:
        pytest.fail(f"{what} takes more than {PATIENCE} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("first", range(0, EACH, CHUNK))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path: Path, traps: Traps, sample: Sample, first: int) -> None:
    faults = [fault for number in range(first, first + CHUNK) for fault in _faults(tmp_path, traps, sample, number)]
    assert faults[:5] == []


def _faults(tmp_path: Path, traps: Traps, sample: Sample, number: int) -> list[str]:
    seed = f"{sample.name} {number}"
    files = _damaged(sample, seed, traps)
    try:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder, watched(seed):
            seen = _read(Path(folder), sample, files)
            return [f"{seed}: {fault}" for fault in _wrong(sample, files, seen)]
    except Exception as problem:  # noqa: BLE001  # the point of the test: whatever it is, it is named with its seed
        return [f"{seed}: {type(problem).__name__}: {problem!s:.300}"]


def _damaged(sample: Sample, seed: str, traps: Traps) -> Files:
    """One file of the sample's format is damaged."""
    files = sample.files()
    name = sorted(name for name in files if fnmatch.fnmatch(Path(name).name, _form(sample)))[0]
    return {**files, name: mutated(files[name], seed, traps)}


def _form(sample: Sample) -> str:
    return next(form.files for form in get_source(sample.source).formats if form.name == sample.format)


def _read(folder: Path, sample: Sample, files: Files) -> Seen:
    """The files read as the pipeline reads them, without a store; then what was rejected is read again."""
    paths = _written(folder, files)
    try:
        reading, events = _events(folder, sample, paths)
    except RorGraphError as problem:
        return Seen((), (str(problem),), -1)
    texts = [*reading.notes.remarks, *reading.notes.examples.values(), *reading.notes.unplaced]
    texts += [f"{one.field} {one.reason}" for one in events if isinstance(one, Rejected)]
    rows, found = _spooled(folder, reading, events)
    texts += found
    with contextlib.suppress(RorGraphError):
        _events(folder, sample, [path for path in [folder / "rejects" / "r.csv"] if path.exists()])
    return Seen(tuple(events), tuple(texts), rows)


def _written(folder: Path, files: Files) -> list[Path]:
    paths = [folder / "files" / name for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return paths


def _events(folder: Path, sample: Sample, paths: Sequence[Path]) -> tuple[Reading, list[Event]]:
    source = get_source(sample.source)
    work = Work(Path(tempfile.mkdtemp(dir=folder)), EMPTY, sample.options.ror, sample.options.region)
    reading = source.open(input_files(paths, [form.files for form in source.formats]), work)
    return reading, list(reading.events)


def _spooled(folder: Path, reading: Reading, events: list[Event]) -> tuple[int, list[str]]:
    """Rows counted by the spool, backwards: a count that depended on the order would differ from that of the events; the reasons that it gives."""
    spool = Spool(folder, reading.asserts, reading.stamp, reading.rank or 1)
    try:
        for event in reversed(events):
            spool.add(event)
        spool.finish()
        spool.judge()
        write_rejects(folder / "rejects" / "r.csv", reading.heads, spool.rejected())
        return sum(spool.row_counts().values()) + sum(spool.left().values()), [one.reason for one in spool.rejected()]
    finally:
        spool.close()


def _wrong(sample: Sample, files: Files, seen: Seen) -> Iterator[str]:
    if seen.rows >= 0 and seen.rows != len(seen.events):
        yield f"{len(seen.events)} rows came, {seen.rows} were counted"
    lines = _lines(sample, files)
    if seen.rows >= 0 and lines is not None and seen.rows != lines:
        yield f"the file has {lines} rows, {seen.rows} were counted"
    yield from strangers(list(seen.events))
    yield from (f"{item.label} {name}: {value}" for item in _items(seen) for name, value in item.props.items() if _endless(value))
    yield from (f"the canary stands in {one!r:.200}" for one in (*seen.events, *seen.texts) if SECRET in repr(one))
    yield from (f"the personal value {value} stands in: {text:.200}" for value in sample.personal for text in seen.texts if value in text)


def _items(seen: Seen) -> Iterator[Item]:
    return (item for record in records(list(seen.events)) for item in record.items)


def _endless(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _lines(sample: Sample, files: Files) -> int | None:
    """Rows of the sample's files by a plain count, where a row is a line and the head is whole."""
    if sample.head is None:
        return None
    heads = {name: content.split(b"\n")[: sample.head] for name, content in sample.files().items()}
    rows = {name: content.split(b"\n") for name, content in files.items()}
    if any(rows[name][: sample.head] != head for name, head in heads.items()):
        return None
    return sum(1 for found in rows.values() for row in found[sample.head :] if row.removesuffix(b"\r") and not row.startswith(b"# rorgraph"))


def test_a_damaged_file_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    traps = Traps(tmp_path, "http://canary.invalid")
    assert [mutated(b"a;b\nc;d\n", str(seed), traps) for seed in range(50)] == [mutated(b"a;b\nc;d\n", str(seed), traps) for seed in range(50)]
