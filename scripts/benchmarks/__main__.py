"""scripts/bench: measures, prints a table, writes JSON."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.benchmarks.figures import Figure, as_json, table
from scripts.benchmarks.impact import impact
from scripts.benchmarks.loading import loading, memory
from scripts.benchmarks.serving import serving

PARTS: Mapping[str, Callable[[int], list[Figure]]] = {
    "load": loading,
    "memory": lambda _rounds: memory(),
    "api": serving,
    "impact": impact,
}


def main() -> None:
    """Run the parts that are named, all of them by default."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures = [figure for name in asked.parts or PARTS for figure in PARTS[name](asked.rounds)]
    print(table(figures))
    if asked.json:
        asked.json.write_text(as_json(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
