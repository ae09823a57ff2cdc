"""Numbers as tables write them; what is no number of its kind is None."""

import math


def natural(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, in digits alone.

    >>> natural("012", 100), natural("-1", 100), natural("²", 100), natural("101", 100)
    (12, None, None, None)
    """
    digits = text.lstrip("0") or "0"
    if not (text.isascii() and text.isdecimal()) or len(digits) > len(str(most)):  # a text of 5,000 digits is not even converted
        return None
    return int(digits) if int(digits) <= most else None


def decimal(text: str, least: float, most: float) -> float | None:
    """A number from `least` to `most`, with a point.

    >>> decimal("46.25", -90, 90), decimal("46,25", -90, 90), decimal("nan", -90, 90)
    (46.25, None, None)
    """
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and least <= number <= most else None
