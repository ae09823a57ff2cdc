"""One GraphQL document answered without a server: the command `rorgraph query`."""

import asyncio
from collections.abc import Mapping
from typing import Any

from api.app import StoreOpener
from api.execution import execute
from api.schema import build_schema


def run_query(open_store: StoreOpener, cursor_key: bytes, text: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body of the answer, as over HTTP: `data`, `errors`. Opens the store and closes it."""

    async def asked() -> Mapping[str, Any]:
        async with open_store() as store:
            return (await execute(build_schema(), store, text, variables, cursor_key)).body

    return asyncio.run(asked())
