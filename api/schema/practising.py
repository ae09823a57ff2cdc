"""Professionals and their practices (professionnels, exercices professionnels, situations opérationnelles)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.schema import hanging as types
from api.schema.base import Coded, Info, Stamps, below, hanging, linked, read, said
from api.schema.changes import Change
from api.schema.differences import SourceStatement, history, sources
from api.schema.membership import Membership, memberships
from graph import hanging as answers
from graph import offering, practising, referential

if TYPE_CHECKING:
    from api.schema.offers import Offer
    from api.schema.structures import GeographicEntity

PRACTICES = list[Annotated["Practice", strawberry.lazy(__name__)]]
SITES = list[Annotated["GeographicEntity", strawberry.lazy("api.schema.structures")]]
OFFER = Annotated["Offer", strawberry.lazy("api.schema.offers")]


@strawberry.type(description="A health professional (professionnel).")
class Professional:
    id: strawberry.ID = said("8 + RPPS number, else 0 + ADELI number (idNat_PS).")
    family_name: str | None = said("Name of practice (nom d'exercice).")
    given_names: str | None = said("Given name of practice (prénom d'exercice).")
    title: str | None = said("Title (civilité d'exercice).")
    stamps: Stamps = said("Provenance.")
    sources: list[SourceStatement] = sources("Professional")
    history: list[Change] = history("Professional")
    pathways: list[Membership] = memberships("Professional")
    practices: PRACTICES = below("Its live practices (exercices), by id.", practising.practices_of("Professional"), practising.practices)


@strawberry.type(description="What a professional does somewhere: of the register, or operational, for an offer (exercice, situation opérationnelle).")
class Practice:
    id: strawberry.ID = said("Its id.")
    kind: str | None = said("REGISTER (RPPS) or OPERATIONAL (ROR).")
    profession: Coded | None = said("Profession (TRE_G15).")
    exercise_mode: Coded | None = said("Mode (mode d'exercice, TRE_R23).")
    agreement_sector: Coded | None = said("Agreement with the health insurance (secteur de conventionnement, TRE_R282).")
    optam: bool | None = said("Option of controlled fees (OPTAM, option pratique tarifaire maîtrisée).")
    vitale_card: bool | None = said("Takes the health card (carte Vitale acceptée).")
    home_visit: bool | None = said("Goes to the home (visite à domicile).")
    exercise_name: str | None = said("Name of the practice (nom d'exercice de la situation).")
    since: date | None = said("First day (date de début).")
    until: date | None = said("First day no more (date de fin).")
    stamps: Stamps = said("Provenance.")
    sources: list[SourceStatement] = sources("Practice")
    history: list[Change] = history("Practice")
    specialties: list[types.Specialty] = hanging("Specialties and know-how (savoir-faire).", answers.codes_of("Practice", "HAS_SPECIALTY"))
    competences: list[Coded] = hanging("Competences (compétences, TRE_R243).", answers.codes_of("Practice", "HAS_COMPETENCE"))
    hours: list[types.OpeningHours] = hanging("Hours (horaires).", answers.hours_of("Practice"))
    telecoms: list[types.Telecom] = hanging("How it is reached (télécommunications).", answers.telecoms_of("Practice"))
    offer: OFFER | None = linked("The offer it is for, in full (offre opérationnelle).", "offer", offering.offers)

    @read("Whose it is (professionnel).", Professional | None)
    @staticmethod
    async def professional(parent: strawberry.Parent[practising.Practice], info: Info) -> practising.Professional | None:
        if parent.professional_id is None:
            return None
        return await info.context.load(practising.professionals, parent.professional_id)

    @read("Where it takes place (lieux d'exercice).", SITES)
    @staticmethod
    async def sites(parent: strawberry.Parent[practising.Practice], info: Info) -> list[referential.GeographicEntity]:
        return await info.context.load_many(referential.geographic_entities, [one.id for one in parent.sites])
