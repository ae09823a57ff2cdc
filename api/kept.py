"""What is kept between requests, because only a load changes it. Nothing in it depends on the caller (A-9)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from graph.impact.projection import Projection
from graph.questions import question
from graph.reads import AsyncReader, answer_async
from graph.runs import NEXT, RunStatus
from graph.search.reference import Reference

T = TypeVar("T")
Mark = tuple[str, str]


class Kept:
    """Kept as long as the store is open. `reference` forgets by itself after a minute; the inventory is read again after a load.

    Analyses run one after the other in a thread of their own, so that the others are answered meanwhile; one that is no longer waited
    for is left out if it has not begun, and else runs to its end.
    """

    def __init__(self) -> None:
        self.reference = Reference()
        self._analyst = ThreadPoolExecutor(max_workers=1, thread_name_prefix="analysis")
        self._reading = asyncio.Lock()
        self._held: tuple[Mark, Projection] | None = None

    async def analysed(self, work: Callable[[], T]) -> T:
        """The result of `work`, done in the thread of analyses."""
        return await asyncio.get_running_loop().run_in_executor(self._analyst, work)

    async def projection(self, store: AsyncReader) -> Projection:
        """The inventory, compiled: as it was after the newest load; read each time while one is under way."""
        async with self._reading:
            mark, settled = await _newest_run(store)
            if self._held is None or self._held[0] != mark or not settled:
                found = await answer_async(store, inventory())
                self._held = (mark, await self.analysed(lambda: Projection(found)))
            return self._held[1]

    def close(self) -> None:
        """End the thread of analyses; what has not begun is left out."""
        self._analyst.shutdown(wait=False, cancel_futures=True)


async def _newest_run(store: AsyncReader) -> tuple[Mark, bool]:
    """Id and status of the newest run, and whether it has ended."""
    rows = await store.read(question("runs"), source=None, after_started=None, after_id=None, first=1)
    if not rows:
        return ("", ""), True
    run = rows[0]["node"]
    return (run["id"], run["status"]), not NEXT[RunStatus(run["status"])]
