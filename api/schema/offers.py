"""An offer with all that hangs on it (offre opérationnelle)."""

from datetime import date

import strawberry

from api.schema import hanging as types
from api.schema.base import Coded, Info, Named, Place, Stamps, Whole, below, detail, hanging, linked, read, said
from api.schema.changes import Change
from api.schema.differences import SourceStatement, history, sources
from api.schema.membership import Membership, memberships
from api.schema.practising import Practice
from api.schema.structures import GeographicEntity, LegalEntity
from api.schema.units import Location, OrganisationalUnit
from graph import hanging as answers
from graph import inside, offering, practising, referential


@strawberry.type(description="A code that hangs on an offer, and by which relation.")
class CodeOf:
    relation: str = said("Relation of the model: HAS_ACTIVITY, PERFORMS_ACT, SPECIALISED_IN, FOR_PUBLIC...")
    id: strawberry.ID = said("System, hyphen, code.")
    label: str | None = said("Label (libellé).")
    family: str | None = said("Of an activity: its family (famille d'activité).")
    outside_office: bool | None = said("Of an act: whether it is done outside the office (acte réalisé hors cabinet).")


@strawberry.type(description="A territory where an offer intervenes (zone d'intervention).")
class Area:
    kind: str = said("Label of the territory: Commune, Department, Region, HealthTerritory.")
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Its name.")
    whole_country: bool = said("Intervenes everywhere (France entière).")


@strawberry.type(description="The site of an offer (entité géographique).")
class OfferSite:
    id: strawberry.ID = said("idNat_Struct: 1 + FINESS number.")
    name: str | None = said("Name (raison sociale).")
    category: strawberry.ID | None = said("Category (catégorie d'établissement, TRE_R66).")
    latitude: float | None = said("Latitude, WGS84 degrees.")
    longitude: float | None = said("Longitude, WGS84 degrees.")

    @read("The site in full.", GeographicEntity | None)
    async def geographic_entity(self, info: Info) -> referential.GeographicEntity | None:
        return await info.context.load(referential.geographic_entities, str(self.id))


@strawberry.type(description="The legal entity of an offer (entité juridique).")
class OfferEntity:
    id: strawberry.ID = said("idNat_Struct: 1 + FINESS number.")
    name: str | None = said("Name (raison sociale).")

    @read("The legal entity in full.", LegalEntity | None)
    async def legal_entity(self, info: Info) -> referential.LegalEntity | None:
        return await info.context.load(referential.legal_entities, str(self.id))


OFFER = Whole(offering.Offer, offering.offers, "id")


