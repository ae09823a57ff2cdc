"""The same country as its regional RORs publish it: one CSD v2.4 file a region."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO
from xml.sax.saxutils import escape

from scripts.benchmarks.country.offers import FIRST, RORS, Offer, Site

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<CSD xmlns="urn:ihe:iti:csd:2013">\n'
NUMBER, ACTIVITY, MODE, FIELD, KIND = "1.2.250.1.213.3.2", "1.2.250.1.213.3.3.12", "1.2.250.1.213.3.3.13", "1.2.250.1.213.3.3.17", "1.2.250.1.213.3.3.58"
ACT, PUBLIC, CHANNEL, LEVEL, NATURE = "1.2.250.1.213.3.3.11", "1.2.250.1.213.3.3.34", "1.2.250.1.213.3.3.1", "1.2.250.1.213.1.1.4.344", "1.2.250.1.213.3.3.67"
HOURS: Final = "1.2.250.1.213.3.3.47"


def write_xml(folder: Path, places: list[Site], offers: Iterator[Offer]) -> dict[str, Path]:
    """Files by the code of their ROR. Offers come in any order: the facilities of each region are gathered on disk."""
    folder.mkdir()
    regions = sorted({site.region for site in places})
    parts = {(region, kind): folder / f"{region}.{kind}" for region in regions for kind in ("services", "facilities")}
    files = {key: path.open("w", encoding="utf-8") for key, path in parts.items()}
    for offer in offers:
        region = offer.site.region
        files[region, "services"].write(_service(offer))
        files[region, "facilities"].write(_facility(offer))
    for file in files.values():
        file.close()
    there = {region: [site for site in places if site.region == region] for region in regions}
    return {f"ROR-{RORS[region]}": _joined(folder / f"ror_{region}.xml", there[region], parts, region) for region in regions}


def _joined(path: Path, places: list[Site], parts: dict[tuple[str, str], Path], region: str) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.write(f"{HEAD}<organizationDirectory>\n")
        out.writelines(_organization(f"s_{entity}", entity, f"ENTITE {entity}", region) for entity in sorted({site.entity for site in places}))
        out.writelines(_organization(f"e_{site.finess}", site.finess, site.name, region, site) for site in places)
        out.write("</organizationDirectory>\n<serviceDirectory>\n")
        _moved(parts[region, "services"], out)
        out.write("</serviceDirectory>\n<facilityDirectory>\n")
        _moved(parts[region, "facilities"], out)
        out.write("</facilityDirectory>\n<providerDirectory/>\n<deviceDirectory/>\n</CSD>\n")
    return path


def _moved(path: Path, out: TextIO) -> None:
    with path.open(encoding="utf-8") as part:
        out.writelines(part)
    path.unlink()


def _record(region: str, updated: str, number: str) -> str:
    stamps = f'created="2021-03-01T09:00:00+01:00" updated="{updated}" status="Ok" sourceDirectory="https://ror-{region}.example"'
    return f"<record {stamps}>{_extension(f'<recognation>{number}</recognation>')}</record>"


def _organization(local: str, finess: str, name: str, region: str, site: Site | None = None) -> str:
    kind = parent = place = ""
    if site:
        kind = '<codedType code="355" codingScheme="1.2.250.1.213.1.6.1.8"/>'
        parent = f'<parent entityID="s_{site.entity}"/>'
        address = f'<address><addressLine postCode="{site.postal_code}"/></address><cityNumber code="{site.commune}" codingScheme="1.2.250.1.213.2.23"/>'
        place = _extension(f"<location>{address}{_record(region, FIRST, finess)}</location>")
    return (
        f'<organization entityID="{local}"><otherID code="{finess}" assigningAuthorityName="{NUMBER}"/>{kind}<primaryName>{escape(name)}</primaryName>'
        f"{parent}{place}{_record(region, FIRST, finess)}</organization>\n"
    )


def _coded(name: str, code: str, scheme: str) -> str:
    return f'<{name} code="{code}" codingScheme="{scheme}"/>'


def _service(offer: Offer) -> str:
    record = _record(offer.site.region, offer.updated, str(offer.number))
    return f'<service entityID="{offer.number}_{offer.activity}">{_coded("codedType", offer.activity, ACTIVITY)}{record}</service>\n'


def _extension(*parts: str) -> str:
    return f'<extension type="Type1" urn="Urn0">{"".join(parts)}</extension>'


def _facility(offer: Offer) -> str:
    region, record = offer.site.region, _record(offer.site.region, offer.updated, str(offer.number))
    publics = "".join(_coded("supportedPatient", public, PUBLIC) for public in offer.publics)
    extension = _extension(
        _contact(offer, record),
        "<creationDate>2021-03-01</creationDate>",
        _coded("typeActivity", offer.field, FIELD),
        _coded("careMode", offer.mode, MODE),
        f"<patientsType>{publics}{_age('Min', 18)}{_age('Max', 90)}{record}</patientsType>",
        _beds(offer, record),
        _coded("facilityType", offer.kind, KIND),
        *(_coded("specificAct", act, ACT) for act in offer.acts),
        "<sensitiveUnit>false</sensitiveUnit>",
    )
    return (
        f'<facility entityID="{offer.number}"><otherID code="{offer.id}" assigningAuthorityName="https://ror-{region}.example"/>'
        f"{_coded('codedType', '4', '1.2.250.1.213.3.3.8')}<primaryName>{escape(offer.name)}</primaryName><organizations>"
        f'<organization entityID="e_{offer.site.finess}"><service entityID="{offer.number}_{offer.activity}"/></organization></organizations>'
        f"{''.join(_hours(day) for day in offer.days)}{extension}{record}</facility>\n"
    )


def _age(end: str, years: int) -> str:
    unit = '<unit code="a" codingScheme="2.16.840.1.113883.6.8"/>'
    return f"<patientTypeAge{end}><value>{years}</value>{unit}</patientTypeAge{end}>"


def _beds(offer: Offer, record: str) -> str:
    if not offer.beds:
        return ""
    beds = f'<beds total="{offer.beds}" available="{offer.beds}" updateDate="{offer.updated}"/>'
    return f"<accommodationCapacity>{beds}{record}</accommodationCapacity>"


def _contact(offer: Offer, record: str) -> str:
    level = _coded("confidentialityLevel", "1", LEVEL)
    point = f"{_coded('codedType', '2', CHANNEL)}<equipment>{offer.phone}</equipment>{_extension(level, record)}"
    return f"<contact>{_coded('nature', '01', NATURE)}{level}<contactPoint>{point}</contactPoint>{record}</contact>"


def _hours(day: int) -> str:
    times = f"<dayOfTheWeek>{day}</dayOfTheWeek><beginningHour>09:00:00</beginningHour><endingHour>18:00:00</endingHour>"
    return f"<operatingHours><openFlag>true</openFlag>{times}{_extension(_coded('operatingHoursType', '01', HOURS))}</operatingHours>"
