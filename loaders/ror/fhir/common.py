"""What several resources of the guide have alike: meta, telecoms, contacts, names, periods and hours."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from graph.keys import concept_id
from graph.model.kinds import Value
from graph.record import Owned
from loaders.ror.building import contact, telecom, unique
from loaders.ror.fhir.readers import code_to, inside, listed, one_of, skip, to, value_code_to, value_to
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, array, codings, content, objects, text, walk, whole_reference
from loaders.ror.values import confidentiality, instant

# A telecom without the channel of the guide has that of its R4 system; 'phone' does not say fixed or mobile, and is written as fixed
CHANNELS: Final[Mapping[str, str]] = MappingProxyType({"phone": "2", "email": "3", "url": "4", "fax": "6"})
REGION_SYSTEMS: Final = ("TRE_R30", "TRE-R30", "JDV_J237", "JDV-J237")


def resource_fields(kind: str) -> dict[str, Reader]:
    """The fields that every resource has: type, id, meta; contained resources are rows of their own reading."""
    return {"resourceType": skip, "id": to("id"), "meta": inside(_meta(kind)), "contained": skip}


def _meta(kind: str) -> Shape:
    path = f"{kind}.meta"
    return Shape(path, {"lastUpdated": to("updated", lambda value: instant(f"{path}.lastUpdated", text(value))), "tag": _tags(f"{path}.tag"), "profile": skip})


def _tags(path: str) -> Reader:
    def reader(here: Here, into: Any, value: Any) -> None:
        for tag in objects(value):
            system = tag.get("system")
            if type(system) is str and any(name in system for name in REGION_SYSTEMS):
                into["region"] = text(tag.get("code"))
                read = {"system", "code"}
            else:
                read = set[str]()
            for key in tag.keys() - read:
                here.notes.leave(f"{path}.{key}")

    return reader


def telecom_shape(path: str) -> Shape:
    """A ContactPoint, or the extension that stands for one."""
    level = _confidentiality(f"{path}.extension.ror-telecom-confidentiality-level")
    channel = value_code_to("channel", "Telecom.channel", f"{path}.extension.ror-telecom-communication-channel")
    usage = value_to("usage", "valueString", f"{path}.extension.ror-telecom-usage")
    return Shape(
        path,
        {"system": to("system"), "value": to("value"), "url": skip},
        {
            "telecomcommunicationchannel": channel,
            "communicationchannel": channel,
            "telecomusage": usage,
            "contacttelecomusage": usage,
            "telecomconfidentialitylevel": level,
            "contacttelecomconfidentialitylevel": level,
            "confidentialitylevel": level,
            "telecomaddress": value_to("value", "valueString", f"{path}.extension.telecomAddress"),
        },
    )


def _confidentiality(path: str) -> Reader:
    def reader(here: Here, into: Any, value: Any) -> None:
        found = codings(here, content(here, value, "valueCodeableConcept", path), path)
        into["confidentiality"] = confidentiality(path, found[0][1]) if found else None

    return reader


def telecoms_reader(path: str) -> Reader:
    """A list of ContactPoints."""
    return listed("telecoms", telecom_shape(path))


def telecom_props(here: Here, found: Iterable[Json], path: str, *, secure: bool | None = None) -> list[dict[str, Value]]:
    """The telecoms that have a value. `secure`: they are mailboxes of secure messaging (MSS)."""
    return [_telecom(one, secure) for one in found if _has_value(here, one, path)]


def _has_value(here: Here, one: Json, path: str) -> bool:
    if "value" not in one:
        here.notes.leave(f"{path} (without a value)")
    return "value" in one


def _telecom(one: Json, secure: bool | None) -> dict[str, Value]:
    code = CHANNELS.get(one.get("system", ""))
    return {
        "channel": one.get("channel") or (concept_id("TRE_R200", code) if code else None),
        "value": one["value"],
        "usage": one.get("usage"),
        "secure": secure,
        "confidentiality": one.get("confidentiality"),
    }


def owned_telecoms(here: Here, owner: str, into: Json, path: str, *, secure: bool | None = None) -> tuple[Owned, ...]:
    """The telecoms of an object itself."""
    found = into.get("telecoms")
    return unique(telecom(owner, one) for one in telecom_props(here, found, path, secure=secure)) if found else ()


def contact_extensions(path: str) -> dict[str, Reader]:
    """What the extensions of a contact say, on an Organization's contact as in the extension of an offer."""
    level = _confidentiality(f"{path}.extension.ror-contact-confidentiality-level")
    function = value_code_to("function", "Contact.function", f"{path}.extension.ror-contact-function-contact")
    return {
        "contactfunctioncontact": function,
        "contactfonctioncontact": function,
        "functioncontact": function,
        "contactconfidentialitylevel": level,
        "confidentialitylevel": level,
    }


