"""HealthcareService: an offer (offre opérationnelle)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from graph.model.kinds import Value
from graph.record import Dangling, Link, Ref
from loaders.ror.building import ages, area, coded_links, object_id, source_region
from loaders.ror.codes import LISTS, concept, list_name
from loaders.ror.fhir.common import offer_contact, only_reference, owned_contacts, owned_telecoms, references, resource_fields, telecoms_reader
from loaders.ror.fhir.draft import Draft, joined, required
from loaders.ror.fhir.hours import hours_reader, owned_hours, period_days
from loaders.ror.fhir.identity import INTERNAL_ID, OFFER_ID, identifiers, of_kind
from loaders.ror.fhir.readers import codes_to, each, inside, one_of, skip, to, value_codes_to, value_to
from loaders.ror.fhir.territory import division_reader
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, boolean, codings, content, number, objects, system_of, text, walk
from loaders.ror.values import instant

PATH: Final = "HealthcareService"
EXTENSION: Final = f"{PATH}.extension"
CHARACTERISTIC: Final = f"{PATH}.characteristic"
OUTSIDE: Final = "outsideOfficeAct"

# Characteristics by nomenclature: a property of the offer, or a relation to the code
PROPERTIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TRE_R213": "care_mode",
        "TRE_R240": "reception_type",
        "TRE_R236": "management_type",
        "TRE_R238": "annual_opening",
        "TRE_R253": "maternity_type",
        "TRE_R286": "closing_type",
    }
)
RELATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TRE_R338": "RECEPTION_MODALITY",
        "TRE_R339": "EXPERTISE_LEVEL",
        "J227": "EXPERTISE_LEVEL",
        "TRE_R245": "SPECIALISED_IN",
        "TRE_R243": "HAS_COMPETENCE",
        "TRE_G15": "MOBILISES",
        "TRE_R288": "MOBILISES",
        "TRE_R38": "MOBILISES",
        "TRE_R94": "MOBILISES",
        "TRE_R95": "MOBILISES",
        "TRE_R96": "MOBILISES",
        "TRE_R291": "MOBILISES",
        "J186": "MOBILISES",
        "TRE_R210": "PERFORMS_ACT",
    }
)
CODED: Final = ("RECEPTION_MODALITY", "EXPERTISE_LEVEL", "SPECIALISED_IN", "HAS_COMPETENCE", "MOBILISES")
FAMILIES: Final = frozenset({"TRE_R265", "TRE_R266", "J51"})
READ: Final = (
    *("name", "field_of_activity", "offer_type", "care_mode", "reception_type", "management_type", "maternity_type", "sensitive_unit", "no_consent"),
    *("annual_opening", "psychiatry_sectors", "closed_on", "closing_type", "reopens_on", "comment", "created_at"),
)


def _characteristics(here: Here, into: Any, value: Any) -> None:
    for one in objects(value):
        act: Json = {}
        stated = one
        if "extension" in one:
            walk(here, _ACT, act, {"extension": one["extension"]})
            stated = {key: inner for key, inner in one.items() if key != "extension"}
        for system, code in codings(here, stated, CHARACTERISTIC):
            _characteristic(here, into, system, code, outside=act.get("type") == OUTSIDE)


def _characteristic(here: Here, into: Any, system: str | None, code: str, *, outside: bool) -> None:
    listed = list_name(system) if system else None
    name = system_of(system) or LISTS.get(listed or "") or listed or ""
    if name in PROPERTIES:
        _one_property(here, into, PROPERTIES[name], concept(f"Offer.{PROPERTIES[name]}", system, code))
    elif RELATIONS.get(name) == "PERFORMS_ACT":
        into.setdefault("acts", {}).setdefault(concept("PERFORMS_ACT", system, code), outside)
    elif name in RELATIONS:
        into.setdefault(RELATIONS[name], []).append(concept(RELATIONS[name], system, code))
    else:
        here.notes.leave(f"{CHARACTERISTIC} ({name or 'without a nomenclature'})")


def _one_property(here: Here, into: Any, name: str, code: str) -> None:
    if into.setdefault(name, code) != code:
        here.notes.leave(f"{CHARACTERISTIC} (a second {name})")


_ACT: Final = Shape(CHARACTERISTIC, {}, {"acttype": value_to("type", "valueCode", f"{CHARACTERISTIC}.extension.ror-act-type")})


def _specialties(here: Here, into: Any, value: Any) -> None:
    path = f"{PATH}.specialty"
    for one in objects(value):
        for system, code in codings(here, one, path):
            listed = list_name(system) if system else None
            name = system_of(system) or LISTS.get(listed or "") or listed or ""
            if name in FAMILIES:
                into["family"] = concept("HAS_ACTIVITY.family", system, code)
            elif name in {"TRE_R211", ""}:
                into.setdefault("activities", []).append(concept("HAS_ACTIVITY", system, code))
            else:
                here.notes.leave(f"{path} ({name})")


def _age(name: str) -> Reader:
    path = f"{EXTENSION}.ror-healthcareservice-patient-type.extension.ageRange.{name}"
    return inside(Shape(path, {"value": to(f"{name}_age", number), "code": to(f"{name}_code"), "unit": to(f"{name}_unit")}))


_AGES: Final = Shape(f"{EXTENSION}.ror-healthcareservice-patient-type.extension.ageRange", {"low": _age("low"), "high": _age("high")})


def _age_range(here: Here, into: Any, value: Any) -> None:
    walk(here, _AGES, into, content(here, value, "valueRange", _AGES.path))


def _sector(here: Here, into: Any, value: Any) -> None:
    path = f"{EXTENSION}.ror-healthcareservice-psychiatric-sector"
    into.setdefault("psychiatry_sectors", []).append(text(content(here, value, "valueString", path)))


def _created(here: Here, into: Any, value: Any) -> None:
    path = f"{EXTENSION}.ror-meta-creation-date"
    into["created_at"] = instant(path, text(content(here, value, "valueDateTime", path)))


PATIENTS: Final = Shape(
    f"{EXTENSION}.ror-healthcareservice-patient-type",
    {"url": skip},
    {
        "agerange": _age_range,
        "supportedpatientinfo": value_codes_to("FOR_PUBLIC", "FOR_PUBLIC", f"{EXTENSION}.ror-healthcareservice-patient-type.extension.supportedPatientInfo"),
    },
)
SHAPE: Final = Shape(
    PATH,
    {
        **resource_fields(PATH),
        "identifier": skip,  # read by identity
        "name": to("name"),
        "comment": to("comment"),
        "type": codes_to("field_of_activity", "Offer.field_of_activity", f"{PATH}.type"),
        "category": codes_to("offer_type", "Offer.offer_type", f"{PATH}.category"),
        "specialty": _specialties,
        "characteristic": _characteristics,
        "providedBy": only_reference(f"{PATH}.providedBy", "provider"),
        "location": references(f"{PATH}.location", "locations"),
        "telecom": telecoms_reader(f"{PATH}.telecom"),
        "availableTime": hours_reader(f"{PATH}.availableTime"),
        "notAvailable": each(Shape(f"{PATH}.notAvailable", {"id": skip, "during": period_days("closed_on", "reopens_on", f"{PATH}.notAvailable.during")})),
    },
    {
        "metacreationdate": _created,
        "healthcareservicesensitiveunit": value_to("sensitive_unit", "valueBoolean", f"{EXTENSION}.ror-healthcareservice-sensitive-unit", boolean),
        "healthcareservicenoconsenthabilitation": value_to("no_consent", "valueBoolean", f"{EXTENSION}.ror-healthcareservice-no-consent-habilitation", boolean),
        "healthcareservicepsychiatricsector": _sector,
        "healthcareservicepatienttype": inside(PATIENTS),
        "healthcareservicecontact": one_of("contacts", offer_contact(f"{EXTENSION}.ror-healthcareservice-contact")),
        "territorialdivision": division_reader(f"{EXTENSION}.ror-territorial-division"),
        "healthcareserviceterritorialdivision": division_reader(f"{EXTENSION}.ror-territorial-division"),
    },
)


def healthcare_service(here: Here, resource: Json, local_id: str) -> Draft:
    """A HealthcareService. Raises FieldFault."""
    stated = identifiers(resource.get("identifier"), PATH, here.notes.leave)
    own = of_kind(stated, OFFER_ID)
    internal = next((one.value for one in stated if one.kind == INTERNAL_ID), None)
    _leave_identifiers(here, len(stated) - (own is not None) - (internal is not None))
    into: Json = {}
    walk(here, SHAPE, into, resource)
    required(into, "name", f"{PATH}.name")
    me = Ref("Offer", object_id(here.ror, own, local_id))
    region = source_region(into.get("region"), me.key, here.ror)
    props: dict[str, Value] = {name: into.get(name) for name in READ}
    props |= ages(*(into.get(f"{end}_age") for end in ("low", "high")), *(into.get(f"{end}_code") or into.get(f"{end}_unit") for end in ("low", "high")))
    props |= {"origin": "DECLARED", "source_region": region, "updated_at": into.get("updated")}
    links, dangling = _links(here, me, into, region)
    owned = (
        *owned_contacts(here, me.key, into, f"{EXTENSION}.ror-healthcareservice-contact"),
        *owned_telecoms(here, me.key, into, f"{PATH}.telecom", secure=True),
        *owned_hours(me.key, into),
    )
    parent = next((link.end.key for link in links if link.type == "OFFERED_BY"), into.get("provider"))
    return Draft(me, props, links, owned, dangling, _stated(own, internal, parent, props), into)


def _leave_identifiers(here: Here, left: int) -> None:
    if left > 0:
        here.notes.leave(f"{PATH}.identifier (a second one)", left)


def _stated(own: str | None, internal: str | None, parent: Value, props: Mapping[str, Value]) -> dict[str, Value]:
    return {
        "stated_id": own,
        "internal_id": internal,
        "stated_parent": parent,
        "stated_category": props.get("offer_type"),
        "stated_closed_on": props.get("closed_on"),
        "stated_closing_type": props.get("closing_type"),
    }


def _links(here: Here, me: Ref, into: Json, region: str | None) -> tuple[tuple[Link, ...], tuple[Dangling, ...]]:
    links, dangling = joined(here, me, "DELIVERED_AT", into.get("locations", []), "Location", f"{PATH}.location")
    provider = into.get("provider")
    if provider is not None:
        _offered(here, me, provider, links, dangling)
    family = into.get("family")
    links += [Link("HAS_ACTIVITY", me, Ref("Concept", code), {"family": family} if family else {}) for code in dict.fromkeys(into.get("activities", ()))]
    links += [Link("PERFORMS_ACT", me, Ref("Concept", code), {"outside_office": outside}) for code, outside in into.get("acts", {}).items()]
    for kind in ("FOR_PUBLIC", *CODED):
        if kind in into:
            links += coded_links(kind, me, into[kind])
    for division, code in into.get("divisions", ()):
        link = area(me, division, code, region)
        if link is None:
            here.notes.leave(f"{EXTENSION}.ror-territorial-division (no such territory in the model)")
        elif link not in links:
            links.append(link)
    links.append(here.ror.sourced(me))
    return tuple(links), tuple(dangling)


def _offered(here: Here, me: Ref, provider: str, links: list[Link], dangling: list[Dangling]) -> None:
    end = here.end(provider)
    if end is None:
        dangling.append(Dangling("OFFERED_BY", provider))
    elif end.label in {"GeographicEntity", "OrganisationalUnit", "LegalEntity"}:
        links.append(Link("OFFERED_BY", me, end))
    else:
        here.notes.leave(f"{PATH}.providedBy (a {end.label})")
