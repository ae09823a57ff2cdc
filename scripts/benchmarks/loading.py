"""Loading the national FINESS file, beside bare UNWIND MERGE of the same nodes, relations and properties on the same kind of server."""

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from graph.model import NODES
from graph.settings import Settings
from graph.store.connection import Store
from graph.store.opening import open_store
from loaders.finess.source import SOURCE as FINESS
from loaders.pipeline import Options, load
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.files import SITES, finess_file, repeated

BATCH = 2000
LABELS = ("GeographicEntity", "LegalEntity", "Commune", "Telecom")
LENGTHS = (1, 10)


def loading(rounds: int) -> list[Figure]:
    """First load, the same again, and the bare writes, each round on new servers."""
    times: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        path, what = finess_file(Path(folder))
        for number in range(rounds):
            nodes, links = _ours(Path(folder), number, path, times)
            _bare(Path(folder), number, nodes, links, times)
    first, again, bare = (tuple(times[name]) for name in ("first", "again", "bare"))
    return [
        Figure(f"first load of FINESS ({what})", "s", first),
        Figure("bare UNWIND MERGE of the same", "s", bare),
        Figure("speed of the first load, of bare", "ratio", tuple(b / f for b, f in zip(bare, first, strict=True)), "at least 0.5"),
        Figure("the same file again", "s", again),
        Figure("first load / the same again", "ratio", tuple(f / a for f, a in zip(first, again, strict=True)), "at least 3"),
    ]


Rows = dict[str, list[dict[str, Any]]]


def _ours(folder: Path, number: int, path: Path, times: dict[str, list[float]]) -> tuple[Rows, Rows]:
    with open_store(Settings(home=folder / f"ours-{number}", batch=BATCH)) as store:
        for name in ("first", "again"):
            start = time.perf_counter()
            load(store, FINESS, [path], Options(rejects=folder / "rejects.csv", batch=BATCH))
            times[name].append(time.perf_counter() - start)
        return _dumped(store)


def _dumped(store: Store) -> tuple[Rows, Rows]:
    """All nodes and relations that the load made, as parsed rows with every property."""
    nodes = {
        label: [{"key": props[NODES[label].key], "props": props} for (props,) in store.stream(f"MATCH (n:{label}) RETURN properties(n)")] for label in LABELS
    }
    links: Rows = defaultdict(list)
    for label in LABELS:
        text = "MATCH (a:GeographicEntity)-[r]->(b:%s) RETURN type(r), a.id, b.%s, properties(r)"
        for kind, start, end, props in store.stream(text % (label, NODES[label].key)):
            links[f"{kind} {label}"].append({"start": start, "end": end, "props": props})
    return nodes, links


def _bare(folder: Path, number: int, nodes: Rows, links: Rows, times: dict[str, list[float]]) -> None:
    with open_store(Settings(home=folder / f"bare-{number}", batch=BATCH)) as store:
        start = time.perf_counter()
        for label, rows in nodes.items():
            _sent(store, f"UNWIND $rows AS row MERGE (n:{label} {{{NODES[label].key}: row.key}}) SET n += row.props", rows)
        for name, rows in links.items():
            kind, label = name.split()
            ends = f"MATCH (a:GeographicEntity {{id: row.start}}) MATCH (b:{label} {{{NODES[label].key}: row.end}})"
            _sent(store, f"UNWIND $rows AS row {ends} MERGE (a)-[r:{kind}]->(b) SET r += row.props", rows)
        times["bare"].append(time.perf_counter() - start)


def _sent(store: Store, text: str, rows: list[dict[str, Any]]) -> None:
    for some in _chunks(rows):
        store.write([(text, {"rows": some})])


def _chunks(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some


def memory() -> list[Figure]:
    """Peak memory of the loading process, for a file as long as the real one and for one ten times as long."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            Figure(f"memory of the loading process, {length * SITES} sites", "MB", (_peak(Path(folder), length),), "under 300, the same for ten times")
            for length in LENGTHS
        ]


def _peak(folder: Path, length: int) -> float:
    path = repeated(folder, length * SITES)
    command = [sys.executable, "-m", "rorgraph", "load", "finess", str(path), "--embedded-home", str(folder / f"home-{length}")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[2])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the load of {path.name} ended with {process.returncode}")
    return used.ru_maxrss / 1024
