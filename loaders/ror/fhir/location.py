"""Location: a place where offers are delivered, with its equipment, its housing and its capacities."""

from typing import Any, Final

from graph.model.kinds import Value
from graph.record import Link, Ref
from loaders.ror.building import capacities, limit, object_id
from loaders.ror.codes import concept, list_name, system_name
from loaders.ror.fhir.addresses import address_of, address_shape, commune, point_of, position_shape
from loaders.ror.fhir.common import only_reference, owned_telecoms, resource_fields, telecoms_reader
from loaders.ror.fhir.draft import Draft, joined
from loaders.ror.fhir.identity import BED_ZONE, LOCATION_ID, identifiers, of_kind
from loaders.ror.fhir.readers import codes_to, inside, one_of, skip, to, value_code_to, value_to
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, Wrong, coding, content, integer, number, text, walk
from loaders.ror.values import count, instant

PATH: Final = "Location"
EXTENSION: Final = f"{PATH}.extension"
CAPACITY: Final = f"{EXTENSION}.ror-location-supported-capacity"
EQUIPMENT: Final = f"{EXTENSION}.ror-location-equipment"
HOUSING: Final = f"{EXTENSION}.ror-location-residential-capacity"
LINE: Final = (
    *("nature", "status", "temporality", "gender", "assignment", "closing_type", "extra_bed", "crisis"),
    *("count", "updated_at", "source_type", "comment"),
)


def _count_to(name: str, path: str) -> Reader:
    return value_to(name, "valueInteger", path, lambda value: count(path, integer(value)))


def _instant_to(name: str, path: str) -> Reader:
    return value_to(name, "valueDateTime", path, lambda value: instant(path, text(value)))


def _capacity_code(name: str, url: str) -> Reader:
    return value_code_to(name, f"Capacity.{name}", f"{CAPACITY}.extension.{url}")


CAPACITY_SHAPE: Final = Shape(
    CAPACITY,
    {"url": skip},
    {
        "capacitytype": _capacity_code("nature", "capacityType"),
        "capacitystatus": _capacity_code("status", "capacityStatus"),
        "temporalitycapacity": _capacity_code("temporality", "temporalityCapacity"),
        "gendercapacityavailable": _capacity_code("gender", "genderCapacityAvailable"),
        "temporaryassignement": _capacity_code("assignment", "temporaryAssignement"),
        "temporaryassignment": _capacity_code("assignment", "temporaryAssignment"),
        "capacityclosingtype": _capacity_code("closing_type", "capacityClosingType"),
        "additionalbedtype": _capacity_code("extra_bed", "additionalBedType"),
        "crisistype": _capacity_code("crisis", "crisisType"),
        "capacitysourcetype": _capacity_code("source_type", "capacitySourceType"),
        "nbcapacity": _count_to("count", f"{CAPACITY}.extension.nbCapacity"),
        "capacityupdatedate": _instant_to("updated_at", f"{CAPACITY}.extension.capacityUpdateDate"),
        "capacitycomment": value_to("comment", "valueString", f"{CAPACITY}.extension.capacityComment"),
        "comment": value_to("comment", "valueString", f"{CAPACITY}.extension.comment"),
    },
)


def _limit_value(here: Here, into: Any, value: Any) -> None:
    path = f"{EQUIPMENT}.extension.ror-location-equipment-limit.extension.limitValue"
    quantity = content(here, value, "valueQuantity", path)
    if type(quantity) is not dict:
        raise Wrong("Its valueQuantity is not an object.")
    for key in quantity.keys() - {"value", "unit", "code"}:
        here.notes.leave(f"{path}.{key}")
    into["value"], into["unit"] = number(quantity.get("value")), quantity.get("unit") or quantity.get("code") or ""
    if type(into["unit"]) is not str:
        raise Wrong("Its unit is not a text.")


LIMIT_SHAPE: Final = Shape(
    f"{EQUIPMENT}.extension.ror-location-equipment-limit",
    {"url": skip},
    {
        "equipmentfeature": value_code_to("feature", "HAS_EQUIPMENT.limits", f"{EQUIPMENT}.extension.ror-location-equipment-limit.extension.equipmentFeature"),
        "limitvalue": _limit_value,
    },
)
_LIMITS: Final = one_of("limits", LIMIT_SHAPE)
EQUIPMENT_SHAPE: Final = Shape(
    EQUIPMENT,
    {"url": skip},
    {
        "equipmenttype": value_code_to("code", "HAS_EQUIPMENT", f"{EQUIPMENT}.extension.equipmentType"),
        "nbinservice": _count_to("in_service", f"{EQUIPMENT}.extension.nbInService"),
        "locationequipmentlimit": _LIMITS,
        "equipmentlimit": _LIMITS,
        "equipementlimit": _LIMITS,
    },
)
HOUSING_SHAPE: Final = Shape(
    HOUSING,
    {"url": skip},
    {
        "residentialtype": value_code_to("code", "HAS_HOUSING", f"{HOUSING}.extension.residentialType"),
        "residentialnumber": _count_to("count", f"{HOUSING}.extension.residentialNumber"),
    },
)
_STATUS: Final = value_code_to("status", "Location.status", f"{EXTENSION}.ror-location-status")
_COMMENT: Final = value_to("comment", "valueString", f"{EXTENSION}.ror-location-comment")
_COMMUNE: Final = commune(f"{EXTENSION}.ror-commune-cog")


