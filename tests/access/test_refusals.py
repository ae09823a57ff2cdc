"""Questions that are refused: the same whatever the data, before any of it is read, in the order of A-8 (A-4, A-7, A-11)."""

from typing import Any

import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type, is_enum_type

from api.policy import need_of
from graph.access import EVERYTHING, Scope, Viewer
from tests.access.asking import SCHEMA, Geography, ask, is_refused, refusal, viewer

SEARCH = (
    "query($criteria: OfferCriteria!, $order: OfferOrder!, $first: Int!, $territory: TerritoryInput) "
    "{ searchOffers(criteria: $criteria, orderBy: $order, first: $first, territory: $territory) { totalCount } }"
)
ROOT = SCHEMA._schema.query_type
assert isinstance(ROOT, GraphQLObjectType)
SAMPLES: dict[str, str] = {
    "ID": '"x"', "String": '"x"', "Int": "1", "Float": "1.0", "DateTime": '"2026-01-01T00:00:00Z"', "OfferCriteria": "{}", "Near": '{commune: "69123"}',
    "DecommissioningInput": "{targets: []}", "TerritoryInput": '{region: "84"}', "PersonInput": "{}",
}  # fmt: skip


def root_document(name: str, **given: str) -> str:
    """A root field with its required arguments and those given."""
    assert isinstance(ROOT, GraphQLObjectType)
    field = ROOT.fields[name]
    arguments = {arg: sample(one.type) for arg, one in field.args.items() if isinstance(one.type, GraphQLNonNull) and one.default is None} | given
    text = ", ".join(f"{arg}: {value}" for arg, value in arguments.items())
    return f"{{ {name}{f'({text})' if text else ''} {'{ __typename }'} }}"


def sample(kind: Any) -> str:
    named = get_named_type(kind)
    value = next(iter(named.values)) if is_enum_type(named) else SAMPLES[named.name]
    return f"[{value}]" if "[" in str(kind) else value


def search(who: Viewer, criteria: dict[str, Any], order: str = "NAME", first: int = 1, territory: dict[str, str] | None = None) -> tuple[str, str]:
    return refusal(who, SEARCH, {"criteria": criteria, "order": order, "first": first, "territory": territory})


@pytest.mark.parametrize(
    ("criteria", "rows", "profiles"),
    [
        ({"act": ["TRE_R210-01"]}, "RESTRICTED", [0]),
        ({"specialisation": ["TRE_R245-01"]}, "RESTRICTED", [0]),
        ({"competence": ["TRE_R243-01"]}, "RESTRICTED", [0]),
        ({"equipment": [{"equipment": "TRE_R212-01"}]}, "RESTRICTED", [0]),
        ({"specialty": ["TRE_R38-SM54"]}, "STAFF_AMBULATORY or STAFF", [4]),
        ({"capacity": {"atLeast": 1}}, "BEDS", [0, 3, 5]),
        ({"capacity": {"atLeast": 1, "status": "TRE_R330-05"}}, "BEDS", [0, 3, 5]),
        ({"capacity": {"atLeast": 1, "status": "TRE_R330-01"}}, "", []),
        ({"capacity": {"atLeast": 1, "status": "TRE_R330-06"}}, "CRISIS", [0, 2, 3, 5]),
        ({"activity": ["TRE_R211-001"], "text": "lyon", "age": 3, "updatedSince": "2026-01-01T00:00:00Z"}, "", []),
    ],
)
def test_a_filter_on_a_class_withheld_everywhere_is_refused(criteria: dict[str, Any], rows: str, profiles: list[int]) -> None:
    variables = {"order": "NAME", "first": 1}
    assert [one for one in range(6) if is_refused(viewer(one), SEARCH, variables | {"criteria": criteria})] == profiles
    for one in profiles:
        code, message = search(viewer(one), criteria)
        (name,) = criteria
        assert (code, message) == ("FORBIDDEN", f"criteria.{name}: profile {one} sees nothing of the data class {rows}. Ask without it.")


