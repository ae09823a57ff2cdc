"""One writer at a time per store (docs/cypher_dialect.md, 4): a lease in the store itself, renewed by every batch in the batch's own transaction.

A writer that was killed leaves its lease behind: another one takes it when it has run out, at once when both are on the same machine and the
process is gone.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from graph.errors import Refused
from graph.store.connection import Statement, Store

LENGTH = timedelta(seconds=60)
PATIENCE = 60.0  # seconds to wait for another writer
PAUSE = 0.2

LOCK = "MERGE (l:WriterLease {id: 'writer'}) SET l.asked_by = $holder RETURN l.holder AS holder, l.until AS until"  # the SET takes the write lock
TAKE = (
    "MATCH (l:WriterLease {id: 'writer'}) WHERE l.holder IS NULL OR l.holder IN $over OR l.until < $now "
    "SET l.holder = $holder, l.until = $until RETURN l.holder AS holder"
)
RENEW = "MATCH (l:WriterLease {id: 'writer'}) WHERE l.holder = $holder SET l.until = $until RETURN l.holder AS holder"
GIVE_BACK = "MATCH (l:WriterLease {id: 'writer'}) WHERE l.holder = $holder SET l.holder = null, l.until = null RETURN 1 AS done"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write. `holder`: machine, process, start."""

    store: Store
    holder: str

    def write(self, statements: list[Statement]) -> list[list[dict[str, object]]]:
        """Write in one transaction that also proves and renews the lease; raises Refused where another writer has it now."""
        kept, *rows = self.store.write([(RENEW, {"holder": self.holder, "until": _until()}), *statements])
        if not kept:
            raise Refused(
                "Another load took over this store because this one was not heard of for a minute. Run this load again: it completes what is missing."
            )
        return rows


@contextmanager
def lease(store: Store, patience: float = PATIENCE) -> Iterator[Lease]:
    """The lease of the store's writer, waited for `patience` seconds; raises Refused, naming who has it."""
    me = f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"
    deadline = time.monotonic() + patience
    while (other := _asked(store, me)) is not None:
        if time.monotonic() > deadline:
            host, process, _ = other.split(":")
            raise Refused(f"Another load is writing to this store (process {process} on {host}). Nothing was written. Try again when it has ended.")
        time.sleep(PAUSE)
    try:
        yield Lease(store, me)
    finally:
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
