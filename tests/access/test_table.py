"""The access table of docs/access.md."""

import re
from pathlib import Path

import pytest

from graph.access import ACCESS, AccessRow, sees_anything


def test_the_table_is_that_of_the_policy() -> None:
    assert {row.value: "".join(marks) for row, marks in ACCESS.items()} == {
        "OFFER": "yyyyyy",
        "RESTRICTED": "-yyMyy",
        "BEDS": "-yy-y-",
        "CRISIS": "-y--y-",
        "SENSITIVE": "-y--y-",
        "STAFF_AMBULATORY": "yyyy-y",
        "STAFF": "-yyM-y",
        "CONTACT_1": "yyyy-y",
        "CONTACT_2": "-yyM-y",
        "CONTACT_3": "-y----",
    }


def test_the_page_shows_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "access.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| ([A-Z_0-9]+) \| [^|]+ \| \d \| (.+) \|$", page, re.MULTILINE)
    assert [(row, marks.split(" | ")) for row, marks in shown] == [(row.value, [mark.value for mark in marks]) for row, marks in ACCESS.items()]


@pytest.mark.parametrize(
    ("rows", "profiles"),
    [
        ((AccessRow.BEDS,), [1, 2, 4]),
        ((AccessRow.CONTACT_1, AccessRow.CONTACT_2, AccessRow.CONTACT_3), [0, 1, 2, 3, 5]),
        ((AccessRow.STAFF,), [1, 2, 3, 5]),
        ((), [1]),
    ],
    ids=["one row", "any of several rows", "M counts as seen", "a class without a row is withheld from all but profile 1"],
)
def test_profiles_that_see_anything(rows: tuple[AccessRow, ...], profiles: list[int]) -> None:  # A-1, I-16
    assert [profile for profile in range(6) if sees_anything(rows, profile)] == profiles
