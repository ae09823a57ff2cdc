"""A real Neo4j for the contract tests, without Docker: jars from Maven Central, the Java of the embedded server.

The jars are fetched once into a folder of the user's cache; a filled folder is used as it is and needs no Maven. The server lives in
a temporary folder, listens on the loopback, and ends with the process that started it, however that one ends.
"""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.store.endpoint import Endpoint, speaks_bolt
from graph.store.java import find_java
from graph.store.supervisor import end_with_parent

VERSION = "5.26.30"
HOST = "127.0.0.1"
START_LIMIT = 240  # seconds; a start takes some 4, more on a machine that does much else
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>rorgraph</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency></dependencies>
</project>
"""
SETTINGS = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size={pages}
internal.server.bolt.thread_pool_shutdown_wait_time=0s
internal.server.bolt.connection_shutdown_wait_time=0s
"""
SMALL = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # starts soonest and leaves the cores to the tests
LARGE = ("-Xmx2g",)  # for timings: the heap of the embedded server, else as Java does by itself
OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")]


class NoNeo4j(Exception):
    """No jars at hand and no way to get them; the text is the reason that a skipped test shows."""


def jars() -> Path:
    """The folder of jars, filled first if need be. Raises NoNeo4j."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "rorgraph-tests" / f"neo4j-{VERSION}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise NoNeo4j(f"no Neo4j {VERSION}: Maven is not installed and {folder} does not exist")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other workers of this run want it too
        if not folder.is_dir():
            _fetch(maven, folder)
    return folder


def _fetch(maven: str, folder: Path) -> None:
    draft = folder.with_name(folder.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    (draft / "pom.xml").write_text(POM)
    goal = ["-B", "-q", "dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={draft}"]
    told = subprocess.run([maven, "-f", str(draft / "pom.xml"), *goal], capture_output=True, text=True, check=False)
    if told.returncode:
        raise NoNeo4j(f"no Neo4j {VERSION}: Maven could not fetch it ({told.stdout.strip()[-300:]})")
    draft.rename(folder)


@contextmanager
def neo4j_server(home: Path, machine: Sequence[str] = SMALL, pages: str = "256m") -> Iterator[Endpoint]:
    """A server in the empty folder `home`, running for as long as the block lasts. Raises NoNeo4j.

    `machine`: options of the Java machine; `pages`: size of the page cache.
    """
    java, classes, password, port = find_java().program, f"{jars()}/*", secrets.token_urlsafe(16), _free_port()
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").write_text(SETTINGS.format(port=port, pages=pages))
    words = [str(java), *machine, "--enable-native-access=ALL-UNNAMED", *OPENS, "-cp", classes]
    _run([*words, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password], home)
    entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "out.log").open("wb") as log:
        server = subprocess.Popen([*words, *entry], stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_parent)  # noqa: PLW1509
    try:
        _wait(server, port, home / "out.log")
        yield Endpoint(uri=f"bolt://{HOST}:{port}", user="neo4j", password=password, database="neo4j")
    finally:
        server.terminate()
        server.wait(60)


def _run(words: list[str], home: Path) -> None:
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    told = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if told.returncode:
        raise RuntimeError(f"the password of the Neo4j for tests was not set: {told.stderr[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not speaks_bolt(HOST, port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the Neo4j for tests did not start on port {port}: {log.read_text()[-500:]}")
        time.sleep(0.05)
