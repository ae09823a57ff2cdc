"""Communes that a step of a pathway does not reach (docs/pathways.md, P-4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import strawberry

from api.schema.asking import check_asked
from api.schema.base import Info, PageInfo, read, said
from api.schema.enums import DistanceBasis, GapState, Origin
from api.schema.pages import SeenEdge, seen
from api.schema.search_input import TerritoryInput, day_of, territory_of
from graph.pathways import gaps
from graph.pathways.gap_pages import gap_page


@strawberry.type(description="The nearest offer (offre la plus proche).")
class NearestOffer:
    id: strawberry.ID = said("Id of the offer.")
    name: str | None = said("Its name.")
    site: str | None = said("Id of its site.")
    site_name: str | None = said("Name of its site.")
    distance_km: float = said("Great circle from the commune's point, by 0.1 km (à vol d'oiseau).")
    over_sea: bool = said("The line passes the sea: the journey is longer (par-dessus la mer).")
    basis: DistanceBasis | None = said("From what the distance is measured.")


@strawberry.type(description="A commune that a step does not reach (commune hors d'atteinte).")
class PathwayGap:
    step: strawberry.ID = said("Code of the step.")
    commune: strawberry.ID = said("INSEE code; of Paris, Lyon and Marseille their arrondissements.")
    commune_name: str | None = said("Its name.")
    department: strawberry.ID | None = said("INSEE code of its department.")
    region: strawberry.ID | None = said("INSEE code of its region.")
    population: int | None = said("Inhabitants; null: not loaded.")
    state: GapState = said("NONE or POSSIBLE; the others are only counted.")
    nearest: NearestOffer | None = said("The nearest offer that surely meets the step, wherever it is.")
    possible: NearestOffer | None = said("The nearest within the limit that may fill the gap (à vérifier).")
    abroad_unknown: bool = said("Its department touches another country: what is offered there is not known.")


@strawberry.type(description="What a step does not reach, counted.")
class StepGaps:
    step: strawberry.ID = said("Code of the step.")
    max_km: float | None = said("The limit that was used; null: the step goes by area alone.")
    communes: int = said("Communes of the question.")
    none: int = said("Those that nothing reaches.")
    possible: int = said("Those that an offer to be checked may reach (à vérifier).")
    not_loaded: int = said("Those in a region where no offer of the step's fields is loaded.")
    unplaced: int = said("Those whose point is not known.")
    population: int = said("Inhabitants of the communes of `none` and `possible`, where they are loaded.")
    without_population: int = said("How many of these communes have no population.")
    unplaced_offers: int = said("Offers of the step at no known point; they reach nothing.")


@strawberry.type(description="A gap in its place.")
class GapEdge:
    cursor: str = said("The `after` of what follows.")
    node: PathwayGap = said("The gap.")


@strawberry.type(description="Communes that the steps do not reach, by step, then INSEE code (communes hors d'atteinte).")
class GapConnection:
    total_count: int = said("How many, over all steps of the question.")
    steps: list[StepGaps] = said("The same by step, and what is not known.")
    abroad_unknown: bool = said("A gap lies in a department that touches another country: what is offered there is not known.")
    profile: int = said("Access profile for which the figures hold (profil d'accès).")
    perimeter_limited: bool = said("Whether the caller's perimeter cuts the answer.")
    edges: list[GapEdge] = said("The gaps of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@dataclass(frozen=True, slots=True)
class SeenGaps:
    """A page of gaps as one caller sees it."""

    total_count: int
    steps: tuple[gaps.StepGaps, ...]
    abroad_unknown: bool
    profile: int
    perimeter_limited: bool
    edges: Sequence[SeenEdge]
    page_info: PageInfo


@strawberry.type
class GapQuery:
    @read("Communes whose nearest offer of a step is beyond the limit, or that are in no area of one (territoires non couverts).", GapConnection)
    async def pathway_gaps(
        self,
        info: Info,
        code: strawberry.ID,
        step: strawberry.ID | None = None,
        territory: TerritoryInput | None = None,
        max_km: float | None = None,
        at: datetime | None = None,
        origin: Origin | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> SeenGaps:
        asked = gaps.AskedGaps(step, max_km, territory_of(territory), origin)
        page_asked = (info.context.page(first), after)
        await check_asked(info, territory=asked.territory)
        reads = gap_page(str(code), asked, day_of(at), info.context.reference, page_asked)
        found, page = await info.context.answer(reads)
        shown, viewer = seen(page, after), info.context.viewer
        limited = viewer.perimeter is not None
        return SeenGaps(len(found.gaps), found.steps, found.abroad_unknown, viewer.profile, limited, shown.edges, shown.page_info)
