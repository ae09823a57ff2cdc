"""Dependencies in the urbanisation graph: exact depth, one witness."""

import pytest

from graph.dependencies import Dependent, Direction, WitnessStep, dependencies
from graph.errors import BadInput, NotFound
from graph.reads import answer
from graph.store.connection import Store

GRAPH = """
CREATE (ror:Application {code: 'ROR'}), (i:Interface {code: 'I'})-[:EXPOSED_BY]->(ror), (f:Flow {code: 'F'})-[:CALLS]->(i),
  (sas:Application {code: 'SAS', name: 'SAS'}), (f)-[:CONSUMER]->(sas), (u:Usage {code: 'U'}), (f)-[:FOR_USAGE]->(u), (old:Flow {code: 'OLD'}),
  (old)-[:CALLS {gone_on: date('2026-01-01')}]->(i), (:Application {code: 'ALONE'})
"""


def reached(store: Store, code: str, direction: Direction, depth: int) -> list[tuple[str, str, int]]:
    return [(node.kind, node.code, node.depth) for node in answer(store, dependencies(code, direction, depth)).nodes]


def test_what_stops_hits_what_calls_it_and_what_that_serves(store: Store) -> None:
    store.write([(GRAPH, {})])
    found = [("Interface", "I", 1), ("Flow", "F", 2), ("Application", "SAS", 3), ("Usage", "U", 3)]
    assert [reached(store, "ROR", Direction.DOWNSTREAM, depth) for depth in (1, 2, 3, 9)] == [found[:1], found[:2], found, found]


def test_upstream_is_the_other_way(store: Store) -> None:
    store.write([(GRAPH, {})])
    assert reached(store, "SAS", Direction.UPSTREAM, 9) == [("Flow", "F", 1), ("Interface", "I", 2), ("Application", "ROR", 3)]


def test_a_witness_is_a_path_as_the_model_writes_it(store: Store) -> None:
    store.write([(GRAPH, {})])
    steps = (WitnessStep("EXPOSED_BY", "I", "ROR", False), WitnessStep("CALLS", "F", "I", False), WitnessStep("CONSUMER", "F", "SAS", True))
    assert answer(store, dependencies("ROR", Direction.DOWNSTREAM, 3)).nodes[2] == Dependent("SAS", "SAS", "Application", 3, steps)


def test_an_application_without_relations_has_no_dependency(embedded_store: Store) -> None:
    embedded_store.write([(GRAPH, {})])
    assert reached(embedded_store, "ALONE", Direction.DOWNSTREAM, 3) == []


def test_what_does_not_exist_is_named(embedded_store: Store) -> None:
    with pytest.raises(NotFound, match="nothing in the inventory has the code 'X'"):
        answer(embedded_store, dependencies("X", Direction.DOWNSTREAM, 1))


@pytest.mark.parametrize("depth", [0, 51])
def test_the_depth_has_bounds(embedded_store: Store, depth: int) -> None:
    with pytest.raises(BadInput, match="depth"):
        answer(embedded_store, dependencies("X", Direction.DOWNSTREAM, depth))
