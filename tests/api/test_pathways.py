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
