"""The rejects file: each rejected row as it stood, after a comment that says where, which field, and why.

It holds one part for each input file, with the head that its rows need: `loaders.files` reads it like the files that the rows came from.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path
from typing import TextIO

from graph.errors import BadInput
from graph.record import Rejected
from loaders.files import COMMENT, PART


def write_rejects(path: Path, heads: Mapping[str, str], rejected: Iterator[Rejected]) -> Path | None:
    """Write the rejected rows to `path` so that they can be corrected and loaded again; None when there is none. Raises BadInput.

    `heads`: by file name, the lines that its rows need before them.
    """
    first = next(rejected, None)
    if first is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for name, rows in groupby(chain([first], rejected), key=lambda one: one.place.file):
                _write_part(file, name, heads.get(name, ""), rows)
    except OSError as problem:
        raise BadInput(f"--rejects: {path} cannot be written ({problem.strerror}). Name another file.") from problem
    return path


def _write_part(file: TextIO, name: str, head: str, rows: Iterator[Rejected]) -> None:
    file.write(f"{PART}{name}\n")
    if head:
        file.write(head.rstrip("\n") + "\n")
    file.writelines(f"{_why(one)}\n{one.text}\n" for one in rows)


def _why(one: Rejected) -> str:
    field = f", {one.field}" if one.field else ""
    return f"{COMMENT}: {one.place.file}, line {one.place.line}{field}: {' '.join(one.reason.split())}"
