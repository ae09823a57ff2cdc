"""The schema as a whole: its text, its names, and the answers of graph that it shows."""

import dataclasses
from collections.abc import Iterator

import pytest
import strawberry
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType
from strawberry.types.base import get_object_definition

from api.schema import (
    SDL,
    applications,
    base,
    catalogue,
    changes,
    continuity,
    dependencies,
    differences,
    gaps,
    hanging,
    impact,
    membership,
    offers,
    pathways,
    practising,
    reconciliation,
    routes,
    sdl,
    search,
    structures,
    units,
)
from api.schema.found import FoundOffer
from graph import changes as graph_changes
from graph import dependencies as graph_dependencies
from graph import finding, history, inside, loads, offering, referential, sayings, urbanisation
from graph import hanging as graph_hanging
from graph import practising as graph_practising
from graph.impact import verdict
from graph.pathways import continuity as graph_continuity
from graph.pathways import cost, coverage, loss, meeting, nearest, pathway, refusals
from graph.pathways import gaps as graph_gaps
from graph.pathways import membership as graph_membership
from graph.pathways import routes as graph_routes
from graph.reconciliation import answer as reconciled
from graph.reconciliation import matching, stated
from graph.search import offers as graph_offers

VIEWS = [
    (structures.LegalEntity, referential.LegalEntity),
    (structures.GeographicEntity, referential.GeographicEntity),
    (offers.Offer, offering.Offer),
    (offers.OfferSite, offering.OfferSite),
    (offers.OfferEntity, offering.OfferEntity),
    (offers.CodeOf, offering.CodeOf),
    (offers.Area, offering.Area),
    (hanging.Contact, graph_hanging.Contact),
    (hanging.Telecom, graph_hanging.Telecom),
    (hanging.OpeningHours, graph_hanging.Hours),
    (hanging.Tariff, graph_hanging.Tariff),
    (hanging.Capacity, graph_hanging.Capacity),
    (hanging.Equipment, graph_hanging.HeldCode),
    (hanging.Housing, graph_hanging.HeldCode),
    (hanging.Specialty, graph_hanging.HeldCode),
    (units.OrganisationalUnit, inside.OrganisationalUnit),
    (units.Location, inside.Location),
    (units.Authorisation, inside.Authorisation),
    (units.HealthTerritory, inside.HealthTerritory),
    (practising.Professional, graph_practising.Professional),
    (practising.Practice, graph_practising.Practice),
    (base.Coded, referential.Coded),
    (base.Named, referential.Named),
    (base.Place, offering.Place),
    (base.Stamps, referential.Stamps),
    (pathways.Passage, pathway.Passage),
    (pathways.Step, pathway.Step),
    (pathways.Pathway, pathway.Pathway),
    (pathways.Pathway, pathway.PathwayHead),
    (pathways.StepCoverage, coverage.StepCoverage),
    (pathways.PathwayCoverage, coverage.PathwayCoverage),
    (continuity.SinglePoint, graph_continuity.SinglePoint),
    (continuity.LostCell, loss.LostCell),
    (continuity.NextBest, loss.NextBest),
    (continuity.StepLoss, loss.StepLoss),
    (continuity.PathwayLoss, loss.PathwayLoss),
    (membership.Member, graph_membership.Member),
    (membership.MeetingMember, meeting.MeetingMember),
    (membership.Membership, graph_membership.Membership),
    (routes.RouteStep, graph_routes.RouteStep),
    (routes.PathwayRoute, graph_routes.PathwayRoute),
    (routes.CostTerm, cost.Term),
    (routes.LeftCount, refusals.LeftCount),
    (routes.PathwayRefusal, refusals.Refusal),
    (gaps.PathwayGap, graph_gaps.Gap),
    (gaps.StepGaps, graph_gaps.StepGaps),
    (gaps.NearestOffer, nearest.NearestOffer),
    (catalogue.Hit, finding.Hit),
    (catalogue.Concept, finding.Concept),
    (applications.Actor, urbanisation.Actor),
    (applications.FlowEnd, urbanisation.FlowEnd),
    (applications.ApplicationLink, urbanisation.Connection),
    (applications.ExposedInterface, urbanisation.ExposedInterface),
    (applications.EnteredClass, urbanisation.EnteredClass),
    (applications.Application, urbanisation.ApplicationHead),
    (applications.Application, urbanisation.ApplicationDetails),
    (applications.ServedClass, urbanisation.ServedClass),
    (applications.Replacement, urbanisation.ReplacedBy),
    (applications.Interface, urbanisation.InterfaceDetails),
    (catalogue.Source, loads.SourceRow),
    (catalogue.Run, loads.RunRow),
    (changes.Change, graph_changes.ChangeRow),
    (differences.Difference, sayings.DifferenceRow),
    (differences.SourceStatement, history.Saying),
    (dependencies.PathStep, graph_dependencies.WitnessStep),
    (dependencies.Dependent, graph_dependencies.Dependent),
    (dependencies.DependencyGraph, graph_dependencies.DependencyGraph),
    (search.CriterionCountType, graph_offers.CriterionCount),
    (search.MatchReason, graph_offers.Reason),
    (impact.DecommissioningImpact, verdict.DecommissioningImpact),
    (impact.FlowVerdict, verdict.FlowVerdict),
    (impact.Candidate, verdict.Candidate),
    (impact.ImpactedNode, verdict.ImpactedNode),
    (impact.ItemVerdict, verdict.ItemVerdict),
    (impact.TerritorySeverity, verdict.TerritorySeverity),
    (impact.Score, verdict.Score),
    (impact.Contribution, verdict.Contribution),
    (impact.Unknowns, verdict.Unknowns),
    (reconciliation.Reconciliation, reconciled.Reconciliation),
    (reconciliation.ReconciliationCounts, reconciled.Counts),
    (reconciliation.ReconciliationTotal, reconciled.Total),
    (reconciliation.ReconciledOffer, reconciled.Row),
    (reconciliation.Differs, reconciled.Differs),
    (reconciliation.StatedOffer, stated.StatedOffer),
    (reconciliation.Fact, matching.Fact),
    (reconciliation.StructureMatch, reconciled.StructureMatch),
    (reconciliation.ReconciledStructures, reconciled.Structures),
]


