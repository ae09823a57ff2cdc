"""The one way to talk to the store: `Store` for commands and loads, `AsyncStore` for the API. Both translate every exception of the driver."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Protocol

import neo4j
from neo4j.exceptions import ConstraintError, DriverError, GqlError, Neo4jError

from graph.store.dialect import Server, server_of
from graph.store.endpoint import Endpoint
from graph.store.translation import translated

Row = dict[str, Any]
Params = dict[str, Any]
Statement = tuple[str, Params]


class Text(Protocol):
    """What can be read: a reviewed question (graph/questions.py) or a rendered statement."""

    @property
    def text(self) -> str:
        """The Cypher."""


class Store:
    """A graph store reached over Bolt. Built by `open_store`, which also closes it."""

    def __init__(self, driver: neo4j.Driver, endpoint: Endpoint, server: Server) -> None:
        self.endpoint, self.server = endpoint, server
        self._driver, self._database = driver, endpoint.database

    def read(self, question: Text, /, **params: Any) -> list[Row]:
        """All rows of a question, in one read transaction that the driver retries.

        Raises StoreUnavailable, StoreTimeout, StoreFault, BadInput (graph/store/translation.py).
        """
        with _ours(), self._session() as session:
            return session.execute_read(_rows, question.text, params)

    def stream(self, text: str, **params: object) -> Iterator[tuple[Any, ...]]:
        """The values of the rows one by one, so that a large answer needs no memory; not retried."""
        with _ours(), self._session() as session:
            for record in session.run(text, params):
                yield tuple(record)

    def each(self, question: Text, /, **params: Any) -> Iterator[Row]:
        """The rows of a question one by one, so that a large answer needs no memory; not retried."""
        with _ours(), self._session() as session:
            for record in session.run(question.text, params):
                yield record.data()

    def write(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """All statements in one transaction, retried by the driver; the rows that each returns.

        A ConstraintError is tried once more: two first MERGE of one key meet so on the embedded server (docs/cypher_dialect.md, 4).
        """
        with _ours(), self._session() as session:
            try:
                return session.execute_write(_all_rows, statements)
            except ConstraintError:
                return session.execute_write(_all_rows, statements)

    def command(self, text: str) -> None:
        """One schema command, in a transaction of its own."""
        with _ours(), self._session() as session:
            session.run(text).consume()

    def _session(self) -> neo4j.Session:
        return self._driver.session(database=self._database, fetch_size=2000)


class AsyncStore:
    """The same for asynchronous callers: reads only. `seconds`: after which a Neo4j stops a read; the embedded server goes on (docs/operations.md)."""

    def __init__(self, driver: neo4j.AsyncDriver, endpoint: Endpoint, seconds: float | None = None) -> None:
        self.endpoint = endpoint
        self._driver, self._database = driver, endpoint.database
        self._seconds = seconds
        self._again = neo4j.unit_of_work(timeout=seconds)(_async_rows)

    async def read(self, question: Text, /, **params: Any) -> list[Row]:
        """All rows of a question. A cancelled read closes its connection.

        The first try is one round trip without a transaction around it (0.2 ms less); what the driver calls retryable goes into a managed
        transaction, which the driver retries.
        """
        with _ours():
            async with self._driver.session(database=self._database, fetch_size=2000, default_access_mode=neo4j.READ_ACCESS) as session:
                try:
                    result = await session.run(neo4j.Query(question.text, timeout=self._seconds), params)
                    return [record.data() async for record in result]
                except (Neo4jError, DriverError) as problem:
                    if not problem.is_retryable():
                        raise
                return await session.execute_read(self._again, question.text, params)

    async def each(self, question: Text, /, **params: Any) -> AsyncIterator[Row]:
        """The rows of a question one by one; not retried. No time limit: it takes as long as its caller takes them."""
        with _ours():
            async with self._driver.session(database=self._database, fetch_size=2000, default_access_mode=neo4j.READ_ACCESS) as session:
                async for record in await session.run(question.text, params):
                    yield record.data()


@contextmanager
def _ours() -> Iterator[None]:
    """Nothing foreign escapes (docs/style.md, 5)."""
    try:
        yield
    except (GqlError, OSError) as foreign:
        raise translated(foreign) from foreign


def _rows(transaction: neo4j.ManagedTransaction, text: str, params: Params) -> list[Row]:
    return [record.data() for record in transaction.run(text, params)]


def _all_rows(transaction: neo4j.ManagedTransaction, statements: Sequence[Statement]) -> list[list[Row]]:
    return [_rows(transaction, text, params) for text, params in statements]


async def _async_rows(transaction: neo4j.AsyncManagedTransaction, text: str, params: Params) -> list[Row]:
    result = await transaction.run(text, params)
    return [record.data() async for record in result]


@contextmanager
def connect(endpoint: Endpoint) -> Iterator[Store]:
    """A store at an endpoint; closed at the end of the block."""
    driver = neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password), **DRIVER)
    with driver:
        with _ours():
            server = server_of(driver.get_server_info().agent)
        yield Store(driver, endpoint, server)


@asynccontextmanager
async def connect_async(endpoint: Endpoint, seconds: float | None = None) -> AsyncIterator[AsyncStore]:
    """The same for asynchronous callers, with a time limit for each read."""
    driver = neo4j.AsyncGraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password), **DRIVER)
    async with driver:
        yield AsyncStore(driver, endpoint, seconds)


DRIVER: dict[str, Any] = {
    "notifications_min_severity": "OFF",  # the reviewed files need no advice at run time
    "max_transaction_retry_time": 15.0,
    "connection_timeout": 10.0,
}
