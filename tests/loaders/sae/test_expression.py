"""The language of the SAE mapping: what holds, what has no value, what is refused."""

from decimal import Decimal

import pytest

from loaders.sae.expression import BadExpression, Join, NotANumberError, Scope, parse_condition, parse_sum

ROW = {"LIT": "12", "PLA": "0", "JOU": "", "ETP": "2,5", "GDE": "SSR_A50"}


def holds(condition: str, joined: str = "") -> bool:
    return parse_condition(condition).evaluate(Scope(ROW, lambda _: joined))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("always", True),
        ("LIT > 0", True),
        ("lit >= 12 and LIT <= 12", True),
        ("LIT != 12", False),
        ("PLA > 0", False),
        ("ETP = 2.5", True),
        ("LIT - PLA = 12", True),
        ("GDE = 'SSR_A50'", True),
        ("GDE != 'SSR_A50'", False),
        ("LIT < PLA or GDE = 'SSR_A50'", True),
        ("not LIT > 0 or LIT > 0 and PLA > 0", False),
        ("not (LIT > 0 and PLA > 0)", True),
    ],
)
def test_a_condition_holds_on_a_row(condition: str, expected: bool) -> None:
    assert holds(condition) is expected


@pytest.mark.parametrize("comparison", ["JOU = 0", "JOU != 0", "JOU >= 0", "JOU < 1", "JOU + LIT > 0", "JOU = 'x'", "JOU != 'x'"])
def test_a_comparison_with_an_empty_field_is_false(comparison: str) -> None:
    assert not holds(comparison)


def test_denying_a_comparison_with_an_empty_field_holds() -> None:
    assert holds("not JOU = 1")


@pytest.mark.parametrize(("joined", "expected"), [("20", True), ("8", False), ("", False)], ids=["more", "less", "no such row"])
def test_a_column_of_another_table_is_read_for_the_site(joined: str, expected: bool) -> None:
    assert holds("REA[UNI='SIUNV'].LIT > LIT", joined) is expected


def test_an_expression_tells_what_it_reads() -> None:
    parsed = parse_sum("LIT_UNV - REA[UNI='SIUNV'].LIT + mcoavc.unv")
    joined = frozenset({Join("REA", "LIT", "UNI", "SIUNV"), Join("MCOAVC", "UNV")})
    assert (parsed.columns, parsed.joins) == (frozenset({"LIT_UNV"}), joined)


def test_a_sum_with_an_empty_field_has_no_value() -> None:
    assert [parse_sum(text).evaluate(Scope(ROW, lambda _: "")) for text in ("LIT + ETP", "LIT - JOU")] == [Decimal("14.5"), None]


@pytest.mark.parametrize("text", ["douze", "1e3", "NaN", "1 000", "٣"])
def test_what_is_not_a_plain_number_is_not_counted(text: str) -> None:
    with pytest.raises(NotANumberError, match=r"^LIT: "):
        parse_condition("LIT > 0").evaluate(Scope({"LIT": text}, lambda _: ""))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LIT",
        "LIT >",
        "LIT > 0 and",
        "(LIT > 0",
        "LIT > 0)",
        "LIT == 0",
        "LIT > 'a'",
        "and > 0",
        "REA[UNI='X' LIT > 0",
        "REA[UNI=SIUNV].LIT > 0",
        "LIT > 0; JOU",
        "__import__('os')",
    ],
)
def test_what_is_not_of_the_language_is_refused(text: str) -> None:
    with pytest.raises(BadExpression):
        parse_condition(text)
