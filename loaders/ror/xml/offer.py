"""What a facility of type 4 says beyond any unit: the properties, relations and capacities of an offer, and the location that it states."""

from typing import Final

from graph.keys import unidentified
from graph.model.kinds import Value
from graph.record import Dangling, Item, Link, Owned, Ref
from loaders.ror.building import (
    BEDS_AVAILABLE,
    BEDS_TOTAL,
    CRISIS_BEDS_T0,
    CRISIS_BEDS_T60,
    PLACES_AVAILABLE,
    PLACES_TOTAL,
    ages,
    area,
    capacities,
    coded_links,
    hours,
    source_region,
    v24_capacity,
)
from loaders.ror.values import FieldFault, count, instant
from loaders.ror.xml.context import Metadata, Unit, named, updated_at
from loaders.ror.xml.element import Node, whole_number
from loaders.ror.xml.frame import DEVICE
from loaders.ror.xml.parts import address, commune, hours_lines, point

LOCATION: Final = "location"
CODED: Final = (  # property, spellings of its element; of one that may stand several times the model has the first
    ("field_of_activity", ("typeActivity",)),
    ("care_mode", ("careMode",)),
    ("offer_type", ("facilityType",)),
    ("reception_type", ("receptionType",)),
    ("management_type", ("managementType",)),
    ("maternity_type", ("maternityHospitalType",)),
    ("annual_opening", ("annualOpenning", "annualOpening")),
)
SKILLS: Final = (  # relation, nomenclature by its place, element of resourcesSkills
    ("MOBILISES", "MOBILISES", "profession"),
    ("MOBILISES", "HAS_SPECIALTY", "medicalSpeciality"),
    ("HAS_COMPETENCE", "HAS_COMPETENCE", "specificSkills"),
)
COUNTS: Final = (  # spellings of the element, of the attribute, what it counts
    (("beds",), ("total",), BEDS_TOTAL),
    (("beds",), ("avaible", "available"), BEDS_AVAILABLE),
    (("space", "spaces"), ("total",), PLACES_TOTAL),
    (("space", "spaces"), ("avaible", "available"), PLACES_AVAILABLE),
)
CRISIS: Final = (("crisisCapacityT0", CRISIS_BEDS_T0), ("crisisCapacityT60", CRISIS_BEDS_T60))


def offer_props(unit: Unit) -> dict[str, Value]:
    """Properties of an offer beside its name and dates."""
    extension = unit.extension
    sectors = [text for one in extension.children("psychiatricSector") if (text := one.content)]
    return {
        **{name: extension.code(f"Offer.{name}", *spellings) for name, spellings in CODED},
        **_ages(extension.child("patientsType")),
        "sensitive_unit": extension.boolean("sensitiveUnit"),
        "psychiatry_sectors": list(dict.fromkeys(sectors)),
        "origin": "DECLARED",
        "source_region": source_region(None, unit.me.key, unit.context.ror),
        "created_at": unit.about.created,
        "updated_at": unit.about.updated,
    }


def _ages(patients: Node | None) -> dict[str, Value]:
    (low, low_unit), (high, high_unit) = (_age(patients, name) for name in ("patientTypeAgeMin", "patientTypeAgeMax"))
    return ages(low, high, low_unit, high_unit)


def _age(patients: Node | None, name: str) -> tuple[float | None, str | None]:
    found = patients.child(name) if patients else None
    if found is None:
        return None, None
    unit, number = found.child("unit"), found.number("value")
    return None if number is None else float(number), unit.bare_code() if unit else None


def offer_links(unit: Unit, place: Item | None, missing: list[Dangling]) -> list[Link]:
    """Relations of an offer beside its holder and activities; equipment that no file describes is dangling."""
    me, extension, context = unit.me, unit.extension, unit.context
    patients, skills = extension.child("patientsType"), extension.child("resourcesSkills")
    skilled = [(kind, skills.codes(place, name)) for kind, place, name in SKILLS] if skills else []
    return [
        context.ror.sourced(me),
        *([Link("DELIVERED_AT", me, place.ref)] if place else []),
        *coded_links("FOR_PUBLIC", me, patients.codes("FOR_PUBLIC", "supportedPatient") if patients else ()),
        *(Link("PERFORMS_ACT", me, Ref("Concept", code), {"outside_office": False}) for code in extension.codes("PERFORMS_ACT", "specificAct")),
        *coded_links("SPECIALISED_IN", me, extension.codes("SPECIALISED_IN", "takingCareSpeciality")),
        *(link for kind, codes in skilled for link in coded_links(kind, me, codes)),
        *_areas(unit),
        *_equipment(unit, missing),
        *_housing(unit),
    ]


