"""The process that owns an embedded server: starts it, waits until no client is left, stops it.

`python -m graph.store.supervisor HOME HEAP LINGER DESCRIPTOR`, started by graph/store/embedded.py, which has taken the server's
lock and passes it on as an open descriptor. Runs in its own session, so that Ctrl-C in a client's terminal does not reach it.
"""

import ctypes
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from graph.store.java import HOST, command, find_java
from graph.store.place import Place, State, opened, read_state, text_of, try_lock, unlock, write_private

POLL = 0.1  # seconds between two looks at the clients
START_LIMIT = 80  # seconds; after a crash the server reads its log again
FAILED = b'Exception in thread "main"'  # the server then stays, with nothing to do
STOP_LIMIT = 120  # seconds that the server has to write its pages
PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


def main(arguments: list[str]) -> int:
    """Serve until no client is left for `LINGER` seconds, or until told to stop; the exit code says whether it went well."""
    home, heap, linger, lock = Path(arguments[0]), arguments[1], float(arguments[2]), int(arguments[3])
    if os.fork():
        return 0  # the client waits for this one only, so that it has no child to bury
    os.chdir(home)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    return _serve(Place(home), heap, linger, lock)


def _serve(place: Place, heap: str, linger: float, lock: int) -> int:
    java, password = find_java(), secrets.token_urlsafe(32)
    _forget_last_start(place)
    write_private(place.password, password)
    port, http_port = _free_ports()
    server = _start(command(java, place, heap, port, http_port), lock)
    try:
        _wait_until_ready(server, http_port, place.log)
        place.password.unlink()
        state = State(HOST, port, http_port, password, server.pid, os.getpid(), datetime.now(UTC).isoformat(), java.version)
        _watch(place, state, server, linger)
    finally:
        place.state.unlink(missing_ok=True)
        place.password.unlink(missing_ok=True)
        _end(server)
    return server.returncode


def _forget_last_start(place: Place) -> None:
    """Drop the last start's logs, and its users: the server takes the new password only when it knows no user yet."""
    shutil.rmtree(place.home / "log", ignore_errors=True)
    (place.home / "config" / "server-users.jsonl").unlink(missing_ok=True)


def _free_ports() -> tuple[int, int]:
    """Two ports that are free now. Who loses the race for one of them ends, and is started again by the client."""
    with socket.socket() as first, socket.socket() as second:
        first.bind((HOST, 0))
        second.bind((HOST, 0))
        return first.getsockname()[1], second.getsockname()[1]


def _start(words: list[str], lock: int) -> subprocess.Popen[bytes]:
    """Start the server; it inherits the lock, so that the lock says "alive" as long as either of us lives."""
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, pass_fds=(lock,), preexec_fn=end_with_parent)  # noqa: PLW1509 - one thread


def end_with_parent() -> None:
    """Ask the kernel (Linux) to stop this process when its parent dies, also by SIGKILL; called in the child, before it runs."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_ready(server: subprocess.Popen[bytes], http_port: int, log: Path) -> None:
    """Return when the server has opened its databases. Raises SystemExit when it failed, or is too late."""
    deadline = time.monotonic() + START_LIMIT
    while not _ready(http_port):
        if server.poll() is not None or FAILED in log.read_bytes() or time.monotonic() > deadline:
            raise SystemExit(1)
        time.sleep(0.02)


def _ready(http_port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, http_port, timeout=5)
    try:
        connection.request("GET", "/api/v1/ready")
        return connection.getresponse().status == http.client.NO_CONTENT
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _watch(place: Place, state: State, server: subprocess.Popen[bytes], linger: float) -> None:
    """Return when the server ended, or with the clients' lock in hand: who comes now waits until we are gone."""
    with opened(place.clients_lock) as clients:
        last_seen = time.monotonic()
        while server.poll() is None:
            if read_state(place.state) != state:
                write_private(place.state, text_of(state))
            if not try_lock(clients):
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen >= linger:
                place.state.unlink(missing_ok=True)
                _end(server)
                return
            else:
                unlock(clients)
            time.sleep(POLL)


def _end(server: subprocess.Popen[bytes]) -> None:
    """Stop the server: asked first, so that it writes its pages; the log on disk holds them in any case."""
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
