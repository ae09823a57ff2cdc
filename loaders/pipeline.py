"""The one pipeline of all sources: read to disk, compare with the store, write what differs, end what is no longer held, report.

A load that fails or is killed ends nothing (invariant 2) and leaves whole objects only; loading again completes it (invariant 8).
"""

import hashlib
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from graph.errors import Refused, RorGraphError
from graph.model import NODES, RELATIONS
from graph.runs import Mode, Run, RunStatus
from graph.store.connection import Store
from graph.writing import statements
from graph.writing.batch import Stamps, batch_statements, batches, link_statements
from graph.writing.closing import Closure, check_volume, closures, end_missing, end_missing_hung
from graph.writing.lease import Lease, lease
from graph.writing.run_log import RunLog, counts_json, now
from graph.writing.spool import LinkKind, Outcome, Spool
from loaders.files import InputFile, input_files
from loaders.rejects import write_rejects
from loaders.report import LoadReport, Stubs
from loaders.source import Reading, Source, Work

RENEWED_EVERY = 20_000  # rows read between two renewals of the lease
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Options:
    """How a load is done. `rejects`: where the rejected rows go; `batch`: objects a transaction; `ror`, `region`: as in loaders.source.Work."""

    mode: Mode = Mode.FULL
    accept_closures: bool = False
    rejects: Path | None = None
    batch: int = 2000
    ror: str | None = None
    region: str | None = None


WHOLE = Options()


class NotWhole(Refused):
    """A full load of files that say themselves that they are a part only: it would end what the others hold (M-6)."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}. Nothing was written and nothing was ended. Load all of it together; to write only what is there, add --delta.")


class NothingInFiles(Refused):
    """A file without a row is a failure, not zero rows (invariant 2)."""

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__(f"{', '.join(files)}: no row in it. Nothing was written and nothing was ended. Check the file; an empty delta is loaded with --delta.")


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the files: the reading, its rows on disk, where the rejected ones went."""

    files: tuple[str, ...]
    reading: Reading
    spool: Spool
    rejects: Path | None


@dataclass(frozen=True, slots=True)
class _Done:
    """What a load did beside its rows: what it ended, the stubs it made, how long it took, whether it only rehearsed."""

    gone: Mapping[str, int]
    stubs: Mapping[str, Stubs]
    seconds: float
    dry: bool


def load(store: Store, source: Source, paths: Sequence[Path], options: Options = WHOLE) -> LoadReport:
    """Load files into the store and say what was done.

    Raises BadFile (a file that is not what it should be; nothing written), NothingInFiles, TooManyClosures (what is new is written, nothing
    ended), Refused (another writer), and the store's errors. A row that cannot be loaded is no error: it is rejected and reported.
    """
    started, files = time.monotonic(), input_files(paths, [one.files for one in source.formats])
    run = Run(f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}", source.name, now(), options.mode)
    with lease(store) as writer, _logged(RunLog(writer, run), files) as log, _scratch() as folder:
        reading = _opened(source, files, Work(folder, store, options.ror, options.region), options.mode)
        run = log.opened(reading.stamp, list(reading.asserts))
        with _read(reading, files, options, folder, renew=lambda: writer.write([])) as read:
            log.move(RunStatus.WRITING)
            _compare(store, read, options.mode)
            wrote = _write(writer, read.spool, Stamps(run, reading.rank or source.rank, now()), options.batch)
            log.move(RunStatus.CLOSING)
            _second_labels(writer, reading.asserts)
            gone = _end(writer, read, options) if options.mode is Mode.FULL else {}
            report = _report(run, read, _Done(gone, _stubs(store, run) if wrote else {}, time.monotonic() - started, dry=False))
            log.move(RunStatus.DONE, counts=counts_json(report.counts()))
            return report


def rehearse(store: Store, source: Source, paths: Sequence[Path], options: Options = WHOLE) -> LoadReport:
    """What `load` would do, without writing anything to the store (`--dry-run`). Raises the same errors."""
    started, files = time.monotonic(), input_files(paths, [one.files for one in source.formats])
    with _scratch() as folder:
        reading = _opened(source, files, Work(folder, store, options.ror, options.region), options.mode)
        with _read(reading, files, options, folder, renew=lambda: None) as read:
            _compare(store, read, options.mode)
            ending = _would_end(read, options) if options.mode is Mode.FULL else []
            run = Run("none", reading.stamp, now(), options.mode)
            return _report(run, read, _Done({one.label: one.closing for one in ending}, {}, time.monotonic() - started, dry=True))


def _opened(source: Source, files: list[InputFile], work: Work, mode: Mode) -> Reading:
    reading = source.open(files, work)
    if mode is Mode.FULL and reading.partial is not None:
        raise NotWhole(reading.partial)
    return reading


@contextmanager
def _logged(log: RunLog, files: list[InputFile]) -> Iterator[RunLog]:
    """The run's log: an error fails or refuses the run before it goes on to the user."""
    log.begin([file.name for file in files], _digest(files))
    try:
        yield log
    except Refused as problem:
        log.move(RunStatus.REFUSED if log.status is not RunStatus.WRITING else RunStatus.FAILED, message=str(problem))
        raise
    except RorGraphError as problem:
        log.fail(str(problem))
        raise
    except BaseException as problem:
        log.fail(f"Ended by {type(problem).__name__}.")  # without its text, which may hold a value of the file
        raise


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rorgraph-") as folder:
        yield Path(folder)


