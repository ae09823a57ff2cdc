"""Reading alone: rows a second of the FHIR and XML readers, beside the library that their field uses, on the same file."""

import importlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import orjson

from graph.questions import Question
from graph.record import Record
from loaders.files import input_files
from loaders.registry import get_source
from loaders.source import Work
from scripts.benchmarks.country.files import Load, country
from scripts.benchmarks.figures import Figure

KINDS: Final = {"Organization": "organization", "Location": "location", "HealthcareService": "healthcareservice"}
ROWS: Final = ("organization", "service", "facility", "provider")
SPACE: Final = "{urn:ihe:iti:csd:2013}"


class _Empty:
    """A store that holds nothing."""

    def read(self, question: Question, /, **params: Any) -> list[dict[str, Any]]:  # noqa: ARG002  # the shape of a reader
        return []


def parsing(rounds: int, size: float) -> list[Figure]:
    """Rows a second, each round both sides."""
    with tempfile.TemporaryDirectory() as folder:
        made = country(Path(folder), size)
        fhir = next(load for load in made.loads if load.source == "ror-fhir")
        xml = next(load for load in made.loads if load.source == "ror-xml")
        return [
            _figure("ror-fhir reader, NDJSON to records", rounds, lambda: _ours(Path(folder), fhir)),
            _figure("fhir.resources, the same lines to objects", rounds, lambda: _fhir_resources(fhir)),
            _figure("orjson alone, the same lines to dicts", rounds, lambda: _lines(fhir, orjson.loads)),
            _figure("ror-xml reader, CSD to records (two passes)", rounds, lambda: _ours(Path(folder), xml)),
            _figure("plain lxml iterparse, the same elements to a tree", rounds, lambda: _lxml(xml)),
        ]


def _figure(name: str, rounds: int, read: Callable[[], int | None]) -> Figure:
    speeds = []
    for _ in range(rounds):
        start = time.perf_counter()
        rows = read()
        if rows is None:
            return Figure(f"{name}: not installed (pip install rorgraph[bench])", "rows/s", (0.0,))
        speeds.append(rows / (time.perf_counter() - start))
    return Figure(name, "rows/s", tuple(speeds))


def _ours(folder: Path, load: Load) -> int:
    source = get_source(load.source)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        reading = source.open(input_files(load.paths, ["*"]), Work(Path(scratch), _Empty(), load.ror))
        return sum(1 for event in reading.events if isinstance(event, Record))


def _lines(load: Load, parse: Callable[[bytes], object]) -> int:
    count = 0
    for path in load.paths:
        with path.open("rb") as file:
            for line in file:
                parse(line)
                count += 1
    return count


def _fhir_resources(load: Load) -> int | None:
    try:
        classes = {kind: getattr(importlib.import_module(f"fhir.resources.R4B.{module}"), kind) for kind, module in KINDS.items()}
    except ModuleNotFoundError:
        return None

    def parse(line: bytes) -> object:
        content = orjson.loads(line)
        return classes[content["resourceType"]](**content)

    return _lines(load, parse)


def _lxml(load: Load) -> int | None:
    try:
        etree = importlib.import_module("lxml.etree")
    except ModuleNotFoundError:
        return None
    count = 0
    for path in load.paths:
        for _, element in etree.iterparse(str(path), tag=tuple(SPACE + name for name in ROWS), no_network=True, resolve_entities=False):
            if element.getparent().tag.endswith("Directory"):
                count += 1
                element.clear()
    return count
