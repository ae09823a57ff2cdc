"""What the tests of loaders share: writing a small file, reading it through a source, where the real data is."""

import gzip
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest

from graph.model import NODES, RELATIONS
from graph.model.kinds import PYTHON_TYPES, Value
from graph.questions import Question
from graph.reads import Reader, Row
from graph.record import Event, Item, Link, Owned, Record, Rejected
from loaders.files import InputFile, input_files
from loaders.source import Reading, Source, Work


class _Empty:
    """A store that holds nothing."""

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        return []


EMPTY: Final = _Empty()


def needs(*paths: Path) -> pytest.MarkDecorator:
    """Skip where the real data is not there."""
    missing = [str(path) for path in paths if not path.exists()]
    return pytest.mark.skipif(bool(missing), reason=f"needs the real data: {', '.join(missing)}")


def write(path: Path, content: str | bytes) -> Path:
    """Write a file, packed when its name says so."""
    data = content if isinstance(content, bytes) else content.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def one_file(path: Path) -> InputFile:
    """The only input file of a path."""
    [file] = input_files([path], ["*"])
    return file


def read(source: Source, scratch: Path, *paths: Path, store: Reader = EMPTY, ror: str | None = None, region: str | None = None) -> tuple[Reading, list[Event]]:
    """All that a source reads from these paths."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    reading = source.open(input_files(paths, [one.files for one in source.formats]), Work(folder, store, ror, region))
    return reading, list(reading.events)


def records(events: list[Event]) -> list[Record]:
    return [event for event in events if isinstance(event, Record)]


def rejected(events: list[Event]) -> list[Rejected]:
    return [event for event in events if isinstance(event, Rejected)]


def items(events: list[Event]) -> dict[tuple[str, str], Item]:
    """All items by label and key."""
    return {(item.label, item.key): item for record in records(events) for item in record.items}


def strangers(events: list[Event]) -> list[str]:
    """What records say that the model does not have: labels, properties, kinds of values, relations, ends."""
    return sorted({fault for record in records(events) for item in record.items for fault in _item_strangers(item)})


def _item_strangers(item: Item) -> list[str]:
    node = NODES[item.label]
    kinds = {one.name: PYTHON_TYPES[one.kind] for one in node.properties}
    found = [f"{item.label}.{name}" for name in item.props if name not in kinds]
    found += [f"{item.label}.{name}: {value!r}" for name, value in item.props.items() if name in kinds and not _fits(value, kinds[name])]
    for link in (*item.links, *item.hung, *(Link(one.relation, item.ref, one.node) for one in item.owned)):
        relation = RELATIONS[link.type]
        if (link.start.label, link.end.label) not in {(start.label, end.label) for start, end in relation.ends}:
            found.append(f"{link.start.label} {link.type} {link.end.label}")
        allowed = {one.name: PYTHON_TYPES[one.kind] for one in relation.properties}
        found += [f"{link.type}.{name}: {value!r}" for name, value in link.props.items() if name not in allowed or not _fits(value, allowed[name])]
    for owned in item.owned:
        found += _owned_strangers(owned)
    return found + [f"a link of {item.label} starts elsewhere" for link in item.links if link.start != item.ref]


def _owned_strangers(owned: Owned) -> list[str]:
    node = NODES[owned.node.label]
    kinds = {one.name: PYTHON_TYPES[one.kind] for one in node.properties}
    found = [f"{node.label}.{name}: {value!r}" for name, value in owned.props.items() if name not in kinds or not _fits(value, kinds[name])]
    for inner in owned.owned:
        if (node.label, inner.node.label) not in {(start.label, end.label) for start, end in RELATIONS[inner.relation].ends}:
            found.append(f"{node.label} {inner.relation} {inner.node.label}")
        found += _owned_strangers(inner)
    return found


def _fits(value: Value, kind: type) -> bool:
    return value is None or type(value) is kind
