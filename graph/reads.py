"""How an answer is read: as a generator that asks questions and ends with the answer, so that one text serves both doors.

def site_names(ids: list[str]) -> Reads[list[str]]:
    rows = yield Ask(question("geographic_entities"), {"ids": ids})
    return [row["node"]["name"] for row in rows]

answer(store, site_names(ids))               # the command line
await answer_async(store, site_names(ids))   # the API

A question with more rows than memory is put as `Each`: every row goes to a function, and the answer to the question is an empty list.
"""

from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from graph.questions import Question

Row = dict[str, Any]
T = TypeVar("T")


class Ask(NamedTuple):
    """One question to the store, with its parameters."""

    question: Question
    params: Mapping[str, Any]


class Each(NamedTuple):
    """One question whose rows are taken one by one, as the store gives them."""

    question: Question
    params: Mapping[str, Any]
    take: Callable[[Row], None]


Reads = Generator[Ask, list[Row], T]
LongReads = Generator[Ask | Each, list[Row], T]


class Reader(Protocol):
    """What answers questions: graph.store.connection.Store."""

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        """The rows of the answer."""


class LongReader(Reader, Protocol):
    """What also answers with more rows than memory."""

    def each(self, question: Question, /, **params: Any) -> Iterator[Row]:
        """The rows one by one."""


class AsyncReader(Protocol):
    """The same for the API: graph.store.connection.AsyncStore."""

    async def read(self, question: Question, /, **params: Any) -> list[Row]:
        """The rows of the answer."""


class AsyncLongReader(AsyncReader, Protocol):
    """What also answers with more rows than memory."""

    def each(self, question: Question, /, **params: Any) -> AsyncIterator[Row]:
        """The rows one by one."""


def answer(store: Reader, reads: Reads[T]) -> T:
    """Put the questions of `reads` to the store, one after the other, and give its answer."""
    rows: list[Row] | None = None
    while True:
        try:
            ask = next(reads) if rows is None else reads.send(rows)
        except StopIteration as end:
            return cast("T", end.value)
        rows = store.read(ask.question, **ask.params)


async def answer_async(store: AsyncReader, reads: Reads[T]) -> T:
    """The same, without holding the event loop while the store works."""
    rows: list[Row] | None = None
    while True:
        try:
            ask = next(reads) if rows is None else reads.send(rows)
        except StopIteration as end:
            return cast("T", end.value)
        rows = await store.read(ask.question, **ask.params)


def answer_long(store: LongReader, reads: LongReads[T]) -> T:
    """As `answer`, for reads with questions of many rows."""
    rows: list[Row] | None = None
    while True:
        try:
            ask = next(reads) if rows is None else reads.send(rows)
        except StopIteration as end:
            return cast("T", end.value)
        rows = [] if isinstance(ask, Each) else store.read(ask.question, **ask.params)
        if isinstance(ask, Each):
            for row in store.each(ask.question, **ask.params):
                ask.take(row)


async def answer_long_async(store: AsyncLongReader, reads: LongReads[T]) -> T:
    """As `answer_async`, for reads with questions of many rows."""
    rows: list[Row] | None = None
    while True:
        try:
            ask = next(reads) if rows is None else reads.send(rows)
        except StopIteration as end:
            return cast("T", end.value)
        rows = [] if isinstance(ask, Each) else await store.read(ask.question, **ask.params)
        if isinstance(ask, Each):
            async for row in store.each(ask.question, **ask.params):
                ask.take(row)


def pick(cls: type[T], values: Mapping[str, Any], **more: Any) -> T:
    """A dataclass filled from the values of its own field names; a field that is in neither is None. Dates become Python dates, lists tuples.

    >>> from dataclasses import make_dataclass
    >>> pick(make_dataclass("Place", ["code", "names"]), {"code": "01", "names": ["a"], "source": "INSEE"})
    Place(code='01', names=('a',))
    """
    names = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return cls(**{name: plain(more[name] if name in more else values.get(name)) for name in names})


def plain(value: Any) -> Any:
    """A value of the store as the standard library has it: its dates are the driver's own."""
    if isinstance(value, list):
        return tuple(value)
    return value.to_native() if hasattr(value, "to_native") else value
