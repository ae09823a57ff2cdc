"""The one pipeline of all sources: read to disk, compare with the store, write what differs, end what is no longer held, report.

A load that fails or is killed ends nothing (invariant 2) and leaves whole objects only; loading again completes it (invariant 8).
"""

import gc
import hashlib
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from graph.errors import Refused, RorGraphError
from graph.model import NEVER_STUBS, NODES
from graph.runs import Mode, Run, RunStatus
from graph.store.connection import Statement, Store
from graph.writing import statements
from graph.writing.ahead import Ahead, ahead
from graph.writing.batch import batch_statements, batches, contested, is_new, new_statements
from graph.writing.closing import Closure, check_volume, closures, end_missing, end_missing_hung
from graph.writing.content import link_statements
from graph.writing.dangling import resolve_dangling
from graph.writing.knowing import known_of
from graph.writing.lease import Lease, lease
from graph.writing.leaving import leave_statements, leaving_of
from graph.writing.noting import Noting
from graph.writing.run_log import RunLog, counts_json, now
from graph.writing.spool import Outcome, Pending, Spool
from graph.writing.stamps import Stamps
from loaders.comparing import compare
from loaders.files import InputFile, input_files
from loaders.rejects import write_rejects
from loaders.report import LoadReport, Stubs, again_command
from loaders.source import Reading, Source, Work

EXAMPLES = 3
COLLECTED_EVERY = 20_000, 20, 20  # allocations between two garbage collections, by generation: the rows of a batch live long, and none is found among them


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
    """What was read of the files: the reading, its rows on disk."""

    files: tuple[str, ...]
    reading: Reading
    spool: Spool


@dataclass(frozen=True, slots=True)
class _Done:
    """What a load did beside its rows: what it ended, the stubs it made, how long it took, whether it only rehearsed, where the rejected rows went,
    which relations of its source are left without an end, the command that loads them once corrected.
    """

    gone: Mapping[str, int]
    stubs: Mapping[str, Stubs]
    seconds: float
    dry: bool
    rejects: Path | None
    dangling: Mapping[str, int]
    again: str | None


def load(store: Store, source: Source, paths: Sequence[Path], options: Options = WHOLE) -> LoadReport:
    """Load files into the store and say what was done.

    Raises BadFile (a file that is not what it should be; nothing written), NothingInFiles, TooManyClosures (what is new is written, nothing
    ended), Refused (another writer), and the store's errors. A row that cannot be loaded is no error: it is rejected and reported.
    """
    started, files = time.monotonic(), input_files(paths, [one.files for one in source.formats])
    run = Run(f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}", source.name, now(), options.mode)
    with _rarely_collected(), lease(store) as writer, _logged(RunLog(writer, run), files) as log, _scratch() as folder:
        reading = _opened(source, files, Work(folder, store, options.ror, options.region), options.mode)
        run = log.opened(reading.stamp, list(reading.asserts))
        rank = reading.rank or source.rank
        stamps = Stamps(run, rank, now())
        with _read(reading, rank, files, options, folder) as read:
            log.move(RunStatus.WRITING)
            rejects = _judge(store, read, options)
            noting = Noting(store, stamps)
            wrote = _write(writer, read.spool, stamps, noting, options.batch)
            log.move(RunStatus.CLOSING)
            _second_labels(writer, reading.asserts)
            gone = _end(writer, read, stamps, noting, options) if options.mode is Mode.FULL else {}
            dangling = resolve_dangling(writer, folder, stamps, _today())
            stubs = _stubs(store, run) if wrote else {}
            again = _again(source, rejects, options)
            report = _report(run, read, _Done(gone, stubs, time.monotonic() - started, dry=False, rejects=rejects, dangling=dangling, again=again))
            log.move(RunStatus.DONE, counts=counts_json(report.counts()))
            return report


