"""A page of `graph` as a connection (Relay)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.schema.base import PageInfo
from graph.paging import Page


@dataclass(frozen=True, slots=True)
class SeenEdge:
    """A node with its cursor."""

    cursor: str
    node: Any


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as a connection."""

    edges: Sequence[SeenEdge]
    page_info: PageInfo


def seen(page: Page, after: str | None) -> SeenPage:
    """The page as a connection."""
    edges = [SeenEdge(cursor, node) for cursor, node in zip(page.cursors, page.nodes, strict=True)]
    start = page.cursors[0] if page.cursors else None
    return SeenPage(edges, PageInfo(has_next_page=page.has_next_page, has_previous_page=after is not None, start_cursor=start, end_cursor=page.end))
