"""GraphQL over HTTP, the small addresses, and what stands around every answer."""

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from api.admission import OPERATOR_ONLY, Admission, ByToken
from api.limits import Limits
from api.rates import Rates
from graph.errors import StoreUnavailable
from tests.api.client import Client
from tests.api.tiny import OUR_ERRORS, SMALL, TinyStore, opening, tiny_schema


def client_of(store: TinyStore | None = None, limits: Limits = SMALL, admission: Admission = OPERATOR_ONLY) -> Client:
    served = store or TinyStore()
    return Client(tiny_schema(), lambda: opening(served), limits, admission)


def post(document: str, variables: object = None, limits: Limits = SMALL, store: TinyStore | None = None) -> dict[str, Any]:
    body: dict[str, Any] = client_of(store, limits).post("/graphql", json={"query": document, "variables": variables}).json()
    return body


def code_of(body: dict[str, Any]) -> str:
    return str(body["errors"][0]["extensions"]["code"])


def test_a_query_is_answered_with_its_data() -> None:
    assert post("query Q($id: String!) {person(id: $id) {id name}}", {"id": "8"}) == {"data": {"person": {"id": "8", "name": "Zoé"}}}


def test_a_query_by_get_is_answered() -> None:
    answer = client_of().get("/graphql", params={"query": "query Q($n: Int!) {page(first: $n)}", "variables": '{"n": 7}', "operationName": "Q"})
    assert (answer.status_code, answer.json()) == (200, {"data": {"page": 7}})


def test_a_mutation_by_get_is_refused() -> None:
    answer = client_of().get("/graphql", params={"query": "mutation {change}"})
    assert answer.json() == {
        "errors": [{"message": "query: a GET request runs queries only; send this operation by POST.", "extensions": {"code": "BAD_USER_INPUT"}}]
    }


def test_the_media_type_of_the_answer_is_the_one_that_is_accepted() -> None:
    answers = [client_of().post("/graphql", json={"query": "{page}"}, headers={"accept": accept}) for accept in ("application/graphql-response+json", "*/*")]
    assert [a.headers["content-type"] for a in answers] == ["application/graphql-response+json; charset=utf-8", "application/json; charset=utf-8"]


@pytest.mark.parametrize(("accept", "status"), [("application/graphql-response+json", 400), ("application/json", 200)])
def test_a_refused_document_is_a_bad_request_for_the_media_type_of_graphql_only(accept: str, status: int) -> None:
    answer = client_of().post("/graphql", json={"query": "{nothing}"}, headers={"accept": accept})
    assert (answer.status_code, list(answer.json())) == (status, ["errors"])


@pytest.mark.parametrize(
    ("content", "content_type", "status", "message"),
    [
        ("{page}", "text/plain", 415, "Content-Type: 'text/plain' is not served; send application/json."),
        ("{page}", "application/json", 400, "body: it is not JSON in UTF-8, or is nested too deeply."),
        ("[" * 1900, "application/json", 400, "body: it is not JSON in UTF-8, or is nested too deeply."),
        ("\xff", "application/json", 400, "query: the text of the document is missing."),
        ("[]", "application/json", 400, "body: it must be one JSON object with `query`; several requests in one body are not served."),
        ('{"query": " "}', "application/json", 400, "query: the text of the document is missing."),
        ('{"query": "{page}", "variables": [1]}', "application/json", 400, "variables: they must be a JSON object."),
        ('{"query": "{page}", "operationName": 1}', "application/json", 400, "operationName: it must be a text."),
        (" " * 2001, "application/json", 413, "body_bytes: the request is larger than 2000 bytes, the limit. Nothing of it was executed."),
    ],
)
def test_a_request_that_is_not_one_of_graphql_is_refused_with_its_reason(content: str, content_type: str, status: int, message: str) -> None:
    sent = b'{"query": null}' if content == "\xff" else content.encode()
    answer = client_of().post("/graphql", content=sent, headers={"content-type": content_type})
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (status, message)


def test_an_answer_in_an_unknown_media_type_is_refused() -> None:
    assert client_of().post("/graphql", json={"query": "{page}"}, headers={"accept": "text/html"}).status_code == 406


def test_a_query_string_above_the_limit_is_refused() -> None:
    assert client_of().get("/graphql", params={"query": " " * 2001 + "{page}"}).status_code == 414


@pytest.mark.parametrize("name", OUR_ERRORS)
def test_an_error_of_ours_says_its_sentence_and_its_code(name: str) -> None:
    error = OUR_ERRORS[name]
    assert post("query Q($how: String!) {fails(how: $how)}", {"how": name}) == {
        "data": {"fails": None},
        "errors": [{"message": str(error), "extensions": {"code": error.code.value}, "locations": [{"line": 1, "column": 25}], "path": ["fails"]}],
    }


