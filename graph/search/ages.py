"""A completed age in other units (S-2): the range that it may be, since months and years have no fixed number of days."""

from typing import Final

from graph.search.leaves import AgeUnit

# The fewest and the most days that so many months in a row have.
FEWEST: Final = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
MOST: Final = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)
MONTHS: Final = {AgeUnit.YEAR: 12, AgeUnit.MONTH: 1}
DAYS: Final = {AgeUnit.WEEK: 7, AgeUnit.DAY: 1}


def completed(age: int, unit: AgeUnit, other: AgeUnit) -> tuple[int, int]:
    """The least and the greatest completed age in `other` of a person of `age` in `unit`.

    >>> completed(1, AgeUnit.YEAR, AgeUnit.MONTH), completed(30, AgeUnit.DAY, AgeUnit.MONTH)
    ((12, 23), (0, 1))
    """
    if unit in MONTHS and other in MONTHS:
        return age * MONTHS[unit] // MONTHS[other], ((age + 1) * MONTHS[unit] - 1) // MONTHS[other]
    least, greatest = _days(age, unit)[0], _days(age + 1, unit)[1] - 1
    return _whole(least, other, 1), _whole(greatest, other, 0)


def _days(age: int, unit: AgeUnit) -> tuple[int, int]:
    """The fewest and the most days after which a person has completed this age."""
    if unit in DAYS:
        return age * DAYS[unit], age * DAYS[unit]
    years, months = divmod(age * MONTHS[unit], 12)
    return 365 * years + years // 4 + FEWEST[months], 365 * years + (years + 3) // 4 + MOST[months]


def _whole(days: int, unit: AgeUnit, bound: int) -> int:
    """How many units are completed after so many days: surely (bound 1) or perhaps (bound 0)."""
    found = days // 28 if unit is AgeUnit.MONTH else days // 365 if unit is AgeUnit.YEAR else days // DAYS[unit]
    while _days(found, unit)[bound] > days:
        found -= 1
    return found
