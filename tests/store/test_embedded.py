"""The embedded server: two at once, killed clients, stale files, and what a user reads when it does not start."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest

from graph.errors import BadInput, StoreUnavailable
from graph.settings import Settings
from graph.store import java
from graph.store.embedded import attach
from graph.store.endpoint import Endpoint
from graph.store.place import State, read_state

REPOSITORY = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads the table of processes in /proc")
LINGER = 0.3  # seconds, instead of some


def here(home: Path, heap: str = "256m") -> Settings:
    return Settings(home=home, heap=heap)


@contextlib.contextmanager
def client(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A client in its own process; killed at the end."""
    words = [sys.executable, "-m", "tests.store.client", str(home), str(LINGER)]
    with subprocess.Popen(words, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ask(endpoint: Endpoint, query: str) -> list[object]:
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password)) as driver:
        return [record.value() for record in driver.execute_query(query, database_=endpoint.database).records]


def processes(home: Path) -> list[int]:
    """The processes that name this folder on their command line: clients, supervisor, server."""
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit() and str(home).encode() in _words(folder)]


def _words(folder: Path) -> bytes:
    try:
        return (folder / "cmdline").read_bytes()
    except OSError:
        return b""  # it ended just now


def eventually(true: Callable[[], bool], limit: float = 10) -> bool:
    """Whether it becomes true within `limit` seconds; 10 is what issue and documentation promise for the end of the server."""
    deadline = time.monotonic() + limit
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Endpoint]]:
    """The folder and the address of a server for the tests that only look."""
    home = tmp_path_factory.mktemp("running")
    with attach(here(home), linger=LINGER) as endpoint:
        yield home, endpoint


def state_of(home: Path) -> State:
    state = read_state(home / "server.json")
    assert state is not None
    return state


def test_a_second_command_attaches_to_the_server_of_the_first(tmp_path: Path) -> None:
    with attach(here(tmp_path), linger=LINGER) as first, client(tmp_path) as other:
        assert address(other) == first.uri


def test_a_killed_client_leaves_the_server_to_the_other_one(tmp_path: Path) -> None:
    with client(tmp_path) as starter:
        uri = address(starter)
        with attach(here(tmp_path)) as endpoint:
            starter.kill()
            starter.wait()
            time.sleep(3 * LINGER)
            assert (endpoint.uri, ask(endpoint, "RETURN 1")) == (uri, [1])


@LINUX
def test_no_process_is_left_after_the_last_client_was_killed(tmp_path: Path) -> None:
    with client(tmp_path) as only:
        assert address(only).startswith("bolt://127.0.0.1:")
    assert eventually(lambda: processes(tmp_path) == [])


@LINUX
def test_data_is_there_again_at_the_next_start(tmp_path: Path) -> None:
    with attach(here(tmp_path), linger=0) as endpoint:
        ask(endpoint, "CREATE (:Kept {id: 'a'})")
    assert eventually(lambda: processes(tmp_path) == [])
    with attach(here(tmp_path), linger=0) as endpoint:
        assert ask(endpoint, "MATCH (n) RETURN n.id") == ["a"]


def test_a_client_that_comes_while_the_server_stops_gets_a_new_one(tmp_path: Path) -> None:
    for _ in range(2):
        with attach(here(tmp_path), linger=0) as endpoint:
            assert ask(endpoint, "RETURN 1") == [1]
        time.sleep(0.15)


def test_committed_data_survives_a_kill_of_the_server(tmp_path: Path) -> None:
    with attach(here(tmp_path), linger=LINGER) as endpoint:
        ask(endpoint, "UNWIND range(1, 1000) AS i CREATE (:Kept {id: toString(i)})")
        os.kill(state_of(tmp_path).pid, signal.SIGKILL)
    with attach(here(tmp_path), linger=LINGER) as endpoint:
        assert ask(endpoint, "MATCH (n:Kept) RETURN count(n)") == [1000]


@LINUX  # only Linux tells a child that its parent died
def test_the_server_ends_with_a_killed_supervisor(tmp_path: Path) -> None:
    with attach(here(tmp_path), linger=LINGER) as endpoint:
        ask(endpoint, "CREATE (:Kept {id: 'a'})")
        os.kill(state_of(tmp_path).supervisor, signal.SIGKILL)
        assert eventually(lambda: processes(tmp_path) == [])
    with attach(here(tmp_path), linger=LINGER) as endpoint:
        assert ask(endpoint, "MATCH (n) RETURN n.id") == ["a"]


STALE = {"host": "127.0.0.1", "port": 9, "http_port": 9, "password": "old", "pid": 4194304, "supervisor": 4194304, "started": "", "version": ""}


@pytest.mark.parametrize(
    "stale",
    [
        pytest.param(STALE, id="its process is dead"),
        pytest.param({**STALE, "pid": os.getpid(), "supervisor": os.getppid()}, id="its process is another one now"),
    ],
)
def test_a_stale_state_file_heals_itself(tmp_path: Path, stale: dict[str, object]) -> None:
    (tmp_path / "server.json").write_text(json.dumps(stale))
    with attach(here(tmp_path), linger=LINGER) as endpoint:
        assert ask(endpoint, "RETURN 1") == [1]


