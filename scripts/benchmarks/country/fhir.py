"""The country as a bulk export of the national ROR: Organization, Location and HealthcareService as NDJSON."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from scripts.benchmarks.country.shape import Offer, Site

EXTENSION: Final = "https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition/"
NOS: Final = "https://mos.esante.gouv.fr/NOS/"
ADXP: Final = "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-"
CREATED: Final = "2021-01-07T16:17:29+01:00"
REGION: Final = "TRE_R30-RegionOM"

Resource = dict[str, Any]


def write_fhir(folder: Path, places: Sequence[Site], offers: Iterable[Offer]) -> list[Path]:
    """The three files of the export."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{kind}.ndjson" for kind in ("Organization", "Location", "HealthcareService")]
    with paths[0].open("wb") as organizations, paths[1].open("wb") as locations, paths[2].open("wb") as services:
        for number in dict.fromkeys(site.entity for site in places):
            organizations.write(orjson.dumps(_entity(number)) + b"\n")
        for site in places:
            organizations.write(orjson.dumps(_organization(site)) + b"\n")
            locations.write(orjson.dumps(_location(f"site-{site.finess}", site)) + b"\n")
        for offer in offers:
            if offer.beds:
                locations.write(orjson.dumps(_with_beds(offer)) + b"\n")
            services.write(orjson.dumps(_service(offer)) + b"\n")
    return paths


def _meta(profile: str, updated: str, region: str | None = None) -> Resource:
    meta: Resource = {"lastUpdated": updated, "profile": [f"{EXTENSION}{profile}"]}
    return meta | {"tag": [_coding(REGION, region)]} if region else meta


def _coding(system: str, code: str) -> Resource:
    return {"system": f"{NOS}{system}/FHIR/{system.replace('_', '-')}", "code": code}


def _concept(system: str, code: str) -> Resource:
    return {"coding": [_coding(system, code)]}


def _extension(name: str, system: str, code: str) -> Resource:
    return {"url": name, "valueCodeableConcept": _concept(system, code)}


def _finess(number: str) -> list[Resource]:
    kinds = (("1", number, "https://finess.esante.gouv.fr"), ("40", f"1{number}", "urn:oid:1.2.250.1.71.4.2.2"))
    return [{"value": value, "system": system, "type": _concept("TRE_G07-TypeIdentifiantStructure", kind)} for kind, value, system in kinds]


def _entity(number: str) -> Resource:
    return {
        "resourceType": "Organization", "id": f"ej-{number}", "meta": _meta("ror-organization", CREATED), "name": f"Entité {number}",
        "identifier": _finess(number), "type": [_concept("TRE_R72-FinessStatutJuridique", "13")],
    }  # fmt: skip


def _organization(site: Site) -> Resource:
    return {
        "resourceType": "Organization", "id": f"eg-{site.finess}", "meta": _meta("ror-organization", CREATED, site.region), "name": site.name,
        "identifier": _finess(site.finess), "type": [_concept("TRE_R66-CategorieEtablissement", site.category or "355")],
        "partOf": {"reference": f"Organization/ej-{site.entity}"}, "address": [_address(site)],
        "extension": [{"url": f"{EXTENSION}ror-meta-creation-date", "valueDateTime": CREATED}],
    }  # fmt: skip


def _address(site: Site) -> Resource:
    parts = (("houseNumber", "1"), ("streetNameType", "R"), ("streetNameBase", "DE LA MAIRIE"))
    return {
        "line": [f"1 R DE LA MAIRIE {site.postal_code} {site.town}"], "city": site.town, "postalCode": site.postal_code,
        "_line": [{"extension": [{"url": f"{ADXP}{name}", "valueString": value} for name, value in parts]}],
    }  # fmt: skip


def _location(name: str, site: Site) -> Resource:
    return {
        "resourceType": "Location", "id": name, "meta": _meta("ror-location", CREATED, site.region), "name": "Bâtiment principal",
        "identifier": [{"value": f"{site.region}/{name}", "type": _concept("TRE_R354-TypeIdentifiantLieu", "25")}],
        "type": [_concept("TRE_R343-FonctionLieu", "001")], "address": _address(site),
        "extension": [_extension(f"{EXTENSION}ror-commune-cog", "TRE_R13-Commune", site.commune)],
    }  # fmt: skip


def _with_beds(offer: Offer) -> Resource:
    location = _location(f"unit-{offer.number}", offer.site)
    location["name"] = "Unité d'hébergement"
    location["meta"]["lastUpdated"] = offer.updated
    location["extension"] += [_capacity(status, count) for status, count in zip(("01", "02"), offer.beds or (), strict=False)]
    return location


