"""A question: one reviewed Cypher read with its header. One file of the `cypher` package is one question (docs/questions.md).

Header of a file, each line once, in this order; a line may go on under itself, indented:

    // title:    words for a heading
    // question: what it answers, in words
    // params:   name: type, name: type      a type that ends in ! must be given, any other may be null; `none` for no parameter
    // returns:  column, column; order in words
    // uses:     the index it starts from
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

FIELDS: Final = ("title", "question", "params", "returns", "uses")
TYPES: Final[Mapping[str, str]] = {
    "ID": "text that names a thing",
    "String": "text",
    "Int": "whole number",
    "Float": "number",
    "Date": "date",
    "Boolean": "true or false",
    "[ID]": "list of ids",
    "[String]": "list of texts",
}

_HEADER_LINE = re.compile(r"//\s*(?:(\w+):)?\s*(.*)")
_PARAM = re.compile(r"(\w+):\s*(\[?\w+\]?)(!?)")
_USED = re.compile(r"\$(\w+)")
_TEXTS_AND_COMMENTS = re.compile(r"'(?:[^'\\]|\\.)*'|//[^\n]*")
_COLUMN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Param:
    """One typed parameter of a question. `required` False: it may be null."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One read: its text, and what its header says. `returns` are the columns, `order` their order in words."""

    name: str
    title: str
    question: str
    params: tuple[Param, ...]
    returns: tuple[str, ...]
    order: str
    uses: str
    text: str


def question(name: str) -> Question:
    """The question of `cypher/<name>.cypher`. Raises ValueError, naming the file, where header and text disagree (a defect)."""
    return _read(name)


@cache
def _read(name: str) -> Question:
    return parse(name, files("cypher").joinpath(f"{name}.cypher").read_text(encoding="utf-8"))


def all_questions() -> tuple[Question, ...]:
    """Every question of the package, by name."""
    names = (entry.name for entry in files("cypher").iterdir())
    return tuple(question(name.removesuffix(".cypher")) for name in sorted(names) if name.endswith(".cypher"))


def parse(name: str, content: str) -> Question:
    """Read one file. Raises ValueError, naming it, where the header is not whole or says other parameters or columns than the text."""
    lines = content.splitlines()
    length = next((place for place, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = _header(name, lines[:length])
    columns, _, order = header["returns"].partition(";")
    asked = Question(
        name=name,
        title=header["title"],
        question=header["question"],
        params=_params(name, header["params"]),
        returns=tuple(column.strip() for column in columns.split(",")),
        order=order.strip(),
        uses=header["uses"],
        text="\n".join(lines[length:]).strip(),
    )
    _check(asked)
    return asked


def _header(name: str, lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        match = _HEADER_LINE.fullmatch(line)
        field, text = match.groups() if match else (None, "")
        if field in FIELDS:
            found[field] = text.strip()
        elif found:
            last = next(reversed(found))
            found[last] = f"{found[last]} {line.removeprefix('//').strip()}"
    if tuple(found) != FIELDS or not all(found.values()):
        raise ValueError(f"cypher/{name}.cypher: its header says {', '.join(found)}; it must say {', '.join(FIELDS)}, in this order.")
    return found


def _params(name: str, text: str) -> tuple[Param, ...]:
    if text == "none":
        return ()
    return tuple(_param(name, part.strip()) for part in text.split(","))


def _param(name: str, text: str) -> Param:
    match = _PARAM.fullmatch(text)
    if match is None or match[2] not in TYPES:
        raise ValueError(f"cypher/{name}.cypher: '{text}' is no parameter; write name: type, with a type of {', '.join(TYPES)}.")
    return Param(match[1], match[2], bool(match[3]))


def _check(asked: Question) -> None:
    declared, used = {param.name for param in asked.params}, set(_USED.findall(_TEXTS_AND_COMMENTS.sub("", asked.text)))
    if declared != used:
        raise ValueError(f"cypher/{asked.name}.cypher: header and text differ in {', '.join(sorted(declared ^ used))}.")
    if not asked.order or not all(_COLUMN.fullmatch(column) for column in asked.returns):
        raise ValueError(f"cypher/{asked.name}.cypher: 'returns' must be columns, a semicolon, and their order in words.")
    if set(asked.returns) != set(returned_columns(asked.text)):
        raise ValueError(f"cypher/{asked.name}.cypher: it returns {', '.join(returned_columns(asked.text))}, the header says {', '.join(asked.returns)}.")


def returned_columns(text: str) -> list[str]:
    """Names of the columns of the last RETURN of a statement.

    >>> returned_columns("MATCH (o) RETURN o.id AS id, {a: o.a, b: [1, 2]} AS map ORDER BY id LIMIT 3")
    ['id', 'map']
    """
    last = re.split(r"\bRETURN\b", _TEXTS_AND_COMMENTS.sub("''", text))[-1]
    body = re.split(r"\b(?:ORDER\s+BY|LIMIT|SKIP)\b", last)[0]
    return [item.split()[-1] for item in _split(body.strip().removeprefix("DISTINCT "))]


def _split(text: str) -> list[str]:
    """The items of a list of expressions: split at commas outside brackets."""
    depth, items = 0, [""]
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            items.append("")
        else:
            items[-1] += character
    return items


def questions_page() -> str:
    """The text of docs/questions.md."""
    return "\n".join((_HEAD, *(_section(asked) for asked in all_questions())))


_HEAD = """# Questions

Every read of the graph, generated from the headers of the files of `cypher/` by `scripts/docs`. A parameter whose type ends in `!` must be given.
The search for offers, and the offers of the steps of a pathway, build their one statement from the reviewed fragments of `graph/search/`.
"""


def _section(asked: Question) -> str:
    params = "\n".join(f"| `{param.name}` | `{param.type}{'!' if param.required else ''}` | {TYPES[param.type]} |" for param in asked.params)
    table = f"\n| parameter | type | |\n|---|---|---|\n{params}\n" if params else ""
    columns = ", ".join(f"`{column}`" for column in asked.returns)
    return f"## {asked.name}\n**{asked.title}.** {asked.question}\n{table}\nReturns {columns}: {asked.order}. Starts from: {asked.uses}.\n"
