"""Dependencies and impact through GraphQL over the sample (sample.py); the rules themselves are tested in tests/impact."""

from typing import Any

import pytest

from tests.api.conftest import Served

IMPACT = """query I($input: DecommissioningInput!) {decommissioningImpact(input: $input) {
  asOf evaluatedOn targets {code date} score {value national byTerritory {territory value}}
  flows {code status use gaps missing confidence}
  applications {code name severity depth witness {code} territories {territory severity} restsOnDefault waitsFor}
  usages {code severity} steps {code severity} pathways {code severity} territories {code severity}
  unknowns {flowsWithoutClass ruptureByDefault}}}"""
STOP = {"asOf": "2026-01-15", "targets": [{"code": "ROR-ARA", "date": "2026-06-30"}]}


def test_what_the_stop_of_the_regional_ror_breaks(served: Served) -> None:
    hit = {"severity": "TO_MIGRATE"}
    assert served.client.ask(IMPACT, {"input": STOP})["decommissioningImpact"] == {
        "asOf": "2026-01-15",
        "evaluatedOn": "2026-06-30",
        "targets": [{"code": "ROR-ARA", "date": "2026-06-30"}],
        "score": {"value": 10.0, "national": 10.0, "byTerritory": [{"territory": "84", "value": 10.0}]},
        "flows": [{"code": "F1", "status": "SWITCH", "use": ["I-NAT"], "gaps": [], "missing": [], "confidence": "OBSERVED"}],
        "applications": [
            {
                "code": "VT",
                "name": "ViaTrajectoire",
                "severity": "TO_MIGRATE",
                "depth": 3,
                "witness": [{"code": "ROR-ARA"}, {"code": "I-ARA"}, {"code": "F1"}, {"code": "VT"}],
                "territories": [{"territory": "84", "severity": "TO_MIGRATE"}],
                "restsOnDefault": False,
                "waitsFor": [],
            }
        ],
        "usages": [{"code": "ORIENT"} | hit],
        "steps": [{"code": "unit"} | hit],
        "pathways": [{"code": "stroke"} | hit],
        "territories": [{"code": "84"} | hit],
        "unknowns": {"flowsWithoutClass": [], "ruptureByDefault": []},
    }


def test_the_stop_of_the_regional_ror_through_time(served: Served) -> None:  # I-31
    document = """query T($input: DecommissioningInput!) {decommissioningTimeline(input: $input) {asOf until targets {code} firstRupture lastLifted safeFrom
      moments {since until events {on what code} score national byTerritory {territory value} ruptures items {severity items} flows {status flows}}}}"""
    found = served.client.ask(document, {"input": STOP})["decommissioningTimeline"]
    assert (found["asOf"], found["targets"], found["firstRupture"], found["safeFrom"]) == ("2026-01-15", [{"code": "ROR-ARA"}], None, "2026-06-30")
    stopped = next(one for one in found["moments"] if {"on": "2026-06-30", "what": "STOPS", "code": "ROR-ARA"} in one["events"])
    assert stopped["items"] == [{"severity": "TO_MIGRATE", "items": 1}]
    assert (stopped["flows"], stopped["byTerritory"]) == ([{"status": "SWITCH", "flows": 1}], [{"territory": "84", "value": 10.0}])


def test_how_ready_the_regions_are(served: Served) -> None:  # I-36
    document = '{readiness(on: "2099-06-30") {application name regions stopsOn flows {status flows} ready ruptures score national}}'
    alone, together = served.client.ask(document)["readiness"]
    assert (alone["application"], alone["regions"], alone["stopsOn"], alone["ready"]) == ("ROR-ARA", ["84"], "2099-06-30", 0.0)
    assert alone["flows"] == [{"status": "SWITCH", "flows": 1}]
    assert together == alone | {"application": None, "name": None}


