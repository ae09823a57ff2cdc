"""Organization: a legal entity, a geographic entity or an organisational unit; each kind has the fields that the model has of it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from graph.keys import has_right_check_digit
from graph.model.kinds import Value
from graph.record import Dangling, Link, Owned, Ref
from loaders.ror.building import DIVISIONS, tariff, territory_key, unique
from loaders.ror.fhir.addresses import address_of, address_reader, point_of
from loaders.ror.fhir.common import only_reference, organization_contact, owned_contacts, owned_telecoms, resource_fields, telecoms_reader
from loaders.ror.fhir.draft import Draft
from loaders.ror.fhir.hours import value_day, value_period
from loaders.ror.fhir.identity import ADELI_RANK, DECLARED, FINESS, RPPS_RANK, SIREN, SIRET, Organisation, organisation
from loaders.ror.fhir.readers import listed, skip, to, value_code_to, value_codes_to, value_to
from loaders.ror.fhir.tariffs import price_reader
from loaders.ror.fhir.territory import division_reader
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, array, boolean, content, integer, text, walk
from loaders.ror.values import count

PATH: Final = "Organization"
EXTENSION: Final = f"{PATH}.extension"


def _closing(label: str) -> dict[str, Reader]:
    closing_type = value_code_to("closing_type", f"{label}.closing_type", f"{EXTENSION}.ror-organization-closing-type")
    reopening = {"reopeningdate": value_day("reopens_on", f"{EXTENSION}.reopeningDate")} if label != "LegalEntity" else {}
    draft = Shape(
        f"{EXTENSION}.ror-organization-period",
        {"url": skip},
        {"period": value_period("opened_on", "closed_on", f"{EXTENSION}.period"), "closingtype": closing_type, **reopening},
    )
    period = value_period("opened_on", "closed_on", f"{EXTENSION}.organization-period")

    def read_period(here: Here, into: Any, value: Any) -> None:
        if "extension" in value:  # a draft of the guide had the period, the type and the reopening in one extension
            walk(here, draft, into, value)
        else:
            period(here, into, value)

    return {"organizationperiod": read_period, "organizationclosingtype": closing_type, "periodclosingtype": closing_type}


def _alias(here: Here, into: Any, value: Any) -> None:
    names = [text(one) for one in array(value)]
    if len(names) > 1:
        here.notes.leave(f"{PATH}.alias (a second one)", len(names) - 1)
    if names:
        into["usual_name"] = names[0]


def _social_places(name: str) -> Reader:
    path = f"{EXTENSION}.{name}"

    def reader(here: Here, into: Any, value: Any) -> None:
        places = count(path, integer(content(here, value, "valueInteger", path)))
        into["social_aid_places"] = into.get("social_aid_places", 0) + places

    return reader


_COMMON: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        **resource_fields(PATH),
        "identifier": skip,  # read by identity, with their left parts
        "type": skip,
        "name": to("name"),
        "partOf": only_reference(f"{PATH}.partOf", "parent"),
        "contact": listed("contacts", organization_contact(f"{PATH}.contact")),
        "telecom": telecoms_reader(f"{PATH}.telecom"),
    }
)
ENTITY: Final = Shape(
    PATH,
    {**_COMMON, "address": address_reader(f"{PATH}.address")},
    {**_closing("LegalEntity"), "organizationcreationdate": value_day("opened_on", f"{EXTENSION}.ror-organization-creation-date")},
)
SITE: Final = Shape(
    PATH,
    {**_COMMON, "address": address_reader(f"{PATH}.address"), "alias": _alias},
    {
        **_closing("GeographicEntity"),
        "organizationreopeningdate": value_day("reopens_on", f"{EXTENSION}.ror-organization-reopening-date"),
        "organizationprice": price_reader(f"{EXTENSION}.ror-organization-price"),
        "territorialdivision": division_reader(f"{EXTENSION}.ror-territorial-division"),
        "organizationfinancialhelptype": value_codes_to(
            "financial_aids", "GeographicEntity.financial_aids", f"{EXTENSION}.ror-organization-financial-help-type"
        ),
        "organizationaccomodationfamily": value_to("family_housing", "valueBoolean", f"{EXTENSION}.ror-organization-accomodation-family", boolean),
        "organizationnbpermanentsocialhelpplace": _social_places("ror-organization-nb-permanent-social-help-place"),
        "organizationnbtemporarysocialhelpplace": _social_places("ror-organization-nb-temporary-social-help-place"),
        "organizationaccessibilitylocation": value_codes_to(
            "accessibility", "GeographicEntity.accessibility", f"{EXTENSION}.ror-organization-accessibility-location"
        ),
        "organizationlevelrecourseorsan": value_code_to("orsan_level", "GeographicEntity.orsan_level", f"{EXTENSION}.ror-organization-level-recourse-orsan"),
        "organizationlevelrecoursorsan": value_code_to("orsan_level", "GeographicEntity.orsan_level", f"{EXTENSION}.ror-organization-level-recours-orsan"),
        "organizationdropzone": value_to("drop_zone", "valueBoolean", f"{EXTENSION}.ror-organization-drop-zone", boolean),
        "organizationcomment": value_to("comment", "valueString", f"{EXTENSION}.ror-organization-comment"),
    },
)
UNIT: Final = Shape(
    PATH,
    {**_COMMON},
    {**_closing("OrganisationalUnit"), "organizationreopeningdate": value_day("reopens_on", f"{EXTENSION}.ror-organization-reopening-date")},
)
SHAPES: Final[Mapping[str, Shape]] = MappingProxyType({"LegalEntity": ENTITY, "GeographicEntity": SITE, "OrganisationalUnit": UNIT})
PARENTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "LegalEntity": frozenset(),
        "GeographicEntity": frozenset({"LegalEntity"}),
        "OrganisationalUnit": frozenset({"GeographicEntity", "OrganisationalUnit"}),
    }
)
_NUMBERS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "LegalEntity": {"finess": FINESS, "siren": SIREN, "rpps_rank": RPPS_RANK, "adeli_rank": ADELI_RANK},
        "GeographicEntity": {"finess": FINESS, "siret": SIRET, "rpps_rank": RPPS_RANK, "adeli_rank": ADELI_RANK},
        "OrganisationalUnit": {},
    }
)
_TYPES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "LegalEntity": {"legal_status": ("TRE_R72",)},
        "GeographicEntity": {"category": ("TRE_R66", "TRE_R02"), "espic": ("TRE_R73",)},
        "OrganisationalUnit": {"type": ("TRE_R207",)},
    }
)
_READ: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "LegalEntity": ("name", "opened_on", "closed_on", "closing_type"),
        "GeographicEntity": (
            *("name", "usual_name", "opened_on", "closed_on", "closing_type", "reopens_on", "financial_aids", "family_housing"),
            *("social_aid_places", "accessibility", "orsan_level", "drop_zone", "comment"),
        ),
        "OrganisationalUnit": ("name", "opened_on", "closed_on", "closing_type", "reopens_on"),
    }
)


def organization(here: Here, resource: Json, local_id: str) -> Draft:
    """An Organization. Raises FieldFault."""
    found = organisation(here.ror, resource, local_id, here.notes.leave)
    me = found.ref
    into: Json = {}
    walk(here, SHAPES[me.label], into, resource)
    _leave_unused(here, found)
    props: dict[str, Value] = {name: into.get(name) for name in _READ[me.label]}
    props |= {name: found.numbers.get(kind) for name, kind in _NUMBERS[me.label].items()}
    props |= {name: next((found.types[one] for one in systems if one in found.types), None) for name, systems in _TYPES[me.label].items()}
    if me.label != "OrganisationalUnit":
        props |= address_of(into).props()
        updated = into.get("updated")
        props["updated_at"] = None if updated is None else _day_of(updated)
    if me.label == "GeographicEntity":
        props |= point_of(here, into, f"{PATH}.address.extension.geolocation")
    links, dangling = _links(here, me, into)
    return Draft(me, props, tuple(links), _owned(here, me, into), dangling, _stated(found, into, props, links), into)


def _day_of(updated: str) -> Value:
    return date.fromisoformat(updated[:10])


def _leave_unused(here: Here, found: Organisation) -> None:
    """Numbers and types that the kind has no place for."""
    numbers = {*_NUMBERS[found.ref.label].values(), DECLARED, "42"}
    for kind in found.numbers.keys() - numbers:
        here.notes.leave(f"{PATH}.identifier ({kind} of a {found.ref.label})")
    types = {one for systems in _TYPES[found.ref.label].values() for one in systems} | {"kind"}
    for system in found.types.keys() - types:
        here.notes.leave(f"{PATH}.type ({system})")
    finess = found.numbers.get(FINESS)
    if finess and not has_right_check_digit(finess):
        here.notes.remark("FINESS number: the check digit does not agree; kept", finess)


def _links(here: Here, me: Ref, into: Json) -> tuple[list[Link], tuple[Dangling, ...]]:
    links: list[Link] = []
    dangling: tuple[Dangling, ...] = ()
    parent = into.get("parent")
    if parent is not None:
        end = here.end(parent)
        if end is None and PARENTS[me.label]:
            dangling = (Dangling("PART_OF", parent),)
        elif end is not None and end.label in PARENTS[me.label]:
            links.append(Link("PART_OF", me, end))
        else:
            here.notes.leave(f"{PATH}.partOf (of a {me.label})")
    if into.get("commune"):
        links.append(Link("LOCATED_IN", me, Ref("Commune", into["commune"])))
    for division, code in into.get("divisions", ()):
        if DIVISIONS.get(division) == "HealthTerritory":
            links.append(Link("IN_TERRITORY", me, Ref("HealthTerritory", territory_key("HealthTerritory", code))))
        else:
            here.notes.leave(f"{EXTENSION}.ror-territorial-division (not a health territory)")
    return links, dangling


def _owned(here: Here, me: Ref, into: Json) -> tuple[Owned, ...]:
    return (
        *owned_contacts(here, me.key, into, f"{PATH}.contact"),
        *owned_telecoms(here, me.key, into, f"{PATH}.telecom", secure=True),
        *unique(tariff(me.key, one) for one in into.get("tariffs", ())),
    )


def _stated(found: Organisation, into: Json, props: dict[str, Value], links: list[Link]) -> dict[str, Value]:
    parent = next((link.end.key for link in links if link.type == "PART_OF"), into.get("parent"))
    return {
        "declared_id": found.numbers.get(DECLARED),
        "stated_finess": found.numbers.get(FINESS),
        "stated_id": found.numbers.get("42"),
        "stated_parent": parent,
        "stated_category": props.get("category"),
        "stated_closed_on": props.get("closed_on"),
        "stated_closing_type": props.get("closing_type"),
    }
