"""Search for offers through GraphQL over the sample (sample.py); the rules themselves are tested in tests/search."""

from typing import Any

import pytest

from tests.api.conftest import Served

SEARCH = """query S($criteria: OfferCriteria!, $near: Near, $territory: TerritoryInput, $unknowns: UnknownAnswers, $first: Int, $after: String) {
  searchOffers(criteria: $criteria, near: $near, territory: $territory, unknowns: $unknowns, first: $first, after: $after) {
    totalCount unknownCount unknownBy {criterion count} radiusKm profile perimeterLimited
    edges {match distanceKm distanceBasis node {id} reasons {criterion value label source}} pageInfo {hasNextPage hasPreviousPage endCursor}}}"""
UNITS = {"activity": ["TRE_R211-356"]}


def search(served: Served, **variables: Any) -> Any:
    return served.client.ask(SEARCH, variables)["searchOffers"]


def ids(found: Any) -> list[str]:
    return [edge["node"]["id"] for edge in found["edges"]]


def test_offers_near_a_commune_by_distance_with_their_reasons(served: Served) -> None:
    found = search(served, criteria=UNITS, near={"commune": "01053", "radiusKm": 100})
    assert [(edge["node"]["id"], edge["match"], edge["distanceKm"], edge["distanceBasis"]) for edge in found["edges"]] == [
        ("84/1", "TRUE", 0.6, "SITE"),
        ("84/3", "TRUE", 57.8, "SITE"),
    ]
    assert found["edges"][0]["reasons"] == [{"criterion": "activity", "value": "TRE_R211-356", "label": "Unité neurovasculaire", "source": "ror"}]
    assert (found["totalCount"], found["unknownCount"], found["unknownBy"]) == (2, 1, [{"criterion": "activity", "count": 1}])
    assert (found["radiusKm"], found["profile"], found["perimeterLimited"]) == (100.0, 1, False)


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"or": [UNITS, {"activity": ["TRE_R211-001"]}]}, ["84/1", "84/3", "84/2"]),
        ({"and": [UNITS, {"text": "lyon"}]}, ["84/3"]),
        ({"activity": ["TRE_R211-356"], "not": {"text": "lyon"}}, ["84/1"]),
        ({"activity": ["TRE_R211-356"], "sameSite": {"activity": ["TRE_R211-001"]}}, ["84/1"]),
        ({"activity": ["TRE_R211-356"], "establishmentCategory": ["TRE_R66-355"]}, ["84/1"]),
        ({"fieldOfActivity": ["TRE_R227-02"], "activity": ["TRE_R211-001"]}, ["84/2"]),
    ],
)
def test_a_tree_of_criteria(served: Served, criteria: dict[str, Any], expected: list[str]) -> None:
    assert ids(search(served, criteria=criteria)) == expected


def test_a_territory(served: Served) -> None:
    assert ids(search(served, criteria=UNITS, territory={"department": "69"})) == ["84/3"]


def test_unknown_offers_stand_last_where_they_are_asked_for(served: Served) -> None:
    found = search(served, criteria=UNITS, unknowns="INCLUDE")
    assert [(edge["node"]["id"], edge["match"]) for edge in found["edges"]] == [("84/1", "TRUE"), ("84/3", "TRUE"), ("84/4", "UNKNOWN")]


def test_the_next_page_goes_on_where_the_first_ended(served: Served) -> None:
    first = search(served, criteria=UNITS, first=1)
    second = search(served, criteria=UNITS, first=1, after=first["pageInfo"]["endCursor"])
    assert (ids(first), first["pageInfo"]["hasNextPage"], first["pageInfo"]["hasPreviousPage"]) == (["84/1"], True, False)
    assert (ids(second), second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (["84/3"], False, True)


def test_what_a_list_does_not_read_is_loaded_for_all_its_offers_at_once(served: Served) -> None:
    document = "query S($c: OfferCriteria!) {searchOffers(criteria: $c) {edges {node {id minAge codes {id} department {name}}}}}"
    assert served.client.ask(document, {"c": UNITS})["searchOffers"]["edges"] == [
        {"node": {"id": "84/1", "minAge": 18.0, "codes": [{"id": "TRE_R211-356"}], "department": {"name": "Ain"}}},
        {"node": {"id": "84/3", "minAge": 18.0, "codes": [{"id": "TRE_R211-356"}], "department": {"name": "Rhône"}}},
    ]
    assert served.asked.count("offers") == 1


@pytest.mark.parametrize(
    ("variables", "refusal"),
    [
        (
            {"criteria": {"activity": ["TRE_R211-999"]}},
            ("BAD_USER_INPUT", "criteria: no nomenclature that is loaded has TRE_R211-999. Codes are written like TRE_R211-356."),
        ),
        ({"criteria": UNITS, "near": {"latitude": 46.0}}, ("BAD_USER_INPUT", "near.longitude: a number of degrees between -180 and 180 is expected.")),
        (
            {"criteria": UNITS, "territory": {"department": "01", "region": "84"}},
            ("BAD_USER_INPUT", "territory: give one of region, department, commune, postalCode, healthTerritory; department, region was given."),
        ),
        ({"criteria": UNITS, "after": "x"}, ("BAD_USER_INPUT", "after: this is no cursor of an answer; take the endCursor of the page before.")),
        (
            {"criteria": UNITS, "first": 201},
            ("LIMIT_EXCEEDED", "first: 201 is above the page size, the limit is 200. Ask for the next page with `after`."),
        ),
    ],
)
def test_what_cannot_be_searched_is_said(served: Served, variables: dict[str, Any], refusal: tuple[str, str]) -> None:
    assert served.client.refusal(SEARCH, variables) == refusal


def test_an_instant_without_offset_is_refused(served: Served) -> None:
    code, message = served.client.refusal('{searchOffers(criteria: {text: "unv"}, at: "2026-06-30T08:00:00") {totalCount}}')
    assert (code, message) == ("BAD_USER_INPUT", "at: 2026-06-30T08:00:00 has no offset; write it like 2026-06-30T08:00:00+02:00.")


def test_facets_and_relaxations_are_read_only_where_they_are_asked_for(served: Served) -> None:
    asked = """query S($criteria: OfferCriteria!) {searchOffers(criteria: $criteria) {
      totalCount changed facets(by: [ACTIVITY]) {facet kind code label count} relaxations {criterion place radiusKm count emptied}}}"""
    found = served.client.ask(asked, {"criteria": UNITS | {"text": "nowhere"}})["searchOffers"]
    assert (found["totalCount"], found["changed"], found["facets"]) == (0, False, [])
    assert found["relaxations"] == [
        {"criterion": "activity", "place": 0, "radiusKm": None, "count": 0, "emptied": False},
        {"criterion": "text", "place": 1, "radiusKm": None, "count": 2, "emptied": True},
    ]


def test_a_facet_names_its_codes_and_what_is_not_described(served: Served) -> None:
    asked = "query S($criteria: OfferCriteria!) {searchOffers(criteria: $criteria) {facets(by: [ACTIVITY]) {kind code label count}}}"
    assert served.client.ask(asked, {"criteria": UNITS})["searchOffers"]["facets"][0] == {
        "kind": "CODE", "code": "TRE_R211-356", "label": "Unité neurovasculaire", "count": 2,
    }  # fmt: skip
