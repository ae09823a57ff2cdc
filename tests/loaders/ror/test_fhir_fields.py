"""Every field of the guide that has a place in the model is found again in the graph; what has none is not stored."""

from datetime import date
from pathlib import Path
from typing import Any

from graph.store.connection import Store
from loaders.pipeline import Options, load
from loaders.ror.fhir.source import SOURCE
from tests.loaders.given import read, strangers
from tests.loaders.places import expected, fields, found
from tests.loaders.ror.made_fhir import ALL, LEFT, ndjson

EJ, EG = "MATCH (n:LegalEntity {id: '1960000018'})", "MATCH (n:GeographicEntity {id: '1960000026'})"
OI, LOC, HS = "MATCH (n:OrganisationalUnit {id: '96/P1'})", "MATCH (n:Location {id: '96/L1'})", "MATCH (n:Offer {id: '96/0047'})"
PS, ROLE = "MATCH (n:Professional {id: '810960000001'})", "MATCH (n:Practice {id: '96/S1'})"
DRAFT = "MATCH (n:Practice {id: '810960000002/96/0047/TRE_G15-10'})"
UPDATED = "2026-01-02T09:00:00.000+00:00"
NO_TRACE = f"MATCH (s:SourceRecord) WHERE s.statement CONTAINS '{LEFT}' RETURN count(s)"  # a statement holds all that was said
DROPPED = "MATCH (s:SourceRecord) WHERE s.statement CONTAINS '1970' OR s.statement CONTAINS 'female' RETURN count(s)"


def said(resource: str, prop: str) -> str:
    return f"MATCH (s:SourceRecord {{id: 'ror:ROR-NAT/{resource}'}}) RETURN s.{prop}"


def props(node: str, *names: str) -> str:
    return f"{node} RETURN [{', '.join(f'n.{name}' for name in names)}]"


def to(node: str, relation: str, *names: str) -> str:
    """Keys or properties of the one end of a relation."""
    return f"{node}-[r:{relation}]->(x) RETURN [{', '.join(names or ('coalesce(x.id, x.code)',))}]"


