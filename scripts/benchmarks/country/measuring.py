"""The country loaded from its files, by the command line as a user does, beside bare UNWIND MERGE of what came out of it; on both servers."""

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from graph.model import NODES, RELATIONS
from graph.reads import plain
from graph.settings import Settings
from graph.store.connection import Store, connect
from graph.store.opening import open_store
from graph.store.schema import ensure_schema
from scripts.benchmarks.country.annuaire import PRACTICES, write_annuaire
from scripts.benchmarks.country.fhir import write_fhir
from scripts.benchmarks.country.offers import OFFERS, Site, finess_of, nomenclatures, offers, some_sites
from scripts.benchmarks.country.xml import write_xml
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.files import SHARED
from tests.servers.neo4j_server import neo4j_server

ROOT: Final = Path(__file__).parents[3]
BATCH: Final = 2000
BOOKKEEPING: Final = frozenset({"Run", "WriterLease", "SchemaState"})


@dataclass(frozen=True, slots=True)
class Load:
    """One load of the command line: source, files, further options."""

    source: str
    files: tuple[Path, ...]
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Measured:
    """What a side took: seconds by load, the largest memory of a loading process in MB, rows of the store."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak: float = 0.0

    @property
    def total(self) -> float:
        """Seconds of all loads."""
        return sum(self.seconds.values())


def country(size: float, *, with_neo4j: bool) -> list[Figure]:
    """`size`: share of the whole country (1: 400,000 offers, 1,000,000 practices)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = some_sites(folder, round(size * OFFERS))
        first, second = _loads(folder, "first", places, size, changed=False), _loads(folder, "second", places, size, changed=True)
        figures = _on("embedded server", folder, first, second, lambda label: _embedded(folder / label))
        if with_neo4j:
            figures += _on("Neo4j", folder, first, second, lambda label: _neo4j(folder / label))
        return figures


def _loads(folder: Path, state: str, places: list[Site], size: float, *, changed: bool) -> list[Load]:
    """The files of one state of the country, in the order of loading."""
    made = folder / state
    made.mkdir()
    count = round(size * OFFERS)
    finess, fhir = finess_of(made, places), write_fhir(made / "fhir", places, offers(places, count, changed=changed))
    regional = write_xml(made / "xml", places, offers(places, count, changed=changed))
    people = write_annuaire(made / "PS_LibreAcces_Personne_activite_202601050800.txt", places, round(size * PRACTICES), changed=changed)
    geography = [Load("geography", tuple((SHARED / "geo").iterdir()))] if SHARED.is_dir() else []
    return [
        *geography,
        Load("nos", tuple(nomenclatures(made / "nos"))),
        Load("finess", (finess,)),
        Load("annuaire", (people,)),
        Load("ror-fhir", tuple(fhir)),
        *(Load("ror-xml", (path,), ("--ror", code, "--region", path.stem.removeprefix("ror_"))) for code, path in regional.items()),
    ]


Server = Callable[[str], Any]  # a context with the environment of the command line


def _on(server: str, folder: Path, first: list[Load], second: list[Load], started: Server) -> list[Figure]:
    """Our loads of the first and the second state, and the bare writes of what the first made, each on a store of its own."""
    dump = folder / "rows.pickle"
    with started("ours") as environment:
        ours = _measured(first, environment)
        nodes, links = _dumped(environment, dump)
        again = _measured(second, environment)
    with started("bare") as environment:
        bare = _bare(environment, dump)
    dump.unlink()
    what = f"country on {server}: "
    return [
        Figure(f"{what}all files into an empty store ({nodes:,} nodes, {links:,} relations)", "s", (ours.total,), "under 900 at full size"),
        *(Figure(f"{what}of which {source}", "s", (seconds,)) for source, seconds in ours.seconds.items()),
        Figure(f"{what}bare UNWIND MERGE of the same", "s", (bare,)),
        Figure(f"{what}speed of the loads, of bare", "ratio", (bare / ours.total,), "at least 0.5"),
        Figure(f"{what}again, 1 % changed", "s", (again.total,)),
        *(Figure(f"{what}again, of which {source}", "s", (seconds,)) for source, seconds in again.seconds.items()),
        Figure(f"{what}first / again", "ratio", (ours.total / again.total,), "at least 3 without the bulk path"),
        Figure(f"{what}memory of the loading process", "MB", (max(ours.peak, again.peak),), "under 400"),
    ]


