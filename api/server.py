"""Serving the application on an address, until it is told to stop."""

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from graph.errors import BadInput, StoreUnavailable

STOP_SECONDS: Final = 10  # for the answers under way, when the server is told to stop
KEEP_SECONDS: Final = 65  # longer than the usual gateway in front keeps its connections
WAITING: Final = 2048  # connections that wait to be accepted
LAST_PORT: Final = 65535
Announce = Callable[[str], None]


class _Server(uvicorn.Server):
    """Says when it listens, and ends as a function does.

    uvicorn raises the signal that stopped it once more, which would kill the process before its caller has closed what it opened.
    """

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._announce()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(app: ASGIApp, host: str, port: int, announce: Announce) -> None:
    """Serve until SIGINT or SIGTERM; answers under way are given `STOP_SECONDS`. Call it from the main thread.

    `announce` gets the address of GraphQL once the server listens; port 0 takes a free one. uvicorn's own access log is off:
    it would write addresses with their queries (A-12).
    Raises BadInput (an address that cannot be used), StoreUnavailable (the application did not start).
    """
    with closing(_listening(host, port)) as listening:
        config = uvicorn.Config(
            app,
            access_log=False,
            proxy_headers=False,  # else a neighbour on this machine names its own address: api/rates.py says which proxies are believed
            log_config=None,
            server_header=False,
            ws="none",
            lifespan="on",
            timeout_keep_alive=KEEP_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        server = _Server(config, lambda: announce(_address(host, listening)))
        server.run(sockets=[listening])
    if not server.started:
        raise StoreUnavailable("The server did not start: its store cannot be opened. The log above says why.")


def _listening(host: str, port: int) -> socket.socket:
    if not 0 <= port <= LAST_PORT:
        raise BadInput(f"--port: {port} is not a port; choose one from 1 to {LAST_PORT}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sets TCP_NODELAY only where the protocol is named: 40 ms an answer
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the port of a server that has just ended
        listening.bind((host, port))
        listening.listen(WAITING)
    except OSError as problem:
        listening.close()
        raise BadInput(_unusable(host, port, problem)) from problem
    return listening


def _unusable(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"--port: {port} on {host} is taken by another program. Stop that program, or choose another port."
    if problem.errno == errno.EACCES:
        return f"--port: {port} on {host} may not be opened by this user; choose one from 1024 to {LAST_PORT}."
    return f"--host: {host} is not an address of this machine ({problem.strerror})."


def _address(host: str, listening: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listening.getsockname()[1]}/graphql"
