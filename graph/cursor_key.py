"""The key that signs the cursors of searches: of the settings, else one kept beside the data, so that a cursor outlives the process (S-9)."""

import os
import secrets
from pathlib import Path
from typing import Final

from graph.errors import BadInput
from graph.settings import Settings

FILE: Final = "cursor.key"
BYTES: Final = 32


def cursor_key(settings: Settings) -> bytes:
    """The key of these settings; made at its first use, readable by its owner only. Raises BadInput where it can be neither read nor written."""
    if settings.cursor_key is not None:
        return settings.cursor_key.encode()
    path = settings.home / FILE
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        return path.read_bytes() if path.exists() else _made(path)
    except OSError as problem:
        raise BadInput(f"{path}: it cannot be read or written ({problem.strerror}). Set RORGRAPH_CURSOR_KEY, or RORGRAPH_HOME to a folder of yours.") from None


def _made(path: Path) -> bytes:
    """Two processes that make it at once end with the same one: it is written whole beside it, then linked where none is."""
    beside = path.with_name(f".{FILE}.{os.getpid()}")
    beside.write_bytes(secrets.token_bytes(BYTES))
    beside.chmod(0o600)
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return path.read_bytes()
