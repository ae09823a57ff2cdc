"""Where the offers of an answer come from: together the feeds hold every offer that the rest may keep (docs/pathways.md).

By an index in memory where there is one (postings.py), else by the place, the territory, or what the criteria name. An offer that leaves a
criterion undescribed is UNKNOWN, so it is fed as well (S-1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.search import fragments
from graph.search.compiling import PROPERTIES
from graph.search.criteria import All, AnyOf, Criteria
from graph.search.leaves import Coded, Field
from graph.search.params import Params
from graph.search.place import Spot
from graph.search.territory import Level, Territory

# Not act, public and their like: most offers leave them undescribed, are UNKNOWN and must be fed too (S-1), so an index saves nothing.
INDEXED: Final = (Field.FIELD_OF_ACTIVITY, Field.CARE_MODE, Field.OFFER_TYPE)
IN_LEVEL: Final = {Level.COMMUNE: fragments.IN_COMMUNE, Level.DEPARTMENT: fragments.IN_DEPARTMENT, Level.REGION: fragments.IN_REGION}


@dataclass(frozen=True, slots=True)
class Named:
    """The codes of a field that an offer must have, or leave undescribed, if it is not to be FALSE."""

    field: Field
    codes: tuple[str, ...]


def named_codes(criteria: Criteria) -> frozenset[Named] | None:
    """What makes an offer TRUE or UNKNOWN: one of these at least holds for it. None where the tree does not say so by codes of the offer.

    >>> sorted(one.codes for one in named_codes(AnyOf((Coded(Field.CARE_MODE, ("M",)), Coded(Field.OFFER_TYPE, ("T",))))))
    [('M',), ('T',)]
    """
    match criteria:
        case Coded(field, codes) if field is Field.ACTIVITY or field in INDEXED:
            return frozenset({Named(field, codes)})
        case All(parts):
            known = [found for part in parts if (found := named_codes(part)) is not None]
            return min(known, key=_width, default=None)
        case AnyOf(parts):
            each = [named_codes(part) for part in parts]
            return None if None in each else frozenset(one for found in each if found for one in found)
    return None


def _width(named: frozenset[Named]) -> tuple[int, int]:
    """Properties are coarse (a care mode has a third of all offers), activities fine."""
    return sum(one.field is not Field.ACTIVITY for one in named), sum(len(one.codes) for one in named)


def near_feeds(spot: Spot, params: Params) -> list[str]:
    """Statements that each end in `o`: what is around the place, what serves it, what is at no known place (S-5 to S-7)."""
    return [*_around(spot, params), *(feed.format() for feed in fragments.SERVING_PLACE), fragments.WITHOUT_PLACE]


def id_feeds(ids: Sequence[str], params: Params) -> list[str]:
    """What an index in memory found (graph/search/postings.py)."""
    return [fragments.BY_ID.format(ids=params.of(tuple(ids)))]


def territory_feeds(territory: Territory, params: Params) -> list[str]:
    """What is delivered in the territory (S-8)."""
    params.values["territory"] = territory.code
    if territory.extent is None:
        return [feed.format(code="$territory") for feed in IN_LEVEL[territory.level]]
    held = ((territory.extent.communes, fragments.IN_COMMUNE), (territory.extent.departments, fragments.IN_DEPARTMENT))
    each = [fragments.EACH_OF.format(codes=params.of(codes), feed=feed.format(code="code")) for codes, feeds in held if codes for feed in feeds]
    return [*each, fragments.STATED_BY_SITE.format()] if territory.level is Level.HEALTH_TERRITORY else each


def code_feeds(alternatives: Sequence[Criteria], params: Params) -> list[str]:
    """What the criteria name, everywhere."""
    named = named_codes(AnyOf(tuple(alternatives)))
    return [fragments.ALL_OFFERS] if named is None else [*_activity_feeds(named, params), *_property_feeds(named, params)]


def _activity_feeds(named: frozenset[Named], params: Params) -> list[str]:
    codes = _codes(named, Field.ACTIVITY)
    return [fragments.BY_ACTIVITY.format(codes=params.of(codes)), fragments.WITHOUT_ACTIVITY] if codes else []


def _property_feeds(named: frozenset[Named], params: Params) -> list[str]:
    fields = [field for field in INDEXED if _codes(named, field)]
    if not fields:
        return []
    stated = [fragments.BY_PROPERTY.format(name=PROPERTIES[field], codes=params.of(_codes(named, field))) for field in fields]
    return [*stated, fragments.UNDESCRIBED.format(null=" OR ".join(f"o.{PROPERTIES[field]} IS NULL" for field in fields))]


def _codes(named: frozenset[Named], field: Field) -> tuple[str, ...]:
    return tuple(sorted({code for one in named if one.field is field for code in one.codes}))


def _around(spot: Spot, params: Params) -> list[str]:
    box = spot.box
    params.values["place"] = spot.commune
    if box is None:
        params.values["department"] = spot.department
        return [feed.format(code="$department") for feed in fragments.IN_DEPARTMENT]
    params.values.update(south=box.south, north=box.north, west=box.west, east=box.east, around=list(spot.around))
    return [feed.format() for feed in fragments.IN_BOX]