@strawberry.type(description="An offer of care (offre opérationnelle, formerly unité élémentaire).")
class Offer:
    id: strawberry.ID = said("Its id (identifiantOffre).")
    name: str | None = said("Name (nom de l'offre).")
    origin: str | None = said("DECLARED by a ROR, or OBSERVED in the annual statistics (SAE).")
    field_of_activity: Coded | None = said("Field of activity (champ d'activité, TRE_R227).")
    care_mode: Coded | None = said("Care mode (mode de prise en charge, TRE_R213).")
    offer_type: Coded | None = said("Type of offer (type d'offre, TRE_R244).")
    activities: list[Coded] = said("Activities (activités opérationnelles, TRE_R211).")
    site: OfferSite | None = said("Its site (entité géographique).")
    entity: OfferEntity | None = said("Its legal entity (entité juridique).")
    commune: Place | None = said("Commune of its site.")
    evidence_date: date | None = said("Day of the evidence that it exists.")
    updated_at: str | None = said("Updated at the source: ISO 8601, UTC.")
    evidence: str | None = detail(OFFER, "evidence", "How it is known.")
    evidence_detail: str | None = detail(OFFER, "evidence_detail", "Where exactly it is known from.")
    reception_type: Coded | None = detail(OFFER, "reception_type", "Type of reception (type d'accueil).")
    management_type: Coded | None = detail(OFFER, "management_type", "Type of management (type de gestion).")
    maternity_type: Coded | None = detail(OFFER, "maternity_type", "Type of maternity (type de maternité).")
    min_age: float | None = detail(OFFER, "min_age", "Youngest age (âge minimum), in `ageUnit`.")
    max_age: float | None = detail(OFFER, "max_age", "Oldest age (âge maximum), in `ageUnit`.")
    age_unit: str | None = detail(OFFER, "age_unit", "Unit of the ages (unité d'âge).")
    sensitive_unit: bool | None = detail(OFFER, "sensitive_unit", "Sensitive unit (unité sensible).")
    no_consent: bool | None = detail(OFFER, "no_consent", "Takes people without their consent (habilitation aux soins sans consentement).")
    psychiatry_sectors: list[str] | None = detail(OFFER, "psychiatry_sectors", "Psychiatric sectors (secteurs de psychiatrie).")
    annual_opening: str | None = detail(OFFER, "annual_opening", "Opening over the year (ouverture annuelle, TRE_R238).")
    opened_on: date | None = detail(OFFER, "opened_on", "First day (date d'ouverture).")
    closed_on: date | None = detail(OFFER, "closed_on", "First day closed, as a source states it (date de fermeture).")
    closing_type: str | None = detail(OFFER, "closing_type", "Type of closing (type de fermeture).")
    reopens_on: date | None = detail(OFFER, "reopens_on", "Day of reopening (date de réouverture).")
    comment: str | None = detail(OFFER, "comment", "Comment (commentaire).")
    source_region: str | None = detail(OFFER, "source_region", "Region of the ROR that describes it (région source).")
    created_at: str | None = detail(OFFER, "created_at", "Created at the source: ISO 8601, UTC.")
    department: Named | None = detail(OFFER, "department", "Department of its site (département).")
    codes: list[CodeOf] = detail(OFFER, "codes", "Activities, acts, specialisations, publics, competences... by relation, then code.")
    areas: list[Area] = detail(OFFER, "areas", "Where it intervenes (zones d'intervention).")
    acts: list[CodeOf] = detail(OFFER, "acts", "Specific acts (actes spécifiques, TRE_R210).")
    specialisations: list[Coded] = detail(OFFER, "specialisations", "Specialisations (spécialisations de prise en charge, TRE_R245).")
    publics: list[Coded] = detail(OFFER, "publics", "Whom it takes (publics pris en charge, TRE_R239).")
    competences: list[Coded] = detail(OFFER, "competences", "Competences of its staff (compétences de ressources, TRE_R243).")
    mobilises: list[Coded] = detail(OFFER, "mobilises", "Resources that it calls on (ressources mobilisées, JDV_J186).")
    reception_modalities: list[Coded] = detail(OFFER, "reception_modalities", "How it receives (modalités d'accueil, TRE_R338).")
    expertise_levels: list[Coded] = detail(OFFER, "expertise_levels", "Levels of expertise (niveaux d'expertise, JDV_J227).")
    capacities: list[types.Capacity] = detail(OFFER, "capacities", "Its capacities and those of its locations (capacités).")
    stamps: Stamps = detail(OFFER, "stamps", "Provenance.")
    sources: list[SourceStatement] = sources("Offer")
    history: list[Change] = history("Offer")
    unit: OrganisationalUnit | None = linked("The unit that offers it (organisation interne).", "unit", inside.organisational_units, OFFER)
    rors: list[Named] = hanging("The RORs that describe it (ROR sources).", offering.rors_of_offers)
    locations: list[Location] = below("Where it is delivered (lieux de réalisation).", inside.locations_of_offers, inside.locations)
    contacts: list[types.Contact] = hanging("Whom to ask (contacts).", answers.contacts_of("Offer"))
    telecoms: list[types.Telecom] = hanging("How it is reached, secure mailboxes too (télécommunications).", answers.telecoms_of("Offer"))
    hours: list[types.OpeningHours] = hanging("Hours (horaires).", answers.hours_of("Offer"))
    equipment: list[types.Equipment] = hanging(
        "Equipment of the offer itself (équipements), beside its locations'.", answers.codes_of("Offer", "HAS_EQUIPMENT")
    )
    housing: list[types.Housing] = hanging("Housing of the offer itself (habitations), beside its locations'.", answers.codes_of("Offer", "HAS_HOUSING"))
    pathways: list[Membership] = memberships("Offer")
    practices: list[Practice] = below("Who works for it (situations opérationnelles).", practising.practices_of("Offer"), practising.practices)
