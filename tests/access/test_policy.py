"""Every field and every argument of the schema has a class, and none that may be withheld must hold a value (A-1, A-4, A-5)."""

import pytest
from graphql import GraphQLInputObjectType, GraphQLNonNull, GraphQLObjectType, get_named_type, is_list_type

from api.policy import CLASSES, CRITERIA, FACETS, FREE, NOTHING, OF_FIELDS, OF_TYPES, ORDERS, PROPERTIES, ROOTS, WHOLE, Need, need_of
from graph.access import EVERYTHING, AccessRow, Scope
from graph.model import NODES, RELATIONS
from graph.search.facets import Facet
from graph.search.judging import Order
from tests.access.asking import SCHEMA, viewer

TYPES = {name: kind for name, kind in SCHEMA._schema.type_map.items() if isinstance(kind, GraphQLObjectType) and not name.startswith("__")}
FIELDS = [(name, field) for name, kind in TYPES.items() for field in kind.fields]
TOLD = {"OfferCriteria", "OfferOrder", "Facet", "TerritoryInput", "PersonInput"}  # types of arguments whose classes are checked (test_refusals.py)
SAID_BY_THEMSELVES = {  # arguments that name, page or date, and filter nothing by a class
    "ID", "String", "Int", "Float", "Boolean", "DateTime", "Date", "NodeKind", "ApplicationKind", "Near", "Origin", "UnknownAnswers", "TerritoryLevel",
    "Direction", "DecommissioningInput", "ReconciliationOutcome",
}  # fmt: skip


def test_every_field_has_a_class() -> None:
    assert [one for one in FIELDS if need_of(*one) is NOTHING] == []


def test_the_policy_names_what_there_is() -> None:
    assert {name for name, _ in OF_FIELDS} | set(OF_TYPES) == set(TYPES)
    assert set(OF_FIELDS) <= set(FIELDS)


def test_no_field_has_two_classes() -> None:
    assert len(OF_FIELDS) == sum(len(names.split()) for fields in CLASSES.values() for _, names in fields)
    assert len(OF_TYPES) == sum(len(names.split()) for _, names in WHOLE)


def test_a_field_without_a_class_is_for_who_sees_everything() -> None:
    assert need_of("Offer", "newField") is NOTHING
    assert NOTHING.is_met(EVERYTHING)
    assert [profile for profile in range(6) if not NOTHING.is_barred(viewer(profile))] == [1]
    assert NOTHING.is_barred(viewer(1, "84"))


def test_what_may_be_withheld_may_be_null_or_empty() -> None:
    """A type that is reached only through a root of the same scope is refused with it."""
    withheld = [(name, field) for name, field in OF_FIELDS if OF_FIELDS[name, field] != FREE and name not in ROOTS]
    kinds = {one: TYPES[one[0]].fields[one[1]].type for one in withheld}
    assert [one for one, kind in kinds.items() if isinstance(kind, GraphQLNonNull) and not is_list_type(kind.of_type)] == []


@pytest.mark.parametrize("name", [name for name, need in OF_TYPES.items() if need.scope is not None])
def test_a_type_of_a_scope_is_reached_through_fields_of_that_scope(name: str) -> None:
    leading = [(kind, field) for kind, field in FIELDS if get_named_type(TYPES[kind].fields[field].type).name == name]
    assert leading
    assert {need_of(*one).scope for one in leading} == {OF_TYPES[name].scope}


def test_every_criterion_order_and_facet_has_a_class() -> None:
    criteria = SCHEMA._schema.type_map["OfferCriteria"]
    assert isinstance(criteria, GraphQLInputObjectType)
    assert set(CRITERIA) == set(criteria.fields)
    assert set(ORDERS) == set(Order)
    assert set(FACETS) == set(Facet)
    assert set(PROPERTIES) <= set(RELATIONS) | {one for node in NODES.values() for one in node.names}


def test_every_argument_is_of_a_type_whose_class_is_known() -> None:
    arguments = {get_named_type(arg.type).name for kind in TYPES.values() for field in kind.fields.values() for arg in field.args.values()}
    assert arguments <= TOLD | SAID_BY_THEMSELVES


@pytest.mark.parametrize(
    ("need", "met", "barred"),
    [
        (Need((AccessRow.RESTRICTED,)), [1, 2, 4, 5], [0]),
        (Need((AccessRow.OFFER, AccessRow.BEDS)), [1, 2, 4], []),
        (Need((AccessRow.CRISIS,)), [1, 4], [0, 2, 3, 5]),
        (Need((AccessRow.CONTACT_1, AccessRow.CONTACT_2)), [1, 2, 5], [4]),
    ],
)
def test_a_need_is_met_where_all_rows_are_seen_and_barred_where_none_is(need: Need, met: list[int], barred: list[int]) -> None:
    assert [profile for profile in range(6) if need.is_met(viewer(profile))] == met
    assert [profile for profile in range(6) if need.is_barred(viewer(profile))] == barred


def test_a_scope_is_needed_whatever_the_profile() -> None:
    need = Need((AccessRow.OFFER,), Scope.RUNS)
    assert need.is_met(viewer(0))
    assert need.is_barred(viewer(1, scopes=frozenset({Scope.QUALITY})))
