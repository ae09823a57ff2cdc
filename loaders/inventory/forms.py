"""The forms in which an inventory comes: which file is which, and who reads it."""

from collections.abc import Iterator, Sequence
from typing import Final

from graph.record import Notes
from loaders.files import InputFile
from loaders.inventory.documents import read_documents
from loaders.inventory.entries import Found
from loaders.source import Format

FORMATS: Final = (
    Format(
        "inventory",
        "*.y*ml",
        "sections regions, actors, classes, usages, pathways, applications, interfaces, flows; `dataset` names the data set; one .json file too",
        "flows: [{code: F-1, mode: query, consumer: VT, calls: I-IDF, carries: {OFFER: {}}, evidence: declared, evidence_date: '2024-01-01'}]",
    ),
    Format("case", "*.json", "the same sections as JSON, or an object with `shared` and `inventory`", '{"shared": {...}, "inventory": {"flows": [...]}}'),
    Format(
        "proposals",
        "observed-*.yaml",
        "what `rorgraph observe` found in an access log, each with `accept` true, false or null as a person decided; load it with --delta",
        "proposals: [{accept: true, what: seen, flow: {code: F-1, mode: query, consumer: VT, calls: I-IDF, evidence: observed, evidence_date: '2026-03-31'}}]",
    ),
)


def read_forms(files: Sequence[InputFile], notes: Notes) -> Iterator[Found]:
    """The items of all files. A part of a rejects file is YAML, whatever the file was that its rows came from."""
    return read_documents(files, notes)
