"""The whole country written to a folder, and where its files are: what is loaded, in the order of loading."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks.country.fhir import write_fhir
from scripts.benchmarks.country.register import write_concepts, write_register
from scripts.benchmarks.country.shape import offers, practices, sites, some_sites
from scripts.benchmarks.country.xml import write_xml
from scripts.benchmarks.files import finess_file

SEED = 20_260_101


@dataclass(frozen=True, slots=True)
class Load:
    """One `rorgraph load`: source, files, code of the ROR they come from."""

    source: str
    paths: tuple[Path, ...]
    ror: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country on disk. `about`: what its sites are."""

    loads: tuple[Load, ...]
    about: str

    def files(self, source: str) -> list[Path]:
        """All files of a source."""
        return [path for load in self.loads if load.source == source for path in load.paths]


def country(folder: Path, size: float, *, changed: bool = False, regional: bool = True, seed: int = SEED) -> Country:
    """Write the country: `size` 1 is all of it, 0.01 a hundredth. `changed`: 1 % of offers and professionals stated otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    path, about = finess_file(folder)
    places = sites(path, size)
    if size < 1:
        path = some_sites(path, places, folder / "etalab-cs1100507-stock-part.csv")
    loads = [
        Load("nos", tuple(write_concepts(folder / "nos"))),
        Load("finess", (path,)),
        Load("annuaire", (write_register(folder / "annuaire", practices(places, size, seed, changed=changed)),)),
        Load("ror-fhir", tuple(write_fhir(folder / "fhir", places, offers(places, size, seed, changed=changed)))),
    ]
    if regional:
        files = write_xml(folder / "xml", places, offers(places, size, seed, changed=changed))
        loads += [Load("ror-xml", (file,), f"ROR-R{region}") for region, file in files.items()]
    return Country(tuple(loads), about)


def size_of(paths: Sequence[Path]) -> float:
    """Megabytes."""
    return sum(path.stat().st_size for path in paths) / 1e6
