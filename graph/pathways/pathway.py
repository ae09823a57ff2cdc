"""Pathways (filières) and their steps, as they are described."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from graph.errors import NotFound
from graph.questions import question
from graph.reads import Ask, Reads, Row, pick
from graph.search.criteria import Criteria, parse


class StepPlace(StrEnum):
    """Who moves: the person (TRAVEL), a team to the person, care at home, nobody (P-1)."""

    TRAVEL = "TRAVEL"
    TEAM = "TEAM"
    HOME = "HOME"
    REMOTE = "REMOTE"


BY_AREA: Final = frozenset({StepPlace.TEAM, StepPlace.HOME, StepPlace.REMOTE})  # who comes, or answers, to where the person is


@dataclass(frozen=True, slots=True)
class Passage:
    """What may follow a step; a condition that is not stated stays open (P-1)."""

    step: str
    condition: str | None
    max_delay_h: float | None
    max_km: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """Étape: what it needs, as a tree of criteria over offers."""

    id: str
    code: str
    name: str | None
    place: StepPlace
    optional: bool
    max_km: float | None
    max_delay_h: float | None
    requirement: Criteria
    requirement_text: str
    rank: int | None
    next: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class PathwayHead:
    """Filière, without its steps."""

    code: str
    name: str | None
    population: str | None
    document: str | None
    valid_from: date | None
    step_count: int


@dataclass(frozen=True, slots=True)
class Pathway:
    """Filière; steps by rank."""

    code: str
    name: str | None
    population: str | None
    document: str | None
    valid_from: date | None
    steps: tuple[Step, ...]


def pathways() -> Reads[tuple[PathwayHead, ...]]:
    """The pathways by code."""
    rows = yield Ask(question("pathways"), {})
    return tuple(pick(PathwayHead, row["node"], step_count=row["steps"]) for row in rows)


def pathways_by_code(codes: Sequence[str]) -> Reads[dict[str, Pathway]]:
    """The pathways that exist of these codes, with their steps."""
    rows = yield Ask(question("pathway"), {"codes": list(codes)})
    grouped = groupby(rows, key=lambda row: str(row["pathway"]["code"]))
    return {code: _pathway(list(steps)) for code, steps in grouped}


def find_pathway(code: str) -> Reads[Pathway | None]:
    """The pathway with its steps; None where there is none of this code."""
    found = yield from pathways_by_code([code])
    return found.get(code)


def get_pathway(code: str) -> Reads[Pathway]:
    """The same. Raises NotFound, naming those that exist."""
    found = yield from find_pathway(code)
    if found is None:
        known = yield from pathways()
        raise NotFound(f"code: no pathway '{code[:40]}'. There are: {', '.join(head.code for head in known) or 'none (load pathways first)'}.")
    return found


def _pathway(rows: Sequence[Row]) -> Pathway:
    return pick(Pathway, rows[0]["pathway"], steps=_steps(rows))


def _steps(rows: Sequence[Row]) -> tuple[Step, ...]:
    return tuple(_step(row) for row in rows if row["step"])


def _step(row: Row) -> Step:
    node = row["step"]
    text = node.get("requirement") or "{}"
    return pick(
        Step,
        node,
        place=StepPlace(node.get("place") or StepPlace.TRAVEL),
        optional=bool(node.get("optional")),
        requirement=parse(json.loads(text)),
        requirement_text=text,
        rank=row["rank"],
        next=tuple(pick(Passage, passage) for passage in row["next"]),
    )
