"""Made resources of the ROR guide in which every field that has a place in the graph is filled; contents are fictional."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tests.loaders.given import write

Json = dict[str, Any]

GUIDE: Final = "https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition"
ANNUAIRE: Final = "https://apifhir.annuaire.sante.fr/ws-sync/exposed/structuredefinition"
ADXP: Final = "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP"
LEFT: Final = "LEFT-OUT"  # stands in fields that have no place


def system(name: str) -> str:
    """The address of a nomenclature or a value set, as files have it."""
    return f"https://mos.esante.gouv.fr/NOS/{name}/FHIR/{name.replace('_', '-', 1)}"


def coding(code: str, name: str) -> Json:
    return {"system": system(name), "code": code, "display": LEFT}


def coded(*codes: tuple[str, str]) -> Json:
    return {"coding": [coding(code, name) for code, name in codes], "text": LEFT}


def ext(name: str, **value: Any) -> Json:
    """An extension of the guide; a nested one has no address."""
    return {"url": name if "/" in name or (name[0].islower() and not name.startswith("ror-")) else f"{GUIDE}/{name}", **value}


def ext_code(name: str, code: str, nomenclature: str) -> Json:
    return ext(name, valueCodeableConcept=coded((code, nomenclature)))


def nested(name: str, *inner: Json) -> Json:
    return ext(name, extension=list(inner))


def meta(profile: str) -> Json:
    return {
        "lastUpdated": "2026-01-02T10:00:00+01:00",
        "versionId": LEFT,
        "profile": [f"{GUIDE}/{profile}"],
        "tag": [{"system": system("TRE_R30-RegionOM"), "code": "96"}],
    }


def identifier(value: str, kind: str, nomenclature: str) -> Json:
    return {"type": {"coding": [{"system": system(nomenclature), "code": kind}]}, "value": value, "use": LEFT}


def telecom(value: str, channel: str, level: str, usage: str | None = None) -> Json:
    extensions = [
        ext_code("ror-telecom-communication-channel", channel, "TRE_R200-CanalCommunication"),
        ext_code("ror-telecom-confidentiality-level", level, "TRE_R283-NiveauConfidentialite"),
    ]
    return {"value": value, "rank": 1, "extension": [*extensions, *([ext("ror-telecom-usage", valueString=usage)] if usage else [])]}


def address(**more: Any) -> Json:
    parts = [("houseNumber", "3"), ("buildingNumberSuffix", "B"), ("streetNameType", "RUE"), ("streetNameBase", "DU PORT"), ("postBox", "BP 9")]
    return {
        "line": ["3B RUE DU PORT", "BP 9"],
        "_line": [{"extension": [{"url": f"{ADXP}-{name}", "valueString": value} for name, value in parts]}, None],
        "postalCode": "96100",
        "city": "PORT-BRUME",
        "country": LEFT,
        **more,
    }


def hours(day: int) -> Json:
    return {
        "availableStartTime": "09:00:00",
        "availableEndTime": "12:30:00",
        "extension": [
            ext_code("ror-available-time-type-of-time", "07", "TRE_R252-TypeHoraire"),
            ext("ror-available-time-number-days-of-week", valueInteger=day),
            ext("ror-available-time-effective-opening-closing-date", valuePeriod={"start": "2026-01-05", "end": "2026-06-30"}),
        ],
    }


def contact(name: str) -> Json:
    return {
        "name": {"family": name, "given": ["Ana"], "use": LEFT},
        "purpose": coded(("06", "TRE_R287-NatureContact")),
        "extension": [
            ext_code("ror-contact-function-contact", "12", "TRE_R251-FonctionContact"),
            ext_code("ror-contact-confidentiality-level", "2", "TRE_R283-NiveauConfidentialite"),
            ext("ror-contact-description", valueString=LEFT),
        ],
        "telecom": [telecom("0196000001", "2", "1", "jour et nuit")],
    }


def division(kind: str, code: str, nomenclature: str) -> Json:
    return nested(
        "ror-territorial-division",
        ext_code("typeTerritorialDivision", kind, "TRE_R201-TypeDivisionTerritoriale"),
        ext_code("codeTerritorialDivision", code, nomenclature),
    )


ENTITY: Final[Json] = {
    "resourceType": "Organization",
    "id": "ej1",
    "meta": meta("ror-organization"),
    "active": True,
    "identifier": [
        identifier("1960000018", "40", "TRE_G07-TypeIdentifiantStructure"),
        identifier("960000018", "1", "TRE_G07-TypeIdentifiantStructure"),
        identifier("960000018", "2", "TRE_G07-TypeIdentifiantStructure"),
        identifier("10960000001001", "4", "TRE_G07-TypeIdentifiantStructure"),
        identifier("96000000101", "0", "TRE_G07-TypeIdentifiantStructure"),
        identifier(LEFT, "43", "TRE_G07-TypeIdentifiantStructure"),
    ],
    "name": "Hôpitaux des Îles",
    "type": [coded(("13", "TRE_R72-FinessStatutJuridique")), coded(("1100", "TRE_R69-FinessAgregatStatutJuridiqueNiv2"))],
    "address": [
        address(
            extension=[
                {"url": "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code", "valueCoding": coding("96001", "JDV_J124-Commune")}
            ]
        )
    ],
    "extension": [
        ext("ror-meta-creation-date", valueDateTime="2020-01-01T00:00:00Z"),
        ext("ror-organization-creation-date", valueDateTime="1990-05-01"),
        ext("http://hl7.org/fhir/StructureDefinition/organization-period", valuePeriod={"end": "2030-12-31"}),
        ext_code("ror-organization-closing-type", "DEF", "JDV_J201-TypeFermeture-ROR"),
    ],
}
SITE: Final[Json] = {
    "resourceType": "Organization",
    "id": "eg1",
    "meta": meta("ror-organization"),
    "identifier": [
        identifier("1960000026", "40", "TRE_G07-TypeIdentifiantStructure"),
        identifier("960000026", "1", "TRE_G07-TypeIdentifiantStructure"),
        identifier("96000001800012", "3", "TRE_G07-TypeIdentifiantStructure"),
        identifier("10960000001002", "4", "TRE_G07-TypeIdentifiantStructure"),
        identifier("96000000102", "0", "TRE_G07-TypeIdentifiantStructure"),
    ],
    "name": "Hôpital du Port",
    "alias": ["Le Port"],
    "type": [coded(("355", "TRE_R66-CategorieEtablissement")), coded(("1", "TRE_R73-ESPIC"))],
    "partOf": {"reference": "Organization/ej1", "display": LEFT},
    "address": [
        address(
            extension=[
                ext("inseeCode", valueCoding=coding("96001", "JDV_J124-Commune")),
                nested(
                    "http://hl7.org/fhir/StructureDefinition/geolocation",
                    ext("latitude", valueDecimal=48.5),
                    ext("longitude", valueDecimal=-4.25),
                    ext("ror-confidence-geolocation", valueBoolean=True),
                ),
            ]
        )
    ],
    "contact": [contact("Le Bihan")],
    "telecom": [telecom("port@mssante.example", "3", "2")],
    "extension": [
        nested(
            "ror-organization-price",
            ext_code("priceType", "02", "TRE_R246-TypeTarif"),
            ext_code("priceUnit", "2", "TRE_R228-UnitePrix"),
            ext("amount", valueMoney={"value": 61.5, "currency": "EUR"}),
            ext("startDate", valueDateTime="2026-01-01"),
            ext("under60", valueBoolean=True),
            ext_code("residentialType", "01", "TRE_R242-TypeHabitation"),
            ext_code("specialPrice", "02", "TRE_R250-ConditionTarifaire"),
            ext_code("welcomeType", "02", "TRE_R240-TemporaliteAccueil"),
            ext_code("dependencyLevel", "01", "TRE_R237-GroupeTarifaireDependance"),
            ext_code("managementType", "03", "TRE_R236-ModeGestion"),
            ext("mealDeliveryName", valueString="Portage du midi"),
            ext_code("additionalServiceName", "08", "TRE_R264-PrestationNonObligatoireIncluse"),
            ext_code("deliveryIncluded", "01", "TRE_R264-PrestationNonObligatoireIncluse"),
            ext("othersDeliveryIncluded", valueString="Goûter"),
        ),
        division("4", "961", "TRE_R88-TerritoireSante"),
        ext_code("ror-organization-financial-help-type", "02", "TRE_R241-AideFinanciere"),
        ext("ror-organization-accomodation-family", valueBoolean=True),
        ext("ror-organization-nb-permanent-social-help-place", valueInteger=5),
        ext("ror-organization-nb-temporary-social-help-place", valueInteger=2),
        ext_code("ror-organization-accessibility-location", "01", "TRE_R202-AccessibiliteLieu"),
        ext_code("ror-organization-level-recourse-orsan", "1", "TRE_R284-NiveauRecoursORSAN"),
        ext("ror-organization-drop-zone", valueBoolean=True),
        ext_code("ror-organization-closing-type", "PRO", "TRE_R233-TypeFermetureEG"),
        ext("http://hl7.org/fhir/StructureDefinition/organization-period", valuePeriod={"start": "1991-02-03", "end": "2026-03-01"}),
        ext("ror-organization-reopening-date", valueDate="2026-09-01"),
        ext("ror-organization-comment", valueString="Travaux au rez-de-chaussée"),
        ext("ror-meta-comment", valueString=LEFT),
    ],
}
UNIT: Final[Json] = {
    "resourceType": "Organization",
    "id": "oi1",
    "meta": meta("ror-organization"),
    "identifier": [identifier("96/P1", "42", "TRE_R345-TypeIdentifiantAutre")],
    "name": "Pôle mer",
    "type": [coded(("1", "TRE_R207-TypeOrganisationInterne"))],
    "partOf": {"reference": "Organization/eg1"},
}
GROUND: Final[Json] = {
    "resourceType": "Location",
    "id": "l0",
    "meta": meta("ror-location"),
    "identifier": [identifier("96/L0", "25", "TRE_R354-TypeIdentifiantRessourceOperationnelle")],
    "name": "Bâtiment A",
}
PLACE: Final[Json] = {
    "resourceType": "Location",
    "id": "l1",
    "meta": meta("ror-location"),
    "status": "active",
    "alias": [LEFT],
    "identifier": [
        identifier("96/L1", "25", "TRE_R354-TypeIdentifiantRessourceOperationnelle"),
        identifier("ZONE-7", "26", "TRE_R354-TypeIdentifiantRessourceOperationnelle"),
    ],
    "name": "Unité du port",
    "description": "Deuxième étage",
    "type": [coded(("001", "TRE_R343-FonctionLieu"))],
    "address": address(),
    "position": {"latitude": 48.5, "longitude": -4.25, "extension": [ext("ror-coordinate-reliability", valueBoolean=True)]},
    "managingOrganization": {"reference": "Organization/eg1"},
    "partOf": {"reference": "Location/l0"},
    "telecom": [telecom("0196000002", "2", "1")],
    "extension": [
        ext_code("ror-commune-cog", "96001", "TRE_R13-CommuneOM"),
        ext_code("ror-location-status", "3", "TRE_R203-StatutLieu"),
        nested(
            "ror-location-supported-capacity",
            ext("nbCapacity", valueInteger=12),
            ext("capacityUpdateDate", valueDateTime="2026-01-02T08:30:00Z"),
            ext_code("capacityType", "01", "TRE_R329-NatureCapacite"),
            ext_code("capacityStatus", "02", "TRE_R330-TypeStatutCapacite"),
            ext_code("temporalityCapacity", "01", "TRE_R331-TemporaliteCapacite"),
            ext_code("genderCapacityAvailable", "02", "TRE_R332-GenreCapacite"),
            ext_code("temporaryAssignement", "01", "TRE_R337-AffectationTemporaire"),
            ext_code("capacityClosingType", "02", "TRE_R333-TypeFermetureCapacite"),
            ext_code("additionalBedType", "03", "TRE_R334-TypeLitSupplementaire"),
            ext_code("crisisType", "02", "TRE_R336-TypeCrise"),
            ext_code("capacitySourceType", "01", "TRE_R335-TypeSourceCapacite"),
        ),
        nested(
            "ror-location-equipment",
            ext_code("equipmentType", "032", "TRE_R212-Equipement"),
            ext("nbInService", valueInteger=2),
            nested(
                "ror-location-equipment-limit",
                ext_code("equipmentFeature", "01", "TRE_R340-TypeCaracteristiqueEquipement"),
                ext("limitValue", valueQuantity={"value": 250, "unit": "kg"}),
            ),
        ),
        nested("ror-location-residential-capacity", ext_code("residentialType", "01", "TRE_R242-TypeHabitation"), ext("residentialNumber", valueInteger=6)),
    ],
}
OFFER: Final[Json] = {
    "resourceType": "HealthcareService",
    "id": "o1",
    "meta": meta("ror-healthcareservice"),
    "active": True,
    "identifier": [identifier("96/0047", "35", "TRE_R355-TypeIdentifiantOffre"), identifier("INT-47", "36", "TRE_R355-TypeIdentifiantOffre")],
    "name": "Soins du port",
    "comment": "Entrée par le quai",
    "type": [coded(("01", "TRE_R227-ChampActivite"))],
    "category": [coded(("157", "TRE_R244-CategorieOrganisation"))],
    "specialty": [coded(("183", "TRE_R211-ActiviteOperationnelle")), coded(("01", "TRE_R266-FamilleActiviteOperationnelleHorsSerafin"))],
    "characteristic": [
        coded(("28", "JDV_J19-ModePriseEnCharge-ROR")),
        coded(("02", "TRE_R240-TemporaliteAccueil")),
        coded(("01", "TRE_R236-ModeGestion")),
        coded(("03", "TRE_R238-OuvertureAnnuelle")),
        coded(("02", "TRE_R253-TypeMaternite")),
        coded(("PRO", "TRE_R286-TypeFermeture")),
        coded(("05", "TRE_R338-ModaliteAccueil")),
        coded(("02", "JDV_J227-NiveauExpertise-ROR")),
        coded(("004", "TRE_R245-SpecialisationDePriseEnCharge")),
        coded(("0011", "TRE_R243-CompetenceSpecifique")),
        coded(("60", "TRE_G15-ProfessionSante")),
        {**coded(("0320", "TRE_R210-ActeSpecifique")), "extension": [ext("ror-act-type", valueCode="outsideOfficeAct")]},
    ],
    "providedBy": {"reference": "Organization/oi1"},
    "location": [{"reference": "Location/l1"}],
    "telecom": [telecom("soins@mssante.example", "3", "2")],
    "availableTime": [hours(2)],
    "notAvailable": [{"id": "closingReopeningDate", "description": LEFT, "during": {"start": "2026-07-01", "end": "2026-08-31"}}],
    "coverageArea": [{"reference": LEFT}],
    "extension": [
        ext("ror-meta-creation-date", valueDateTime="2023-12-09T14:30:00+01:00"),
        ext("ror-meta-questionnaire-used-as-a-template", valueCanonical=LEFT),
        ext("ror-healthcareservice-sensitive-unit", valueBoolean=False),
        ext("ror-healthcareservice-no-consent-habilitation", valueBoolean=True),
        ext("ror-healthcareservice-psychiatric-sector", valueString="96G01"),
        nested(
            "ror-healthcareservice-patient-type",
            ext("ageRange", valueRange={"low": {"value": 6, "code": "mo"}, "high": {"value": 18, "unit": "an"}}),
            ext_code("supportedPatientInfo", "05", "TRE_R239-PublicPrisEnCharge"),
        ),
        division("2", "961", "TRE_G09-DepartementOM"),
        division("5", "99100", "TRE_R20-Pays"),
        nested(
            "ror-healthcareservice-contact",
            ext("name", valueHumanName={"text": "Accueil du port"}),
            ext_code("purposeContact", "02", "TRE_R287-NatureContact"),
            ext_code("ror-confidentiality-level", "1", "TRE_R283-NiveauConfidentialite"),
            nested(
                "ror-healthcareservice-contact-telecom",
                ext_code("ror-telecom-communication-channel", "2", "TRE_R200-CanalCommunication"),
                ext_code("ror-telecom-confidentiality-level", "1", "TRE_R283-NiveauConfidentialite"),
                ext("telecomAddress", valueString="0196000047"),
            ),
        ),
    ],
}
PERSON: Final[Json] = {
    "resourceType": "Practitioner",
    "id": "p1",
    "meta": meta("ror-practitioner"),
    "gender": "female",
    "birthDate": "1970-01-01",
    "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "10960000001"}],
    "name": [{"family": "Le Goff", "given": ["Ana", "Rose"], "prefix": ["MME"]}],
    "address": [{"text": LEFT}],
    "telecom": [telecom("ana@mssante.example", "3", "2")],
}
ROLE: Final[Json] = {
    "resourceType": "PractitionerRole",
    "id": "r1",
    "meta": meta("ror-practitionerrole"),
    "identifier": [{"value": "96/S1"}],
    "practitioner": {"reference": "Practitioner/p1"},
    "organization": {"reference": "Organization/eg1"},
    "healthcareService": [{"reference": "HealthcareService/o1"}],
    "code": [coded(("10", "TRE_G15-ProfessionSante"))],
    "specialty": [
        coded(("S", "JDV_J209-TypeSavoirFaire-ROR")),
        coded(("SM26", "TRE_R38-SpecialiteOrdinale")),
        coded(("0011", "TRE_R243-CompetenceSpecifique")),
    ],
    "availableTime": [hours(4)],
    "telecom": [telecom("0196000003", "2", "3")],
    "extension": [
        nested("RORPractitionerRoleName", ext("exerciseFirstName", valueString="Rose"), ext("exerciseLastName", valueString="Goff")),
        ext_code("ror-practitionerrole-unit-exercise-mode", "L", "TRE_R23-ModeExercice"),
        ext_code(f"{ANNUAIRE}/practitionerRole-contracted", "1", "TRE_R282-CNAMAmeliSecteurConventionnement"),
        ext(f"{ANNUAIRE}/practitionerRole-hasCAS", valueBoolean=True),
        ext(f"{ANNUAIRE}/practitionerRole-vitaleAccepted", valueBoolean=True),
        ext("ror-practitionerrole-home-visit", valueBoolean=False),
    ],
}
# A draft of the guide: profession and savoir-faire on the Practitioner, civil names in a Person
DRAFT: Final[Json] = {
    "resourceType": "Practitioner",
    "id": "p2",
    "identifier": [{"value": "810960000002"}],
    "name": [{"family": "Morin", "given": ["Jo"]}],
    "qualification": [
        {"code": coded(("10", "TRE_G15-ProfessionSante"))},
        {"code": coded(("S", "TRE_R04-TypeSavoirFaire"), ("SM54", "JDV_J210-SpecialiteOrdinale-ROR"))},
    ],
}
CIVIL: Final[Json] = {
    "resourceType": "Person",
    "id": "pp2",
    "name": [{"family": "Morin-Lévêque", "given": ["Joëlle"]}],
    "link": [{"target": {"reference": "Practitioner/p2"}}],
}
DRAFT_ROLE: Final[Json] = {
    "resourceType": "PractitionerRole",
    "id": "r2",
    "practitioner": {"reference": "Practitioner/p2"},
    "healthcareService": [{"reference": "HealthcareService/o1"}],
}
ALL: Final = (ENTITY, SITE, UNIT, GROUND, PLACE, OFFER, PERSON, ROLE, DRAFT, CIVIL, DRAFT_ROLE)


def ndjson(path: Path, *resources: Json) -> Path:
    """A file of lines."""
    return write(path, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in resources))


def bundle(*resources: Json, link: Iterable[tuple[str, str]] = (), total: int | None = None, **more: Any) -> Json:
    """The answer of a search that matched all of them."""
    entries = [{"fullUrl": f"https://ror.example/fhir/{one['resourceType']}/{one['id']}", "resource": one, "search": {"mode": "match"}} for one in resources]
    links = [{"relation": relation, "url": url} for relation, url in link]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(resources) if total is None else total, "link": links, "entry": entries, **more}


def document(path: Path, value: Any, indent: int | None = None) -> Path:
    """A file of one JSON value."""
    return write(path, json.dumps(value, ensure_ascii=False, indent=indent))
