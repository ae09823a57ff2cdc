"""Each field of the XML form, found again in the graph by a query (docs/sources.md): the made file, and the published sample."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.runs import Mode
from graph.store.connection import Store
from loaders.pipeline import NotWhole, Options, load
from loaders.ror.xml.places import PLACES
from loaders.ror.xml.source import SOURCE
from tests.loaders.given import needs, write
from tests.loaders.ror.xml.made import DEVICES, ENTITY, OFFER, SERVICES, SITE, UNIT, WHOLE, directories
from tests.loading.build import one
from tests.shared import SHARED

SAMPLE = SHARED / "ror_exchange" / "response_reponse.xml"
OFF = "MATCH (n:Offer {id: '96/0001'})"
G, E = "MATCH (n:GeographicEntity {id: '1960000027'})", "MATCH (n:LegalEntity {id: '1960000019'})"
U = "MATCH (n:OrganisationalUnit {id: '96/U1'})"
P, R = "MATCH (n:Practice {id: '810107592544/96/0001/TRE_G15-10'})", "MATCH (s:SourceRecord)-[:DESCRIBES]->(:Offer {id: '96/0001'})"
BEDS = "-[:HAS_CAPACITY]->(c:Capacity) WHERE c.status <> 'TRE_R330-06' WITH c ORDER BY c.nature, c.status RETURN collect([c.nature, c.status, c.count])"
TELECOMS = "WITH t.value AS v, t.secure AS s ORDER BY v RETURN collect([v, s])"


def codes(start: str, relation: str) -> str:
    """Concepts that something has, with a property of the relation."""
    return f"{start}-[r:{relation}]->(c:Concept) WITH c.id AS id ORDER BY id RETURN collect(id)"


# field of loaders.ror.xml.places, what is asked, the answer
FOUND: list[tuple[str, str, Any]] = [
    ("organization@entityID", "MATCH (s:SourceRecord)-[:DESCRIBES]->(:GeographicEntity {id: '1960000027'}) RETURN s.source_id", "e_1"),
    ("organization otherID, idNat_Struct", "MATCH (s:SourceRecord)-[:DESCRIBES]->(:LegalEntity) RETURN s.declared_id", "1960000019"),
    ("organization otherID, FINESS", f"{G} RETURN n.finess", "960000027"),
    ("organization otherID, SIREN", f"{E} RETURN n.siren", "000960001"),
    ("organization otherID, SIRET", f"{G} RETURN n.siret", "00096000100012"),
    ("organization otherID, ADELI-rang", "MATCH (n:GeographicEntity {id: '410107592544001'}) RETURN n.adeli_rank", "83602013100"),
    ("organization otherID, RPPS-rang", "MATCH (n:GeographicEntity {id: '410107592544001'}) RETURN n.rpps_rank", "10107592544001"),
    (
        "organization codedType",
        f"{E} MATCH (g:GeographicEntity {{finess: '960000027'}}) RETURN [n.legal_status, g.category, g.espic]",
        ["TRE_R72-13", "TRE_R66-355", "TRE_R73-1"],
    ),
    ("organization primaryName", f"{G} RETURN n.name", "HOPITAL DE PORT-BRUME"),
    ("organization parent", f"{G}-[:PART_OF]->(e:LegalEntity) RETURN e.id", "1960000019"),
    ("organization useName", f"{G} RETURN n.usual_name", "Le Phare"),
    ("organization healthCareTerritorial", f"{G}-[:IN_TERRITORY]->(t:HealthTerritory) RETURN t.id", "TRE_R88-T01"),
    ("organization location address", f"{G} RETURN [n.address, n.postal_code]", ["17 RTE DE LA MER, BP 24, 96100 PORT-BRUME", "96100"]),
    ("organization location geoCoordinates", f"{G} RETURN [n.latitude, n.longitude, n.point_reliable]", [45.5, -4.25, True]),
    ("organization location cityNumber", f"{E}-[:LOCATED_IN]->(c:Commune)<-[:LOCATED_IN]-(g:GeographicEntity) RETURN c.code", "96001"),
    (
        "organization contact",
        f"{G}-[:HAS_CONTACT]->(c:Contact)-[:HAS_TELECOM]->(t) WITH c.name AS c, t.value AS t ORDER BY t RETURN collect([c, t])",
        [["Anne Onyme", "05 36 49 00 01"], ["Anne Onyme", "contact@ile.example"]],
    ),
    (
        "organization price",
        f"{G}-[:HAS_TARIFF]->(t:Tariff) RETURN [t.type, t.amount, t.unit, t.housing, t.included[1]]",
        ["TRE_R246-01", 65.5, "TRE_R228-02", "TRE_R242-02", "Coiffeur"],
    ),
    ("organization dropZone", f"{G} RETURN n.drop_zone", True),
    ("organization financialHelpType", f"{G} RETURN n.financial_aids", ["TRE_R241-01", "TRE_R241-02"]),
    ("organization accomodationFamily", f"{G} RETURN n.family_housing", False),
    ("organization nbTemporarySocialeHelpPlace, nbPermanentSocialHelpPlace", f"{G} RETURN n.social_aid_places", 7),
    ("organization careWithoutPatientApproval", f"{G} RETURN n.no_consent", True),
    ("organization creationDate", f"{G} RETURN n.opened_on", date(1960, 2, 3)),
    ("organization closingDate, closingReason", f"{E} RETURN [n.closed_on, n.closing_type]", [date(2024, 1, 1), "TRE_R232-DEF"]),
    ("organization accessibilityLocation", f"{G} RETURN n.accessibility", ["TRE_R202-01"]),
    ("organization levelRecourseORSAN", f"{G} RETURN n.orsan_level", "TRE_R284-2"),
    ("record created", f"{OFF} RETURN n.created_at", "2020-01-01T00:00:00.000+00:00"),
    ("record updated", f"{OFF} MATCH (s:SourceRecord)-[:DESCRIBES]->(n) RETURN [n.updated_at, s.updated_at]", ["2024-05-06T06:00:00.000+00:00"] * 2),
    ("record sourceDirectory", f"{R} RETURN s.source_directory", "https://ror.ile.example/ws"),
    ("record recognation", f"{R} RETURN s.internal_id", "int-f1"),
    ("facility otherID", f"{R} RETURN s.stated_id", "96/0001"),
    ("facility codedType", f"{U} RETURN n.type", "TRE_R207-2"),
    ("facility primaryName", f"{OFF} RETURN n.name", "UNITE NEUROVASCULAIRE"),
    ("facility organizations", f"{U}-[:PART_OF]->(g:GeographicEntity) RETURN g.id", "1960000027"),
    ("facility parentFacility", f"{OFF}-[:OFFERED_BY]->(u:OrganisationalUnit) RETURN u.id", "96/U1"),
    (
        "facility operatingHours",
        f"{OFF}-[:HAS_HOURS]->(h:OpeningHours {{day: 7}}) RETURN [h.from, h.to, h.type, h.effective_to]",
        ["08:00", "18:30", "TRE_R252-01", date(2024, 12, 31)],
    ),
    ("facility contact", f"{OFF}-[:HAS_CONTACT]->(c:Contact) RETURN [c.name, c.function, c.confidentiality]", ["Anne Onyme", "TRE_R251-01", 2]),
    ("facility mailBoxMSS", f"{OFF}-[:HAS_TELECOM]->(t:Telecom) {TELECOMS}", [["unv@ile.mssante.example", True]]),
    ("facility creationDate", f"{OFF} RETURN n.opened_on", date(2010, 5, 6)),
    ("facility finalClosingDate", f"{OFF} RETURN [n.closed_on, n.closing_type]", [date(2025, 1, 1), "TRE_R286-DEF"]),
    ("facility typeActivity", f"{OFF} RETURN n.field_of_activity", "TRE_R227-01"),
    ("facility careMode", f"{OFF} RETURN n.care_mode", "TRE_R213-28"),
    ("facility patientsType supportedPatient", codes(OFF, "FOR_PUBLIC"), ["TRE_R239-02"]),
    ("facility patientsType patientTypeAgeMin, patientTypeAgeMax", f"{OFF} RETURN [n.min_age, n.max_age, n.age_unit]", [6.0, 216.0, "mo"]),
    (
        "facility accommodationCapacity",
        f"{OFF}{BEDS}",
        [["TRE_R329-01", "TRE_R330-01", 26], ["TRE_R329-01", "TRE_R330-02", 4], ["TRE_R329-02", "TRE_R330-01", 3], ["TRE_R329-02", "TRE_R330-02", 1]],
    ),
    (
        "facility crisisAccomodationCapacity",
        f"{OFF}-[:HAS_CAPACITY]->(c:Capacity {{status: 'TRE_R330-06'}}) WITH c ORDER BY c.temporality RETURN collect([c.temporality, c.count])",
        [["TRE_R331-01", 2], ["TRE_R331-02", 6]],
    ),
    ("facility residentialCapactity", f"{OFF}-[r:HAS_HOUSING]->(c:Concept) RETURN [c.id, r.count]", ["TRE_R242-02", 6]),
    ("facility resourcesSkills", codes(OFF, "MOBILISES|HAS_COMPETENCE"), ["TRE_G15-60", "TRE_R243-07", "TRE_R38-SM32"]),
    ("facility receptionType", f"{OFF} RETURN n.reception_type", "TRE_R240-01"),
    ("facility takingCareSpeciality", codes(OFF, "SPECIALISED_IN"), ["TRE_R245-03"]),
    ("facility facilityType", f"{OFF} RETURN n.offer_type", "TRE_R244-11"),
    (
        "facility location",
        f"{OFF}-[:DELIVERED_AT]->(l:Location)-[:LOCATED_IN]->(c:Commune) RETURN [l.name, l.status, l.town, c.code]",
        ["Bâtiment Nord", "TRE_R203-01", "PORT-BRUME", "96001"],
    ),
    ("facility interventionZone", f"{OFF}-[:INTERVENES_IN]->(d:Department) RETURN d.code", "960"),
    ("facility annualOpenning", f"{OFF} RETURN n.annual_opening", "TRE_R238-01"),
    ("facility psychiatricSector", f"{OFF} RETURN n.psychiatry_sectors", ["96I01"]),
    ("facility specificAct", f"{OFF}-[r:PERFORMS_ACT]->(c:Concept) RETURN [c.id, r.outside_office]", ["TRE_R210-0320", False]),
    ("facility managementType", f"{OFF} RETURN n.management_type", "TRE_R236-01"),
    ("facility maternityHospitalType", f"{OFF} RETURN n.maternity_type", "TRE_R253-04"),
    ("facility sensitiveUnit", f"{OFF} RETURN n.sensitive_unit", False),
    (
        "service codedType, actFamily",
        f"{OFF}-[r:HAS_ACTIVITY]->(c:Concept) WITH c.id AS c, r.family AS f ORDER BY c RETURN collect([c, f])",
        [["TRE_R211-013", "TRE_R266-02"], ["TRE_R211-037", None]],
    ),
    ("device codedType, nbInService", f"{OFF}-[r:HAS_EQUIPMENT]->(c:Concept) RETURN [c.id, r.in_service]", ["TRE_R212-05", 3]),
    ("provider otherID", f"{P}-[:BY]->(p:Professional) RETURN p.id", "810107592544"),
    ("provider codedType", f"{P} RETURN n.profession", "TRE_G15-10"),
    (
        "provider demographic name",
        f"{P}-[:BY]->(p:Professional) RETURN [p.family_name, p.given_names, p.title, n.exercise_name]",
        ["ONYME", "Anne", "MME", "DR Anne ONYME"],
    ),
    ("provider organizations", f"{P}-[:AT]->(g:GeographicEntity) RETURN g.id", "1960000027"),
    ("provider facilities", f"{P}-[:FOR]->(o:Offer) RETURN o.id", "96/0001"),
    ("provider credential", f"{P}-[r:HAS_SPECIALTY]->(c:Concept) RETURN [c.id, r.type]", ["TRE_R38-SM32", "TRE_R04-S"]),
    ("provider operationalStatus exerciceModeInUnit", f"{P} RETURN n.exercise_mode", "TRE_R23-L"),
    ("provider operationalStatus contactPoint", f"{P}-[:HAS_TELECOM]->(t:Telecom) {TELECOMS}", [["05 36 49 00 02", None]]),
    ("provider operationalStatus specificSkills", codes(P, "HAS_COMPETENCE"), ["TRE_R243-07"]),
    ("provider operationalStatus operatingHours", f"{P}-[:HAS_HOURS]->(h:OpeningHours) RETURN [h.day, h.from]", [2, "09:00"]),
    ("provider operationalStatus agreementSector", f"{P} RETURN n.agreement_sector", "TRE_R282-c1"),
    ("provider operationalStatus contractOptionHealthCareAccess", f"{P} RETURN n.optam", True),
    ("provider operationalStatus vitaleCardAccepted", f"{P} RETURN n.vitale_card", True),
    ("provider operationalStatus homeVisit", f"{P} RETURN n.home_visit", False),
    ("provider mailBoxMSS", f"MATCH (:Professional {{id: '810107592544'}})-[:HAS_TELECOM]->(t:Telecom) {TELECOMS}", [["anne.onyme@ile.mssante.example", True]]),
]
CABINET = (
    '<organization entityID="e_2"><otherID code="83602013100" assigningAuthorityName="1.2.250.1.71.4.2.1"/>'
    '<otherID code="10107592544001" assigningAuthorityName="1.2.250.1.71.4.2.1"/><codedType code="SA07" codingScheme="1.2.250.1.213.1.6.1.8"/>'
    '<primaryName>CABINET</primaryName><parent entityID="s_1"/></organization>'
)


def options(folder: Path, **changes: Any) -> Options:
    return Options(**{"rejects": folder / "rejects.xml", "ror": "ROR-ILE", "region": "96", **changes})


def plain(value: Any) -> Any:
    """An answer with the dates of the standard library."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.to_native() if hasattr(value, "to_native") else value