def test_two_scenarios_side_by_side(served: Served) -> None:  # I-38
    document = """query C($a: DecommissioningInput!, $b: DecommissioningInput!) {compareScenarios(a: $a, b: $b) {
      a {score national ruptures switches} b {score ruptures switches} items {application usage territory a b worse} flows {flow a b useA useB}
      territories {territory a b}}}"""
    closed = STOP | {"actions": [{"action": "RETIRE", "object": "ROR-NAT", "date": "2026-06-01"}]}
    found = served.client.ask(document, {"a": STOP, "b": closed})["compareScenarios"]
    assert (found["a"], found["b"]["ruptures"]) == ({"score": 10.0, "national": 10.0, "ruptures": 0, "switches": 1}, 1)
    assert found["items"][0] == {"application": "VT", "usage": "ORIENT", "territory": "84", "a": "TO_MIGRATE", "b": "RUPTURE", "worse": True}
    assert found["flows"] == [{"flow": "F1", "a": "SWITCH", "b": "BLOCKED", "useA": ["I-NAT"], "useB": []}]
    alike = served.client.ask(document, {"a": STOP, "b": STOP})["compareScenarios"]
    assert (alike["items"], alike["flows"], alike["territories"]) == ([], [], [{"territory": "84", "a": 10.0, "b": 10.0}])


def test_the_order_of_work_and_its_dates(served: Served) -> None:  # I-28 to I-30
    document = """query P($input: DecommissioningInput!) {decommissioningPlan(input: $input) {
      asOf targets {code} fewest {possible ruptures lifted proved atLeast gaps left {application} switches {flow to lifts alternatives {flow to gaps}}}
      waves {number groups {applications after startsOn endsOn moves {flow to gaps days endsOn critical}}} blockers {gap}
      effort {region switches gaps days fewest} missingDurations lostOrPart earliestFeasible criticalPath {flow}
      worseActions {place action object date better score scoreWithout worse {application a b}}}}"""
    found = served.client.ask(document, {"input": STOP | {"durations": {"switch": 5}}})["decommissioningPlan"]
    assert found["fewest"] == {
        "possible": 1, "ruptures": 1, "lifted": ["VT/ORIENT@84"], "proved": True, "atLeast": 1, "gaps": 0, "left": [],
        "switches": [{"flow": "F1", "to": "I-NAT", "lifts": ["VT/ORIENT@84"], "alternatives": []}],
    }  # fmt: skip
    moved = {"flow": "F1", "to": "I-NAT", "gaps": [], "days": 5, "endsOn": "2026-01-20", "critical": True}
    group = {"applications": ["VT"], "after": [], "startsOn": "2026-01-15", "endsOn": "2026-01-20", "moves": [moved]}
    assert found["waves"] == [{"number": 1, "groups": [group]}]
    assert (found["earliestFeasible"], found["missingDurations"], found["criticalPath"], found["blockers"]) == ("2026-01-20", [], [{"flow": "F1"}], [])
    assert found["effort"][-1] == {"region": None, "switches": 1, "gaps": 0, "days": 5, "fewest": 1}
    closed = STOP | {"actions": [{"action": "RETIRE", "object": "ROR-NAT", "date": "2026-06-01"}]}
    found = served.client.ask(document, {"input": closed})["decommissioningPlan"]
    assert [(one["place"], one["action"], one["object"], one["score"], one["scoreWithout"]) for one in found["worseActions"]] == [
        ("actions[0]", "retire", "ROR-NAT", 100.0, 10.0)
    ]
    assert (found["waves"], found["lostOrPart"], found["earliestFeasible"]) == ([], ["VT/ORIENT@84"], None)


def test_what_to_verify_first(served: Served) -> None:  # I-34
    document = """query S($input: DecommissioningInput!) {sensitivity(input: $input) {score national notExamined examined {doubt facts}
      effects {doubt subject holders {application owner} score national territory scoreDifference items {application usage territory a b worse}}}}"""
    found = served.client.ask(document, {"input": STOP})["sensitivity"]
    assert (found["score"], found["notExamined"]) == (10.0, 0)
    assert [one["doubt"] for one in found["examined"]] == ["INFERRED_FLOW", "PRESUMED_SOURCE", "CLASS_NOT_CARRIED", "CLASS_NOT_ESSENTIAL"]


