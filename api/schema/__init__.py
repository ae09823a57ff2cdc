"""The GraphQL schema: its root, and its text."""

from pathlib import Path
from typing import Final

import strawberry
from strawberry.tools import merge_types

from api.schema.catalogue import CatalogueQuery
from api.schema.changes import ChangeQuery
from api.schema.continuity import ContinuityQuery
from api.schema.dependencies import DependencyQuery
from api.schema.differences import DifferenceQuery
from api.schema.gaps import GapQuery
from api.schema.impact_query import ImpactQuery
from api.schema.membership import MemberQuery
from api.schema.pathways import PathwayQuery
from api.schema.planning import PlanningQuery
from api.schema.preparing import PreparingQuery
from api.schema.query import ReferentialQuery
from api.schema.reconciliation import ReconciliationQuery
from api.schema.routes import RouteQuery
from api.schema.search import SearchQuery

SDL: Final = Path(__file__).parents[1] / "schema.graphql"
ROOTS: Final = (
    ReferentialQuery,
    CatalogueQuery,
    SearchQuery,
    PathwayQuery,
    RouteQuery,
    GapQuery,
    ContinuityQuery,
    MemberQuery,
    DependencyQuery,
    ChangeQuery,
    DifferenceQuery,
    ImpactQuery,
    PreparingQuery,
    PlanningQuery,
    ReconciliationQuery,
)


def build_schema() -> strawberry.Schema:
    """The schema that is served."""
    return strawberry.Schema(merge_types("Query", ROOTS))


def sdl() -> str:
    """The text of the schema, as `api/schema.graphql` holds it (scripts/docs writes it)."""
    return build_schema().as_str() + "\n"
