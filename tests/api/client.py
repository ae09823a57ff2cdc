"""Requests to the application in the test's own process, its store opened and closed around each of them."""

import asyncio
from typing import Any

import httpx
import strawberry

from api.app import build_app
from api.limits import DEFAULT, Limits
from graph.reads import AsyncReader
from tests.api.tiny import opening


class Client:
    """One application; `get` and `post` take what httpx takes."""

    def __init__(self, schema: strawberry.Schema, store: AsyncReader, limits: Limits = DEFAULT, *, loopback: bool = True) -> None:
        self._app = build_app(lambda: opening(store), schema, limits, loopback=loopback)

    def get(self, path: str, **request: Any) -> httpx.Response:
        return asyncio.run(self._send("GET", path, request))

    def post(self, path: str, **request: Any) -> httpx.Response:
        return asyncio.run(self._send("POST", path, request))

    async def _send(self, method: str, path: str, request: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with self._app.router.lifespan_context(self._app), httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, **request)
