"""Days, periods and opening hours of the guide."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from graph.model.kinds import Value
from graph.record import Owned
from loaders.ror.building import hours, unique
from loaders.ror.fhir.readers import inside, listed, to, value_code_to, value_to
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, Wrong, array, content, integer, text
from loaders.ror.values import day, time_of_day, weekday

DAYS: Final[Mapping[str, int]] = MappingProxyType({"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7})


def period_days(start: str, end: str, path: str) -> Reader:
    """A Period as the days `start` and `end`."""
    shape = Shape(path, {"start": _day_to(start, f"{path}.start"), "end": _day_to(end, f"{path}.end")})
    return inside(shape)


def value_period(start: str, end: str, path: str) -> Reader:
    """An extension with a Period."""
    read = period_days(start, end, path)

    def reader(here: Here, into: Any, value: Any) -> None:
        read(here, into, content(here, value, "valuePeriod", path))

    return reader


def _day_to(name: str, path: str) -> Reader:
    return to(name, lambda value: day(path, text(value)))


def value_day(name: str, path: str) -> Reader:
    """An extension with a date or a dateTime."""

    def reader(here: Here, into: Any, value: Any) -> None:
        key = "valueDate" if "valueDate" in value else "valueDateTime"
        into[name] = day(path, text(content(here, value, key, path)))

    return reader


def hours_reader(path: str) -> Reader:
    """AvailableTime of an offer or a practice."""
    kind = value_code_to("type", "OpeningHours.type", f"{path}.extension.ror-available-time-type-of-time")
    number_path = f"{path}.extension.ror-available-time-number-days-of-week"
    shape = Shape(
        path,
        {
            "availableStartTime": to("from", lambda value: time_of_day(f"{path}.availableStartTime", text(value))),
            "availableEndTime": to("to", lambda value: time_of_day(f"{path}.availableEndTime", text(value))),
            "daysOfWeek": to("days", _days),
        },
        {
            "availabletimetypeoftime": kind,
            "healthcareserviceavailabletimetypeoftime": kind,
            "availabletimenumberdaysofweek": value_to("day", "valueInteger", number_path, lambda value: weekday(number_path, integer(value))),
            "availabletimeeffectiveopeningclosingdate": value_period(
                "effective_from", "effective_to", f"{path}.extension.ror-available-time-effective-opening-closing-date"
            ),
        },
    )
    return listed("hours", shape)


def _days(value: Any) -> list[int]:
    found = [DAYS.get(text(one)) for one in array(value)]
    if None in found:
        raise Wrong("A day of the week is mon, tue, wed, thu, fri, sat or sun.")
    return [one for one in found if one]


HOURS: Final = ("from", "to", "type", "effective_from", "effective_to")


def owned_hours(owner: str, into: Json) -> tuple[Owned, ...]:
    """The hours of an object: a line a day."""
    return unique(hours(owner, line) for one in into.get("hours", ()) for line in _lines(one))


def _lines(one: Json) -> list[dict[str, Value]]:
    rest: dict[str, Value] = {name: one.get(name) for name in HOURS}
    days: list[int | None] = [one["day"]] if "day" in one else one.get("days") or [None]
    return [{"day": number, **rest} for number in days]
