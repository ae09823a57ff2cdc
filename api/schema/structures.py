"""Legal entities and sites (entités juridiques, entités géographiques), and the ways from one to the other."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.schema.base import Coded, Info, Named, Stamps, read, said
from graph import referential

if TYPE_CHECKING:
    from api.schema.offers import Offer

CHILDREN = 50  # sites or offers of one page below a structure


@strawberry.type(description="A legal entity (entité juridique, EJ).")
class LegalEntity:
    id: strawberry.ID = said("1 + FINESS number, else 2 + SIREN (idNat_Struct).")
    name: str | None = said("Name (raison sociale).")
    finess: str | None = said("FINESS number (numéro FINESS EJ), nine characters.")
    siren: str | None = said("SIREN number.")
    legal_status: Coded | None = said("Legal status (statut juridique, TRE_R72).")
    address: str | None = said("Address (adresse).")
    postal_code: str | None = said("Postal code (code postal).")
    opened_on: date | None = said("First day (date d'ouverture).")
    closed_on: date | None = said("First day closed, as a source states it (date de fermeture).")
    closing_type: str | None = said("Type of closing (type de fermeture, TRE_R233).")
    commune: Named | None = said("Commune, by INSEE code.")
    department: Named | None = said("Department (département).")
    stamps: Stamps = said("Provenance.")

    @read("Its live sites (entités géographiques), by id.", list[Annotated["GeographicEntity", strawberry.lazy(__name__)]])
    async def sites(self, info: Info, first: int = CHILDREN) -> list[referential.GeographicEntity]:
        named = await info.context.load(referential.sites_of_entities, str(self.id)) or ()
        return await info.context.load_many(referential.geographic_entities, [site.id for site in named[: info.context.page(first)]])


@strawberry.type(description="A site (entité géographique, ET).")
class GeographicEntity:
    id: strawberry.ID = said("1 + FINESS number, else 3 + SIRET (idNat_Struct).")
    name: str | None = said("Name (raison sociale).")
    usual_name: str | None = said("Usual name (enseigne).")
    finess: str | None = said("FINESS number (numéro FINESS ET), nine characters.")
    siret: str | None = said("SIRET number.")
    category: Coded | None = said("Category (catégorie d'établissement, TRE_R66).")
    espic: str | None = said("Private institution of collective interest (ESPIC).")
    address: str | None = said("Address (adresse).")
    postal_code: str | None = said("Postal code (code postal).")
    latitude: float | None = said("Latitude, WGS84 degrees.")
    longitude: float | None = said("Longitude, WGS84 degrees.")
    point_reliable: bool | None = said("Whether the point was geocoded to the address (fiabilité de la géolocalisation).")
    opened_on: date | None = said("First day (date d'ouverture).")
    closed_on: date | None = said("First day closed, as a source states it (date de fermeture).")
    closing_type: str | None = said("Type of closing (type de fermeture, TRE_R233).")
    reopens_on: date | None = said("Day of reopening (date de réouverture).")
    lapsed: bool | None = said("Authorisation lapsed (caducité).")
    accessibility: list[str] | None = said("Accessibility (accessibilité du lieu).")
    comment: str | None = said("Comment (commentaire).")
    updated_at: date | None = said("Day of the last update that the source states.")
    commune: Named | None = said("Commune, by INSEE code.")
    department: Named | None = said("Department (département).")
    stamps: Stamps = said("Provenance.")
    entity: Named | None = said("Its legal entity by name (entité juridique de rattachement).")

    @read("Its legal entity in full (entité juridique de rattachement).", LegalEntity | None)
    async def legal_entity(self, info: Info) -> referential.LegalEntity | None:
        if self.entity is None:
            return None
        return await info.context.load(referential.legal_entities, str(self.entity.id))

    @read("Its live offers (offres opérationnelles), by id.", list[Annotated["Offer", strawberry.lazy("api.schema.offers")]])
    async def offers(self, info: Info, first: int = CHILDREN) -> list[referential.Offer]:
        named = await info.context.load(referential.offers_of_sites, str(self.id)) or ()
        return await info.context.load_many(referential.offers, [offer.id for offer in named[: info.context.page(first)]])
