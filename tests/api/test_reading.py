"""Reading for one request: batches by key, rows counted, requests apart from each other."""

import asyncio

from api.caller import LOCAL_OPERATOR
from api.execution import Answer, Executor, Request, execute
from api.limits import DEFAULT
from tests.api.tiny import TinyStore, tiny_schema

NESTED = "query Q($ids: [String!]!) {people(ids: $ids) {id city}}"


def test_a_nested_relation_of_a_list_is_one_read_by_key() -> None:
    store = TinyStore()
    answer = asyncio.run(execute(tiny_schema(), store, NESTED, {"ids": ["1", "2", "1", "nowhere"]}))
    assert answer.body == {
        "data": {
            "people": [
                {"id": "1", "city": "city of 1"},
                {"id": "2", "city": "city of 2"},
                {"id": "1", "city": "city of 1"},
                {"id": "nowhere", "city": None},
            ]
        }
    }
    assert [params for _, params in store.asked] == [{"ids": ["1", "2", "nowhere"]}]


def test_a_thousand_items_are_one_read_still() -> None:
    store = TinyStore()
    asyncio.run(execute(tiny_schema(), store, NESTED, {"ids": [str(number) for number in range(1000)]}))
    assert len(store.asked) == 1


def test_requests_at_the_same_time_share_no_state() -> None:
    async def fifty(store: TinyStore) -> list[Answer]:
        executor = Executor(tiny_schema(), store, DEFAULT)
        requests = [Request(NESTED, {"ids": [str(number), str(number + 1)]}) for number in range(50)]
        return await asyncio.gather(*(executor.answer(LOCAL_OPERATOR, request) for request in requests))

    answers = asyncio.run(fifty(TinyStore(seconds=0.01)))
    assert [answer.outcome.rows for answer in answers] == [1] * 50
    assert [answer.body["data"] for answer in answers] == [
        {"people": [{"id": key, "city": f"city of {key}"} for key in (str(number), str(number + 1))]} for number in range(50)
    ]


def test_without_a_server_an_error_is_in_the_answer_too() -> None:
    answer = asyncio.run(execute(tiny_schema(), TinyStore(), "{nothing}", {}))
    assert (answer.executed, answer.outcome.codes) == (False, ("BAD_USER_INPUT",))
