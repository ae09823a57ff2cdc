"""Criteria over offers: a tree, parsed once at the edge from the words of clients (api/schema.graphql, OfferCriteria)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.errors import BadInput, LimitExceeded
from graph.search import leaf_reading
from graph.search.leaf_reading import VALUES_LIMIT, LeafReader
from graph.search.leaves import SINGLES, Area, Coded, Equipment, Field, Single, Text, exact_codes

__all__ = ["All", "AnyOf", "Coded", "Criteria", "Field", "Leaf", "Not", "SameSite", "Text", "children", "codes", "nodes", "parse", "widened"]

DEPTH_LIMIT: Final = 6


@dataclass(frozen=True, slots=True)
class SameSite:
    """Another offer of the same site meets the criteria (S-2)."""

    inside: "Criteria"


@dataclass(frozen=True, slots=True)
class All:
    """AND of the parts; without parts it is TRUE."""

    parts: tuple["Criteria", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """OR of the parts."""

    parts: tuple["Criteria", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """NOT of the part; NOT UNKNOWN is UNKNOWN (S-1)."""

    part: "Criteria"


Leaf = Single | SameSite
Criteria = Leaf | All | AnyOf | Not


def parse(raw: Mapping[str, Any]) -> Criteria:
    """The tree that `raw` says: fields of one object are joined by AND, values of one field by OR.

    >>> parse({"activity": ["TRE_R211-356"], "not": {"text": "clinique"}})
    All(parts=(Coded(field=<Field.ACTIVITY: 'activity'>, codes=('TRE_R211-356',)), Not(part=Text(words=('clinique',)))))

    Raises BadInput, naming the field, for one that is not known or a value of another form; LimitExceeded beyond the depth of 6 or 500 values.
    """
    tree = _parse(raw, "criteria", 1)
    count = sum(len(part.codes) if isinstance(part, (Coded, Equipment)) else 1 for part in nodes(tree) if isinstance(part, SINGLES))
    if count > VALUES_LIMIT:
        raise LimitExceeded(f"criteria: {count} values in the whole tree, the limit is {VALUES_LIMIT}.")
    return tree


def _parse(raw: object, where: str, depth: int) -> Criteria:
    if not isinstance(raw, Mapping):
        raise BadInput(f"{where}: an object of criteria is expected.")
    if depth > DEPTH_LIMIT:
        raise LimitExceeded(f"{where}: criteria are nested more than {DEPTH_LIMIT} deep, the limit.")
    given = {name: value for name, value in raw.items() if value is not None}
    unit = given.pop("ageUnit", None)
    if "age" in given:
        given["age"] = (given["age"], unit or "YEAR")
    elif unit is not None:
        raise BadInput(f"{where}.ageUnit: a unit needs an age; give age.")
    parts = tuple(_part(name, value, f"{where}.{name}", depth) for name, value in given.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(name: str, value: object, where: str, depth: int) -> Criteria:
    reader = _READERS.get(name)
    if reader is None:
        raise BadInput(f"{where}: '{name}' is no criterion. There are {', '.join(_READERS)}.")
    return reader(value, where, depth)


def _leaf(read: LeafReader) -> "Reader":
    return lambda value, where, _: read(value, where)


def _age(value: Any, where: str, _: int) -> Criteria:
    age, unit = value
    return leaf_reading.age(age, unit, where)


def _equipment(value: object, where: str, _: int) -> Criteria:
    """Several are joined by OR, like the values of any field."""
    asked = [value] if isinstance(value, Mapping) else value
    if isinstance(asked, str) or not isinstance(asked, Sequence) or not asked:
        raise BadInput(f"{where}: a list of at least one equipment is expected, each with equipment, limit, atLeast.")
    each = tuple(leaf_reading.equipment(one, f"{where}[{place}]") for place, one in enumerate(asked))
    return each[0] if len(each) == 1 else AnyOf(each)


def _list(join: type[All] | type[AnyOf]) -> "Reader":
    def read(value: object, where: str, depth: int) -> Criteria:
        if isinstance(value, str) or not isinstance(value, Sequence) or not value:
            raise BadInput(f"{where}: a list of at least one object of criteria is expected.")
        return join(tuple(_parse(part, f"{where}[{place}]", depth + 1) for place, part in enumerate(value)))

    return read


def _not(value: object, where: str, depth: int) -> Not:
    return Not(_parse(value, where, depth + 1))


def _same_site(value: object, where: str, depth: int) -> SameSite:
    inside = _parse(value, where, depth + 1)
    if any(isinstance(part, SameSite) for part in nodes(inside)):
        raise BadInput(f"{where}: sameSite inside sameSite says nothing more: join the criteria with and.")
    return SameSite(inside)


Reader = Callable[[object, str, int], Criteria]
_READERS: Final[Mapping[str, Reader]] = {
    **{name: _leaf(read) for name, read in leaf_reading.leaf_readers().items()},
    "age": _age,
    "equipment": _equipment,
    "sameSite": _same_site,
    "and": _list(All),
    "or": _list(AnyOf),
    "not": _not,
}


def children(criteria: Criteria) -> tuple[Criteria, ...]:
    """The criteria directly inside."""
    match criteria:
        case All(parts) | AnyOf(parts):
            return parts
        case Not(part) | SameSite(part):
            return (part,)
    return ()


def nodes(criteria: Criteria) -> Iterator[Criteria]:
    """The criteria and all inside, from the top."""
    yield criteria
    for child in children(criteria):
        yield from nodes(child)


def codes(criteria: Criteria) -> frozenset[str]:
    """Every code that the tree names."""
    leaves = [part for part in nodes(criteria) if isinstance(part, SINGLES)]
    wide = {code for part in leaves if isinstance(part, (Coded, Equipment)) for code in part.codes}
    return frozenset(wide | {code for part in leaves for code in exact_codes(part)})


def areas(criteria: Criteria) -> frozenset[Area]:
    """Every area that the tree names."""
    return frozenset(part for part in nodes(criteria) if isinstance(part, Area))


def widened(criteria: Criteria, narrower: Mapping[str, tuple[str, ...]]) -> Criteria:
    """The same tree with, beside each code, its narrower ones (S-1)."""

    def wide(leaf: Single) -> Single:
        if not isinstance(leaf, (Coded, Equipment)):
            return leaf
        return replace(leaf, codes=tuple(dict.fromkeys(code for given in leaf.codes for code in (given, *narrower.get(given, ())))))

    return _each(criteria, wide)


def placed(criteria: Criteria, known: Mapping[Area, Area]) -> Criteria:
    """The same tree with, for each area, the one with what holds it and what it consists of."""
    return _each(criteria, lambda leaf: known[leaf] if isinstance(leaf, Area) else leaf)


def _each(criteria: Criteria, change: Callable[[Single], Single]) -> Criteria:
    match criteria:
        case All(parts):
            return All(tuple(_each(part, change) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_each(part, change) for part in parts))
        case Not(part):
            return Not(_each(part, change))
        case SameSite(inside):
            return SameSite(_each(inside, change))
    return change(criteria)
