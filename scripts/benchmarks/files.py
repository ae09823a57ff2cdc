"""The FINESS file of the benchmarks: the real one where it is at hand, else one of the same size that is made; and longer ones."""

import gzip
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from graph.keys import has_right_check_digit

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("RORGRAPH_SHARED", ROOT.parent / "shared")) / "data"
REAL = SHARED / "finess" / "etalab-cs1100507-stock-20210108-0427.csv.gz"
SITES = 95_333
HEAD = "finess;etalab;34;2021-01-08\n"


def finess_file(folder: Path) -> tuple[Path, str]:
    """A file of some 95,000 sites, and what it is."""
    if REAL.is_file():
        return REAL, "the real file of 2021-01-08"
    return repeated(folder, SITES), "a made file: the real one is not at hand"


def repeated(folder: Path, sites: int) -> Path:
    """A file of so many sites with numbers of their own; like the real file, all sites come before all positions."""
    path = folder / f"etalab-cs1100507-stock-made-{sites}.csv"
    models = list(islice(_models(), 2000))
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for kind in (0, 1):
            file.writelines(models[place % len(models)][kind].replace("@", number) for place, number in enumerate(islice(_numbers(), sites)))
    return path


def _models() -> Iterator[tuple[str, str]]:
    """Pairs of lines with @ for the number of the site."""
    if not REAL.is_file():
        for place in range(2000):
            site = f"structureet;@;010780054;CENTRE {place};CENTRE DE SANTE {place};;;{place};RTE;DE PARIS;;;{place % 400 + 1:03d};01;AIN;"
            site += "01440 VIRIAT;0474454647;;"
            site += "355;Centre Hospitalier (C.H.);1102;Centres Hospitaliers;26010004500012;8610Z;;;1;Etablissement public;1979-02-13;;2020-02-04;\n"
            yield site, f"geolocalisation;@;{870000 + place}.7;6571590.5;1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93;2021-01-04\n"
        return
    with gzip.open(REAL, "rt", encoding="utf-8") as file:
        sites = [line for line in file if line.startswith("structureet;")][:2000]
    for line in sites:
        kind, _, rest = line.split(";", 2)
        yield f"{kind};@;{rest}", "geolocalisation;@;870215.7;6571590.5;1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93;2021-01-04\n"


def _numbers() -> Iterator[str]:
    """FINESS numbers with a right check digit."""
    for number in range(10_000_000, 99_999_999):
        stem = f"{number:08d}"
        yield next(stem + str(digit) for digit in range(10) if has_right_check_digit(stem + str(digit)))
