"""The folder of an embedded server: its files, its two locks, its state.

    home/                  0700
    ├── databases/         the data (the server's own)
    ├── config/  log/      the server's own
    ├── clients.lock       each client holds it shared as long as it lives; who gets it exclusively knows that no client is left
    ├── server.lock        held by the supervisor and by its server, by inheritance: held means that one of them lives
    ├── server.json        0600, the state: where the server answers and the password; a hint that is checked, never trusted
    ├── server.log         what the supervisor and the server said since the last start
    └── password           0600, only while the server starts

The kernel releases a lock when its last holder dies, however it dies. So nothing here has to be cleaned up after a crash, and no
process number is ever compared.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

if sys.platform != "win32":  # there the embedded server is refused in one clear line (graph/store/java.py)
    import fcntl

DATABASE = "rorgraph"
USER = "root"


@dataclass(frozen=True, slots=True)
class State:
    """What the supervisor writes once its server answers."""

    host: str
    port: int
    http_port: int
    password: str = field(repr=False)
    pid: int  # of the Java process
    supervisor: int  # its process number
    started: str  # ISO 8601, UTC
    version: str  # of the arcadedb-embedded package


@dataclass(frozen=True, slots=True)
class Place:
    """The paths inside `home`, an absolute folder."""

    home: Path

    @property
    def clients_lock(self) -> Path:
        return self.home / "clients.lock"

    @property
    def server_lock(self) -> Path:
        return self.home / "server.lock"

    @property
    def state(self) -> Path:
        return self.home / "server.json"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def password(self) -> Path:
        return self.home / "password"

    def create(self) -> None:
        """Make the folder, for its owner only. Raises OSError."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.clients_lock.touch(mode=0o600)
        self.server_lock.touch(mode=0o600)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock of an open file if it is free; it is held until the last copy of the descriptor is closed."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unlock(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """An open descriptor for a lock, closed at the end. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_private(path: Path, text: str) -> None:
    """Replace a file at once, readable by its owner only; a reader sees the old text or the new one. Raises OSError."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def text_of(state: State) -> str:
    return json.dumps(asdict(state), indent=1) + "\n"


def read_state(path: Path) -> State | None:
    """The state as it stands in the file; None for no file, or a file that holds something else."""
    try:
        state = State(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    well_formed = isinstance(state.host, str) and isinstance(state.password, str) and isinstance(state.port, int)
    return state if well_formed else None
