"""The embedded server, seen from a client: attach to the one that runs, or start it.

Each client holds a shared lock as long as it lives (graph/store/place.py). The server belongs to its supervisor
(graph/store/supervisor.py), which stops it when no client is left.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from graph.errors import BadInput, StoreTimeout, StoreUnavailable
from graph.settings import Settings
from graph.store.endpoint import Endpoint, speaks_bolt
from graph.store.java import find_java
from graph.store.place import DATABASE, USER, Place, State, opened, read_state, try_lock

LINGER = 4.0  # seconds that the server stays after its last client
START_LIMIT = 90.0  # seconds; a little more than the supervisor gives the server
STARTS = 2  # tries: the chosen port may be taken in the meantime
POLL = 0.03
PROBLEM = re.compile(r"Exception|Error|SEVER|Could not|Invalid|heap")
NO_SPACE = "No space left on device"


@contextmanager
def attach(settings: Settings, *, linger: float = LINGER) -> Iterator[Endpoint]:
    """The embedded server of `settings.home`, started if it does not run, kept for as long as the block lasts.

    `linger`: seconds that a server started here outlives its last client.
    Raises BadInput (the folder cannot be written), StoreUnavailable (no server for this machine, or it does not start).
    """
    find_java()
    place = Place(settings.home)
    with _lease(place):
        yield _endpoint(_find_or_start(place, settings.heap, linger))


@contextmanager
def _lease(place: Place) -> Iterator[None]:
    """Hold the clients' lock; waits for a server that is stopping just now."""
    with ExitStack() as held:
        clients = held.enter_context(opened(_created(place).clients_lock))
        deadline = time.monotonic() + START_LIMIT
        while not try_lock(clients, shared=True):
            _pause(deadline, place)
        yield


def _created(place: Place) -> Place:
    try:
        place.create()
    except OSError as problem:
        raise BadInput(f"RORGRAPH_HOME: {place.home} cannot be used as data folder ({problem.strerror}).") from problem
    return place


def _find_or_start(place: Place, heap: str, linger: float) -> State:
    """The state of a server that answers. Whoever gets the server's lock knows that none lives, and starts one."""
    deadline, starts = time.monotonic() + START_LIMIT, 0
    while True:
        with opened(place.server_lock) as lock:
            dead = try_lock(lock)
            if dead and starts == STARTS:
                raise StoreUnavailable(f"The embedded server did not start: {_complaint(place.log)}. Its log: {place.log}")
            if dead:
                _start(place, heap, linger, lock)
                starts += 1
        state = read_state(place.state)
        if state is not None and speaks_bolt(state.host, state.port):
            return state
        _pause(deadline, place)


def _start(place: Place, heap: str, linger: float, lock: int) -> None:
    """Start a supervisor and hand it the lock, so that the lock is never free in between."""
    place.state.unlink(missing_ok=True)
    root = Path(__file__).resolve().parents[2]
    words = [sys.executable, "-m", "graph.store.supervisor", str(place.home), heap, str(linger), str(lock)]
    with place.log.open("wb") as log:
        subprocess.run(
            words, env={**os.environ, "PYTHONPATH": str(root)}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            pass_fds=(lock,), start_new_session=True, check=False,
        )  # fmt: skip


def _pause(deadline: float, place: Place) -> None:
    if time.monotonic() > deadline:
        raise StoreTimeout(f"The embedded server of {place.home} did not answer within {START_LIMIT:.0f} seconds. Its log: {place.log}")
    time.sleep(POLL)


def _complaint(log: Path) -> str:
    """What the log says went wrong: a full disk before all, else the last lines that state a problem, without Java's stack frames."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    if any(NO_SPACE in line for line in lines):
        return NO_SPACE
    told = [line for line in lines if PROBLEM.search(line) and not line.startswith("at ")] or lines[-1:]
    return " | ".join(told[-3:]) or "it said nothing"


def _endpoint(state: State) -> Endpoint:
    return Endpoint(
        uri=f"bolt://{state.host}:{state.port}",
        user=USER,
        password=state.password,
        database=DATABASE,
        sql=f"http://{state.host}:{state.http_port}/api/v1/command/{DATABASE}",
    )
