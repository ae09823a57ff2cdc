"""The generated documents: written by scripts/docs, compared by scripts/check and a test (docs/style.md, 13)."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from api.schema import sdl
from graph.model.page import model_page
from graph.questions import questions_page
from loaders.sources_page import sources_page
from rorgraph import app
from scripts.command_page import command_page

ROOT = Path(__file__).parent.parent
PAGES: dict[str, Callable[[], str]] = {
    "docs/model.md": model_page,
    "docs/questions.md": questions_page,
    "docs/sources.md": sources_page,
    "docs/cli.md": partial(command_page, app),
    "api/schema.graphql": sdl,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which differ."""
    different = [name for name, render in PAGES.items() if not _is_current(ROOT / name, render())]
    if "--check" in arguments:
        for name in different:
            print(f"{name} is not what the code says: run  scripts/docs", file=sys.stderr)
        return 1 if different else 0
    for name in different:
        (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"written: {name}")
    return 0


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
