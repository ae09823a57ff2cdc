"""The writes of a load: one transaction under way in the server while the next is prepared here; what is new is made, and merged where it was there after all.

Each batch stays one transaction, whichever way: a load that is killed leaves whole objects with their entries in `said`, and is completed by the next
(invariant 8). Making relations again would double them; the unique key of the nodes made beside them refuses that.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from graph.errors import KeyTaken
from graph.store.connection import Statement
from graph.writing.lease import Lease

Prepared = Callable[[], list[Statement]]


class Ahead:
    """Writes in order, each while the next is prepared. An error of a write comes out of the call after it. The rows of what is written are emptied."""

    def __init__(self, lease: Lease, pool: ThreadPoolExecutor) -> None:
        self._lease, self._pool = lease, pool
        self._last: Future[None] | None = None
        self.taken: set[str] = set()  # labels of which a key was there already: they are not tried again

    def write(self, statements: list[Statement]) -> None:
        """One transaction."""
        self.wait()
        self._last = self._pool.submit(self._write, statements)

    def make(self, label: str, statements: list[Statement], otherwise: Prepared) -> None:
        """One transaction that makes new objects of a label; `otherwise` gives the statements for the case that one of them is there."""
        self.wait()
        self._last = self._pool.submit(self._make, label, statements, otherwise)

    def wait(self) -> None:
        """Until everything is written."""
        if self._last is not None:
            self._last.result()
            self._last = None

    def _write(self, statements: list[Statement]) -> None:
        self._lease.write(statements)
        _let_go(statements)

    def _make(self, label: str, statements: list[Statement], otherwise: Prepared) -> None:
        try:
            self._lease.write(statements)
        except KeyTaken:
            self.taken.add(label)
            self._write(otherwise())
        finally:
            _let_go(statements)


def _let_go(statements: list[Statement]) -> None:
    """Empty the rows that were sent: the driver holds the parameters of a statement in a cycle, so they would stay until the next full garbage collection."""
    for _, params in statements:
        if "rows" in params:
            params["rows"].clear()


@contextmanager
def ahead(lease: Lease) -> Iterator[Ahead]:
    """A writer for the length of the block, which ends when all is written."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="rorgraph-write") as pool:
        writer = Ahead(lease, pool)
        yield writer
        writer.wait()
