"""The application over the small graph of sample.py, on the embedded server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import strawberry

from api.schema import build_schema
from graph.questions import Question
from graph.reads import Row
from graph.store.connection import AsyncStore, connect, connect_async
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from tests.api.client import Client
from tests.api.sample import write_sample
from tests.conftest import cleared


@dataclass
class Counted:
    """A store that notes the questions that it is asked."""

    store: AsyncStore | None = None
    asked: list[str] = field(default_factory=list)

    async def read(self, question: Question, /, **params: Any) -> list[Row]:
        assert self.store is not None
        self.asked.append(question.name)
        return await self.store.read(question, **params)

    async def each(self, question: Question, /, **params: Any) -> AsyncIterator[Row]:
        assert self.store is not None
        self.asked.append(question.name)
        async for row in self.store.each(question, **params):
            yield row


@dataclass(frozen=True)
class Served:
    """A client, and the names of the questions that its requests put to the store."""

    client: Client
    asked: list[str]


@pytest.fixture(scope="session")
def schema() -> strawberry.Schema:
    """The schema that is served."""
    return build_schema()


@pytest.fixture(scope="module")
def sample(embedded_endpoint: Endpoint) -> Endpoint:
    """The embedded server with the sample, which no test of the API changes."""
    with connect(cleared(embedded_endpoint)) as store:
        ensure_schema(store)
        write_sample(store)
    return embedded_endpoint


@pytest.fixture
def served(sample: Endpoint, schema: strawberry.Schema) -> Served:
    """The application over the sample."""
    return serving(sample, schema)


def serving(endpoint: Endpoint, schema: strawberry.Schema) -> Served:
    """The application over what is in a server."""
    counted = Counted()

    @asynccontextmanager
    async def opening() -> AsyncIterator[Counted]:
        async with connect_async(endpoint) as counted.store:
            yield counted

    return Served(Client(schema, opening), counted.asked)
