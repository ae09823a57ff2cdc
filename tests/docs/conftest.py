"""One embedded store with the sample region and the programme's inventory, for all examples; they run in one worker (xdist_group)."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.connection import connect
from graph.store.embedded import attach
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from loaders.pipeline import load
from loaders.registry import get_source
from scripts.demo import DATA, LOADS
from tests.docs.examples import ROOT


@dataclass(frozen=True)
class Desk:
    """A folder as the documents suppose it: `data`, `national` (here the sample's files), `.home/demo`; `rorgraph` is on the path."""

    folder: Path
    environment: dict[str, str]
    endpoint: Endpoint


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The folder and the store, the loads of scripts/demo done."""
    folder = tmp_path_factory.mktemp("desk")
    home = folder / ".home" / "demo"
    (folder / "data").symlink_to(DATA)
    (folder / "national").symlink_to(DATA / "region")
    with attach(Settings(home=home, heap="512m"), linger=0.2) as endpoint:
        with connect(endpoint) as store:
            ensure_schema(store)
            for name, part, options in LOADS:
                load(store, get_source(name), [DATA / part], replace(options, rejects=folder / "rejects" / name))
        yield Desk(folder, _environment(folder, home), endpoint)


def _environment(folder: Path, home: Path) -> dict[str, str]:
    command = folder / "bin" / "rorgraph"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rorgraph "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RORGRAPH_")}
    return plain | {"PATH": f"{command.parent}:{plain['PATH']}", "PYTHONPATH": str(ROOT), "RORGRAPH_HOME": str(home), "RORGRAPH_HEAP": "512m"}
