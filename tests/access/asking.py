"""Requests of any viewer, without a server around them; and stores that hold the geography and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from api.caller import Caller
from api.execution import Executor, Request
from api.limits import DEFAULT, Limits
from api.schema import build_schema
from graph.access import Scope, Viewer
from graph.questions import Question
from graph.reads import AsyncLongReader, Row

SCHEMA = build_schema()
REGIONS = {"69": "84", "01": "84", "13": "93", "75": "11"}
WIDE = Limits(fields=50_000, depth=20, aliases=500, tokens=500_000, complexity=50_000_000, seconds=60)  # for documents that ask for everything


@dataclass
class Geography:
    """A store that knows departments; `asked`: names of the questions that it was put."""

    asked: list[str] = field(default_factory=list)

    async def read(self, question: Question, /, **params: object) -> list[Row]:
        self.asked.append(question.name)
        if question.name == "search_offers":
            return [{"total": 0, "unknown": 0, "unknown_by": [0], "edges": [], "labels": []}]
        if question.name in {"postal_code", "health_territory"}:  # of Marseille, and of Lyon and Marseille
            held = {"13055": ["Commune:13055", "Region:93"]} | ({"69123": ["Commune:69123", "Region:84"]} if question.name == "health_territory" else {})
            return [{"label": "Commune", "code": code, "areas": areas} for code, areas in held.items()]
        if question.name != "department_boxes":
            return []
        bounds = dict.fromkeys(("south", "north", "west", "east"))
        return [
            {"code": code, "name": code, "region": region, "region_name": region, "radius_km": 30.0, "enlargement_km": 30.0, **bounds}
            for code, region in REGIONS.items()
        ]

    async def each(self, question: Question, /, **params: object) -> AsyncIterator[Row]:
        for row in await self.read(question, **params):
            yield row


@cache
def viewer(profile: int, *regions: str, scopes: frozenset[Scope] = frozenset(Scope)) -> Viewer:
    """A viewer; without regions national."""
    return Viewer(profile, frozenset(regions) or None, scopes)  # type: ignore[arg-type]


def ask(store: AsyncLongReader, who: Viewer, document: str, variables: Mapping[str, Any] | None = None, limits: Limits = DEFAULT) -> dict[str, Any]:
    """The body of the answer."""

    async def answered() -> Mapping[str, Any]:
        with closing(Executor(SCHEMA, store, limits, b"0" * 32)) as executor:
            return (await executor.answer(Caller("test", who), Request(document, dict(variables or {})))).body

    return dict(asyncio.run(answered()))


def refusal(who: Viewer, document: str, variables: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """Code and message of the one error of a question that is refused before anything but geography is read."""
    store = Geography()
    (error,) = ask(store, who, document, variables)["errors"]
    assert set(store.asked) <= {"department_boxes", "postal_code"}, store.asked
    return error["extensions"]["code"], error["message"]


def is_refused(who: Viewer, document: str, variables: Mapping[str, Any] | None = None) -> bool:
    """Whether a question is refused as FORBIDDEN."""
    errors = ask(Geography(), who, document, variables).get("errors", [])
    return any(error["extensions"]["code"] == "FORBIDDEN" for error in errors)
