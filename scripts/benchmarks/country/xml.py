"""The country as the open-data files of 17 regional RORs: IHE CSD with the ROR extension, version 2.4."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

from scripts.benchmarks.country.shape import REGIONS, Offer, Site

CREATED: Final = "2021-01-07T16:17:29+01:00"
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<careServicesResponse xmlns="urn:ihe:iti:csd:2013"><result><facilityNumber>{}</facilityNumber><queryResult>\n'
)
TAIL: Final = "</queryResult></result></careServicesResponse>\n"


def write_xml(folder: Path, places: Sequence[Site], offers: Iterable[Offer]) -> dict[str, Path]:
    """One file a region, by its code; of regions without an offer none. Facilities go to side files first: services stand before them."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        parts = {(region, part): stack.enter_context((folder / f"{region}.{part}").open("wb")) for region in REGIONS for part in ("service", "facility")}
        counts = dict.fromkeys(REGIONS, 0)
        for offer in offers:
            region = offer.site.region
            counts[region] += 1
            parts[region, "service"].writelines(line.encode() for line in _services(offer))
            parts[region, "facility"].write(_facility(offer).encode())
    return {region: _joined(folder, region, count, [site for site in places if site.region == region]) for region, count in counts.items() if count}


def _joined(folder: Path, region: str, count: int, places: Sequence[Site]) -> Path:
    path = folder / f"ror-{region}.xml"
    with path.open("wb") as file:
        file.write(HEAD.format(count).encode() + b"<organizationDirectory>\n")
        file.writelines(_entity(number, region).encode() for number in dict.fromkeys(site.entity for site in places))
        file.writelines(_site(site).encode() for site in places)
        file.write(b"</organizationDirectory>\n")
        for part in ("service", "facility"):
            file.write(f"<{part}Directory>\n".encode())
            _append(file, folder / f"{region}.{part}")
            file.write(f"</{part}Directory>\n".encode())
        file.write(TAIL.encode())
    for part in ("service", "facility"):
        (folder / f"{region}.{part}").unlink()
    return path


def _append(file: BinaryIO, path: Path) -> None:
    with path.open("rb") as part:
        while chunk := part.read(1 << 20):
            file.write(chunk)


def _record(region: str, number: str, updated: str = CREATED) -> str:
    where = f'status="Ok" sourceDirectory="https://ror-{region}.example.org"'
    return (
        f'<record created="{CREATED}" updated="{updated}" {where}><extension type="Type1" urn="Urn0"><recognation>{number}</recognation></extension></record>'
    )


def _coded(name: str, code: str, scheme: str) -> str:
    return f'<{name} code="{code}" codingScheme="{scheme}"/>'


def _ids(finess: str) -> str:
    kinds = ((f"1{finess}", "1.2.250.1.71.4.2.2"), (finess, "1.2.250.1.213.3.2"))
    return "".join(f'<otherID code="{code}" assigningAuthorityName="{authority}"/>' for code, authority in kinds)


def _entity(finess: str, region: str) -> str:
    status = _coded("codedType", "13", "1.2.250.1.213.1.6.1.44")
    head = f'<organization entityID="s_{finess}">{_ids(finess)}{status}<primaryName>Entité {finess}</primaryName>'
    return f"{head}{_record(region, finess)}</organization>\n"


def _site(site: Site) -> str:
    category = _coded("codedType", site.category or "355", "1.2.250.1.213.1.6.1.8")
    extension = f'<extension type="Type1" urn="Urn0">{_location(site)}</extension>'
    head = f'<organization entityID="e_{site.finess}">{_ids(site.finess)}{category}<primaryName>{escape(site.name)}</primaryName>'
    return f'{head}<parent entityID="s_{site.entity}"/>{extension}{_record(site.region, site.finess)}</organization>\n'


def _location(site: Site) -> str:
    line = f'<addressLine buildingNumber="1" streetType="R" streetName="DE LA MAIRIE" postCode="{site.postal_code}" cityName="{escape(site.town)}"/>'
    return f"<location><address>{line}</address>{_coded('cityNumber', site.commune, '1.2.250.1.213.2.23')}{_record(site.region, site.finess)}</location>"


def _services(offer: Offer) -> Iterator[str]:
    for code in offer.activities:
        coded = _coded("codedType", code, "1.2.250.1.213.3.3.12")
        yield f'<service entityID="{offer.number}_{code}">{coded}{_record(offer.site.region, str(offer.number))}</service>\n'


