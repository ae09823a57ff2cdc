"""Pathways, their steps, and where each step is covered (docs/pathways.md, P-1 to P-3)."""

import json
from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from api.schema.asking import check_asked
from api.schema.base import Info, read, said
from api.schema.enums import CoverageState, Origin, StepPlace, TerritoryLevel
from api.schema.membership import Member, members
from api.schema.search_input import TerritoryInput, day_of, territory_of
from graph.pathways import coverage, pathway


@strawberry.type(description="What may follow a step (passage, P-1).")
class Passage:
    step: strawberry.ID = said("Code of the step that follows.")
    condition: str | None = said("Its condition; not stated: it stays open.")
    max_delay_h: float | None = said("Longest delay, hours (délai maximal).")
    max_km: float | None = said("Longest leg, kilometres.")


@strawberry.type(description="A step of a pathway (étape de filière).")
class Step:
    id: strawberry.ID = said("PATHWAY/STEP.")
    code: strawberry.ID = said("Its code in the pathway.")
    name: str | None = said("Name (nom).")
    place: StepPlace = said("Who moves.")
    optional: bool = said("May be left out (facultative).")
    max_km: float | None = said("Farthest from the start, kilometres.")
    max_delay_h: float | None = said("Longest delay, hours.")
    rank: int | None = said("Its rank.")
    next: list[Passage] = said("What may follow.")
    members: list[Member] = members("Step", "id")

    @read("What it needs: a tree of the form of OfferCriteria (critères de l'étape).", JSON)
    @staticmethod
    def requirement(parent: strawberry.Parent[pathway.Step]) -> Any:
        return json.loads(parent.requirement_text)


@strawberry.type(description="A pathway: an ordered graph of steps (filière, parcours).")
class Pathway:
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Name (nom).")
    population: str | None = said("For whom (population).")
    document: str | None = said("The document that describes it (source).")
    valid_from: date | None = said("Valid from (date d'effet).")
    members: list[Member] = members("Pathway", "code")

    @read("Its steps, by rank (étapes).", list[Step])
    @staticmethod
    async def steps(parent: strawberry.Parent[pathway.Pathway | pathway.PathwayHead], info: Info) -> tuple[pathway.Step, ...]:
        if isinstance(parent, pathway.Pathway):
            return parent.steps
        whole = await info.context.load(pathway.pathways_by_code, parent.code)
        return whole.steps if whole else ()


@strawberry.type(description="One step in one territory (couverture d'une étape).")
class StepCoverage:
    step: strawberry.ID = said("Code of the step.")
    territory: strawberry.ID = said("INSEE code of the territory; FR for the nation.")
    territory_name: str | None = said("Its name.")
    state: CoverageState = said("Whether what the step needs is there (P-3).")
    offers: int = said("Distinct offers that surely meet it.")
    sites: int = said("Distinct sites of those (entités géographiques).")
    entities: int = said("Distinct legal entities of those (entités juridiques).")
    beds: int | None = said("Installed beds, once a location; null: none is stated (lits installés).")
    possible_offers: int = said("Offers that perhaps meet it (à vérifier).")
    without_area: int = said("Of those, the ones that only lack an area of intervention.")
    origins: list[Origin] = said("Where the offers come from.")


@strawberry.type(description="Where each step of a pathway is covered (couverture d'une filière).")
class PathwayCoverage:
    pathway: Pathway = said("The pathway.")
    by: TerritoryLevel = said("By what it is told.")
    at: date = said("Day of the answer.")
    cells: list[StepCoverage] = said("A cell for each step, by rank, and territory, by code.")

    @read("Access profile for which the figures hold (profil d'accès).", int)
    @staticmethod
    def profile(info: Info) -> int:
        return info.context.viewer.profile

    @read("Whether the caller's perimeter cuts the answer.", bool)
    @staticmethod
    def perimeter_limited(info: Info) -> bool:
        return info.context.viewer.perimeter is not None


@strawberry.type
class PathwayQuery:
    @read("The pathways, by code (filières).", list[Pathway])
    async def pathways(self, info: Info) -> tuple[pathway.PathwayHead, ...]:
        return await info.context.answer(pathway.pathways())

    @read("A pathway by code; null where there is none.", Pathway | None)
    async def pathway(self, info: Info, code: strawberry.ID) -> pathway.Pathway | None:
        return await info.context.load(pathway.pathways_by_code, str(code))

    @read("Where each step of a pathway is covered (couverture).", PathwayCoverage)
    async def pathway_coverage(
        self,
        info: Info,
        code: strawberry.ID,
        by: TerritoryLevel = TerritoryLevel.DEPARTMENT,
        territory: TerritoryInput | None = None,
        at: datetime | None = None,
        origin: Origin | None = None,
    ) -> coverage.PathwayCoverage:
        where = territory_of(territory)
        await check_asked(info, territory=where)
        asked = coverage.pathway_coverage(str(code), by, day_of(at), info.context.reference, where, origin)
        return await info.context.answer(asked)
