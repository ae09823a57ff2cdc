"""Servers for the tests: one embedded server and one real Neo4j for each worker of a run, started when a test first asks for one."""

import os
from collections.abc import Iterator

import neo4j
import pytest

from graph.settings import Settings
from graph.store.connection import Store, connect
from graph.store.embedded import attach
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from tests.servers.neo4j_server import NoNeo4j, neo4j_server

CLEAR = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS deleted"


@pytest.fixture(scope="session")
def embedded_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The embedded server of this worker; its data is of the worker, a test clears it (`empty_embedded`, `empty_endpoint`)."""
    with attach(Settings(home=tmp_path_factory.mktemp("embedded"), heap="512m"), linger=0.2) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def neo4j_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The real Neo4j of this worker. Without one the test is skipped with the reason; with CI=true it fails."""
    try:
        with neo4j_server(tmp_path_factory.mktemp("neo4j")) as endpoint:
            yield endpoint
    except NoNeo4j as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture(params=[pytest.param("embedded_endpoint", id="embedded"), pytest.param("neo4j_endpoint", id="neo4j")])
def endpoint(request: pytest.FixtureRequest) -> Endpoint:
    """Both servers in turn, with whatever data is there."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Endpoint)
    return found


@pytest.fixture
def empty_endpoint(endpoint: Endpoint) -> Endpoint:
    """Both servers in turn, without data; constraints and indexes stay."""
    return cleared(endpoint)


@pytest.fixture
def empty_embedded(embedded_endpoint: Endpoint) -> Endpoint:
    """The embedded server, without data; constraints and indexes stay."""
    return cleared(embedded_endpoint)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that runs on both servers is a contract test."""
    for item in items:
        if "endpoint" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.contract)


def cleared(endpoint: Endpoint) -> Endpoint:
    """The same server after deleting all its data."""
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password)) as driver:
        while driver.execute_query(CLEAR, database_=endpoint.database).records[0]["deleted"]:
            pass
    return endpoint


@pytest.fixture
def store(empty_endpoint: Endpoint) -> Iterator[Store]:
    """An empty store with its schema, on both servers in turn."""
    with connect(empty_endpoint) as made:
        ensure_schema(made)
        yield made


@pytest.fixture
def embedded_store(empty_embedded: Endpoint) -> Iterator[Store]:
    """An empty store with its schema on the embedded server, for what does not depend on the server."""
    with connect(empty_embedded) as made:
        ensure_schema(made)
        yield made