def plain_fields(view: type) -> Iterator[str]:
    definition = get_object_definition(view, strict=True)
    return (field.python_name for field in definition.fields if field.is_basic_field)


@pytest.mark.parametrize(("view", "answer"), VIEWS, ids=lambda cls: cls.__name__)
def test_every_plain_field_of_a_type_is_an_attribute_of_the_answer_that_it_shows(view: type, answer: type) -> None:
    assert {name for name in plain_fields(view) if not hasattr(answer, name)} == set()


def test_an_offer_of_a_list_has_every_plain_field_of_an_offer() -> None:
    assert {name for name in plain_fields(offers.Offer) if not hasattr(FoundOffer, name)} == set()


def test_the_committed_text_is_that_of_the_schema() -> None:
    assert SDL.read_text(encoding="utf-8") == sdl(), "run scripts/docs"


def test_every_type_and_field_is_described(schema: strawberry.Schema) -> None:
    named = {name: kind for name, kind in schema._schema.type_map.items() if not name.startswith("__")}
    composite = {name: kind for name, kind in named.items() if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType | GraphQLEnumType)}
    without = {name for name, kind in composite.items() if not kind.description and name != "Query"}
    fields = {name: kind.fields for name, kind in composite.items() if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType)}
    without |= {f"{name}.{field}" for name, found in fields.items() for field, definition in found.items() if not definition.description}
    assert without == set()


