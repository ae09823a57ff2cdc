"""One GraphQL request from its text to its answer, with or without a server around it.

At the time limit the request is cancelled, and with it each read of the store: the driver closes that connection. A Neo4j is also
told the limit with each read and stops it; the embedded server runs a read to its end, which is why every question is bounded by itself.
"""

import asyncio
import secrets
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import strawberry
from graphql import ExecutionResult, GraphQLSchema, OperationType
from graphql import execute as graphql_execute

from api import audit
from api.caller import LOCAL_OPERATOR, Caller
from api.documents import Documents, Operation, ShownOperation
from api.failures import Shown, codes_of, shown_errors, shown_exception
from api.kept import Kept
from api.limits import DEFAULT, Limits, above, checked_page
from api.projection import executor_class
from api.reading import Reading
from graph.errors import BadInput, StoreTimeout
from graph.reads import AsyncLongReader

Variables = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sends. `read_only`: it came by GET, which changes nothing."""

    text: str
    variables: Variables = field(default_factory=dict)
    operation: str | None = None
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the response of the GraphQL specification: `data`, `errors`. `executed`: it holds `data`, perhaps null."""

    body: Shown
    outcome: audit.Outcome

    @property
    def executed(self) -> bool:
        """Whether the document was accepted and run; else the request itself was refused."""
        return "data" in self.body


class Executor:
    """Executes the requests of one schema over one store under one set of limits; keeps what serves the next request."""

    def __init__(self, schema: strawberry.Schema, store: AsyncLongReader, limits: Limits, cursor_key: bytes | None = None) -> None:
        self._store = store
        self._schema: GraphQLSchema = schema._schema  # Strawberry hands out its schema for graphql-core under no other name
        self._limits = limits
        self._documents = Documents(self._schema, limits)
        self._kept = Kept(cursor_key or secrets.token_bytes(32))
        self._run = partial(graphql_execute, self._schema, executor_class=executor_class(schema.execution_context_class), operation_extensions=None)

    def close(self) -> None:
        """Let go of what is kept."""
        self._kept.close()

    async def answer(self, caller: Caller, request: Request) -> Answer:
        """The answer to one request, its errors in it. Writes the audit line. Raises nothing but a cancellation."""
        started = time.perf_counter()
        reading = Reading(self._store, caller, self._limits, self._kept)
        operation, body = None, {}
        try:
            async with asyncio.timeout(self._limits.seconds):
                operation = self._accepted(request)
                shown = operation.shown(caller.viewer, request.variables)
                body = _response(await self._executed(operation, shown, request.variables, reading)) | _withheld(shown)
        except TimeoutError:
            body = {"data": None, "errors": shown_exception(self._too_slow())}
        except Exception as error:  # noqa: BLE001 - the outermost door: nothing foreign leaves unmasked
            body = {"errors": shown_exception(error)}
        return _recorded(caller, Answer(body, _outcome(operation, time.perf_counter() - started, reading.rows, body)))

    def check_limits(self, request: Request) -> None:
        """Raises LimitExceeded for a request above a limit, whatever else is wrong with it: limits answer before the token, the token before the rest (A-8)."""
        with suppress(BadInput):
            self._accepted(request)

    def _accepted(self, request: Request) -> Operation:
        """The operation to run. Limits come first (A-8)."""
        if (levels := _nesting(request.variables)) > self._limits.nesting:
            raise above("nesting", "levels of lists and objects in the variables:", levels, self._limits.nesting)
        operation = self._documents.operation(request.text, request.operation)
        if operation.kind is not OperationType.QUERY and request.read_only:
            raise BadInput("query: a GET request runs queries only; send this operation by POST.")
        if (values := operation.cost.of(request.variables)) > self._limits.complexity:
            raise above("complexity", "values that the answer can hold:", values, self._limits.complexity)
        if page := operation.cost.page_of(request.variables):
            checked_page(page, self._limits)
        return operation

    async def _executed(self, operation: Operation, shown: ShownOperation, variables: Variables, reading: Reading) -> ExecutionResult:
        result: Any = self._run(
            operation.document,
            context_value=reading,
            variable_values=dict(variables),
            operation_name=operation.name,
            projections=shown.projections,
            blanks=shown.permit.blanks,
        )
        executed: ExecutionResult = result if isinstance(result, ExecutionResult) else await result
        return executed

    def _too_slow(self) -> StoreTimeout:
        return StoreTimeout(f"seconds: the answer took longer than {self._limits.seconds:g} s, the limit, and was given up. Ask for less at a time.")


async def execute(schema: strawberry.Schema, store: AsyncLongReader, text: str, variables: Variables, cursor_key: bytes | None = None) -> Answer:
    """Run one document as the local operator, without a server (the command `rorgraph query`)."""
    with closing(Executor(schema, store, DEFAULT, cursor_key)) as executor:
        return await executor.answer(LOCAL_OPERATOR, Request(text, variables))


def _response(result: ExecutionResult) -> Shown:
    body: Shown = {"data": result.data} if result.data is not None or _ran(result) else {}
    return body | {"errors": shown_errors(result.errors)} if result.errors else body


def _withheld(shown: ShownOperation) -> Shown:
    """What was asked and is not shown of everything to this viewer, the same whatever the data holds (A-5); nothing where nothing is."""
    return {"extensions": {"withheld": list(shown.permit.withheld)}} if shown.permit.withheld else {}


def _ran(result: ExecutionResult) -> bool:
    """Without data: whether a field failed, or, else, the variables did not fit and nothing ran."""
    return any(error.path for error in result.errors or ())


def _outcome(operation: Operation | None, seconds: float, rows: int, body: Shown) -> audit.Outcome:
    errors: Any = body.get("errors", ())
    return audit.Outcome(operation.name if operation else None, seconds, rows, tuple(codes_of(errors)))


def _recorded(caller: Caller, answer: Answer) -> Answer:
    audit.record(caller, answer.outcome)
    return answer


NESTED: Final = (dict, list)


def _nesting(value: object) -> int:
    """Levels of lists and objects. Level by level, not by recursion: the value is as deep as a client likes."""
    levels, current = 0, [value]
    while current := [item for item in current if isinstance(item, NESTED)]:
        levels += 1
        current = [below for item in current for below in (item.values() if isinstance(item, dict) else item)]
    return levels
