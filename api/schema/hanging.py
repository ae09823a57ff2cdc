"""What hangs on an object and exists with it: contacts, telecoms, hours, tariffs, capacities, equipment, housing.

Contacts and telecoms have a level of confidentiality; those that the caller does not see never come out of the store (docs/access.md, A-3).
"""

from datetime import date

import strawberry

from api.schema.base import said


@strawberry.type(description="How something is reached (télécommunication).")
class Telecom:
    id: strawberry.ID = said("Its id.")
    channel: str | None = said("Channel (canal).")
    value: str | None = said("Number or address (adresse de télécommunication).")
    usage: str | None = said("Usage (utilisation).")
    secure: bool | None = said("A secure mailbox (boîte aux lettres MSS).")
    confidentiality: int | None = said("Level 1 free, 2 restricted, 3 very restricted (niveau de confidentialité, TRE_R283); null: not stated, counts as 3.")
    updated_at: str | None = said("Updated at the source: ISO 8601, UTC.")


@strawberry.type(description="Whom to ask (contact).")
class Contact:
    id: strawberry.ID = said("Its id.")
    name: str | None = said("Name (nom du contact).")
    function: str | None = said("Function (fonction de contact, TRE_R251).")
    nature: str | None = said("Nature (nature de contact).")
    confidentiality: int | None = said("Level 1 free, 2 restricted, 3 very restricted (niveau de confidentialité); null: not stated, counts as 3.")
    updated_at: str | None = said("Updated at the source: ISO 8601, UTC.")
    telecoms: list[Telecom] = said("How it is reached (télécommunications).")


@strawberry.type(description="A range of hours of a day (plage horaire).")
class OpeningHours:
    id: strawberry.ID = said("Its id.")
    day: int | None = said("Day 1 to 7; 1 is Monday (jour de la semaine).")
    from_time: str | None = strawberry.field(name="from", description="Begins (heure de début).")
    to_time: str | None = strawberry.field(name="to", description="Ends (heure de fin).")
    type: str | None = said("Open or closed (type de plage horaire, TRE_R252).")
    effective_from: date | None = said("First day (début de validité).")
    effective_to: date | None = said("Last day (fin de validité).")


@strawberry.type(description="A tariff (tarif).")
class Tariff:
    id: strawberry.ID = said("Its id.")
    type: str | None = said("Type (type de tarif, TRE_R246).")
    amount: float | None = said("Amount (montant), in `unit`.")
    unit: str | None = said("Unit (unité de prix).")
    level: str | None = said("Level of dependency or of service (niveau).")
    conditions: list[str] | None = said("Conditions: housing, dependency, services included (conditions tarifaires).")
    valid_from: date | None = said("First day (date de début de validité).")


@strawberry.type(description="How many of a nature in a state (capacité de prise en charge).")
class Capacity:
    id: strawberry.ID = said("Its id.")
    nature: str | None = said("Nature (nature de capacité, TRE_R329).")
    status: str | None = said("State (statut de capacité, TRE_R330).")
    temporality: str | None = said("Moment (temporalité, TRE_R331).")
    gender: str | None = said("Gender (genre de capacité, TRE_R332).")
    assignment: str | None = said("Assignment (affectation temporaire).")
    closing_type: str | None = said("Type of closing (type de fermeture).")
    extra_bed: str | None = said("Extra bed (lit supplémentaire).")
    crisis: str | None = said("Crisis (type de crise).")
    count: int | None = said("How many (nombre).")
    updated_at: str | None = said("Updated: ISO 8601, UTC.")
    source_type: str | None = said("By what it is known (type de source).")
    comment: str | None = said("Comment (commentaire).")


@strawberry.type(description="Equipment (équipement spécifique, TRE_R212).")
class Equipment:
    id: strawberry.ID = said("System, hyphen, code.")
    label: str | None = said("Label (libellé).")
    in_service: int | None = said("How many are in service (nombre en service).")
    limits: list[str] | None = said("Limits (caractéristiques limites).")


@strawberry.type(description="Housing (habitation, TRE_R242).")
class Housing:
    id: strawberry.ID = said("System, hyphen, code.")
    label: str | None = said("Label (libellé).")
    count: int | None = said("How many (nombre d'habitations).")


@strawberry.type(description="A specialty or know-how of a practice (savoir-faire).")
class Specialty:
    id: strawberry.ID = said("System, hyphen, code.")
    label: str | None = said("Label (libellé).")
    type: str | None = said("Type of know-how (type de savoir-faire, TRE_R04).")
