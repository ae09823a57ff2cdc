"""A ROR XML file with every element of the schema that the model has a place for; made, nothing in it exists (region 96 is fictional)."""

from pathlib import Path
from typing import Final

from graph.record import Event, Rejected
from loaders.ror.xml.source import SOURCE
from loaders.source import Reading
from tests.loaders.given import read, write

CSD: Final = '<CSD xmlns="urn:ihe:iti:csd:2013">'
HOST: Final = "https://ror.ile.example/ws"
RECORD: Final = f'<record created="2020-01-01T00:00:00Z" updated="2024-05-06T08:00:00+02:00" status="Ok" sourceDirectory="{HOST}"/>'


def record(internal: str, updated: str = "2024-05-06T08:00:00+02:00") -> str:
    """The metadata of an element."""
    return (
        f'<record created="2020-01-01T00:00:00Z" updated="{updated}" status="Ok" sourceDirectory="{HOST}">'
        f'<extension type="t" urn="u"><recognation>{internal}</recognation></extension></record>'
    )


def coded(name: str, code: str, scheme: str = "1.2.250.1.213.9") -> str:
    """A coded element."""
    return f'<{name} code="{code}" codingScheme="{scheme}"/>'


def extension(content: str) -> str:
    return f'<extension type="t" urn="u">{content}</extension>'


def point(channel: str, value: str, level: str = "1") -> str:
    """A contactPoint."""
    return f"<contactPoint>{coded('codedType', channel)}<equipment>{value}</equipment>{extension(coded('confidentialityLevel', level) + RECORD)}</contactPoint>"


def directories(**rows: str) -> str:
    """A CSD with these rows by directory: `organization="<organization .../>"`."""
    return CSD + "".join(f"<{name}Directory>{content}</{name}Directory>" for name, content in rows.items()) + "</CSD>"


