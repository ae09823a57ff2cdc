"""The root field of a decommissioning."""

import strawberry

from api.schema.base import Info, read
from api.schema.impact import DecommissioningImpact
from api.schema.impact_input import DecommissioningInput, form_of
from api.schema.search_input import day_of
from graph.impact import verdict
from graph.impact.analysis import decommissioning_impact
from graph.impact.parse_question import parse_question


@strawberry.type
class ImpactQuery:
    @read("What breaks, for whom, and what replaces it, when applications or interfaces stop (impact d'un décommissionnement).", DecommissioningImpact)
    async def decommissioning_impact(self, info: Info, input: DecommissioningInput) -> verdict.DecommissioningImpact:
        projection = await info.context.compiled()
        question = parse_question(form_of(input), projection.inventory, today=day_of(None))
        return await info.context.kept.analysed(lambda: decommissioning_impact(projection, question))