ACTIONS = [
    {"action": "SWITCH", "object": "F1", "date": "2026-06-01", "to": "I-NAT"},
    {"action": "OPEN", "object": "I-NEW", "date": "2026-06-01", "exposedBy": "ROR-NAT", "serves": [{"code": "OFFER"}], "perimeter": ["NATIONAL"]},
    {"action": "EXTEND", "object": "I-NAT", "date": "2026-06-01", "serves": [{"code": "OFFER", "attributes": ["beds"]}]},
    {"action": "ENTER", "object": "ROR-NAT", "date": "2026-06-01", "classes": ["OFFER"], "regions": ["84"]},
    {"action": "ADMIT", "object": "VT", "date": "2026-06-01", "trustCircle": "NAT"},
    {"action": "PROFILE", "object": "VT", "date": "2026-06-01", "accessProfile": 2},
    {"action": "PERIMETER", "object": "VT", "date": "2026-06-01", "perimeter": ["84"]},
    {"action": "RETIRE", "object": "ROR-ARA", "date": "2026-06-01"},
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action["action"])
def test_each_action_of_a_scenario_is_understood(served: Served, action: dict[str, Any]) -> None:
    assert served.client.ask(IMPACT, {"input": STOP | {"actions": [action]}})["decommissioningImpact"]["evaluatedOn"] == "2026-06-30"


def test_a_flow_that_a_scenario_switches_is_no_longer_to_move(served: Served) -> None:
    impact = served.client.ask(IMPACT, {"input": STOP | {"actions": ACTIONS[:1]}})["decommissioningImpact"]
    assert ([(flow["code"], flow["status"], flow["use"]) for flow in impact["flows"]], impact["score"]["value"]) == ([("F1", "READY", ["F1>I-NAT"])], 0.0)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"targets": []}, "targets: at least one application or interface that stops is needed."),
        (
            {"targets": [{"code": "ROR-XXX", "date": "2026-06-30"}]},
            "targets[0].code: ROR-XXX is not an application or interface of the inventory.",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_names_its_field(served: Served, asked: dict[str, Any], message: str) -> None:
    assert served.client.refusal(IMPACT, {"input": asked}) == ("BAD_USER_INPUT", message)


def test_two_questions_read_the_inventory_once(served: Served) -> None:
    document = 'query {a: decommissioningImpact(input: {targets: [{code: "ROR-ARA", date: "2099-06-30"}]}) {evaluatedOn} '
    document += 'b: decommissioningImpact(input: {targets: [{code: "I-ARA", date: "2099-06-30"}]}) {evaluatedOn}}'
    served.client.ask(document)
    assert served.asked.count("inventory_flows") == 1


DEPENDENCIES = """query D($code: ID!, $direction: Direction!, $depth: Int!) {
  dependencies(code: $code, direction: $direction, depth: $depth) {kind nodes {code kind depth witness {relation start end forward}}}}"""


def test_what_depends_on_an_application_up_to_an_exact_depth(served: Served) -> None:
    found = served.client.ask(DEPENDENCIES, {"code": "ROR-ARA", "direction": "DOWNSTREAM", "depth": 2})["dependencies"]
    exposed = {"relation": "EXPOSED_BY", "start": "I-ARA", "end": "ROR-ARA", "forward": False}
    called = {"relation": "CALLS", "start": "F1", "end": "I-ARA", "forward": False}
    deployed = {"relation": "DEPLOYED_IN", "start": "ROR-ARA", "end": "84", "forward": True}
    assert found == {
        "kind": "Application",
        "nodes": [
            {"code": "I-ARA", "kind": "Interface", "depth": 1, "witness": [exposed]},
            {"code": "84", "kind": "Region", "depth": 1, "witness": [deployed]},
            {"code": "F1", "kind": "Flow", "depth": 2, "witness": [exposed, called]},
        ],
    }


def test_a_depth_above_the_limit_is_refused(served: Served) -> None:
    asked = {"code": "ROR-ARA", "direction": "UPSTREAM", "depth": 51}
    assert served.client.refusal(DEPENDENCIES, asked) == ("BAD_USER_INPUT", "depth: 51 is not between 1 and 50.")
