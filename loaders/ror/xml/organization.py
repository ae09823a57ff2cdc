"""organization: without parent a legal entity, with one a geographic entity (docs/formats.md, ror-xml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.keys import DUMMY_FINESS, concept_id, entity_id, finess_fault, has_right_check_digit, site_id, unidentified
from graph.model.kinds import Value
from graph.record import Dangling, Item, Link, Owned, Ref
from loaders.ror.building import unique
from loaders.ror.codes import concept
from loaders.ror.values import FieldFault, count, day
from loaders.ror.xml.context import Context, entity_of, metadata, named
from loaders.ror.xml.element import Node
from loaders.ror.xml.frame import ORGANIZATION
from loaders.ror.xml.parts import address, commune, contacts, date_of, point, tariffs, territories

DECLARED: Final = "1.2.250.1.71.4.2.2"  # idNat_Struct
FINESS: Final = "1.2.250.1.213.3.2"
INSEE: Final = "1.3.2"  # SIREN of 9 digits, SIRET of 14
PERSON: Final = "1.2.250.1.71.4.2.1"  # idNat_PS; on a structure: the rang of its practice, of 11 digits ADELI, of 14 RPPS
ESPIC: Final = "1.2.250.1.213.1.6.1.45"
AGGREGATE: Final = "1.2.250.1.213.1.6.1.64"  # TRE_R69, of which the model has the finer TRE_R72
PRACTICE_SECTOR: Final = "SA"  # how the codes of TRE_R02 begin, which may come under the OID of TRE_R66
PLACES: Final = (
    ("nbTemporarySocialeHelpPlace", "nbTemporarySocialHelpPlace"),
    ("nbPermanentSocialHelpPlace", "nbPermanentSocialeHelpPlace"),
)
NUMBERS: Final = {(INSEE, 9): "siren", (INSEE, 14): "siret", (PERSON, 11): "adeli_rank", (PERSON, 14): "rpps_rank"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a structure as a file states them; None where it does not. `declared`: its idNat_Struct there (graph_model.md, K-1)."""

    declared: str | None = None
    finess: str | None = None
    siren: str | None = None
    siret: str | None = None
    adeli_rank: str | None = None
    rpps_rank: str | None = None

    def key(self, label: str) -> str | None:
        """K-1; a structure that states no number has the national id that it declares; None without one."""
        if label == "LegalEntity":
            return entity_id(self.finess, self.rpps_rank, self.adeli_rank, self.siren) or self.declared
        return site_id(self.finess, self.rpps_rank, self.adeli_rank, self.siret) or self.declared


def numbers(node: Node) -> Numbers:
    """The numbers of an organization, taken. One that its authority does not write so is left. Raises FieldFault for a FINESS number of a wrong form."""
    found: dict[str, str] = {}
    for one in node.children("otherID"):
        code = one.element.get("code", "").strip()
        name = _name_of(code, one.element.get("assigningAuthorityName", "").strip())
        if not code or (name and name not in found):
            one.attribute("code")
            one.attribute("assigningAuthorityName")
            if name:
                found[name] = code
    return _checked(found)


def numbers_of(identifiers: Iterable[tuple[str, str]]) -> Numbers:
    """The same from codes and authorities, for who only looks for the key."""
    found: dict[str, str] = {}
    for code, authority in identifiers:
        found.setdefault(_name_of(code.strip(), authority.strip()), code.strip())
    found.pop("", None)
    return _checked(found)


def _name_of(code: str, authority: str) -> str:
    """Which number of a structure a code is; '' for none that the model knows."""
    if not code:
        return ""
    return {DECLARED: "declared", FINESS: "finess"}.get(authority) or NUMBERS.get((authority, len(code)), "")


def _checked(found: dict[str, str]) -> Numbers:
    if found.get("finess") == DUMMY_FINESS:
        del found["finess"]
    fault = finess_fault(found["finess"]) if "finess" in found else None
    if fault is not None:
        raise FieldFault("otherID", fault)
    return Numbers(**found)


def label_of(*, has_parent: bool) -> str:
    """Its label: a geographic entity has a parent."""
    return "GeographicEntity" if has_parent else "LegalEntity"


