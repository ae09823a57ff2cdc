"""Routes of a pathway through GraphQL over the sample (sample.py)."""

from tests.api.conftest import Served


def test_a_route_tells_each_step_with_its_terms(served: Served) -> None:
    document = """{pathwayRoutes(code: "stroke", from: {commune: "01053"}, k: 1, at: "2026-06-01T08:00:00+02:00") {
      rank cost unknowns entities weights {weight km} steps {step terms {weight km}}}}"""
    (route,) = served.client.ask(document)["pathwayRoutes"]
    assert (route["rank"], route["cost"], route["unknowns"], route["entities"], len(route["weights"])) == (1, 0.636, 0, 1, 8)
    terms = [(step["step"], term["weight"]) for step in route["steps"] for term in step["terms"]]
    assert terms == [("emergency", "LEG"), ("unit", "LEG")]
    assert round(sum(term["km"] for step in route["steps"] for term in step["terms"]), 3) == route["cost"]


def test_no_route_is_explained(served: Served) -> None:
    document = """{pathwayRefusal(code: "stroke", from: {commune: "01053"}, person: {constraints: [{step: "unit", criteria: {text: "nulle part"}}]}) {
      step cause limitKm nearest counts {cause}}}"""
    assert served.client.ask(document)["pathwayRefusal"] == {
        "step": "unit", "cause": "NOT_FOR_PERSON", "limitKm": None, "nearest": None, "counts": [{"cause": "NOT_FOR_PERSON"}],
    }  # fmt: skip


def test_a_place_must_be_given(served: Served) -> None:
    assert served.client.refusal('{pathwayRoutes(code: "stroke", from: {}) {rank}}') == (
        "BAD_USER_INPUT", "near: give either latitude and longitude, or commune (its INSEE code).",
    )  # fmt: skip


def test_the_unit_of_an_age_is_that_of_the_person(served: Served) -> None:
    asked = '{{pathwayRoutes(code: "stroke", from: {{commune: "01053"}}, k: 1, person: {{age: 1000, ageUnit: {}}}) {{rank}}}}'
    assert served.client.refusal(asked.format("YEAR")) == (
        "BAD_USER_INPUT",
        "criteria.age: a whole number between 0 and 200 is expected, the completed age in YEAR.",
    )
    assert [route["rank"] for route in served.client.ask(asked.format("MONTH"))["pathwayRoutes"]] == [1]
