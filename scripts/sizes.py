"""Sizes of functions and files, printed by scripts/check (docs/style.md, 3): a number to look at, not a gate."""

import ast
import statistics
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("commands", "graph", "loaders", "api")
LONG_FILE = 300


def main() -> None:
    """Print the share of short functions and the long files."""
    files = [ROOT / "rorgraph.py", *chain.from_iterable((ROOT / folder).rglob("*.py") for folder in FOLDERS)]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    lengths = [_length(node) for text in texts.values() for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    tenths = statistics.quantiles(lengths, n=10)
    print(f"{len(lengths)} functions: half have at most {statistics.median(lengths):.0f} lines, nine in ten at most {tenths[-1]:.0f}")
    for file, text in sorted(texts.items()):
        if (count := text.count("\n")) > LONG_FILE:
            print(f"  long file: {file.relative_to(ROOT)}, {count} lines")


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without the docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


if __name__ == "__main__":
    main()
