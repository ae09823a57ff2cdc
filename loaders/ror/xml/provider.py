"""provider: a professional, and a practice for each unit that he or she works in (docs/formats.md, ror-xml). No value of it stands in a message."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from graph.keys import concept_id, professional_id, unidentified
from graph.model.kinds import Value
from graph.record import Dangling, Item, Link, Ref
from loaders.ror.building import hours, practice_id, telecom, unique
from loaders.ror.xml.context import Context, Metadata, entity_of, metadata, named
from loaders.ror.xml.element import Node
from loaders.ror.xml.frame import FACILITY, ORGANIZATION, PROVIDER
from loaders.ror.xml.parts import hours_lines, mailboxes, telecom_lines

SKILLS: Final = (  # element of a credential's extension, nomenclature
    ("speciality", "TRE_R38"),
    ("competence", "TRE_R39"),
    ("exclusiveCompetence", "TRE_R40"),
    ("particularSkills", "TRE_G13"),
    ("capacity", "TRE_R43"),
    ("qualificationPAC", "TRE_R44"),
    ("DESCNonQualifiant", "TRE_R42"),
    ("complementarySkills", "TRE_R97"),
)
PRACTICE: Final = "operationalStatus"


class _Unit(NamedTuple):
    """A facility that a provider names: its entityID, and what it is."""

    entity: str
    ref: Ref | None


class _Alike(NamedTuple):
    """What every practice of a provider says alike."""

    props: Mapping[str, Value]
    links: Sequence[tuple[str, Ref, Mapping[str, Value]]]
    hours: Sequence[Mapping[str, Value]]
    telecoms: Sequence[Mapping[str, Value]]
    missing: tuple[Dangling, ...]

    @property
    def says_something(self) -> bool:
        """Whether a practice is worth a node where neither a profession nor a unit is named."""
        return bool(self.links or self.hours or self.telecoms or self.missing or any(self.props.values()))


class _Person(NamedTuple):
    """Who a provider element is about."""

    me: Ref
    entity: str
    context: Context
    about: Metadata


def provider(node: Node, context: Context) -> tuple[Item, ...]:
    """A professional with the practices that the element states. Raises FieldFault."""
    entity = entity_of(node)
    me = Ref("Professional", professional_key(node, context, entity))
    person = _Person(me, entity, context, metadata(node))
    extension = node.extension()
    owned = unique(mailboxes(me.key, extension))
    name, exercise_name = _names(node)
    professional = Item(*me, name, owned=owned, said=person.about.said(PROVIDER, entity, context.ror.region, {}))
    professions: list[str | None] = list(node.codes("Practice.profession", "codedType"))
    units: list[_Unit | None] = list(_units(node, context))
    alike = _alike(node, extension, exercise_name, context)
    if not professions and not units and not alike.says_something:
        return (professional,)
    practices = (_practice(person, profession, unit, alike) for profession in professions or [None] for unit in units or [None])
    return (professional, *practices)


def professional_key(node: Node, context: Context, entity: str) -> str:
    """K-3: an RPPS number before an ADELI number; another id than these is left."""
    keys = []
    for one in node.children("otherID"):
        stated = one.element.get("code", "").strip()
        key = professional_id(stated)
        if key or not stated:
            one.attribute("code")
            one.attribute("assigningAuthorityName")
        if key:
            keys.append(key)
    return max(keys, default=None) or unidentified(context.ror.stamp, entity)  # '8...' is RPPS, '0...' ADELI


def _names(node: Node) -> tuple[dict[str, Value], str | None]:
    """The first name that the element states, and the same as the name under which the professional practises. Birth date and gender are not read."""
    demographic = node.child("demographic")
    name = demographic.child("name") if demographic else None
    if name is None:
        return {"family_name": None, "given_names": None, "title": None}, None
    honorific, civility = name.child("honorific"), name.extension().child("title")
    practising, title = honorific.bare_code() if honorific else None, civility.bare_code() if civility else None
    family, given = name.text("commonName"), name.text("forename")
    exercise_name = " ".join(part for part in (practising, given, family) if part) if practising else None
    return {"family_name": family, "given_names": given, "title": title}, exercise_name


def _units(node: Node, context: Context) -> list[_Unit]:
    stated = node.child("facilities")
    entities = [entity for one in stated.children("facility") if (entity := named(one))] if stated else []
    return [_Unit(entity, context.unit(entity)) for entity in dict.fromkeys(entities)]


def _alike(node: Node, extension: Node, exercise_name: str | None, context: Context) -> _Alike:
    status = extension.child(PRACTICE)
    sites, missing = _sites(node, context)
    links = [*(("AT", site, {}) for site in sites), *_skills(node)]
    if status is None:
        return _Alike({"exercise_name": exercise_name}, links, (), (), missing)
    props: dict[str, Value] = {
        "exercise_name": exercise_name,
        "exercise_mode": status.code("Practice.exercise_mode", "exerciceModeInUnit"),
        "agreement_sector": status.code("Practice.agreement_sector", "agreementSector"),
        "optam": status.boolean("contractOptionHealthCareAccess"),
        "vitale_card": status.boolean("vitaleCardAccepted"),
        "home_visit": status.boolean("homeVisit"),
    }
    links += [("HAS_COMPETENCE", Ref("Concept", code), {}) for code in status.codes("HAS_COMPETENCE", "specificSkills")]
    phones = telecom_lines(status.children("contactPoint"))
    return _Alike(props, links, hours_lines(status.children("operatingHours")), phones, missing)


def _sites(node: Node, context: Context) -> tuple[list[Ref], tuple[Dangling, ...]]:
    """The geographic entities where a provider works; a legal entity has no place there and is left."""
    stated = node.child("organizations")
    sites, missing = [], []
    for one in stated.children("organization") if stated else []:
        entity = one.element.get("entityID", "").strip()
        found = context.structure(entity)
        if found is None or found.label == "GeographicEntity":
            named(one)
        if found is None and entity:
            missing.append(Dangling("AT", f"{ORGANIZATION}/{entity}"))
        elif found and found.label == "GeographicEntity":
            sites.append(found)
    return list(dict.fromkeys(sites)), tuple(missing)


def _skills(node: Node) -> list[tuple[str, Ref, Mapping[str, Value]]]:
    """HAS_SPECIALTY of each savoir-faire; of one without a code the type is left, and so counted."""
    found: dict[str, Mapping[str, Value]] = {}
    for one in node.children("credential"):
        extension = one.extension()
        codes = [concept_id(system, code) for name, system in SKILLS for part in extension.children(name) if (code := part.bare_code())]
        kind = one.code("HAS_SPECIALTY.type", "codedType") if codes else None
        for code in codes:
            found.setdefault(code, {"type": kind} if kind else {})
    for code in node.codes("HAS_SPECIALTY", "specialty"):
        found.setdefault(code, {})
    return [("HAS_SPECIALTY", Ref("Concept", code), props) for code, props in found.items()]


def _practice(person: _Person, profession: str | None, unit: _Unit | None, alike: _Alike) -> Item:
    context = person.context
    local_id = "/".join(part for part in (person.entity, unit.entity if unit else "", profession or "") if part)
    offer = unit.ref if unit and unit.ref and unit.ref.label == "Offer" else None
    key = practice_id(context.ror, None, person.me.key, offer.key if offer else None, profession, local_id)
    me = Ref("Practice", key)
    links = [Link("BY", me, person.me), *(Link(kind, me, end, props) for kind, end, props in alike.links)]
    missing = alike.missing
    if offer:
        links.append(Link("FOR", me, offer))
    elif unit and unit.ref is None:
        missing = (*missing, Dangling("FOR", f"{FACILITY}/{unit.entity}"))
    elif unit:
        context.notes.leave(f"{PROVIDER}.facilities.facility@entityID (of a unit that is no offer)")
    owned = (*(hours(key, one) for one in alike.hours), *(telecom(key, one) for one in alike.telecoms))
    props: dict[str, Value] = {"kind": "OPERATIONAL", "profession": profession, **alike.props}
    return Item(*me, props, tuple(links), unique(owned), said=person.about.said(PRACTICE, local_id, context.ror.region, {}), dangling=missing)
