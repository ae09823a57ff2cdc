"""scripts/bench: measures, prints a table, writes JSON."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from scripts.benchmarks.figures import Figure, as_json, table
from scripts.benchmarks.impact import impact
from scripts.benchmarks.loading import loading, memory
from scripts.benchmarks.national import national
from scripts.benchmarks.parsing import parsing
from scripts.benchmarks.serving import serving

PARSED = 0.02  # of a country: enough to read for seconds

PARTS: Mapping[str, Callable[[argparse.Namespace], Iterable[Figure]]] = {
    "load": lambda asked: loading(asked.rounds),
    "memory": lambda _: memory(),
    "country": lambda asked: national(asked.size, regional=asked.regional, neo4j=asked.neo4j, merged=asked.merged, keep=asked.store),
    "parsing": lambda asked: parsing(asked.rounds, min(asked.size, PARSED)),
    "api": lambda asked: serving(asked.rounds, asked.store),
    "impact": lambda asked: impact(asked.rounds),
}


def main() -> None:
    """Run the parts that are named, all of them by default."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=float, default=1.0, help="of the country: 1 is all of it, 0.01 a hundredth")
    parser.add_argument("--regional", action="store_true", help="the 17 regional files too, beside the national ones")
    parser.add_argument("--no-neo4j", dest="neo4j", action="store_false", help="the embedded server only")
    parser.add_argument("--bulk-only", dest="merged", action="store_false", help="not the first load without the bulk path")
    parser.add_argument("--store", type=Path, help="where `country` leaves its embedded store, in which `api` then asks")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures = []
    for figure in (figure for name in asked.parts or PARTS for figure in PARTS[name](asked)):
        print(f"{figure.name}: {figure.median:.3g} {figure.unit}", file=sys.stderr, flush=True)
        figures.append(figure)
    print(table(figures))
    if asked.json:
        asked.json.write_text(as_json(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
