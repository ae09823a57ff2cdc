"""Two sides timed in turn, so that what the machine does meanwhile meets both."""

import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from scripts.benchmarks.figures import Figure

CALLS = (5, 40)  # requests in a round on each side, at least and at most; in between as many as fit into ROUND
ROUND = 3.0  # seconds


def in_turn(sides: Sequence[Callable[[], object]], rounds: int) -> list[list[list[float]]]:
    """Milliseconds of every call, by side and round; a first round warms all sides."""
    found: list[list[list[float]]] = [[] for _ in sides]
    for number in range(rounds + 1):
        for side, call in enumerate(sides):
            calls = _round(call)
            if number:
                found[side].append(calls)
    return found


def _round(call: Callable[[], object]) -> list[float]:
    """The calls of a round; the first two only warm up."""
    call()
    count = max(CALLS[0], min(CALLS[1], int(ROUND / _timed(call))))
    return [_timed(call) * 1000 for _ in range(count)]


def spread(name: str, rounds: Sequence[Sequence[float]], targets: Mapping[str, str]) -> Iterator[Figure]:
    """The median of each round, and the 95th percentile of all calls."""
    yield Figure(f"{name}, p50", "ms", tuple(map(statistics.median, rounds)), targets.get("p50", ""))
    every = sorted(one for calls in rounds for one in calls)
    yield Figure(f"{name}, p95 of all calls", "ms", (every[math.ceil(0.95 * len(every)) - 1],), targets.get("p95", ""))


def compared(name: str, beside: str, ours: Sequence[Sequence[float]], others: Sequence[Sequence[float]], targets: Mapping[str, str]) -> Iterator[Figure]:
    """The medians of the rounds of two sides: the other one, our part of it, and how much more."""
    pairs = [(statistics.median(a), statistics.median(b)) for a, b in zip(ours, others, strict=True)]
    yield Figure(f"{name}: {beside}, p50", "ms", tuple(b for _, b in pairs))
    yield Figure(f"{name}: of {beside}", "ratio", tuple(a / b for a, b in pairs), targets.get("ratio", ""))
    yield Figure(f"{name}: more than {beside}", "ms", tuple(a - b for a, b in pairs), targets.get("more", ""))


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
