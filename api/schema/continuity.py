"""What a pathway rests on, and what it loses when something closes (docs/pathways.md, P-8)."""

from datetime import date, datetime

import strawberry

from api.schema.asking import check_asked
from api.schema.base import Info, Named, read, said
from api.schema.enums import CoverageState, Origin, RestsOn
from api.schema.gaps import NearestOffer, PathwayGap
from api.schema.pathways import Pathway
from api.schema.search_input import TerritoryInput, day_of, territory_of
from graph.pathways import continuity, loss


@strawberry.type(description="A step in a department whose sure offers all rest on one thing (point unique).")
class SinglePoint:
    step: strawberry.ID = said("Code of the step.")
    department: strawberry.ID = said("INSEE code of the department.")
    department_name: str | None = said("Its name.")
    kind: RestsOn = said("What they rest on.")
    id: strawberry.ID = said("Id of it.")
    name: str | None = said("Its name; of a professional it is not shown.")
    offers: list[strawberry.ID] = said("Ids of the offers that surely meet the step there.")
    possible: list[Named] = said("Offers to be checked there that do not rest on it alone: one that is confirmed would lift the risk (à vérifier).")


@strawberry.type(description="A department where a step loses offers.")
class LostCell:
    step: strawberry.ID = said("Code of the step.")
    department: strawberry.ID = said("INSEE code of the department.")
    department_name: str | None = said("Its name.")
    before: CoverageState = said("State today.")
    after: CoverageState = said("State once all is closed.")
    offers_before: int = said("Offers that surely meet the step today.")
    offers_after: int = said("Those that stay.")


@strawberry.type(description="An offer that closes, and what is next to it.")
class NextBest:
    offer: strawberry.ID = said("Id of the offer that closes.")
    name: str | None = said("Its name.")
    next: NearestOffer | None = said("The nearest offer that stays and surely meets the step; the distance is from the one that closes.")


@strawberry.type(description="What a step loses.")
class StepLoss:
    step: strawberry.ID = said("Code of the step.")
    max_km: float | None = said("The limit that was used, kilometres.")
    closing: list[NextBest] = said("Its offers that close.")
    farther: int = said("Communes whose nearest offer closes and whose next is farther or nowhere.")
    stranded: int = said("Those of them for which no offer is left.")
    extra_km_mean: float | None = said("How much farther the next offer is, mean over communes, by 0.1 km.")
    extra_km_most: float | None = said("The same, the greatest.")
    new_gaps: list[PathwayGap] | None = said("Communes that leave the limit or every area; null: the step has no limit and none was given.")


@strawberry.type(description="What a pathway loses when offers, sites or entities close (perte).")
class PathwayLoss:
    pathway: Pathway = said("The pathway.")
    at: date = said("Day of the answer.")
    steps: list[StepLoss] = said("The steps that lose offers, by rank.")
    cells: list[LostCell] = said("Departments where the coverage changes, by step.")
    without_effect: list[strawberry.ID] = said("Ids of the question by which no offer of the pathway closes.")

    @read("Access profile for which the figures hold (profil d'accès).", int)
    @staticmethod
    def profile(info: Info) -> int:
        return info.context.viewer.profile

    @read("Whether the caller's perimeter cuts the answer.", bool)
    @staticmethod
    def perimeter_limited(info: Info) -> bool:
        return info.context.viewer.perimeter is not None


@strawberry.type
class ContinuityQuery:
    @read("Steps and departments whose offers rest on one entity, site, application or professional (continuité).", list[SinglePoint])
    async def pathway_continuity(
        self, info: Info, code: strawberry.ID, territory: TerritoryInput | None = None, at: datetime | None = None, origin: Origin | None = None
    ) -> tuple[continuity.SinglePoint, ...]:
        day, where = day_of(at), territory_of(territory)
        await check_asked(info, territory=where)
        return await info.context.answer(continuity.pathway_continuity(str(code), day, info.context.reference, where, origin))

    @read("What a pathway loses when these offers, sites or legal entities close (perte).", PathwayLoss)
    async def pathway_loss(
        self,
        info: Info,
        code: strawberry.ID,
        closing: list[strawberry.ID],
        max_km: float | None = None,
        at: datetime | None = None,
        origin: Origin | None = None,
    ) -> loss.PathwayLoss:
        asked = loss.AskedLoss(tuple(closing), max_km, origin)
        return await info.context.answer(loss.pathway_loss(str(code), asked, day_of(at), info.context.reference))
