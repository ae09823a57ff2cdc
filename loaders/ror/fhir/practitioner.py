"""Practitioner: a professional; and what drafts of the guide say of its practices there, or of its civil names in a Person."""

from typing import Any, Final

from graph.model.kinds import Value
from graph.record import Ref
from loaders.ror.fhir.common import full_name, human_name, owned_telecoms, resource_fields, telecoms_reader
from loaders.ror.fhir.draft import Draft
from loaders.ror.fhir.identity import identifiers, professional_key
from loaders.ror.fhir.readers import skip
from loaders.ror.fhir.skills import skills
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, codings, objects, text, walk, whole_reference

PATH: Final = "Practitioner"
PERSON: Final = "Person"


def _names(path: str) -> Reader:
    shape = human_name(path)

    def reader(here: Here, into: Any, value: Any) -> None:
        for number, one in enumerate(objects(value)):
            if number:
                here.notes.leave(f"{path} (a second one)")
            else:
                walk(here, shape, into.setdefault("name", {}), one)

    return reader


def _qualifications(here: Here, into: Any, value: Any) -> None:
    """A draft of the guide: profession and savoir-faire stand here. The practices of the professional get them (`extra_of`)."""
    path = f"{PATH}.qualification"
    found: list[tuple[str | None, str]] = []
    for one in objects(value):
        for key in one:
            if key != "code":
                here.notes.leave(f"{path}.{key}")
        found += codings(here, one.get("code", {}), f"{path}.code")
    said = skills(found)
    for name in said.strangers:
        here.notes.leave(f"{path} ({name})")
    into["qualified"] = True


# gender and birthDate have no reader: they are dropped here and never stored
SHAPE: Final = Shape(
    PATH,
    {
        **resource_fields(PATH),
        "identifier": skip,  # read by identity
        "name": _names(f"{PATH}.name"),
        "telecom": telecoms_reader(f"{PATH}.telecom"),
        "qualification": _qualifications,
    },
)
PERSON_SHAPE: Final = Shape(PERSON, {**resource_fields(PERSON), "name": _names(f"{PERSON}.name"), "link": skip, "identifier": skip})


def practitioner(here: Here, resource: Json, local_id: str) -> Draft:
    """A Practitioner. Raises FieldFault."""
    stated = identifiers(resource.get("identifier"), PATH, here.notes.leave)
    if len(stated) > 1:
        here.notes.leave(f"{PATH}.identifier (a second one)", len(stated) - 1)
    into: Json = {}
    walk(here, SHAPE, into, resource)
    me = Ref("Professional", professional_key(here.ror, stated, local_id))
    name = here.extras.get(here.own_id, {}).get("civil") or into.get("name", {})
    props: dict[str, Value] = {"family_name": name.get("family"), "given_names": name.get("given"), "title": name.get("prefix")}
    if not (props["family_name"] or props["given_names"]):
        props["family_name"] = name.get("text")
    owned = owned_telecoms(here, me.key, into, f"{PATH}.telecom", secure=True)
    return Draft(me, props, (), owned, (), {"stated_id": stated[0].value if stated else None}, into)


def extra_of(here: Here, resource: Json) -> Json | None:
    """What the practices of a Practitioner get of it: profession, savoir-faire, and the name under which it practises; None for the guide as published."""
    stated = resource.get("qualification")
    if type(stated) is not list:
        return None
    said = skills(pair for one in objects(stated) for pair in codings(here, one.get("code", {}), PATH))
    into: Json = {}
    walk(here, SHAPE, into, {"name": resource["name"]} if "name" in resource else {})
    return {"profession": said.profession, "specialties": said.specialties, "competences": said.competences, "name": full_name(into.get("name", {}))}


def civil_names(here: Here, resource: Json) -> tuple[Json, list[str]]:
    """The names of a Person, and the Practitioners that it links to."""
    into: Json = {}
    walk(here, PERSON_SHAPE, into, resource)
    targets = [one.get("target", {}) for one in objects(resource.get("link", []))]
    found = [text(target["reference"]) for target in targets if type(target) is dict and "reference" in target]
    return into.get("name", {}), [whole_reference(one, here.own_id) for one in found]