@pytest.mark.parametrize("how", ["StoreFault", "ValueError"])
def test_a_defect_is_hidden_behind_a_number_that_the_log_holds(how: str, caplog: pytest.LogCaptureFixture) -> None:
    shown = post("query Q($how: String!) {fails(how: $how)}", {"how": how})["errors"][0]
    number = caplog.records[0].getMessage().split()[2].strip(":")
    assert shown["message"] == f"The server met an internal error. It stands in its log under the number {number}; give that number when you report it."
    assert shown["extensions"] == {"code": "UNAVAILABLE"}


def test_the_log_of_a_defect_says_where_it_was_and_never_what_it_held(caplog: pytest.LogCaptureFixture) -> None:
    post('{fails(how: "unexpected")}')
    text = caplog.text
    assert "builtins.ValueError at " in text
    assert "Dupont" not in text
    assert "unexpected" not in text


@pytest.mark.parametrize("document", ["{page(", "{nothing}", "query Q($n: Int!) {page(first: $n)}", '{page(first: "x")}', "{page(first: 3000000000)}"])
def test_a_wrong_document_or_variable_is_bad_input(document: str) -> None:
    assert code_of(post(document)) == "BAD_USER_INPUT"


def test_an_operation_must_be_named_where_there_are_two() -> None:
    body = post("query A {page} query B {page}")
    assert body["errors"][0]["message"] == "operationName: the document holds the operations A, B; name one of them."


def test_one_audit_line_a_request_says_who_and_how_much_and_no_value(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rorgraph.audit")
    post("query Secret($id: String!) {person(id: $id) {id}}", {"id": "810002909371"})
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "rorgraph.audit"]
    assert [{name: value for name, value in line.items() if name not in ("time", "ms")} for line in lines] == [
        {"client": "local", "profile": 1, "perimeter": "NATIONAL", "operation": "Secret", "rows": 1, "outcome": "OK"}
    ]
    assert "810002909371" not in caplog.text


def test_a_refused_request_has_its_audit_line_too(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rorgraph.audit")
    client_of().post("/graphql", content=b"no")
    assert [json.loads(r.getMessage())["outcome"] for r in caplog.records if r.name == "rorgraph.audit"] == ["BAD_USER_INPUT"]


def test_the_schema_is_served_as_text() -> None:
    assert client_of().get("/schema.graphql").text == tiny_schema().as_str() + "\n"


def test_alive_says_nothing_of_the_store() -> None:
    client = client_of(TinyStore(failing=StoreUnavailable("gone")))
    assert (client.get("/health/live").status_code, client.get("/health/live").text) == (200, "alive\n")


def test_ready_asks_the_store() -> None:
    assert client_of().get("/health/ready").json() == {"ready": True}


def test_not_ready_says_why() -> None:
    answer = client_of(TinyStore(failing=StoreUnavailable("The store cannot be reached."))).get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "why": "The store cannot be reached."})


def test_every_answer_carries_the_headers_of_security_and_none_that_opens_it_to_other_sites() -> None:
    headers = client_of().get("/health/live", headers={"origin": "http://localhost:8000"}).headers
    assert {name: headers.get(name) for name in ("referrer-policy", "cache-control", "x-content-type-options", "access-control-allow-origin")} == {
        "referrer-policy": "same-origin",
        "cache-control": "private",
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": None,
    }


@pytest.mark.parametrize("headers", [{"host": "attacker.example"}, {"host": ""}, {"origin": "https://attacker.example"}, {"origin": "null"}])
def test_on_the_loopback_a_foreign_host_or_origin_is_refused(headers: dict[str, str]) -> None:
    answer = client_of().post("/graphql", json={"query": "{page}"}, headers=headers)
    assert (answer.status_code, code_of(answer.json())) == (403, "FORBIDDEN")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_on_the_loopback_this_machine_is_served(host: str) -> None:
    assert client_of().get("/health/live", headers={"host": host}).status_code == 200


def test_elsewhere_any_host_is_served() -> None:
    assert client_of(admission=ByToken(Rates(60))).get("/health/live", headers={"host": "ror.example"}).status_code == 200


def test_an_answer_that_takes_too_long_is_given_up_and_its_read_cancelled() -> None:
    store = TinyStore(seconds=30)
    body = post('{person(id: "1") {id}}', limits=replace(SMALL, seconds=0.05), store=store)
    assert body == {
        "data": None,
        "errors": [
            {"message": "seconds: the answer took longer than 0.05 s, the limit, and was given up. Ask for less at a time.", "extensions": {"code": "TIMEOUT"}}
        ],
    }
    assert store.cancelled == 1
