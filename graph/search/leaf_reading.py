"""Each leaf of a tree of criteria, from the words of clients (api/schema.graphql, OfferCriteria). All raise BadInput or LimitExceeded, naming the field."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from graph.errors import BadInput, LimitExceeded
from graph.search.leaves import (
    AVAILABLE,
    CURRENT,
    Age,
    AgeUnit,
    Area,
    Capacity,
    Coded,
    Equipment,
    Field,
    InAnomaly,
    OpenAt,
    Single,
    Stated,
    StatedField,
    Tariff,
    Text,
    UpdatedSince,
)  # fmt: skip
from graph.search.opening import stamp
from graph.search.territory import territory
from graph.text import folded

VALUES_LIMIT: Final = 500
WORDS_LIMIT: Final = 20
OLDEST_YEARS: Final = 200
OLDEST: Final = {AgeUnit.YEAR: OLDEST_YEARS, AgeUnit.MONTH: 12 * OLDEST_YEARS, AgeUnit.WEEK: 52 * OLDEST_YEARS, AgeUnit.DAY: 365 * OLDEST_YEARS}
FRESH_HOURS: Final = 24  # S-2, capacity

LeafReader = Callable[[object, str], Single]


def code_list(value: object, where: str) -> tuple[str, ...]:
    """One code or several, each once."""
    codes = [value] if isinstance(value, str) else value
    if not isinstance(codes, Sequence) or not codes or not all(isinstance(code, str) and code for code in codes):
        raise BadInput(f"{where}: one code or a list of codes is expected, like TRE_R211-356.")
    if len(codes) > VALUES_LIMIT:
        raise LimitExceeded(f"{where}: {len(codes)} codes, the limit is {VALUES_LIMIT}.")
    return tuple(dict.fromkeys(codes))


def age(value: object, unit: object, where: str) -> Age:
    """`age` and `ageUnit` of one object."""
    known = AgeUnit.__members__.get(str(unit))
    if known is None:
        raise BadInput(f"{where}Unit: the units of an age are {', '.join(AgeUnit.__members__)}.")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= OLDEST[known]:
        raise BadInput(f"{where}: a whole number between 0 and {OLDEST[known]} is expected, the completed age in {known.name}.")
    return Age(value, known)


def equipment(value: object, where: str) -> Equipment:
    """One EquipmentCriterion."""
    given = _given(value, where, ("equipment", "limit", "atLeast"), "equipment")
    limit, at_least = _code(given, "limit", where), _number(given, "atLeast", where)
    if (limit is None) != (at_least is None):
        raise BadInput(f"{where}: limit and atLeast are given together, or neither.")
    return Equipment(code_list(given["equipment"], f"{where}.equipment"), limit, at_least)


def leaf_readers() -> Mapping[str, LeafReader]:
    """By name of the criterion; `age` and `equipment` are read apart."""
    return {
        **{field.value: _coded(field) for field in Field},
        **{field.value: _stated(field) for field in StatedField},
        "openAt": lambda value, where: OpenAt(_instant(value, where)),
        "capacity": _capacity,
        "tariff": _tariff,
        "interventionArea": _area,
        "text": _text,
        "updatedSince": lambda value, where: UpdatedSince(stamp(_instant(value, where))),
        "inAnomaly": _in_anomaly,
    }


def _coded(field: Field) -> LeafReader:
    return lambda value, where: Coded(field, code_list(value, where))


def _stated(field: StatedField) -> LeafReader:
    return lambda value, where: Stated(field, _one_text(value, where))


def _one_text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{where}: one code is expected.")
    return value.strip()


def _text(value: object, where: str) -> Text:
    words = tuple(folded([value]).split()) if isinstance(value, str) else ()
    if not words:
        raise BadInput(f"{where}: at least one word is expected.")
    if len(words) > WORDS_LIMIT:
        raise LimitExceeded(f"{where}: {len(words)} words, the limit is {WORDS_LIMIT}.")
    return Text(words)


def _instant(value: object, where: str) -> datetime:
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise BadInput(f"{where}: '{str(value)[:40]}' is not an instant; write it like 2026-06-30T08:00:00+02:00.") from None
    if instant.tzinfo is None:
        raise BadInput(f"{where}: {instant.isoformat()} has no offset; write it like 2026-06-30T08:00:00+02:00.")
    return instant


def _area(value: object, where: str) -> Area:
    if not isinstance(value, Mapping):
        raise BadInput(f"{where}: a territory is expected, like {{department: 2A}}.")
    found = territory(value, where)
    return Area(found.level, found.code)


def _in_anomaly(value: object, where: str) -> InAnomaly:
    if not isinstance(value, bool):
        raise BadInput(f"{where}: true or false is expected.")
    return InAnomaly(value)


def _capacity(value: object, where: str) -> Capacity:
    given = _given(value, where, ("nature", "status", "moment", "gender", "closingType", "atLeast", "maxAgeHours"))
    at_least, hours = _whole(given, "atLeast", where, 1), _whole(given, "maxAgeHours", where, FRESH_HOURS)
    names = ("nature", "status", "moment", "gender", "closingType")
    nature, status, moment, gender, closing_type = (_code(given, name, where) for name in names)
    return Capacity(nature, status or AVAILABLE, moment or CURRENT, gender, closing_type, at_least, hours)


def _tariff(value: object, where: str) -> Tariff:
    given = _given(value, where, ("type", "atMost", "unit", "habitation", "condition", "dependency", "receptionMode"), "type", "atMost")
    at_most = _number(given, "atMost", where)
    assert at_most is not None  # _given says that it is there
    rest = (_code(given, name, where) for name in ("unit", "habitation", "condition", "dependency", "receptionMode"))
    return Tariff(_one_text(given["type"], f"{where}.type"), at_most, *rest)


def _given(value: object, where: str, names: Sequence[str], *needed: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInput(f"{where}: an object is expected, with {', '.join(names)}.")
    given = {name: one for name, one in value.items() if one is not None}
    unknown = given.keys() - set(names)
    if unknown:
        raise BadInput(f"{where}: '{min(unknown)}' is no part of it. There are {', '.join(names)}.")
    missing = [name for name in needed if name not in given]
    if missing:
        raise BadInput(f"{where}.{missing[0]}: a value is needed.")
    return given


def _code(given: Mapping[str, Any], name: str, where: str) -> str | None:
    return _one_text(given[name], f"{where}.{name}") if name in given else None


def _number(given: Mapping[str, Any], name: str, where: str) -> float | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        raise BadInput(f"{where}.{name}: a number of 0 or more is expected.")
    return float(value)


def _whole(given: Mapping[str, Any], name: str, where: str, absent: int) -> int:
    value = given.get(name, absent)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1_000_000:
        raise BadInput(f"{where}.{name}: a whole number between 1 and 1000000 is expected.")
    return value
