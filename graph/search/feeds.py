"""Where the offers of an answer come from: together the feeds hold every offer that the rest may keep (docs/pathways.md).

By the place, the territory, or what the criteria name: codes that an index finds (selecting.py). An offer that leaves a criterion
undescribed is UNKNOWN, so it is fed as well (S-1).
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
from graph.search.reference import Ids
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


def named_by_all(alternatives: Sequence[Criteria]) -> frozenset[Named] | None:
    """The same for an offer that must not be FALSE for one of the alternatives at least."""
    return named_codes(AnyOf(tuple(alternatives)))


def needs_silent(alternatives: Sequence[Criteria]) -> bool:
    """Whether the feeds of these trees take the offers without activity."""
    return any(one.field is Field.ACTIVITY for one in named_by_all(alternatives) or ())


def near_feeds(spot: Spot, unplaced: Ids, strays: Ids, params: Params) -> list[str]:
    """Statements that each end in `o`: what is around the place or strayed from its department, what serves it, what is at no known place (S-5 to S-7)."""
    lost = fragments.WITHOUT_PLACE if unplaced is None else fragments.BY_ID.format(ids=params.of(unplaced))
    return [*_around(spot, strays, params), *(feed.format() for feed in fragments.SERVING_PLACE), lost]


def territory_feeds(territory: Territory, params: Params) -> list[str]:
    """What is delivered in the territory (S-8)."""
    params.values["territory"] = territory.code
    if territory.extent is None:
        return [feed.format(code="$territory") for feed in IN_LEVEL[territory.level]]
    held = ((territory.extent.communes, fragments.IN_COMMUNE), (territory.extent.departments, fragments.IN_DEPARTMENT))
    each = [fragments.EACH_OF.format(codes=params.of(codes), feed=feed.format(code="code")) for codes, feeds in held if codes for feed in feeds]
    return [*each, fragments.STATED_BY_SITE.format()] if territory.level is Level.HEALTH_TERRITORY else each


def code_feeds(alternatives: Sequence[Criteria], silent: Ids, params: Params) -> list[str]:
    """What the criteria name, everywhere. `silent`: the offers without activity, where `needs_silent`."""
    named = named_by_all(alternatives)
    return [fragments.ALL_OFFERS] if named is None else [*_activity_feeds(named, silent, params), *_property_feeds(named, params)]


def _activity_feeds(named: frozenset[Named], silent: Ids, params: Params) -> list[str]:
    codes = _codes(named, Field.ACTIVITY)
    if not codes:
        return []
    return [fragments.BY_ACTIVITY.format(codes=params.of(codes)), _silent_feed(silent, params)]


def _silent_feed(silent: Ids, params: Params) -> str:
    return fragments.WITHOUT_ACTIVITY if silent is None else fragments.BY_ID.format(ids=params.of(silent))


def _property_feeds(named: frozenset[Named], params: Params) -> list[str]:
    fields = [field for field in INDEXED if _codes(named, field)]
    if not fields:
        return []
    stated = [fragments.BY_PROPERTY.format(name=PROPERTIES[field], codes=params.of(_codes(named, field))) for field in fields]
    return [*stated, fragments.UNDESCRIBED.format(null=" OR ".join(f"o.{PROPERTIES[field]} IS NULL" for field in fields))]


def _codes(named: frozenset[Named], field: Field) -> tuple[str, ...]:
    return tuple(sorted({code for one in named if one.field is field for code in one.codes}))


def _around(spot: Spot, strays: Ids, params: Params) -> list[str]:
    box = spot.box
    params.values["place"] = spot.commune
    if box is None:
        params.values["department"] = spot.department
        return [feed.format(code="$department") for feed in fragments.IN_DEPARTMENT]
    params.values.update(south=box.south, north=box.north, west=box.west, east=box.east, around=list(spot.around))
    apart = fragments.ANYWHERE_IN_BOX if strays is None else [feed.format(ids=params.of(strays)) for feed in fragments.STRAYS if strays]
    return [*(feed.format() for feed in fragments.IN_BOX), *apart]
