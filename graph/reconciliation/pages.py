"""Pages of the rows of a reconciliation: a national one has hundreds of thousands."""

from bisect import bisect_right
from collections.abc import Sequence

from graph.paging import Page, checked_first
from graph.reconciliation.answer import Outcome, Reconciliation, Row, row_order
from graph.search.cursor import Position, cursor, digest_of, position_of


def rows_page(found: Reconciliation, outcomes: Sequence[Outcome] | None, first: int, after: str | None) -> Page:
    """Rows of these outcomes (None: all) in their order. Raises LimitExceeded for a page over the limit, BadInput for a cursor of another question."""
    checked_first(first)
    digest = digest_of("reconciliation", found.regional, found.national, sorted(outcomes) if outcomes is not None else None)
    start = bisect_right(found.rows, _order_of(position_of(after, digest)), key=row_order) if after else 0
    shown: list[Row] = []
    for place in range(start, len(found.rows)):
        row = found.rows[place]
        if outcomes is None or row.outcome in outcomes:
            shown.append(row)
        if len(shown) > first:
            break
    return Page(tuple(shown[:first]), tuple(cursor(_position(row), digest) for row in shown[:first]), len(shown) > first)


def _position(row: Row) -> Position:
    last, regional, national = row_order(row)
    return Position(int(last), regional, national)


def _order_of(position: Position) -> tuple[bool, str, str]:
    return bool(position.section), str(position.key), position.id
