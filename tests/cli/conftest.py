"""One embedded server for the commands of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.connection import Store, connect
from graph.store.embedded import attach
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from tests.cli.shell import Shell
from tests.conftest import cleared


@pytest.fixture(scope="session")
def shell_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shell-home")


@pytest.fixture(scope="session")
def shell_endpoint(shell_home: Path) -> Iterator[Endpoint]:
    with attach(Settings(home=shell_home, heap="512m"), linger=0.2) as endpoint:
        yield endpoint


@pytest.fixture
def shell(shell_endpoint: Endpoint, shell_home: Path, tmp_path: Path) -> Shell:
    """A shell in an empty folder; the store is emptied before each test."""
    cleared(shell_endpoint)
    return Shell(tmp_path, shell_home)


@pytest.fixture
def shell_store(shell: Shell, shell_endpoint: Endpoint) -> Iterator[Store]:
    """The store that the shell's commands use."""
    with connect(shell_endpoint) as store:
        ensure_schema(store)
        yield store
