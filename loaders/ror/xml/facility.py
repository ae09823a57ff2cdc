"""facility: of type 4 an offer, of type 1 to 3 an organisational unit (docs/formats.md, ror-xml)."""

from collections.abc import Mapping
from typing import Final

from graph.keys import concept_id
from graph.model.kinds import Value
from graph.record import Dangling, Item, Link, Owned, Ref
from loaders.ror.building import object_id, source_region, unique
from loaders.ror.values import FieldFault
from loaders.ror.xml.context import Context, Unit, entity_of, metadata, named
from loaders.ror.xml.element import Node
from loaders.ror.xml.frame import FACILITY, ORGANIZATION, SERVICE
from loaders.ror.xml.offer import offer_links, offer_owned, offer_props, place_of_offer
from loaders.ror.xml.parts import contacts, date_of, mailboxes

OFFER_TYPE: Final = "4"
UNIT_TYPES: Final = frozenset({"1", "2", "3"})
DEFINITIVE: Final = concept_id("TRE_R286", "DEF")  # V2.4 states no other closing of a unit


def unit_label(type_code: str) -> str | None:
    """Label of a type of TRE_R207; None for a code that it does not have."""
    return "Offer" if type_code == OFFER_TYPE else "OrganisationalUnit" if type_code in UNIT_TYPES else None


def identifier_of(codes: list[str]) -> str | None:
    """The identifier of a unit among the codes of its otherID elements: the one of the form `region/local`, else the first."""
    stated = [code.strip() for code in codes if code.strip()]
    return next((code for code in stated if "/" in code), stated[0] if stated else None)


def facility(node: Node, context: Context) -> tuple[Item, ...]:
    """An offer, with the location that it states; or a unit. Raises FieldFault."""
    entity, kind = entity_of(node), _kind(node)
    identifier = _identifier(node)
    me = Ref(unit_label(kind) or "", object_id(context.ror, identifier, entity))
    unit = Unit(me, entity, node, node.extension(), context, metadata(node))
    name = node.text("primaryName")
    if name is None:
        raise FieldFault("primaryName", "The element has no name.")
    holder, links, missing = _holder(unit)
    links += _activities(unit, missing)
    props: dict[str, Value] = {"name": name, **_dates(unit.extension)}
    owned: list[Owned] = [*contacts(me.key, unit.extension), *mailboxes(me.key, unit.extension)]
    place = None
    if me.label == "Offer":
        place = place_of_offer(unit)
        props |= offer_props(unit)
        links += offer_links(unit, place, missing)
        owned += offer_owned(unit)
    else:
        props["type"] = concept_id("TRE_R207", kind)
    region = source_region(None, me.key, context.ror)
    said = unit.about.said(FACILITY, entity, region, _stated(identifier, holder, props))
    item = Item(*me, props, tuple(links), unique(owned), said=said, dangling=tuple(missing))
    return (item, place) if place else (item,)


def _stated(identifier: str | None, holder: str | None, props: Mapping[str, Value]) -> dict[str, Value]:
    return {
        "stated_id": identifier,
        "stated_parent": holder,
        "stated_category": props.get("offer_type"),
        "stated_closed_on": props["closed_on"],
        "stated_closing_type": props["closing_type"],
    }


def _kind(node: Node) -> str:
    coded = node.child("codedType")
    kind = coded.bare_code() if coded else None
    if kind is None or unit_label(kind) is None:
        raise FieldFault("codedType", "The type of an organisation is 1, 2, 3 (pôle, service, UF) or 4 (unité élémentaire), of TRE_R207.")
    return kind


def _identifier(node: Node) -> str | None:
    """The identifier of a unit, taken; further ones are left."""
    stated = node.children("otherID")
    found = identifier_of([one.element.get("code", "") for one in stated])
    for one in stated:
        if one.element.get("code", "").strip() in {found, ""}:
            one.attribute("code")
            one.attribute("assigningAuthorityName")
    return found


def _dates(extension: Node) -> dict[str, Value]:
    closed = date_of(extension, "finalClosingDate")
    return {"opened_on": date_of(extension, "creationDate"), "closed_on": closed, "closing_type": DEFINITIVE if closed else None}


def _holder(unit: Unit) -> tuple[str | None, list[Link], list[Dangling]]:
    """What a unit is of: the unit above it, else the structure that it names first, as the file names it; what no file describes is dangling."""
    relation = "OFFERED_BY" if unit.me.label == "Offer" else "PART_OF"
    above, structure = unit.extension.child("parentFacility"), _structure(unit)
    parent = unit.context.unit(above.element.get("entityID", "")) if above else None
    if above and parent and parent.label == "OrganisationalUnit" and parent != unit.me:
        named(above)
        named(structure)
        return parent.key, [Link(relation, unit.me, parent)], []
    entity, kind = named(structure), ORGANIZATION
    if entity is None:
        entity, kind = named(above), FACILITY
    if entity is None:
        return None, [], []
    found = unit.context.structure(entity) if kind == ORGANIZATION else None
    if found and (unit.me.label == "Offer" or found.label == "GeographicEntity"):
        return found.key, [Link(relation, unit.me, found)], []
    if found is None:
        return entity, [], [Dangling(relation, f"{kind}/{entity}")]
    unit.context.notes.leave(f"{FACILITY}.organizations.organization@entityID (a legal entity of a unit)")
    return found.key, [], []


def _structure(unit: Unit) -> Node | None:
    """The first structure that a unit names; a further one is left: an offer is of one."""
    stated = unit.node.child("organizations")
    return stated.child("organization") if stated else None


def _activities(unit: Unit, missing: list[Dangling]) -> list[Link]:
    """HAS_ACTIVITY of the services that a unit names under its structures."""
    stated = unit.node.child("organizations")
    found: dict[str, Link] = {}
    for structure in stated.children("organization") if stated else []:
        for service in structure.children("service"):
            entity = named(service)
            known = unit.context.index.find(SERVICE, entity) if entity else None
            if known and known.identifier:
                found.setdefault(
                    known.identifier, Link("HAS_ACTIVITY", unit.me, Ref("Concept", known.identifier), {"family": known.more} if known.more else {})
                )
            elif entity:
                missing.append(Dangling("HAS_ACTIVITY", f"{SERVICE}/{entity}"))
    return list(found.values())