OFFER: dict[str, tuple[str, Any]] = {
    "HealthcareService.id": (said("HealthcareService/o1", "source_id"), "o1"),
    "HealthcareService.meta.lastUpdated": (props(HS, "updated_at"), [UPDATED]),
    "HealthcareService.meta.tag": (props(HS, "source_region"), ["96"]),
    "HealthcareService.extension ror-meta-creation-date": (props(HS, "created_at"), ["2023-12-09T13:30:00.000+00:00"]),
    "HealthcareService.identifier (35, or without a type)": (said("HealthcareService/o1", "stated_id"), "96/0047"),
    "HealthcareService.identifier (36)": (said("HealthcareService/o1", "internal_id"), "INT-47"),
    "HealthcareService.name": (props(HS, "name"), ["Soins du port"]),
    "HealthcareService.comment": (props(HS, "comment"), ["Entrée par le quai"]),
    "HealthcareService.type": (props(HS, "field_of_activity"), ["TRE_R227-01"]),
    "HealthcareService.category": (props(HS, "offer_type"), ["TRE_R244-157"]),
    "HealthcareService.specialty R211": (to(HS, "HAS_ACTIVITY"), ["TRE_R211-183"]),
    "HealthcareService.specialty J51 (R265, R266)": (to(HS, "HAS_ACTIVITY", "r.family"), ["TRE_R266-01"]),
    "HealthcareService.characteristic R213": (props(HS, "care_mode"), ["TRE_R213-28"]),
    "HealthcareService.characteristic R240": (props(HS, "reception_type"), ["TRE_R240-02"]),
    "HealthcareService.characteristic R236": (props(HS, "management_type"), ["TRE_R236-01"]),
    "HealthcareService.characteristic R238": (props(HS, "annual_opening"), ["TRE_R238-03"]),
    "HealthcareService.characteristic R253": (props(HS, "maternity_type"), ["TRE_R253-02"]),
    "HealthcareService.characteristic R286": (props(HS, "closing_type"), ["TRE_R286-PRO"]),
    "HealthcareService.characteristic R338": (to(HS, "RECEPTION_MODALITY"), ["TRE_R338-05"]),
    "HealthcareService.characteristic J227": (to(HS, "EXPERTISE_LEVEL"), ["TRE_R339-02"]),
    "HealthcareService.characteristic R245": (to(HS, "SPECIALISED_IN"), ["TRE_R245-004"]),
    "HealthcareService.characteristic R243": (to(HS, "HAS_COMPETENCE"), ["TRE_R243-0011"]),
    "HealthcareService.characteristic J186": (to(HS, "MOBILISES"), ["TRE_G15-60"]),
    "HealthcareService.characteristic R210": (to(HS, "PERFORMS_ACT"), ["TRE_R210-0320"]),
    "HealthcareService.characteristic.extension ror-act-type": (to(HS, "PERFORMS_ACT", "r.outside_office"), [True]),
    "HealthcareService.extension patient-type ageRange": (props(HS, "min_age", "max_age", "age_unit"), [6.0, 216.0, "mo"]),
    "HealthcareService.extension patient-type supportedPatientInfo": (to(HS, "FOR_PUBLIC"), ["TRE_R239-05"]),
    "HealthcareService.extension sensitive-unit": (props(HS, "sensitive_unit"), [False]),
    "HealthcareService.extension no-consent-habilitation": (props(HS, "no_consent"), [True]),
    "HealthcareService.extension psychiatric-sector": (f"{HS} RETURN n.psychiatry_sectors", ["96G01"]),
    "HealthcareService.extension territorial-division": (f"{HS}-[:INTERVENES_IN]->(x:Department) RETURN x.code", "961"),
    "HealthcareService.extension territorial-division of the country": (f"{HS}-[r:INTERVENES_IN]->(x:Region) RETURN [x.code, r.whole_country]", ["96", True]),
    "HealthcareService.extension contact": (
        to(HS, "HAS_CONTACT", "x.name", "x.nature", "x.confidentiality"),
        ["Accueil du port", "TRE_R287-02", 1],
    ),
    "HealthcareService.extension contact-telecom": (
        f"{HS}-[:HAS_CONTACT]->()-[:HAS_TELECOM]->(x) RETURN [x.channel, x.value, x.confidentiality]",
        ["TRE_R200-2", "0196000047", 1],
    ),
    "HealthcareService.telecom": (to(HS, "HAS_TELECOM", "x.value", "x.secure", "x.confidentiality"), ["soins@mssante.example", True, 2]),
    "HealthcareService.availableTime": (
        to(HS, "HAS_HOURS", "x.day", "x.from", "x.to", "x.type", "toString(x.effective_from)", "toString(x.effective_to)"),
        [2, "09:00", "12:30", "TRE_R252-07", "2026-01-05", "2026-06-30"],
    ),
    "HealthcareService.notAvailable.during": (f"{HS} RETURN toString(n.closed_on) + ' ' + toString(n.reopens_on)", "2026-07-01 2026-08-31"),
    "HealthcareService.providedBy": (to(HS, "OFFERED_BY"), ["96/P1"]),
    "HealthcareService.location": (to(HS, "DELIVERED_AT"), ["96/L1"]),
}
PRICE = "t.type, t.unit, t.amount, toString(t.valid_from), t.under_60, t.housing, t.reception, t.level, t.management"
ORGANISATION: dict[str, tuple[str, Any]] = {
    "Organization.id": (said("Organization/eg1", "source_id"), "eg1"),
    "Organization.meta.lastUpdated": (f"{EG} RETURN n.updated_at", date(2026, 1, 2)),
    "Organization.meta.tag": (said("Organization/ej1", "region"), "96"),
    "Organization.identifier 40": (said("Organization/eg1", "declared_id"), "1960000026"),
    "Organization.identifier 1": (props(EG, "finess"), ["960000026"]),
    "Organization.identifier 2": (props(EJ, "siren"), ["960000018"]),
    "Organization.identifier 3": (props(EG, "siret"), ["96000001800012"]),
    "Organization.identifier 4": (props(EG, "rpps_rank"), ["10960000001002"]),
    "Organization.identifier 0": (props(EJ, "adeli_rank"), ["96000000101"]),
    "Organization.identifier R345-42": (props(OI, "id"), ["96/P1"]),
    "Organization.name": (props(EJ, "name"), ["Hôpitaux des Îles"]),
    "Organization.alias": (props(EG, "usual_name"), ["Le Port"]),
    "Organization.type R66, R02": (props(EG, "category"), ["TRE_R66-355"]),
    "Organization.type R72": (props(EJ, "legal_status"), ["TRE_R72-13"]),
    "Organization.type R73": (props(EG, "espic"), ["TRE_R73-1"]),
    "Organization.type R207": (props(OI, "type"), ["TRE_R207-1"]),
    "Organization.partOf": (f"{OI}-[:PART_OF]->(x)-[:PART_OF]->(y) RETURN [x.id, y.id]", ["1960000026", "1960000018"]),
    "Organization.address": (props(EG, "address", "postal_code"), ["3B RUE DU PORT, BP 9, 96100 PORT-BRUME", "96100"]),
    "Organization.address.extension inseeCode": (to(EJ, "LOCATED_IN"), ["96001"]),
    "Organization.address.extension geolocation": (props(EG, "latitude", "longitude"), [48.5, -4.25]),
    "Organization.address.extension confidence-geolocation": (props(EG, "point_reliable"), [True]),
    "Organization.contact": (
        to(EG, "HAS_CONTACT", "x.name", "x.function", "x.nature", "x.confidentiality"),
        ["Ana Le Bihan", "TRE_R251-12", "TRE_R287-06", 2],
    ),
    "Organization.contact.telecom": (f"{EG}-[:HAS_CONTACT]->()-[:HAS_TELECOM]->(x) RETURN [x.value, x.usage]", ["0196000001", "jour et nuit"]),
    "Organization.telecom": (to(EG, "HAS_TELECOM", "x.value", "x.secure"), ["port@mssante.example", True]),
    "Organization.extension price": (
        f"{EG}-[:HAS_TARIFF]->(t) RETURN [{PRICE}] + t.conditions + t.services + t.included",
        [
            *("TRE_R246-02", "TRE_R228-2", 61.5, "2026-01-01", True, "TRE_R242-01", "TRE_R240-02", "TRE_R237-01", "TRE_R236-03"),
            *("TRE_R250-02", "Portage du midi", "TRE_R264-08", "TRE_R264-01", "Goûter"),
        ],
    ),
    "Organization.extension territorial-division": (to(EG, "IN_TERRITORY"), ["TRE_R88-961"]),
    "Organization.extension financial-help-type": (f"{EG} RETURN n.financial_aids", ["TRE_R241-02"]),
    "Organization.extension accomodation-family": (props(EG, "family_housing"), [True]),
    "Organization.extension nb-permanent- and nb-temporary-social-help-place": (props(EG, "social_aid_places"), [7]),
    "Organization.extension accessibility-location": (f"{EG} RETURN n.accessibility", ["TRE_R202-01"]),
    "Organization.extension level-recourse-orsan": (props(EG, "orsan_level"), ["TRE_R284-1"]),
    "Organization.extension drop-zone": (props(EG, "drop_zone"), [True]),
    "Organization.extension closing-type": (props(EG, "closing_type"), ["TRE_R233-PRO"]),
    "Organization.extension organization-period": (f"{EG} RETURN toString(n.opened_on) + ' ' + toString(n.closed_on)", "1991-02-03 2026-03-01"),
    "Organization.extension creation-date": (f"{EJ} RETURN n.opened_on", date(1990, 5, 1)),
    "Organization.extension reopening-date": (f"{EG} RETURN n.reopens_on", date(2026, 9, 1)),
    "Organization.extension comment": (props(EG, "comment"), ["Travaux au rez-de-chaussée"]),
}
CAPACITY = ("nature", "status", "temporality", "gender", "assignment", "closing_type", "extra_bed", "crisis", "count", "updated_at", "source_type")
PLACE: dict[str, tuple[str, Any]] = {
    "Location.id": (said("Location/l1", "source_id"), "l1"),
    "Location.meta": (said("Location/l1", "updated_at"), UPDATED),
    "Location.identifier 25": (props(LOC, "id"), ["96/L1"]),
    "Location.identifier 26": (props(LOC, "external_sync_id"), ["ZONE-7"]),
    "Location.name": (props(LOC, "name"), ["Unité du port"]),
    "Location.type": (props(LOC, "function"), ["TRE_R343-001"]),
    "Location.operationalStatus, extension location-status": (props(LOC, "status"), ["TRE_R203-3"]),
    "Location.description, extension comment": (props(LOC, "comment"), ["Deuxième étage"]),
    "Location.address": (
        props(LOC, "address", "street_or_locality", "postal_code", "town"),
        ["3B RUE DU PORT, BP 9, 96100 PORT-BRUME", "3B RUE DU PORT", "96100", "PORT-BRUME"],
    ),
    "Location.extension commune-cog": (to(LOC, "LOCATED_IN"), ["96001"]),
    "Location.position": (props(LOC, "latitude", "longitude"), [48.5, -4.25]),
    "Location.position.extension coordinate-reliability": (props(LOC, "point_reliable"), [True]),
    "Location.extension supported-capacity": (
        to(LOC, "HAS_CAPACITY", *(f"x.{name}" for name in CAPACITY)),
        [
            *("TRE_R329-01", "TRE_R330-02", "TRE_R331-01", "TRE_R332-02", "TRE_R337-01", "TRE_R333-02", "TRE_R334-03", "TRE_R336-02"),
            *(12, "2026-01-02T08:30:00.000+00:00", "TRE_R335-01"),
        ],
    ),
    "Location.extension residential-capacity": (to(LOC, "HAS_HOUSING", "x.id", "r.count"), ["TRE_R242-01", 6]),
    "Location.extension equipment": (to(LOC, "HAS_EQUIPMENT", "x.id", "r.in_service"), ["TRE_R212-032", 2]),
    "Location.extension equipment-limit": (f"{LOC}-[r:HAS_EQUIPMENT]->() RETURN r.limits", ["TRE_R340-01: 250 kg"]),
    "Location.managingOrganization": (to(LOC, "MANAGED_BY"), ["1960000026"]),
    "Location.partOf": (to(LOC, "PART_OF"), ["96/L0"]),
    "Location.telecom": (to(LOC, "HAS_TELECOM", "x.value", "x.confidentiality"), ["0196000002", 1]),
}
PERSON: dict[str, tuple[str, Any]] = {
    "Practitioner.id": (said("Practitioner/p1", "source_id"), "p1"),
    "Practitioner.identifier": (props(PS, "id"), ["810960000001"]),
    "Practitioner.name": (props(PS, "family_name", "given_names", "title"), ["Le Goff", "Ana Rose", "MME"]),
    "Practitioner.telecom": (to(PS, "HAS_TELECOM", "x.value", "x.secure", "x.confidentiality"), ["ana@mssante.example", True, 2]),
    "Practitioner.qualification (draft)": (f"{DRAFT}-[r:HAS_SPECIALTY]->(x) RETURN [n.profession, x.id, r.type]", ["TRE_G15-10", "TRE_R38-SM54", "TRE_R04-S"]),
    "Person.name (draft)": (f"{DRAFT}-[:BY]->(x) RETURN [x.family_name, x.given_names, n.exercise_name]", ["Morin-Lévêque", "Joëlle", "Jo Morin"]),
    "PractitionerRole.id": (said("PractitionerRole/r1", "source_id"), "r1"),
    "PractitionerRole.identifier": (props(ROLE, "id"), ["96/S1"]),
    "PractitionerRole.practitioner": (to(ROLE, "BY"), ["810960000001"]),
    "PractitionerRole.organization": (to(ROLE, "AT"), ["1960000026"]),
    "PractitionerRole.healthcareService": (to(ROLE, "FOR"), ["96/0047"]),
    "PractitionerRole.code": (props(ROLE, "profession"), ["TRE_G15-10"]),
    "PractitionerRole.specialty R38 to R44, R97, G13": (to(ROLE, "HAS_SPECIALTY"), ["TRE_R38-SM26"]),
    "PractitionerRole.specialty R04": (to(ROLE, "HAS_SPECIALTY", "r.type"), ["TRE_R04-S"]),
    "PractitionerRole.specialty R243": (to(ROLE, "HAS_COMPETENCE"), ["TRE_R243-0011"]),
    "PractitionerRole.extension practitionerrole-name": (props(ROLE, "exercise_name"), ["Rose Goff"]),
    "PractitionerRole.extension unit-exercise-mode": (props(ROLE, "exercise_mode"), ["TRE_R23-L"]),
    "PractitionerRole.extension contracted": (props(ROLE, "agreement_sector"), ["TRE_R282-1"]),
    "PractitionerRole.extension hasCAS": (props(ROLE, "optam"), [True]),
    "PractitionerRole.extension vitaleAccepted": (props(ROLE, "vitale_card"), [True]),
    "PractitionerRole.extension home-visit": (props(ROLE, "home_visit"), [False]),
    "PractitionerRole.availableTime": (to(ROLE, "HAS_HOURS", "x.day", "x.from"), [4, "09:00"]),
    "PractitionerRole.telecom": (to(ROLE, "HAS_TELECOM", "x.value", "x.confidentiality"), ["0196000003", 3]),
}
LEFT_OUT: dict[str, tuple[str, Any]] = {
    "HealthcareService.active, coverageArea, questionnaire used as a template; Location.alias, status; Organization.type R69, identifiers 41, 43": (
        NO_TRACE,
        0,
    ),
    "displays, texts, versions of codes; use, period, rank; profiles and versions of meta": (NO_TRACE, 0),
    "Practitioner.gender, birthDate, address": (DROPPED, 0),
    "every other key and extension": (NO_TRACE, 0),
}


def test_every_field_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    report = load(embedded_store, SOURCE, [ndjson(tmp_path / "ror.ndjson", *ALL)], Options(rejects=tmp_path / "rejects"))
    assert (report.created, report.rejected, report.left) == (len(ALL) - 1, 0, {"resources of type Person": 1})
    asked = OFFER | ORGANISATION | PLACE | PERSON | LEFT_OUT
    assert found(embedded_store, asked) == expected(asked)
    assert list(asked) == fields(SOURCE, "bulk export")


def test_what_a_resource_states_is_of_the_model(tmp_path: Path) -> None:
    assert strangers(read(SOURCE, tmp_path, ndjson(tmp_path / "ror.ndjson", *ALL))[1]) == []
