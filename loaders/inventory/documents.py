"""Inventories as YAML or JSON: sections of items, and the proposals of `rorgraph observe` (docs/observed.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import yaml

from graph.errors import BadFile
from graph.record import Left, Rejected
from loaders.files import InputFile
from loaders.inventory.entries import Entry, Found, one_document
from loaders.inventory.items import MAKERS
from loaders.marked import Document, documents
from loaders.schema import Schema, find_fault, read_schema

SECTIONS: Final = tuple(MAKERS)  # in the order of the schema
HEADS: Final = ("dataset", "title", "fictional", "as_of")
CASE: Final = frozenset({"name", "about", "why", "input", "expected"})  # of a worked case, beside `shared` and `inventory`: not read
PROPOSALS: Final = "proposals"
REFUSED: Final = "proposal that a person refused"
UNDECIDED: Final = "proposal that nobody has decided yet"


def read_documents(files: Sequence[InputFile]) -> Iterator[Found]:
    """The items of YAML and JSON files. Raises BadFile for what is neither, and for a section that does not exist."""
    schema = read_schema("inventory")
    for file in files:
        for document in documents(file):
            yield from _entries(document, schema)


def _entries(document: Document, schema: Schema) -> Iterator[Found]:
    keys = document.keys()
    if "cases" in keys:
        raise BadFile(f"{document.file.name}: the file holds several cases. Give one: an object with its `inventory` and with `shared`.")
    heads = _heads(document, schema)
    dataset, fictional = heads.get("dataset", ""), bool(heads.get("fictional"))
    for name, node in _sections(document, keys):
        if not isinstance(node, yaml.SequenceNode):
            raise BadFile(f"{document.file.name}, line {node.start_mark.line + 1}: {name} is a list of items. Nothing was loaded.")
        for item in node.value:
            entry = Entry(document.file, "flows" if name == PROPOSALS else name, document.marked(item), dataset, fictional)
            yield _decided(document, item, entry, schema) if name == PROPOSALS else entry


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
        elif name in {*SECTIONS, PROPOSALS}:
            yield name, node
        elif name not in HEADS and not ("inventory" in keys and name in CASE):
            where = f"{document.file.name}, line {node.start_mark.line + 1}"
            raise BadFile(f"{where}: there is no section '{name}'. Sections: {', '.join(SECTIONS)}; beside them {', '.join(HEADS)}. Nothing was loaded.")


def _decided(document: Document, node: yaml.Node, entry: Entry, schema: Schema) -> Found:
    """The flow of a proposal that a person accepted; else why there is none. A wrong proposal stays one in the rejects file: it is not decided there."""
    fault = find_fault(schema.part("proposal"), entry.marked)
    if fault:
        text = one_document(PROPOSALS, entry.marked.text, entry.dataset, fictional=entry.fictional)
        return Rejected(entry.place(fault.path), text, fault.field, fault.reason)
    if entry.marked.value["accept"] is True:
        return replace(entry, marked=document.marked(_flow(node)))
    return Left(entry.place(()), UNDECIDED if entry.marked.value["accept"] is None else REFUSED)


def _flow(node: yaml.Node) -> yaml.Node:
    """What a proposal would write."""
    found: yaml.Node = next(value for key, value in node.value if key.value == "flow")
    return found