def _areas(unit: Unit) -> list[Link]:
    """Where the offer intervenes; a division that the model does not have is left."""
    found: dict[Ref, Link] = {}
    for node in unit.extension.children("interventionZone"):
        kind, coded = node.child("type"), node.child("codedType")
        if kind is None or coded is None:
            continue
        link = area(unit.me, kind.element.get("code", "").strip(), coded.element.get("code", "").strip(), unit.context.ror.region)
        if link is not None and link.end.key:
            kind.bare_code()
            coded.bare_code()
            found.setdefault(link.end, link)
    return list(found.values())


def _equipment(unit: Unit, missing: list[Dangling]) -> list[Link]:
    """HAS_EQUIPMENT: a kind of equipment once, with how many of it are in service over all devices that the offer names."""
    numbers: dict[str, int | None] = {}
    for node in unit.extension.children("equipment"):
        entity = named(node)
        known = unit.context.index.find(DEVICE, entity) if entity else None
        if known and known.identifier:
            before, more = numbers.get(known.identifier), int(known.more) if known.more else None
            numbers[known.identifier] = more if before is None else before + (more or 0)
        elif entity:
            missing.append(Dangling("HAS_EQUIPMENT", f"{DEVICE}/{entity}"))
    return [Link("HAS_EQUIPMENT", unit.me, Ref("Concept", code), {} if number is None else {"in_service": number}) for code, number in numbers.items()]


def _housing(unit: Unit) -> list[Link]:
    """HAS_HOUSING with the number of each type. Raises FieldFault where one type stands twice."""
    found: dict[str, Link] = {}
    for node in unit.extension.children("residentialCapactity", "residentialCapacity"):
        code = node.code("HAS_HOUSING", "residentialType")
        if code is None:
            continue
        if code in found:
            raise FieldFault(node.path, "Two elements state the number of one type of housing. Keep the right one.")
        number = node.number("residentialNumber")
        props: dict[str, Value] = {} if number is None else {"count": count(node.path, number)}
        found[code] = Link("HAS_HOUSING", unit.me, Ref("Concept", code), props)
    return list(found.values())


def offer_owned(unit: Unit) -> list[Owned]:
    """Opening hours and capacities."""
    lines = [*_beds(unit.extension, unit.about), *_crisis(unit.extension, unit.about)]
    opened = hours_lines(unit.node.children("operatingHours"))
    return [*(hours(unit.me.key, one) for one in opened), *capacities(unit.me.key, lines)]


def _beds(extension: Node, about: Metadata) -> list[dict[str, Value]]:
    """Beds and places, each as of its own date, else that of the capacity, else that of the offer."""
    node = extension.child("accommodationCapacity")
    if node is None:
        return []
    changed = updated_at(node) or about.updated
    found = []
    for elements, attributes, codes in COUNTS:
        held = node.child(*elements)
        text = held.attribute(*attributes) if held else None
        if held and text:
            stated = held.element.get("updateDate", "").strip()
            when = instant(f"{held.path}@updateDate", stated) if stated else changed
            found.append(v24_capacity(codes, count(held.path, whole_number(held.path, text)), when))
    for elements in (("beds",), ("space", "spaces")):
        held = node.child(*elements)
        if held:
            held.attribute("updateDate")
    return found


def _crisis(extension: Node, about: Metadata) -> list[dict[str, Value]]:
    node = extension.child("crisisAccomodationCapacity", "crisisAccommodationCapacity")
    if node is None:
        return []
    changed = updated_at(node) or about.updated
    stated = ((node.number(name), codes) for name, codes in CRISIS)
    return [v24_capacity(codes, count(node.path, number), changed) for number, codes in stated if number is not None]


def place_of_offer(unit: Unit) -> Item | None:
    """The location of an offer: V2.4 gives it no id, so it has that of the facility which states it."""
    node = unit.extension.child(LOCATION)
    if node is None:
        return None
    me = Ref("Location", unidentified(unit.context.ror.stamp, unit.entity))
    props: dict[str, Value] = {
        "name": node.text("name"),
        "comment": node.text("description"),
        "status": node.code("Location.status", "status"),
        **address(node).location_props(),
        **point(node),
    }
    said = unit.about._replace(updated=updated_at(node) or unit.about.updated).said(
        LOCATION, unit.entity, source_region(None, unit.me.key, unit.context.ror), {}
    )
    return Item(*me, props, commune(node, me), said=said)
