"""The country as the national ROR exports it: NDJSON by resource type (bulk `$export`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from scripts.benchmarks.country.offers import FIRST, Offer, Site

NOS: Final = "https://mos.esante.gouv.fr/NOS/%s/FHIR/%s"
URL: Final = "https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition/"
Resource = dict[str, Any]


def _coding(system: str, code: str) -> Resource:
    return {"coding": [{"system": NOS % (system, system.replace("_", "-")), "code": code}]}


def _extension(name: str, **value: Any) -> Resource:
    return {"url": URL + name, **value}


def _part(url: str, **value: Any) -> Resource:
    return {"url": url, **value}


def _meta(region: str, updated: str) -> Resource:
    return {"lastUpdated": updated, "tag": _coding("TRE_R30-RegionOM", region)["coding"]}


def _identifier(system: str, code: str, value: str) -> list[Resource]:
    return [{"type": _coding(system, code), "value": value}]


def write_fhir(folder: Path, places: list[Site], offers: Iterator[Offer]) -> list[Path]:
    """Organization, Location and HealthcareService files."""
    folder.mkdir()
    paths = [folder / f"{name}.ndjson" for name in ("Organization", "Location", "HealthcareService")]
    _write(paths[0], _organizations(places))
    with paths[1].open("wb") as locations, paths[2].open("wb") as services:
        for offer in offers:
            services.write(orjson.dumps(_service(offer)) + b"\n")
            if offer.number % 2 == 0:
                locations.write(orjson.dumps(_location(offer)) + b"\n")
    return paths


def _write(path: Path, resources: Iterator[Resource]) -> None:
    with path.open("wb") as file:
        file.writelines(orjson.dumps(one) + b"\n" for one in resources)


def _organizations(places: list[Site]) -> Iterator[Resource]:
    for entity, region in sorted({site.entity: site.region for site in places}.items()):
        yield {
            "resourceType": "Organization",
            "id": f"ej-{entity}",
            "meta": _meta(region, FIRST),
            "identifier": _identifier("TRE_G07-TypeIdentifiantStructure", "1", entity),
            "type": [_coding("TRE_R72-FinessStatutJuridique", "13")],
            "name": f"ENTITE {entity}",
        }
    for site in places:
        yield {
            "resourceType": "Organization",
            "id": f"eg-{site.finess}",
            "meta": _meta(site.region, FIRST),
            "identifier": _identifier("TRE_G07-TypeIdentifiantStructure", "1", site.finess),
            "type": [_coding("TRE_R66-CategorieEtablissement", "355")],
            "name": site.name,
            "partOf": {"reference": f"Organization/ej-{site.entity}"},
        }


def _location(offer: Offer) -> Resource:
    beds = [_beds(offer.beds, offer.updated, status) for status in ("01", "02")] if offer.beds else []
    return {
        "resourceType": "Location",
        "id": f"l-{offer.number}",
        "meta": _meta(offer.site.region, offer.updated),
        "identifier": _identifier("TRE_R354-TypeIdentifiantLieu", "25", f"{offer.site.region}/L{offer.number}"),
        "name": f"Lieu {offer.number}",
        "managingOrganization": {"reference": f"Organization/eg-{offer.site.finess}"},
        "extension": [_extension("ror-commune-cog", valueCodeableConcept=_coding("TRE_R13-Commune", offer.site.commune)), *beds],
    }


def _beds(count: int, at: str, status: str) -> Resource:
    codes = {
        "capacityType": ("TRE_R329-NatureCapacite", "01"),
        "capacityStatus": ("TRE_R330-TypeStatutCapacite", status),
        "temporalityCapacity": ("TRE_R331-TemporaliteCapacite", "01"),
        "temporaryAssignement": ("TRE_R337-AffectationTemporaire", "01"),
    }
    parts = [_part(name, valueCodeableConcept=_coding(*code)) for name, code in codes.items()]
    counted = [_part("nbCapacity", valueInteger=count), _part("capacityUpdateDate", valueDateTime=at)]
    return _extension("ror-location-supported-capacity", extension=[*counted, *parts])


def _service(offer: Offer) -> Resource:
    site = offer.site
    characteristic = [_coding("TRE_R213-ModePriseEnCharge", offer.mode)]
    characteristic += [{"extension": [_extension("ror-act-type", valueCode="specificAct")], **_coding("TRE_R210-ActeSpecifique", act)} for act in offer.acts]
    patients = [_part("ageRange", valueRange={"low": {"value": 18}, "high": {"value": 90}})]
    patients += [_part("supportedPatientInfo", valueCodeableConcept=_coding("TRE_R239-PublicPrisEnCharge", public)) for public in offer.publics]
    found: Resource = {
        "resourceType": "HealthcareService",
        "id": f"o-{offer.number}",
        "meta": _meta(site.region, offer.updated),
        "identifier": _identifier("TRE_R355-TypeIdentifiantOffre", "35", offer.id),
        "name": offer.name,
        "type": [_coding("TRE_R227-ChampActivite", offer.field)],
        "category": [_coding("TRE_R244-TypeOffre", offer.kind)],
        "specialty": [_coding("TRE_R211-ActiviteOperationnelle", offer.activity)],
        "characteristic": characteristic,
        "providedBy": {"reference": f"Organization/eg-{site.finess}"},
        "extension": [
            _extension("ror-meta-creation-date", valueDateTime="2021-03-01T09:00:00+01:00"),
            _extension("ror-healthcareservice-sensitive-unit", valueBoolean=False),
            _extension("ror-healthcareservice-patient-type", extension=patients),
            _contact(offer.phone),
        ],
    }
    if offer.days:
        found["availableTime"] = [_hours(day) for day in offer.days]
    if offer.number % 2 == 0:
        found["location"] = [{"reference": f"Location/l-{offer.number}"}]
    return found


def _contact(phone: str) -> Resource:
    level = _extension("ror-confidentiality-level", valueCodeableConcept=_coding("TRE_R283-NiveauConfidentialite", "1"))
    channel = _extension("ror-telecom-communication-channel", valueCodeableConcept=_coding("TRE_R200-CanalCommunication", "2"))
    shown = _extension("ror-telecom-confidentiality-level", valueCodeableConcept=_coding("TRE_R283-NiveauConfidentialite", "1"))
    telecom = _part("telecom", valueContactPoint={"system": "phone", "value": phone, "extension": [channel, shown]})
    purpose = _part("purposeContact", valueCodeableConcept=_coding("TRE_R287-NatureContact", "01"))
    return _extension("ror-healthcareservice-contact", extension=[purpose, telecom, level])


def _hours(day: int) -> Resource:
    kind = _extension("ror-available-time-type-of-time", valueCodeableConcept=_coding("TRE_R252-TypeHoraire", "01"))
    return {
        "availableStartTime": "09:00:00",
        "availableEndTime": "18:00:00",
        "extension": [kind, _extension("ror-available-time-number-days-of-week", valueInteger=day)],
    }
