"""What offers say beside their codes, as plain values: drawn at random, written as a graph, and the rules of these criteria written plainly (S-2, S-4)."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from graph.store.connection import Store

Three = bool | None
AT = date(2026, 6, 1)
END_OF_AT = datetime(2026, 6, 2, tzinfo=ZoneInfo("Europe/Paris"))
RELATIONS = {"act": "PERFORMS_ACT", "public": "FOR_PUBLIC", "competence": "HAS_COMPETENCE"}
RELATED = {"act": ("X-1", "X-2"), "public": ("P-1", "P-2"), "competence": ("K-1", "K-2")}
SPECIALTIES = ("S-1", "S-2")
EQUIPMENTS = ("E-1", "E-2")
HOURS = ("TRE_R252-01", "TRE_R252-04", "TRE_R252-08")
GENDERS = ("TRE_R332-01", "TRE_R332-02", "TRE_R332-03", "TRE_R332-04")
STATUSES = ("TRE_R330-01", "TRE_R330-02")
UNITS = ("U-1", "U-2")
TARIFFS = ("TA-1", "TA-2")
LIMIT = "TRE_R340-01"
OTHERS = ("R-1", "R-2", "M-1", "M-2")  # types of reception and of maternity
CODES = (*(code for codes in RELATED.values() for code in codes), *SPECIALTIES, *EQUIPMENTS, *GENDERS, *STATUSES, *UNITS, *TARIFFS, LIMIT, *OTHERS)
HOLIDAYS = {date(2026, 5, 14), date(2026, 5, 25)}  # Ascension and Whit Monday, in the whole country
SLAVERY = {"971": date(2026, 5, 27)}  # the abolition of slavery in Guadeloupe


@dataclass(frozen=True)
class Line:
    """A line of opening hours."""

    day: int | None
    start: str | None
    end: str | None
    kind: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Beds:
    """A line of capacity."""

    status: str
    gender: str | None
    count: int | None
    updated_at: str | None


@dataclass(frozen=True)
class Device:
    """An equipment."""

    code: str
    number: int | None
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Price:
    """A tariff of a site."""

    kind: str
    unit: str
    amount: float | None
    since: date | None


@dataclass(frozen=True)
class Described:
    """What one offer says."""

    related: Mapping[str, tuple[str, ...]]
    specialties: tuple[str, ...]
    reception: str | None
    sectors: tuple[str, ...]
    region: str | None
    updated: str | None
    ages: tuple[float | None, float | None, str | None]
    yearly: str | None
    hours: tuple[Line, ...]
    beds: tuple[Beds, ...]
    shared_beds: tuple[Beds, ...]
    devices: tuple[Device, ...]
    anomaly: bool
    maternity: str | None


def described(draw: random.Random) -> Described:
    def some(of: Sequence[str]) -> tuple[str, ...]:
        return tuple(draw.sample(of, draw.choice([0, 1, 2])))

    unit = draw.choice(["a", "mo", "d", None])
    factor = {"a": 1, "mo": 12, "d": 365}.get(unit or "a", 1)
    return Described(
        related={name: some(codes) for name, codes in RELATED.items()},
        specialties=some(SPECIALTIES),
        reception=draw.choice([None, "R-1", "R-2"]),
        sectors=some(("75G01", "75G02")),
        region=draw.choice([None, "84", "01"]),
        updated=draw.choice([None, "2026-01-01T00:00:00.000+00:00", "2026-03-01T10:00:00.000+00:00"]),
        ages=(draw.choice([None, 0.0, 3.0 * factor, 18.0 * factor]), draw.choice([None, 18.0 * factor, 120.0 * factor]), unit),
        yearly=draw.choice([None, None, "TRE_R238-01", "TRE_R238-03"]),
        hours=tuple(_line(draw) for _ in range(draw.choice([0, 1, 3, 8]))),
        beds=tuple(_beds(draw) for _ in range(draw.choice([0, 0, 1, 2]))),
        shared_beds=tuple(_beds(draw) for _ in range(draw.choice([0, 0, 1, 2]))),
        devices=tuple(_device(draw, code) for code in some(EQUIPMENTS)),
        anomaly=draw.random() < 0.2,
        maternity=draw.choice([None, None, "M-1", "M-2"]),
    )


def _line(draw: random.Random) -> Line:
    since = draw.choice([None, None, None, date(2026, 5, 20), date(2026, 6, 20)])
    until = draw.choice([None, None, None, date(2026, 5, 26), date(2026, 6, 30)])
    times = ["00:00", "08:00", "12:00", "18:30", "23:59", None]
    return Line(draw.choice([None, 1, 2, 3, 4, 5, 6, 7]), draw.choice(times), draw.choice(times), draw.choice([HOURS[0], HOURS[0], *HOURS]), since, until)


def _beds(draw: random.Random) -> Beds:
    fresh = draw.choice([None, "2026-06-01T12:00:00.000+00:00", "2026-05-30T12:00:00.000+00:00"])
    return Beds(draw.choice(STATUSES), draw.choice([None, *GENDERS]), draw.choice([None, 0, 1, 3]), fresh)


def _device(draw: random.Random, code: str) -> Device:
    return Device(code, draw.choice([None, 0, 1]), draw.choice([(), (f"{LIMIT}: 150 kg",), (f"{LIMIT}: 250 kg", "TRE_R340-02: 80 cm")]))


def prices(draw: random.Random) -> tuple[Price, ...]:
    days = [None, date(2025, 1, 1), date(2026, 1, 1), date(2026, 6, 2)]
    return tuple(Price(draw.choice(TARIFFS), draw.choice(UNITS), draw.choice([None, 60.5, 80.0]), draw.choice(days)) for _ in range(draw.choice([0, 1, 2, 4])))


def write(store: Store, offers: Mapping[str, Described], sites: Mapping[str, Sequence[Price]]) -> None:
    """Beside the offers and sites that are there already."""
    rows = [
        {
            "id": key, "reception": one.reception, "sectors": list(one.sectors), "region": one.region, "updated": one.updated,
            "maternity": one.maternity, "low": one.ages[0], "high": one.ages[1], "unit": one.ages[2], "yearly": one.yearly,
        }
        for key, one in offers.items()
    ]  # fmt: skip
    hours = [{"id": key, "n": f"{key}/{n}", **vars(line)} for key, one in offers.items() for n, line in enumerate(one.hours)]
    beds = [{"id": key, "n": f"{key}/b{n}", **vars(line)} for key, one in offers.items() for n, line in enumerate(one.beds)]
    shared = [{"id": key, "n": f"{key}/l{n}", **vars(line)} for key, one in offers.items() for n, line in enumerate(one.shared_beds)]
    devices = [{"id": key, **vars(one), "limits": list(one.limits)} for key, said in offers.items() for one in said.devices]
    tariffs = [{"id": key, "n": f"{key}/{n}", **vars(one)} for key, several in sites.items() for n, one in enumerate(several)]
    match = "UNWIND $rows AS r MATCH (o:Offer {id: r.id})"
    capacity = (
        "CREATE (k:Capacity {id: r.n, nature: 'TRE_R329-01', status: r.status, temporality: 'TRE_R331-01', gender: r.gender, count: r.count, "
        "updated_at: r.updated_at})"
    )
    store.write([
        ("UNWIND $rows AS r MERGE (:Concept {id: r})", {"rows": list(CODES)}),
        ((f"{match} SET o.reception_type = r.reception, o.psychiatry_sectors = r.sectors, o.source_region = r.region, o.updated_at = r.updated, "
         "o.maternity_type = r.maternity, o.min_age = r.low, o.max_age = r.high, o.age_unit = r.unit, o.annual_opening = r.yearly"), {"rows": rows}),
        ((f"{match} CREATE (o)-[:HAS_HOURS]->(:OpeningHours {{id: r.n, day: r.day, `from`: r.start, `to`: r.end, type: r.kind, effective_from: r.since, "
         "effective_to: r.until})"), {"rows": hours}),
        (f"{match} {capacity} CREATE (o)-[:HAS_CAPACITY {{source: 'x'}}]->(k) CREATE (o)-[:HAS_CAPACITY {{source: 'y'}}]->(k)", {"rows": beds}),
        (f"{match} CREATE (o)-[:DELIVERED_AT]->(:Location {{id: 'l' + r.id}})", {"rows": [{"id": key} for key, one in offers.items() if one.shared_beds]}),
        (f"UNWIND $rows AS r MATCH (l:Location {{id: 'l' + r.id}}) {capacity} CREATE (l)-[:HAS_CAPACITY]->(k)", {"rows": shared}),
        (f"{match} MATCH (k:Concept {{id: r.code}}) CREATE (o)-[:HAS_EQUIPMENT {{in_service: r.number, limits: r.limits}}]->(k)", {"rows": devices}),
        *((f"{match} MATCH (k:Concept {{id: r.code}}) CREATE (o)-[:{relation}]->(k)",
           {"rows": [{"id": key, "code": code} for key, one in offers.items() for code in one.related[name]]}) for name, relation in RELATIONS.items()),
        (f"{match} MATCH (k:Concept {{id: r.code}}) CREATE (p:Practice {{id: r.id + r.code}})-[:FOR]->(o) CREATE (p)-[:HAS_SPECIALTY]->(k)",
         {"rows": [{"id": key, "code": code} for key, one in offers.items() for code in one.specialties]}),
        (f"{match} CREATE (:Anomaly {{id: 'a' + r.id}})-[:ABOUT]->(o)", {"rows": [{"id": key} for key, one in offers.items() if one.anomaly]}),
        (("UNWIND $rows AS r MATCH (s:GeographicEntity {id: r.id}) CREATE (s)-[:HAS_TARIFF]->(:Tariff {id: r.n, type: r.kind, unit: r.unit, amount: r.amount, "
         "valid_from: r.since})"), {"rows": tariffs}),
    ])  # fmt: skip


# The rules, plainly.


def has(held: Sequence[str | None], codes: Sequence[str]) -> Three:
    """An offer without a value may have any; one with values surely lacks the others."""
    known = [one for one in held if one is not None]
    return bool(set(known) & set(codes)) if known else None


def either(values: Sequence[Three]) -> Three:
    return True if True in values else None if None in values else False


def said(offer: Described, prices_of_site: Sequence[Price], department: str, name: str, value: Any) -> Three:
    """One criterion on one offer."""
    if name in RELATED:
        return has(offer.related[name], value)
    plain: dict[str, Any] = {
        "specialty": lambda: has(offer.specialties, value),
        "receptionType": lambda: has([offer.reception], value),
        "maternityType": lambda: has([offer.maternity], value),
        "psychiatrySector": lambda: has(offer.sectors, [value]),
        "sourceRegion": lambda: has([offer.region], [value]),
        "updatedSince": lambda: None if offer.updated is None else datetime.fromisoformat(offer.updated) >= datetime.fromisoformat(value),
        "inAnomaly": lambda: offer.anomaly is value,
        "equipment": lambda: either([_equipped(device, one) for one in value for device in offer.devices]) if offer.devices else None,
        "age": lambda: _of_age(offer.ages, value),
        "capacity": lambda: _enough((*offer.beds, *offer.shared_beds), value),
        "tariff": lambda: _cheap(prices_of_site, value),
        "openAt": lambda: _open(offer, department, value),
    }
    found: Three = plain[name]()
    return found


def _equipped(device: Device, asked: Mapping[str, Any]) -> Three:
    if device.code != asked["equipment"] or device.number == 0:
        return False
    limits = [float(text.split(": ")[1].split()[0]) for text in device.limits if text.startswith(LIMIT)]
    suffices = True if "limit" not in asked else None if not limits else limits[0] >= asked["atLeast"]
    return False if suffices is False else None if device.number is None else suffices


def _of_age(ages: tuple[float | None, float | None, str | None], years: int) -> Three:
    low, high, unit = ages
    if unit is None:
        return None
    leap = (years // 4, (years + 4) // 4)
    least, greatest = {"a": (years, years), "mo": (12 * years, 12 * years + 11), "d": (365 * years + leap[0], 365 * years + 364 + leap[1])}[unit]
    over = None if low is None else True if least >= low else False if greatest < low else None
    under = None if high is None else True if greatest <= high else False if least > high else None
    return False if False in (over, under) else None if None in (over, under) else True


def _enough(lines: Sequence[Beds], asked: Mapping[str, Any]) -> Three:
    status, gender = asked.get("status", "TRE_R330-02"), asked.get("gender")
    counted = [line for line in lines if line.status == status and (gender is None or line.gender in {None, gender, "TRE_R332-03", "TRE_R332-04"})]
    unsaid = [line for line in counted if gender is not None and line.gender in {None, "TRE_R332-04"}]
    old = END_OF_AT - timedelta(hours=asked.get("maxAgeHours", 24))
    stale = [line for line in counted if status != "TRE_R330-01" and (line.updated_at is None or datetime.fromisoformat(line.updated_at) < old)]
    sure = [line for line in counted if line not in unsaid and line not in stale and line.count is not None]
    if not counted:
        return None
    if sum(line.count or 0 for line in sure) >= asked["atLeast"]:
        return True
    return None if len(sure) < len(counted) else False


def _cheap(several: Sequence[Price], asked: Mapping[str, Any]) -> Three:
    valid = [one for one in several if one.kind == asked["type"] and one.unit == asked.get("unit", one.unit) and (one.since is None or one.since <= AT)]
    if not valid:
        return None
    newest = max(one.since or date.min for one in valid)
    return either([None if one.amount is None else one.amount <= asked["atMost"] for one in valid if (one.since or date.min) == newest])


def _open(offer: Described, department: str, text: str) -> Three:
    local = datetime.fromisoformat(text).astimezone(ZoneInfo("America/Guadeloupe" if department == "971" else "Europe/Paris"))
    opening = [line for line in offer.hours if line.kind == "TRE_R252-01"]
    whole_week = all(any(_weekly(line) and line.day in {None, day} and _minutes(line) == (0, 1440) for line in opening) for day in range(1, 8))
    held: dict[tuple[str, bool], list[date]] = {}
    for day, minute in ((local.date(), local.hour * 60 + local.minute), (local.date() - timedelta(days=1), local.hour * 60 + local.minute + 1440)):
        exceptional = any(not _weekly(line) and _on(line, day) for line in opening)
        for line in offer.hours:
            start, end = _minutes(line)
            if _on(line, day) and start <= minute < end and not (_weekly(line) and exceptional):
                held.setdefault((line.kind, _weekly(line)), []).append(day)
    if ("TRE_R252-08", False) in held:
        return False
    if ("TRE_R252-01", False) in held:
        return True
    if ("TRE_R252-08", True) in held:
        return False
    if not opening:
        return None
    days = held.get(("TRE_R252-01", True), [])
    sure = offer.yearly == "TRE_R238-03" or whole_week or any(day not in HOLIDAYS and day != SLAVERY.get(department) for day in days)
    return False if not days else True if sure else None


def _weekly(line: Line) -> bool:
    return line.until is None and (line.since is None or line.day is not None)


def _on(line: Line, day: date) -> bool:
    return (line.since or date.min) <= day <= (line.until or date.max) and line.day in {None, day.isoweekday()}


def _minutes(line: Line) -> tuple[int, int]:
    start, end = ((60 * int(text[:2]) + int(text[3:])) if text else None for text in (line.start, line.end))
    begins, ends = start or 0, 1440 if end in {None, 1439} else end or 0
    return begins, ends if ends > begins else ends + 1440
