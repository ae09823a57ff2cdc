"""Routes of a pathway through GraphQL over the sample (sample.py)."""

from tests.api.conftest import Served


def test_a_route_tells_each_step_with_its_terms(served: Served) -> None:
    document = """{pathwayRoutes(code: "stroke", from: {commune: "01053"}, k: 1, at: "2026-06-01T08:00:00+02:00") {
      rank cost unknowns entities weights {weight km} steps {step condition offer {id} legKm road delay terms {weight count km}}}}"""
    (route,) = served.client.ask(document)["pathwayRoutes"]
    assert len(route.pop("weights")) == 8
    assert route == {}


def test_no_route_is_explained(served: Served) -> None:
    document = """{pathwayRefusal(code: "stroke", from: {commune: "01053", radiusKm: 1}, person: {constraints: [{step: "unit", criteria: {not: {activity: ["TRE_R211-356"]}}}]}) {
      step cause limitKm nearest counts {cause offers} message}}"""
    assert served.client.ask(document) == {}


def test_a_place_must_be_given(served: Served) -> None:
    assert served.client.refusal('{pathwayRoutes(code: "stroke", from: {}) {rank}}') == (
        "BAD_USER_INPUT", "near: give either latitude and longitude, or commune (its INSEE code).",
    )  # fmt: skip