@pytest.mark.parametrize("wrapped", [{"and": [{"act": ["A"]}]}, {"or": [{"text": "x"}, {"act": ["A"]}]}, {"not": {"act": ["A"]}}, {"sameSite": {"act": ["A"]}}])
def test_a_filter_is_refused_at_any_depth(wrapped: dict[str, Any]) -> None:
    assert search(viewer(0), wrapped)[0] == "FORBIDDEN"
    assert not is_refused(viewer(3), SEARCH, {"order": "NAME", "first": 1, "criteria": wrapped})  # M: UNKNOWN there


def test_orders_and_facets_of_a_withheld_class_are_refused() -> None:
    assert search(viewer(5), {}, order="AVAILABILITY") == (
        "FORBIDDEN", "orderBy: AVAILABILITY: profile 5 sees nothing of the data class BEDS. Ask without it."
    )  # fmt: skip
    facets = "{ searchOffers(criteria: {}, orderBy: NAME) { facets(by: [%s]) { count } } }"
    refused = {
        profile: [name for name in ("ACTIVITY", "ACT", "SPECIALISATION", "COMPETENCE", "SPECIALTY") if is_refused(viewer(profile), facets % name)]
        for profile in range(6)
    }
    assert refused == {0: ["ACT", "SPECIALISATION", "COMPETENCE"], 1: [], 2: [], 3: [], 4: ["SPECIALTY"], 5: []}


def test_constraints_of_a_person_are_criteria() -> None:
    person = '{constraints: [{step: "s", criteria: {act: ["A"]}}]}'
    for root in ("pathwayRoutes", "pathwayRefusal"):
        code, message = refusal(viewer(0), root_document(root, person=person))
        assert (code, message.partition(":")[0]) == ("FORBIDDEN", "person.constraints[0].criteria.act")


def test_differences_of_a_withheld_property_are_refused() -> None:
    document = '{ differences(source: "s", property: "comment") { edges { cursor } } }'
    assert [profile for profile in range(6) if is_refused(viewer(profile), document)] == [0]


TERRITORIAL = [name for name, one in ROOT.fields.items() if "territory" in one.args]


@pytest.mark.parametrize("root", TERRITORIAL)
@pytest.mark.parametrize("territory", ['{region: "93"}', '{department: "13"}', '{commune: "13055"}', '{postalCode: "13001"}'])
def test_a_territory_outside_the_perimeter_is_refused(root: str, territory: str) -> None:
    document = root_document(root, territory=territory)
    assert refusal(viewer(1, "84", "11"), document) == ("FORBIDDEN", "territory: it lies outside the perimeter of this caller, which is 11,84.")
    assert not is_refused(viewer(1, "84", "93"), document)
    assert not is_refused(viewer(0), document)


def test_a_territory_that_is_partly_inside_is_answered() -> None:
    for who in (viewer(1, "84"), viewer(1, "93")):
        assert not is_refused(who, root_document("searchOffers", territory='{healthTerritory: "T"}'))
    assert is_refused(viewer(1, "11"), root_document("searchOffers", territory='{healthTerritory: "T"}'))


def test_territories_are_asked_of_these_roots() -> None:
    assert TERRITORIAL == ["searchOffers", "pathwayCoverage", "pathwayGaps", "pathwayContinuity"]


def test_a_source_region_outside_the_perimeter_is_refused() -> None:
    code, message = search(viewer(1, "84"), {"not": {"sourceRegion": "93"}})
    assert (code, message.partition(":")[0]) == ("FORBIDDEN", "criteria.sourceRegion")
    assert not is_refused(viewer(1, "84"), SEARCH, {"order": "NAME", "first": 1, "criteria": {"sourceRegion": "84"}})


def test_near_is_answered() -> None:
    assert not is_refused(viewer(1, "84"), '{ searchOffers(criteria: {}, near: {commune: "13055"}) { totalCount } }')


