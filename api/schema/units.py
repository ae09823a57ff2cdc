"""Units inside a site, places of delivery, authorisations, health territories (organisations internes, lieux, autorisations)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.schema import hanging as types
from api.schema.base import Coded, Named, Stamps, below, hanging, linked, said
from api.schema.changes import Change
from api.schema.differences import SourceStatement, history, sources
from graph import hanging as answers
from graph import inside, offering, referential

if TYPE_CHECKING:
    from api.schema.offers import Offer
    from api.schema.structures import GeographicEntity

LABEL = "OrganisationalUnit"
SITE = Annotated["GeographicEntity", strawberry.lazy("api.schema.structures")]
OFFERS = list[Annotated["Offer", strawberry.lazy("api.schema.offers")]]
UNITS = list[Annotated["OrganisationalUnit", strawberry.lazy(__name__)]]


@strawberry.type(description="A health territory (territoire de santé).")
class HealthTerritory:
    id: strawberry.ID = said("Type and code.")
    type: str | None = said("Type (type de territoire).")
    code: str | None = said("Code.")
    name: str | None = said("Name (nom).")


@strawberry.type(description="A place where an offer is delivered (lieu de réalisation de l'offre).")
class Location:
    id: strawberry.ID = said("Its id.")
    name: str | None = said("Name (nom).")
    external_sync_id: strawberry.ID | None = said("Id of its bed zone at the hospital (identifiant de synchronisation externe).")
    function: str | None = said("Function (fonction du lieu).")
    status: str | None = said("State (statut du lieu).")
    address: str | None = said("Address (adresse).")
    street_or_locality: str | None = said("Named place (lieu-dit).")
    postal_code: str | None = said("Postal code (code postal).")
    town: str | None = said("Town (localité).")
    latitude: float | None = said("Latitude, WGS84 degrees.")
    longitude: float | None = said("Longitude, WGS84 degrees.")
    point_reliable: bool | None = said("Whether the point was geocoded to the address (fiabilité de la géolocalisation).")
    comment: str | None = said("Comment (commentaire).")
    commune: Named | None = said("Commune, by INSEE code.")
    manager: Named | None = said("The site that manages it, by name (entité géographique gestionnaire).")
    parent: Named | None = said("The location of which it is part (lieu englobant).")
    stamps: Stamps = said("Provenance.")
    sources: list[SourceStatement] = sources("Location")
    history: list[Change] = history("Location")
    site: SITE | None = linked("The site that manages it, in full.", "manager", referential.geographic_entities)
    equipment: list[types.Equipment] = hanging("Equipment (équipements spécifiques).", answers.codes_of("Location", "HAS_EQUIPMENT"))
    housing: list[types.Housing] = hanging("Housing (habitations).", answers.codes_of("Location", "HAS_HOUSING"))
    capacities: list[types.Capacity] = hanging("Capacities (capacités de prise en charge).", answers.capacities_of("Location"))
    telecoms: list[types.Telecom] = hanging("How it is reached (télécommunications).", answers.telecoms_of("Location"))


@strawberry.type(description="A unit inside a site: pôle, service, unité fonctionnelle (organisation interne).")
class OrganisationalUnit:
    id: strawberry.ID = said("Its id (identifiant de l'organisation interne).")
    name: str | None = said("Name (nom).")
    type: Coded | None = said("Type (type d'organisation interne, TRE_R207).")
    opened_on: date | None = said("First day (date d'ouverture).")
    closed_on: date | None = said("First day closed, as a source states it (date de fermeture).")
    closing_type: str | None = said("Type of closing (type de fermeture).")
    parent: Named | None = said("The unit or site of which it is directly part (rattachement).")
    parent_kind: str | None = said("Label of `parent`: OrganisationalUnit or GeographicEntity.")
    commune: Named | None = said("Commune of its site, by INSEE code.")
    stamps: Stamps = said("Provenance.")
    sources: list[SourceStatement] = sources("OrganisationalUnit")
    history: list[Change] = history("OrganisationalUnit")
    site: SITE | None = linked("Its site in full (entité géographique).", "site", referential.geographic_entities)
    units: UNITS = below("Units that are directly part of it.", inside.units_of(LABEL), inside.organisational_units)
    offers: OFFERS = below("Live offers of it and of its units (offres opérationnelles).", inside.offers_of_units, offering.offers)
    activities: list[Coded] = hanging("Activities (activités).", answers.codes_of(LABEL, "HAS_ACTIVITY"))
    contacts: list[types.Contact] = hanging("Whom to ask (contacts).", answers.contacts_of(LABEL))
    telecoms: list[types.Telecom] = hanging("How it is reached (télécommunications).", answers.telecoms_of(LABEL))


@strawberry.type(description="An authorisation (autorisation d'activité, d'équipement ou médico-sociale, FINESS).")
class Authorisation:
    id: strawberry.ID = said("Kind, number, line and site.")
    kind: str | None = said("Kind (nature de l'autorisation).")
    number: str | None = said("Number (numéro d'autorisation).")
    line: str | None = said("Line (numéro de ligne).")
    activity: Coded | None = said("Activity or equipment (activité, équipement, discipline).")
    modality: Coded | None = said("Modality (modalité).")
    form: Coded | None = said("Form (forme).")
    valid_from: date | None = said("First day (date d'autorisation).")
    ends_on: date | None = said("Last day (date de fin).")
    lapsed: bool | None = said("Lapsed (caducité).")
    state: str | None = said("State (état de l'autorisation).")
    capacity: int | None = said("Authorised capacity (capacité autorisée).")
    psychiatry_sector: str | None = said("Psychiatric sector (secteur de psychiatrie).")
    site: Named | None = said("The site it is granted to (entité géographique).")
    holder: Named | None = said("The entity that holds it (entité juridique titulaire).")
    stamps: Stamps = said("Provenance.")
