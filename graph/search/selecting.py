"""Whether the offers of an answer are fewer by what its criteria name than by its place or territory: then they are fed so (feeds.py).

Reckoned from counts that are kept until the next load, of all that is there; it says how fast an answer is, never what it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from graph.questions import question
from graph.reads import Ask, Reads
from graph.search.criteria import Criteria
from graph.search.feeds import named_by_all
from graph.search.geography import Box
from graph.search.leaves import Field
from graph.search.place import Spot
from graph.search.reference import Amounts, Department, Reference, departments
from graph.search.territory import Level, Territory

SITE: Final = 0.25  # what a site that is looked at costs, in offers of a place or territory: most of them their codes leave out at once
BY_CODE: Final = 20  # what an offer costs that is fed by its code: it is placed before its place or territory leaves it out


def fewer_by_codes(trees: Sequence[Criteria], spot: Spot | None, territory: Territory | None, reference: Reference) -> Reads[bool]:
    """Whether the offers of the activities that the trees name cost less than those of the place or the territory."""
    named = named_by_all(trees)
    if not named or any(one.field is not Field.ACTIVITY for one in named):
        return False
    amounts = yield from _amounts(reference)
    known = yield from departments(reference)
    reached = _of_place(spot, known, amounts) if spot is not None else _of_territory(territory, known, amounts)
    return reached is not None and BY_CODE * sum(amounts.offers.get(code, 0) for one in named for code in one.codes) < reached


def _amounts(reference: Reference) -> Reads[Amounts]:
    if reference.common.amounts is None:
        offers = yield Ask(question("offers_by_activity"), {})
        sites = yield Ask(question("sites_by_department"), {})
        reference.common.amounts = Amounts({row["code"]: row["offers"] for row in offers}, {row["code"]: row["sites"] for row in sites})
    return reference.common.amounts


def _of_place(spot: Spot, known: Mapping[str, Department], amounts: Amounts) -> float | None:
    """What a place costs, in offers; the circle has its share of the departments around."""
    if spot.box is None:
        return _of_departments([spot.department] if spot.department else [], amounts)
    boxes = [known[code].box for code in spot.around]
    area = sum(_area(box) for box in boxes if box is not None)
    share = min(1.0, _area(spot.box) / area) if area else 1.0
    return sum(amounts.sites.get(code, 0) for code in spot.around) * (SITE + share * amounts.offers_a_site)


def _of_territory(territory: Territory | None, known: Mapping[str, Department], amounts: Amounts) -> float | None:
    """What a department or region costs, in offers; None for a territory that is small, or of which this is not known."""
    match territory:
        case Territory(Level.DEPARTMENT, code):
            return _of_departments([code], amounts)
        case Territory(Level.REGION, code):
            return _of_departments([one.code for one in known.values() if one.region == code], amounts)
    return None


def _of_departments(codes: Iterable[str], amounts: Amounts) -> float:
    return sum(amounts.sites.get(code, 0) for code in codes) * (SITE + amounts.offers_a_site)


def _area(box: Box) -> float:
    return (box.north - box.south) * (box.east - box.west)