LOCATION: Final = (
    "<location><name>Bâtiment Nord</name><description>Derrière le phare</description>"
    + coded("status", "01")
    + '<address><addressLine buildingNumber="17" streetType="RTE" streetName="DE LA MER" postOfficeBox="BP 24" postCode="96100"'
    + ' cityName="PORT-BRUME"/></address>'
    + "<geoCoordinates><latitude>45.5</latitude><longitude>-4.25</longitude><coordinateSystem>WGS84</coordinateSystem>"
    + extension("<coordonneesFiables>true</coordonneesFiables>" + RECORD)
    + RECORD
    + "</geoCoordinates>"
    + coded("cityNumber", "96001", "1.2.250.1.213.2.23")
    + "<calculatedDistance>3.2</calculatedDistance>"
    + RECORD
    + "</location>"
)
CONTACT: Final = (
    "<contact><name>Anne Onyme</name>"
    + coded("function", "01")
    + "<description>le matin</description>"
    + coded("confidentialityLevel", "2")
    + point("2", "05 36 49 00 01", "2")
    + point("3", "contact@ile.example", "3")
    + RECORD
    + "</contact>"
)
ENTITY: Final = (
    '<organization entityID="s_1">'
    '<otherID code="1960000019" assigningAuthorityName="1.2.250.1.71.4.2.2"/><otherID code="960000019" assigningAuthorityName="1.2.250.1.213.3.2"/>'
    '<otherID code="000960001" assigningAuthorityName="1.3.2"/>'
    + coded("codedType", "13", "1.2.250.1.213.1.6.1.44")
    + coded("codedType", "1100", "1.2.250.1.213.1.6.1.64")
    + "<primaryName>CENTRE HOSPITALIER DES ILES</primaryName>"
    + extension(LOCATION + "<creationDate>1950-01-01</creationDate><closingDate>2024-01-01</closingDate>" + coded("closingReason", "DEF"))
    + record("int-s1")
    + "</organization>"
)
SITE: Final = (
    '<organization entityID="e_1">'
    '<otherID code="1960000027" assigningAuthorityName="1.2.250.1.71.4.2.2"/><otherID code="960000027" assigningAuthorityName="1.2.250.1.213.3.2"/>'
    '<otherID code="00096000100012" assigningAuthorityName="1.3.2"/>'
    + coded("codedType", "355", "1.2.250.1.213.1.6.1.8")
    + coded("codedType", "1", "1.2.250.1.213.1.6.1.45")
    + '<primaryName>HOPITAL DE PORT-BRUME</primaryName><parent entityID="s_1"/>'
    + extension(
        CONTACT
        + "<useName>Le Phare</useName>"
        + f"<healthCareTerritorial>{coded('type', '4')}{coded('codedType', 'T01')}{RECORD}</healthCareTerritorial>"
        + LOCATION
        + f"<price>{coded('priceType', '01')}{coded('priceUnit', '02')}"
        + f"<price><amount>65.5</amount>{coded('currency', 'EUR')}</price><updateDate>2024-01-01</updateDate>"
        + "<basePackageAccomodation><under60>true</under60>"
        + coded("deliveryIncluded", "03")
        + "<othersDeliveryIncluded>Coiffeur</othersDeliveryIncluded>"
        + coded("residentialType", "02")
        + coded("specialPrice", "01")
        + coded("welcomeType", "02")
        + f"</basePackageAccomodation>{RECORD}</price>"
        + "<dropZone>true</dropZone>"
        + coded("financialHelpType", "01")
        + coded("financialHelpType", "02")
        + "<accomodationFamily>false</accomodationFamily><nbTemporarySocialeHelpPlace>2</nbTemporarySocialeHelpPlace>"
        + "<nbPermanentSocialHelpPlace>5</nbPermanentSocialHelpPlace><careWithoutPatientApproval>true</careWithoutPatientApproval>"
        + "<creationDate>1960-02-03</creationDate><closingDate>2024-06-30</closingDate>"
        + coded("closingReason", "PRO")
        + coded("accessibilityLocation", "01")
        + coded("levelRecourseORSAN", "2")
    )
    + record("int-e1")
    + "</organization>"
)
SERVICES: Final = (
    f'<service entityID="a_1">{coded("codedType", "013")}{extension(coded("actFamily", "02"))}{record("int-a1")}</service>'
    f'<service entityID="a_2">{coded("codedType", "037")}{record("int-a2")}</service>'
    f'<service entityID="a_3">{coded("codedType", "001")}{record("int-a3")}</service>'
)
UNIT: Final = (
    '<facility entityID="u_1"><otherID code="96/U1" assigningAuthorityName="1.2.3"/>'
    + coded("codedType", "2", "1.2.250.1.213.3.3.8")
    + "<primaryName>SERVICE DE NEUROLOGIE</primaryName>"
    + '<organizations><organization entityID="e_1"><service entityID="a_2"/></organization></organizations>'
    + extension("<creationDate>2001-01-01</creationDate>" + coded("typeActivity", "01"))
    + record("int-u1")
    + "</facility>"
)
OFFER: Final = (
    '<facility entityID="f_1"><otherID code=" 96/0001 " assigningAuthorityName="1.2.3"/>'
    + coded("codedType", "4", "1.2.250.1.213.3.3.8")
    + "<primaryName>UNITE NEUROVASCULAIRE</primaryName>"
    + '<organizations><organization entityID="e_1"><service entityID="a_1"/><service entityID="a_2"/></organization></organizations>'
    + "<operatingHours><openFlag>true</openFlag><dayOfTheWeek>1</dayOfTheWeek><dayOfTheWeek>0</dayOfTheWeek><beginningHour>08:00:00</beginningHour>"
    + "<endingHour>18:30:00</endingHour><beginEffectiveDate>2024-01-01</beginEffectiveDate><endEffectiveDate>2024-12-31</endEffectiveDate>"
    + extension(coded("operatingHoursType", "01") + RECORD)
    + "</operatingHours>"
    + "<operatingHours><openFlag>false</openFlag><beginEffectiveDate>2024-08-01</beginEffectiveDate></operatingHours>"
    + extension(
        CONTACT
        + f"<mailBoxMSS>{point('3', 'unv@ile.mssante.example')}{RECORD}</mailBoxMSS>"
        + "<finalClosingDate>2025-01-01</finalClosingDate><creationDate>2010-05-06</creationDate>"
        + coded("typeActivity", "01", "1.2.250.1.213.3.3.17")
        + coded("careMode", "28", "1.2.250.1.213.3.3.13")
        + f"<patientsType>{coded('supportedPatient', '02')}<patientTypeAgeMin><value>6</value>{coded('unit', 'mo')}</patientTypeAgeMin>"
        + f"<patientTypeAgeMax><value>18</value>{coded('unit', 'a')}</patientTypeAgeMax>{RECORD}</patientsType>"
        + '<accommodationCapacity><beds total="26" avaible="4" updateDate="2024-05-01T06:00:00Z"/>'
        + '<space total="3" avaible="1" updateDate="2024-05-02T06:00:00Z"/>'
        + f"{RECORD}</accommodationCapacity>"
        + f"<crisisAccomodationCapacity><crisisCapacityT0>2</crisisCapacityT0><crisisCapacityT60>6</crisisCapacityT60>{RECORD}</crisisAccomodationCapacity>"
        + f"<residentialCapactity>{coded('residentialType', '02')}<residentialNumber>6</residentialNumber>{RECORD}</residentialCapactity>"
        + f"<resourcesSkills>{coded('profession', '60')}{coded('medicalSpeciality', 'SM32')}{coded('specificSkills', '07')}</resourcesSkills>"
        + '<equipment entityID="d_1"/><equipment entityID="d_2"/>'
        + coded("receptionType", "01")
        + "<receptionMode>true</receptionMode>"
        + coded("takingCareSpeciality", "03")
        + coded("facilityType", "11")
        + LOCATION
        + f"<interventionZone>{coded('type', '2')}{coded('codedType', '960')}{RECORD}</interventionZone>"
        + f"<interventionZone>{coded('type', '6')}{coded('codedType', 'Z1')}{RECORD}</interventionZone>"
        + coded("annualOpenning", "01")
        + "<psychiatricSector>96I01</psychiatricSector>"
        + coded("specificAct", "0320")
        + '<parentFacility entityID="u_1"/>'
        + coded("managementType", "01")
        + coded("maternityHospitalType", "04")
        + "<sensitiveUnit>false</sensitiveUnit>"
    )
    + record("int-f1")
    + "</facility>"
)
PROVIDER: Final = (
    '<provider entityID="p_1"><otherID code="10107592544" assigningAuthorityName="1.2.250.1.71.4.2.1"/>'
    + coded("codedType", "10", "1.2.250.1.71.1.2.7")
    + "<demographic><name><commonName>ONYME</commonName>"
    + coded("honorific", "DR")
    + "<forename>Anne</forename>"
    + extension(coded("title", "MME"))
    + "</name><gender>F</gender><dateOfBirth>1970-01-01</dateOfBirth></demographic>"
    + coded("language", "fr")
    + '<organizations><organization entityID="e_1"/></organizations><facilities><facility entityID="f_1"/></facilities>'
    + f"<credential>{coded('codedType', 'S')}<number>1</number>{extension(coded('speciality', 'SM32') + RECORD)}</credential>"
    + f"<credential>{coded('codedType', 'CEX')}<number>2</number></credential>"
    + extension(
        f"<operationalStatus>{coded('exerciceModeInUnit', 'L')}{point('2', '05 36 49 00 02')}{coded('specificSkills', '07')}"
        "<operatingHours><openFlag>true</openFlag><dayOfTheWeek>2</dayOfTheWeek><beginningHour>09:00:00</beginningHour></operatingHours>"
        + coded("agreementSector", "c1")
        + "<contractOptionHealthCareAccess>true</contractOptionHealthCareAccess><vitaleCardAccepted>true</vitaleCardAccepted><homeVisit>0</homeVisit>"
        + f"{RECORD}</operationalStatus><mailBoxMSS>{point('3', 'anne.onyme@ile.mssante.example', '2')}{RECORD}</mailBoxMSS>"
    )
    + record("int-p1")
    + "</provider>"
)
DEVICES: Final = (
    f'<device entityID="d_1">{coded("codedType", "05")}{extension("<nbInService>2</nbInService>")}{record("int-d1")}</device>'
    f'<device entityID="d_2">{coded("codedType", "05")}{extension("<nbInService>1</nbInService>")}{record("int-d2")}</device>'
)
WHOLE: Final = directories(organization=ENTITY + SITE, service=SERVICES, facility=UNIT + OFFER, provider=PROVIDER, device=DEVICES)


def loaded(folder: Path, content: str | bytes, name: str = "ror.xml", **work: str) -> tuple[Reading, list[Event]]:
    """All that the source reads from a file of this content, as from ROR-ILE of region 96."""
    return read(SOURCE, folder, write(folder / name, content), **{"ror": "ROR-ILE", "region": "96", **work})  # type: ignore[arg-type]


def reasons(events: list[Event]) -> list[tuple[str, str]]:
    """Field and reason of each rejected row."""
    return [(event.field, event.reason) for event in events if isinstance(event, Rejected)]
