"""Codes, applications, interfaces, sources, loads and finding by name through GraphQL over the sample (sample.py)."""

from api.schema.enums import NodeKind
from graph.finding import FOUND
from tests.api.conftest import Served


def test_a_node_is_found_by_its_finess_number(served: Served) -> None:
    assert served.client.ask('{find(text: "010000011") {kind id name exact}}') == {
        "find": [{"kind": "GEOGRAPHIC_ENTITY", "id": "1010000011", "name": "Site de Bourg", "exact": True}]
    }


def test_what_is_found_is_of_the_kinds_that_are_asked_for(served: Served) -> None:
    assert served.client.ask('{find(text: "VT", kinds: [APPLICATION]) {kind id}}') == {"find": [{"kind": "APPLICATION", "id": "VT"}]}


def test_whatever_can_be_found_is_a_kind() -> None:
    assert set(FOUND) - {kind.value for kind in NodeKind} == set()


def test_codes_page_by_page(served: Served) -> None:
    document = """query C($after: String) {concepts(system: "TRE_R211", first: 1, after: $after) {
      edges {cursor node {id code label broader}} pageInfo {hasNextPage hasPreviousPage endCursor}}}"""
    first = served.client.ask(document)["concepts"]
    second = served.client.ask(document, {"after": first["pageInfo"]["endCursor"]})["concepts"]
    assert first["edges"][0]["node"] == {"id": "TRE_R211-001", "code": "001", "label": "Urgences", "broader": []}
    assert [edge["node"]["id"] for edge in second["edges"]] == ["TRE_R211-356"]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (True, False, True)


def test_the_applications_of_a_kind_with_what_a_list_does_not_read(served: Served) -> None:
    document = "{applications(kind: CONSUMER) {edges {node {code name kind regions accessProfile flows {role code mode}}} pageInfo {hasNextPage}}}"
    assert served.client.ask(document) == {
        "applications": {
            "edges": [
                {
                    "node": {
                        "code": "VT",
                        "name": "ViaTrajectoire",
                        "kind": "CONSUMER",
                        "regions": ["84"],
                        "accessProfile": 2,
                        "flows": [{"role": "CONSUMER", "code": "F1", "mode": "query"}],
                    }
                }
            ],
            "pageInfo": {"hasNextPage": False},
        }
    }
    assert served.asked == ["applications", "application_details"]


def test_from_an_application_to_its_interfaces_and_back_is_one_question_a_level(served: Served) -> None:
    document = "{applications {edges {node {code exposes {code interface {standard serves {dataClass} application {name}}}}}}}"
    nodes = [edge["node"] for edge in served.client.ask(document)["applications"]["edges"]]
    assert nodes[0] == {
        "code": "ROR-ARA",
        "exposes": [
            {
                "code": "I-ARA",
                "interface": {"standard": "FHIR_ME3", "serves": [{"dataClass": "OFFER"}], "application": {"name": "ROR Auvergne-Rhône-Alpes"}},
            }
        ],
    }
    assert served.asked == ["applications", "application_details", "interface_details"]


def test_an_application_and_an_interface_by_code(served: Served) -> None:
    document = '{application(code: "VT") {name perimeter trustCircles} interface(code: "I-NAT") {name exposedBy {id} flows {code} replacedBy {coverage}}}'
    assert served.client.ask(document) == {
        "application": {"name": "ViaTrajectoire", "perimeter": ["NATIONAL"], "trustCircles": ["NAT"]},
        "interface": {"name": "Interface NAT", "exposedBy": {"id": "ROR-NAT"}, "flows": [], "replacedBy": []},
    }


def test_sources_and_loads(served: Served) -> None:
    document = '{sources {source runs lastDone} runs(source: "finess") {edges {node {of status counts seconds}} pageInfo {endCursor}}}'
    found = served.client.ask(document)
    assert found["sources"] == [{"source": "finess", "runs": 1, "lastDone": "2026-01-01T00:00:00Z"}]
    assert [edge["node"] for edge in found["runs"]["edges"]] == [{"of": "finess", "status": "done", "counts": {"seen": 2}, "seconds": 1.5}]
