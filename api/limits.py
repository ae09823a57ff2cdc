"""What a request may cost, and how many come: every limit of the server in one place (docs/access.md, A-13)."""

from dataclasses import dataclass

from graph.errors import BadInput, LimitExceeded


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one request. A request above one of them is refused with LIMIT_EXCEEDED, or TIMEOUT for `seconds`.

    `body_bytes`: the HTTP body, or the query string of a GET. `tokens`: words and marks of the document.
    `depth`: levels of fields. `aliases` and `fields`: in the whole document, fragments written out each time they are used.
    `page`: greatest `first`. `complexity`: values that the answer can hold: a list counts `first` items, or `ASSUMED_ITEMS` where
    its field has no `first`. `nesting`: levels of lists and objects inside the variables. `seconds`: from the first byte of the
    document to the answer. `requests_a_minute`: of one client, the token's or, without a token, the address's.
    """

    body_bytes: int = 100_000
    tokens: int = 2_000
    depth: int = 15
    aliases: int = 15
    fields: int = 500
    page: int = 200
    complexity: int = 50_000
    nesting: int = 20
    seconds: float = 10.0
    requests_a_minute: int = 600


ASSUMED_ITEMS = 10
DEFAULT = Limits()


def above(name: str, what: str, value: float, limit: float) -> LimitExceeded:
    """The refusal of a request whose `what` is `value`, above the limit `name`."""
    return LimitExceeded(f"{name}: {what} {value:g}, the limit is {limit:g}. Ask for less at a time.")


def checked_page(first: int, limits: Limits) -> int:
    """`first`, when it is a page that is served. Raises LimitExceeded above the page size, BadInput below 1."""
    if first > limits.page:
        raise LimitExceeded(f"first: {first} is above the page size, the limit is {limits.page}. Ask for the next page with `after`.")
    if first < 1:
        raise BadInput(f"first: {first} is not a number of items from 1 to {limits.page}.")
    return first
