"""Communes, departments and regions (docs/formats.md, geography).

A row is a line of the communes file (one a postal code) or an entry of the departments file. Lines of one commune say the same object: each
holds all its postal codes. Paris, Lyon and Marseille are not in the file: the lines of their arrondissements say them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from graph.errors import BadFile
from graph.model.kinds import Value
from graph.record import Event, Item, Link, Notes, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.regions import REGIONS, RegionNames, department_code, find_region
from loaders.source import Format, Reading, Source, Tier, Work
from loaders.table import Row, Table, table

NEEDED: Final = ("code_insee", "nom", "code_postal", "code_departement", "latitude", "longitude")
CITIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(  # arrondissements start with -> city
    {"751": ("75056", "Paris"), "6938": ("69123", "Lyon"), "132": ("13055", "Marseille")}
)


@dataclass(slots=True)
class Commune:
    """What the lines of one commune say together. `points`, `populations`: by arrondissement, when it is a city that has them."""

    code: str
    name: str
    department: str
    postal_codes: set[str] = field(default_factory=set)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    populations: dict[str, int] = field(default_factory=dict)


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open communes and departments files. Raises BadFile for a missing column or a departments file that is not JSON."""
    departments = [file for file in files if _is_json(file)]
    communes = [table(file, NEEDED) for file in files if file not in departments]
    if not communes and not any(file.is_part for file in files):
        raise BadFile(f"{files[0].name}: load it together with the communes file, which says the collectivities overseas; else they would end.")
    notes = Notes({file.name: file.encoding for file in files})
    asserts = (("Region", "Department") if departments else ()) + (("Commune",) if communes else ())
    heads = {one.file.name: one.head for one in communes}
    return Reading("geography", asserts, _events([(file, _entries(file)) for file in departments], communes, notes), notes, heads)


def _is_json(file: InputFile) -> bool:
    first = next((line for line in file.lines() if not isinstance(line, Rejected)), (0, ""))
    return first[1].lstrip().startswith(("[", "{"))


def _entries(file: InputFile) -> list[tuple[int, Mapping[str, Any]]]:
    """Entries with the line at which each starts: of a JSON list, or one object a line as a rejects file holds them."""
    text = file.text()
    if text.strip().startswith("[") and not text.rstrip().endswith("]"):
        raise BadFile(f"{file.name}: the JSON list has no end (truncated transfer?). Nothing was loaded.")
    decoder, entries, position = json.JSONDecoder(), [], 0
    while (start := text.find("{", position)) >= 0:
        try:
            entry, position = decoder.raw_decode(text, start)
        except json.JSONDecodeError as problem:
            raise BadFile(f"{file.name}, line {problem.lineno}: this is not JSON ({problem.msg}). Nothing was loaded.") from problem
        except (ValueError, RecursionError) as problem:
            line = text.count("\n", 0, start) + 1
            raise BadFile(f"{file.name}, line {line}: a number of thousands of digits, or values nested too deep. Nothing was loaded.") from problem
        entries.append((text.count("\n", 0, start) + 1, entry))
    return entries


def _events(departments: list[tuple[InputFile, list[tuple[int, Mapping[str, Any]]]]], communes: list[Table], notes: Notes) -> Iterator[Event]:
    known, region_codes = _gathered(communes)
    for file, entries in departments:
        for line, entry in entries:
            yield department(file, line, entry, region_codes)
    for one in communes:
        for row in one.rows():
            yield row if isinstance(row, Rejected) else _commune_event(row, known, bool(departments), notes)


def department(file: InputFile, line: int, entry: Mapping[str, Any], region_codes: Mapping[str, str]) -> Record | Rejected:
    """An entry `{"num_dep": "01", "dep_name": "Ain", "region_name": "Auvergne-Rhône-Alpes"}`.

    The code of its region is that of the name, else the one that the communes of the department state (`region_codes`, by department).
    """
    place, text = file.place(line), json.dumps(entry, ensure_ascii=False)
    for name in ("num_dep", "dep_name", "region_name"):
        if not entry.get(name) or not isinstance(entry[name], str):
            return Rejected(place, text, name, "It is missing or not a text; a department has a code, a name and the name of its region.")
    region = find_region(entry["region_name"])
    if region is None and entry["num_dep"] in region_codes:
        region = RegionNames(region_codes[entry["num_dep"]], entry["region_name"])
    if region is None:
        known = ", ".join(each.name for each in REGIONS.values())
        reason = f"'{entry['region_name']}' is no region that is known, and no commune of the department states its code. Known: {known}."
        return Rejected(place, text, "region_name", reason)
    return Record(place, text, (_department_item(entry["num_dep"], entry["dep_name"], region), region_item(region)))


def _department_item(code: str, name: str, region: RegionNames) -> Item:
    key = department_code(code)
    return Item("Department", key, {"name": name}, (Link("IN", Ref("Department", key), Ref("Region", region.code)),))


def region_item(region: RegionNames) -> Item:
    """The region as an object of the graph."""
    return Item("Region", region.code, {"name": region.name, "aliases": list(region.aliases)})


