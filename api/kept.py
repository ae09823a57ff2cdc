"""What is kept between requests, because only a load changes it: for each viewer apart what depends on what it sees (A-9)."""

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from graph.access import Viewer
from graph.impact.inventory import Inventory
from graph.impact.projection import Projection
from graph.inventory_reader import inventory
from graph.questions import question
from graph.reads import AsyncLongReader, AsyncReader, answer_async, answer_long_async
from graph.reconciliation.answer import Reconciliation
from graph.reconciliation.reading import compared
from graph.runs import UNFINISHED
from graph.search.reference import Common, Reference

T = TypeVar("T")
REFERENCES = 8  # viewers kept at a time, the one that asked longest ago goes
COMPARISONS = 2  # kept at a time: one of a large region is some 50 MB
Mark = tuple[str, str]


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
        self._comparisons: dict[tuple[Mark, str, str], asyncio.Task[Reconciliation]] = {}

    def reference(self, viewer: Viewer) -> Reference:
        """What searches of one viewer look up again and again (A-9)."""
        known = self._references.pop(viewer.key, None) or Reference(viewer, cursor_key=self._cursor_key, common=self._common)
        while len(self._references) >= REFERENCES:
            self._references.pop(next(iter(self._references)))
        self._references[viewer.key] = known
        return known

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
        task = self._comparisons.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            self._forget(COMPARISONS - 1)
            task = self._comparisons[key] = asyncio.create_task(self._compare(store, regional, national))
            task.add_done_callback(_seen)
        return await asyncio.shield(task)

    def _forget(self, left: int) -> None:
        """Keep the newest `left` comparisons; what is still under way of the others ends."""
        while len(self._comparisons) > left:
            self._comparisons.pop(next(iter(self._comparisons))).cancel()

    async def _compare(self, store: AsyncLongReader, regional: str, national: str) -> Reconciliation:
        read = await answer_long_async(store, compared(regional, national))
        return await self.analysed(read.reconciled)

    async def _read(self, store: AsyncReader) -> Projection:
        found = await answer_async(store, inventory())
        return await self.analysed(lambda: _compiled(found))

    def close(self) -> None:
        """End the thread of analyses; what has not begun is left out."""
        self._forget(0)
        self._analyst.shutdown(wait=False, cancel_futures=True)


def _seen(task: asyncio.Task[Reconciliation]) -> None:
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
    """Id and status of the newest run; two empty texts before the first."""
    rows = await store.read(question("newest_run"))
    return (rows[0]["id"], rows[0]["status"]) if rows else ("", "")
