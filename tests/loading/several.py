"""Literals for several sources that state the same objects: RORs with records, registers, and the live part of the graph as text."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from graph.record import Dangling, Event, Item, Link, Owned, Place, Record, Ref, Said
from graph.runs import Mode
from graph.store.connection import Store
from loaders.pipeline import load
from loaders.report import LoadReport
from tests.loading.build import a_file, options, source

LABELS = ("LegalEntity", "GeographicEntity", "Offer", "Capacity", "Concept")
NATIONAL, REGIONAL, OTHER_REGION = ("ror:ROR-NAT", 70), ("ror:ROR-IDF", 80), ("ror:ROR-BRE", 80)
FINESS, INVENTORY = ("finess", 20), ("inventory", 60)
DAY_1, DAY_2, DAY_3 = (f"2026-01-0{day}T00:00:00.000+00:00" for day in (1, 2, 3))

LIVE_NODES = (
    "MATCH (n) WHERE NOT n:Run AND NOT n:Change AND NOT n:WriterLease AND NOT n:SchemaState AND n.gone_on IS NULL AND n.stub IS NULL "
    "RETURN labels(n) AS labels, properties(n) AS props"
)
LIVE_LINKS = (
    "MATCH (a)-[r]->(b) WHERE r.gone_on IS NULL AND a.gone_on IS NULL "
    "RETURN coalesce(a.id, a.code) AS a, type(r) AS type, properties(r) AS props, coalesce(b.id, b.code) AS b"
)
STAMPS = ("run", "first_seen", "last_seen")


def row(*items: Item, line: int = 1) -> Record:
    return Record(Place("f.json", line), "x", items)


def offer(source_id: str, name: str = "SMR", *, key: str = "11/1", rank: str = "", line: int = 1, **more: Any) -> Record:
    """An offer as a ROR states it. `more`: properties, and `acts` (codes), `phones`, `beds` (count at instant), `said`, `dangling`."""
    me = Ref("Offer", key)
    links = [Link("SPECIALISED_IN", me, Ref("Concept", act)) for act in more.pop("acts", ())]
    if application := more.pop("application", None):
        links.append(Link("SOURCED_FROM", me, Ref("Application", application)))
    owned = [Owned("HAS_TELECOM", Ref("Telecom", f"{key}#{phone}"), {"value": phone}) for phone in more.pop("phones", ())]
    owned += [Owned("HAS_CAPACITY", Ref("Capacity", f"{key}#beds"), {"count": count, "updated_at": at}) for count, at in more.pop("beds", ())]
    dangling = tuple(Dangling("OFFERED_BY", end) for end in more.pop("dangling", ()))
    said = Said("HealthcareService", source_id, more.pop("stated", {})) if source_id else None
    return row(Item(*me, {"name": name, **more}, tuple(links), tuple(owned), said=said, dangling=dangling), line=line)


def structure(source_id: str = "", *, key: str = "1000000001", label: str = "GeographicEntity", line: int = 1, **more: Any) -> Record:
    """A site or an entity, of a ROR where it has a `source_id`; `phones`: number to usage."""
    me = Ref(label, key)
    towns = [Link("LOCATED_IN", me, Ref("Commune", code)) for code in more.pop("communes", ())]
    owned = [Owned("HAS_TELECOM", Ref("Telecom", f"{key}#{one}"), {"value": one, "usage": usage}) for one, usage in more.pop("phones", {}).items()]
    said = Said("Organization", source_id) if source_id else None
    return row(Item(*me, more, tuple(towns), tuple(owned), said=said), line=line)


def concept(code: str, **more: Any) -> Record:
    return row(Item("Concept", code, {"code": code, **more}))


def beds(count: int, at: str, key: str = "11/1#beds", line: int = 1) -> Record:
    """A line of a bed file: a capacity as an object of its own, with the relation of its holder."""
    holder, _, _ = key.partition("#")
    hung = (Link("HAS_CAPACITY", Ref("Offer", holder), Ref("Capacity", key)),)
    return row(Item("Capacity", key, {"count": count, "updated_at": at}, hung=hung), line=line)


def say(store: Store, folder: Path, who: tuple[str, int], rows: Iterable[Event], mode: Mode = Mode.FULL, labels: Sequence[str] = LABELS) -> LoadReport:
    """A load of these rows by a source: name and rank."""
    given = source(rows, name=who[0], labels=tuple(labels), rank=who[1])
    return load(store, given, [a_file(folder)], options(folder, mode=mode, accept_closures=True))


def live(store: Store) -> tuple[list[str], list[str]]:
    """What is live in the graph, as sorted text, without stamps of runs, stubs, and entries of sources that have gone."""
    return tuple(sorted(repr([_cell(cell) for cell in found]) for found in store.stream(text)) for text in (LIVE_NODES, LIVE_LINKS))  # type: ignore[return-value]


def _cell(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    said = [entry for entry in cell.get("said") or () if not entry.endswith("=-")]
    return sorted((key, str(value)) for key, value in {**cell, "said": said}.items() if key not in STAMPS)