def _gathered(communes: list[Table]) -> tuple[dict[str, Commune], dict[str, str]]:
    """What all lines say of each commune and of the cities with arrondissements, some 35,000 small objects; region by department."""
    known: dict[str, Commune] = {}
    region_codes: dict[str, str] = {}
    for one in communes:
        for row in one.rows():
            if isinstance(row, Row) and _fault(row) is None:
                _gather(known, row.values)
                if row.values.get("code_region"):
                    region_codes.setdefault(row.values["code_departement"], row.values["code_region"])
    return known, region_codes


def _gather(known: dict[str, Commune], values: dict[str, str]) -> None:
    code = values["code_insee"]
    commune = known.setdefault(code, Commune(code, values["nom"], values["code_departement"]))
    commune.postal_codes.add(values["code_postal"])
    city = city_of(code)
    if city is None:
        return
    whole = known.setdefault(city[0], Commune(*city, values["code_departement"]))
    whole.postal_codes.add(values["code_postal"])
    if values["latitude"]:
        whole.points[code] = float(values["latitude"]), float(values["longitude"])
    if values.get("population"):
        whole.populations[code] = int(values["population"])


def city_of(code: str) -> tuple[str, str] | None:
    """Code and name of the city that an arrondissement belongs to; None for any other commune."""
    return next((city for start, city in CITIES.items() if code.startswith(start)), None)


def _fault(row: Row) -> tuple[str, str] | None:
    """Field and reason for which a line of a commune cannot be used."""
    values = row.values
    if len(values["code_insee"]) != 5:
        return "code_insee", f"'{values['code_insee'][:20]}' has {len(values['code_insee'])} characters, an INSEE code has 5 (were leading zeros lost?)."
    for name in ("nom", "code_departement"):
        if not values[name]:
            return name, "It is empty; a commune has a name and a department."
    for name, bound in (("latitude", 90), ("longitude", 180)):
        if values[name] and not _is_degree(values[name], bound):
            return name, f"'{values[name][:20]}' is not a number of degrees from -{bound} to {bound}."
    if bool(values["latitude"]) != bool(values["longitude"]):
        return "latitude", "Latitude and longitude are given together or not at all."
    if values.get("population") and not values["population"].isdecimal():
        return "population", f"'{values['population'][:20]}' is not a number of inhabitants."
    return None


def _is_degree(text: str, bound: int) -> bool:
    try:
        return -bound <= float(text) <= bound
    except ValueError:
        return False


def _commune_event(row: Row, known: Mapping[str, Commune], with_departments: bool, notes: Notes) -> Record | Rejected:
    fault = _fault(row)
    if fault is not None:
        return Rejected(row.place, row.text, *fault)
    values = row.values
    if not values["latitude"]:
        notes.remark("commune without a point", values["code_insee"])
    items = [_commune_item(values, known[values["code_insee"]])]
    city = city_of(values["code_insee"])
    if city is not None:
        items.append(_city_item(known[city[0]], "population" in values))
    overseas = REGIONS.get(values["code_departement"])
    if with_departments and overseas is not None and len(overseas.code) == 3:  # a collectivity: department and region of itself, in no departments file
        items += [_department_item(overseas.code, overseas.name, overseas), region_item(overseas)]
    return Record(row.place, row.text, tuple(items))


def _commune_item(values: dict[str, str], commune: Commune) -> Item:
    props: dict[str, Value] = {
        "name": values["nom"],
        "postal_codes": sorted(commune.postal_codes - {""}),
        "latitude": float(values["latitude"]) if values["latitude"] else None,
        "longitude": float(values["longitude"]) if values["longitude"] else None,
    }
    if "population" in values:
        props["population"] = int(values["population"]) if values["population"] else None
    city = city_of(commune.code)
    above = Ref("Commune", city[0]) if city else Ref("Department", values["code_departement"])
    return Item("Commune", commune.code, props, (Link("IN", Ref("Commune", commune.code), above),))


def _city_item(city: Commune, with_population: bool) -> Item:
    """A city told by its arrondissements: all their postal codes, the middle of their points, the sum of their people."""
    props: dict[str, Value] = {"name": city.name, "postal_codes": sorted(city.postal_codes - {""}), "latitude": None, "longitude": None}
    if city.points:
        props["latitude"] = round(sum(point[0] for point in city.points.values()) / len(city.points), 7)
        props["longitude"] = round(sum(point[1] for point in city.points.values()) / len(city.points), 7)
    if with_population:
        props["population"] = sum(city.populations.values()) or None
    return Item("Commune", city.code, props, (Link("IN", Ref("Commune", city.code), Ref("Department", city.department)),))


SOURCE: Final = Source(
    name="geography",
    fr="Communes, départements et régions",
    rank=10,
    formats=(
        Format(
            "communes",
            "*communes*.csv",
            "one line a commune and postal code, WGS84; `;`, header: code_insee, nom, code_postal, code_departement, latitude, longitude (population)",
            "01004;Ambérieu-en-Bugey;01500;01;84;45.9608475114;5.3729257777",
        ),
        Format(
            "departments",
            "*departements*.json",
            "a list of departments with the name of their region",
            '{"num_dep": "01", "dep_name": "Ain", "region_name": "Auvergne-Rhône-Alpes"}',
        ),
    ),
    open=open_files,
    tier=Tier.REGISTER,
)
