"""The best chains of offers of a pathway for a person, and why there is none (docs/pathways.md, P-5 to P-7)."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry

from api.schema.asking import check_asked
from api.schema.base import Info, Named, read, said
from api.schema.enums import Cause, Delay, DistanceBasis, Origin, StepPlace, Weight
from api.schema.search_input import AgeUnit, Near, OfferCriteria, day_of, maybe, place_of, raw_of
from graph.pathways import refusals, routes
from graph.pathways.cost import WEIGHTS
from graph.pathways.person import ANYBODY
from graph.pathways.person import person as graph_person
from graph.search.opening import COUNTRY


@strawberry.input(description="What a person needs at one step (contrainte d'étape).")
class StepConstraint:
    step: strawberry.ID = strawberry.field(description="Code of the step.")
    criteria: OfferCriteria = strawberry.field(description="What the offer of that step must meet too.")


@strawberry.input(description="The person that a route is for (personne).")
class PersonInput:
    age: int | None = maybe("Completed age, in the unit (âge révolu).")
    age_unit: AgeUnit | None = maybe("Unit of age; absent: YEAR.")
    public: list[strawberry.ID] | None = maybe("Public, one of these (public pris en charge, TRE_R239).")
    constraints: list[StepConstraint] | None = maybe("What it needs at single steps.")
    strict: bool = strawberry.field(default=False, description="Nothing UNKNOWN is taken.")


@strawberry.type(description="What a chain pays for (poids, P-5).")
class CostWeight:
    weight: Weight = said("What is paid for.")
    km: float = said("Km-equivalents, each.")


@strawberry.type(description="One part of the cost of a step (terme du coût, P-5).")
class CostTerm:
    weight: Weight = said("What is paid for.")
    count: float = said("How much of it: km for a leg, else how many.")
    km: float = said("Km-equivalents.")


@strawberry.type(description="A step of a route with its offer (étape du parcours).")
class RouteStep:
    step: strawberry.ID = said("Code of the step.")
    name: str | None = said("Name of the step.")
    place: StepPlace = said("Who moves.")
    condition: str | None = said("Condition of the passage that leads here; it is not judged.")
    offer: Named = said("The offer.")
    site: Named | None = said("Its site (entité géographique).")
    entity: Named | None = said("Its legal entity (entité juridique).")
    commune: str | None = said("INSEE code of its commune.")
    department: str | None = said("Its department.")
    region: str | None = said("Its region.")
    origin: Origin | None = said("Where the offer comes from.")
    leg_km: float = said("The leg, kilometres; 0 where nobody moves.")
    over_sea: bool = said("The leg is a line in the air that passes the sea: the journey is longer (par-dessus la mer).")
    road: bool = said("Whether the leg is of the road matrix; else as the crow flies (à vol d'oiseau).")
    basis: DistanceBasis | None = said("From what the distance is measured; null by road or where nobody moves.")
    minutes: float | None = said("Minutes of the leg by road; null: not in the matrix.")
    delay: Delay | None = said("Whether a stated delay is kept; null: none is stated.")
    unknowns: int = said("Criteria to verify (à vérifier).")
    terms: list[CostTerm] = said("What is paid here.")


@strawberry.type(description="A chain of offers from the first step to a last (parcours, P-7).")
class PathwayRoute:
    rank: int = said("1 is the best.")
    cost: float = said("Km-equivalents, rounded to 0.001.")
    km: float = said("Kilometres of its legs.")
    unknowns: int = said("Criteria to verify, over all steps.")
    entities: int = said("Distinct legal entities.")
    steps: list[RouteStep] = said("Its steps, in their order.")

    @read("The weights in force (P-5).", list[CostWeight])
    @staticmethod
    def weights() -> list[CostWeight]:
        return [CostWeight(weight=weight, km=km) for weight, km in WEIGHTS.items()]


@strawberry.type(description="How many offers of the step were left out for a cause.")
class LeftCount:
    cause: Cause = said("Why.")
    offers: int = said("How many.")


@strawberry.type(description="Why there is no route: the first step that blocks (étape bloquante, P-6).")
class PathwayRefusal:
    step: strawberry.ID = said("Code of the step.")
    step_name: str | None = said("Its name.")
    cause: Cause = said("Why its offers were left out: the cause of those that came farthest.")
    counts: list[LeftCount] = said("All causes, with how many offers.")
    limit_km: float | None = said("The limit that is exceeded.")
    nearest: strawberry.ID | None = said("The offer nearest beyond the limit.")
    nearest_km: float | None = said("Its distance: the smallest limit that lets it in.")
    message: str = said("The same as a sentence, in French.")


From = Annotated[Near, strawberry.argument(name="from", description="Where the person is. `radiusKm`: the limit of the steps it travels to that state none.")]


@strawberry.type
class RouteQuery:
    @read("The best routes of a pathway from a place (parcours); empty where a step blocks: `pathwayRefusal` says which.", list[PathwayRoute])
    async def pathway_routes(
        self,
        info: Info,
        code: strawberry.ID,
        start: From,
        person: PersonInput | None = None,
        k: int = 3,
        at: datetime | None = None,
        origin: Origin | None = None,
    ) -> tuple[routes.PathwayRoute, ...]:
        asked = _asked(code, start, person, at, origin)
        await _check(info, person)
        return await info.context.answer(routes.pathway_routes(replace(asked, k=k), info.context.reference))

    @read("Why a pathway has no route from a place (refus); null where it has one.", PathwayRefusal | None)
    async def pathway_refusal(
        self,
        info: Info,
        code: strawberry.ID,
        start: From,
        person: PersonInput | None = None,
        at: datetime | None = None,
        origin: Origin | None = None,
    ) -> refusals.Refusal | None:
        asked = _asked(code, start, person, at, origin)
        await _check(info, person)
        return await info.context.answer(routes.pathway_refusal(asked, info.context.reference))


async def _check(info: Info, person: PersonInput | None) -> None:
    """The constraints of a person are criteria (A-4)."""
    for place, one in enumerate((person.constraints if person else None) or ()):
        await check_asked(info, criteria=raw_of(one.criteria), where=f"person.constraints[{place}].criteria")


def _asked(code: str, start: Near, person: PersonInput | None, at: datetime | None, origin: Origin | None) -> routes.AskedRoutes:
    near = place_of(start)
    assert near is not None  # the argument must be given
    whom = graph_person(_plain(person)) if person else ANYBODY
    return routes.AskedRoutes(str(code), near, at or datetime.now(COUNTRY), day_of(at), whom, origin=origin)


def _plain(person: PersonInput) -> dict[str, object]:
    """Under the names of the schema; the criteria of constraints in their own plain form."""
    constraints = [{"step": one.step, "criteria": raw_of(one.criteria)} for one in person.constraints or ()]
    return {"age": person.age, "ageUnit": raw_of(person.age_unit), "public": person.public, "constraints": constraints, "strict": person.strict}
