"""Parts of items that both forms of a ROR give alike: from read values to owned nodes and links. Pure; values are read by loaders.ror.values and .codes.

One statement, two forms (sources.md, Same statement in two models): a V2.4 file's beds and a FHIR capacity become the same Capacity.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from graph.keys import capacity_id, concept_id, operational_practice_id, owned_id, ror_id, unidentified
from graph.model.kinds import Value
from graph.record import Link, Owned, Ref
from loaders.ror.codes import SYSTEM_OF
from loaders.ror.origin import Ror
from loaders.ror.values import FieldFault

COUNTED_IN: Final = "count"

# What V2.4 says by its elements, as the codes of V3: element -> (nature, status, temporality, assignment)
BEDS_TOTAL: Final = ("01", "01", "01", "01")
BEDS_AVAILABLE: Final = ("01", "02", "01", "01")
PLACES_TOTAL: Final = ("02", "01", "01", "01")
PLACES_AVAILABLE: Final = ("02", "02", "01", "01")
CRISIS_BEDS_T0: Final = ("01", "06", "01", "01")
CRISIS_BEDS_T60: Final = ("01", "06", "02", "01")
_V24_CODES: Final = ("nature", "status", "temporality", "assignment")

# Where an area of intervention lies, by type of division (TRE_R201); 5 is the country
DIVISIONS: Final[Mapping[str, str]] = MappingProxyType({"1": "Region", "2": "Department", "3": "Commune", "4": "HealthTerritory"})
COUNTRY: Final = "5"
FRANCE: Final = frozenset({"FR", "FRA", "99000", "99100"})
TERRITORY_SYSTEM: Final = "TRE_R88"


def object_id(ror: Ror, identifier: str | None, local_id: str) -> str:
    """K-2 of an offer, a location or a unit: its identifier, else source, `#` and the id of the resource or element."""
    return ror_id(identifier, ror.region) if identifier and identifier.strip() else unidentified(ror.stamp, local_id)


def practice_id(ror: Ror, identifier: str | None, professional: str | None, offer: str | None, profession: str | None, local_id: str) -> str:
    """K-4: an identifier of K-2 form (`region/local`), else professional, offer and profession, else source, `#` and local id."""
    if identifier and "/" in identifier:
        return ror_id(identifier, ror.region)
    if professional and offer and profession:
        return operational_practice_id(professional, offer, profession)
    return unidentified(ror.stamp, local_id)


def telecom(owner: str, props: Mapping[str, Value]) -> Owned:
    """A phone, a mailbox, a page of its owner. `props`: channel, value, usage, secure, confidentiality, updated_at."""
    key = owned_id(owner, *(props.get(name) for name in ("channel", "value", "usage", "secure", "confidentiality")))
    return Owned("HAS_TELECOM", Ref("Telecom", key), props)


def contact(owner: str, props: Mapping[str, Value], telecoms: Sequence[Mapping[str, Value]]) -> Owned:
    """A contact with its telecoms. `props`: name, function, nature, confidentiality, updated_at. Its key tells it from one with other telecoms."""
    stated = [props.get(name) for name in ("name", "function", "nature", "confidentiality")]
    key = owned_id(owner, *stated, *sorted(str(one.get("value")) for one in telecoms))
    return Owned("HAS_CONTACT", Ref("Contact", key), props, unique(telecom(key, one) for one in telecoms))


def hours(owner: str, props: Mapping[str, Value]) -> Owned:
    """A line of opening hours. `props`: day, from, to, type, effective_from, effective_to."""
    key = owned_id(owner, *(props.get(name) for name in ("day", "from", "to", "type", "effective_from", "effective_to")))
    return Owned("HAS_HOURS", Ref("OpeningHours", key), props)


def tariff(site: str, props: Mapping[str, Value]) -> Owned:
    """A price of a site; every property is part of its key."""
    key = owned_id(site, *(value for _, value in sorted(props.items())))
    return Owned("HAS_TARIFF", Ref("Tariff", key), props)


def limit(feature: str, value: float, unit: str) -> str:
    """A limit of an equipment as it stands in `limits` of HAS_EQUIPMENT.

    >>> limit("TRE_R340-01", 250.0, "kg")
    'TRE_R340-01: 250 kg'
    """
    return f"{feature}: {value:g} {unit}".rstrip()


def unique(owned: Iterable[Owned]) -> tuple[Owned, ...]:
    """Each owned node once: a file may state one twice, and that is one statement."""
    return tuple({one.node.key: one for one in owned}.values())


def capacities(holder: str, lines: Sequence[Mapping[str, Value]]) -> tuple[Owned, ...]:
    """The capacity lines of a location or an offer. Raises FieldFault where two count the same thing: which number holds is not known.

    `lines`: concept ids by name of graph.keys.CAPACITY_KEY, with count, source_type, updated_at, comment.
    """
    found: dict[str, Owned] = {}
    for line in lines:
        key = capacity_id(holder, line)
        if key in found:
            raise FieldFault("capacity", "Two lines state the capacity of one nature, status, temporality, gender and assignment. Keep the right one.")
        found[key] = Owned("HAS_CAPACITY", Ref("Capacity", key), line)
    return tuple(found.values())


def v24_capacity(codes: tuple[str, str, str, str], number: int, updated_at: str | None) -> dict[str, Value]:
    """A number of beds or places of the V2.4 form as the line that V3 has for it; `codes`: BEDS_TOTAL and the others above."""
    line: dict[str, Value] = {name: concept_id(SYSTEM_OF[f"Capacity.{name}"], code) for name, code in zip(_V24_CODES, codes, strict=True)}
    return {**line, COUNTED_IN: number, "updated_at": updated_at}


def area(offer: Ref, division: str, code: str, region: str | None) -> Link | None:
    """Where an offer intervenes: `division` of TRE_R201, `code` of the territory. None: the model has no such territory.

    The whole country hangs on `region`, that of the offer, since the model has no country.
    """
    if division == COUNTRY:
        return Link("INTERVENES_IN", offer, Ref("Region", region), {"whole_country": True}) if region and code.upper() in FRANCE else None
    label = DIVISIONS.get(division)
    return Link("INTERVENES_IN", offer, Ref(label, territory_key(label, code))) if label else None


def territory_key(label: str, code: str) -> str:
    """Key of a territory of the model by its code."""
    return concept_id(TERRITORY_SYSTEM, code) if label == "HealthTerritory" else code


def coded_links(kind: str, start: Ref, codes: Iterable[str]) -> tuple[Link, ...]:
    """Relations to concepts without properties, each once."""
    return tuple(Link(kind, start, Ref("Concept", code)) for code in dict.fromkeys(codes))


def source_region(stated: str | None, key: str, ror: Ror) -> str | None:
    """INSEE region of an object: as the file says, else that of its id (K-2), else that of the ROR."""
    if stated:
        return stated
    before, slash, _ = key.partition("/")
    return before if slash and before.isalnum() and len(before) <= 3 else ror.region
