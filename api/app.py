"""The web application: GraphQL, its schema as text, and the addresses that say whether the server lives and is ready."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeVar

import strawberry
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api import audit
from api.caller import LOCAL_OPERATOR
from api.execution import Executor
from api.failures import codes_of, shown_exception
from api.guards import LoopbackOnly, SecurityHeaders
from api.http import Rejected, json_response, read_request, rejection, response_of
from api.limits import DEFAULT, Limits
from graph.errors import BadInput, StoreUnavailable
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
    cursor_key: bytes
    store: AsyncLongReader | None = None
    executor: Executor | None = None


def build_app(
    open_store: StoreOpener, schema: strawberry.Schema, limits: Limits = DEFAULT, *, loopback: bool = True, cursor_key: bytes | None = None
) -> Starlette:
    """The application over a store that it opens at its start and closes at its end, in its own event loop.

    `loopback`: refuse a Host or Origin that is not this machine (A-13). `cursor_key`: signs the cursors of searches; None: one that ends with the process.
    """
    service = _Service(limits, cursor_key or secrets.token_bytes(KEY_BYTES))
    guards = [Middleware(SecurityHeaders), *([Middleware(LoopbackOnly)] if loopback else [])]
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
    started = time.perf_counter()
    try:
        async with asyncio.timeout(service.limits.seconds):
            request = await read_request(http, service.limits)
        executor = _opened(service.executor)
    except Rejected as rejected:
        return _refused(http, rejected, started)
    except TimeoutError:
        return _refused(http, Rejected(HTTPStatus.REQUEST_TIMEOUT, BadInput("body: it did not arrive in time.")), started)
    except StoreUnavailable as error:
        return _refused(http, Rejected(HTTPStatus.SERVICE_UNAVAILABLE, error), started)
    return response_of(http, await executor.answer(LOCAL_OPERATOR, request))


def _refused(http: Request, rejected: Rejected, started: float) -> Response:
    codes = tuple(codes_of(shown_exception(rejected.error)))
    audit.record(LOCAL_OPERATOR, audit.Outcome(None, time.perf_counter() - started, 0, codes))
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
