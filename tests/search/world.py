"""A small world for tests of the search: offers as plain values, the same as a graph, and the rules written out plainly."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

from graph.store.connection import Store
from tests.search.described import Described, Price, described, prices, said
from tests.search.described import write as write_described

AT = date(2026, 6, 1)
GOING = {"TRE_R213-11", "TRE_R213-31", "TRE_R213-49", "TRE_R213-53", "TRE_R213-59"}
NARROWER = {"A-1": {"A-1", "A-11"}}
COMMUNES: Mapping[str, tuple[str, float | None, float | None]] = {
    "01004": ("01", 45.9, 5.3),
    "01053": ("01", 46.2, 5.2),
    "69123": ("69", 45.75, 4.85),
    "69381": ("69", 45.77, 4.83),
    "97101": ("971", 16.27, -61.5),
    "01999": ("01", None, None),
}
PARENTS = {"69381": "69123"}
POSTAL_CODES = {"01004": ["01500"], "01053": ["01000", "01500"], "69123": ["69001"], "69381": ["69001"], "97101": ["97110"]}
ZONES: Mapping[str, tuple[str, ...]] = {"Z-1": ("Commune:01004", "Commune:69123"), "Z-2": ("Department:971",), "Z-3": ()}  # health territories
REGION_OF = {"01": "84", "69": "84", "971": "01"}
ACTIVITIES = ("A-1", "A-11", "A-2")
MODES = ("TRE_R213-28", "TRE_R213-59")
TYPES = ("T-1", "T-2")
FIELDS = ("F-1", "F-2")
CATEGORIES = ("C-1", "C-2")
COLUMNS = ("activity", "careMode", "offerType", "fieldOfActivity", "establishmentCategory")
CODES = (*ACTIVITIES, *MODES, *TYPES, *FIELDS, *CATEGORIES)


@dataclass(frozen=True)
class Site:
    id: str
    name: str
    category: str | None
    commune: str
    point: tuple[float, float] | None
    closed_on: date | None
    prices: tuple[Price, ...]
    zone: str | None


@dataclass(frozen=True)
class Offer:
    id: str
    name: str
    site: str
    field: str
    mode: str | None
    type: str | None
    activities: tuple[str, ...]
    area: str | None
    opened_on: date | None
    closed_on: date | None
    gone: bool
    described: Described


@dataclass(frozen=True)
class World:
    sites: Mapping[str, Site]
    offers: tuple[Offer, ...]


def world(seed: int = 7, size: int = 70) -> World:
    draw = random.Random(seed)
    sites = {f"s{n}": _site(draw, n) for n in range(12)}
    return World(sites, tuple(_offer(draw, n) for n in range(size)))


def _site(draw: random.Random, number: int) -> Site:
    commune = draw.choice(list(COMMUNES))
    _, latitude, longitude = COMMUNES[commune]
    point = (latitude + draw.uniform(-0.1, 0.1), (longitude or 0) + draw.uniform(-0.1, 0.1)) if latitude and draw.random() < 0.7 else None
    closed = draw.choice([None, None, None, date(2026, 6, 1), date(2026, 6, 2)])
    return Site(
        f"s{number}",
        draw.choice(["hopital nord", "clinique"]),
        draw.choice([None, *CATEGORIES]),
        commune,
        point,
        closed,
        prices(draw),
        draw.choice([None, *ZONES]),
    )


def _offer(draw: random.Random, number: int) -> Offer:
    return Offer(
        id=f"o{number:02d}",
        name=draw.choice(["unite nord", "centre"]),
        site=f"s{draw.randrange(12)}",
        field=draw.choice(FIELDS),
        mode=draw.choice([None, *MODES, *MODES]),
        type=draw.choice([None, *TYPES]),
        activities=tuple(draw.sample(ACTIVITIES, draw.choice([0, 1, 1, 2]))),
        area=draw.choice([None, None, "Commune:01004", "Department:01", "Region:84"]),
        opened_on=draw.choice([None, None, date(2026, 6, 1), date(2026, 6, 2)]),
        closed_on=draw.choice([None, None, None, date(2026, 6, 1), date(2026, 6, 2)]),
        gone=draw.random() < 0.1,
        described=described(draw),
    )


def write(store: Store, given: World) -> None:
    """The world as a graph; each relation of an activity twice, as two sources say it (M-11)."""
    sites = [
        vars(site) | {"point": None, "prices": None, "latitude": site.point and site.point[0], "longitude": site.point and site.point[1]}
        for site in given.sites.values()
    ]
    offers = [vars(offer) | {"activities": list(offer.activities), "described": None} for offer in given.offers]
    store.write([
        ("UNWIND $rows AS r CREATE (:Region {code: r})", {"rows": sorted(set(REGION_OF.values()))}),
        ("UNWIND $rows AS r MATCH (g:Region {code: r[1]}) CREATE (:Department {code: r[0], search_radius_km: 30.0})-[:IN]->(g)",
         {"rows": [list(pair) for pair in REGION_OF.items()]}),
        ("UNWIND $rows AS r MATCH (d:Department {code: r.d}) CREATE (c:Commune {code: r.c, latitude: r.lat, longitude: r.lon})-[:IN]->(d)",
         {"rows": [{"c": code, "d": d, "lat": lat, "lon": lon} for code, (d, lat, lon) in COMMUNES.items() if code not in PARENTS]}),
        ("UNWIND $rows AS r MATCH (p:Commune {code: r.p}) CREATE (:Commune {code: r.c, latitude: r.lat, longitude: r.lon})-[:IN]->(p)",
         {"rows": [{"c": code, "p": PARENTS[code], "lat": lat, "lon": lon} for code, (_, lat, lon) in COMMUNES.items() if code in PARENTS]}),
        ("UNWIND $rows AS r MATCH (c:Commune {code: r.code}) SET c.postal_codes = r.held",
         {"rows": [{"code": code, "held": held} for code, held in POSTAL_CODES.items()]}),
        ("UNWIND $rows AS r CREATE (:HealthTerritory {id: r})", {"rows": list(ZONES)}),
        *((f"UNWIND $rows AS r MATCH (z:HealthTerritory {{id: r.id}}) MATCH (t:{label} {{code: r.code}}) CREATE (z)-[:CONTAINS]->(t)",
           {"rows": [{"id": zone, "code": part.split(":")[1]} for zone, parts in ZONES.items() for part in parts if part.startswith(label)]})
          for label in ("Commune", "Department")),
        ("UNWIND $rows AS r CREATE (:Concept {id: r, label: 'label ' + r})", {"rows": list(CODES)}),
        ("MATCH (n:Concept {id: 'A-11'}) MATCH (b:Concept {id: 'A-1'}) CREATE (n)-[:BROADER]->(b)", {}),
        (("UNWIND $rows AS r MATCH (c:Commune {code: r.commune}) CREATE (s:GeographicEntity {id: r.id, name: r.name, folded: r.name, category: r.category, "
         "latitude: r.latitude, longitude: r.longitude, closed_on: r.closed_on}) CREATE (s)-[:LOCATED_IN]->(c)"), {"rows": sites}),
        ("UNWIND $rows AS r MATCH (s:GeographicEntity {id: r.id}) MATCH (z:HealthTerritory {id: r.zone}) CREATE (s)-[:IN_TERRITORY]->(z)", {"rows": sites}),
        (("UNWIND $rows AS r MATCH (s:GeographicEntity {id: r.site}) CREATE (o:Offer {id: r.id, name: r.name, folded: r.name, field_of_activity: r.field, "
         "care_mode: r.mode, offer_type: r.type, opened_on: r.opened_on, closed_on: r.closed_on, origin: 'OBSERVED', source: 'sae', "
         "gone_on: CASE WHEN r.gone THEN date('2026-01-01') END}) CREATE (o)-[:OFFERED_BY]->(s)"), {"rows": offers}),
        (("UNWIND $rows AS r MATCH (o:Offer {id: r.id}) UNWIND r.activities AS a MATCH (k:Concept {id: a}) "
         "CREATE (o)-[:HAS_ACTIVITY {source: 'x'}]->(k) CREATE (o)-[:HAS_ACTIVITY {source: 'y'}]->(k)"), {"rows": offers}),
        *((f"UNWIND $rows AS r MATCH (o:Offer {{id: r.id}}) MATCH (t:{label} {{code: r.code}}) CREATE (o)-[:INTERVENES_IN]->(t)",
           {"rows": [{"id": o.id, "code": o.area.split(":")[1]} for o in given.offers if o.area and o.area.startswith(label)]})
          for label in ("Commune", "Department", "Region")),
    ])  # fmt: skip
    write_described(store, {offer.id: offer.described for offer in given.offers}, {site.id: site.prices for site in given.sites.values()})


# The rules, plainly.

Three = bool | None


def exists(given: World, offer: Offer) -> bool:
    """S-3 on AT."""
    site = given.sites[offer.site]
    opened = offer.opened_on is None or offer.opened_on <= AT
    return opened and not offer.gone and all(closed is None or closed > AT for closed in (offer.closed_on, site.closed_on))


def both(values: list[Three]) -> Three:
    return False if False in values else None if None in values else True


def either(values: list[Three]) -> Three:
    return True if True in values else None if None in values else False


def meets(given: World, offer: Offer, raw: Mapping[str, Any]) -> Three:
    """S-1 and S-2."""
    return both([_one(given, offer, name, value) for name, value in raw.items()])


def _one(given: World, offer: Offer, name: str, value: Any) -> Three:  # noqa: PLR0911
    match name:
        case "and":
            return both([meets(given, offer, part) for part in value])
        case "or":
            return either([meets(given, offer, part) for part in value])
        case "not":
            inner = meets(given, offer, value)
            return None if inner is None else not inner
        case "sameSite":
            others = [other for other in given.offers if other.site == offer.site and other.id != offer.id and exists(given, other)]
            return either([meets(given, other, value) for other in others])
        case "text":
            names = f"{offer.name} {given.sites[offer.site].name}".split()
            return all(any(one_typo(word, name) for name in names) for word in value.split())
        case "interventionArea":
            return None if offer.area is None else _serves(offer.area, value)
    if name not in COLUMNS:
        site = given.sites[offer.site]
        return said(offer.described, site.prices, COMMUNES[site.commune][0], name, value)
    wide = {narrow for code in value for narrow in NARROWER.get(code, {code})}
    columns: dict[str, set[str | None]] = {
        "activity": set(offer.activities),
        "careMode": {offer.mode},
        "offerType": {offer.type},
        "fieldOfActivity": {offer.field},
        "establishmentCategory": {given.sites[offer.site].category},
    }
    held = columns[name] - {None}
    return bool(held & wide) if held else None


def one_typo(word: str, name: str) -> bool:
    """The name starts with the word, or with something one change away from it."""
    if len(word) < 5:
        return name.startswith(word)
    return any(_changes(word, name[:length]) <= 1 for length in range(len(name) + 1))


@cache
def _changes(a: str, b: str) -> int:
    """Letters changed, left out, added, or swapped with the next."""
    if not a or not b:
        return len(a) + len(b)
    best = min(_changes(a[1:], b[1:]) + (a[0] != b[0]), 2 if abs(len(a) - len(b)) > 1 else _changes(a[1:], b) + 1, _changes(a, b[1:]) + 1)
    return min(best, _changes(a[2:], b[2:]) + 1) if a[:2] == b[1::-1] and len(b) > 1 else best


def _serves(area: str, asked: Mapping[str, str]) -> bool:
    """The area holds the territory, or is a part of it."""
    ((level, code),) = asked.items()
    chain = {"Commune:01004": ["Commune:01004", "Department:01", "Region:84"], "Department:01": ["Department:01", "Region:84"], "Region:84": ["Region:84"]}
    wanted = f"{level.capitalize()}:{code}"
    above = chain.get(wanted) or {"Region:01": ["Region:01"], "Commune:69381": ["Commune:69381", "Commune:69123", "Department:69", "Region:84"]}[wanted]
    return area in above or wanted in chain[area]


def place_of(given: World, offer: Offer) -> tuple[float, float] | None:
    site = given.sites[offer.site]
    _, latitude, longitude = COMMUNES[site.commune]
    return site.point or ((latitude, longitude) if latitude is not None and longitude is not None else None)


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    up, across = sin(radians(b[0] - a[0]) / 2), sin(radians(b[1] - a[1]) / 2)
    return 2 * 6371.0 * asin(sqrt(up * up + cos(radians(a[0])) * cos(radians(b[0])) * across * across))


def is_near(given: World, offer: Offer, commune: str, radius: float) -> Three:
    """S-5 to S-7."""
    department, latitude, longitude = COMMUNES[commune]
    assert latitude is not None
    assert longitude is not None
    point = place_of(given, offer)
    within = None if point is None else km((latitude, longitude), point) <= radius
    if offer.mode not in GOING:
        return within
    if offer.area is None:
        return False if within is False else None
    above = {f"Commune:{commune}", f"Commune:{PARENTS.get(commune)}", f"Department:{department}", f"Region:{REGION_OF[department]}"}
    return offer.area in above


def is_in(given: World, offer: Offer, level: str, code: str) -> bool:
    """S-8."""
    commune = given.sites[offer.site].commune
    department = COMMUNES[commune][0]
    held: dict[str, set[str | None]] = {"commune": {commune, PARENTS.get(commune)}, "department": {department}, "region": {REGION_OF[department]}}
    if level == "postalCode":
        return code in POSTAL_CODES.get(commune, ()) and commune not in PARENTS.values()
    if level == "healthTerritory":
        stated = given.sites[offer.site].zone == code
        return stated or any(part.split(":")[1] in held[part.split(":")[0].lower()] for part in ZONES[code])
    return code in held[level]
