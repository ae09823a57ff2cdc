"""Each question starts from an index, or from a label that it says to be small: shown by the plans of a real Neo4j."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import neo4j
import pytest

from graph.questions import all_questions
from graph.search import fragments
from graph.store.connection import connect
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from tests.questions.given import asked

INVENTORY: Final = "the inventory is read whole for an analysis: thousands of nodes"
LABEL_SCANS: Final[Mapping[str, str]] = {
    "applications": "hundreds of applications, in pages by code",
    "dangling": "what is left without an end, for the command `status`",
    "rors": "hundreds of applications",
    "department_boxes": "a hundred departments, kept until the next load",
    "communes": "all are asked for; kept until the next load",
    "inventory_applications": INVENTORY,
    "inventory_classes": INVENTORY,
    "inventory_flows": INVENTORY,
    "inventory_interfaces": INVENTORY,
    "inventory_links": INVENTORY,
    "inventory_objects": INVENTORY,
    "inventory_pathways": INVENTORY,
    "inventory_regions": INVENTORY,
    "inventory_usages": INVENTORY,
    "urbanisation_graph": INVENTORY,
    "newest_run": "one node a load",
    "runs": "one node a load",
    "sources": "one node a load",
    "pathways": "dozens of pathways",
    "offer_codes": "all are asked for; kept until the next load",
    "postal_code": "no index holds the values of a list; kept until the next load",
    "unplaced_offers": "no index finds what is not there; for the command `status` alone",
}
"""Questions that read a label whole, with the reason why they may."""
BY_LABEL: Final = {"NodeByLabelScan", "UnionNodeByLabelsScan", "PartitionedNodeByLabelScan", "PartitionedUnionNodeByLabelsScan"}
PARAMS: Final = ("code", "codes", "territory", "place", "around", "south", "north", "west", "east")
WHOLE_GRAPH: Final = {"status_counts"}  # counts all there is, for the command `status` alone
FED_BY_SCAN: Final = {"ALL_OFFERS", "WITHOUT_ACTIVITY", "WITHOUT_PLACE", "UNDESCRIBED"}  # no criterion, or what is not described
FILLED: Final = {
    "codes": "codes", "ids": "codes", "code": "$code", "feed": fragments.IN_COMMUNE[0].format(code="code"), "name": "care_mode",
    "null": "o.care_mode IS NULL",
}  # fmt: skip
FEEDS: Final = (
    "ALL_OFFERS", "BY_ACTIVITY", "WITHOUT_ACTIVITY", "WITHOUT_PLACE", "BY_ID", "BY_PROPERTY", "UNDESCRIBED", "IN_COMMUNE", "IN_DEPARTMENT", "IN_REGION",
    "EACH_OF", "IN_BOX", "SERVING_PLACE", "STATED_BY_SITE",
)  # fmt: skip


@pytest.fixture(scope="module")
def driver(neo4j_endpoint: Endpoint) -> Iterator[neo4j.Driver]:
    with connect(neo4j_endpoint) as store:
        ensure_schema(store)
    with neo4j.GraphDatabase.driver(neo4j_endpoint.uri, auth=(neo4j_endpoint.user, neo4j_endpoint.password), notifications_min_severity="OFF") as made:
        yield made


def operators(driver: neo4j.Driver, text: str, params: Mapping[str, Any]) -> set[str]:
    plan = driver.execute_query("EXPLAIN " + text, dict(params)).summary.plan
    assert plan is not None
    return set(_walk(plan))


def _walk(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _walk(child)


def test_no_question_reads_all_nodes_but_the_count_of_all(driver: neo4j.Driver) -> None:
    scans = {"AllNodesScan", "PartitionedAllNodesScan", "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan"}
    assert {question.name for question in all_questions() if operators(driver, question.text, asked(question)) & scans} == WHOLE_GRAPH


def test_a_question_that_reads_a_label_whole_says_why(driver: neo4j.Driver) -> None:
    assert {question.name for question in all_questions() if operators(driver, question.text, asked(question)) & BY_LABEL} == set(LABEL_SCANS)


@pytest.mark.parametrize("name", FEEDS)
def test_a_search_is_fed_from_an_index_where_there_is_something_to_find(driver: neo4j.Driver, name: str) -> None:
    feeds = getattr(fragments, name)
    found = {
        operator
        for feed in ([feeds] if isinstance(feeds, str) else feeds)
        for operator in operators(driver, feed.format(**FILLED) + " RETURN o", dict.fromkeys(PARAMS) | {"codes": ["x"], "around": ["x"]})
    }
    assert bool(found & BY_LABEL) is (name in FED_BY_SCAN)
