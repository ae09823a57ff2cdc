"""Small documents that a command is given or writes: text, YAML or JSON, in a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from graph.errors import BadFile, BadInput

LARGEST = 1 << 24  # bytes
LINE_WIDTH = 150


def read_text(path: Path, option: str) -> str:
    """The text of a file in UTF-8. Raises BadFile, naming the option and the file."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode("utf-8-sig")
    except OSError as problem:
        raise BadFile(f"{option}: {path} cannot be read ({problem.strerror}).") from problem
    except UnicodeDecodeError as problem:
        raise BadFile(f"{option}: {path} is not text in UTF-8.") from problem


def write_text(path: Path, option: str, text: str, *, new: bool = False) -> None:
    """Write a small file in UTF-8; `new`: only where there is none, since a person may have worked in it. Raises BadInput, naming the option and the file."""
    try:
        with path.open("x" if new else "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as problem:
        raise BadInput(f"{option}: {path} is there already; it was not written over. Name another file.") from problem
    except OSError as problem:
        raise BadInput(f"{option}: {path} cannot be written ({problem.strerror}). Name another file.") from problem


def yaml_text(content: Any) -> str:
    """A value as YAML, names in the order given."""
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)


def yaml_documents(contents: Iterable[Any]) -> str:
    """Several values, each a document."""
    return yaml.safe_dump_all(contents, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)


def read_mapping(path: Path, option: str) -> dict[str, Any]:
    """The mapping of a YAML or JSON file. Raises BadFile, naming the option, the file and the line."""
    try:
        content = yaml.safe_load(read_text(path, option))
    except yaml.YAMLError as problem:
        raise BadFile(f"{option}: {path}{_line(problem)} is neither YAML nor JSON.") from problem
    if not isinstance(content, dict):
        raise BadFile(f"{option}: {path} must hold a mapping of fields.")
    return content


def _line(problem: Exception) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f", line {mark.line + 1}," if mark else ""
