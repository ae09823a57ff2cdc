"""Requests to the application in the test's own process, its store opened and closed around each of them."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
import strawberry

from api.admission import OPERATOR_ONLY, Admission
from api.app import StoreOpener, build_app
from api.limits import DEFAULT, Limits


class Client:
    """One application; `get` and `post` take what httpx takes."""

    def __init__(self, schema: strawberry.Schema, open_store: StoreOpener, limits: Limits = DEFAULT, admission: Admission = OPERATOR_ONLY) -> None:
        self._app = build_app(open_store, schema, limits, admission=admission)

    def get(self, path: str, **request: Any) -> httpx.Response:
        return asyncio.run(self._send("GET", path, request))

    def post(self, path: str, **request: Any) -> httpx.Response:
        return asyncio.run(self._send("POST", path, request))

    def ask(self, document: str, variables: Mapping[str, Any] | None = None) -> Any:
        """The data of an answer without errors."""
        body = self.post("/graphql", json={"query": document, "variables": variables}).json()
        assert "errors" not in body, body["errors"]
        return body["data"]

    def refusal(self, document: str, variables: Mapping[str, Any] | None = None) -> tuple[str, str]:
        """Code and message of the one error of an answer."""
        body = self.post("/graphql", json={"query": document, "variables": variables}).json()
        (error,) = body["errors"]
        return error["extensions"]["code"], error["message"]

    async def _send(self, method: str, path: str, request: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with self._app.router.lifespan_context(self._app), httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, **request)