def rehearse(store: Store, source: Source, paths: Sequence[Path], options: Options = WHOLE) -> LoadReport:
    """What `load` would do, without writing anything to the store (`--dry-run`). Raises the same errors."""
    started, files = time.monotonic(), input_files(paths, [one.files for one in source.formats])
    with _rarely_collected(), _scratch() as folder:
        reading = _opened(source, files, Work(folder, store, options.ror, options.region), options.mode)
        with _read(reading, reading.rank or source.rank, files, options, folder) as read:
            rejects = _judge(store, read, options)
            ending = _would_end(read, options) if options.mode is Mode.FULL else []
            run = Run("none", reading.stamp, now(), options.mode)
            gone = {one.label: one.closing for one in ending}
            again = _again(source, rejects, options)
            return _report(run, read, _Done(gone, {}, time.monotonic() - started, dry=True, rejects=rejects, dangling={}, again=again))


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
def _rarely_collected() -> Iterator[None]:
    """Two fifths of a load's own time went into looking for garbage among rows that are still needed."""
    usual = gc.get_threshold()
    gc.set_threshold(*COLLECTED_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rorgraph-") as folder:
        yield Path(folder)


@contextmanager
def _read(reading: Reading, rank: int, files: Sequence[InputFile], options: Options, folder: Path) -> Iterator[_Read]:
    """All rows of the reading on disk, keys checked."""
    names = tuple(file.name for file in files)
    spool = Spool(folder, reading.asserts, reading.stamp, rank)
    try:
        for event in reading.events:
            spool.add(event)
        if options.mode is Mode.FULL:
            spool.spare(reading.keeps)
        spool.finish()
        if options.mode is Mode.FULL and spool.is_empty():
            raise NothingInFiles(names)
        yield _Read(names, reading, spool)
    finally:
        spool.close()


def _judge(store: Store, read: _Read, options: Options) -> Path | None:
    """The outcome of every row; the file of the rejected ones, where there are some."""
    reading = read.reading
    compare(store, read.spool, reading.asserts, reading.stamp, options.mode)
    return write_rejects(_rejects_path(options, reading), reading.heads, read.spool.rejected())


def _write(writer: Lease, spool: Spool, stamps: Stamps, noting: Noting, size: int) -> bool:
    """Write what differs and note it, `size` objects or relations a transaction; whether there was anything."""
    wrote = False
    with ahead(writer) as writing:
        for batch in batches(spool.pending(), size):
            _write_batch(writing, writer.store, batch, stamps, noting)
            wrote = True
        for kind in spool.hung_kinds:
            links = spool.pending_hung(kind)
            while some := list(islice(links, size)):
                writing.write([*link_statements(some, stamps), *noting.of_hung(some)])
                wrote = True
    return wrote


def _write_batch(writing: Ahead, store: Store, batch: list[Pending], stamps: Stamps, noting: Noting) -> None:
    label, today, notes = batch[0].item.label, _today(), noting.of_batch(batch)
    if label not in writing.taken and is_new(batch):
        writing.make(label, [*new_statements(batch, stamps), *notes], lambda: [*batch_statements(batch, stamps, today), *notes])
        return
    asked = contested(batch)
    if asked or any(one.left for one in batch):
        writing.wait()  # what the store holds is read: all before must stand there
    known = known_of(store, NODES[label], asked)
    writing.write([*batch_statements(batch, stamps, today, known), *_left_behind(store, batch, stamps, today), *notes])


def _left_behind(store: Store, batch: Sequence[Pending], stamps: Stamps, today: date) -> Iterator[Statement]:
    """The source leaves the nodes that its records described until now, in the transaction that moves the records (M-12)."""
    for label in sorted({one.moved_from.label for one in batch if one.moved_from and one.left}):
        keys = [one.moved_from.key for one in batch if one.moved_from and one.left and one.moved_from.label == label]
        known = known_of(store, NODES[label], keys)
        yield from leave_statements(NODES[label], leaving_of(known, stamps.source), known, stamps, today)


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


def _end(writer: Lease, read: _Read, stamps: Stamps, noting: Noting, options: Options) -> dict[str, int]:
    found = _would_end(read, options)
    end_missing(writer, read.spool, found, stamps, noting, _today())
    end_missing_hung(writer, read.spool, stamps.source, noting, _today())
    return {one.label: one.closing for one in found}


def _stubs(store: Store, run: Run) -> dict[str, Stubs]:
    found = {}
    for label in sorted(NODES.keys() - NEVER_STUBS):
        node = NODES[label]
        keys = (key for (key,) in store.stream(statements.stubs_made(node), run=run.id))
        examples = tuple(islice(keys, EXAMPLES))
        if examples:
            found[label] = Stubs(len(examples) + sum(1 for _ in keys), () if node.personal else examples)
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
        rejects=done.rejects,
        dangling=done.dangling,
        again=done.again,
    )


def _again(source: Source, rejects: Path | None, options: Options) -> str | None:
    return again_command(source.name, rejects, options.ror, options.region) if rejects else None


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
