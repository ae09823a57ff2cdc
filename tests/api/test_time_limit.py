"""The time limit at a real store: the query is given up and the store goes on answering."""

import asyncio
from contextlib import closing
from dataclasses import replace
from typing import Any

import strawberry

from api.caller import LOCAL_OPERATOR
from api.execution import Executor, Request
from api.limits import DEFAULT
from api.reading import Reading
from graph.questions import Question, question
from graph.store.connection import connect_async
from graph.store.endpoint import Endpoint

LONG = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b WITH a, b WHERE a * b < 0 RETURN count(*) AS n"


@strawberry.type
class Query:
    @strawberry.field
    async def long(self, info: strawberry.Info[Reading]) -> int:
        rows = await info.context.read(Question("long", "long", "long", (), ("n",), "one row", "nothing", LONG))
        return int(rows[0]["n"])

    @strawberry.field
    async def short(self, info: strawberry.Info[Reading]) -> bool:
        return bool((await info.context.read(question("alive")))[0]["answers"])


def test_a_query_that_takes_too_long_is_given_up_and_the_next_one_is_answered(embedded_endpoint: Endpoint) -> None:
    async def asked() -> list[dict[str, Any]]:
        schema = strawberry.Schema(Query)
        async with connect_async(embedded_endpoint) as store:
            with closing(Executor(schema, store, replace(DEFAULT, seconds=0.2))) as hurried, closing(Executor(schema, store, DEFAULT)) as patient:
                stopped = await hurried.answer(LOCAL_OPERATOR, Request("{long}"))
                return [stopped.body, (await patient.answer(LOCAL_OPERATOR, Request("{short}"))).body]

    stopped, answered = asyncio.run(asked())
    assert [error["extensions"]["code"] for error in stopped["errors"]] == ["TIMEOUT"]
    assert answered == {"data": {"short": True}}
