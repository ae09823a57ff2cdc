"""Two RORs, source against source, offer by offer (docs/reconciliation.md)."""

from datetime import date
from typing import Any

import strawberry

from api.schema.base import Info, PageInfo, read, said
from api.schema.enums import AccessRow, Dimension, MatchState, Outcome
from api.schema.pages import SeenPage, seen
from graph.reconciliation import answer, pages


@strawberry.type(description="An offer as one ROR states it (offre selon un ROR).")
class StatedOffer:
    id: strawberry.ID = said("Its id in the graph.")
    identifier: str | None = said("Its identifier as that ROR writes it (identifiantOffre).")
    name: str | None = said("Name (nom).")
    field: strawberry.ID | None = said("Field of activity (champ d'activité).")
    care_mode: strawberry.ID | None = said("Care mode (mode de prise en charge).")
    offer_type: strawberry.ID | None = said("Type of offer (type d'offre).")
    activities: list[strawberry.ID] = said("Activities (activités opérationnelles).")
    site: strawberry.ID | None = said("Its site (entité géographique).")
    region: strawberry.ID | None = said("Source region (région source).")
    closed_on: date | None = said("Closed on (date de fermeture).")

    @read("Data classes that this ROR holds of it, rows of the access table (classes de données).", list[AccessRow])
    @staticmethod
    def classes(parent: strawberry.Parent[Any]) -> list[AccessRow]:
        return [row for row in AccessRow if row in parent.classes]


@strawberry.type(description="What was compared, and its value (élément comparé).")
class Fact:
    name: str = said("What.")
    value: str = said("The value of both; `equal` where it is personal.")


@strawberry.type(description="A property that two RORs state differently (écart de valeur).")
class Differs:
    property: str = said("Its name.")
    regional: str | None = said("What the regional ROR says.")
    national: str | None = said("What the national ROR says.")


@strawberry.type(description="An offer of one ROR, or a pair of both (ligne de rapprochement).")
class ReconciledOffer:
    outcome: Outcome = said("What became of it.")
    rule: str | None = said("Rule that made the pair: R-1 to R-5, M-12, or PERSON.")
    state: MatchState | None = said("Where the pair stands.")
    partial: bool = said("One unit of several activities beside offers of one (R-5).")
    regional: StatedOffer | None = said("As the regional ROR states it.")
    national: StatedOffer | None = said("As the national ROR states it.")
    department: strawberry.ID | None = said("Department of its site (département).")
    evidence: list[Fact] = said("What was compared.")
    missing: list[strawberry.ID] = said("Activities of a partial pair that only one side states.")
    regional_lacks: list[AccessRow] = said("Data classes that only the national ROR holds.")
    national_lacks: list[AccessRow] = said("Data classes that only the regional ROR holds.")
    differences: list[Differs] = said("Properties that both state differently.")


@strawberry.type(description="A row in its place.")
class ReconciledOfferEdge:
    cursor: str = said("The `after` of what follows.")
    node: ReconciledOffer = said("The row.")


@strawberry.type(description="Rows by id of the regional offer, then of the national one.")
class ReconciledOfferConnection:
    edges: list[ReconciledOfferEdge] = said("The rows of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@strawberry.type(description="How many rows of each outcome (décompte).")
class ReconciliationCounts:
    same: int = said("In both (dans les deux).")
    proposed: int = said("Proposed pairs: absent until a person confirms them (à confirmer).")
    only_regional: int = said("Only in the regional ROR.")
    only_national: int = said("Only in the national ROR.")
    partial: int = said("Partial pairs, among the others (R-5).")
    closed_on_one_side: int = said("Pairs closed on one side only, among the others: a difference, not an absence.")


@strawberry.type(description="Rows by one code (total).")
class ReconciliationTotal:
    by: Dimension = said("By what.")
    code: strawberry.ID | None = said("The department, field or type; null where it is not stated.")
    same: int = said("In both.")
    proposed: int = said("Proposed pairs.")
    only_regional: int = said("Only in the regional ROR.")
    only_national: int = said("Only in the national ROR.")


@strawberry.type(description="Two ids of one structure (rapprochement de structures).")
class StructureMatch:
    rule: str = said("Rule that made it: S-1 to S-4, L-1, M-12, or PERSON.")
    state: MatchState = said("Where it stands.")
    regional: strawberry.ID = said("Its id in the regional ROR.")
    national: strawberry.ID = said("Its id in the national ROR.")
    evidence: list[Fact] = said("What was compared.")


@strawberry.type(description="What offers hang on, where one thing has an id in each ROR; what has one id in both is not listed.")
class ReconciledStructures:
    entities: list[StructureMatch] = said("Legal entities (entités juridiques).")
    sites: list[StructureMatch] = said("Sites (entités géographiques).")
    locations: list[StructureMatch] = said("Locations (lieux de réalisation).")


@strawberry.type(description="Two RORs, source against source, offer by offer (rapprochement).")
class Reconciliation:
    regional: strawberry.ID = said("Code of the regional ROR.")
    national: strawberry.ID = said("Code of the national ROR.")
    counts: ReconciliationCounts = said("How many rows of each outcome.")
    totals: list[ReconciliationTotal] = said("By department, field of activity and type of offer.")
    structures: ReconciledStructures = said("Entities, sites and locations with two ids.")
    out_of_perimeter: int = said("National offers of other regions, which are not compared.")

    @read("The rows, page by page; only those of some outcomes, if given.", ReconciledOfferConnection)
    @staticmethod
    def rows(
        parent: strawberry.Parent[answer.Reconciliation], info: Info, outcomes: list[Outcome] | None = None, first: int = 50, after: str | None = None
    ) -> SeenPage:
        return seen(pages.rows_page(parent, outcomes, info.context.page(first), after), after)


@strawberry.type
class ReconciliationQuery:
    @read("A regional and the national ROR, offer by offer: same, proposed, only in one (rapprochement).", Reconciliation)
    async def reconciliation(self, info: Info, regional: strawberry.ID, national: strawberry.ID) -> answer.Reconciliation:
        return await info.context.reconciled(str(regional), str(national))