@pytest.mark.parametrize("text", [json.dumps({**STALE, "port": "x"}), json.dumps({"port": 9}), '{"host": "127.', "", "[]", "\0"])
def test_a_state_file_that_holds_something_else_is_no_state(tmp_path: Path, text: str) -> None:
    (tmp_path / "server.json").write_text(text)
    assert read_state(tmp_path / "server.json") is None


def test_a_stale_state_file_whose_port_belongs_to_another_server_heals_itself(tmp_path: Path, embedded_endpoint: Endpoint) -> None:
    (tmp_path / "server.json").write_text(json.dumps({**STALE, "port": int(embedded_endpoint.uri.rpartition(":")[2])}))
    with attach(here(tmp_path), linger=LINGER) as endpoint:
        assert endpoint.uri != embedded_endpoint.uri


def test_a_state_file_spoiled_while_the_server_runs_heals_itself(running: tuple[Path, Endpoint]) -> None:
    home, first = running
    (home / "server.json").write_text(json.dumps(STALE))
    with attach(here(home)) as second:
        assert second == first


@LINUX
def test_simultaneous_first_starts_share_one_server(tmp_path: Path) -> None:
    with client(tmp_path) as a, client(tmp_path) as b, client(tmp_path) as c:
        assert len({address(a), address(b), address(c)}) == 1
        assert len(processes(tmp_path)) == 5  # three clients, one supervisor, one server


def test_the_state_file_is_for_its_owner_only(running: tuple[Path, Endpoint]) -> None:
    assert (running[0] / "server.json").stat().st_mode & 0o777 == 0o600


@LINUX
def test_the_password_stands_on_no_command_line_and_in_no_other_file(running: tuple[Path, Endpoint]) -> None:
    home, password = running[0], running[1].password.encode()
    telling = [file.name for file in home.rglob("*") if file.is_file() and password in file.read_bytes()]
    assert (telling, [pid for pid in processes(home) if password in _words(Path("/proc") / str(pid))]) == (["server.json"], [])


@LINUX
def test_the_server_listens_on_the_loopback_only(running: tuple[Path, Endpoint]) -> None:
    state = state_of(running[0])
    assert listening(state.pid) == {("127.0.0.1", state.port), ("127.0.0.1", state.http_port)}


def listening(pid: int) -> set[tuple[str, int]]:
    """Address and port of each listening TCP socket of a process (proc(5), tcp and tcp6; state 0A is LISTEN)."""
    own = set(_descriptors(pid))
    rows = [line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]]
    return {_address(row[1]) for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own}


def _descriptors(pid: int) -> Iterator[str]:
    """What each descriptor of a process points to; one that the process closes while they are read is left."""
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            yield str(descriptor.readlink())


def _address(text: str) -> tuple[str, int]:
    number, port = text.split(":")
    raw = b"".join(bytes.fromhex(number[i : i + 8])[::-1] for i in range(0, len(number), 8))
    if len(raw) == 4:
        return socket.inet_ntop(socket.AF_INET, raw), int(port, 16)
    return socket.inet_ntop(socket.AF_INET6, raw).removeprefix("::ffff:"), int(port, 16)


def test_both_doors_ask_for_the_password(running: tuple[Path, Endpoint]) -> None:
    state = state_of(running[0])
    with neo4j.GraphDatabase.driver(running[1].uri, auth=("root", "guess")) as driver, pytest.raises(neo4j.exceptions.AuthError):
        driver.verify_connectivity()
    connection = http.client.HTTPConnection(state.host, state.http_port, timeout=5)
    connection.request("POST", "/api/v1/command/rorgraph", json.dumps({"language": "sql", "command": "SELECT 1"}))
    status = connection.getresponse().status
    connection.close()
    assert status == http.client.UNAUTHORIZED


def test_a_data_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput) as told, attach(here(tmp_path / "file" / "home")):
        pass
    assert str(told.value) == f"RORGRAPH_HOME: {tmp_path / 'file' / 'home'} cannot be used as data folder (Not a directory)."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput) as told, attach(here(tmp_path)):
        pass
    assert str(told.value) == f"RORGRAPH_HOME: {tmp_path} cannot be used as data folder (Permission denied)."


def test_a_server_that_does_not_start_says_why_and_where_its_log_is(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as told, attach(here(tmp_path, heap="1m"), linger=LINGER):
        pass
    assert str(told.value) == (
        f"The embedded server did not start: Error occurred during initialization of VM | Too small maximum heap. Its log: {tmp_path / 'server.log'}"
    )


def test_a_machine_without_a_server_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "PACKAGE", "no_such_package")
    with pytest.raises(StoreUnavailable) as told, attach(here(tmp_path)):
        pass
    assert str(told.value) == (
        f"The embedded server is not installed for this machine ({sys.platform}, Python {sys.version_info.major}.{sys.version_info.minor}). "
        "Install rorgraph with Python 3.11 to 3.13 on Linux or macOS, or set RORGRAPH_URI to a Neo4j server."
    )


def test_windows_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(sys, "platform", "win32")
        with pytest.raises(StoreUnavailable) as told:
            java.find_java()
    assert str(told.value) == (
        f"The embedded server is not made for this machine (win32, Python {sys.version_info.major}.{sys.version_info.minor}). "
        "Install rorgraph with Python 3.11 to 3.13 on Linux or macOS, or set RORGRAPH_URI to a Neo4j server."
    )


def test_an_error_of_the_caller_inside_the_block_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), attach(here(tmp_path), linger=LINGER):
        raise FileNotFoundError
