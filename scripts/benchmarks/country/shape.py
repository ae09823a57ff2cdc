"""What the country is, before any format: sites, offers, professionals. Every object follows from its number alone, so that nothing is kept in memory."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import IO, Final

OFFERS: Final = 400_000
PROFESSIONALS: Final = 600_000
PRACTICES: Final = 1_000_000
SITES: Final = 95_000
CONCEPTS: Final = 2_000
CHANGED_EVERY: Final = 100  # one object of a hundred is stated otherwise in the changed country

# The 17 regional RORs: code of the region, departments
REGIONS: Final = {
    "11": "75 77 78 91 92 93 94 95", "24": "18 28 36 37 41 45", "27": "21 25 39 58 70 71 89 90", "28": "14 27 50 61 76", "32": "02 59 60 62 80",
    "44": "08 10 51 52 54 55 57 67 68 88", "52": "44 49 53 72 85", "53": "22 29 35 56", "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82", "84": "01 03 07 15 26 38 42 43 63 69 73 74", "93": "04 05 06 13 83 84", "94": "2A 2B",
    "01": "9A", "02": "9B", "03": "9C", "04": "9D",
}  # fmt: skip
REGION_OF: Final = {department: region for region, listed in REGIONS.items() for department in listed.split()}
OVERSEAS: Final = {"9A": "971", "9B": "972", "9C": "973", "9D": "974"}
FIELDS: Final = ("01", "01", "02", "03", "04", "05", "05", "05")  # Ville is a third of it
CARE_MODES: Final = ("28", "29", "31", "32", "33")
AT_HOME: Final = ("31", "028")  # care mode and kind of offer (TRE_R213, TRE_R244) of who goes to people's homes: such an offer states where
DAYS: Final = range(1, 6)


@dataclass(frozen=True, slots=True)
class Site:
    """A site with its legal entity."""

    finess: str
    entity: str
    name: str
    category: str
    region: str
    commune: str
    postal_code: str
    town: str

    @property
    def department(self) -> str:
        """INSEE code of its department."""
        return self.commune[: 3 if self.commune.startswith("97") else 2]


@dataclass(frozen=True, slots=True)
class Offer:
    """An operational offer as both forms state it. `beds`: installed and available, None without capacity; `version`: 1 changed, 0 as it was."""

    number: int
    id: str
    site: Site
    name: str
    field: str
    care_mode: str
    offer_type: str
    activities: tuple[str, ...]
    ages: tuple[int, int]
    publics: tuple[str, ...]
    acts: tuple[str, ...]
    skills: tuple[str, ...]
    phones: tuple[str, ...]
    open_days: Sequence[int]
    beds: tuple[int, int] | None
    version: int

    @property
    def area(self) -> str | None:
        """The department where it intervenes, its own; None of an offer that does not leave its site."""
        return self.site.department if self.care_mode in AT_HOME or self.offer_type in AT_HOME else None

    @property
    def updated(self) -> str:
        """When the ROR last changed it."""
        return "2025-03-01T08:00:00+01:00" if self.version else "2024-06-03T08:00:00+02:00"


def sites(path: Path, size: float) -> list[Site]:
    """The sites of a FINESS file, as many as the size asks, from all over the file; small objects, some 40 MB for the whole country."""
    wanted, found = max(20, int(SITES * size)), []
    step = max(1, SITES // wanted)
    with _opened(path) as file:
        for line in islice((line for line in file if line.startswith("structureet;")), 0, None, step):
            site = _site(line.rstrip("\n").split(";"))
            if site:
                found.append(site)
    return found


def some_sites(path: Path, places: Sequence[Site], to: Path) -> Path:
    """A FINESS file of these sites only, with their positions."""
    wanted = {site.finess for site in places}
    with _opened(path) as file, to.open("w", encoding="utf-8") as part:
        part.writelines(line for line in file if line.startswith("finess;") or line.split(";", 2)[1] in wanted)
    return to


def _opened(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _site(fields: list[str]) -> Site | None:
    department, post = fields[13], fields[15]
    region = REGION_OF.get(department)
    if region is None or len(fields[12]) != 3:
        return None
    commune = OVERSEAS.get(department, department)[:2] + fields[12]
    return Site(fields[1], fields[2], fields[4] or fields[3], fields[18], region, commune, post[:5], post[6:])


def offers(places: Sequence[Site], size: float, seed: int, *, changed: bool) -> Iterator[Offer]:
    """The offers of the country, in order of their number; one of a hundred otherwise in the changed country."""
    for number in range(int(OFFERS * size)):
        yield offer(number, places[number % len(places)], seed, changed=changed and number % CHANGED_EVERY == 0)


def offer(number: int, site: Site, seed: int, *, changed: bool) -> Offer:
    """One offer: 1 to 3 activities, 60 % with hours, 40 % with beds, 50 % with acts, 30 % with competences, 1 or 2 telephones of the desk."""
    source = Random(seed * 1_000_003 + number)
    beds = source.randint(4, 60) if source.random() < 0.4 else 0
    return Offer(
        number=number,
        id=f"{site.region}/{number:07d}",
        site=site,
        name=f"Unité {number} de {site.name[:40]}{' (nouveau nom)' if changed else ''}",
        field=source.choice(FIELDS),
        care_mode=source.choice(CARE_MODES),
        offer_type=f"{source.randint(1, 200):03d}",
        activities=tuple(f"{code:03d}" for code in source.sample(range(1, 549), source.randint(1, 3))),
        ages=source.choice(((0, 17), (18, 120), (0, 120), (60, 120))),
        publics=tuple(f"{code:02d}" for code in source.sample(range(1, 30), source.randint(0, 2))),
        acts=tuple(f"{code:04d}" for code in source.sample(range(1, 400), source.randint(1, 3))) if source.random() < 0.5 else (),
        skills=tuple(f"{code:02d}" for code in source.sample(range(1, 60), 2)) if source.random() < 0.3 else (),
        phones=tuple(f"05{source.randint(0, 99_999_999):08d}" for _ in range(source.randint(1, 2))),
        open_days=DAYS if source.random() < 0.6 else (),
        beds=(beds, source.randint(0, beds)) if beds else None,
        version=int(changed),
    )


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice of a professional, as a line of the register gives it: in a site, or in a practice of one's own with a SIRET."""

    person: int
    rpps: str
    profession: str
    skill: str
    site: Site
    private: bool
    version: int


def practices(places: Sequence[Site], size: float, seed: int, *, changed: bool) -> Iterator[Practice]:
    """5 practices for 3 professionals: one for the first, two for the others; one of two in a site with a FINESS number."""
    for person in range(int(PROFESSIONALS * size)):
        source = Random(seed * 2_000_003 + person)
        version = int(changed and person % CHANGED_EVERY == 0)
        profession, skill = source.choice(("10", "10", "21", "40", "60", "60", "60", "70")), f"SM{source.randint(1, 60):02d}"
        for _ in range(1 if person % 3 == 0 else 2):
            site = places[source.randrange(len(places))]
            yield Practice(person, checked(f"{2_000_000_000 + person}"), profession, skill, site, source.random() < 0.5, version)


def checked(stem: str) -> str:
    """A number with its check digit (Luhn), as RPPS and SIREN have it.

    >>> checked("2000000000")
    '20000000008'
    """
    doubled = (str(2 * int(digit)) if place % 2 == 0 else digit for place, digit in enumerate(reversed(stem)))
    return stem + str(-sum(int(digit) for digits in doubled for digit in digits) % 10)
