"""The answer of a search for offers, and its root field (docs/pathways.md, S-1 to S-9)."""

from dataclasses import dataclass
from datetime import datetime

import strawberry

from api.refusals import check_facets
from api.schema.asking import check_asked
from api.schema.base import Info, PageInfo, page_info, read, said
from api.schema.enums import Counted, DistanceBasis, Facet, Match, Order, Origin, Unknowns
from api.schema.found import FoundEdge
from api.schema.offers import Offer
from api.schema.search_input import Near, OfferCriteria, TerritoryInput, day_of, place_of, raw_of, territory_of
from graph.search import criteria as graph_criteria
from graph.search.facets import FacetCount, facets
from graph.search.offers import Asked, CriterionCount, OfferPage, search_offers
from graph.search.relaxing import Relaxation, relaxations


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


@strawberry.type(name="FacetCount", description="How many offers a code of a facet would give; the root criterion on its own field is left out (S-10).")
class FacetCountType:
    facet: Facet = said("The facet.")
    kind: Counted = said("What is counted.")
    code: strawberry.ID | None = said("The code; null where none is counted.")
    label: str | None = said("Label of the code (libellé).")
    count: int = said("How many offers; of MORE_CODES, how many codes.")


@strawberry.type(name="Relaxation", description="What an empty answer would hold if one thing were relaxed (assouplissement, S-10).")
class RelaxationType:
    criterion: str = said("Name of the root criterion that is left out; `near` for a larger radius; and, or, not for a combined one.")
    place: int | None = said("Which of the root criteria, from 0 in their order; null for a radius.")
    radius_km: float | None = said("The larger radius (rayon élargi): the asked one and one to three enlargements of the national table.")
    count: int = said("How many offers would surely meet the rest.")
    emptied: bool = said("Whether this criterion alone emptied the answer.")


@strawberry.type(description="The offers that meet the criteria (résultat d'une recherche).")
class OfferConnection:
    total_count: int = said("How many surely meet them.")
    unknown_count: int = said("How many perhaps meet them (à vérifier).")
    unknown_by: list[CriterionCountType] = said("The unknown ones, by criterion.")
    radius_km: float | None = said("The radius that was used (rayon); null with `near`: the whole department (S-6).")
    profile: int = said("Access profile for which the figures hold (profil d'accès).")
    perimeter_limited: bool = said("Whether the caller's perimeter cuts the answer.")
    changed: bool = said("Whether the data changed since the first page: this one goes on by its key (S-9).")
    edges: list[OfferEdge] = said("The offers of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")

    @read("Counts by the codes of each facet, for the whole answer: what is surely met (facettes).", list[FacetCountType])
    async def facets(self, parent: strawberry.Parent["FoundPage"], info: Info, by: list[Facet]) -> tuple[FacetCount, ...]:
        check_facets(by, info.context.viewer)
        return await info.context.answer(facets(parent.page.search, by, info.context.reference))

    @read("Where nothing surely meets the criteria: what one thing less would give (assouplissements); else empty.", list[RelaxationType])
    async def relaxations(self, parent: strawberry.Parent["FoundPage"], info: Info) -> tuple[Relaxation, ...]:
        return await info.context.answer(relaxations(parent.page, info.context.reference))


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of a search as one caller sees it."""

    total_count: int
    unknown_count: int
    unknown_by: tuple[CriterionCount, ...]
    radius_km: float | None
    profile: int
    perimeter_limited: bool
    changed: bool
    edges: list[FoundEdge]
    page_info: PageInfo
    page: OfferPage


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
        raw = raw_of(criteria)
        asked = Asked(
            criteria=graph_criteria.parse(raw),
            at=day_of(at),
            near=place_of(near),
            territory=territory_of(territory),
            origin=origin,
            unknowns=unknowns,
            order=None if order_by is Order.DISTANCE else order_by,
            first=info.context.page(first),
            after=after,
            today=at is None,
        )
        await check_asked(info, territory=asked.territory, criteria=raw, order=order_by)
        page = await info.context.searched(search_offers(asked, info.context.reference))
        return _seen(page, info, followed=after is not None)


def _seen(page: OfferPage, info: Info, *, followed: bool) -> FoundPage:
    cursors = [edge.cursor for edge in page.edges]
    return FoundPage(
        total_count=page.total_count,
        unknown_count=page.unknown_count,
        unknown_by=page.unknown_by,
        radius_km=page.radius_km,
        profile=info.context.viewer.profile,
        perimeter_limited=page.perimeter_limited,
        changed=page.changed,
        edges=[FoundEdge(edge, page.labels) for edge in page.edges],
        page_info=page_info(cursors, more=page.has_next_page, followed=followed),
        page=page,
    )
