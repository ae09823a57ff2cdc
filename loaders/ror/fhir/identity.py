"""What a resource is: label and key in the graph, from its type and its identifiers alone, so that references can be resolved before anything is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from graph.keys import DUMMY_FINESS, entity_id, finess_fault, professional_id, site_id, unidentified
from graph.record import Ref
from loaders.ror.building import object_id
from loaders.ror.codes import LISTS, concept, list_name
from loaders.ror.fhir.walking import Json, Wrong, objects, system_of, text
from loaders.ror.origin import Ror
from loaders.ror.values import FieldFault

Leave = Callable[[str], None]

# Kinds of identifier: codes of TRE_G07, those of the guide's drafts, systems of identifiers without a type; 42 is of TRE_R345
DECLARED, FINESS, SIREN, SIRET, RPPS_RANK, ADELI_RANK, UNIT = "40", "1", "2", "3", "4", "0", "42"
DRAFTS: Final[Mapping[str, str]] = MappingProxyType(
    {"IDNST": DECLARED, "FINEG": FINESS, "FINEJ": FINESS, "SIREN": SIREN, "SIRET": SIRET, "RPPSRG": RPPS_RANK, "ADELIRG": ADELI_RANK, "ADELRG": ADELI_RANK}
)
SYSTEMS: Final = (
    ("1.2.250.1.71.4.2.2", DECLARED),
    ("finess", FINESS),
    ("rppsrang", RPPS_RANK),
    ("adelirang", ADELI_RANK),
    ("oi.esante.gouv.fr", UNIT),
)
OWN: Final = frozenset({DECLARED, FINESS, SIREN, SIRET, RPPS_RANK, ADELI_RANK, UNIT})
SITE_DRAFTS: Final = frozenset({"FINEG", "SIRET"})
ENTITY_DRAFTS: Final = frozenset({"FINEJ", "SIREN"})
LENGTHS: Final[Mapping[str, int]] = MappingProxyType({SIREN: 9, SIRET: 14})
UNIT_TYPE, SITE_TYPES, ENTITY_TYPE = "TRE_R207", ("TRE_R66", "TRE_R02"), "TRE_R72"
KINDS: Final[Mapping[str, str]] = MappingProxyType({"LEGAL-ENTITY": "LegalEntity", "GEOGRAPHICAL-ENTITY": "GeographicEntity"})
LOCATION_ID, BED_ZONE = "25", "26"  # TRE_R354
OFFER_ID, INTERNAL_ID = "35", "36"  # TRE_R355


def ignore(_: str) -> None:
    """For who only looks for the key."""


class Identifier(NamedTuple):
    """An identifier with its kind: a code of its type, '' without."""

    kind: str
    system: str
    value: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What an Organization is: label, key, its numbers by kind, its types by nomenclature."""

    ref: Ref
    numbers: Mapping[str, str]
    types: Mapping[str, str]


def resource_ref(ror: Ror, resource: Json, local_id: str) -> Ref | None:
    """Label and key of a resource; None for a type that is not an object of the graph. Raises FieldFault."""
    kind, stated = resource.get("resourceType"), resource.get("identifier")
    match kind:
        case "Organization":
            return organisation(ror, resource, local_id, ignore).ref
        case "HealthcareService":
            return Ref("Offer", object_id(ror, of_kind(identifiers(stated, kind, ignore), OFFER_ID), local_id))
        case "Location":
            return Ref("Location", object_id(ror, of_kind(identifiers(stated, kind, ignore), LOCATION_ID), local_id))
        case "Practitioner":
            return Ref("Professional", professional_key(ror, identifiers(stated, kind, ignore), local_id))
    return None


def identifiers(value: Any, kind: str, leave: Leave) -> list[Identifier]:
    """The identifiers of a resource that have a value."""
    if value is None:
        return []
    path = f"{kind}.identifier"
    try:
        return [found for one in objects(value) if (found := _identifier(one, path, leave)) is not None]
    except Wrong as fault:
        raise FieldFault(path, fault.reason) from None


def _identifier(one: Json, path: str, leave: Leave) -> Identifier | None:
    kind, draft, system, value = "", "", "", None
    for key, inner in one.items():
        if key == "value":
            value = text(inner)
        elif key == "system":
            system = text(inner)
        elif key == "type" and type(inner) is dict:
            kind, draft = _kind(inner, path, leave)
        else:
            leave(f"{path}.{key}")
    if value is None:
        leave(f"{path} (without a value)")
        return None
    return Identifier(kind, system, value, draft)


def _kind(stated: Json, path: str, leave: Leave) -> tuple[str, str]:
    """Code of the type, and the same as a draft of the guide writes it."""
    for key in stated:
        if key != "coding":
            leave(f"{path}.type.{key}")
    found = [text(one.get("code")) for one in objects(stated.get("coding", []))]
    for one in objects(stated.get("coding", [])):
        for key in one:
            if key not in {"system", "code"}:
                leave(f"{path}.type.coding.{key}")
    return (DRAFTS.get(found[0], found[0]), found[0]) if found else ("", "")


