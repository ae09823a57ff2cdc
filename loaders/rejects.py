"""The rejects file: each rejected row as it stood, after a comment that says where, which field, and why. Readers skip the comments."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from graph.errors import BadInput
from graph.record import Rejected

MARK = "# rorgraph: "


def write_rejects(path: Path, head: str, rejected: Iterator[Rejected]) -> Path | None:
    """Write the rejected rows to `path` so that they can be corrected and loaded again; None when there is none. Raises BadInput."""
    first = next(rejected, None)
    if first is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            if head:
                file.write(head.rstrip("\n") + "\n")
            for one in chain([first], rejected):
                file.write(f"{_why(one)}\n{one.text}\n")
    except OSError as problem:
        raise BadInput(f"--rejects: {path} cannot be written ({problem.strerror}). Name another file.") from problem
    return path


def _why(one: Rejected) -> str:
    field = f", {one.field}" if one.field else ""
    return f"{MARK}{one.place.file}, line {one.place.line}{field}: {' '.join(one.reason.split())}"
