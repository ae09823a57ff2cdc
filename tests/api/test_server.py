"""The server as a process: its address, a port that is taken, a clean stop."""

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import httpx
import pytest

from api.server import serve
from graph.errors import BadInput

ROOT = Path(__file__).parents[2]
PROGRAM = """
from api.admission import OPERATOR_ONLY
from api.app import build_app
from api.server import serve
from tests.api.tiny import TinyStore, opening, tiny_schema
serve(build_app(lambda: opening(TinyStore()), tiny_schema(), admission=OPERATOR_ONLY), "127.0.0.1", 0, lambda address: print(address, flush=True))
print("closed", flush=True)
"""


@pytest.mark.parametrize("number", ["INT", "TERM"])
def test_a_served_application_answers_and_ends_as_a_function_does(number: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(address.replace("/graphql", "/health/ready"), timeout=10) as answer:
            assert answer.read() == b'{"ready":true}'
        subprocess.run(["kill", f"-{number}", str(process.pid)], check=True)
        assert (process.stdout.read(), process.wait(10), process.stderr.read()) == ("closed\n", 0, "")


NAMED = (
    PROGRAM.replace("OPERATOR_ONLY", "ByToken")
    .replace("=ByToken", "=ByToken(Rates(1))")
    .replace("\nfrom api.app", "\nfrom api.rates import Rates\nfrom api.app", 1)
)


def test_a_neighbour_on_this_machine_does_not_name_its_own_address() -> None:  # A-13; uvicorn would believe it
    with subprocess.Popen([sys.executable, "-c", NAMED], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        statuses = [httpx.get(address, params={"query": "{page}"}, headers={"x-forwarded-for": f"192.0.2.{number}"}).status_code for number in range(2)]
        process.terminate()
        assert (statuses, process.wait(10)) == ([200, 429], 0)


async def _unused(scope: object, receive: object, send: object) -> None:
    raise AssertionError("nothing is served")


def test_a_port_that_is_taken_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput) as raised:
            serve(_unused, "127.0.0.1", port, lambda _: None)
    assert str(raised.value) == f"--port: {port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port."


def test_a_port_that_is_none_is_one_clear_line() -> None:
    with pytest.raises(BadInput) as raised:
        serve(_unused, "127.0.0.1", 70000, lambda _: None)
    assert str(raised.value) == "--port: 70000 is not a port; choose one from 1 to 65535."
