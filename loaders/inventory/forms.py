"""The forms in which an inventory comes: which file is which, and who reads it."""

from collections.abc import Iterator, Sequence
from typing import Final

from graph.errors import BadFile
from graph.record import Notes
from loaders.files import InputFile
from loaders.inventory.archi import kind_of, read_archi
from loaders.inventory.documents import read_documents
from loaders.inventory.entries import Found
from loaders.inventory.exchange import read_exchange
from loaders.inventory.mercator import endpoint_of, read_mercator
from loaders.inventory.sheets import SHEETS, read_sheets
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
        "sheets",
        "*.csv",
        f"one sheet a section: {', '.join(f'{name}.csv' for name in SHEETS)}; `;`, header; written empty by `rorgraph load inventory --template FOLDER`",
        "code;mode;consumer;calls;carries;evidence;evidence_date\nF-1;query;VT;I-IDF;OFFER, BEDS(count);declared;2024-01-01",
    ),
    Format(
        "archimate",
        "*.xml",
        "an ArchiMate model as Open Exchange XML 3.x; our key in the property `ror:code` (archimate.md)",
        '<element identifier="id-1" xsi:type="ApplicationComponent"><name>Via Trajectoire</name></element>',
    ),
    Format(
        "archi",
        "*elements.csv",
        "a model as the three CSV files of Archi: elements.csv, relations.csv, properties.csv, with or without a prefix (archimate.md)",
        '"ID","Type","Name","Documentation","Specialization"\n"id-1","ApplicationComponent","Via Trajectoire","",""',
    ),
    Format(
        "mercator",
        "*applications.json",
        "answers of Mercator's REST interface, one file an endpoint: entities, applications, processes, application-services, application-modules, fluxes",
        '[{"id": 1, "name": "Via Trajectoire", "entity_resp_id": 2, "users": "800"}]',
    ),
    Format(
        "proposals",
        "observed-*.yaml",
        "what `rorgraph observe` found in an access log, each with `accept` true, false or null as a person decided; load it with --delta",
        "proposals: [{accept: true, what: seen, flow: {code: F-1, mode: query, consumer: VT, calls: I-IDF, evidence: observed, evidence_date: '2026-03-31'}}]",
    ),
)


def read_forms(files: Sequence[InputFile], notes: Notes) -> Iterator[Found]:
    """The items of all files. A part of a rejects file is YAML, whatever the file was that its rows came from. Raises BadFile for files of two forms."""
    by_form: dict[str, list[InputFile]] = {}
    for file in files:
        by_form.setdefault(_form(file), []).append(file)
    if len(by_form) > 1:
        told = "; ".join(f"{form}: {', '.join(file.name for file in some)}" for form, some in by_form.items())
        raise BadFile(f"The files are of several forms ({told}). Load one form at a time. Nothing was loaded.")
    [(form, some)] = by_form.items()
    match form:
        case "archimate":
            for file in some:
                yield from read_exchange(file, notes)
        case "archi":
            yield from read_archi(some, notes)
        case "mercator":
            yield from read_mercator(some, notes)
        case "sheets":
            yield from read_sheets(some)
        case _:
            yield from read_documents(some)


def _form(file: InputFile) -> str:
    name = file.name.lower()
    if file.is_part:
        return "documents"
    if name.endswith(".xml"):
        return "archimate"
    if name.endswith(".csv"):
        return "archi" if kind_of(file) else "sheets"
    return "mercator" if name.endswith(".json") and endpoint_of(file) else "documents"
