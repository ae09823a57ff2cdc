"""The command that starts the embedded server: the Java and the jars that the wheel of `arcadedb-embedded` carries.

The only place that knows the package (renamed upstream after 26.11) and the server's settings.
"""

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.store.place import DATABASE, Place

PACKAGE = "arcadedb_embedded"
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Java:
    """The Java of the wheel, its jars, and the version of the package."""

    program: Path
    jars: Path
    version: str


def find_java() -> Java:
    """What the installed wheel carries. Raises StoreUnavailable where there is none for this machine."""
    if sys.platform == "win32":
        raise StoreUnavailable(_no_build("is not made"))  # its locks are those of Unix
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise StoreUnavailable(_no_build("is not installed"))
    folder = Path(spec.origin).parent
    java = Java(folder / "jre" / "bin" / "java", folder / "jars", _version())
    if not java.program.is_file() or not any(java.jars.glob("arcadedb-bolt-*.jar")):
        raise StoreUnavailable(_no_build("carries no server"))
    return java


def _version() -> str:
    try:
        return version(PACKAGE.replace("_", "-"))
    except PackageNotFoundError:
        return "unknown"


def _no_build(what: str) -> str:
    return (
        f"The embedded server {what} for this machine ({sys.platform}, Python {sys.version_info.major}.{sys.version_info.minor}). "
        "Install rorgraph with Python 3.11 to 3.13 on Linux or macOS, or set RORGRAPH_URI to a Neo4j server."
    )


def command(java: Java, place: Place, heap: str, port: int, http_port: int) -> list[str]:
    """The whole command line. The password is not on it: other users of the machine can read command lines."""
    return [str(java.program), *_machine(heap), *(f"-Darcadedb.{key}={value}" for key, value in _server(place, port, http_port).items()),
            "-cp", f"{java.jars}/*", "com.arcadedb.server.ArcadeDBServer"]  # fmt: skip


def _machine(heap: str) -> list[str]:
    return [
        f"-Xmx{heap}",
        "-XX:+UseCompactObjectHeaders",  # as the package's own launcher: a tenth less heap
        "-XX:-UsePerfData",  # no shared memory file in /tmp
        "-XX:+ExitOnOutOfMemoryError",  # a server without memory neither answers nor ends; the log on disk holds what was committed
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF8",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "--enable-native-access=ALL-UNNAMED",
        "--add-modules=jdk.incubator.vector",
        "--add-exports=java.management/sun.management=ALL-UNNAMED",
    ]


def _server(place: Place, port: int, http_port: int) -> dict[str, str | int]:
    return {
        "server.rootPath": str(place.home),
        "server.logsDirectory": str(place.home / "log"),
        "server.rootPasswordPath": str(place.password),
        "server.saltIterations": 1,  # a random password of 256 bits needs no stretching; the default costs half a second a start
        "server.defaultDatabases": f"{DATABASE}[]",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.mode": "development",  # the production mode answers every error with "check the server log"
        "bolt.host": HOST,
        "bolt.port": port,
        "bolt.defaultDatabase": DATABASE,
        "server.httpIncomingHost": HOST,  # the server cannot do without its HTTP port
        "server.httpIncomingPort": http_port,
        "server.httpWorkerThreads": 2,
        "opencypher.loadCsv.allowFileUrls": "false",  # what the production mode shuts
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "command.timeout": 600_000,  # ms: ends what a client left behind; longer than any batch, and than any stream we read
        "txWalFlush": 2,  # a commit is on the disk when it is answered
        "serverMetrics": "false",
    }
