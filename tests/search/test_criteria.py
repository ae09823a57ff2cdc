"""Criteria as clients write them."""

from typing import Any

import pytest

from graph.errors import BadInput, LimitExceeded
from graph.search.criteria import All, AnyOf, Not, SameSite, parse, widened
from graph.search.leaves import Coded, Field, Text
from graph.search.place import near
from graph.search.territory import territory


def test_fields_are_joined_by_and_and_values_by_or() -> None:
    assert parse({"activity": ["A-1", "A-2"], "careMode": "M-1"}) == All((Coded(Field.ACTIVITY, ("A-1", "A-2")), Coded(Field.CARE_MODE, ("M-1",))))


def test_a_tree_is_read_whole() -> None:
    raw = {"or": [{"text": "Élan vital"}, {"sameSite": {"not": {"offerType": ["T-1"]}}}]}
    assert parse(raw) == AnyOf((Text(("elan", "vital")), SameSite(Not(Coded(Field.OFFER_TYPE, ("T-1",))))))


def test_no_criterion_is_true_for_every_offer() -> None:
    assert parse({"activity": None}) == All(())


def test_narrower_codes_stand_beside_their_code() -> None:
    assert widened(parse({"activity": ["A-1"]}), {"A-1": ("A-11",)}) == Coded(Field.ACTIVITY, ("A-1", "A-11"))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (
            {"and": [{"colour": ["x"]}]},
            (
                "criteria.and[0].colour: 'colour' is no criterion. There are fieldOfActivity, activity, offerType, careMode, establishmentCategory, act, "
                "specialisation, public, competence, expertiseLevel, receptionModality, receptionType, maternityType, specialty, sourceRegion, "
                "psychiatrySector, openAt, capacity, tariff, interventionArea, text, updatedSince, inAnomaly, age, equipment, sameSite, and, or, not."
            ),
        ),
        ({"activity": []}, "criteria.activity: one code or a list of codes is expected, like TRE_R211-356."),
        ({"activity": [3]}, "criteria.activity: one code or a list of codes is expected, like TRE_R211-356."),
        ({"or": []}, "criteria.or: a list of at least one object of criteria is expected."),
        ({"text": " , "}, "criteria.text: at least one word is expected."),
        ({"not": "x"}, "criteria.not: an object of criteria is expected."),
        ({"ageUnit": "YEAR"}, "criteria.ageUnit: a unit needs an age; give age."),
        ({"age": 3, "ageUnit": "CENTURY"}, "criteria.ageUnit: the units of an age are YEAR, MONTH, WEEK, DAY."),
        ({"age": -1}, "criteria.age: a whole number between 0 and 200 is expected, the completed age in YEAR."),
        ({"openAt": "2026-06-01T08:00:00"}, "criteria.openAt: 2026-06-01T08:00:00 has no offset; write it like 2026-06-30T08:00:00+02:00."),
        ({"openAt": "soon"}, "criteria.openAt: 'soon' is not an instant; write it like 2026-06-30T08:00:00+02:00."),
        ({"capacity": {"beds": 3}}, "criteria.capacity: 'beds' is no part of it. There are nature, status, moment, gender, closingType, atLeast, maxAgeHours."),
        ({"tariff": {"type": "TA-1"}}, "criteria.tariff.atMost: a value is needed."),
        ({"equipment": [{"equipment": "E-1", "limit": "L-1"}]}, "criteria.equipment[0]: limit and atLeast are given together, or neither."),
        (
            {"interventionArea": {"town": "x"}},
            "criteria.interventionArea: give one of region, department, commune, postalCode, healthTerritory; town was given.",
        ),
        ({"inAnomaly": "yes"}, "criteria.inAnomaly: true or false is expected."),
        ({"sameSite": {"sameSite": {"text": "x"}}}, "criteria.sameSite: sameSite inside sameSite says nothing more: join the criteria with and."),
    ],
)
def test_what_is_no_criterion_is_named(raw: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as problem:
        parse(raw)
    assert str(problem.value) == says


def test_criteria_are_at_most_six_deep() -> None:
    raw: dict[str, Any] = {"text": "x"}
    for _ in range(6):
        raw = {"not": raw}
    with pytest.raises(LimitExceeded, match="more than 6 deep"):
        parse(raw)


@pytest.mark.parametrize(
    "raw", [{}, {"latitude": 1.0, "longitude": 2.0, "commune": "x"}, {"latitude": 91.0, "longitude": 0.0}, {"commune": "x", "radiusKm": 0}]
)
def test_a_place_is_a_point_or_a_commune(raw: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"^near"):
        near(raw)


@pytest.mark.parametrize("raw", [{}, {"region": "84", "department": "01"}, {"postal_code": "01000"}])
def test_a_territory_is_one_code(raw: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"^territory: give one of region, department, commune, postalCode, healthTerritory"):
        territory(raw)


def test_the_departments_of_corsica_have_their_insee_code() -> None:
    assert territory({"department": "20A"}).code == "2A"


def test_a_tree_holds_500_values_at_most() -> None:
    with pytest.raises(LimitExceeded) as problem:
        parse({"or": [{"activity": [f"A-{n}" for n in range(300)]}, {"activity": [f"B-{n}" for n in range(201)]}]})
    assert str(problem.value) == "criteria: 501 values in the whole tree, the limit is 500."
