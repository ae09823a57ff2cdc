"""Literals for the tests of loading: small sources whose rows are given, and a dump of the whole graph."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.record import Event, Item, Link, Owned, Place, Record, Ref
from graph.store.connection import Store
from loaders.files import InputFile
from loaders.pipeline import Options
from loaders.source import Format, Reading, Source, Work

STAMPS = ("run", "first_seen", "last_seen")
NODES = "MATCH (n) WHERE NOT n:Run AND NOT n:Change AND NOT n:WriterLease AND NOT n:SchemaState RETURN labels(n) AS labels, properties(n) AS props"
LINKS = "MATCH (a)-[r]->(b) RETURN coalesce(a.id, a.code) AS a, type(r) AS type, properties(r) AS props, coalesce(b.id, b.code) AS b"


def source(rows: Iterable[Event], name: str = "finess", labels: tuple[str, ...] = ("LegalEntity", "GeographicEntity"), rank: int = 1) -> Source:
    """A source of these rows, whatever the file."""

    def open_rows(files: Sequence[InputFile], work: Work) -> Reading:
        return Reading(name, labels, iter(rows))

    return Source(name, name, rank, (Format(name, "*", "rows of a test", ""),), open_rows)


def site(finess: str, name: str = "CH", *, entity: str | None = None, commune: str | None = None, phone: str | None = None, line: int = 1) -> Record:
    """A site row as FINESS gives it."""
    me = Ref("GeographicEntity", "1" + finess)
    links = []
    if entity:
        links.append(Link("PART_OF", me, Ref("LegalEntity", "1" + entity)))
    if commune:
        links.append(Link("LOCATED_IN", me, Ref("Commune", commune)))
    owned = (Owned("HAS_TELECOM", Ref("Telecom", f"{me.key}#{phone}"), {"channel": "phone", "value": phone}),) if phone else ()
    return Record(Place("f.csv", line), f"{finess};{name}", (Item(*me, {"finess": finess, "name": name}, tuple(links), owned),))


def entity(finess: str, name: str = "EJ", line: int = 1) -> Record:
    """A legal entity row."""
    return Record(Place("f.csv", line), f"{finess};{name}", (Item("LegalEntity", "1" + finess, {"finess": finess, "name": name}),))


def options(folder: Path, **changes: Any) -> Options:
    """Options that write rejects into a folder of the test."""
    return replace(Options(rejects=folder / "rejects.csv"), **changes)


def a_file(folder: Path) -> Path:
    """Some file, for sources that do not read it."""
    path = folder / "f.csv"
    path.write_text("x\n", encoding="utf-8")
    return path


def dump(store: Store, *, stamps: bool = False) -> tuple[list[str], list[str]]:
    """All nodes and relations as sorted text; without the run stamps unless asked for."""
    return tuple(sorted(repr(_cells(row, stamps)) for row in map(list, store.stream(text))) for text in (NODES, LINKS))  # type: ignore[return-value]


def _cells(row: list[Any], stamps: bool) -> list[Any]:
    return [sorted((key, value) for key, value in cell.items() if stamps or key not in STAMPS) if isinstance(cell, dict) else cell for cell in row]


def one(store: Store, text: str, **params: object) -> Any:
    """The single value that a statement returns."""
    ((value,),) = list(store.stream(text, **params))
    return value