def test_every_field_is_found_again_in_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    load(
        embedded_store,
        SOURCE,
        [write(tmp_path / "ror.xml", WHOLE.replace("</organizationDirectory>", f"{CABINET}</organizationDirectory>"))],
        options(tmp_path),
    )
    found = {field: plain(one(embedded_store, question)) for field, question, _ in FOUND}
    assert found == {field: answer for field, _, answer in FOUND}


def test_the_fields_that_are_found_are_those_of_the_page() -> None:
    assert [field for field, _, _ in FOUND] == [place.field for place in PLACES]


@needs(SAMPLE)
def test_the_published_sample_is_found_again(embedded_store: Store, tmp_path: Path) -> None:
    report = load(embedded_store, SOURCE, [SAMPLE], options(tmp_path, ror="ROR-PACA", region="93"))
    asked = {
        "entity": "MATCH (n:LegalEntity {id: '083602013100'}) RETURN [n.siren, n.adeli_rank, n.legal_status, n.postal_code]",
        "site": "MATCH (n:GeographicEntity)-[:PART_OF]->(:LegalEntity {siren: '407702521'}) RETURN [n.siret, n.category, n.espic]",
        "contact": "MATCH (:GeographicEntity)-[:HAS_CONTACT]->(c)-[:HAS_TELECOM]->(t {channel: 'TRE_R200-3'}) RETURN [c.nature, c.confidentiality, t.value]",
        "offer": "MATCH (n:Offer) RETURN [n.id, n.name, n.field_of_activity, n.care_mode, n.min_age, n.max_age, n.age_unit, n.sensitive_unit, n.source_region]",
        "activities": codes("MATCH (n:Offer)", "HAS_ACTIVITY"),
        "held by": "MATCH (:Offer)-[:OFFERED_BY]->(n:GeographicEntity) RETURN n.id",
        "beds": "MATCH (:Offer)-[:HAS_CAPACITY]->(c) RETURN [c.nature, c.status, c.count, c.updated_at]",
        "housing": "MATCH (:Offer)-[r:HAS_HOUSING]->(c) RETURN [c.id, r.count]",
        "mobilised": codes("MATCH (n:Offer)", "MOBILISES"),
        "source": "MATCH (:Offer)-[:SOURCED_FROM]->(a:Application) RETURN a.code",
        "professional": "MATCH (n:Professional) RETURN [n.id, n.family_name, n.given_names]",
        "practice": "MATCH (n:Practice)-[:BY]->(:Professional) RETURN n.profession",
        "records": "MATCH (s:SourceRecord) WITH s ORDER BY s.id RETURN collect([s.type, s.source_id, s.internal_id])",
    }
    assert {name: plain(one(embedded_store, question)) for name, question in asked.items()} == {
        "entity": ["407702521", "83602013100", "TRE_R72-01", "83800"],
        "site": ["40770252100052", "TRE_R02-SA07", "TRE_R73-109"],
        "contact": ["TRE_R287-06", 1, "public@test.com"],
        "offer": ["ror:ROR-PACA#47045", "UNITÉ CABINET INDIVIDUEL INFIRMIER", "TRE_R227-05", "TRE_R213-29", 18.0, 65.0, "a", False, "93"],
        "activities": ["TRE_R211-001", "TRE_R211-003"],
        "held by": "083602013100",
        "beds": ["TRE_R329-01", "TRE_R330-01", 26, "2021-01-07T15:17:29.000+00:00"],
        "housing": ["TRE_R242-02", 6],
        "mobilised": ["TRE_G15-60"],
        "source": "ROR-PACA",
        "professional": ["ror:ROR-PACA#84266", "INFIMIER", "SA-07/08"],
        "practice": "TRE_G15-60",
        "records": [
            ["facility", "47045", "47045"],
            ["operationalStatus", "84266/TRE_G15-60", "84266"],
            ["organization", "e_40841", "40841"],
            ["organization", "s_37493", "37493"],
            ["provider", "84266", "84266"],
        ],
    }
    assert (report.seen, report.created, report.rejected, sum(report.left.values())) == (4, 4, 0, 2)


