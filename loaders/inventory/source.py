"""Inventory of applications, interfaces, flows and what they serve: YAML files, or one JSON file (docs/formats.md, inventory).

A row is an item of a section, checked by loaders/schemas/inventory.schema.json; a wrong item is rejected, the others go on.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from graph.errors import BadFile
from graph.record import Event, Notes, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.inventory.items import MAKERS, Context, Kind
from loaders.marked import Document, Marked, documents
from loaders.schema import Fault, Schema, find_fault, read_schema
from loaders.source import Format, Reading, Source, Work

ASSERTS: Final = ("Region", "Actor", "DataClass", "Step", "Pathway", "Usage", "Application", "Interface", "Flow")
SECTIONS: Final = tuple(MAKERS)  # in the order of the schema
HEADS: Final = ("dataset", "title", "fictional", "as_of")
CASE: Final = frozenset({"name", "about", "why", "input", "expected"})  # of a worked case, beside `shared` and `inventory`: not read


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a section, with what its file says of all of its items."""

    file: InputFile
    section: str
    marked: Marked
    dataset: str
    fictional: bool


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open the files of one data set.

    Raises BadFile for what is not YAML nor JSON, for a section that does not exist, for two data sets and for a file of several cases.
    """
    schema = read_schema("inventory")
    entries = [entry for file in files for document in documents(file) for entry in _entries(document, schema)]
    names = sorted({entry.dataset for entry in entries})
    if len(names) > 1:
        raise BadFile(f"The files are of several data sets: {', '.join(name or '(none named)' for name in names)}. Load one at a time.")
    if not entries:
        raise BadFile(f"{files[0].name}: no section has an item. Sections: {', '.join(SECTIONS)}. Nothing was changed.")
    stamp = f"inventory:{names[0]}" if names[0] else "inventory"
    notes = Notes({file.name: file.encoding for file in files})
    return Reading(stamp, ASSERTS, _events(entries, schema), notes, rejects_suffix=".yaml")


def _entries(document: Document, schema: Schema) -> Iterator[Entry]:
    keys = document.keys()
    if "cases" in keys:
        raise BadFile(f"{document.file.name}: the file holds several cases. Give one: an object with its `inventory` and with `shared`.")
    heads = _heads(document, schema)
    for name, node in _sections(document, keys):
        if not isinstance(node, yaml.SequenceNode):
            raise BadFile(f"{document.file.name}, line {node.start_mark.line + 1}: {name} is a list of items. Nothing was loaded.")
        for item in node.value:
            yield Entry(document.file, name, document.marked(item), heads.get("dataset", ""), bool(heads.get("fictional")))


def _heads(document: Document, schema: Schema) -> dict[str, Any]:
    nodes = [(key, node) for key, node in document.node.value if key.value in HEADS]
    marked = document.marked(yaml.MappingNode("tag:yaml.org,2002:map", nodes, document.node.start_mark, document.node.end_mark))
    fault = find_fault(schema.part(""), marked)
    if fault:
        raise BadFile(f"{document.file.name}, line {fault.line}, {fault.field}: {fault.reason} Nothing was loaded.")
    return dict(marked.value)


def _sections(document: Document, keys: dict[str, yaml.Node]) -> Iterator[tuple[str, yaml.Node]]:
    for name, node in keys.items():
        if name in {"shared", "inventory"} and isinstance(node, yaml.MappingNode):
            yield from _sections(document, Document(document.file, document.source, node).keys())
        elif name in SECTIONS:
            yield name, node
        elif name not in HEADS and not ("inventory" in keys and name in CASE):
            where = f"{document.file.name}, line {node.start_mark.line + 1}"
            raise BadFile(f"{where}: there is no section '{name}'. Sections: {', '.join(SECTIONS)}; beside them {', '.join(HEADS)}. Nothing was loaded.")


def _events(entries: list[Entry], schema: Schema) -> Iterator[Event]:
    context = _context(entries)
    validators = {name: schema.part(kind.definition) for name, kind in MAKERS.items()}
    for entry in entries:
        fault = find_fault(validators[entry.section], entry.marked) or _made_fault(entry, context)
        yield _rejected(entry, fault) if fault else _record(entry, context)


def _context(entries: list[Entry]) -> Context:
    """Codes of pathways and steps of these files, by which `supports` finds what it names."""
    steps: dict[str, list[str]] = {}
    pathways: Counter[str] = Counter()
    for entry in entries:
        value = entry.marked.value
        if entry.section == "pathways" and isinstance(value, dict) and isinstance(value.get("steps"), list):
            pathways[str(value.get("code"))] += 1
            for step in value["steps"]:
                if isinstance(step, dict):
                    steps.setdefault(str(step.get("code")), []).append(str(value.get("code")))
    return Context(frozenset(pathways), steps)


def _made_fault(entry: Entry, context: Context) -> Fault | None:
    found = MAKERS[entry.section].find_fault(entry.marked.value, context)
    return Fault(entry.marked.line_of(found.path), found.field, found.reason) if found else None


def _record(entry: Entry, context: Context) -> Record:
    kind: Kind = MAKERS[entry.section]
    return Record(entry.file.place(entry.marked.line), _again(entry), kind.items(entry.marked.value, context, entry.fictional))


def _rejected(entry: Entry, fault: Fault) -> Rejected:
    return Rejected(entry.file.place(fault.line), _again(entry), fault.field, fault.reason, _about(entry))


def _about(entry: Entry) -> Ref | None:
    value = entry.marked.value
    code = value.get("code") if isinstance(value, dict) else value
    return Ref(MAKERS[entry.section].node.label, code) if isinstance(code, str) and code else None


def _again(entry: Entry) -> str:
    """The item as a document of its own, to be read again from a rejects file."""
    heads = ([f"dataset: {entry.dataset}"] if entry.dataset else []) + (["fictional: true"] if entry.fictional else [])
    return "\n".join(["---", *heads, f"{entry.section}:", entry.marked.text])


SOURCE: Final = Source(
    name="inventory",
    fr="Inventaire des applications, interfaces et flux",
    rank=60,
    formats=(
        Format(
            "inventory",
            "*.y*ml",
            "sections regions, actors, classes, usages, pathways, applications, interfaces, flows; `dataset` names the data set; one .json file too",
            "flows: [{code: F-1, mode: query, consumer: VT, calls: I-IDF, carries: {OFFER: {}}, evidence: declared, evidence_date: '2024-01-01'}]",
        ),
        Format("case", "*.json", "the same sections as JSON, or an object with `shared` and `inventory`", '{"shared": {...}, "inventory": {"flows": [...]}}'),
    ),
    open=open_files,
)
