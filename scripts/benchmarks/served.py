"""A server in a process of its own, and clients that ask it: one connection that stays open each, one question after the other."""

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from scripts.benchmarks.files import ROOT

TAKEN_IN = 1.0  # seconds that clients run before they are counted


@dataclass(frozen=True, slots=True)
class Request:
    """One GraphQL request."""

    document: str
    variables: Mapping[str, Any]

    @property
    def body(self) -> str:
        """As it is sent."""
        return json.dumps({"query": self.document, "variables": self.variables})


class Client:
    """One connection that stays open. `tokens`: sent in turn, one with each request, for each has its limit of requests a minute."""

    def __init__(self, port: int, tokens: Sequence[str] = ()) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._tokens = cycle(tokens)

    def ask(self, body: str) -> dict[str, Any]:
        """The data of the answer. Raises RuntimeError for an answer with errors."""
        token = next(self._tokens, None)
        self._connection.request("POST", "/graphql", body, {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {}))
        content: dict[str, Any] = json.loads(self._connection.getresponse().read())
        if "errors" in content:
            raise RuntimeError(str(content["errors"])[:500])
        data: dict[str, Any] = content["data"]
        return data


@contextlib.contextmanager
def served(home: Path, *options: str, **environment: str) -> Iterator[int]:
    """`rorgraph serve` on a free port, which is given."""
    command = [sys.executable, "-m", "rorgraph", "serve", "--port", "0", "--embedded-home", str(home), *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env={**os.environ, **environment, "RORGRAPH_HOME": str(home)}
    )
    assert process.stdout
    try:
        found = re.search(r":(\d+)/graphql", process.stdout.readline())
        if not found:
            raise RuntimeError("rorgraph serve did not start")
        yield int(found[1])
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True, slots=True)
class Together:
    """What some clients got in a while: answers of each, errors of all."""

    answers: tuple[int, ...]
    errors: int
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second, of all."""
        return sum(self.answers) / self.seconds


def together(port: int, mix: Sequence[Request], clients: int, seconds: float) -> Together:
    """So many clients ask the mix round and round, each from another place of it."""
    bodies = [one.body for one in mix]
    counts, errors = [0] * clients, [0] * clients
    begin = time.monotonic() + TAKEN_IN

    def run(number: int) -> None:
        client, place = Client(port), number
        while (now := time.monotonic()) < begin + seconds:
            try:
                client.ask(bodies[place % len(bodies)])
            except (RuntimeError, OSError, http.client.HTTPException):
                errors[number] += 1
                client = Client(port)
            place += 1
            counts[number] += begin <= now

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Together(tuple(counts), sum(errors), seconds)
