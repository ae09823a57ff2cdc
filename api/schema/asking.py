"""What a resolver checks once its arguments are read and before it reads data: the perimeter, then the classes (docs/access.md, A-4, A-7, A-8)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from api.refusals import OutsidePerimeter, check_criteria, check_order, outside
from api.schema.base import Info
from graph.access import EVERYTHING
from graph.search.judging import Order
from graph.search.territory import Level, Territory

NO_CRITERIA: Final[Mapping[str, Any]] = {}
SOURCE_REGION: Final = "sourceRegion"


async def check_asked(
    info: Info, *, territory: Territory | None = None, criteria: Mapping[str, Any] = NO_CRITERIA, order: Order | None = None, where: str = "criteria"
) -> None:
    """Raises OutsidePerimeter, ScopeMissing, ClassWithheld for what the caller may not ask. `criteria`: the tree under the names of the schema."""
    viewer = info.context.viewer
    if viewer == EVERYTHING:
        return
    asked = [(f"{where}.{SOURCE_REGION}", Territory(Level.REGION, region)) for region in _source_regions(criteria)]
    for name, one in [*([("territory", territory)] if territory else []), *asked]:
        if await info.context.answer(outside(one, viewer, info.context.reference)):
            raise OutsidePerimeter(name, viewer)
    check_criteria(where, criteria, viewer)
    if order is not None:
        check_order(order, viewer)


def _source_regions(value: object) -> Iterator[str]:
    """The regions that criteria name as those of the offers, at any depth."""
    if isinstance(value, Mapping):
        if isinstance(region := value.get(SOURCE_REGION), str):
            yield region
        for part in value.values():
            yield from _source_regions(part)
    elif isinstance(value, list):
        for part in value:
            yield from _source_regions(part)