@contextmanager
def _embedded(home: Path) -> Iterator[Mapping[str, str]]:
    yield {"RORGRAPH_HOME": str(home)}


@contextmanager
def _neo4j(folder: Path) -> Iterator[Mapping[str, str]]:
    folder.mkdir()
    with neo4j_server(folder) as endpoint:
        with connect(endpoint) as store:
            ensure_schema(store)
        named = {"URI": endpoint.uri, "USER": endpoint.user, "PASSWORD": endpoint.password, "DATABASE": endpoint.database}
        yield {f"RORGRAPH_{name}": value or "" for name, value in named.items()}


def _measured(loads: Iterable[Load], environment: Mapping[str, str]) -> Measured:
    found = Measured()
    for load in loads:
        start = time.perf_counter()
        peak = _run(load, environment)
        found.seconds[load.source] = found.seconds.get(load.source, 0.0) + time.perf_counter() - start
        found.peak = max(found.peak, peak)
    return found


def _run(load: Load, environment: Mapping[str, str]) -> float:
    """Run one load; its peak memory in MB."""
    command = [sys.executable, "-m", "rorgraph", "load", load.source, *map(str, load.files), *load.options, "--rejects", os.devnull]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, env={**os.environ, **environment})
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the load of {load.source} ended with {process.returncode}:\n{said[-3000:]}")
    return used.ru_maxrss / 1024


@contextmanager
def _store(environment: Mapping[str, str]) -> Iterator[Store]:
    named = {name.removeprefix("RORGRAPH_").lower(): value for name, value in environment.items()}
    known: dict[str, Any] = {**named, "home": Path(named["home"])} if "home" in named else named
    with open_store(Settings(**known)) as store:
        yield store


Rows = list[dict[str, Any]]


def _dumped(environment: Mapping[str, str], path: Path) -> tuple[int, int]:
    """All nodes and relations that the loads made, on disk as the batches of the bare writes; how many of each."""
    counts: dict[str, int] = defaultdict(int)
    with _store(environment) as store, path.open("wb") as file:
        for kind, text, rows in _rows_of(store):
            for some in _chunks(rows):
                pickle.dump((text, some), file)
                counts[kind] += len(some)
    return counts["nodes"], counts["links"]


def _rows_of(store: Store) -> Iterator[tuple[str, str, Iterator[dict[str, Any]]]]:
    for label, node in NODES.items():
        if label not in BOOKKEEPING:
            found = store.stream(f"MATCH (n:{label}) RETURN n.{node.key}, properties(n)")
            text = f"UNWIND $rows AS row MERGE (n:{label} {{{node.key}: row.key}}) SET n += row.props"
            yield "nodes", text, ({"key": key, "props": _plain(props)} for key, props in found)
    for relation in RELATIONS.values():
        for start, end in relation.ends:
            found = store.stream(f"MATCH (a:{start.label})-[r:{relation.type}]->(b:{end.label}) RETURN a.{start.key}, b.{end.key}, properties(r)")
            ends = f"MATCH (a:{start.label} {{{start.key}: row.start}}) MATCH (b:{end.label} {{{end.key}: row.end}})"
            text = f"UNWIND $rows AS row {ends} MERGE (a)-[r:{relation.type}]->(b) SET r += row.props"
            yield "links", text, ({"start": a, "end": b, "props": _plain(props)} for a, b, props in found)


def _plain(props: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, list) else plain(value) for name, value in props.items()}


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[Rows]:
    while some := list(islice(rows, BATCH)):
        yield some


def _bare(environment: Mapping[str, str], path: Path) -> float:
    """Seconds of the bare writes, without reading the rows from disk."""
    spent = 0.0
    with _store(environment) as store:
        for text, rows in _unpickled(path):
            start = time.perf_counter()
            store.write([(text, {"rows": rows})])
            spent += time.perf_counter() - start
    return spent


def _unpickled(path: Path) -> Iterator[tuple[str, Rows]]:
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)  # our own file of a moment ago
            except EOFError:
                return
