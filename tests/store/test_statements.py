"""Every rendered write statement runs on the embedded server and on a real Neo4j, on an empty and on a full graph, with equal results."""

from datetime import date
from typing import Any

import pytest

from graph.model import NODES, RELATIONS
from graph.store.connection import Row, Store, connect
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema, schema_statements
from graph.writing.ending_statements import pairs
from graph.writing.statements import all_statements, merge_links, merge_nodes
from tests.conftest import cleared

STAMPS = {"source": "test", "run": "r", "last_seen": "2026-01-01T00:00:00+00:00", "gone_on": None, "lead": 1}
PARAMS: dict[str, Any] = {
    "rows": [
        {"key": "k1", "start": "k1", "end": "k2", "source": "test", "gone": True, "keep": ["k3"], "props": {"note": "é", "by": None}, "said": ["test=1|abc|"]}
    ],
    "keys": ["k1", "k2"],
    "ids": ["k1", "k2"],
    "hung": False,
    "spared": ["SAME_AS"],
    "label": "Offer",
    "never": "",
    "stamps": STAMPS,
    "prefix": "test=",
    "source": "test",
    "run": "r",
    "today": date(2026, 1, 1),
    "before": date(2025, 1, 1),
    "limit": 10,
    "kind": "REGIONAL_ROR",
    "rank": 1,
}
STATE = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS props"
LINKS = "MATCH (a)-[r]->(b) RETURN labels(a) AS a, type(r) AS type, properties(r) AS props, labels(b) AS b"


def filled(store: Store) -> None:
    """Two nodes of each label, every relation once."""
    for node in NODES.values():
        rows: list[Any] = [{"key": key, "props": {}, "said": ["test=1|abc|"]} for key in ("k1", "k2")]
        store.write([(merge_nodes(node), PARAMS | {"rows": rows})])
    store.write([(merge_links(relation, start, end), PARAMS) for relation, start, end in pairs()])


def state(store: Store) -> list[str]:
    return sorted(repr([_plain(cell) for cell in row]) for text in (STATE, LINKS) for row in store.stream(text))


def _plain(cell: Any) -> Any:
    return sorted((key, str(value)) for key, value in cell.items()) if isinstance(cell, dict) else cell


def params_of(name: str) -> dict[str, Any]:
    """Parameters of a statement; one that makes nodes gets a key of its own, since it refuses a key that is there."""
    if not name.startswith(("create_nodes", "create_owned", "create_records")):
        return PARAMS
    return PARAMS | {"rows": [{"key": name, "start": "k1", "props": {"note": "é"}, "said": ["test=1|abc|"]}]}


def answers(endpoint: Endpoint, *, full: bool) -> dict[str, list[Row]]:
    """What each statement returns, and the whole graph after all of them."""
    with connect(cleared(endpoint)) as store:
        ensure_schema(store)
        if full:
            filled(store)
        found = {name: sorted(store.write([(text, params_of(name))])[0], key=repr) for name, text in all_statements().items()}
        return found | {"the graph": [{"state": state(store)}]}


@pytest.mark.contract
@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
def test_every_write_statement_does_the_same_on_both_servers(embedded_endpoint: Endpoint, neo4j_endpoint: Endpoint, full: bool) -> None:
    assert answers(embedded_endpoint, full=full) == answers(neo4j_endpoint, full=full)


def test_the_schema_is_made_once(store: Store) -> None:
    ensure_schema(store)
    for statement in schema_statements():
        store.command(statement)
    with pytest.raises(Exception, match="refused a statement"):
        store.command("CREATE CONSTRAINT nonsense")


def test_values_are_parameters_and_names_come_from_the_model() -> None:  # invariant 11
    names = {*NODES, *RELATIONS}
    for name, text in all_statements().items():
        assert set(name.split()[1:]) <= names | {second for node in NODES.values() for second in node.seconds}, name
        assert "'" not in text.replace("'-'", "").replace("'=-'", "").replace("'|'", "").replace("'|?|'", ""), name
