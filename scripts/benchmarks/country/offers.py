"""The content of the country: sites, entities and offers as plain values, the same for both RORs. Everything follows from a number: no state, no order."""

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from loaders.files import input_files
from scripts.benchmarks.files import finess_file

SEED: Final = 20261124
CHANGED: Final = 100  # one offer, one practice in so many is changed in the country's second state
OFFERS: Final = 400_000
FIRST, SECOND = "2026-01-05T08:00:00+01:00", "2026-02-05T08:00:00+01:00"
# INSEE region: departments, as a FINESS file writes them (9A to 9D overseas)
REGIONS: Final = {
    "11": "75 77 78 91 92 93 94 95",
    "24": "18 28 36 37 41 45",
    "27": "21 25 39 58 70 71 89 90",
    "28": "14 27 50 61 76",
    "32": "02 59 60 62 80",
    "44": "08 10 51 52 54 55 57 67 68 88",
    "52": "44 49 53 72 85",
    "53": "22 29 35 56",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "93": "04 05 06 13 83 84",
    "94": "2A 2B",
    "01": "9A",
    "02": "9B",
    "03": "9C",
    "04": "9D",
}
REGION_OF: Final = {department: region for region, departments in REGIONS.items() for department in departments.split()}
SHORT_NAMES: Final = "IDF CVL BFC NOR HDF GES PDL BRE NAQ OCC ARA PACA COR GUA MAR GUY REU"  # in the order of REGIONS
RORS: Final = dict(zip(REGIONS, SHORT_NAMES.split(), strict=True))
CODES: Final = {"TRE_R211": 550, "TRE_R210": 500, "TRE_R239": 50, "TRE_R243": 120, "TRE_R212": 250, "TRE_R244": 270, "TRE_R213": 20, "TRE_R38": 240}  # 2,000


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the FINESS file, with its commune (INSEE) and region."""

    finess: str
    entity: str
    name: str
    commune: str
    postal_code: str
    region: str


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer of a site, with what usually hangs on it; codes without their system."""

    number: int
    site: Site
    name: str
    updated: str
    field: str
    mode: str
    kind: str
    activity: str
    acts: tuple[str, ...]
    publics: tuple[str, ...]
    equipment: str | None
    beds: int | None
    phone: str
    days: tuple[int, ...]

    @property
    def id(self) -> str:
        """IdentifiantOffre (K-2)."""
        return f"{self.site.region}/{self.number:07d}"


def sites(folder: Path) -> list[Site]:
    """The sites of the national file, or of a made one of the same size."""
    path, _ = finess_file(folder)
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        found = [_site(line.split(";")) for line in file if line.startswith("structureet;")]
    return [site for site in found if site is not None]


def _site(fields: list[str]) -> Site | None:
    department, commune = fields[13], fields[12]
    region = REGION_OF.get(department)
    if region is None or not commune:
        return None
    insee = ("97" if department.startswith("9") and department > "99" else department) + commune
    return Site(fields[1], fields[2], fields[4] or fields[3], insee, fields[15][:5], region)


def offers(places: list[Site], count: int, *, changed: bool = False) -> Iterator[Offer]:
    """`count` offers, spread over the sites; `changed`: the second state of the country."""
    for number in range(count):
        offer = _offer(number, places[number % len(places)])
        yield replace(offer, name=offer.name + " (nouveau nom)", updated=SECOND) if changed and number % CHANGED == 0 else offer


def _offer(number: int, site: Site) -> Offer:
    drawn = random.Random(SEED + number)
    pick = drawn.randrange
    return Offer(
        number,
        site,
        f"Unité {number} {site.name[:30]}",
        FIRST,
        f"{pick(1, 6):02d}",
        f"{pick(27, 35)}",
        f"{pick(CODES['TRE_R244']):03d}",
        f"{pick(CODES['TRE_R211']):03d}",
        tuple({f"{pick(CODES['TRE_R210']):04d}" for _ in range(pick(3))}),
        tuple({f"{pick(CODES['TRE_R239']):02d}" for _ in range(pick(1, 3))}),
        f"{pick(CODES['TRE_R212']):03d}" if pick(10) == 0 else None,
        pick(1, 60) if pick(10) < 4 else None,
        f"+33 1 {number // 10000 % 100:02d} {number // 100 % 100:02d} {number % 100:02d} 00",
        tuple(range(1, 6)) if pick(10) < 3 else (),
    )


def nomenclatures(folder: Path) -> list[Path]:
    """2,000 concepts as `code|label` lists."""
    folder.mkdir()
    return [_list(folder / f"{system}-Fictive.psv", count) for system, count in CODES.items()]


def _list(path: Path, count: int) -> Path:
    width = 4 if "R210" in path.name else 2 if path.name.startswith(("TRE_R239", "TRE_R213")) else 3
    path.write_text("".join(f"{code:0{width}d}|Libellé {code} de {path.stem}\n" for code in range(count)), encoding="utf-8")
    return path


def some_sites(folder: Path, count: int) -> list[Site]:
    """As many sites as `count` offers stand on (four on one in the mean, as in the whole country), from all departments."""
    found = sites(folder)
    return found[:: max(1, round(OFFERS / count))]


def finess_of(folder: Path, places: list[Site]) -> Path:
    """The lines of these sites in the FINESS file, with their positions."""
    path, _ = finess_file(folder)
    wanted = {site.finess for site in places}
    made = folder / "etalab-cs1100507-stock-country.csv"
    with made.open("w", encoding="utf-8") as out:
        for number, line in (line for line in input_files([path], ["*"])[0].lines() if isinstance(line, tuple)):
            if number == 1 or line.split(";", 2)[1] in wanted:
                out.write(line + "\n")
    return made
