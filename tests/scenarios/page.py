"""The scenarios as docs/scenarios.md states them: the page is the only place where a query stands."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PAGE: Final = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
SECTION: Final = re.compile(r"^### (\d+\.\d+(?:bis)?) (.+)$", re.MULTILINE)
BLOCK: Final = re.compile(r"^```(\w+) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WHY: Final = re.compile(r"^\*\*(No counterpart(?: yet)?|Not compared)\.\*\* \S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario of the guide. `selected`: the ids that both, FHIR alone and GraphQL alone select; None: it is not compared, and `says_why`."""

    number: str
    fhir: str | None
    document: str
    variables: Mapping[str, Any]
    selected: Mapping[str, list[str]] | None
    says_why: bool


def scenarios() -> list[Scenario]:
    """All of the page, in its order."""
    heads = list(SECTION.finditer(PAGE))
    shared = _blocks(PAGE[: heads[0].start()])["graphql", "scenario"]
    ends = [*(head.start() for head in heads[1:]), len(PAGE)]
    return [_scenario(head[1], PAGE[head.end() : end], shared) for head, end in zip(heads, ends, strict=True)]


def empty_on_the_sample() -> set[str]:
    """The scenarios that the page says the sample alone leaves empty."""
    found = re.search(r"would be empty in FHIR: ([^\n]*)\.\n", PAGE)
    assert found
    return set(found[1].split(", "))


def _scenario(number: str, text: str, shared: str) -> Scenario:
    blocks = _blocks(text)
    stated = blocks.get(("json", "selected"))
    return Scenario(
        number=number,
        fhir=blocks.get(("text", "fhir"), "").strip() or None,
        document=blocks.get(("graphql", "scenario"), shared),
        variables=json.loads(blocks.get(("json", "variables"), "{}")),
        selected=None if stated is None else json.loads(stated),
        says_why=WHY.search(text) is not None,
    )


def _blocks(text: str) -> dict[tuple[str, str], str]:
    return {(language, mark): content for language, mark, content in BLOCK.findall(text)}