def organization(node: Node, context: Context) -> tuple[Item, ...]:
    """A legal or geographic entity. Raises FieldFault."""
    entity, label, stated = entity_of(node), label_of(has_parent=node.child("parent") is not None), numbers(node)
    me = Ref(label, stated.key(label) or unidentified(context.ror.stamp, entity))
    about, extension = metadata(node), node.extension()
    parent = named(node.child("parent"))
    above = context.structure(parent) if parent else None
    holder = above if above and above.label == "LegalEntity" else None
    props, links, owned = _common(node, extension, me, stated)
    if props["name"] is None:
        raise FieldFault("primaryName", "The element has no name.")
    _note_numbers(stated, label, context)
    props["updated_at"] = day("record@updated", about.updated) if about.updated else None
    if label == "GeographicEntity":
        props |= _site_props(node, extension, stated)
        links += territories(me, extension)
        owned += tariffs(me.key, extension)
    else:
        props |= {"siren": stated.siren, "legal_status": _legal_status(node)}
    if holder:
        links.append(Link("PART_OF", me, holder))
    said = about.said(ORGANIZATION, entity, context.ror.region, _stated(stated, props, holder.key if holder else parent))
    missing = (Dangling("PART_OF", f"{ORGANIZATION}/{parent}"),) if parent and not above else ()
    if above and not holder:
        context.notes.leave(f"{ORGANIZATION}.parent@entityID (of another geographic entity)")
    return (Item(*me, props, tuple(links), unique(owned), said=said, dangling=missing),)


def _note_numbers(stated: Numbers, label: str, context: Context) -> None:
    """A number that is odd, or that its label has no place for."""
    if stated.finess and not has_right_check_digit(stated.finess):
        context.notes.remark("FINESS number: the check digit does not agree; kept", stated.finess)
    if stated.siren and label == "GeographicEntity":
        context.notes.leave(f"{ORGANIZATION}.otherID@code (SIREN of a geographic entity)")
    if stated.siret and label == "LegalEntity":
        context.notes.leave(f"{ORGANIZATION}.otherID@code (SIRET of a legal entity)")


def _common(node: Node, extension: Node, me: Ref, stated: Numbers) -> tuple[dict[str, Value], list[Link], list[Owned]]:
    location = extension.child("location")
    place = address(location).props() if location else {"address": None, "postal_code": None}
    props: dict[str, Value] = {
        "finess": stated.finess,
        "rpps_rank": stated.rpps_rank,
        "adeli_rank": stated.adeli_rank,
        "name": node.text("primaryName"),
        **place,
        "opened_on": date_of(extension, "creationDate"),
        "closed_on": date_of(extension, "closingDate"),
        "closing_type": extension.code(f"{me.label}.closing_type", "closingReason"),
    }
    if me.label == "GeographicEntity":
        props |= point(location) if location else {"latitude": None, "longitude": None, "point_reliable": None}
    return props, list(commune(location, me)) if location else [], contacts(me.key, extension)


def _site_props(node: Node, extension: Node, stated: Numbers) -> dict[str, Value]:
    espic = next((one for one in node.children("codedType") if one.element.get("codingScheme") == ESPIC), None)
    return {
        "siret": stated.siret,
        "espic": _coded("GeographicEntity.espic", espic),
        "category": _category(node),
        "usual_name": extension.text("useName"),
        "drop_zone": extension.boolean("dropZone"),
        "orsan_level": extension.code("GeographicEntity.orsan_level", "levelRecourseORSAN"),
        "accessibility": extension.codes("GeographicEntity.accessibility", "accessibilityLocation"),
        "no_consent": extension.boolean("careWithoutPatientApproval"),
        "financial_aids": extension.codes("GeographicEntity.financial_aids", "financialHelpType"),
        "family_housing": extension.boolean("accomodationFamily", "accommodationFamily"),
        "social_aid_places": _places(extension),
    }


def _category(node: Node) -> str | None:
    """The first type that is none of the others: TRE_R66; a sector of activity (SA07) is of TRE_R02, whatever OID stands beside it (K-5)."""
    for one in node.children("codedType"):
        if one.element.get("codingScheme") not in {ESPIC, AGGREGATE} and (code := one.bare_code()):
            return concept_id("TRE_R02", code) if code.startswith(PRACTICE_SECTOR) else concept("GeographicEntity.category", None, code)
    return None


def _legal_status(node: Node) -> str | None:
    found = next((one for one in node.children("codedType") if one.element.get("codingScheme") != AGGREGATE), None)
    return _coded("LegalEntity.legal_status", found)


def _coded(place: str, node: Node | None) -> str | None:
    code = node.bare_code() if node else None
    return concept(place, None, code) if code else None


def _places(extension: Node) -> int | None:
    """Places with social help, temporary and permanent together: the model has one number."""
    stated = [(names[0], extension.number(*names)) for names in PLACES]
    known = [count(f"{extension.path}.{name}", number) for name, number in stated if number is not None]
    return sum(known) if known else None


def _stated(stated: Numbers, props: Mapping[str, Value], parent: str | None) -> dict[str, Value]:
    return {
        "declared_id": stated.declared,
        "stated_finess": stated.finess,
        "stated_parent": parent,
        "stated_category": props.get("category"),
        "stated_closed_on": props["closed_on"],
        "stated_closing_type": props["closing_type"],
    }
