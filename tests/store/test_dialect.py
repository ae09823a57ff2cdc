"""Schema statements and full text, on both servers."""

from collections.abc import Callable

import neo4j
import pytest
from neo4j.exceptions import ConstraintError

from graph.errors import StoreFault
from graph.store.dialect import Server, await_indexes, create_full_text, full_text_name, index, server_of, unique
from graph.store.endpoint import Endpoint

KINDS = {"embedded": Server.ARCADEDB, "neo4j": Server.NEO4J}
WORDS = "CALL db.index.fulltext.queryNodes($name, $text) YIELD node, score RETURN node.id ORDER BY node.id"


@pytest.fixture
def run(empty_endpoint: Endpoint) -> "Callable[..., list[object]]":
    """Carry out one statement and give its first column."""
    return runner(empty_endpoint)


def runner(endpoint: Endpoint) -> "Callable[..., list[object]]":
    def carry_out(statement: str, **parameters: object) -> list[object]:
        with neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password)) as driver:
            found = driver.execute_query(statement, parameters, database_=endpoint.database)
        return [record.value() for record in found.records]

    return carry_out


def server(endpoint: Endpoint) -> Server:
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password)) as driver:
        return server_of(driver.get_server_info().agent)


def test_each_server_is_recognised(request: pytest.FixtureRequest, endpoint: Endpoint) -> None:
    assert server(endpoint) is KINDS[request.node.callspec.id]


def test_a_unique_key_is_refused_a_second_time(run: Callable[..., list[object]]) -> None:
    run(unique("DialectKey", "id"))
    run(unique("DialectKey", "id"))
    run("CREATE (:DialectKey {id: 'a'})")
    with pytest.raises(ConstraintError):
        run("CREATE (:DialectKey {id: 'a'})")


def test_an_index_made_twice_is_there_once(run: Callable[..., list[object]]) -> None:
    for _ in range(2):
        run(index("DialectIndex", "department", "category"))
    names = run("SHOW INDEXES YIELD name, labelsOrTypes WHERE labelsOrTypes = ['DialectIndex'] RETURN name")
    assert names == ["range_DialectIndex_department_category"]


@pytest.fixture
def words(empty_endpoint: Endpoint, run: Callable[..., list[object]]) -> Callable[[str], list[object]]:
    """Search two nodes by the words of their folded text; the index is made twice, one node before and one after it."""
    run("CREATE (:DialectWords {id: 'a', text: 'service de reanimation adulte'})")
    for _ in range(2):
        create_full_text(server(empty_endpoint), empty_endpoint, run, "DialectWords", "text")
    await_indexes(server(empty_endpoint), run)
    run("CREATE (:DialectWords {id: 'b', text: 'unite de dialyse de l hopital'})")
    return lambda text: run(WORDS, name=full_text_name("DialectWords", "text"), text=text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("reanimation", ["a"], id="one word, written before the index"),
        pytest.param("dialyse", ["b"], id="one word, written after the index"),
        pytest.param("reanimation dialyse", ["a", "b"], id="either word"),
        pytest.param("+unite +dialyse", ["b"], id="both words"),
        pytest.param("+unite +adulte", [], id="both words, none has them"),
        pytest.param("dial*", ["b"], id="the start of a word"),
    ],
)
def test_words_are_found_on_both_servers(words: Callable[[str], list[object]], text: str, found: list[object]) -> None:
    assert words(text) == found


def test_changed_and_deleted_text_is_no_longer_found(words: Callable[[str], list[object]], run: Callable[..., list[object]]) -> None:
    run("MATCH (n:DialectWords {id: 'a'}) SET n.text = 'pediatrie'")
    run("MATCH (n:DialectWords {id: 'b'}) DETACH DELETE n")
    assert (words("reanimation"), words("dialyse"), words("pediatrie")) == ([], [], ["a"])


def test_a_full_text_index_on_an_embedded_server_without_its_sql_door_is_a_fault() -> None:
    with pytest.raises(StoreFault):
        create_full_text(Server.ARCADEDB, Endpoint("bolt://127.0.0.1:1", "root", "x"), print, "L", "text")