def _facility(offer: Offer) -> str:
    number, region = str(offer.number), offer.site.region
    services = "".join(f'<service entityID="{number}_{code}"/>' for code in offer.activities)
    head = f'<facility entityID="{number}"><otherID code="{offer.id}" assigningAuthorityName="1.2.250.1.213.3.3.8"/>'
    head += f"{_coded('codedType', '4', '1.2.250.1.213.3.3.8')}<primaryName>{escape(offer.name)}</primaryName>"
    head += f'<organizations><organization entityID="e_{offer.site.finess}">{services}</organization></organizations>'
    extension = "".join(
        (_contact(offer), _codes(offer), _patients(offer), _area(offer), _capacity(offer), _skills(offer), _hours(offer), _location(offer.site))
    )
    return f'{head}<extension type="Type1" urn="Urn0">{extension}</extension>{_record(region, number, offer.updated)}</facility>\n'


def _contact(offer: Offer) -> str:
    level = _coded("confidentialityLevel", "1", "1.2.250.1.213.1.1.4.344")
    record = _record(offer.site.region, str(offer.number))
    points = "".join(
        f"<contactPoint>{_coded('codedType', '2', '1.2.250.1.213.3.3.1')}<equipment>{phone}</equipment>"
        f'<extension type="Type1" urn="Urn0">{level}{record}</extension></contactPoint>'
        for phone in offer.phones
    )
    return f"<contact><name>Standard</name>{_coded('nature', '06', '1.2.250.1.213.3.3.67')}{level}{points}{record}</contact>"


def _codes(offer: Offer) -> str:
    first = _coded("typeActivity", offer.field, "1.2.250.1.213.3.3.17") + _coded("careMode", offer.care_mode, "1.2.250.1.213.3.3.13")
    return f"<creationDate>2021-01-07</creationDate>{first}{_coded('facilityType', offer.offer_type, '1.2.250.1.213.3.3.59')}"


def _patients(offer: Offer) -> str:
    ages = "".join(
        f"<{name}><value>{age}</value>{_coded('unit', 'a', '2.16.840.1.113883.6.8')}</{name}>"
        for name, age in zip(("patientTypeAgeMin", "patientTypeAgeMax"), offer.ages, strict=True)
    )
    publics = "".join(_coded("supportedPatient", code, "1.2.250.1.213.3.3.22") for code in offer.publics)
    return f"<patientsType>{ages}{publics}{_record(offer.site.region, str(offer.number))}</patientsType>"


def _area(offer: Offer) -> str:
    zone = f"{_coded('type', '2', '1.2.250.1.213.3.3.2')}{_coded('codedType', offer.area or '', '1.2.250.1.213.2.24')}"
    return f"<interventionZone>{zone}{_record(offer.site.region, str(offer.number))}</interventionZone>" if offer.area else ""


def _capacity(offer: Offer) -> str:
    if not offer.beds:
        return ""
    beds = f'<beds total="{offer.beds[0]}" avaible="{offer.beds[1]}" updateDate="2024-06-03T08:00:00+02:00"/>'
    return f"<accommodationCapacity>{beds}{_record(offer.site.region, str(offer.number))}</accommodationCapacity>"


def _skills(offer: Offer) -> str:
    acts = "".join(_coded("specificAct", code, "1.2.250.1.213.3.3.20") for code in offer.acts)
    skills = "".join(_coded("specificSkills", code, "1.2.250.1.213.3.3.35") for code in offer.skills)
    return (f"<resourcesSkills>{skills}{_record(offer.site.region, str(offer.number))}</resourcesSkills>" if skills else "") + acts


def _hours(offer: Offer) -> str:
    """One element a day; CSD counts days from Sunday, 0, so that Monday to Friday are the same figures."""
    kind = _coded("operatingHoursType", "07", "1.2.250.1.213.3.3.44")
    return "".join(
        f"<operatingHours><openFlag>1</openFlag><dayOfTheWeek>{day}</dayOfTheWeek><beginningHour>09:00:00</beginningHour><endingHour>17:00:00</endingHour>"
        f'<extension type="Type1" urn="Urn0">{kind}</extension></operatingHours>'
        for day in offer.open_days
    )
