"""Legal entities and sites (entités juridiques, entités géographiques), and the ways from one to the other."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.schema import hanging as types
from api.schema.base import CHILDREN, Coded, Info, Named, Stamps, below, hanging, linked, read, said
from api.schema.changes import Change
from api.schema.differences import SourceStatement, history, sources
from api.schema.membership import Membership, memberships
from api.schema.practising import Practice
from api.schema.units import Authorisation, HealthTerritory, Location, OrganisationalUnit
from graph import hanging as answers
from graph import inside, offering, practising, referential

if TYPE_CHECKING:
    from api.schema.offers import Offer


@strawberry.type(description="A legal entity (entité juridique, EJ).")
class LegalEntity:
    id: strawberry.ID = said("1 + FINESS number, else 2 + SIREN (idNat_Struct).")
    name: str | None = said("Name (raison sociale).")
    finess: str | None = said("FINESS number (numéro FINESS EJ), nine characters.")
    siren: str | None = said("SIREN number.")
    rpps_rank: str | None = said("RPPS number and rank of a private practice (RPPS-rang).")
    adeli_rank: str | None = said("ADELI number and rank of a private practice (ADELI-rang).")
    category: str | None = said("Category, where a source gives an entity one (catégorie).")
    legal_status: Coded | None = said("Legal status (statut juridique, TRE_R72).")
    address: str | None = said("Address (adresse).")
    postal_code: str | None = said("Postal code (code postal).")
    opened_on: date | None = said("First day (date d'ouverture).")
    closed_on: date | None = said("First day closed, as a source states it (date de fermeture).")
    closing_type: str | None = said("Type of closing (type de fermeture, TRE_R233).")
    updated_at: date | None = said("Day of the last update that the source states.")
    commune: Named | None = said("Commune, by INSEE code.")
    department: Named | None = said("Department (département).")
    stamps: Stamps = said("Provenance.")
    sources: list[SourceStatement] = sources("LegalEntity")
    history: list[Change] = history("LegalEntity")
    pathways: list[Membership] = memberships("LegalEntity")
    contacts: list[types.Contact] = hanging("Whom to ask (contacts).", answers.contacts_of("LegalEntity"))
    telecoms: list[types.Telecom] = hanging("How it is reached (télécommunications).", answers.telecoms_of("LegalEntity"))
    authorisations: list[Authorisation] = hanging("Live authorisations that it holds (autorisations détenues).", inside.authorisations_of("LegalEntity"))

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
    rpps_rank: str | None = said("RPPS number and rank of a private practice (RPPS-rang).")
    adeli_rank: str | None = said("ADELI number and rank of a private practice (ADELI-rang).")
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
    drop_zone: str | None = said("Landing place of helicopters (aire de pose).")
    orsan_level: str | None = said("Level of recourse in a health crisis (niveau de recours ORSAN).")
    accessibility: list[str] | None = said("Accessibility (accessibilité du lieu).")
    no_consent: bool | None = said("Takes people without their consent (soins sans consentement).")
    financial_aids: list[str] | None = said("Financial aids (types d'aides financières).")
    family_housing: bool | None = said("Houses families (hébergement des familles).")
    social_aid_places: int | None = said("Places open to social aid (places habilitées à l'aide sociale).")
    comment: str | None = said("Comment (commentaire).")
    updated_at: date | None = said("Day of the last update that the source states.")
    commune: Named | None = said("Commune, by INSEE code.")
    department: Named | None = said("Department (département).")
    stamps: Stamps = said("Provenance.")
    sources: list[SourceStatement] = sources("GeographicEntity")
    history: list[Change] = history("GeographicEntity")
    entity: Named | None = said("Its legal entity by name (entité juridique de rattachement).")
    legal_entity: LegalEntity | None = linked("Its legal entity in full (entité juridique de rattachement).", "entity", referential.legal_entities)
    main: Named | None = said("The site of which it is secondary, by name (établissement principal).")
    pathways: list[Membership] = memberships("GeographicEntity")
    contacts: list[types.Contact] = hanging("Whom to ask (contacts).", answers.contacts_of("GeographicEntity"))
    telecoms: list[types.Telecom] = hanging("How it is reached (télécommunications).", answers.telecoms_of("GeographicEntity"))
    tariffs: list[types.Tariff] = hanging("Tariffs (tarifs).", answers.tariffs_of("GeographicEntity"))
    territories: list[HealthTerritory] = hanging("Health territories (territoires de santé).", inside.territories_of_sites)
    authorisations: list[Authorisation] = hanging("Live authorisations granted to it (autorisations).", inside.authorisations_of("GeographicEntity"))
    units: list[OrganisationalUnit] = below("Units that are directly part of it.", inside.units_of("GeographicEntity"), inside.organisational_units)
    locations: list[Location] = below("Places that it manages (lieux de réalisation).", inside.locations_of_sites, inside.locations)
    practices: list[Practice] = below("Who works there (exercices).", practising.practices_of("GeographicEntity"), practising.practices)

    @read("Its live offers (offres opérationnelles), by id.", list[Annotated["Offer", strawberry.lazy("api.schema.offers")]])
    async def offers(self, info: Info, first: int = CHILDREN) -> list[offering.Offer]:
        named = await info.context.load(referential.offers_of_sites, str(self.id)) or ()
        return await info.context.load_many(offering.offers, [offer.id for offer in named[: info.context.page(first)]])
