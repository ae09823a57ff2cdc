"""The root fields that read the referential."""

import strawberry

from api.schema.base import Info, read
from api.schema.offers import Offer
from api.schema.structures import GeographicEntity, LegalEntity
from graph import referential


@strawberry.type
class ReferentialQuery:
    @read("A legal entity by id (entité juridique); null where there is none.", LegalEntity | None)
    async def legal_entity(self, info: Info, id: strawberry.ID) -> referential.LegalEntity | None:
        return await info.context.load(referential.legal_entities, str(id))

    @read("A site by id (entité géographique): 1 + FINESS number; null where there is none.", GeographicEntity | None)
    async def geographic_entity(self, info: Info, id: strawberry.ID) -> referential.GeographicEntity | None:
        return await info.context.load(referential.geographic_entities, str(id))

    @read("An offer by id (offre opérationnelle); null where there is none.", Offer | None)
    async def offer(self, info: Info, id: strawberry.ID) -> referential.Offer | None:
        return await info.context.load(referential.offers, str(id))