PROMISED = {
    "legalEntity": {"id"},
    "geographicEntity": {"id"},
    "offer": {"id"},
    "organisationalUnit": {"id"},
    "location": {"id"},
    "professional": {"id"},
    "find": {"text", "kinds", "first"},
    "concepts": {"system", "text", "first", "after"},
    "searchOffers": {"criteria", "near", "territory", "at", "origin", "unknowns", "orderBy", "first", "after"},
    "pathways": set(),
    "pathway": {"code"},
    "pathwayCoverage": {"code", "by", "territory", "at", "origin"},
    "pathwayRoutes": {"code", "from", "person", "k", "at", "origin"},
    "pathwayRefusal": {"code", "from", "person", "at", "origin"},
    "pathwayGaps": {"code", "step", "territory", "maxKm", "at", "origin", "first", "after"},
    "pathwayContinuity": {"code", "territory", "at", "origin"},
    "pathwayLoss": {"code", "closing", "maxKm", "at", "origin"},
    "pathwayMembers": {"code", "at", "origin"},
    "applications": {"kind", "region", "text", "first", "after"},
    "application": {"code"},
    "interface": {"code"},
    "dependencies": {"code", "direction", "depth"},
    "decommissioningImpact": {"input"},
    "decommissioningTimeline": {"input", "until"},
    "decommissioningPlan": {"input"},
    "sensitivity": {"input"},
    "readiness": {"on"},
    "compareScenarios": {"a", "b"},
    "sources": set(),
    "runs": {"source", "first", "after"},
    "reconciliation": {"regional", "national"},
    "changes": {"since", "source", "label", "first", "after"},
    "runChanges": {"run", "label", "first", "after"},
    "differences": {"source", "label", "property", "first", "after"},
}


def test_the_root_fields_and_their_arguments_are_those_that_clients_rely_on(schema: strawberry.Schema) -> None:
    query = schema._schema.query_type
    assert query is not None
    assert {name: set(field.args) for name, field in query.fields.items()} == PROMISED


TYPES = {
    "Near": {"latitude", "longitude", "commune", "radiusKm"},
    "TerritoryInput": {"region", "department", "commune", "postalCode", "healthTerritory"},
    "OfferCriteria": {
        "and", "or", "not", "fieldOfActivity", "activity", "offerType", "careMode", "act", "specialisation", "public", "competence", "equipment",
        "expertiseLevel", "receptionModality", "receptionType", "maternityType", "establishmentCategory", "specialty", "age", "ageUnit", "openAt", "capacity",
        "tariff", "sameSite", "interventionArea", "text", "updatedSince", "sourceRegion", "inAnomaly", "psychiatrySector",
    },
    "OfferConnection": {"totalCount", "unknownCount", "unknownBy", "radiusKm", "profile", "perimeterLimited", "changed", "facets",
                        "relaxations", "edges", "pageInfo"},
    "OfferEdge": {"cursor", "node", "match", "distanceKm", "distanceBasis", "reasons"},
    "DecommissioningInput": {"asOf", "targets", "actions", "evaluatedOn", "durations"},
    "DecommissioningTarget": {"code", "date"},
    "ImpactedNode": {"code", "name", "severity", "territories", "depth", "witness", "owner", "confidence", "restsOnDefault", "waitsFor"},
}  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_the_fields_of_a_type_are_those_that_clients_rely_on(schema: strawberry.Schema, name: str) -> None:
    kind = schema._schema.type_map[name]
    assert isinstance(kind, GraphQLObjectType | GraphQLInputObjectType)
    assert set(kind.fields) == TYPES[name]


def test_the_impact_has_the_parts_that_clients_rely_on(schema: strawberry.Schema) -> None:
    kind = schema._schema.type_map["DecommissioningImpact"]
    assert isinstance(kind, GraphQLObjectType)
    assert set(kind.fields) >= {"score", "flows", "applications", "usages", "pathways", "steps", "territories", "unknowns"}


def test_a_view_is_a_dataclass_of_graph() -> None:
    assert {answer.__name__ for _, answer in VIEWS if not dataclasses.is_dataclass(answer)} == set()
