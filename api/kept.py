"""What is kept between requests, because only a load changes it: for each viewer apart what depends on what it sees (A-9)."""

import asyncio
import contextlib
import gc
import time
from collections.abc import Callable, Coroutine, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from graph.access import Viewer
from graph.impact.inventory import Inventory
from graph.impact.projection import Projection
from graph.inventory_reader import inventory
from graph.questions import Question, question
from graph.reads import AsyncLongReader, AsyncReader, Row, answer_async, answer_long_async
from graph.reconciliation.answer import Reconciliation
from graph.reconciliation.reading import compared
from graph.runs import UNFINISHED
from graph.search.postings import Postings, gathered
from graph.search.reference import Common, Reference

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
REFERENCES = 8  # viewers kept at a time, the one that asked longest ago goes
NEWEST_RUN = "newest_run"
SLOW = frozenset({"step_offers"})
"""Questions whose answers a reference keeps until the next load: of a whole country the first time may take longer than a request may."""
SLOW_READS = 8  # that are under way, or whose answer nobody has fetched yet; the oldest goes
INDEX_AWAITED = 2.0  # seconds that a search waits for the index of the newest load; that of a whole country takes longer
INDEX_KEPT = 300.0  # seconds, while a load is under way
COMPARISONS = 2  # kept at a time: one of a large region is some 50 MB
Mark = tuple[str, str]
NO_RUN: Mark = ("", "")


class Kept:
    """Kept as long as the store is open. A reference forgets by itself after a load; so is the inventory read again.

    Analyses run one after the other in a thread of their own, so that the others are answered meanwhile. One that is no longer waited
    for is left out if it has not begun, and else runs to its end.
    """

    def __init__(self, cursor_key: bytes) -> None:
        self._cursor_key = cursor_key
        self._common = Common()
        self._references: dict[str, Reference] = {}
        self._analyst = ThreadPoolExecutor(max_workers=1, thread_name_prefix="analysis")
        self._one_reads = asyncio.Lock()
        self._held: tuple[Mark, Projection] | None = None
        self._slow: dict[Hashable, asyncio.Task[list[Row]]] = {}
        self._indexes: dict[tuple[Mark, float], asyncio.Task[Postings]] = {}
        self._indexed: Mark | None = None
        self._index_until = 0.0
        self._comparisons: dict[tuple[Mark, str, str], asyncio.Task[Reconciliation]] = {}

    def reference(self, viewer: Viewer) -> Reference:
        """What searches of one viewer look up again and again (A-9)."""
        known = self._references.pop(viewer.key, None) or Reference(viewer, cursor_key=self._cursor_key, common=self._common)
        while len(self._references) >= REFERENCES:
            self._references.pop(next(iter(self._references)))
        self._references[viewer.key] = known
        return known

    async def slowly(self, store: AsyncLongReader, question: Question, params: Mapping[str, Any], viewer: Viewer) -> list[Row]:
        """The rows of a SLOW question. The read goes on without the request, and the next one that asks the same gets its rows."""
        key = (self.reference(viewer).mark, question.text, repr(sorted(params.items())))
        rows = await _going_on(self._slow, key, SLOW_READS, lambda: _all_rows(store, question, params))
        self._slow.pop(key, None)
        return rows

    async def index(self, request: AsyncReader, store: AsyncLongReader) -> None:
        """See to it that searches have the index of the offers as they are after the newest load.

        While a load is under way, and until the index after it is made, they have one that is a little older: what the load brings is found then.
        Before the first load there is none, and searches do without.
        """
        mark, now = await _newest_run(request), time.monotonic()
        if mark == NO_RUN or (now < self._index_until if mark[1] in UNFINISHED else mark == self._indexed):
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(INDEX_AWAITED):
                self._common.index = await _going_on(self._indexes, (mark, self._index_until), 1, lambda: self._make_index(store))
                self._indexed, self._index_until = mark, now + INDEX_KEPT

    async def analysed(self, work: Callable[[], T]) -> T:
        """The result of `work`, done in the thread of analyses."""
        return await asyncio.get_running_loop().run_in_executor(self._analyst, work)

    async def compiled(self, store: AsyncReader) -> Projection:
        """The inventory as it is after the newest load; while one is under way it is read each time."""
        async with self._one_reads:
            mark = await _newest_run(store)
            if self._held is None or self._held[0] != mark or mark[1] in UNFINISHED:
                self._held = (mark, await self._read(store))
            return self._held[1]

    async def reconciled(self, store: AsyncLongReader, regional: str, national: str) -> Reconciliation:
        """Two RORs, offer by offer, as they are after the newest load or decision of a person.

        It may take longer than a request may: it goes on without the request, and the next one that asks the same gets its answer.
        """
        key = (await _newest_run(store), regional, national)
        return await _going_on(self._comparisons, key, COMPARISONS, lambda: self._compare(store, regional, national))

    async def _make_index(self, store: AsyncLongReader) -> Postings:
        read = await answer_long_async(store, gathered(Reference(common=self._common)))
        return await self.analysed(read.postings)

    async def _compare(self, store: AsyncLongReader, regional: str, national: str) -> Reconciliation:
        read = await answer_long_async(store, compared(regional, national))
        return await self.analysed(read.reconciled)

    async def _read(self, store: AsyncReader) -> Projection:
        found = await answer_async(store, inventory())
        return await self.analysed(lambda: _compiled(found))

    def close(self) -> None:
        """End the thread of analyses; what has not begun is left out."""
        _forget(self._comparisons, 0)
        _forget(self._slow, 0)
        _forget(self._indexes, 0)
        self._analyst.shutdown(wait=False, cancel_futures=True)


async def _all_rows(store: AsyncLongReader, question: Question, params: Mapping[str, Any]) -> list[Row]:
    return [row async for row in store.each(question, **params)]


async def _going_on(tasks: dict[K, asyncio.Task[T]], key: K, most: int, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The result of work that goes on without who asked first: under way or done already, else begun; one that failed is begun again."""
    task = tasks.get(key)
    if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
        _forget(tasks, most - 1)
        task = tasks[key] = asyncio.create_task(work())
        task.add_done_callback(_seen)
    return await asyncio.shield(task)


def _forget(tasks: dict[Any, asyncio.Task[T]], left: int) -> None:
    """Keep the newest `left`; what is still under way of the others ends."""
    while len(tasks) > left:
        tasks.pop(next(iter(tasks))).cancel()


def _seen(task: asyncio.Task[Any]) -> None:
    """Its error is for who asks next, not for the log."""
    if not task.cancelled():
        task.exception()


def _compiled(found: Inventory) -> Projection:
    """The inventory compiled. It lives long and is large: the collector is told to pass it over, which is a quarter of an analysis' time."""
    projection = Projection(found)
    gc.collect()
    gc.freeze()
    return projection


async def _newest_run(store: AsyncReader) -> Mark:
    """Id and status of the newest run, NO_RUN before the first."""
    rows = await store.read(question(NEWEST_RUN))
    return (rows[0]["id"], rows[0]["status"]) if rows else NO_RUN
