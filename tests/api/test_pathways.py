"""Pathways and their coverage through GraphQL over the sample (sample.py)."""

from tests.api.conftest import Served


def test_the_steps_of_every_pathway_are_one_question(served: Served) -> None:
    document = "{pathways {code name steps {code requirement place maxKm next {step}}}}"
    assert served.client.ask(document) == {
        "pathways": [
            {
                "code": "stroke",
                "name": "AVC",
                "steps": [
                    {"code": "emergency", "requirement": {"activity": ["TRE_R211-001"]}, "place": "TRAVEL", "maxKm": None, "next": [{"step": "unit"}]},
                    {"code": "unit", "requirement": {"activity": ["TRE_R211-356"]}, "place": "TRAVEL", "maxKm": 60.0, "next": []},
                ],
            }
        ]
    }
    assert served.asked == ["pathways", "pathway"]


def test_where_each_step_is_covered(served: Served) -> None:
    found = served.client.ask('{pathwayCoverage(code: "stroke") {profile perimeterLimited by cells {step territory territoryName state offers origins}}}')
    assert found["pathwayCoverage"] == {
        "profile": 1,
        "perimeterLimited": False,
        "by": "DEPARTMENT",
        "cells": [
            {"step": "emergency", "territory": "01", "territoryName": "Ain", "state": "COVERED", "offers": 1, "origins": ["DECLARED"]},
            {"step": "emergency", "territory": "69", "territoryName": "Rhône", "state": "NONE", "offers": 0, "origins": []},
            {"step": "unit", "territory": "01", "territoryName": "Ain", "state": "COVERED", "offers": 1, "origins": ["DECLARED"]},
            {"step": "unit", "territory": "69", "territoryName": "Rhône", "state": "COVERED", "offers": 1, "origins": ["DECLARED"]},
        ],
    }


def test_a_pathway_that_is_not_there_is_named_with_those_that_are(served: Served) -> None:
    assert served.client.refusal('{pathwayCoverage(code: "dialysis") {at}}') == ("NOT_FOUND", "code: no pathway 'dialysis'. There are: stroke.")


def test_gaps_come_in_pages_with_what_is_not_known(served: Served) -> None:
    document = """query ($after: String) {pathwayGaps(code: "stroke", step: "emergency", maxKm: 10, first: 1, after: $after) {
      totalCount abroadUnknown profile perimeterLimited steps {step maxKm communes none population}
      edges {node {commune state population nearest {id siteName distanceKm basis}}} pageInfo {hasNextPage endCursor}}}"""
    found = served.client.ask(document)["pathwayGaps"]
    after = found["pageInfo"].pop("endCursor")
    assert found == {
        "totalCount": 1,
        "abroadUnknown": False,
        "profile": 1,
        "perimeterLimited": False,
        "steps": [{"step": "emergency", "maxKm": 10.0, "communes": 2, "none": 1, "population": 520000}],
        "edges": [
            {
                "node": {
                    "commune": "69123",
                    "state": "NONE",
                    "population": 520000,
                    "nearest": {"id": "84/2", "siteName": "Site de Bourg", "distanceKm": 58.2, "basis": "SITE"},
                }
            }
        ],
        "pageInfo": {"hasNextPage": False},
    }
    assert served.client.ask(document, {"after": after})["pathwayGaps"]["edges"] == []


def test_a_step_without_limit_is_a_wrong_use(served: Served) -> None:
    code, says = served.client.refusal('{pathwayGaps(code: "stroke") {totalCount}}')
    assert (code, says.partition(":")[0], "emergency" in says, "unit" in says.partition("own:")[2]) == ("BAD_USER_INPUT", "maxKm", True, False)


def test_what_a_pathway_rests_on_and_loses(served: Served) -> None:
    found = served.client.ask("""{
      pathwayContinuity(code: "stroke", territory: {department: "69"}) {step kind id name offers possible {id}}
      pathwayLoss(code: "stroke", closing: ["1690000021"]) {steps {step maxKm farther extraKmMost closing {offer next {id distanceKm}} newGaps {commune}}
        cells {step department before after} withoutEffect}
    }""")
    assert found["pathwayContinuity"] == [
        {"step": "unit", "kind": "ENTITY", "id": "1010000001", "name": "CH de Bresse", "offers": ["84/3"], "possible": []},
        {"step": "unit", "kind": "SITE", "id": "1690000021", "name": "Site de Lyon", "offers": ["84/3"], "possible": []},
    ]
    step = {"step": "unit", "maxKm": 60.0, "farther": 1, "extraKmMost": 57.6, "closing": [{"offer": "84/3", "next": {"id": "84/1", "distanceKm": 58.4}}]}
    assert found["pathwayLoss"] == {
        "steps": [step | {"newGaps": []}],
        "cells": [{"step": "unit", "department": "69", "before": "COVERED", "after": "NONE"}],
        "withoutEffect": [],
    }


def test_members_of_a_pathway_and_pathways_of_an_offer(served: Served) -> None:
    document = '{pathways {members {id} steps {members {id}}} offer(id: "84/1") {pathways {pathway}} professional(id: "8") {pathways {pathway}}}'
    found = served.client.ask(document)
    assert found == {"pathways": [{"members": [], "steps": [{"members": []}, {"members": []}]}], "offer": {"pathways": []}, "professional": None}
