"""Small documents that a command is given: YAML or JSON, from a file."""

from pathlib import Path
from typing import Any

import yaml

from graph.errors import BadFile

LARGEST = 1 << 24  # bytes


def read_mapping(path: Path, option: str) -> dict[str, Any]:
    """The mapping of a YAML or JSON file. Raises BadFile, naming the option, the file and the line."""
    try:
        with path.open("rb") as file:
            content = yaml.safe_load(file.read(LARGEST))
    except OSError as problem:
        raise BadFile(f"{option}: {path} cannot be read ({problem.strerror}).") from problem
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise BadFile(f"{option}: {path}{_line(problem)} is neither YAML nor JSON.") from problem
    if not isinstance(content, dict):
        raise BadFile(f"{option}: {path} must hold a mapping of fields.")
    return content


def _line(problem: Exception) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f", line {mark.line + 1}," if mark else ""
