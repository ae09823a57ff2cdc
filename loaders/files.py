"""Input files: a file, a folder, `.gz`, `.zip` with one entry; encoding detected; lines streamed with their number."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read: where it is, and its name without compression suffix."""

    path: Path
    name: str

    def lines(self) -> Iterator[tuple[int, str]]:
        """Lines with their number from 1, decoded, without line end."""
        raise NotImplementedError
