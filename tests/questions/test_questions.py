"""Each file of `cypher/` says what it is, and runs on an empty and on a full graph, on both servers."""

import re

import pytest

from graph.model import NODES
from graph.questions import all_questions, parse, questions_page, returned_columns
from graph.store.connection import Store
from tests.questions.given import asked

UNWOUND = re.compile(r"UNWIND .+ AS (\w+)\n")
LABELLED = re.compile(r"\((\w+):(\w+)")
HEADER = "// title: T\n// question: Q?\n// params: id: ID!\n// returns: id; by id\n// uses: none\n"
FULL = """
CREATE (g:Region {code: '84', name: 'x', folded: 'x', words: '84 x'}), (d:Department {code: '01', name: 'Ain'})-[:IN]->(g),
  (c:Commune {code: '01004', name: 'Ambérieu', latitude: 45.9, longitude: 5.3})-[:IN]->(d), (e:LegalEntity {id: 'x', name: 'E'}),
  (s:GeographicEntity {id: 'x', name: 'S'})-[:PART_OF]->(e), (s)-[:LOCATED_IN]->(c),
  (o:Offer {id: 'x', name: 'O', folded: 'x', words: 'x', origin: 'OBSERVED', source: 'x'})-[:OFFERED_BY]->(s), (k:Concept {id: 'x', system: 'x', code: 'x'}),
  (o)-[:HAS_ACTIVITY]->(k), (p:Pathway {code: 'x'})-[:HAS_STEP {rank: 1}]->(t:Step {id: 'x/1', code: '1', pathway: 'x'}), (t)-[:NEXT]->(t),
  (a:Application {code: 'x', name: 'A'})-[:DEPLOYED_IN]->(g), (i:Interface {code: 'x'})-[:EXPOSED_BY]->(a), (f:Flow {code: 'x'})-[:CALLS]->(i),
  (f)-[:CONSUMER]->(a), (u:Usage {code: 'x'})-[:SUPPORTS]->(t), (f)-[:FOR_USAGE]->(u), (m:DataClass {code: 'x'}), (f)-[:CARRIES]->(m), (u)-[:NEEDS]->(m),
  (:Run {id: 'x', of: 'x', started: '2026-01-01T00:00:00Z', status: 'done'}),
  (:Change {id: 'x/Offer/x/name', run_id: 'x', of: 'x', on: 'x', label: 'Offer', object: 'x', kind: 'changed', property: 'name', old: '"a"', new: '"b"'}),
  (v:OrganisationalUnit {id: 'x', type: 'x'})-[:PART_OF]->(s), (q:Offer {id: 'x2'})-[:OFFERED_BY]->(v),
  (l:Location {id: 'x'})-[:LOCATED_IN]->(c), (l)-[:MANAGED_BY]->(s), (o)-[:DELIVERED_AT]->(l), (o)-[:HAS_CAPACITY]->(:Capacity {id: 'x', count: 1}),
  (o)-[:HAS_CONTACT]->(h:Contact {id: 'x'})-[:HAS_TELECOM]->(:Telecom {id: 'x'}), (o)-[:HAS_EQUIPMENT {in_service: 1}]->(k), (o)-[:SOURCED_FROM]->(a),
  (w:Practice {id: 'x'})-[:BY]->(:Professional {id: 'x'}), (w)-[:AT]->(s), (w)-[:FOR]->(o), (s)-[:IN_TERRITORY]->(:HealthTerritory {id: 'x'}),
  (z:Authorisation {id: 'x'})-[:GRANTED_TO]->(s), (z)-[:HELD_BY]->(e),
  (:Dangling {id: 'x', source: 'x', relation: 'FOR'})
"""


@pytest.mark.parametrize("state", ["empty", "full"])
def test_every_question_runs_and_returns_the_columns_of_its_header(store: Store, state: str) -> None:
    if state == "full":
        store.write([(FULL, {})])
    for question in all_questions():
        rows = store.read(question, **asked(question))
        assert all(tuple(row) == tuple(returned_columns(question.text)) for row in rows), question.name


def test_no_question_writes() -> None:
    words = {word.upper() for question in all_questions() for word in question.text.split()}
    assert words & {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "FOREACH", "DROP", "LOAD"} == set()


def test_an_index_of_several_is_asked_by_parameter_never_row_by_row() -> None:
    """The embedded server finds a row's value by an unique key only: for any other index it looks through all nodes of the label, once a row."""
    slow = []
    for question in all_questions():
        labels = dict(LABELLED.findall(question.text))
        for row in UNWOUND.findall(question.text):
            inline = re.findall(rf"\(\w*:(\w+) \{{(\w+): {row}\}}", question.text)
            compared = [(labels[alias], name) for alias, name in re.findall(rf"(\w+)\.(\w+) = {row}\b", question.text) if alias in labels]
            slow += [(question.name, label, name) for label, name in (*inline, *compared) if name in NODES[label].indexed and name != NODES[label].key]
    assert slow == []


def test_the_page_has_a_section_for_each_question() -> None:
    page = questions_page()
    assert [question.name for question in all_questions() if f"## {question.name}\n" not in page] == []


def test_a_header_is_read_into_its_parts() -> None:
    question = parse("q", HEADER + "MATCH (o:Offer {id: $id}) RETURN o.id AS id ORDER BY id")
    assert (question.title, question.params[0].name, question.params[0].required, question.returns, question.order) == ("T", "id", True, ("id",), "by id")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("RETURN 1 AS id", "header and text differ in id"),
        ("RETURN $id AS id, $other AS more", "header and text differ in other"),
        ("RETURN $id AS name", "it returns name, the header says id"),
    ],
)
def test_a_header_that_does_not_fit_its_text_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse("q", HEADER + text)


def test_a_header_without_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="it must say title, question, params, returns, uses"):
        parse("q", HEADER.replace("// uses: none\n", "") + "RETURN $id AS id")
