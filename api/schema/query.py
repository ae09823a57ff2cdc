"""The root fields that read the referential."""

import strawberry

from api.schema.base import Info, read
from api.schema.offers import Offer
from api.schema.practising import Professional
from api.schema.structures import GeographicEntity, LegalEntity
from api.schema.units import Location, OrganisationalUnit
from graph import inside, offering, practising, referential


@strawberry.type
class ReferentialQuery:
    @read("A legal entity by id (entité juridique); null where there is none.", LegalEntity | None)
    async def legal_entity(self, info: Info, id: strawberry.ID) -> referential.LegalEntity | None:
        return await info.context.load(referential.legal_entities, str(id))

    @read("A site by id (entité géographique): 1 + FINESS number; null where there is none.", GeographicEntity | None)
    async def geographic_entity(self, info: Info, id: strawberry.ID) -> referential.GeographicEntity | None:
        return await info.context.load(referential.geographic_entities, str(id))

    @read("An offer by id (offre opérationnelle); null where there is none.", Offer | None)
    async def offer(self, info: Info, id: strawberry.ID) -> offering.Offer | None:
        return await info.context.load(offering.offers, str(id))

    @read("A unit inside a site by id (organisation interne); null where there is none.", OrganisationalUnit | None)
    async def organisational_unit(self, info: Info, id: strawberry.ID) -> inside.OrganisationalUnit | None:
        return await info.context.load(inside.organisational_units, str(id))

    @read("A place of delivery by id (lieu de réalisation de l'offre); null where there is none.", Location | None)
    async def location(self, info: Info, id: strawberry.ID) -> inside.Location | None:
        return await info.context.load(inside.locations, str(id))

    @read("A professional by id (professionnel); null where there is none.", Professional | None)
    async def professional(self, info: Info, id: strawberry.ID) -> practising.Professional | None:
        return await info.context.load(practising.professionals, str(id))
