"""The answer of a search for offers, and its root field (docs/pathways.md, S-1 to S-9)."""

from dataclasses import dataclass
from datetime import datetime

import strawberry

from api.schema.base import Info, PageInfo, page_info, read, said
from api.schema.enums import DistanceBasis, Match, Order, Origin, Unknowns
from api.schema.found import FoundEdge
from api.schema.offers import Offer
from api.schema.search_input import Near, OfferCriteria, TerritoryInput, day_of, place_of, raw_of, territory_of
from graph.search import criteria as graph_criteria
from graph.search.offers import Asked, CriterionCount, OfferPage, search_offers


@strawberry.type(name="CriterionCount", description="In how many unknown offers this criterion is unknown (S-1).")
class CriterionCountType:
    criterion: str = said("Name of the criterion.")
    count: int = said("How many offers.")


@strawberry.type(description="A criterion that is TRUE, and why (raison, S-10).")
class MatchReason:
    criterion: str = said("Name of the criterion.")
    value: str = said("The value that meets it: a code, a text, the id of another offer.")
    label: str | None = said("Label of the code (libellé).")
    source: str | None = said("Source that says it.")
    date: str | None = said("Date of what it says: ISO 8601.")


@strawberry.type(description="An offer in its place.")
class OfferEdge:
    cursor: str = said("Where it stands: the `after` of what follows.")
    node: Offer = said("The offer.")
    match: Match = said("Whether it surely meets the criteria.")
    distance_km: float | None = said("Great circle, by 0.1 km (à vol d'oiseau); null without `near`.")
    distance_basis: DistanceBasis | None = said("From what the distance is measured.")
    reasons: list[MatchReason] = said("Each criterion that speaks for it, its value, source and date.")


@strawberry.type(description="The offers that meet the criteria (résultat d'une recherche).")
class OfferConnection:
    total_count: int = said("How many surely meet them.")
    unknown_count: int = said("How many perhaps meet them (à vérifier).")
    unknown_by: list[CriterionCountType] = said("The unknown ones, by criterion.")
    radius_km: float | None = said("The radius that was used (rayon); null with `near`: the whole department (S-6).")
    profile: int = said("Access profile for which the figures hold (profil d'accès).")
    perimeter_limited: bool = said("Whether the caller's perimeter cuts the answer.")
    edges: list[OfferEdge] = said("The offers of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of a search as one caller sees it."""

    total_count: int
    unknown_count: int
    unknown_by: tuple[CriterionCount, ...]
    radius_km: float | None
    profile: int
    perimeter_limited: bool
    edges: list[FoundEdge]
    page_info: PageInfo


@strawberry.type
class SearchQuery:
    @read("Offers that meet the criteria, here and then (recherche d'offres).", OfferConnection)
    async def search_offers(
        self,
        info: Info,
        criteria: OfferCriteria,
        near: Near | None = None,
        territory: TerritoryInput | None = None,
        at: datetime | None = None,
        origin: Origin | None = None,
        unknowns: Unknowns = Unknowns.COUNT,
        order_by: Order = Order.DISTANCE,
        first: int = 20,
        after: str | None = None,
    ) -> FoundPage:
        asked = Asked(
            criteria=graph_criteria.parse(raw_of(criteria)),
            at=day_of(at),
            near=place_of(near),
            territory=territory_of(territory),
            origin=origin,
            unknowns=unknowns,
            order=None if order_by is Order.DISTANCE else order_by,
            first=info.context.page(first),
            after=after,
        )
        page = await info.context.answer(search_offers(asked, info.context.kept.reference))
        return _seen(page, info, followed=after is not None)


def _seen(page: OfferPage, info: Info, *, followed: bool) -> FoundPage:
    caller = info.context.caller
    cursors = [edge.cursor for edge in page.edges]
    return FoundPage(
        total_count=page.total_count,
        unknown_count=page.unknown_count,
        unknown_by=page.unknown_by,
        radius_km=page.radius_km,
        profile=caller.profile,
        perimeter_limited=caller.perimeter is not None,
        edges=[FoundEdge(edge, page.labels) for edge in page.edges],
        page_info=page_info(cursors, more=page.has_next_page, followed=followed),
    )
