"""Figures of a benchmark: medians with their spread, as a table and as JSON to compare with later."""

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing: the values of each round, and what is to be reached, in words."""

    name: str
    unit: str
    values: tuple[float, ...]
    target: str = ""

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)


def table(figures: Sequence[Figure]) -> str:
    """The figures as Markdown."""
    lines = ["| what | median | min | max | rounds | unit | to reach |", "|---|---|---|---|---|---|---|"]
    lines += [
        f"| {one.name} | {one.median:.3g} | {min(one.values):.3g} | {max(one.values):.3g} | {len(one.values)} | {one.unit} | {one.target} |" for one in figures
    ]
    return "\n".join(lines)


def as_json(figures: Sequence[Figure]) -> str:
    """The figures with every value, the day and the machine."""
    machine = {"system": platform.system(), "machine": platform.machine(), "python": platform.python_version()}
    content = {"on": datetime.now(UTC).isoformat(), "machine": machine, "figures": [asdict(one) | {"median": one.median} for one in figures]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
