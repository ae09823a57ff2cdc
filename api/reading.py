"""What resolvers read with: the store as one caller may see it, during one request.

The only way from a resolver to the store, so that the access policy has one place to stand (A-2), and one place counts rows.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from strawberry.dataloader import DataLoader

from api.caller import Caller
from api.limits import Limits, checked_page

Row = dict[str, Any]
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Text(Protocol):
    """A question: its Cypher, in which every value is a parameter."""

    @property
    def text(self) -> str:
        """The Cypher."""


class AsyncReads(Protocol):
    """The part of graph.store.connection.AsyncStore that the API uses."""

    async def read(self, question: Text, **params: object) -> list[Row]:
        """All rows of a question. Raises StoreUnavailable, StoreTimeout, StoreFault."""


class Reading:
    """One request of one caller. `rows` counts what the store gave so far."""

    def __init__(self, store: AsyncReads, caller: Caller, limits: Limits) -> None:
        self.caller = caller
        self.limits = limits
        self.rows = 0
        self._store = store
        self._loaders: dict[object, DataLoader[Any, Any]] = {}

    async def ask(self, question: Text, params: Mapping[str, Any]) -> list[Row]:
        """All rows of a question."""
        rows = await self._store.read(question, **params)
        self.rows += len(rows)
        return rows

    def page(self, first: int) -> int:
        """`first`, when it is a page that is served. Raises LimitExceeded, BadInput."""
        return checked_page(first, self.limits)

    async def load(self, batch: "Batch[K, V]", key: K) -> V | None:
        """The value of one key; the keys that are asked for at the same time are read by one question. None where there is no value."""
        loader = self._loaders.get(batch)
        if loader is None:
            loader = self._loaders[batch] = DataLoader(self._in_order(batch))
        value: V | None = await loader.load(key)
        return value

    def _in_order(self, batch: "Batch[K, V]") -> Callable[[list[K]], Awaitable[Sequence[V | None]]]:
        async def values(keys: list[K]) -> Sequence[V | None]:
            found = await batch(self, keys)
            return [found.get(key) for key in keys]

        return values


Batch = Callable[[Reading, Sequence[K]], Awaitable[Mapping[K, V]]]
