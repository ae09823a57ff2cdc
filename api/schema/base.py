"""What every part of the schema shares: how a field is described, a code of a nomenclature, a named thing, provenance.

A type of the schema is a view on a frozen answer of `graph`: its plain fields are attributes of that answer, read without a resolver
(docs/architecture.md, What costs in an answer). A test compares both sides, so that neither can drift.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

import strawberry

from api.projection import ATTRIBUTE
from api.reading import Batch, Reading
from graph.errors import NotFound
from graph.reads import Reads

Info = strawberry.Info[Reading]
F = TypeVar("F", bound=Callable[..., object])
CHILDREN = 50  # objects below one, where no other number is asked for


def said(description: str) -> Any:
    """A plain field: an attribute of the answer, with its description."""
    return strawberry.field(description=description)


def read(description: str, graphql_type: object) -> Callable[[F], F]:
    """A field that a resolver reads: its description, and the type of the schema that shows the answer of `graph`."""
    return cast("Callable[[F], F]", strawberry.field(description=description, graphql_type=graphql_type))


@dataclass(frozen=True, slots=True)
class Whole:
    """The answer of `graph` that has every attribute, how it is loaded, and by which of its attributes."""

    answer: type
    batch: Callable[[Sequence[str]], Reads[dict[str, Any]]]
    key: str


def detail(whole: Whole, attribute: str, description: str) -> Any:
    """A field that a list does not read: from the answer itself where it is whole, else loaded, by key, for all of the list at once."""

    def resolver(parent: strawberry.Parent[Any], info: Info) -> Any:
        if isinstance(parent, whole.answer):
            return getattr(parent, attribute)
        return _loaded(info.context, whole, getattr(parent, whole.key), attribute)

    return strawberry.field(resolver=resolver, description=description, metadata={ATTRIBUTE: attribute})


def hanging(description: str, batch: Batch[str, Any]) -> Any:
    """A list that hangs on an object: read by its id, for all objects of the answer at once, and only where it is asked for."""

    async def resolver(parent: strawberry.Parent[Any], info: Info) -> Any:
        return await info.context.load(batch, str(parent.id)) or ()

    return strawberry.field(resolver=resolver, description=description)


def below(description: str, ids: Batch[str, tuple[str, ...]], batch: Batch[str, Any]) -> Any:
    """The first objects of those that hang on one: `ids` names them, `batch` reads them; each is one question for all objects of the answer."""

    async def resolver(parent: strawberry.Parent[Any], info: Info, first: int = CHILDREN) -> Any:
        named = await info.context.load(ids, str(parent.id)) or ()
        return await info.context.load_many(batch, named[: info.context.page(first)])

    return strawberry.field(resolver=resolver, description=description)


def linked(description: str, attribute: str, batch: Batch[str, Any], whole: Whole | None = None) -> Any:
    """The one object in full that an attribute names. `whole`: where the attribute is one that a list does not read."""

    async def resolver(parent: strawberry.Parent[Any], info: Info) -> Any:
        read = whole is not None and not isinstance(parent, whole.answer)
        named: Any = await _loaded(info.context, cast("Whole", whole), str(parent.id), attribute) if read else getattr(parent, attribute)
        return await info.context.load(batch, named.id) if named else None

    return strawberry.field(resolver=resolver, description=description)


async def _loaded(reading: Reading, whole: Whole, key: str, attribute: str) -> object:
    """The attribute of the whole answer. Raises NotFound where a load has removed it since the list was read."""
    found = await reading.load(whole.batch, key)
    if found is None:
        raise NotFound(f"{key} is no longer in the store; ask again.")
    return getattr(found, attribute)


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


def page_info(cursors: Sequence[str], *, more: bool, followed: bool) -> PageInfo:
    """Where a page with these cursors begins and ends."""
    return PageInfo(has_next_page=more, has_previous_page=followed, start_cursor=cursors[0] if cursors else None, end_cursor=cursors[-1] if cursors else None)


@strawberry.type(description="Who says it and since when (provenance).")
class Stamps:
    source: str | None = said("Code of the source that states it.")
    run: str | None = said("Id of the load that wrote it last (chargement).")
    first_seen: str | None = said("First seen: ISO 8601, UTC.")
    last_seen: str | None = said("Last seen: ISO 8601, UTC.")
    gone_on: date | None = said("Day since which a full load no longer sees it.")
    stub: bool | None = said("Named by others only, not described itself.")
