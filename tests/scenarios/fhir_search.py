"""A small reader of the FHIR search parameters of the ROR guide: what a FHIR server would select among resources that are plain JSON.

It knows nothing of the graph. As FHIR R4 searches (hl7.org/fhir/R4/search.html): parameters are joined by AND, the values of one by OR, and each parameter
looks at the resource by itself, so that two of them may be met by two prices of one site. What a resource does not say meets nothing. Nomenclatures are
compared by their number (TRE_R244), for they are spelt in several ways.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]
Point = tuple[float, float]
SENT_ALONG: Final = {"_include", "_include:iterate", "_revinclude", "_sort", "_elements", "_count", "_format"}  # they select nothing


@dataclass(frozen=True, slots=True)
class Records:
    """Resources, and the points of the communes by INSEE code (WGS84)."""

    resources: Sequence[Json]
    communes: Mapping[str, Point]

    def of(self, kind: str) -> list[Json]:
        """The resources of a type."""
        return [one for one in self.resources if one["resourceType"] == kind]

    def at(self, reference: str) -> list[Json]:
        """What a reference leads to: one resource, or none."""
        return [one for one in self.resources if f"{one['resourceType']}/{one['id']}" == reference]


def communes_of(file: Path) -> dict[str, Point]:
    """The points of the file of the communes."""
    with file.open(encoding="utf-8") as lines:
        return {row["code_insee"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(lines, delimiter=";")}


def selected(query: str, records: Records) -> list[Json]:
    """The resources that a query like `HealthcareService?specialty=TRE_R211|227` matches, without those that are sent along.

    Raises KeyError for a parameter that the reader does not know.
    """
    kind, _, text = query.partition("?")
    asked = [part.partition("=") for part in text.split("&") if part]
    conditions = [(name, value) for name, _, value in asked if name not in SENT_ALONG]
    return [one for one in records.of(kind) if all(meets(one, name, value, records) for name, value in conditions)]


def meets(resource: Json, name: str, value: str, records: Records) -> bool:
    """Whether one parameter holds, which may be chained (`location.identifier`) or chained backwards (`_has:Task:focus:business-status`)."""
    if name == "_filter":
        return _Filter(resource, records).holds(value)
    if name.startswith("_has:"):
        _, kind, link, inner = name.split(":", 3)
        return any(resource in _reached(other, link, records) and meets(other, inner, value, records) for other in records.of(kind))
    link, _, inner = name.partition(".")
    if inner:
        return any(meets(other, inner, value, records) for other in _reached(resource, link, records))
    parameter = PARAMETERS[resource["resourceType"]][name]
    return any(parameter(resource, one, records) for one in value.split(","))


# What a chain follows


def _reached(resource: Json, link: str, records: Records) -> list[Json]:
    name, _, modifier = link.partition(":")
    found = [one for reference in _references(resource, LINKS[resource["resourceType"], name]) for one in records.at(reference)]
    return [*found, *(above for one in found for above in _above(one, records))] if modifier == "above" else found


def _references(resource: Json, element: str) -> list[str]:
    held = resource.get(element, [])
    return [one["reference"] for one in (held if isinstance(held, list) else [held])]


def _above(organization: Json, records: Records) -> list[Json]:
    parents = [one for reference in _references(organization, "partOf") for one in records.at(reference)]
    return [*parents, *(above for one in parents for above in _above(one, records))]


LINKS: Final = {
    ("HealthcareService", "location"): "location",
    ("HealthcareService", "organization"): "providedBy",
    ("Task", "focus"): "focus",
}


# What the parameters of one resource read

Parameter = Callable[[Json, str, Records], bool]
Coding = tuple[str, str]


def number_of(system: str) -> str:
    """The number of a nomenclature: `TRE_R244` of an address, whatever the name behind it; the text itself where it has none."""
    found = re.search(r"(?:TRE|JDV)[_-][A-Z]\d+", system)
    return found.group().replace("-", "_") if found else system


def codings(concepts: Iterable[Json]) -> Iterator[Coding]:
    """The codes of CodeableConcepts."""
    for concept in concepts:
        for coding in concept.get("coding", []):
            yield number_of(coding.get("system", "")), coding["code"]


def extensions(resource: Json, *names: str) -> Iterator[Json]:
    """The extensions at a path of names, each the last part of its address."""
    first, *rest = names
    for one in resource.get("extension", []):
        if one["url"].rpartition("/")[2] == first:
            yield from extensions(one, *rest) if rest else (one,)


def token(read: Callable[[Json], Iterable[Coding]]) -> Parameter:
    """`system|code`, or a code of any system."""

    def holds(resource: Json, value: str, _records: Records) -> bool:
        system, _, code = value.rpartition("|")
        return any(code == held and (not system or number_of(system) == of) for of, held in read(resource))

    return holds


def element(name: str) -> Parameter:
    """A token of an element of CodeableConcepts."""
    return token(lambda resource: codings(resource.get(name, [])))


def extension(*names: str) -> Parameter:
    """A token of the codes of an extension."""
    return token(lambda resource: codings(one["valueCodeableConcept"] for one in extensions(resource, *names)))


def ordered(read: Callable[[Json], Iterable[Any]], typed: Callable[[str], Any]) -> Parameter:
    """A number or an instant with its prefix: `gt0`, `le60`, `ge2026-01-06T14:00:00Z`."""

    def holds(resource: Json, value: str, _: Records) -> bool:
        prefix, wanted = (value[:2], value[2:]) if value[:2] in COMPARED else ("eq", value)
        return any(COMPARED[prefix](held, typed(wanted)) for held in read(resource))

    return holds


COMPARED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda held, wanted: held == wanted,
    "gt": lambda held, wanted: held > wanted,
    "ge": lambda held, wanted: held >= wanted,
    "lt": lambda held, wanted: held < wanted,
    "le": lambda held, wanted: held <= wanted,
}


def _number(*names: str, key: str) -> Parameter:
    return ordered(lambda resource: (one[key] for one in extensions(resource, *names)), float)


def _age(end: str) -> Parameter:
    ranges = ("ror-healthcareservice-patient-type", "ageRange")
    return ordered(lambda resource: (one["valueRange"][end]["value"] for one in extensions(resource, *ranges) if end in one["valueRange"]), float)


def _amount(resource: Json) -> Iterator[float]:
    return (one["valueMoney"]["value"] for one in extensions(resource, PRICE, "amount"))


def _postal_code(resource: Json, value: str, _: Records) -> bool:
    """A string parameter: the start suffices."""
    return bool(resource.get("address", {}).get("postalCode", "").startswith(value))


def _content(resource: Json, value: str, _: Records) -> bool:
    return any(value.lower() in text.lower() for text in _texts(resource))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _near_insee_code(resource: Json, value: str, records: Records) -> bool:
    """`commune|distance|km`, as the crow flies from the point of the commune."""
    commune, distance, _ = value.split("|")
    position = resource.get("position")
    return position is not None and _km(records.communes[commune], (position["latitude"], position["longitude"])) <= float(distance)


def _km(a: Point, b: Point) -> float:
    up, across = sin(radians(b[0] - a[0]) / 2), sin(radians(b[1] - a[1]) / 2)
    return 2 * 6371.0 * asin(sqrt(up * up + cos(radians(a[0])) * cos(radians(b[0])) * across * across))


CAPACITY: Final = "ror-location-supported-capacity"
PRICE: Final = "ror-organization-price"
COMMON: Final[Mapping[str, Parameter]] = {
    "_content": _content,
    "_lastUpdated": ordered(lambda resource: [datetime.fromisoformat(resource["meta"]["lastUpdated"])], datetime.fromisoformat),
    "_tag": token(lambda resource: codings([{"coding": resource["meta"].get("tag", [])}])),
    "identifier": token(lambda resource: (("", one["value"]) for one in resource.get("identifier", []))),
}
PARAMETERS: Final[Mapping[str, Mapping[str, Parameter]]] = {
    "HealthcareService": {
        **COMMON,
        "specialty": element("specialty"),
        "service-category": element("category"),
        "characteristic": element("characteristic"),
        "age-range-low": _age("low"),
        "age-range-high": _age("high"),
        "intervention-zone": extension("ror-territorial-division", "codeTerritorialDivision"),
    },
    "Location": {
        **COMMON,
        "address-postalcode": _postal_code,
        "commune-cog": extension("ror-commune-cog"),
        "near-insee-code": _near_insee_code,
        "capacity-type": extension(CAPACITY, "capacityType"),
        "capacity-status": extension(CAPACITY, "capacityStatus"),
        "capacity-closing-type": extension(CAPACITY, "capacityClosingType"),
        "nb-capacity": _number(CAPACITY, "nbCapacity", key="valueInteger"),
        "equipment-type": extension("ror-location-equipment", "equipmentType"),
    },
    "Organization": {
        **COMMON,
        "type": element("type"),
        "price-type": extension(PRICE, "priceType"),
        "price-amount-value": ordered(_amount, float),
        "price-residential-type": extension(PRICE, "residentialType"),
        "special-price": extension(PRICE, "specialPrice"),
        "price-dependency-level": extension(PRICE, "dependencyLevel"),
        "price-welcome-type": extension(PRICE, "welcomeType"),
    },
    "Task": {**COMMON, "business-status": token(lambda resource: codings([resource["businessStatus"]]))},
}


@dataclass(frozen=True, slots=True)
class _Filter:
    """The grammar of `_filter` (hl7.org/fhir/R4/search_filter.html), as far as the guide uses it: `name operator value`, `name=value`, and, or, brackets."""

    resource: Json
    records: Records

    def holds(self, text: str) -> bool:
        verdict, rest = self._joined(re.findall(r"[()]|[^\s()]+", text))
        if rest:
            raise ValueError(f"_filter: nothing is expected at {' '.join(rest)}")
        return verdict

    def _joined(self, words: Sequence[str]) -> tuple[bool, Sequence[str]]:
        """Parts joined from left to right: the guide puts brackets wherever `and` and `or` meet."""
        verdict, words = self._part(words)
        while words and words[0] in {"and", "or"}:
            other, rest = self._part(words[1:])
            verdict, words = (verdict and other if words[0] == "and" else verdict or other), rest
        return verdict, words

    def _part(self, words: Sequence[str]) -> tuple[bool, Sequence[str]]:
        if words[0] == "(":
            verdict, rest = self._joined(words[1:])
            return verdict, rest[1:]
        if "=" in words[0]:
            name, _, value = words[0].partition("=")
            return meets(self.resource, name, value, self.records), words[1:]
        name, operator, value = words[:3]
        return meets(self.resource, name, value if operator == "eq" else operator + value, self.records), words[3:]
