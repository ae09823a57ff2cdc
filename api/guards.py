"""What stands around every answer: headers of security, and the refusal of foreign pages on the operator's server.

Written as plain ASGI: a Starlette middleware that builds request and response objects costs as much as a small query.
"""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.failures import shown_exception
from api.http import json_response
from graph.errors import BadInput, Code, RorGraphError

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"private"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class ForeignPage(RorGraphError):
    """A request that a page of another site made, through a name that it lets point at this machine (A-13)."""

    code = Code.FORBIDDEN

    def __init__(self, header: str) -> None:
        super().__init__(f"{header}: this server answers the machine it runs on, under localhost, 127.0.0.1 or [::1] only.")


class SecurityHeaders:
    """Adds `HEADERS` to every HTTP response (A-12)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class LoopbackOnly:
    """Refuses a Host or an Origin that is not this machine (A-13)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        foreign = _foreign(Headers(scope=scope)) if scope["type"] == "http" else None
        if foreign is None:
            await self._app(scope, receive, send)
            return
        response = json_response({"errors": shown_exception(ForeignPage(foreign))}, HTTPStatus.FORBIDDEN)
        await response(scope, receive, send)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's loopback."""
    return host.strip("[]").lower() in LOOPBACK


def check_host(host: str) -> None:
    """Raises BadInput for an address that other machines reach: with --operator every caller sees everything (A-13)."""
    if not is_loopback(host):
        raise BadInput(
            f"--host: {host} can be reached by other machines, and with --operator whoever asks sees everything. "
            "Listen on 127.0.0.1, or leave --operator away: callers then see what their token says."
        )


def _foreign(headers: Headers) -> str | None:
    """The first header that names another machine."""
    if not is_loopback(_host_of(headers.get("host", ""))):
        return "Host"
    origin = headers.get("origin")
    return "Origin" if origin is not None and not is_loopback(urlsplit(origin).hostname or "") else None


def _host_of(host: str) -> str:
    """The name in a Host header, without its port; an IPv6 address stands in brackets."""
    return host.partition("]")[0] if host.startswith("[") else host.partition(":")[0]
