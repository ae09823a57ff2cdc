"""A schema of a few fields and a store that answers from a table, to test the doors without the referential."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext

import strawberry

from api.limits import DEFAULT, Limits
from api.reading import Reading
from graph.errors import BadInput, LimitExceeded, NotFound, RorGraphError, StoreFault, StoreTimeout, StoreUnavailable
from graph.questions import Question, question
from graph.reads import Ask, AsyncLongReader, Reads, Row

OUR_ERRORS: Mapping[str, RorGraphError] = {
    "BadInput": BadInput("code: 'X' is no code. Write one like TRE_R211-013."),
    "NotFound": NotFound("code: there is no X."),
    "LimitExceeded": LimitExceeded("first: 201 is above the page size, the limit is 200."),
    "StoreUnavailable": StoreUnavailable("The store cannot be reached."),
    "StoreTimeout": StoreTimeout("The store took longer than 2 s."),
}


class TinyStore:
    """Answers every question with the same rows; notes what it was asked and whether it was left in the middle."""

    def __init__(self, rows: Sequence[Row] = ({"answers": True},), seconds: float = 0, failing: Exception | None = None) -> None:
        self.rows, self.seconds, self.failing = rows, seconds, failing
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.cancelled = 0

    async def read(self, question: Question, /, **params: object) -> list[Row]:
        self.asked.append((question.text, params))
        if self.failing is not None:
            raise self.failing
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return list(self.rows)

    async def each(self, question: Question, /, **params: object) -> AsyncIterator[Row]:
        for row in await self.read(question, **params):
            yield row


def opening(store: AsyncLongReader) -> AbstractAsyncContextManager[AsyncLongReader]:
    return nullcontext(store)


@strawberry.type
class Person:
    id: str
    name: str | None = None

    @strawberry.field
    def friends(self, first: int = 20) -> list["Person"]:
        return [Person(id=f"{self.id}.{place}") for place in range(min(first, 3))]

    @strawberry.field
    async def city(self, info: strawberry.Info[Reading]) -> str | None:
        return await info.context.load(cities, self.id)


def cities(ids: Sequence[str]) -> Reads[dict[str, str]]:
    yield Ask(question("alive"), {"ids": list(ids)})
    return {key: f"city of {key}" for key in ids if key != "nowhere"}


@strawberry.type
class Query:
    @strawberry.field
    async def person(self, info: strawberry.Info[Reading], id: str) -> Person:
        await info.context.read(question("alive"))
        return Person(id=id, name="Zoé")

    @strawberry.field
    def people(self, ids: list[str]) -> list[Person]:
        return [Person(id=key) for key in ids]

    @strawberry.field
    def page(self, info: strawberry.Info[Reading], first: int = 20) -> int:
        return info.context.page(first)

    @strawberry.field
    def fails(self, how: str) -> str | None:
        if how in OUR_ERRORS:
            raise OUR_ERRORS[how]
        if how == "StoreFault":
            raise StoreFault("The server refused a statement: Neo.ClientError.Statement.SyntaxError.")
        raise ValueError("Dupont, 0600000000")


@strawberry.type
class Mutation:
    @strawberry.field
    def change(self) -> int:
        return 1


def tiny_schema() -> strawberry.Schema:
    return strawberry.Schema(Query, Mutation)


SMALL = Limits(body_bytes=2000, tokens=60, depth=3, aliases=2, fields=12, page=50, complexity=300, nesting=3, seconds=DEFAULT.seconds)
