"""Nothing foreign escapes from the store."""

import inspect

import neo4j
import pytest
from neo4j import exceptions as driver

from graph.errors import BadInput, KeyTaken, RorGraphError, StoreFault, StoreTimeout, StoreUnavailable
from graph.store.endpoint import Endpoint
from graph.store.translation import translated

DRIVER_EXCEPTIONS = [found for _, found in inspect.getmembers(driver, inspect.isclass) if issubclass(found, driver.GqlError)]


def example(kind: type[driver.GqlError]) -> driver.GqlError:
    try:
        return kind("text")
    except TypeError:
        return kind(None, "text")  # the family of ResultError takes the result first


EXPECTED: dict[str, type[RorGraphError]] = {
    "AuthConfigurationError": BadInput,
    "AuthError": BadInput,
    "BrokenRecordError": StoreFault,
    "CertificateConfigurationError": BadInput,
    "ClientError": StoreFault,
    "ConfigurationError": BadInput,
    "ConnectionAcquisitionTimeoutError": StoreTimeout,
    "ConnectionPoolError": StoreUnavailable,
    "ConstraintError": KeyTaken,
    "CypherSyntaxError": StoreFault,
    "CypherTypeError": StoreFault,
    "DatabaseError": StoreFault,
    "DatabaseUnavailable": StoreUnavailable,
    "DriverError": StoreFault,
    "Forbidden": BadInput,
    "ForbiddenOnReadOnlyDatabase": StoreUnavailable,
    "GqlError": StoreFault,
    "IncompleteCommit": StoreUnavailable,
    "Neo4jError": StoreFault,
    "NotALeader": StoreUnavailable,
    "ReadServiceUnavailable": StoreUnavailable,
    "ResultConsumedError": StoreFault,
    "ResultError": StoreFault,
    "ResultFailedError": StoreFault,
    "ResultNotSingleError": StoreFault,
    "RoutingServiceUnavailable": StoreUnavailable,
    "ServiceUnavailable": StoreUnavailable,
    "SessionError": StoreFault,
    "SessionExpired": StoreUnavailable,
    "TokenExpired": BadInput,
    "TransactionError": StoreFault,
    "TransactionNestingError": StoreFault,
    "TransientError": StoreUnavailable,
    "UnsupportedServerProduct": BadInput,
    "WriteServiceUnavailable": StoreUnavailable,
}


@pytest.mark.parametrize("foreign", DRIVER_EXCEPTIONS, ids=lambda kind: kind.__name__)
def test_every_driver_exception_becomes_the_one_of_ours_that_is_written_here(foreign: type[driver.GqlError]) -> None:
    assert type(translated(example(foreign))) is EXPECTED[foreign.__name__]


def said(endpoint: Endpoint, statement: str, password: str | None = None, database: str | None = None) -> RorGraphError:
    auth = (endpoint.user, password or endpoint.password)
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=auth) as connection, pytest.raises(driver.GqlError) as told:
        connection.execute_query(statement, database_=database or endpoint.database)
    return translated(told.value)


def test_a_wrong_password_is_bad_input_on_both_servers(endpoint: Endpoint) -> None:
    told = said(endpoint, "RETURN 1", password="guess")
    assert (type(told), str(told)) == (
        BadInput,
        "The store refused user and password, or what this user may do. Check RORGRAPH_USER and RORGRAPH_PASSWORD.",
    )


def test_a_database_that_does_not_exist_is_bad_input_on_both_servers(endpoint: Endpoint) -> None:
    assert str(said(endpoint, "RETURN 1", database="nowhere")) == "The store has no database of this name. Check RORGRAPH_DATABASE."


@pytest.mark.parametrize("statement", ["RETURN", "RETURN nobody", "RETURN $missing", "CALL no.such()", "RETURN date('no date')"])
def test_a_bad_statement_is_a_fault_on_both_servers(endpoint: Endpoint, statement: str) -> None:
    assert type(said(endpoint, statement)) is StoreFault


def test_a_duplicate_key_is_a_fault_that_does_not_say_the_key(empty_endpoint: Endpoint) -> None:
    with neo4j.GraphDatabase.driver(empty_endpoint.uri, auth=(empty_endpoint.user, empty_endpoint.password)) as connection:
        connection.execute_query("CREATE CONSTRAINT IF NOT EXISTS FOR (n:TranslatedKey) REQUIRE n.id IS UNIQUE", database_=empty_endpoint.database)
    told = said(empty_endpoint, "UNWIND ['810100901234', '810100901234'] AS id CREATE (:TranslatedKey {id: id})")
    assert str(told) == (
        "The store refused a statement of this program (Neo.ClientError.Schema.ConstraintValidationFailed). This is a defect: please report it."
    )


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with neo4j.GraphDatabase.driver("bolt://127.0.0.1:9", auth=("a", "b")) as connection, pytest.raises(driver.GqlError) as told:
        connection.verify_connectivity()
    assert type(translated(told.value)) is StoreUnavailable


def test_a_statement_over_its_time_limit_is_a_timeout(neo4j_endpoint: Endpoint) -> None:
    """The embedded server has one limit for all statements, too long for a test (graph/store/java.py)."""
    endless = neo4j.Query("UNWIND range(1, 1000000000) AS i WITH i WHERE i < 0 RETURN count(i)", timeout=0.2)
    auth = (neo4j_endpoint.user, neo4j_endpoint.password)
    with neo4j.GraphDatabase.driver(neo4j_endpoint.uri, auth=auth) as connection, pytest.raises(driver.GqlError) as told:
        connection.execute_query(endless, database_="neo4j")
    assert type(translated(told.value)) is StoreTimeout


def test_what_the_embedded_server_cannot_commit_is_unavailable_and_nothing_of_it_is_kept(empty_embedded: Endpoint) -> None:
    auth = (empty_embedded.user, empty_embedded.password)
    with neo4j.GraphDatabase.driver(empty_embedded.uri, auth=auth) as connection:
        connection.execute_query("CREATE CONSTRAINT IF NOT EXISTS FOR (n:TranslatedKey) REQUIRE n.id IS UNIQUE", database_="rorgraph")
    told = said(empty_embedded, "UNWIND range(1, 19) AS i WITH reduce(t = 'x', j IN range(1, i) | t + t) AS id CREATE (:TranslatedKey {id: id})")
    with neo4j.GraphDatabase.driver(empty_embedded.uri, auth=auth) as connection:
        kept = connection.execute_query("MATCH (n:TranslatedKey) RETURN count(n)", database_="rorgraph").records[0].value()
    assert (type(told), kept) == (StoreUnavailable, 0)
