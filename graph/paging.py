"""Pages of the lists that come by their key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import LimitExceeded
from graph.questions import question
from graph.reads import Ask, Reader, Reads, answer
from graph.search.cursor import Position, cursor, digest_of, position_of

PAGE_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One page of `nodes` with a cursor each; `total` is not counted for these lists.

    `seen_to`: where a page stands that ended before it was full, because it has looked at as much as one request may: the next one goes on there.
    """

    nodes: tuple[Any, ...]
    cursors: tuple[str, ...]
    has_next_page: bool
    seen_to: str | None = None

    @property
    def end(self) -> str | None:
        """The `after` of what follows."""
        return self.seen_to or (self.cursors[-1] if self.cursors else None)


def paged(name: str, asked: dict[str, Any], key: str, read: Any, first: int, after: str | None) -> Reads[Page]:
    """The page of a question whose rows come by `key` and which takes `after` and `first`."""
    checked_first(first)
    digest = digest_of(name, asked)
    last = position_of(after, digest).id if after else None
    rows = yield Ask(question(name), {**asked, "after": last, "first": first + 1})
    nodes = tuple(read(row) for row in rows[:first])
    return Page(nodes, tuple(cursor(Position(0, "", getattr(node, key)), digest) for node in nodes), len(rows) > first)


def checked_first(first: int) -> None:
    """Raises LimitExceeded for a page larger than 200."""
    if not 1 <= first <= PAGE_LIMIT:
        raise LimitExceeded(f"first: {first} is not between 1 and {PAGE_LIMIT}, the limit of a page.")


def every_page(store: Reader, asked: Callable[[str | None], Reads[Page]]) -> Iterator[Page]:
    """All pages of a list, one after the other; `asked` gives the page after a cursor."""
    after = None
    while True:
        page = answer(store, asked(after))
        yield page
        if not page.has_next_page:
            return
        after = page.end