def organization_contact(path: str) -> Shape:
    """Organization.contact."""
    return Shape(
        path,
        {
            "name": _name_to("name", f"{path}.name"),
            "purpose": code_to("nature", "Contact.nature", f"{path}.purpose"),
            "telecom": telecoms_reader(f"{path}.telecom"),
        },
        contact_extensions(path),
    )


def offer_contact(path: str) -> Shape:
    """The extension ror-healthcareservice-contact."""
    return Shape(
        path,
        {"url": skip},
        {
            **contact_extensions(path),
            "name": _value_name(f"{path}.extension.name"),
            "purposecontact": value_code_to("nature", "Contact.nature", f"{path}.extension.purposeContact"),
            "healthcareservicecontacttelecom": one_of("telecoms", telecom_shape(f"{path}.extension.ror-healthcareservice-contact-telecom")),
        },
    )


def owned_contacts(here: Here, owner: str, into: Json, path: str) -> tuple[Owned, ...]:
    """The contacts of an object, each with its telecoms."""
    found = into.get("contacts")
    return unique(_contact(here, owner, one, path) for one in found) if found else ()


def _contact(here: Here, owner: str, one: Json, path: str) -> Owned:
    props: dict[str, Value] = {name: one.get(name) for name in ("name", "function", "nature", "confidentiality")}
    return contact(owner, props, telecom_props(here, one.get("telecoms", ()), f"{path}.telecom"))


HUMAN_NAME: Final = ("prefix", "given", "family")


def human_name(path: str) -> Shape:
    """A HumanName: text, or its parts; suffix is the title under which a person practises."""
    return Shape(
        path, {"text": to("text"), "family": to("family"), "given": to("given", _joined), "prefix": to("prefix", _joined), "suffix": to("suffix", _joined)}
    )


def _joined(value: Any) -> str:
    return " ".join(text(one) for one in array(value) if one is not None)


def full_name(name: Json) -> str | None:
    """A name as one text."""
    return name.get("text") or " ".join(name[part] for part in HUMAN_NAME if name.get(part)) or None


def _name_to(name: str, path: str) -> Reader:
    shape = human_name(path)

    def reader(here: Here, into: Any, value: Any) -> None:
        found: Json = {}
        walk(here, shape, found, value)
        into[name] = full_name(found)

    return reader


def _value_name(path: str) -> Reader:
    """The name of an offer's contact: a HumanName, a text in drafts."""
    read = _name_to("name", path)

    def reader(here: Here, into: Any, value: Any) -> None:
        if "valueString" in value:
            into["name"] = text(content(here, value, "valueString", path))
        else:
            read(here, into, content(here, value, "valueHumanName", path))

    return reader


def only_reference(path: str, name: str) -> Reader:
    """A Reference: where it leads (`whole_reference`); type, display and identifier are left."""
    return inside(Shape(path, {"reference": _reference_to(name)}))


def references(path: str, name: str) -> Reader:
    """A list of References, those that say where they lead."""
    shape = Shape(path, {"reference": _reference_to("reference")})

    def reader(here: Here, into: Any, value: Any) -> None:
        found = into.setdefault(name, [])
        for one in objects(value):
            inner: Json = {}
            walk(here, shape, inner, one)
            if "reference" in inner:
                found.append(inner["reference"])

    return reader


def _reference_to(name: str) -> Reader:
    def reader(here: Here, into: Any, value: Any) -> None:
        into[name] = whole_reference(text(value), here.own_id)

    return reader
