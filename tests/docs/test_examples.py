"""Every shell and GraphQL example of the documents runs, and prints what the page shows (docs/style.md, 13)."""

import json
import shlex
import signal
import subprocess
from functools import partial

import pytest

from api.schema import build_schema
from graph.store.connection import connect_async
from tests.api.client import Client
from tests.docs.conftest import Desk
from tests.docs.examples import Asked, Block, Command, commands, consoles, documents

LIMIT = 120  # seconds for one command: a hang is a failure
DOCUMENTS = documents()

pytestmark = pytest.mark.xdist_group("examples")


@pytest.fixture(scope="session")
def client(desk: Desk) -> Client:
    return Client(build_schema(), partial(connect_async, desk.endpoint))


@pytest.mark.parametrize("asked", [one for one in DOCUMENTS if one.document.mark == "run"], ids=lambda one: one.document.place)
def test_a_graphql_example_is_answered_as_its_page_says(client: Client, asked: Asked) -> None:
    data = client.ask(asked.document.text, json.loads(asked.variables))
    assert asked.answer is None or data == json.loads(asked.answer)


@pytest.mark.parametrize("asked", [one for one in DOCUMENTS if one.document.mark == "refused"], ids=lambda one: one.document.place)
def test_a_refused_graphql_example_says_what_its_page_says(client: Client, asked: Asked) -> None:
    code, message = client.refusal(asked.document.text, json.loads(asked.variables))
    assert asked.errors is not None
    assert [{"code": code, "message": message}] == json.loads(asked.errors)


@pytest.mark.parametrize("block", consoles(), ids=lambda one: one.place)
def test_a_console_example_runs_and_prints_what_its_page_shows(desk: Desk, client: Client, block: Block) -> None:
    for command in commands(block):
        printed = _printed(command.line, desk, client)
        assert [line for line in command.shown if line not in printed] == [], f"{command.line}\n{printed}"


def _printed(line: str, desk: Desk, client: Client) -> str:
    words = shlex.split(line)
    if words[0] == "curl":
        return client.post("/graphql", content=words[words.index("-d") + 1], headers={"content-type": "application/json"}).text
    if words[:3] == ["rorgraph", "serve", "--operator"]:
        return _served(desk)
    done = subprocess.run(["bash", "-c", line], cwd=desk.folder, env=desk.environment, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def _served(desk: Desk) -> str:
    """What `rorgraph serve --operator` says once it listens; on a free port, then stopped as by Ctrl-C."""
    with subprocess.Popen(
        ["rorgraph", "serve", "--operator", "--port", "0"], cwd=desk.folder, env=desk.environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(LIMIT) == 0
    return said


def test_a_console_block_is_read_into_commands_and_what_they_print() -> None:
    block = Block("x", "console", "run", "$ one\nsays\n$ two | three\n")
    assert commands(block) == [Command("one", ("says",)), Command("two | three", ())]
