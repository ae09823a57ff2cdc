"""What a search is asked with, and its plain form for graph.search, which checks it (docs/pathways.md, S-1 to S-9)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import strawberry

from graph.errors import BadInput
from graph.search.opening import COUNTRY
from graph.search.place import Near as GraphNear
from graph.search.place import near
from graph.search.territory import Territory, territory

Raw = dict[str, object]


def maybe(description: str, name: str | None = None) -> Any:
    """A field of an input that may be absent."""
    return strawberry.field(default=None, description=description, name=name)


@strawberry.input(description="A place: a point or a commune, and how far around it (lieu de la personne).")
class Near:
    latitude: float | None = maybe("Latitude, WGS84 degrees.")
    longitude: float | None = maybe("Longitude, WGS84 degrees.")
    commune: strawberry.ID | None = maybe("INSEE code of the commune (code INSEE, not the postal code).")
    radius_km: float | None = maybe("Radius, included (rayon); absent: the national table's for the department (S-6).")


@strawberry.input(description="One territory (territoire): a region, a department, a commune, a postal code or a health territory (S-8).")
class TerritoryInput:
    region: strawberry.ID | None = maybe("INSEE code of the region (région).")
    department: strawberry.ID | None = maybe("Code of the department (département).")
    commune: strawberry.ID | None = maybe("INSEE code of the commune.")
    postal_code: str | None = maybe("Postal code (code postal): the communes that have it. A pathway's coverage does not take it.")
    health_territory: strawberry.ID | None = maybe("Id of a health territory (territoire de santé, TRE_R88): its communes, and sites that state it.")


@strawberry.enum(description="Unit of an age (unité d'âge).")
class AgeUnit(StrEnum):
    YEAR = "YEAR"
    MONTH = "MONTH"
    WEEK = "WEEK"
    DAY = "DAY"


@strawberry.input(description="An equipment in service, and how much it must take (équipement spécifique).")
class EquipmentCriterion:
    equipment: strawberry.ID = strawberry.field(description="Equipment (TRE_R212).")
    limit: strawberry.ID | None = maybe("Characteristic of its limit (TRE_R340); needs atLeast.")
    at_least: float | None = maybe("The limit must be this or more, in the unit of the description.")


@strawberry.input(description="Beds or places, summed over the open locations of the offer (capacité de prise en charge, S-2).")
class CapacityCriterion:
    nature: strawberry.ID | None = maybe("Beds or places (nature, TRE_R329); absent: both.")
    status: strawberry.ID | None = maybe("Status (TRE_R330); absent: available, TRE_R330-02.")
    moment: strawberry.ID | None = maybe("Moment (temporalité, TRE_R331); absent: current, TRE_R331-01.")
    gender: strawberry.ID | None = maybe("Gender (genre, TRE_R332); a line for all fits each; absent: any.")
    closing_type: strawberry.ID | None = maybe("Type of closing (type de fermeture, TRE_R333).")
    at_least: int = strawberry.field(default=1, description="So many, or more.")
    max_age_hours: int | None = maybe("A count that is older says nothing; absent: 24. Installed capacity does not age.")


@strawberry.input(description="A price of the site (tarif): the newest that is valid must be at most this (S-2).")
class TariffCriterion:
    type: strawberry.ID = strawberry.field(description="Type of tariff (TRE_R246).")
    at_most: float = strawberry.field(description="The amount, included, in euros.")
    unit: strawberry.ID | None = maybe("Unit (TRE_R228).")
    habitation: strawberry.ID | None = maybe("Housing (type d'habitation, TRE_R242).")
    condition: strawberry.ID | None = maybe("Special condition (condition tarifaire).")
    dependency: strawberry.ID | None = maybe("Level of dependency (niveau de dépendance, TRE_R237).")
    reception_mode: strawberry.ID | None = maybe("Mode of reception (mode d'accueil).")


@strawberry.input(description="A tree of criteria: the fields of one object are joined by AND, several values of one field by OR (critères, S-1).")
class OfferCriteria:
    all_of: list["OfferCriteria"] | None = maybe("All of these.", "and")
    any_of: list["OfferCriteria"] | None = maybe("One of these.", "or")
    none_of: "OfferCriteria | None" = maybe("Not this.", "not")
    field_of_activity: list[strawberry.ID] | None = maybe("Field of activity (champ d'activité, TRE_R227).")
    activity: list[strawberry.ID] | None = maybe("Activity (activité opérationnelle, TRE_R211).")
    offer_type: list[strawberry.ID] | None = maybe("Type of offer (type d'offre, TRE_R244).")
    care_mode: list[strawberry.ID] | None = maybe("Care mode (mode de prise en charge, TRE_R213).")
    establishment_category: list[strawberry.ID] | None = maybe("Category of the site (catégorie d'établissement, TRE_R66).")
    act: list[strawberry.ID] | None = maybe("Specific act (acte spécifique, TRE_R210).")
    specialisation: list[strawberry.ID] | None = maybe("Specialisation of the care (spécialisation de prise en charge, TRE_R245).")
    public: list[strawberry.ID] | None = maybe("Public (public pris en charge, TRE_R239).")
    competence: list[strawberry.ID] | None = maybe("Specific competence (compétence spécifique, TRE_R243).")
    expertise_level: list[strawberry.ID] | None = maybe("Level of expertise (niveau d'expertise).")
    reception_modality: list[strawberry.ID] | None = maybe("Modality of reception (modalité d'accueil, TRE_R338).")
    reception_type: list[strawberry.ID] | None = maybe("Type of reception (type d'accueil).")
    maternity_type: list[strawberry.ID] | None = maybe("Type of maternity (type de maternité, TRE_R253).")
    specialty: list[strawberry.ID] | None = maybe("Specialty of a professional whose practice is for the offer (spécialité).")
    equipment: list[EquipmentCriterion] | None = maybe("One of these equipments.")
    age: int | None = maybe("Completed age of the person (âge révolu); both bounds of the offer are included.")
    age_unit: AgeUnit | None = maybe("Unit of age; absent: YEAR.")
    open_at: datetime | None = maybe("Open at this instant, which carries an offset (horaires, S-4).")
    capacity: CapacityCriterion | None = maybe("Enough beds or places.")
    tariff: TariffCriterion | None = maybe("A price that is low enough.")
    intervention_area: TerritoryInput | None = maybe("Intervenes there (zone d'intervention): its area holds the territory, or is a part of it.")
    updated_since: datetime | None = maybe("Described at this instant or later (date de mise à jour).")
    source_region: strawberry.ID | None = maybe("INSEE code of the region whose ROR describes it (région source).")
    psychiatry_sector: strawberry.ID | None = maybe("Psychiatry sector (secteur de psychiatrie).")
    in_anomaly: bool | None = maybe("Whether an anomaly that is not corrected is about it (anomalie).")
    text: str | None = maybe("Words of the names of the offer or its site: starts of words, one typing error in 5 letters or more (texte libre).")
    same_site: "OfferCriteria | None" = maybe("Another offer of the same site meets these (S-2).")


NAMES = {"all_of": "and", "any_of": "or", "none_of": "not"}
INPUTS = (Near, TerritoryInput, EquipmentCriterion, CapacityCriterion, TariffCriterion, OfferCriteria)


def _name(name: str) -> str:
    first, *rest = name.split("_")
    return NAMES.get(name, first + "".join(word.capitalize() for word in rest))


def raw_of(value: object) -> Any:
    """The plain form of an input, under the names of the schema, without what is absent."""
    if isinstance(value, list):
        return [raw_of(item) for item in value]
    if isinstance(value, AgeUnit):
        return value.value
    if isinstance(value, INPUTS):
        return {_name(name): raw_of(given) for name, given in vars(value).items() if given is not None}
    return value


def place_of(given: Near | None) -> GraphNear | None:
    """The checked place. Raises BadInput."""
    return near(raw_of(given)) if given else None


def territory_of(given: TerritoryInput | None) -> Territory | None:
    """The checked territory. Raises BadInput."""
    return territory(raw_of(given)) if given else None


def day_of(at: datetime | None) -> date:
    """The day of an answer, on the clock of Paris; today when absent (S-4). Raises BadInput for an instant without offset."""
    if at is None:
        return datetime.now(COUNTRY).date()
    if at.tzinfo is None:
        raise BadInput(f"at: {at.isoformat()} has no offset; write it like 2026-06-30T08:00:00+02:00.")
    return at.astimezone(COUNTRY).date()
