"""The examples of the documents: blocks marked `run`, `refused`, `variables`, `answer`, `errors` after their language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK: Final = re.compile(r"^```(\w+) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One marked block: where it stands, its language and mark, its text."""

    place: str
    language: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL document with the blocks that follow it: variables, the whole answer or the errors, where the page states them."""

    document: Block
    variables: str
    answer: str | None
    errors: str | None


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block, and the lines of output that the page shows."""

    line: str
    shown: tuple[str, ...]


def blocks() -> Iterator[Block]:
    """All marked blocks, in the order of the pages."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in BLOCK.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Block(f"{page.relative_to(ROOT)}:{line}", *found.groups())


def documents() -> list[Asked]:
    """The GraphQL documents that are run or refused."""
    found: list[Asked] = []
    following: dict[str, str] = {}
    for block in reversed(list(blocks())):
        if block.language == "json":
            following[block.mark] = block.text
        elif block.language == "graphql":
            found.append(Asked(block, following.get("variables", "{}"), following.get("answer"), following.get("errors")))
            following = {}
        else:
            following = {}
    return found[::-1]


def consoles() -> list[Block]:
    """The console blocks that are run."""
    return [block for block in blocks() if (block.language, block.mark) == ("console", "run")]


def commands(block: Block) -> list[Command]:
    """The commands of a console block: a line that begins with `$`, then what it prints."""
    return [Command(part.splitlines()[0], tuple(part.splitlines()[1:])) for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]]
