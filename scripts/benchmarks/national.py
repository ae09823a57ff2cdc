"""A whole country from its files into an empty store, on both kinds of server, beside bare UNWIND MERGE of the same nodes, relations and properties.

Each load is a process of its own, as a person runs it: its time holds the start of Python, its peak memory is that of the process. What the loads made goes
to disk as parsed rows, some thousand at a time, and from there into a new server of the same kind; only the writing is timed.
"""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from graph.model import NODES, RELATIONS
from graph.settings import Settings
from graph.store.connection import Store, connect
from graph.store.embedded import attach
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from scripts.benchmarks.country.files import Country, Load, country, size_of
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.files import ROOT
from tests.servers.neo4j_server import LARGE, NoNeo4j, neo4j_server

BATCH: Final = 2000
COMMAND: Final = ("-m", "rorgraph")
MERGING: Final = ("-c", "import loaders.pipeline, rorgraph; loaders.pipeline.is_new = lambda _: False; rorgraph.main()")  # what is new is merged all the same
OWN: Final = {"Run", "WriterLease", "SchemaState"}  # what a store has of itself
Server = Callable[[Path], AbstractContextManager[Endpoint]]
Key = tuple[str, ...]


@dataclass(slots=True)
class Measured:
    """What was seen on one server. `seconds`: by load and pass; `merged`: of all first loads without the bulk path; `bare`: of the bare writes."""

    seconds: dict[tuple[str, str], float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    nodes: int = 0
    links: int = 0
    written_again: int = 0
    merged: float = 0.0
    bare: float = 0.0

    def total(self, name: str) -> float:
        """Seconds of all loads of a pass."""
        return sum(seconds for (_, one), seconds in self.seconds.items() if one == name)


def national(size: float, *, regional: bool = False, neo4j: bool = True, merged: bool = True, keep: Path | None = None) -> list[Figure]:
    """One round at this size of the country. `regional`: the 17 regional files too, so that each offer stands in two RORs.

    `merged`: the first load without the bulk path too. `keep`: where the embedded store of the loaded country stays, for the part `api`.
    """
    with tempfile.TemporaryDirectory() as folder:
        first = country(Path(folder) / "first", size, regional=regional)
        second = country(Path(folder) / "changed", size, changed=True, regional=regional)
        figures = [Figure(f"files of the country, size {size:g} ({first.about})", "MB", (size_of([path for load in first.loads for path in load.paths]),))]
        for name, server in [("embedded", _embedded), ("Neo4j", _neo4j)][: 1 + neo4j]:
            try:
                found = _measured(Path(folder) / name, server, first, second, keep if server is _embedded else None)
                if merged:
                    found.merged = _first_without_bulk(Path(folder) / name, server, first)
                figures += _figures(name, found)
            except NoNeo4j as reason:
                figures.append(Figure(f"{name}: not measured ({reason})", "", (0.0,)))
        return figures


@contextmanager
def _embedded(home: Path) -> Iterator[Endpoint]:
    with attach(Settings(home=home), linger=0.2) as endpoint:
        yield endpoint


@contextmanager
def _neo4j(home: Path) -> Iterator[Endpoint]:
    with neo4j_server(home, LARGE, pages="1g") as endpoint:
        yield endpoint


def _measured(folder: Path, server: Server, first: Country, second: Country, keep: Path | None) -> Measured:
    found = Measured()
    for name in ("ours", "rows", "bare"):
        (folder / name).mkdir(parents=True)
    with server(folder / "ours") as endpoint, connect(endpoint) as store:
        ensure_schema(store)
        _load_all(endpoint, first, "first", found)
        dump(store, folder / "rows", found)
        before = _newest(store)
        _load_all(endpoint, second, "changed", found)
        found.written_again = _written_since(store, before)
    if keep:
        shutil.move(folder / "ours", keep)
    shutil.rmtree(folder / "ours", ignore_errors=True)  # a whole country and its copy do not fit on every disk
    with server(folder / "bare") as endpoint, connect(endpoint) as store:
        ensure_schema(store)
        found.bare = _written_bare(store, folder / "rows")
        _say(f"bare: {found.bare:.1f} s")
    return found


def _say(what: str) -> None:
    """A whole country takes more than an hour: what is known of it is said as it comes."""
    print(what, file=sys.stderr, flush=True)


def _first_without_bulk(folder: Path, server: Server, first: Country) -> float:
    """Seconds of all loads into an empty store, each object merged."""
    (folder / "merged").mkdir()
    with server(folder / "merged") as endpoint, connect(endpoint) as store:
        ensure_schema(store)
        seconds = sum(_loaded(endpoint, load, MERGING)[0] for load in first.loads)
    shutil.rmtree(folder / "merged", ignore_errors=True)
    _say(f"without the bulk path: {seconds:.1f} s")
    return seconds


def _load_all(endpoint: Endpoint, files: Country, name: str, found: Measured) -> None:
    for load in files.loads:
        seconds, memory = _loaded(endpoint, load)
        what = " ".join(filter(None, (load.source, load.ror)))
        found.seconds[what, name] = seconds
        _say(f"{what}, {name} load: {seconds:.1f} s, peak {memory:.0f} MB")
        found.memory[load.source] = max(memory, found.memory.get(load.source, 0.0))


def _loaded(endpoint: Endpoint, load: Load, command: Sequence[str] = COMMAND) -> tuple[float, float]:
    """Seconds and peak megabytes of one `rorgraph load`."""
    where = {"RORGRAPH_URI": endpoint.uri, "RORGRAPH_USER": endpoint.user, "RORGRAPH_PASSWORD": endpoint.password, "RORGRAPH_DATABASE": endpoint.database or ""}
    words = [sys.executable, *command, "load", load.source, *map(str, load.paths), *(["--ror", load.ror] if load.ror else [])]
    with tempfile.TemporaryDirectory() as rejects, tempfile.TemporaryFile() as said:
        words += ["--rejects", f"{rejects}/rejects", "--accept-closures"]
        start = time.perf_counter()
        process = subprocess.Popen(words, stdout=said, stderr=said, cwd=ROOT, env={**os.environ, **where})
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode:
            raise RuntimeError(f"loading {load.source} ended with {process.returncode}: {said.read().decode()[-2000:]}")
    return seconds, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def dump(store: Store, folder: Path, found: Measured) -> None:
    """All nodes and relations as parsed rows, in files of pickled chunks: `node LABEL`, `link TYPE START END`."""
    for label, node in NODES.items():
        if label not in OWN:
            nodes = store.stream(f"MATCH (n:{label}) RETURN n.{node.key}, properties(n)")
            found.nodes += _kept(folder / f"node {label}", ({"key": key, "props": props} for key, props in nodes))
    for relation in RELATIONS.values():
        for start, end in relation.ends:
            text = f"MATCH (a:{start.label})-[r:{relation.type}]->(b:{end.label}) RETURN a.{start.key}, b.{end.key}, properties(r)"
            links = ({"start": a, "end": b, "source": props["source"], "props": props} for a, b, props in store.stream(text))
            found.links += _kept(folder / f"link {relation.type} {start.label} {end.label}", links)


def _kept(path: Path, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with path.open("wb") as file:
        while some := list(islice(rows, BATCH)):
            pickle.dump(some, file)
            count += len(some)
    return count


def _chunks(path: Path) -> Iterator[list[dict[str, Any]]]:
    """The rows of a file that this process wrote."""
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def _written_bare(store: Store, folder: Path) -> float:
    seconds = 0.0
    for path in sorted(folder.iterdir(), reverse=True):  # nodes before links
        text = _bare_statement(path.name.split())
        for rows in _chunks(path):
            start = time.perf_counter()
            store.write([(text, {"rows": rows})])
            seconds += time.perf_counter() - start
    return seconds


def _bare_statement(words: list[str]) -> str:
    if words[0] == "node":
        return f"UNWIND $rows AS row MERGE (n:{words[1]} {{{NODES[words[1]].key}: row.key}}) SET n += row.props"
    _, kind, start, end = words
    ends = f"MATCH (a:{start} {{{NODES[start].key}: row.start}}) MATCH (b:{end} {{{NODES[end].key}: row.end}})"
    one, other, arrow = ("b", "a", "<-[r:%s {source: row.source}]-") if RELATIONS[kind].spreads else ("a", "b", "-[r:%s {source: row.source}]->")
    return f"UNWIND $rows AS row {ends} MERGE ({one}){arrow % kind}({other}) SET r += row.props"


def _newest(store: Store) -> str:
    return max(str(run) for (run,) in store.stream("MATCH (r:Run) RETURN r.id"))


def _written_since(store: Store, run: str) -> int:
    """Nodes that a later run wrote."""
    return sum(count for label in NODES if label not in OWN for (count,) in store.stream(f"MATCH (n:{label}) WHERE n.run > $run RETURN count(n)", run=run))


def _figures(name: str, found: Measured) -> list[Figure]:
    first, again = found.total("first"), found.total("changed")
    loads = [Figure(f"{name}: {what}, {one} load", "s", (seconds,)) for (what, one), seconds in found.seconds.items()]
    peaks = [Figure(f"{name}: peak memory of the process that loads {source}", "MB", (peak,), "under 400") for source, peak in found.memory.items()]
    return [
        Figure(f"{name}: nodes", "nodes", (float(found.nodes),)),
        Figure(f"{name}: relations", "relations", (float(found.links),)),
        *loads,
        Figure(f"{name}: whole country, first load", "s", (first,), "under 900 with the bulk path"),
        Figure(f"{name}: bare UNWIND MERGE of the same", "s", (found.bare,)),
        Figure(f"{name}: speed of the first load, of bare", "ratio", (found.bare / first,), "at least 0.5"),
        Figure(f"{name}: whole country again, 1 % changed", "s", (again,)),
        *([Figure(f"{name}: whole country, first load without the bulk path", "s", (found.merged,))] if found.merged else []),
        Figure(f"{name}: first load{' without the bulk path' if found.merged else ''} / again", "ratio", ((found.merged or first) / again,), "at least 3"),
        Figure(f"{name}: nodes written again", "nodes", (float(found.written_again),), "only the changed"),
        *peaks,
    ]
