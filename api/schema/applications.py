"""Applications and interfaces with what hangs on them (applications, services exposés)."""

import json
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from api.schema.base import Info, Named, Whole, detail, read, said
from graph import urbanisation

INTERFACE = Annotated["Interface", strawberry.lazy(__name__)]
APPLICATION = Whole(urbanisation.ApplicationDetails, urbanisation.application_details, "code")


@strawberry.enum(description="Kind of an application (type d'application).")
class ApplicationKind(StrEnum):
    REGIONAL_ROR = "REGIONAL_ROR"
    NATIONAL_ROR = "NATIONAL_ROR"
    REFERENTIAL = "REFERENTIAL"
    CONSUMER = "CONSUMER"
    PLATFORM = "PLATFORM"
    OTHER = "OTHER"


@strawberry.type(description="An actor of an application (acteur).")
class Actor:
    relation: str = said("OWNED_BY, OPERATED_BY or PUBLISHED_BY.")
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Its name (nom).")
    kind: str | None = said("What it is.")


@strawberry.type(description="A flow of an application or interface (flux).")
class FlowEnd:
    role: str = said("CONSUMER, PRODUCER, CALLS or FEEDS.")
    code: strawberry.ID = said("Code of the flow.")
    name: str | None = said("Its name (nom).")
    mode: str | None = said("query, extract, push or feed.")


@strawberry.type(description="A connection of two RORs (connexion).")
class ApplicationLink:
    code: strawberry.ID = said("Code of the other application.")
    name: str | None = said("Its name (nom).")
    state: str | None = said("State of the connection; null: not known.")
    checked_on: date | None = said("Day it was checked.")


@strawberry.type(description="An interface that an application exposes (service exposé).")
class ExposedInterface:
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Its name (nom).")
    standard: str | None = said("Its standard.")

    @read("The interface in full.", INTERFACE | None)
    async def interface(self, info: Info) -> urbanisation.InterfaceDetails | None:
        return await info.context.load(urbanisation.interface_details, str(self.code))


@strawberry.type(description="A class that is entered in an application (saisie d'une classe de données).")
class EnteredClass:
    data_class: strawberry.ID = said("Code of the class.")
    regions: list[strawberry.ID] | None = said("For which regions; null: all.")
    since: date | None = said("First day.")
    until: date | None = said("First day no more.")


@strawberry.type(description="An application (application): a ROR, a referential, a consumer...")
class Application:
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Name (nom).")
    kind: ApplicationKind | None = said("Kind (type).")
    phase: str | None = said("Lifecycle phase (phase du cycle de vie).")
    criticality: int | None = said("Criticality 1 to 4 (criticité).")
    fictional: bool | None = said("Made up for the sample region.")
    regions: list[strawberry.ID] = said("Where it is deployed (régions de déploiement).")
    planned_on: date | None = detail(APPLICATION, "planned_on", "Planned on.")
    build_on: date | None = detail(APPLICATION, "build_on", "Build begins.")
    production_on: date | None = detail(APPLICATION, "production_on", "First day of production (mise en service).")
    phase_out_on: date | None = detail(APPLICATION, "phase_out_on", "Phase-out begins.")
    retired_on: date | None = detail(APPLICATION, "retired_on", "First day without service (décommissionnement).")
    access_profile: int | None = detail(APPLICATION, "access_profile", "Access profile 0 to 5 (profil d'accès).")
    perimeter: list[str] | None = detail(APPLICATION, "perimeter", "Region codes, or NATIONAL (périmètre).")
    trust_circles: list[str] | None = detail(APPLICATION, "trust_circles", "Trust circles (espaces de confiance).")
    document: str | None = detail(APPLICATION, "document", "The document that says it (source).")
    reason: str | None = detail(APPLICATION, "reason", "Why it is inferred, where it is.")
    stub: bool | None = detail(APPLICATION, "stub", "Named by others only, not described itself.")
    actors: list[Actor] = detail(APPLICATION, "actors", "Owner, operator, publisher (acteurs).")
    exposes: list[ExposedInterface] = detail(APPLICATION, "exposes", "Interfaces that it exposes (services exposés).")
    flows: list[FlowEnd] = detail(APPLICATION, "flows", "Flows that it makes or feeds (flux).")
    connections: list[ApplicationLink] = detail(APPLICATION, "connections", "Connections to other RORs.")
    enters: list[EnteredClass] = detail(APPLICATION, "enters", "Classes that are entered in it.")


@strawberry.type(description="A class that an interface serves (classe servie).")
class ServedClass:
    data_class: strawberry.ID = said("Code of the class.")
    name: str | None = said("Its name (nom).")
    attributes: list[str] | None = said("Attributes; null: all.")


@strawberry.type(description="An interface that replaces, or is replaced (remplacement).")
class Replacement:
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Its name (nom).")
    note: str | None = said("Remark.")

    @read("What is covered, by class; null: not stated (couverture).", JSON | None)
    @staticmethod
    def coverage(parent: strawberry.Parent[urbanisation.ReplacedBy]) -> Any:
        return json.loads(parent.coverage) if parent.coverage else None


@strawberry.type(description="An interface: an exposed service with its contract (service exposé).")
class Interface:
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Name (nom).")
    standard: str | None = said("Standard: FHIR_ME3, XML_ME2, SOAP_CSD, CSV, WEBSERVICE, GUI.")
    version: str | None = said("Version.")
    security: str | None = said("Security (sécurité).")
    trust_circle: str | None = said("Trust circle (espace de confiance); NONE is open access; null: not known.")
    intake: bool | None = said("It is fed, not read (alimentation).")
    perimeter: list[str] | None = said("Region codes, or NATIONAL (périmètre).")
    opens_on: date | None = said("First day (ouverture).")
    ends_on: date | None = said("First day without service (fin).")
    fictional: bool | None = said("Made up for the sample region.")
    document: str | None = said("The document that says it (source).")
    reason: str | None = said("Why it is inferred, where it is.")
    stub: bool | None = said("Named by others only, not described itself.")
    exposed_by: Named | None = said("The application that exposes it, by name.")
    owners: list[Named] = said("Its owners (propriétaires).")
    serves: list[ServedClass] = said("What it serves.")
    replaced_by: list[Replacement] = said("What replaces it.")
    replaces: list[Replacement] = said("What it replaces.")
    flows: list[FlowEnd] = said("Flows that call or feed it (flux).")

    @read("The application that exposes it.", Application | None)
    async def application(self, info: Info) -> urbanisation.ApplicationDetails | None:
        if self.exposed_by is None:
            return None
        return await info.context.load(urbanisation.application_details, str(self.exposed_by.id))
