"""Recognition written a second time, quadratic and by the letter of the table of docs/reconciliation.md, to compare the indexes with."""

from collections.abc import Callable

from graph.reconciliation.matching import ordered
from graph.reconciliation.stated import StatedOffer
from graph.text import folded

Alike = Callable[[StatedOffer, StatedOffer], bool]
Made = set[tuple[str, str, str]]


def same(a: StatedOffer, b: StatedOffer) -> bool:
    return a.id == b.id


def same_text(a: StatedOffer, b: StatedOffer) -> bool:
    return a.identifier is not None and a.identifier == b.identifier and any(letter.isdigit() for letter in a.identifier)


def same_internal(a: StatedOffer, b: StatedOffer) -> bool:
    return bool(a.internal and a.region) and (a.internal, a.region) == (b.internal, b.region)


def same_description(a: StatedOffer, b: StatedOffer) -> bool:
    described = all(one.site and one.field and one.care_mode and one.activities and one.name for one in (a, b))
    return described and what(a) == what(b)


def what(one: StatedOffer) -> tuple[object, ...]:
    return one.site, one.field, one.care_mode, one.activities, one.ages, one.sectors, folded([one.name])


def pairs(ours: list[StatedOffer], theirs: list[StatedOffer], refused: set[tuple[str, str]]) -> Made:
    """Rule, id, id of every pair."""
    made: Made = set()
    for rule in RULES:
        made |= step(rule, ours, theirs, made, refused)
    return made | cut(ours, theirs, made, refused)


RULES: tuple[tuple[str, Alike, bool], ...] = (
    ("R-1", same, True), ("R-1", same_text, True), ("R-3", same_internal, True), ("R-4", same_description, False),
)  # fmt: skip


def step(rule: tuple[str, Alike, bool], ours: list[StatedOffer], theirs: list[StatedOffer], made: Made, refused: set[tuple[str, str]]) -> Made:
    name, alike, decides = rule
    left, right = untaken(ours, made, 1), untaken(theirs, made, 2)
    here, there = (ours, theirs) if decides else (left, right)
    return {
        (name, a.id, b.id)
        for a in left
        for b in right
        if alike(a, b)
        and [one for one in here if alike(one, a)] == [a]
        and [one for one in there if alike(one, b)] == [b]
        and (alike is not same_text or (a.region is not None and a.region == b.region))
        and ordered(a.id, b.id) not in refused
    }


def untaken(side: list[StatedOffer], made: Made, place: int) -> list[StatedOffer]:
    return [one for one in side if one.id not in {pair[place] for pair in made}]


def cut(ours: list[StatedOffer], theirs: list[StatedOffer], made: Made, refused: set[tuple[str, str]]) -> Made:
    left, right = untaken(ours, made, 1), untaken(theirs, made, 2)
    found = {("R-5", unit.id, part.id) for unit, part in parts(left, right)} | {("R-5", part.id, unit.id) for unit, part in parts(right, left)}
    return {one for one in found if ordered(one[1], one[2]) not in refused}


def parts(units: list[StatedOffer], singles: list[StatedOffer]) -> list[tuple[StatedOffer, StatedOffer]]:
    def fits(unit: StatedOffer, part: StatedOffer) -> bool:
        at = (unit.site, unit.field, unit.care_mode)
        return all(at) and at == (part.site, part.field, part.care_mode) and len(unit.activities) > 1 and part.activities[0] in unit.activities

    alone = [one for one in singles if len(one.activities) == 1]
    return [
        (unit, part)
        for unit in units
        for part in alone
        if fits(unit, part)
        and [one for one in units if fits(one, part)] == [unit]
        and [one for one in alone if fits(unit, one) and one.activities == part.activities] == [part]
    ]
