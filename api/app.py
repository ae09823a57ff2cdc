"""The web application: GraphQL, its schema as text, and the addresses that say whether the server lives and is ready."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, NoReturn, TypeVar

import strawberry
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api import audit
from api.admission import Admission
from api.caller import Caller
from api.execution import Executor
from api.execution import Request as GraphQLRequest
from api.failures import codes_of, shown_exception
from api.guards import LoopbackOnly, SecurityHeaders
from api.http import Rejected, json_response, read_request, rejection, response_of
from api.limits import DEFAULT, Limits
from api.rates import TooManyRequests
from api.tokens import NotAdmitted
from graph.errors import BadInput, LimitExceeded, StoreUnavailable
from graph.questions import question
from graph.reads import AsyncLongReader

T = TypeVar("T")
READY_SECONDS: Final = 2.0
KEY_BYTES: Final = 32
StoreOpener = Callable[[], AbstractAsyncContextManager[AsyncLongReader]]


@dataclass(slots=True)
class _Service:
    """What the endpoints share. `store` and `executor` are there between start and stop of the application."""

    limits: Limits
    admission: Admission
    cursor_key: bytes
    store: AsyncLongReader | None = None
    executor: Executor | None = None


def build_app(
    open_store: StoreOpener, schema: strawberry.Schema, limits: Limits = DEFAULT, *, admission: Admission, cursor_key: bytes | None = None
) -> Starlette:
    """The application over a store that it opens at its start and closes at its end, in its own event loop.

    `admission`: who its callers are; on the operator's server a Host or Origin that is not this machine is refused too (A-13).
    `cursor_key`: signs the cursors of searches; None: one that ends with the process.
    """
    service = _Service(limits, admission, cursor_key or secrets.token_bytes(KEY_BYTES))
    guards = [Middleware(SecurityHeaders), *([Middleware(LoopbackOnly)] if admission.loopback_only else [])]
    return Starlette(routes=_routes(service, schema), middleware=guards, lifespan=_lifespan(service, schema, open_store))


def _lifespan(service: _Service, schema: strawberry.Schema, open_store: StoreOpener) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with open_store() as service.store:
            with closing(Executor(schema, service.store, service.limits, service.cursor_key)) as service.executor:
                yield

    return lifespan


def _opened(opened: T | None) -> T:
    if opened is None:
        raise StoreUnavailable("The store is not open: the server is starting or stopping. Try again in a moment.")
    return opened


def _routes(service: _Service, schema: strawberry.Schema) -> Sequence[Route]:
    async def graphql(http: Request) -> Response:
        return await _answered(service, http)

    async def ready(_: Request) -> Response:
        return await _readiness(service)

    return [
        Route("/graphql", graphql, methods=["GET", "POST"]),
        Route("/schema.graphql", _constant(schema.as_str() + "\n"), methods=["GET"]),
        Route("/health/live", _constant("alive\n"), methods=["GET"]),
        Route("/health/ready", ready, methods=["GET"]),
    ]


def _constant(text: str) -> Callable[[Request], Awaitable[Response]]:
    async def constant(_: Request) -> Response:
        return PlainTextResponse(text)

    return constant


async def _answered(service: _Service, http: Request) -> Response:
    """The answer to one request. The first failure answers alone: limits, then who asks, then the rest (A-8)."""
    started = time.perf_counter()
    who = await service.admission.who(http)
    caller = who if isinstance(who, Caller) else None
    try:
        _counted(service.admission, http, who)
        request, executor = await _read(http, service.limits), _executor(service)
        if isinstance(who, NotAdmitted):
            _turned_away(executor, request, who)
    except Rejected as rejected:
        first = _not_admitted(who) if isinstance(who, NotAdmitted) and not isinstance(rejected.error, LimitExceeded) else rejected
        return _refused(http, first, caller, started)
    return response_of(http, await executor.answer(who, request))


def _counted(admission: Admission, http: Request, who: Caller | NotAdmitted) -> None:
    try:
        admission.count(http, who)
    except TooManyRequests as error:
        raise Rejected(HTTPStatus.TOO_MANY_REQUESTS, error, {"retry-after": str(error.seconds)}) from error


async def _read(http: Request, limits: Limits) -> GraphQLRequest:
    try:
        async with asyncio.timeout(limits.seconds):
            return await read_request(http, limits)
    except TimeoutError as error:
        raise Rejected(HTTPStatus.REQUEST_TIMEOUT, BadInput("body: it did not arrive in time.")) from error


def _executor(service: _Service) -> Executor:
    try:
        return _opened(service.executor)
    except StoreUnavailable as error:
        raise Rejected(HTTPStatus.SERVICE_UNAVAILABLE, error) from error


def _turned_away(executor: Executor, request: GraphQLRequest, who: NotAdmitted) -> NoReturn:
    try:
        executor.check_limits(request)
    except LimitExceeded as error:
        raise Rejected(HTTPStatus.BAD_REQUEST, error) from error
    raise _not_admitted(who)


def _not_admitted(who: NotAdmitted) -> Rejected:
    """The refusal of a caller, in the words of RFC 6750, 3; our sentences hold no quotation mark, which a header would have to escape."""
    challenge = {"www-authenticate": f'Bearer realm="rorgraph", error="invalid_token", error_description="{who}"'}
    return Rejected(who.status, who, challenge if who.status is HTTPStatus.UNAUTHORIZED else None)


def _refused(http: Request, rejected: Rejected, caller: Caller | None, started: float) -> Response:
    codes = tuple(codes_of(shown_exception(rejected.error)))
    audit.record(caller, audit.Outcome(None, time.perf_counter() - started, 0, codes))
    return rejection(http, rejected)


async def _readiness(service: _Service) -> Response:
    """200 when the store answers within `READY_SECONDS`; else 503 and why."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            await _opened(service.store).read(question("alive"))
    except TimeoutError:
        return _not_ready(f"The store did not answer within {READY_SECONDS:g} s.")
    except StoreUnavailable as error:
        return _not_ready(str(error))
    return json_response({"ready": True})


def _not_ready(why: str) -> Response:
    return json_response({"ready": False, "why": why}, HTTPStatus.SERVICE_UNAVAILABLE)