@contextmanager
def _read(reading: Reading, files: Sequence[InputFile], options: Options, folder: Path, renew: Callable[[], object]) -> Iterator[_Read]:
    """All rows of the reading on disk, keys checked, rejected rows written out. `renew` is called now and then while reading."""
    names = tuple(file.name for file in files)
    spool = Spool(folder, reading.asserts)
    try:
        for number, event in enumerate(reading.events, start=1):
            spool.add(event)
            if number % RENEWED_EVERY == 0:
                renew()
        spool.finish()
        if options.mode is Mode.FULL and spool.is_empty():
            raise NothingInFiles(names)
        yield _Read(names, reading, spool, write_rejects(_rejects_path(options, reading), reading.heads, spool.rejected()))
    finally:
        spool.close()


def _compare(store: Store, read: _Read, mode: Mode) -> None:
    """Read what the store holds of the same source: all of it for a full load, only what the files name for a delta."""
    spool, prefix = read.spool, f"{read.reading.stamp}="
    for label in read.reading.asserts:
        if mode is Mode.FULL:
            spool.hold(label, store.stream(statements.held_all(NODES[label]), prefix=prefix))
            continue
        for keys in spool.keys(label):
            spool.hold(label, store.stream(statements.held_some(NODES[label]), keys=keys, prefix=prefix))
    for kind in spool.hung_kinds:
        _compare_hung(store, read, kind, mode)
    spool.judge()


def _compare_hung(store: Store, read: _Read, kind: LinkKind, mode: Mode) -> None:
    ends = RELATIONS[kind.type], NODES[kind.start], NODES[kind.end]
    spool, source = read.spool, read.reading.stamp
    if mode is Mode.FULL:
        spool.hold_hung(kind, store.stream(statements.held_links(*ends), source=source))
        return
    for rows in spool.hung_ends(kind):
        spool.hold_hung(kind, store.stream(statements.held_some_links(*ends), rows=rows, source=source))


def _write(writer: Lease, spool: Spool, stamps: Stamps, size: int) -> bool:
    """Write what differs, `size` objects or relations a transaction; whether there was anything."""
    today, wrote = _today(), False
    for batch in batches(spool.pending(), size):
        writer.write(batch_statements(batch, stamps, today))
        wrote = True
    for kind in spool.hung_kinds:
        links = spool.pending_hung(kind)
        while some := list(islice(links, size)):
            writer.write(link_statements(some, stamps))
            wrote = True
    return wrote


def _second_labels(writer: Lease, labels: Sequence[str]) -> None:
    for label in labels:
        for second, kind in NODES[label].seconds.items():
            for render in (statements.set_second_label, statements.drop_second_label):
                writer.write([(render(NODES[label], second), {"kind": kind})])


def _would_end(read: _Read, options: Options) -> list[Closure]:
    """What the load ends, once the guard lets it through."""
    found = closures(read.spool, read.reading.asserts)
    if not options.accept_closures:
        check_volume(found)
    return found


def _end(writer: Lease, read: _Read, options: Options) -> dict[str, int]:
    found, stamp = _would_end(read, options), read.reading.stamp
    end_missing(writer, read.spool, found, stamp, _today())
    end_missing_hung(writer, read.spool, stamp, _today())
    return {one.label: one.closing for one in found}


def _stubs(store: Store, run: Run) -> dict[str, Stubs]:
    found = {}
    for label, node in NODES.items():
        keys = (key for (key,) in store.stream(statements.stubs_made(node), run=run.id))
        examples = tuple(islice(keys, EXAMPLES))
        if examples:
            found[label] = Stubs(len(examples) + sum(1 for _ in keys), examples)
    return found


def _report(run: Run, read: _Read, done: _Done) -> LoadReport:
    rows, notes = read.spool.row_counts(), read.reading.notes
    return LoadReport(
        source=run.of,
        run=run.id,
        mode=run.mode,
        dry=done.dry,
        files=read.files,
        encodings=notes.encodings,
        seen=sum(rows.values()),
        created=rows[Outcome.CREATED],
        updated=rows[Outcome.UPDATED],
        unchanged=rows[Outcome.UNCHANGED],
        rejected=rows[Outcome.REJECTED],
        left=read.spool.left(),
        objects=read.spool.object_counts(),
        gone=done.gone,
        stubs=done.stubs,
        remarks=notes.remarks,
        unplaced=notes.unplaced,
        examples=notes.examples,
        seconds=round(done.seconds, 3),
        rejects=read.rejects,
    )


def _rejects_path(options: Options, reading: Reading) -> Path:
    return options.rejects or Path("rejects") / (reading.stamp.replace(":", "-") + reading.rejects_suffix)


def _digest(files: Sequence[InputFile]) -> str:
    """Digest of the bytes of all files, compressed as they are."""
    total = hashlib.sha256()
    for file in files:
        with file.path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                total.update(chunk)
    return total.hexdigest()


def _today() -> date:
    return date.today()
