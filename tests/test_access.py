"""The access table of design/access.md."""

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