def _operational_status(here: Here, into: Any, value: Any) -> None:
    """R4 has a Coding here; one of another nomenclature than the ROR's is no status of the model."""
    path = f"{PATH}.operationalStatus"
    if type(value) is not dict:
        raise Wrong("It is not an object.")
    system, code = coding(here, value, path)
    if system and not (system_name(system) or list_name(system)):
        here.notes.leave(f"{path} (of another nomenclature)")
    else:
        into["status"] = concept("Location.status", system, code)


SHAPE: Final = Shape(
    PATH,
    {
        **resource_fields(PATH),
        "identifier": skip,  # read by identity
        "name": to("name"),
        "description": to("description"),
        "type": codes_to("function", "Location.function", f"{PATH}.type"),
        "operationalStatus": _operational_status,
        "address": inside(address_shape(f"{PATH}.address", point=False)),
        "position": inside(position_shape(f"{PATH}.position")),
        "managingOrganization": only_reference(f"{PATH}.managingOrganization", "manager"),
        "partOf": only_reference(f"{PATH}.partOf", "parent"),
        "telecom": telecoms_reader(f"{PATH}.telecom"),
    },
    {
        "communecog": _COMMUNE,
        "locationcommunecog": _COMMUNE,
        "locationstatus": _STATUS,
        "locationcomment": _COMMENT,
        "comment": _COMMENT,
        "metacomment": _COMMENT,
        "locationsupportedcapacity": one_of("capacities", CAPACITY_SHAPE),
        "supportedcapacity": one_of("capacities", CAPACITY_SHAPE),
        "locationequipment": one_of("equipment", EQUIPMENT_SHAPE),
        "locationequipement": one_of("equipment", EQUIPMENT_SHAPE),
        "locationresidentialcapacity": one_of("housing", HOUSING_SHAPE),
        "residentialcapacity": one_of("housing", HOUSING_SHAPE),
    },
)


def location(here: Here, resource: Json, local_id: str) -> Draft:
    """A Location. Raises FieldFault, also for two capacity lines of one key."""
    stated = identifiers(resource.get("identifier"), PATH, here.notes.leave)
    own, zone = of_kind(stated, LOCATION_ID), next((one.value for one in stated if one.kind == BED_ZONE), None)
    left = len(stated) - (own is not None) - (zone is not None)
    if left > 0:
        here.notes.leave(f"{PATH}.identifier (a second one)", left)
    into: Json = {}
    walk(here, SHAPE, into, resource)
    me = Ref("Location", object_id(here.ror, own, local_id))
    props: dict[str, Value] = {name: into.get(name) for name in ("name", "function", "status")}
    comment = "\n".join(into[name] for name in ("description", "comment") if name in into) or None
    props |= {"external_sync_id": zone, "comment": comment, **address_of(into).location_props(), **point_of(here, into, f"{PATH}.position")}
    links, dangling = joined(here, me, "MANAGED_BY", _one(into, "manager"), "GeographicEntity", f"{PATH}.managingOrganization")
    above, missing = joined(here, me, "PART_OF", _one(into, "parent"), "Location", f"{PATH}.partOf")
    if into.get("commune"):
        links.append(Link("LOCATED_IN", me, Ref("Commune", into["commune"])))
    lines = [{name: line.get(name) for name in LINE} for line in into.get("capacities", ())]
    owned = (*capacities(me.key, lines), *owned_telecoms(here, me.key, into, f"{PATH}.telecom"))
    links = [*links, *above, *_equipment(here, me, into), *_housing(here, me, into)]
    parent = next((link.end.key for link in links if link.type == "MANAGED_BY"), into.get("manager"))
    return Draft(me, props, tuple(links), owned, (*dangling, *missing), {"stated_id": own, "stated_parent": parent}, into)


def _one(into: Json, name: str) -> list[str]:
    return [into[name]] if name in into else []


def _equipment(here: Here, me: Ref, into: Json) -> list[Link]:
    found: dict[str, Link] = {}
    for one in into.get("equipment", ()):
        code = one.get("code")
        if code is None or code in found:
            here.notes.leave(f"{EQUIPMENT} ({'without a type' if code is None else 'a type twice'})")
            continue
        limits = sorted(limit(part["feature"], part["value"], part["unit"]) for part in one.get("limits", ()) if part.get("feature") and "value" in part)
        found[code] = Link("HAS_EQUIPMENT", me, Ref("Concept", code), {"in_service": one.get("in_service"), "limits": limits or None})
    return list(found.values())


def _housing(here: Here, me: Ref, into: Json) -> list[Link]:
    found: dict[str, Link] = {}
    for one in into.get("housing", ()):
        code = one.get("code")
        if code is None or code in found:
            here.notes.leave(f"{HOUSING} ({'without a type' if code is None else 'a type twice'})")
            continue
        found[code] = Link("HAS_HOUSING", me, Ref("Concept", code), {"count": one.get("count")})
    return list(found.values())
