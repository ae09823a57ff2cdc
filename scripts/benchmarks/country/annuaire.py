"""The professionals of the country: PS_LibreAcces_Personne_activite, a line for each practice."""

import random
from pathlib import Path
from typing import Final

from scripts.benchmarks.country.offers import CHANGED, SEED, Site

PROFESSIONALS, PRACTICES = 600_000, 1_000_000
HEADER: Final = (
    "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|"
    "Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|"
    "Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|"
    "Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|"
    "Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|"
    "Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|"
    "Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|"
    "Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|"
    "Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|"
    "Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|"
    "Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|"
    "Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|"
    "Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité|"
)  # every line ends with the delimiter
COLUMNS: Final = HEADER.rstrip("|").split("|")
PRIVATE: Final = 7  # one practice in so many is in a structure without FINESS number


def write_annuaire(path: Path, places: list[Site], practices: int, *, changed: bool = False) -> Path:
    """The file; 5 practices for 3 professionals, spread over the sites."""
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for number in range(practices):
            line = _line(number, places[number * 7 % len(places)], changed=changed)
            out.write("|".join(line.get(column, "") for column in COLUMNS) + "|\n")
    return path


def _line(number: int, site: Site, *, changed: bool) -> dict[str, str]:
    person = number * PROFESSIONALS // PRACTICES
    rpps = _with_key(f"{1_000_000_000 + person:010d}")
    drawn = random.Random(SEED + person)
    mode = "S" if changed and number % CHANGED == 0 else "L"
    line = {
        "Type d'identifiant PP": "8",
        "Identifiant PP": rpps,
        "Identification nationale PP": "8" + rpps,
        "Code civilité": "M",
        "Nom d'exercice": f"NOM{person}",
        "Prénom d'exercice": "Prénom",
        "Code profession": str(drawn.choice((10, 21, 40, 50, 60, 70))),
        "Code catégorie professionnelle": "C",
        "Code type savoir-faire": "S",
        "Code savoir-faire": f"{drawn.randrange(240):03d}",
        "Code mode exercice": mode,
        "Identifiant technique de la structure": f"F{site.finess}",
        "Numéro FINESS site": site.finess,
        "Numéro FINESS établissement juridique": site.entity,
        "Raison sociale site": site.name,
        "Code postal (coord. structure)": site.postal_code,
        "Code commune (coord. structure)": site.commune,
        "Téléphone (coord. structure)": f"01{number % 100_000_000:08d}",
        "Autorité d'enregistrement": "Ordre",
        "Code secteur d'activité": "SA01",
        "Code genre activité": "GENR01",
    }
    if number % PRIVATE == 0:
        siret = f"{900_000_000 + number:09d}00010"
        line |= {
            "Numéro FINESS site": "",
            "Numéro FINESS établissement juridique": "",
            "Numéro SIRET site": siret,
            "Identifiant technique de la structure": f"C{siret}",
        }
        line |= {"Code secteur d'activité": "SA07", "Raison sociale site": f"CABINET {number}"}
    return line


def _with_key(digits: str) -> str:
    """The number with its Luhn key."""
    total = sum(int(digit) if place % 2 else sum(divmod(2 * int(digit), 10)) for place, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)
