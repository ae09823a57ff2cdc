"""Each limit refuses what is above it, names itself, and lets through what is at it."""

from typing import Any

import pytest

from tests.api.test_http import post


def refusal(document: str, variables: object = None) -> tuple[str, str]:
    error: dict[str, Any] = post(document, variables)["errors"][0]
    return error["extensions"]["code"], error["message"]


DEEP = '{people(ids: ["1"]) {friends(first: 1) {id}}}'


@pytest.mark.parametrize(
    ("document", "variables", "message"),
    [
        ("{" + "page " * 60 + "}", None, "tokens: the document has more than 60 of them, the limit. Split it, or use variables."),
        ("{page" + "#\n" * 61 + "}", None, "tokens: the document has more than 60 of them, the limit. Split it, or use variables."),
        ("{" * 59, None, None),
        (
            '{people(ids: ["1"]) {friends(first: 1) {friends(first: 1) {id}}}}',
            None,
            "depth: levels of fields in the document: 4, the limit is 3. Ask for less at a time.",
        ),
        ("{a: page b: page c: page}", None, "aliases: aliases in the document: 3, the limit is 2. Ask for less at a time."),
        ("{" + "page " * 13 + "}", None, "fields: fields in the document: 13, the limit is 12. Ask for less at a time."),
        (
            "query {...A ...A ...A} fragment A on Query {page ...B} fragment B on Query {page page page page}",
            None,
            "fields: fields in the document: 15, the limit is 12. Ask for less at a time.",
        ),
        (
            "query Q($n: Int) {people(ids: []) {friends(first: $n) {id name}}}",
            {"n": 10},
            "complexity: values that the answer can hold: 310, the limit is 300. Ask for less at a time.",
        ),
        (
            "query Q($n: Int = 11) {people(ids: []) {friends(first: $n) {id name}}}",
            None,
            "complexity: values that the answer can hold: 340, the limit is 300. Ask for less at a time.",
        ),
        ("{page(first: 51)}", None, "first: 51 is above the page size, the limit is 50. Ask for the next page with `after`."),
        ("{page}", {"deep": [[[]]]}, "nesting: levels of lists and objects in the variables: 4, the limit is 3. Ask for less at a time."),
    ],
)
def test_a_request_above_a_limit_is_refused_and_the_limit_named(document: str, variables: object, message: str | None) -> None:
    if message is None:
        assert refusal(document, variables)[0] == "BAD_USER_INPUT"
        return
    assert refusal(document, variables) == ("LIMIT_EXCEEDED", message)


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        (DEEP, None),
        ("{a: page b: page}", None),
        ("{" + "page " * 12 + "}", None),
        ("query Q($n: Int) {people(ids: []) {friends(first: $n) {id}}}", {"n": 14}),
        ("{page(first: 50)}", None),
        ("{page}", {"deep": [[]]}),
    ],
)
def test_a_request_at_a_limit_is_answered(document: str, variables: object) -> None:
    assert "errors" not in post(document, variables)


def test_a_page_below_one_is_wrong_input() -> None:
    assert refusal("{page(first: 0)}") == ("BAD_USER_INPUT", "first: 0 is not a number of items from 1 to 50.")


def test_fragments_that_contain_each_other_are_refused_and_measured_in_no_time() -> None:
    assert refusal("{...A} fragment A on Query {...B} fragment B on Query {...A}")[0] == "BAD_USER_INPUT"
