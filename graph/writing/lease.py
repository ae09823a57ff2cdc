"""One writer at a time per store (docs/cypher_dialect.md, 4): a lease in the store itself, renewed by every batch in the batch's own transaction,
and by a thread of its own where none is under way (a national file is read for minutes before anything is written).

A writer that was killed leaves its lease behind: another one takes it when it has run out, at once when both are on the same machine and the
process is gone.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread

from graph.errors import Refused, RorGraphError
from graph.store.connection import Statement, Store

LENGTH = timedelta(seconds=60)
PATIENCE = 60.0  # seconds to wait for another writer
PAUSE = 0.2
BEAT = 20.0  # seconds between two renewals beside the batches

LOCK = "MERGE (l:WriterLease {id: 'writer'}) SET l.asked_by = $holder RETURN l.holder AS holder, l.until AS until"  # the SET takes the write lock
TAKE = (
    "MATCH (l:WriterLease {id: 'writer'}) WHERE l.holder IS NULL OR l.holder IN $over OR l.until < $now "
    "SET l.holder = $holder, l.until = $until RETURN l.holder AS holder"
)
RENEW = "MATCH (l:WriterLease {id: 'writer'}) WHERE l.holder = $holder SET l.until = $until RETURN l.holder AS holder"
GIVE_BACK = "MATCH (l:WriterLease {id: 'writer'}) WHERE l.holder = $holder SET l.holder = null, l.until = null RETURN 1 AS done"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write. `holder`: machine, process, start. `writing`: held while a transaction is under way."""

    store: Store
    holder: str
    writing: Lock = field(default_factory=Lock)

    def write(self, statements: list[Statement]) -> list[list[dict[str, object]]]:
        """Write in one transaction that also proves and renews the lease; raises Refused where another writer has it now."""
        with self.writing:
            kept, *rows = self.store.write([(RENEW, {"holder": self.holder, "until": _until()}), *statements])
        if not kept:
            raise Refused(
                "Another load took over this store because this one was not heard of for a minute. Run this load again: it completes what is missing."
            )
        return rows

    def keep(self, ended: Event, beat: float) -> None:
        """Renew every `beat` seconds until `ended`, beside no transaction: two that touch the lease at once would undo each other.

        An error is not told here: whatever it was, the next write meets it or is not in need of the lease.
        """
        while not ended.wait(beat):
            if self.writing.acquire(blocking=False):
                try:
                    self.store.write([(RENEW, {"holder": self.holder, "until": _until()})])
                except RorGraphError:
                    continue
                finally:
                    self.writing.release()


@contextmanager
def lease(store: Store, patience: float = PATIENCE, beat: float = BEAT) -> Iterator[Lease]:
    """The lease of the store's writer, waited for `patience` seconds and renewed every `beat`; raises Refused, naming who has it."""
    me = f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"
    deadline = time.monotonic() + patience
    while (other := _asked(store, me)) is not None:
        if time.monotonic() > deadline:
            host, process, _ = other.split(":")
            raise Refused(f"Another load is writing to this store (process {process} on {host}). Nothing was written. Try again when it has ended.")
        time.sleep(PAUSE)
    mine, ended = Lease(store, me), Event()
    keeper = Thread(target=mine.keep, args=(ended, beat), name="rorgraph-lease", daemon=True)
    keeper.start()
    try:
        yield mine
    finally:
        ended.set()
        keeper.join()
        store.write([(GIVE_BACK, {"holder": me})])


def _asked(store: Store, me: str) -> str | None:
    """Ask for the lease; who has it, if not I."""
    (found,) = store.write([(LOCK, {"holder": me})])[0]
    holder = found["holder"]
    over = [holder] if holder and _is_over(holder) else []
    taken = store.write([(TAKE, {"holder": me, "over": over, "now": _now().isoformat(), "until": _until()})])[0]
    return None if taken and taken[0]["holder"] == me else holder or "unknown:0:0"


def _is_over(holder: str) -> bool:
    """Whether the holder is a process of this machine that no longer runs."""
    host, process, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _now() -> datetime:
    return datetime.now(UTC)


def _until() -> str:
    return (_now() + LENGTH).isoformat()
