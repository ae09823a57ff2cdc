"""Each question starts from an index, or from a label that it says to be small: shown by the plans of a real Neo4j."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import neo4j
import pytest

from graph.questions import Question, all_questions
from graph.store.connection import connect
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from tests.questions.given import asked

LABEL_SCANS: Final[Mapping[str, str]] = {}
"""Questions that read a label whole, with the reason why they may."""


@pytest.fixture(scope="module")
def driver(neo4j_endpoint: Endpoint) -> Iterator[neo4j.Driver]:
    with connect(neo4j_endpoint) as store:
        ensure_schema(store)
    with neo4j.GraphDatabase.driver(neo4j_endpoint.uri, auth=(neo4j_endpoint.user, neo4j_endpoint.password)) as made:
        yield made


def operators(driver: neo4j.Driver, question: Question) -> set[str]:
    plan = driver.execute_query("EXPLAIN " + question.text, asked(question)).summary.plan  # type: ignore[arg-type]
    assert plan is not None
    return set(_walk(plan))


def _walk(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _walk(child)


def test_no_question_reads_all_nodes(driver: neo4j.Driver) -> None:
    scans = {"AllNodesScan", "PartitionedAllNodesScan", "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan"}
    assert {question.name for question in all_questions() if operators(driver, question) & scans} == set()


def test_a_question_that_reads_a_label_whole_says_why(driver: neo4j.Driver) -> None:
    scans = {"NodeByLabelScan", "UnionNodeByLabelsScan", "PartitionedNodeByLabelScan", "PartitionedUnionNodeByLabelsScan"}
    assert {question.name for question in all_questions() if operators(driver, question) & scans} == set(LABEL_SCANS)
