"""What the clock says where an offer is: the local day, hour and public holiday of each zone of the country (S-4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import holidays

COUNTRY: Final = ZoneInfo("Europe/Paris")
MAINLAND: Final = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the country by the first digits of its communes: its clock, and its subdivision in `holidays`."""

    clock: ZoneInfo
    subdivision: str | None


ZONES: Final[Mapping[str, Zone]] = {
    MAINLAND: Zone(COUNTRY, None),
    "57": Zone(COUNTRY, "57"),
    "67": Zone(COUNTRY, "6AE"),
    "68": Zone(COUNTRY, "6AE"),
    "971": Zone(ZoneInfo("America/Guadeloupe"), "971"),
    "972": Zone(ZoneInfo("America/Martinique"), "972"),
    "973": Zone(ZoneInfo("America/Cayenne"), "973"),
    "974": Zone(ZoneInfo("Indian/Reunion"), "974"),
    "975": Zone(ZoneInfo("America/Miquelon"), "PM"),
    "976": Zone(ZoneInfo("Indian/Mayotte"), "976"),
    "977": Zone(ZoneInfo("America/Guadeloupe"), "BL"),
    "978": Zone(ZoneInfo("America/Guadeloupe"), "MF"),
}


def clocks(instant: datetime) -> list[dict[str, Any]]:
    """For each zone: `zone`, `time` (HH:MM), and of its day and the day before: the date, the day of the week (1 is Monday), whether a public holiday."""
    return [_clock(name, zone, instant.astimezone(zone.clock)) for name, zone in ZONES.items()]


def _clock(name: str, zone: Zone, local: datetime) -> dict[str, Any]:
    today = local.date()
    yesterday = today - timedelta(days=1)
    return {
        "zone": name, "time": f"{local:%H:%M}",
        "day": today, "weekday": today.isoweekday(), "holiday": _is_holiday(today, zone.subdivision),
        "before": yesterday, "weekday_before": yesterday.isoweekday(), "holiday_before": _is_holiday(yesterday, zone.subdivision),
    }  # fmt: skip


def _is_holiday(day: date, subdivision: str | None) -> bool:
    return day in _holidays(day.year, subdivision)


@lru_cache(maxsize=128)
def _holidays(year: int, subdivision: str | None) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", subdiv=subdivision, years=year))


def moment_of(at: date, now: datetime) -> datetime:
    """The instant of an answer of that day, which tells whether a count is fresh: now, or the end of a day that is not today's (clock of Paris)."""
    if at == now.astimezone(COUNTRY).date():
        return now
    return datetime.combine(at + timedelta(days=1), time(), COUNTRY)


def stamp(instant: datetime) -> str:
    """An instant as the graph writes it, so that texts compare like instants."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")