@pytest.mark.parametrize("root", [name for name in ROOT.fields if need_of("Query", name).scope is not None])
def test_a_root_field_of_a_scope_is_refused_without_it(root: str) -> None:
    scope = need_of("Query", root).scope
    assert scope is not None
    without = viewer(1, scopes=frozenset(Scope) - {scope})
    assert refusal(without, root_document(root)) == ("FORBIDDEN", f"{root}: the scope {scope} is needed, and this caller does not have it.")
    assert not is_refused(viewer(1, scopes=frozenset({scope})), root_document(root))


def test_the_scopes_of_the_roots() -> None:
    assert isinstance(ROOT, GraphQLObjectType)
    scoped = {name: scope.value for name in ROOT.fields if (scope := need_of("Query", name).scope) is not None}
    runs = ("sources", "runs", "changes", "runChanges", "differences", "reconciliation")
    urbanisation = ("applications", "application", "interface", "dependencies")
    stops = ("decommissioningImpact", "decommissioningTimeline", "decommissioningPlan", "sensitivity", "readiness", "compareScenarios")
    assert scoped == {**dict.fromkeys((*urbanisation, *stops), "urbanisation"), **dict.fromkeys(runs, "runs")}


def test_the_criterion_in_anomaly_needs_the_scope_quality() -> None:
    without = viewer(1, scopes=frozenset({Scope.RUNS}))
    said = ("FORBIDDEN", "criteria: inAnomaly: the scope quality is needed, and this caller does not have it.")
    assert search(without, {"or": [{"inAnomaly": False}]}) == said
    assert refusal(without, "{ searchOffers(criteria: {not: {inAnomaly: true}}) { totalCount } }") == said
    assert not is_refused(viewer(0), SEARCH, {"order": "NAME", "first": 1, "criteria": {"inAnomaly": True}})


@pytest.mark.parametrize("who", [viewer(2), viewer(1, "84")])
def test_reconciliation_reads_every_class(who: Viewer) -> None:
    assert refusal(who, root_document("reconciliation"))[0] == "FORBIDDEN"


def test_the_first_failure_answers_alone_in_the_order_of_a_8() -> None:
    """Each question has the failure of its line and of all lines below."""
    who = viewer(0, "84", scopes=frozenset())
    scoped = {"criteria": {"act": ["A"], "inAnomaly": True}, "order": "AVAILABILITY", "first": 0, "territory": {"region": "93"}}
    plain = scoped | {"criteria": {"act": ["A"]}}
    deep = "{ " + " ".join(f"a{place}: sources {{ source }}" for place in range(20)) + " }"
    assert refusal(who, deep)[0] == "LIMIT_EXCEEDED"
    assert refusal(who, SEARCH, scoped)[1].startswith("criteria: inAnomaly: the scope quality")
    assert refusal(who, SEARCH, plain)[0] == "BAD_USER_INPUT"
    assert refusal(who, SEARCH, plain | {"first": 1})[1].startswith("territory: it lies outside")
    assert refusal(who, SEARCH, plain | {"first": 1, "territory": None})[1].startswith("criteria.act: profile 0")
    answered = ask(Geography(), who, SEARCH, {"criteria": {}, "order": "NAME", "first": 1})
    assert answered == {"data": {"searchOffers": {"totalCount": 0}}}


def test_the_operator_is_refused_nothing() -> None:
    assert isinstance(ROOT, GraphQLObjectType)
    everything = {"act": ["A"], "capacity": {"atLeast": 1, "status": "TRE_R330-06"}, "inAnomaly": True, "specialty": ["B"], "sourceRegion": "93"}
    assert not is_refused(EVERYTHING, SEARCH, {"criteria": everything, "order": "AVAILABILITY", "first": 1, "territory": {"region": "93"}})
    assert [name for name in ROOT.fields if is_refused(EVERYTHING, root_document(name))] == []
