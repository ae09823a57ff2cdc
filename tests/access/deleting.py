"""What a store is without what a viewer may not see: the plain reading of the rules of docs/access.md, over the whole content.

Written from the rules and from the table alone, to test what the Cypher and the schema do (A-2): it shares no line with them.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from graph.access import AccessRow, Scope, Sight, Viewer, sight
from graph.store.connection import Store
from tests.access.content import Content, Link, Props, Ref, read, write

MEDICO_SOCIAL, AMBULATORY = "TRE_R227-04", "TRE_R227-05"
PRIVATE_PRACTICE = {"TRE_R02-SA07", "TRE_R02-SA08", "TRE_R02-SA09"}
PRISON_MEDICINE = "TRE_R211-089"
SENSITIVE_TYPES = {"TRE_R244-14", "TRE_R244-17"}
CO3_NAMES = (
    "uhsi", "securisee interregionale", "securite inter regionale", "securise", "detenus", "usmp", "penitentia", "uhsa", "specialement amenage",
    "service medico psycologique", "ufdh", "umdh", "nrbc", "decontamination", "contamines", "decontamines", "contamine",
)  # fmt: skip
RESTRICTED_RELATIONS = {"PERFORMS_ACT", "SPECIALISED_IN", "HAS_EQUIPMENT", "HAS_COMPETENCE", "MOBILISES"}
NAMING = {"AT", "BY", "DELIVERED_AT", "FOR", "MANAGED_BY", "OFFERED_BY", "PART_OF", "SAME_AS", "SECONDARY_OF", "SOURCED_FROM"}
INSTALLED, SUPPLEMENTARY = "TRE_R330-01", "TRE_R330-06"
BED_STATES = {"TRE_R330-02", "TRE_R330-03", "TRE_R330-04", "TRE_R330-05"}
CONTACT_ROWS = {1: AccessRow.CONTACT_1, 2: AccessRow.CONTACT_2, 3: AccessRow.CONTACT_3}
HANGING = {"HAS_CONTACT", "HAS_TELECOM", "HAS_CAPACITY", "HAS_HOURS", "HAS_TARIFF"}
URBANISATION = {"Application", "Actor", "Interface", "Flow", "DataClass", "Usage", "Scenario", "Evaluation", "PlatinesResult"}
RUNS = {"Run", "Change", "SourceRecord", "Dangling"}
ROWS_OF: Mapping[str, set[AccessRow]] = {
    **{name: {AccessRow.RESTRICTED} for name in RESTRICTED_RELATIONS | {"comment"}},
    "drop_zone": {AccessRow.CRISIS},
    "orsan_level": {AccessRow.CRISIS},
    "HAS_CAPACITY": {AccessRow.OFFER, AccessRow.BEDS, AccessRow.CRISIS},
    "HAS_CONTACT": set(CONTACT_ROWS.values()),
    "HAS_TELECOM": set(CONTACT_ROWS.values()),
}
"""Of what a statement, a change or an anomaly names: every row that it may be of. Such a thing is seen where all of them are, whatever the offer."""


def delete_withheld(store: Store, viewer: Viewer) -> None:
    """Delete from a store what a viewer may not see."""
    left = reduced(read(store), viewer)
    for _ in store.stream("MATCH (n) DETACH DELETE n RETURN count(*)"):
        pass
    write(store, left)


def reduced(content: Content, viewer: Viewer) -> Content:
    """The content without what a viewer may not see, and without what hung on that alone."""
    rules = _Rules(content, viewer)
    kept = {ref for ref in content.nodes if rules.sees_node(ref)}
    links = [link for link in content.links if link.start in kept and link.end in kept and rules.sees_link(link)]
    hung = {link.end for link in content.links if link.type in HANGING}
    while lost := (kept & hung) - {link.end for link in links if link.type in HANGING}:
        kept -= lost
        links = [link for link in links if link.start in kept]
    kept -= {ref for ref in kept if not rules.sees_note(ref, kept)}
    links = [link for link in links if link.start in kept and link.end in kept]
    return Content({ref: rules.seen_props(ref) for ref in content.nodes if ref in kept}, links)


class _Rules:
    """The rules over one content for one viewer. Relations that ended (`gone_on`) are as good as none for them."""

    def __init__(self, content: Content, viewer: Viewer) -> None:
        self.nodes, self.viewer = content.nodes, viewer
        self.to: dict[tuple[Ref, str], list[Ref]] = defaultdict(list)
        self.back: dict[tuple[Ref, str], list[Ref]] = defaultdict(list)
        for link in content.links:
            if link.props.get("gone_on") is None:
                self.to[link.start, link.type].append(link.end)
                self.back[link.end, link.type].append(link.start)
        self.sees_offer = cache(self._sees_offer)
        self.sees_unit = cache(self._sees_unit)
        self.sees_entity = cache(self._sees_entity)
        self.sees_practice = cache(self._sees_practice)

    def row(self, row: AccessRow, medico_social: bool = False) -> bool:
        """A-1: M is for medico-social offers only."""
        got = sight(row, self.viewer.profile)
        return got is Sight.SEEN or (got is Sight.MEDICO_SOCIAL and medico_social)

    def named(self, name: str | None) -> bool:
        """Whether what is said about a property or relation type is seen, whatever it is about; one whose values name an object may name a hidden one."""
        if name in NAMING:
            return self.viewer.sees_all_offers
        rows = ROWS_OF.get(name or "", {AccessRow.OFFER})
        return all(self.row(row) for row in rows)

    def sees_node(self, ref: Ref) -> bool:
        if not self._in_scope(ref.label):
            return False
        if self.viewer.sees_all_offers:
            return True
        rules: Mapping[str, Callable[[Ref], bool]] = {
            "Offer": self.sees_offer,
            "OrganisationalUnit": self.sees_unit,
            "GeographicEntity": self.sees_entity,
            "LegalEntity": self.sees_entity,
            "Location": self._sees_location,
            "Practice": self.sees_practice,
            "Professional": self._sees_professional,
        }
        sees = rules.get(ref.label)
        return sees is None or sees(ref)

    def sees_link(self, link: Link) -> bool:
        """Of a relation between nodes that are seen, or that hang on one that is."""
        if link.type == "SOURCED_FROM":
            return Scope.URBANISATION in self.viewer.scopes
        if self.viewer.sees_all_offers:
            return True
        if link.type in RESTRICTED_RELATIONS:
            return self.row(AccessRow.RESTRICTED, self._medico_social(link.start))
        if link.type == "HAS_CAPACITY":
            return self._sees_capacity(link.start, link.end)
        if link.type in {"HAS_CONTACT", "HAS_TELECOM"}:
            return self.row(CONTACT_ROWS[self._level(link.end)], self._medico_social(link.start))
        return True

    def sees_note(self, ref: Ref, kept: set[Ref]) -> bool:
        """Of what is kept about objects: gone with its object, and where it is about what is withheld."""
        if self.viewer.sees_all_offers:
            return True
        props = self.nodes[ref]
        if ref.label in {"Change", "Dangling"}:
            label, key = (props["label"], props["object"]) if ref.label == "Change" else (props["start_label"], props["start"])
            return Ref(label, key) in kept and self.named(props.get("property") or props.get("relation"))
        about = [end for kind in ("ABOUT", "DESCRIBES", "GRANTED_TO", "HELD_BY", "STATE_OF") for end in self.to[ref, kind]]
        return all(one in kept for one in about) and (ref.label != "Anomaly" or (bool(about) and self.named(props.get("path"))))

    def seen_props(self, ref: Ref) -> Props:
        props = self.nodes[ref]
        hidden = {name for name in props if not self._sees_property(ref, name)}
        left = {name: value for name, value in props.items() if name not in hidden}
        if self.viewer.sees_all_offers:
            return left
        if "told_by" in left:
            left["told_by"] = [self._told(ref, entry) for entry in left["told_by"]]
        if left.get("statement"):
            (about,) = self.to[ref, "DESCRIBES"]
            left["statement"] = self._statement(about, left["statement"])
        return left

    # Offers, and what they hang on

    def _sees_offer(self, offer: Ref) -> bool:
        perimeter = self.viewer.perimeter
        if perimeter is not None and self._region(offer) not in perimeter:  # A-7; a region that is not known is in no perimeter
            return False
        if not self.row(AccessRow.SENSITIVE) and self.is_sensitive(offer):
            return False
        return all(self.sees_entity(one) for one in self._above(offer) if one.label != "OrganisationalUnit")

    def is_sensitive(self, offer: Ref) -> bool:
        """A-3: the flag decides; without one the activity, the type, or the name of the offer or of its unit."""
        flag = self.nodes[offer].get("sensitive_unit")
        if flag is not None:
            return bool(flag)
        units = [one for one in self.to[offer, "OFFERED_BY"] if one.label == "OrganisationalUnit"]
        activities = [code for one in (offer, *units) for code in self.to[one, "HAS_ACTIVITY"]]
        return (
            self.nodes[offer].get("offer_type") in SENSITIVE_TYPES
            or any(code.key == PRISON_MEDICINE for code in activities)
            or any(_is_co3_name(self.nodes[one].get("name")) for one in (offer, *units))
        )

    def _above(self, offer: Ref) -> list[Ref]:
        """Units, sites and entities that an offer is offered by."""
        found, new = [], self.to[offer, "OFFERED_BY"]
        while new:
            found += new
            new = [end for one in new for end in self.to[one, "PART_OF"] if end not in found]
        return found

    def _region(self, offer: Ref) -> str | None:
        stated: str | None = self.nodes[offer].get("source_region")
        if stated is not None:
            return stated
        sites = [one for one in self._above(offer) if one.label == "GeographicEntity"] or [
            one for one in self.to[offer, "OFFERED_BY"] if one.label == "LegalEntity"
        ]
        places = [place for site in sites for place in self.to[site, "LOCATED_IN"]]
        while places and places[0].label != "Region":
            places = self.to[places[0], "IN"]
        return places[0].key if places else None

    def _sees_unit(self, unit: Ref) -> bool:
        """Withheld where all of its offers are, those of its own units too; without offers, with what it is part of."""
        offers = self._offers_below(unit)
        if offers:
            return any(self.sees_offer(one) for one in offers)
        return all(self.sees_unit(one) if one.label == "OrganisationalUnit" else self.sees_entity(one) for one in self.to[unit, "PART_OF"])

    def _offers_below(self, unit: Ref) -> list[Ref]:
        return [*self.back[unit, "OFFERED_BY"], *(offer for one in self.back[unit, "PART_OF"] for offer in self._offers_below(one))]

    def _sees_entity(self, ref: Ref) -> bool:
        """Sites and entities are public, but private practices and the entities that have no other sites."""
        if self.row(AccessRow.STAFF_AMBULATORY):
            return True
        if ref.label == "GeographicEntity":
            return not self._is_private(ref)
        sites = [one for one in self.back[ref, "PART_OF"] if one.label == "GeographicEntity"]
        return not sites or any(self.sees_entity(site) for site in sites)

    def _is_private(self, site: Ref) -> bool:
        return self.nodes[site].get("category") in PRIVATE_PRACTICE

    def _sees_location(self, location: Ref) -> bool:
        """Through the offers that are delivered there or in a part of it; without any, with the site that manages it."""
        offers = self._delivered(location)
        return any(self.sees_offer(one) for one in offers) if offers else all(self.sees_entity(one) for one in self.to[location, "MANAGED_BY"])

    def _delivered(self, location: Ref) -> list[Ref]:
        return [*self.back[location, "DELIVERED_AT"], *(offer for one in self.back[location, "PART_OF"] for offer in self._delivered(one))]

    # What hangs on them

    def _sees_capacity(self, holder: Ref, capacity: Ref) -> bool:
        if holder.label == "Location" and not self.row(AccessRow.SENSITIVE) and any(self.is_sensitive(one) for one in self.back[holder, "DELIVERED_AT"]):
            return False
        return self.row(_capacity_row(self.nodes[capacity]))

    def _sees_practice(self, practice: Ref) -> bool:
        offers = self.to[practice, "FOR"]
        return self.row(self._staff_row(practice), self._medico_social(practice)) and all(self.sees_offer(one) for one in offers)

    def _staff_row(self, practice: Ref) -> AccessRow:
        """Of the offers that it is for; of the register, of the kind of its site: another than a private practice, or none, is the stricter row."""
        offers, sites = self.to[practice, "FOR"], self.to[practice, "AT"]
        ambulatory = all(self._field(one) == AMBULATORY for one in offers) if offers else bool(sites) and all(map(self._is_private, sites))
        return AccessRow.STAFF_AMBULATORY if ambulatory else AccessRow.STAFF

    def _sees_professional(self, professional: Ref) -> bool:
        return any(self.sees_practice(one) for one in self.back[professional, "BY"])

    def _level(self, ref: Ref) -> int:
        """The highest of what a contact or telecom states (3 where nothing) and of what it hangs on."""
        stated: int = self.nodes[ref].get("confidentiality") or 3
        return max([stated, *(self._level_of_holder(holder) for kind in ("HAS_CONTACT", "HAS_TELECOM") for holder in self.back[ref, kind])])

    def _level_of_holder(self, holder: Ref) -> int:
        match holder.label:
            case "Contact":
                return self._level(holder)
            case "Practice":
                return 1 if self._staff_row(holder) is AccessRow.STAFF_AMBULATORY else 2
            case "Professional":
                return max((self._level_of_holder(one) for one in self.back[holder, "BY"]), default=2)
        return 1

    def _medico_social(self, ref: Ref) -> bool:
        """Whether an object is of medico-social offers alone; sites, entities, units and professionals are of none."""
        match ref.label:
            case "Offer":
                return self._field(ref) == MEDICO_SOCIAL
            case "Practice":
                offers = self.to[ref, "FOR"]
            case "Location":
                offers = self.back[ref, "DELIVERED_AT"]
            case "Contact":
                return all(self._medico_social(one) for one in self.back[ref, "HAS_CONTACT"])
            case "Capacity":
                return all(self._medico_social(one) for one in self.back[ref, "HAS_CAPACITY"])
            case _:
                return False
        return bool(offers) and all(self._field(one) == MEDICO_SOCIAL for one in offers)

    def _field(self, offer: Ref) -> str | None:
        field: str | None = self.nodes[offer].get("field_of_activity")
        return field

    # Properties and statements

    def _sees_property(self, ref: Ref, name: str) -> bool:
        if name in {"run", "said", "told_by"} and ref.label != "Run" and Scope.RUNS not in self.viewer.scopes:
            return False
        if self.viewer.sees_all_offers:
            return True
        if ref.label == "Run" and name in {"counts", "message"}:  # they count what is withheld
            return False
        if name == "comment" and ref.label != "Listing":
            return self.row(AccessRow.RESTRICTED, self._medico_social(ref))
        return self.row(AccessRow.CRISIS) if name in {"drop_zone", "orsan_level"} else True

    def _told(self, ref: Ref, entry: str) -> str:
        source, _, text = entry.partition("={")
        return source + "=" + json.dumps({name: value for name, value in json.loads("{" + text).items() if self.named(name)})

    def _statement(self, about: Ref, text: str) -> str:
        """What a ROR said (graph/writing/packing.py): properties, relations, what is owned; the rest says what the record itself says."""
        props, links, owned, *more = json.loads(text)
        return json.dumps([*([one for one in part if self.named(one[0])] for part in (props, links, owned)), *more])

    def _in_scope(self, label: str) -> bool:
        needed = {**dict.fromkeys(URBANISATION, Scope.URBANISATION), **dict.fromkeys(RUNS, Scope.RUNS), "Anomaly": Scope.QUALITY}.get(label)
        return needed is None or needed in self.viewer.scopes


def _capacity_row(capacity: Props) -> AccessRow:
    """By its state; of a crisis, of an extra bed, or without a state that is known, the stricter one."""
    if capacity.get("crisis") or capacity.get("extra_bed") or capacity.get("status") == SUPPLEMENTARY:
        return AccessRow.CRISIS
    if capacity.get("status") == INSTALLED:
        return AccessRow.OFFER
    return AccessRow.BEDS if capacity.get("status") in BED_STATES else AccessRow.CRISIS


def _is_co3_name(name: str | None) -> bool:
    """A name by which rule CO3 knows a prison or decontamination unit, accents and hyphens apart."""
    letters = unicodedata.normalize("NFKD", (name or "").lower())
    plain = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    words = " ".join(plain.split())
    return any(part in words for part in CO3_NAMES) or ("smpr" in words and "readaptation" not in words)


def links_of(content: Content, kind: str) -> set[tuple[str, str]]:
    """The keys of both ends of the relations of a type."""
    return {(link.start.key, link.end.key) for link in content.links if link.type == kind}


def keys(content: Content, label: str) -> set[str]:
    """The keys of the nodes of a label."""
    return {ref.key for ref in content.nodes if ref.label == label}


def values(content: Content, label: str, name: str) -> dict[str, Any]:
    """A property of the nodes of a label that have it, by key."""
    return {ref.key: props[name] for ref, props in content.nodes.items() if ref.label == label and name in props}


def viewers(profiles: Iterable[int], perimeters: Iterable[frozenset[Any] | None], scopes: frozenset[Scope] = frozenset(Scope)) -> list[Viewer]:
    """Every profile in every perimeter."""
    return [Viewer(profile, perimeter, scopes) for perimeter in perimeters for profile in profiles]  # type: ignore[arg-type]