def of_kind(found: list[Identifier], kind: str) -> str | None:
    """The value of that kind; of an offer or a location whose identifiers have no type, the first."""
    for one in found:
        if one.kind == kind:
            return one.value
    return next((one.value for one in found if not one.kind), None)


def professional_key(ror: Ror, found: list[Identifier], local_id: str) -> str:
    """K-3: an RPPS number before an ADELI number, else source, `#` and id."""
    keys = [key for one in found if (key := professional_id(one.value))]
    return max(keys, default=None) or unidentified(ror.stamp, local_id)  # '8...' is RPPS, '0...' ADELI


def organisation(ror: Ror, resource: Json, local_id: str, leave: Leave) -> Organisation:
    """Label, key, numbers and types of an Organization (sources.md, Field map). Raises FieldFault where its kind or a number cannot be read."""
    stated, types = identifiers(resource.get("identifier"), "Organization", leave), _types(resource.get("type"), leave)
    numbers = _numbers(stated, leave)
    label = _label(stated, numbers, types, "partOf" in resource)
    return Organisation(Ref(label, _key(ror, label, numbers, local_id)), numbers, types)


def _numbers(stated: list[Identifier], leave: Leave) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in stated:
        kind = one.kind or next((kind for part, kind in SYSTEMS if part in one.system), "")
        if not kind and "sirene" in one.system:
            kind = next((kind for kind, length in LENGTHS.items() if length == len(one.value)), "")
        if kind not in OWN or kind in found:
            leave(f"Organization.identifier ({kind[:20] or 'without a type'})")
        else:
            found[kind] = _checked(kind, one.value)
    return {kind: value for kind, value in found.items() if value}


def _checked(kind: str, value: str) -> str:
    if kind == FINESS:
        fault = None if value == DUMMY_FINESS else finess_fault(value)  # the dummy stands for 'no number'
        if fault:
            raise FieldFault("Organization.identifier (FINESS)", fault)
        return "" if value == DUMMY_FINESS else value
    length = LENGTHS.get(kind)
    if length and not (len(value) == length and value.isascii() and value.isdecimal()):
        raise FieldFault("Organization.identifier", f"A number of kind {kind} has {length} digits.")
    return value


def _types(value: Any, leave: Leave) -> dict[str, str]:
    if value is None:
        return {}
    found: dict[str, str] = {}
    try:
        for one in objects(value):
            for key in one:
                if key != "coding":
                    leave(f"Organization.type.{key}")
            for coding in objects(one.get("coding", [])):
                _add_type(found, coding, leave)
    except Wrong as fault:
        raise FieldFault("Organization.type", fault.reason) from None
    return found


def _add_type(found: dict[str, str], coding: Json, leave: Leave) -> None:
    code, stated = text(coding.get("code")), coding.get("system")
    if stated is not None and type(stated) is not str:
        raise Wrong("Its system is not a text.")
    for key in coding:
        if key not in {"system", "code"}:
            leave(f"Organization.type.coding.{key}")
    system = "kind" if code in KINDS else system_of(stated) or LISTS.get(list_name(stated or "") or "")
    if system is None or system in found:
        leave(f"Organization.type ({system or 'without a nomenclature'})")
    else:
        found[system] = code if system == "kind" else concept("GeographicEntity.category", system, code)


def _label(stated: list[Identifier], numbers: Mapping[str, str], types: Mapping[str, str], has_parent: bool) -> str:
    drafts = {one.draft for one in stated}
    if UNIT in numbers or UNIT_TYPE in types:
        return "OrganisationalUnit"
    if any(one in types for one in SITE_TYPES):
        return "GeographicEntity"
    if ENTITY_TYPE in types:
        return "LegalEntity"
    if "kind" in types:
        return KINDS[types["kind"]]
    if SIRET in numbers or drafts & SITE_DRAFTS or has_parent:
        return "GeographicEntity"
    if SIREN in numbers or drafts & ENTITY_DRAFTS:
        return "LegalEntity"
    raise FieldFault("Organization.type", "It says neither a legal entity (TRE_R72), nor a geographic one (TRE_R66, TRE_R02), nor a unit (TRE_R207).")


def _key(ror: Ror, label: str, numbers: Mapping[str, str], local_id: str) -> str:
    if label == "OrganisationalUnit":
        return object_id(ror, numbers.get(UNIT), local_id)
    finess, rpps, adeli = numbers.get(FINESS), numbers.get(RPPS_RANK), numbers.get(ADELI_RANK)
    is_entity = label == "LegalEntity"
    key = entity_id(finess, rpps, adeli, numbers.get(SIREN)) if is_entity else site_id(finess, rpps, adeli, numbers.get(SIRET))
    return key or numbers.get(DECLARED) or unidentified(ror.stamp, local_id)
