"""The one pipeline of all sources: read to disk, compare with the store, write what differs, end what is no longer held, report.

A load that fails or is killed ends nothing (invariant 2) and leaves whole objects only; loading again completes it (invariant 8).
"""

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
from graph.model import NODES
from graph.runs import Mode, Run, RunStatus
from graph.store.connection import Store
from graph.writing import statements
from graph.writing.batch import Stamps, batch_statements, batches
from graph.writing.closing import check_volume, closures, end_missing, end_missing_hung
from graph.writing.lease import Lease, lease
from graph.writing.run_log import RunLog, counts_json, now
from graph.writing.spool import Held, Outcome, Spool
from loaders.files import InputFile, input_files
from loaders.rejects import write_rejects
from loaders.report import LoadReport, Stubs
from loaders.source import Reading, Source

RENEWED_EVERY = 20_000   # rows read between two renewals of the lease
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Options:
    """How a load is done. `rejects`: where the rejected rows go; `batch`: objects a transaction."""

    mode: Mode = Mode.FULL
    accept_closures: bool = False
    rejects: Path | None = None
    batch: int = 2000


class NothingInFiles(Refused):
    """A file without a row is a failure, not zero rows (invariant 2)."""

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__(f"{', '.join(files)}: no row in it. Nothing was written and nothing was ended. Check the file; an empty delta is loaded with --delta.")


def load(store: Store, source: Source, paths: Sequence[Path], options: Options = Options()) -> LoadReport:
    """Load files into the store and say what was done.

    Raises BadFile (a file that is not what it should be; nothing written), NothingInFiles, TooManyClosures (what is new is written, nothing
    ended), Refused (another writer), and the store's errors. A row that cannot be loaded is no error: it is rejected and reported.
    """
    files = input_files(paths, source)
    run = Run(f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}", source.name, now(), options.mode)
    with lease(store) as writer, _logged(RunLog(writer, run), files) as log, _scratch() as folder:
        return _load(store, writer, log, source, files, options, folder)


def rehearse(store: Store, source: Source, paths: Sequence[Path], options: Options = Options()) -> LoadReport:
    """What `load` would do, without writing anything (`--dry-run`). Raises the same errors."""
    started, files = time.monotonic(), input_files(paths, source)
    with _scratch() as folder:
        reading = source.open(files, folder)
        with _spooled(reading, folder, None) as spool:
            _check_rows(spool, reading, files, options.mode)
            _compare(store, spool, reading, options.mode)
            ending = closures(spool, reading.asserts) if options.mode is Mode.FULL else []
            if not options.accept_closures:
                check_volume(ending)
            run = Run("none", reading.stamp, now(), options.mode)
            gone = {one.label: one.closing for one in ending}
            rejects = write_rejects(_rejects_path(options, reading), reading.rejects_head, spool.rejected())
            return _report(run, RunStatus.DONE, True, files, reading, spool, gone, {}, time.monotonic() - started, rejects)


def _load(store: Store, writer: Lease, log: RunLog, source: Source, files: list[InputFile], options: Options, folder: Path) -> LoadReport:
    started = time.monotonic()
    reading = source.open(files, folder)
    run = log.opened(reading.stamp, list(reading.asserts))
    with _spooled(reading, folder, writer) as spool:
        rejects = write_rejects(_rejects_path(options, reading), reading.rejects_head, spool.rejected())
        _check_rows(spool, reading, files, options.mode)
        log.move(RunStatus.WRITING)
        _compare(store, spool, reading, options.mode)
        _write(writer, spool, Stamps(run, source.rank, now()), options.batch)
        log.move(RunStatus.CLOSING)
        _second_labels(writer, reading)
        gone = _end(store, writer, spool, reading, options) if options.mode is Mode.FULL else {}
        stubs = _stubs(store, run)
        report = _report(run, RunStatus.DONE, False, files, reading, spool, gone, stubs, time.monotonic() - started, rejects)
        log.move(RunStatus.DONE, counts=counts_json(report.counts()))
        return report


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
        log.fail(f"Ended by {type(problem).__name__}.")   # without its text, which may hold a value of the file
        raise


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rorgraph-") as folder:
        yield Path(folder)


@contextmanager
def _spooled(reading: Reading, folder: Path, writer: Lease | None) -> Iterator[Spool]:
    """All rows of the reading on disk, keys checked."""
    spool = Spool(folder, reading.asserts)
    try:
        while rows := sum(1 for event in islice(reading.events, RENEWED_EVERY) if spool.add(event) is None):
            if writer and rows == RENEWED_EVERY:
                writer.write([])
        spool.finish()
        yield spool
    finally:
        spool.close()


def _check_rows(spool: Spool, reading: Reading, files: list[InputFile], mode: Mode) -> None:
    if mode is Mode.FULL and not sum(spool.row_counts().values()) and not spool.left():
        raise NothingInFiles([file.name for file in files])


def _compare(store: Store, spool: Spool, reading: Reading, mode: Mode) -> None:
    """Read what the store holds of the same source: all of it for a full load, only what the files name for a delta."""
    prefix = f"{reading.stamp}="
    for label in reading.asserts:
        if mode is Mode.FULL:
            spool.hold(label, (Held(**row) for row in store.stream(statements.held_all(NODES[label]), prefix=prefix)))
            continue
        text = statements.held_some(NODES[label])
        for keys in spool.keys(label):
            spool.hold(label, (Held(**row) for row in store.stream(text, keys=keys, prefix=prefix)))
    spool.judge()


def _write(writer: Lease, spool: Spool, stamps: Stamps, size: int) -> None:
    today = _today()
    for batch in batches(spool.pending(), size):
        writer.write(batch_statements(batch, stamps, today))


def _second_labels(writer: Lease, reading: Reading) -> None:
    for label in reading.asserts:
        for second, kind in NODES[label].seconds.items():
            for render in (statements.set_second_label, statements.drop_second_label):
                writer.write([(render(NODES[label], second), {"kind": kind})])


def _end(store: Store, writer: Lease, spool: Spool, reading: Reading, options: Options) -> Mapping[str, int]:
    found = closures(spool, reading.asserts)
    if not options.accept_closures:
        check_volume(found)
    end_missing(writer, spool, found, reading.stamp, _today())
    end_missing_hung(store, writer, spool, reading.stamp, _today())
    return {one.label: one.closing for one in found}


def _stubs(store: Store, run: Run) -> dict[str, Stubs]:
    found = {}
    for label, node in NODES.items():
        keys = (row["key"] for row in store.stream(statements.stubs_made(node), run=run.id))
        examples = tuple(islice(keys, EXAMPLES))
        if examples:
            found[label] = Stubs(len(examples) + sum(1 for _ in keys), examples)
    return found


def _report(
    run: Run, status: RunStatus, dry: bool, files: list[InputFile], reading: Reading, spool: Spool, gone: Mapping[str, int],
    stubs: Mapping[str, Stubs], seconds: float, rejects: Path | None,
) -> LoadReport:  # fmt: skip
    rows = spool.row_counts()
    notes = reading.notes
    return LoadReport(
        source=run.of, run=run.id, mode=run.mode, status=status, dry=dry, files=tuple(file.name for file in files), encodings=notes.encodings,
        seen=sum(rows.values()), created=rows[Outcome.CREATED], updated=rows[Outcome.UPDATED], unchanged=rows[Outcome.UNCHANGED],
        rejected=rows[Outcome.REJECTED], left=spool.left(), objects=spool.object_counts(), gone=gone, stubs=stubs, remarks=notes.remarks,
        examples=notes.examples, seconds=round(seconds, 3), rejects=rejects,
    )  # fmt: skip


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
