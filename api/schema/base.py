"""What every part of the schema shares: how a field is described, a code of a nomenclature, a named thing, provenance.

A type of the schema is a view on a frozen answer of `graph`: its plain fields are attributes of that answer, read without a resolver
(design: api_speed, 2). A test compares both sides, so that neither can drift.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

import strawberry

from api.reading import Reading

Info = strawberry.Info[Reading]
F = TypeVar("F", bound=Callable[..., object])


def said(description: str) -> Any:  # noqa: ANN401 - the default of a field, of the type that the field declares
    """A plain field: an attribute of the answer, with its description."""
    return strawberry.field(description=description)


def read(description: str, graphql_type: object) -> Callable[[F], F]:
    """A field that a resolver reads: its description, and the type of the schema that shows the answer of `graph`."""
    return cast("Callable[[F], F]", strawberry.field(description=description, graphql_type=graphql_type))


@strawberry.type(description="A code of a nomenclature (code de nomenclature, TRE).")
class Coded:
    id: strawberry.ID = said("System, hyphen, code, like TRE_R211-356.")
    label: str | None = said("Label (libellé); null where the nomenclature is not loaded.")


@strawberry.type(description="A thing named by its key.")
class Named:
    id: strawberry.ID = said("Its id or code.")
    name: str | None = said("Its name (nom).")


@strawberry.type(description="A commune by INSEE code (commune).")
class Place:
    code: strawberry.ID = said("INSEE code (code INSEE).")
    name: str | None = said("Name (nom).")


@strawberry.type(description="Where a page begins and ends (Relay).")
class PageInfo:
    has_next_page: bool = said("Whether there are more after it.")
    has_previous_page: bool = said("Whether it follows another.")
    start_cursor: str | None = said("Cursor of its first item.")
    end_cursor: str | None = said("Cursor of its last item: the `after` of the next page.")


@strawberry.type(description="Who says it and since when (provenance).")
class Stamps:
    source: str | None = said("Code of the source that states it.")
    run: str | None = said("Id of the load that wrote it last (chargement).")
    first_seen: str | None = said("First seen: ISO 8601, UTC.")
    last_seen: str | None = said("Last seen: ISO 8601, UTC.")
    gone_on: date | None = said("Day since which a full load no longer sees it.")
    stub: bool | None = said("Named by others only, not described itself.")