def _capacity(status: str, count: int) -> Resource:
    codes = (
        ("capacityStatus", "TRE_R330-TypeStatutCapacite", status), ("capacityType", "TRE_R329-NatureCapacite", "01"),
        ("temporalityCapacity", "TRE_R331-TemporaliteCapacite", "01"), ("capacitySourceType", "TRE_R335-TypeSourceCapacite", "01"),
        ("temporaryAssignement", "TRE_R337-AffectationTemporaire", "01"),
    )  # fmt: skip
    parts = [{"url": "nbCapacity", "valueInteger": count}, {"url": "capacityUpdateDate", "valueDateTime": "2024-06-03T06:00:00Z"}]
    return {"url": f"{EXTENSION}ror-location-supported-capacity", "extension": parts + [_extension(*one) for one in codes]}


def _service(offer: Offer) -> Resource:
    return {
        "resourceType": "HealthcareService", "id": f"hs-{offer.number}", "meta": _meta("ror-healthcareservice", offer.updated, offer.site.region),
        "identifier": [{"value": offer.id}], "name": offer.name,
        "providedBy": {"reference": f"Organization/eg-{offer.site.finess}"},
        "location": [{"reference": f"Location/unit-{offer.number}" if offer.beds else f"Location/site-{offer.site.finess}"}],
        "type": [_concept("TRE_R227-ChampActivite", offer.field)], "category": [_concept("TRE_R244-CategorieOrganisation", offer.offer_type)],
        "specialty": [_concept("TRE_R211-ActiviteOperationnelle", code) for code in offer.activities],
        "characteristic": _characteristics(offer), "extension": _extensions(offer), "availableTime": [_hours(day) for day in offer.open_days],
    }  # fmt: skip


def _characteristics(offer: Offer) -> list[Resource]:
    act = {"url": f"{EXTENSION}ror-act-type", "valueCode": "specificAct"}
    return [
        _concept("TRE_R213-ModePriseEnCharge", offer.care_mode),
        *({"extension": [act], **_concept("TRE_R210-ActeSpecifique", code)} for code in offer.acts),
        *(_concept("TRE_R243-CompetenceSpecifique", code) for code in offer.skills),
    ]


def _extensions(offer: Offer) -> list[Resource]:
    low, high = offer.ages
    patients: list[Resource] = [{"url": "ageRange", "valueRange": {"low": {"value": low, "unit": "a"}, "high": {"value": high, "unit": "a"}}}]
    patients += [_extension("supportedPatientInfo", "JDV_J30-PublicPrisEnCharge-ROR", code) for code in offer.publics]
    return [
        {"url": f"{EXTENSION}ror-meta-creation-date", "valueDateTime": CREATED},
        {"url": f"{EXTENSION}ror-healthcareservice-sensitive-unit", "valueBoolean": False},
        {"url": f"{EXTENSION}ror-healthcareservice-patient-type", "extension": patients},
        {"url": f"{EXTENSION}ror-healthcareservice-contact", "extension": _contact(offer)},
        *([{"url": f"{EXTENSION}ror-territorial-division", "extension": _area(offer.area)}] if offer.area else []),
    ]


def _area(department: str) -> list[Resource]:
    return [
        _extension("typeTerritorialDivision", "TRE_R201-TypeDivisionTerritoriale", "2"),
        _extension("codeTerritorialDivision", "TRE_G09-DepartementOM", department),
    ]


def _contact(offer: Offer) -> list[Resource]:
    level = _extension(f"{EXTENSION}ror-confidentiality-level", "TRE_R283-NiveauConfidentialite", "1")
    channel = _extension(f"{EXTENSION}ror-telecom-communication-channel", "TRE_R200-CanalCommunication", "2")
    private = _extension(f"{EXTENSION}ror-telecom-confidentiality-level", "TRE_R283-NiveauConfidentialite", "1")
    telecoms = [
        {"url": f"{EXTENSION}ror-healthcareservice-contact-telecom", "extension": [channel, private, {"url": "telecomAddress", "valueString": phone}]}
        for phone in offer.phones
    ]
    return [_extension("purposeContact", "TRE_R287-NatureContact", "06"), level, *telecoms]


def _hours(day: int) -> Resource:
    kind = _extension(f"{EXTENSION}ror-available-time-type-of-time", "TRE_R252-TypeHoraire", "07")
    number = {"url": f"{EXTENSION}ror-available-time-number-days-of-week", "valueInteger": day}
    return {"availableStartTime": "09:00:00", "availableEndTime": "17:00:00", "extension": [kind, number]}
