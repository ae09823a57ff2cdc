"""What resolvers read with: the store as one caller may see it, during one request.

The only way from a resolver to the store, so that the access policy has one place to stand (A-2), and one place counts rows.
"""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from api.caller import Caller
from api.kept import NEWEST_RUN, SLOW, Kept
from api.limits import Limits, checked_page
from graph.access import Viewer
from graph.access.rendering import rendered
from graph.impact.projection import Projection
from graph.questions import Question
from graph.reads import AsyncLongReader, Reads, Row, answer_async
from graph.reconciliation.answer import Reconciliation
from graph.search.reference import Reference

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")
Batch = Callable[[Sequence[K]], Reads[dict[K, V]]]


class Reading:
    """One request of one caller. `rows` counts what the store gave so far. It is itself what reads are answered by."""

    def __init__(self, store: AsyncLongReader, caller: Caller, limits: Limits, kept: Kept) -> None:
        self.caller = caller
        self.limits = limits
        self.kept = kept
        self.rows = 0
        self._store = store
        self._newest: list[Row] | None = None
        self._loaders: dict[object, DataLoader[Any, Any]] = {}

    @property
    def viewer(self) -> Viewer:
        """What the caller may see."""
        return self.caller.viewer

    @property
    def reference(self) -> Reference:
        """What the viewer's searches look up."""
        return self.kept.reference(self.viewer)

    async def read(self, question: Question, /, **params: object) -> list[Row]:
        """The rows of one question; which load is the newest is asked once."""
        if question.name == NEWEST_RUN:
            self._newest = self._newest or await self._store.read(question)
            return self._newest
        seen = rendered(question.text, self.viewer)
        asked, given = question if seen.text == question.text else replace(question, text=seen.text), {**params, **seen.params}
        if question.name in SLOW:
            rows = await self.kept.slowly(self._store, asked, given, self.viewer)
        else:
            rows = await self._store.read(asked, **given)
        self.rows += len(rows)
        return rows

    async def answer(self, reads: Reads[T]) -> T:
        """The answer that `reads` ends with."""
        return await answer_async(self, reads)

    async def searched(self, reads: Reads[T]) -> T:
        """The answer of a search, fed by the index of the offers."""
        await self.kept.index(self, self._store)
        return await answer_async(self, reads)

    async def compiled(self) -> Projection:
        """The inventory, compiled for analyses."""
        return await self.kept.compiled(self)

    async def reconciled(self, regional: str, national: str) -> Reconciliation:
        """Two RORs, offer by offer."""
        return await self.kept.reconciled(self._store, regional, national)

    async def load(self, batch: Batch[K, V], key: K) -> V | None:
        """The value of one key; the keys that are asked for at the same time are read together. None where there is no value."""
        value: V | None = await self._loader(batch).load(key)
        return value

    async def load_many(self, batch: Batch[K, V], keys: Sequence[K]) -> list[V]:
        """The values of some keys, in their order, without those that there are not."""
        values: list[V | None] = await self._loader(batch).load_many(list(keys))
        return [value for value in values if value is not None]

    def page(self, first: int) -> int:
        """`first`, when it is a page that is served. Raises LimitExceeded, BadInput."""
        return checked_page(first, self.limits)

    def _loader(self, batch: Batch[K, V]) -> DataLoader[Any, Any]:
        loader = self._loaders.get(batch)
        if loader is None:
            loader = self._loaders[batch] = DataLoader(self._in_order(batch))
        return loader

    def _in_order(self, batch: Batch[Any, Any]) -> Callable[[list[Any]], Awaitable[list[Any]]]:
        async def values(keys: list[Any]) -> list[Any]:
            found = await self.answer(batch(keys))
            return [found.get(key) for key in keys]

        return values
