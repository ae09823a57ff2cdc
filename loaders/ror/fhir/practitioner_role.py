"""PractitionerRole: an operational practice (situation opérationnelle) of a professional, for an offer."""

from typing import Any, Final

from graph.model.kinds import Value
from graph.record import Dangling, Link, Ref
from loaders.ror.building import coded_links, practice_id
from loaders.ror.fhir.common import full_name, human_name, only_reference, owned_telecoms, references, resource_fields, telecoms_reader
from loaders.ror.fhir.draft import Draft, first_only, joined
from loaders.ror.fhir.hours import hours_reader, owned_hours
from loaders.ror.fhir.identity import identifiers, of_kind
from loaders.ror.fhir.readers import codes_to, skip, value_code_to, value_to
from loaders.ror.fhir.skills import Skills, skills
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, boolean, codings, content, objects, walk

PATH: Final = "PractitionerRole"
EXTENSION: Final = f"{PATH}.extension"
READ: Final = ("exercise_mode", "agreement_sector", "optam", "vitale_card", "home_visit")
PRACTICE_ID: Final = "37"


def _specialties(here: Here, into: Any, value: Any) -> None:
    path = f"{PATH}.specialty"
    into["skills"] = said = skills(pair for one in objects(value) for pair in codings(here, one, path))
    for name in said.strangers:
        here.notes.leave(f"{path} ({name})")
    if said.bare_types:
        here.notes.leave(f"{path} (a type without a code)", said.bare_types)


_ROLE_NAME: Final = Shape(
    f"{EXTENSION}.ror-practitionerrole-name",
    {"url": skip},
    {
        "exercisetitle": value_code_to("title", "Practice.title", f"{EXTENSION}.ror-practitionerrole-name.extension.exerciseTitle"),
        "exercisefirstname": value_to("given", "valueString", f"{EXTENSION}.ror-practitionerrole-name.extension.exerciseFirstName"),
        "exerciselastname": value_to("family", "valueString", f"{EXTENSION}.ror-practitionerrole-name.extension.exerciseLastName"),
    },
)
_HUMAN: Final = human_name(f"{EXTENSION}.practitionerRole-name")


def _name(here: Here, into: Any, value: Any) -> None:
    """The guide's own extension with the parts of the name, or that of the Annuaire with a HumanName."""
    found: Json = {}
    if "extension" in value:
        walk(here, _ROLE_NAME, found, value)
        found["prefix"] = found["title"].partition("-")[2] if found.get("title") else None
    else:
        walk(here, _HUMAN, found, content(here, value, "valueHumanName", _HUMAN.path))
    into["exercise_name"] = full_name(found)


def _flag(name: str, url: str) -> Reader:
    return value_to(name, "valueBoolean", f"{EXTENSION}.{url}", boolean)


_CONTRACTED: Final = value_code_to("agreement_sector", "Practice.agreement_sector", f"{EXTENSION}.practitionerRole-contracted")
_CAS: Final = _flag("optam", "practitionerRole-hasCAS")
_VITALE: Final = _flag("vitale_card", "practitionerRole-vitaleAccepted")
SHAPE: Final = Shape(
    PATH,
    {
        **resource_fields(PATH),
        "identifier": skip,  # read by identity
        "practitioner": only_reference(f"{PATH}.practitioner", "practitioner"),
        "organization": only_reference(f"{PATH}.organization", "organization"),
        "healthcareService": references(f"{PATH}.healthcareService", "offers"),
        "code": codes_to("profession", "Practice.profession", f"{PATH}.code"),
        "specialty": _specialties,
        "telecom": telecoms_reader(f"{PATH}.telecom"),
        "availableTime": hours_reader(f"{PATH}.availableTime"),
    },
    {
        "practitionerroleunitexercisemode": value_code_to("exercise_mode", "Practice.exercise_mode", f"{EXTENSION}.ror-practitionerrole-unit-exercise-mode"),
        "practitionerrolename": _name,
        "practitionerrolecontracted": _CONTRACTED,
        "asextpractitionerrolecontracted": _CONTRACTED,
        "practitionerrolehascas": _CAS,
        "asextpractitionerrolehascas": _CAS,
        "practitionerrolevitaleaccepted": _VITALE,
        "asextpractitionerrolevitaleaccepted": _VITALE,
        "practitionerrolehomevisit": _flag("home_visit", "ror-practitionerrole-home-visit"),
    },
)


def practitioner_role(here: Here, resource: Json, local_id: str) -> Draft:
    """A PractitionerRole. Raises FieldFault."""
    stated = identifiers(resource.get("identifier"), PATH, here.notes.leave)
    own = of_kind(stated, PRACTICE_ID) or (stated[0].value if stated else None)
    if len(stated) > 1:
        here.notes.leave(f"{PATH}.identifier (a second one)", len(stated) - 1)
    into: Json = {}
    walk(here, SHAPE, into, resource)
    who = into.get("practitioner")
    extra = here.extras.get(who, {}) if who else {}
    profession = into.get("profession") or extra.get("profession")
    offers = first_only(here, into.get("offers", []), f"{PATH}.healthcareService")
    professional, offer = (here.end(who) if who else None), (here.end(offers[0]) if offers else None)
    key = practice_id(here.ror, own, professional.key if professional else None, offer.key if offer else None, profession, local_id)
    me = Ref("Practice", key)
    props: dict[str, Value] = {"kind": "OPERATIONAL", "profession": profession, **{name: into.get(name) for name in READ}}
    props["exercise_name"] = into.get("exercise_name") or extra.get("name")
    links, dangling = _ends(here, me, into, offers)
    links += _skills(me, into.get("skills"), extra if extra.get("profession") in {None, profession} else {})
    owned = (*owned_telecoms(here, me.key, into, f"{PATH}.telecom"), *owned_hours(me.key, into))
    return Draft(me, props, tuple(links), owned, tuple(dangling), {"stated_id": own}, into)


def _ends(here: Here, me: Ref, into: Json, offers: list[str]) -> tuple[list[Link], list[Dangling]]:
    links: list[Link] = []
    dangling: list[Dangling] = []
    ends = (("BY", "practitioner", "Professional"), ("AT", "organization", "GeographicEntity"))
    stated = [(kind, [into[name]], label, f"{PATH}.{name}") for kind, name, label in ends if name in into]
    for kind, found, label, path in (*stated, ("FOR", offers, "Offer", f"{PATH}.healthcareService")):
        known, missing = joined(here, me, kind, found, label, path)
        links += known
        dangling += missing
    return links, dangling


def _skills(me: Ref, said: Skills | None, extra: Json) -> list[Link]:
    specialties = dict(extra.get("specialties", ()))
    competences = list(extra.get("competences", ()))
    if said is not None:
        specialties |= dict(said.specialties)
        competences += said.competences
    links = [Link("HAS_SPECIALTY", me, Ref("Concept", code), {"type": kind} if kind else {}) for code, kind in specialties.items()]
    return [*links, *coded_links("HAS_COMPETENCE", me, competences)]
