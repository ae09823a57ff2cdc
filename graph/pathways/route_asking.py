"""From the words of a command to routes as asked (graph/pathways/routes.py)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from graph.errors import BadInput
from graph.pathways.person import person
from graph.pathways.routes import AskedRoutes
from graph.search.asking import Around, near_of
from graph.search.candidates import Origin
from graph.search.opening import COUNTRY


def routes_of(code: str, around: Around, whom: Mapping[str, Any], at: date | None, k: int, origin: Origin | None) -> AskedRoutes:
    """The routes that a command asks for; a day is its first instant in Paris, now when absent (S-4). Raises BadInput without a place."""
    near = near_of(around)
    if near is None:
        raise BadInput("--from: a place is needed; give --from (a commune) or --point.")
    moment = datetime.now(COUNTRY) if at is None else datetime.combine(at, time(), COUNTRY)
    return AskedRoutes(code, near, moment, moment.date(), person(whom), k, origin)
