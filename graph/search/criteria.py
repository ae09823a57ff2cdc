"""Criteria over offers: a tree, parsed once at the edge from the words of clients (api/schema.graphql, OfferCriteria)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from graph.errors import BadInput, LimitExceeded
from graph.text import folded

DEPTH_LIMIT: Final = 6
VALUES_LIMIT: Final = 500


class Field(StrEnum):
    """Criteria whose values are codes of nomenclatures."""

    FIELD_OF_ACTIVITY = "fieldOfActivity"
    ACTIVITY = "activity"
    OFFER_TYPE = "offerType"
    CARE_MODE = "careMode"
    ESTABLISHMENT_CATEGORY = "establishmentCategory"


@dataclass(frozen=True, slots=True)
class Coded:
    """The offer has one of these codes, or a narrower one (S-1)."""

    field: Field
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The names of the offer or of its site hold every word, folded."""

    words: tuple[str, ...]


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


Leaf = Coded | Text | SameSite
Criteria = Leaf | All | AnyOf | Not


def parse(raw: Mapping[str, Any]) -> Criteria:
    """The tree that `raw` says: fields of one object are joined by AND, values of one field by OR.

    >>> parse({"activity": ["TRE_R211-356"], "not": {"text": "clinique"}})
    All(parts=(Coded(field=<Field.ACTIVITY: 'activity'>, codes=('TRE_R211-356',)), Not(part=Text(words=('clinique',)))))

    Raises BadInput, naming the field, for one that is not known or a value of another form; LimitExceeded beyond the depth of 6.
    """
    return _parse(raw, "criteria", 1)


def _parse(raw: object, where: str, depth: int) -> Criteria:
    if not isinstance(raw, Mapping):
        raise BadInput(f"{where}: an object of criteria is expected.")
    if depth > DEPTH_LIMIT:
        raise LimitExceeded(f"{where}: criteria are nested more than {DEPTH_LIMIT} deep, the limit.")
    parts = tuple(_part(name, value, f"{where}.{name}", depth) for name, value in raw.items() if value is not None)
    return parts[0] if len(parts) == 1 else All(parts)


def _part(name: str, value: object, where: str, depth: int) -> Criteria:
    reader = _READERS.get(name)
    if reader is None:
        raise BadInput(f"{where}: '{name}' is no criterion. There are {', '.join(_READERS)}.")
    return reader(value, where, depth)


def _coded(field: Field) -> "Reader":
    def read(value: object, where: str, _: int) -> Coded:
        codes = [value] if isinstance(value, str) else value
        if not isinstance(codes, Sequence) or not codes or not all(isinstance(code, str) and code for code in codes):
            raise BadInput(f"{where}: one code or a list of codes is expected, like TRE_R211-356.")
        if len(codes) > VALUES_LIMIT:
            raise LimitExceeded(f"{where}: {len(codes)} codes, the limit is {VALUES_LIMIT}.")
        return Coded(field, tuple(dict.fromkeys(codes)))

    return read


def _text(value: object, where: str, _: int) -> Text:
    words = tuple(folded([value]).split()) if isinstance(value, str) else ()
    if not words:
        raise BadInput(f"{where}: at least one word is expected.")
    return Text(words)


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
    **{field.value: _coded(field) for field in Field},
    "text": _text,
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
    return frozenset(code for part in nodes(criteria) if isinstance(part, Coded) for code in part.codes)


def widened(criteria: Criteria, narrower: Mapping[str, tuple[str, ...]]) -> Criteria:
    """The same tree with, beside each code, its narrower ones (S-1)."""
    match criteria:
        case Coded(field, given):
            return Coded(field, tuple(dict.fromkeys(wide for code in given for wide in (code, *narrower.get(code, ())))))
        case All(parts):
            return All(tuple(widened(part, narrower) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(widened(part, narrower) for part in parts))
        case Not(part):
            return Not(widened(part, narrower))
        case SameSite(inside):
            return SameSite(widened(inside, narrower))
        case Text():
            return criteria