def test_the_same_file_twice_changes_nothing(embedded_store: Store, tmp_path: Path) -> None:  # invariant 1
    file = write(tmp_path / "ror.xml", WHOLE)
    first, second = (load(embedded_store, SOURCE, [file], options(tmp_path)) for _ in range(2))
    assert (first.created, second.created, second.updated, second.unchanged, second.gone) == (5, 0, 0, 5, {})


def test_what_the_files_do_not_hold_is_known_from_an_earlier_load(embedded_store: Store, tmp_path: Path) -> None:  # M-10
    load(embedded_store, SOURCE, [write(tmp_path / "a.xml", directories(organization=ENTITY + SITE, facility=UNIT))], options(tmp_path))
    delta = write(tmp_path / "b.xml", directories(service=SERVICES, facility=OFFER, device=DEVICES))
    load(embedded_store, SOURCE, [delta], options(tmp_path, mode=Mode.DELTA))
    assert one(embedded_store, f"{OFF}-[:OFFERED_BY]->(u) RETURN u.id") == "96/U1"
    load(embedded_store, SOURCE, [write(tmp_path / "c.xml", directories(facility=OFFER.replace("u_1", "u_9")))], options(tmp_path, mode=Mode.DELTA))
    assert one(embedded_store, f"{OFF}-[r:OFFERED_BY]->(g) WHERE r.gone_on IS NULL RETURN g.id") == "1960000027"


def test_the_rows_of_a_rejects_file_are_a_delta(embedded_store: Store, tmp_path: Path) -> None:  # M-6
    load(embedded_store, SOURCE, [write(tmp_path / "ror.xml", WHOLE.replace(">18<", ">dix<"))], options(tmp_path))
    rejects = tmp_path / "rejects.xml"
    rejects.write_text(rejects.read_text("utf-8").replace(">dix<", ">18<"), "utf-8")
    with pytest.raises(NotWhole, match=r"^ror\.xml: these are rows of a rejects file\."):
        load(embedded_store, SOURCE, [rejects], options(tmp_path))
    report = load(embedded_store, SOURCE, [rejects], options(tmp_path, mode=Mode.DELTA))
    assert (report.created, report.rejected, one(embedded_store, f"{OFF} RETURN n.max_age")) == (1, 0, 216.0)
