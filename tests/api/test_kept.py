"""What is kept between requests: a slow read goes on without the request that asked first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from typing import Any

import pytest

from api.kept import SLOW, SLOW_READS, Kept
from graph.access import EVERYTHING
from graph.errors import StoreFault
from graph.questions import Question
from graph.reads import Row
from graph.search.reference import Reference


class SlowStore:
    """Gives one row after a while, and counts how often it was asked; the first `failing` times it fails."""

    def __init__(self, seconds: float, failing: int = 0) -> None:
        self.seconds, self.failing, self.asked = seconds, failing, 0

    async def read(self, question: Question, /, **params: Any) -> list[Row]:
        return [row async for row in self.each(question, **params)]

    async def each(self, question: Question, /, **params: Any) -> AsyncIterator[Row]:
        self.asked += 1
        await asyncio.sleep(self.seconds)
        if self.asked <= self.failing:
            raise StoreFault("refused")
        yield {"id": params["first"]}


def asked(text: str = "RETURN 1") -> Question:
    return Question("step_offers", "", "", (), ("id",), "", "", text)


async def given_up(kept: Kept, store: SlowStore, first: int = 1) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(kept.slowly(store, asked(), {"first": first}, EVERYTHING), 0.01)


def test_a_read_that_a_request_gave_up_is_there_for_the_next_that_asks_the_same() -> None:
    async def run() -> tuple[list[Row], int]:
        store = SlowStore(0.05)
        with closing(Kept(b"key")) as kept:
            await given_up(kept, store)
            return await kept.slowly(store, asked(), {"first": 1}, EVERYTHING), store.asked

    assert asyncio.run(run()) == ([{"id": 1}], 1)


def test_its_rows_are_given_to_those_who_wait_and_then_asked_for_again() -> None:
    async def run() -> int:
        store = SlowStore(0.01)
        with closing(Kept(b"key")) as kept:
            await asyncio.gather(*(kept.slowly(store, asked(), {"first": 1}, EVERYTHING) for _ in range(3)))
            await kept.slowly(store, asked(), {"first": 1}, EVERYTHING)
            return store.asked

    assert asyncio.run(run()) == 2


def test_another_question_another_parameter_and_the_same_after_a_load_are_reads_of_their_own() -> None:
    async def run() -> int:
        store = SlowStore(0.02)
        with closing(Kept(b"key")) as kept:
            await given_up(kept, store)
            await given_up(kept, store, first=2)
            reference: Reference = kept.reference(EVERYTHING)
            reference.mark = ("newer", "done")
            assert await kept.slowly(store, asked(), {"first": 1}, EVERYTHING) == [{"id": 1}]
            return store.asked

    assert asyncio.run(run()) == 3


def test_one_that_failed_is_read_again_and_the_oldest_go() -> None:
    async def run() -> tuple[list[Row], int]:
        store = SlowStore(0.0, failing=1)
        with closing(Kept(b"key")) as kept:
            with pytest.raises(StoreFault):
                await kept.slowly(store, asked(), {"first": 1}, EVERYTHING)
            slow = SlowStore(5.0)
            for first in range(SLOW_READS + 2):
                await given_up(kept, slow, first)
            return await kept.slowly(store, asked(), {"first": 1}, EVERYTHING), len(kept._slow)

    assert asyncio.run(run()) == ([{"id": 1}], SLOW_READS - 1)


def test_slow_questions_are_questions() -> None:
    assert {"step_offers"} == SLOW


class LoadedStore:
    """A store with one offer a load; the reads of the index take a while."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.mark, self.indexed = seconds, ("", ""), 0

    async def read(self, question: Question, /, **params: Any) -> list[Row]:
        if question.name == "newest_run":
            return [{"id": self.mark[0], "status": self.mark[1]}] if self.mark[0] else []
        return []

    async def each(self, question: Question, /, **params: Any) -> AsyncIterator[Row]:
        if question.name == "offer_codes":
            self.indexed += 1
            await asyncio.sleep(self.seconds)
            yield {"id": self.mark[0], "folded": None, "field_of_activity": None, "care_mode": None, "offer_type": None, "activities": [], "areas": []}


async def ids_after(kept: Kept, store: LoadedStore, mark: tuple[str, str]) -> list[str] | None:
    """What the index of searches holds once the store has this newest run."""
    store.mark = mark
    await kept.index(store, store)
    index = kept.reference(EVERYTHING).common.index
    return None if index is None else list(index.ids)


def test_searches_have_the_index_of_the_newest_load_that_has_ended() -> None:
    async def run() -> tuple[list[list[str] | None], int]:
        store = LoadedStore(0.0)
        with closing(Kept(b"key")) as kept:
            marks = [("", ""), ("a", "done"), ("a", "done"), ("b", "writing"), ("b", "done")]
            return [await ids_after(kept, store, mark) for mark in marks], store.indexed

    assert asyncio.run(run()) == ([None, ["a"], ["a"], ["a"], ["b"]], 2)


def test_while_a_load_is_under_way_the_index_is_made_again_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.kept.INDEX_KEPT", 0.0)

    async def run() -> tuple[list[list[str] | None], int]:
        store = LoadedStore(0.0)
        with closing(Kept(b"key")) as kept:
            return [await ids_after(kept, store, mark) for mark in [("a", "done"), ("b", "writing"), ("b", "writing"), ("b", "failed")]], store.indexed

    assert asyncio.run(run()) == ([["a"], ["b"], ["b"], ["b"]], 4)


def test_while_an_index_takes_long_searches_have_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.kept.INDEX_AWAITED", 0.02)

    async def run() -> list[list[str] | None]:
        store = LoadedStore(0.0)
        with closing(Kept(b"key")) as kept:
            seen = [await ids_after(kept, store, ("a", "done"))]
            store.seconds = 0.1
            seen.append(await ids_after(kept, store, ("b", "done")))
            await asyncio.sleep(0.15)
            return [*seen, await ids_after(kept, store, ("b", "done"))]

    assert asyncio.run(run()) == [["a"], ["a"], ["b"]]
