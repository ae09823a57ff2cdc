"""Values as both forms of a ROR write them: instants, days, times, numbers. Pure; what cannot be read raises `FieldFault` with the field's name.

A reason never holds the value of a personal field: whoever reads one says so, and no value is quoted.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

LONGEST_SHOWN: Final = 20  # characters of a value in a reason
KEPT: Final = 4096  # different instants and days remembered: a file repeats those of its last update


class FieldFault(Exception):
    """A field that makes its object unusable: its name as the format has it, and a whole sentence without personal data."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


@lru_cache(KEPT)
def _instant(text: str) -> str | None:
    try:
        when = datetime.fromisoformat(text if len(text) > 7 else f"{text}-01-01"[:10])
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        return when.astimezone(UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        return None


def instant(field: str, text: str) -> str:
    """An instant in UTC with milliseconds; a day or a month is its first moment, a time without zone is UTC.

    >>> instant("updated", "2023-12-20T10:00:00+01:00"), instant("updated", "2023-12")
    ('2023-12-20T09:00:00.000+00:00', '2023-12-01T00:00:00.000+00:00')
    """
    found = _instant(text.strip())
    if found is None:
        raise FieldFault(field, f"'{text[:LONGEST_SHOWN]}' is not an instant; it is written like 2023-12-20T10:00:00+01:00.")
    return found


@lru_cache(KEPT)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10] if len(text) > 7 else f"{text}-01-01"[:10])
    except ValueError:
        return None


def day(field: str, text: str) -> date:
    """The day that a date or an instant is written with, whatever its zone; the first one of a month or a year.

    >>> day("start", "2024-07-08T23:15:39+02:00"), day("start", "2024-07")
    (datetime.date(2024, 7, 8), datetime.date(2024, 7, 1))
    """
    found = _day(text.strip())
    if found is None:
        raise FieldFault(field, f"'{text[:LONGEST_SHOWN]}' is not a day; it is written like 2023-12-20.")
    return found


def time_of_day(field: str, text: str) -> str:
    """Hours and minutes. Seconds are left out: no ROR opens at one.

    >>> time_of_day("from", "09:00:00"), time_of_day("from", "9:00")
    ('09:00', '09:00')
    """
    hours, colon, rest = text.strip().partition(":")
    minutes = rest[:2]
    if not (colon and hours.isascii() and hours.isdecimal() and len(hours) <= 2 and len(minutes) == 2 and minutes.isascii() and minutes.isdecimal()):
        raise FieldFault(field, f"'{text[:LONGEST_SHOWN]}' is not a time; it is written like 09:30:00.")
    if int(hours) > 24 or int(minutes) > 59:
        raise FieldFault(field, f"'{text[:LONGEST_SHOWN]}' is not a time of a day.")
    return f"{hours.zfill(2)}:{minutes}"


def weekday(field: str, number: int) -> int:
    """1 is Monday, 7 Sunday."""
    if not 1 <= number <= 7:
        raise FieldFault(field, f"{str(number)[:LONGEST_SHOWN]} is not a day of the week: 1 is Monday, 7 is Sunday.")
    return number


def count(field: str, number: int) -> int:
    """A number of beds, places or devices."""
    if not 0 <= number < 1_000_000_000:
        raise FieldFault(field, f"{str(number)[:LONGEST_SHOWN]} is not a number of things: 0 or more.")
    return number


def confidentiality(field: str, code: str) -> int:
    """Level of TRE_R283: 1 open, 2 restricted, 3 very restricted."""
    if code not in {"1", "2", "3"}:
        raise FieldFault(field, f"'{code[:LONGEST_SHOWN]}' is not a level of confidentiality: 1, 2 or 3.")
    return int(code)


def coordinates(field: str, latitude: float, longitude: float) -> tuple[float, float]:
    """A point in WGS84, degrees."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise FieldFault(field, "The point does not lie on the Earth: latitude is -90 to 90, longitude -180 to 180.")
    return float(latitude), float(longitude)
