"""The real Neo4j of the tests is the version that the documentation names."""

import neo4j

from graph.store.endpoint import Endpoint
from tests.servers.neo4j_server import VERSION


def test_the_server_is_a_neo4j_of_the_version_asked_for(neo4j_endpoint: Endpoint) -> None:
    with neo4j.GraphDatabase.driver(neo4j_endpoint.uri, auth=(neo4j_endpoint.user, neo4j_endpoint.password)) as driver:
        assert driver.get_server_info().agent == f"Neo4j/{VERSION}"
