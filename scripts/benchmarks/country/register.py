"""The professionals of the country in the free-access form of the Annuaire Santé, and its concepts as a list of the NOS."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from loaders.annuaire.columns import NAMES
from scripts.benchmarks.country.shape import CONCEPTS, Practice, checked

COLUMNS: Final = tuple(names[0] for attribute, names in NAMES.items() if attribute not in {"civil_name", "civil_given_names", "other_ids"})


def write_register(folder: Path, practices: Iterable[Practice]) -> Path:
    """One line a practice."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "PS_LibreAcces_Personne_activite_202601010800.txt"
    with path.open("w", encoding="utf-8") as file:
        file.write("|".join(COLUMNS) + "|\n")
        file.writelines("|".join(_line(one)) + "|\n" for one in practices)
    return path


def _line(one: Practice) -> list[str]:
    number = checked(f"{one.person % 90_000_000 + 10_000_000}")
    siret = f"{number}00011"
    values = {
        "id_type": "8", "id": one.rpps, "person": f"8{one.rpps}", "title": "DR", "name": f"NOM{one.person}", "given_name": "Camille",
        "profession": one.profession, "category": "C", "skill_type": "S", "skill": one.skill, "mode": "L" if one.private else "S",
        "postal_code": one.site.postal_code, "commune": one.site.commune, "town": one.site.town, "number": "1", "way_code": "R", "way": "Rue",
        "street": "DE LA MAIRIE", "sector": "SA07" if one.private else "SA01", "phone": "0500000000" if one.version else f"05{one.person % 100_000_000:08d}",
        "activity_kind": "GENR01",
    }  # fmt: skip
    if one.private:
        values |= {"siret": siret, "siren": number, "structure": f"C{siret}", "company": f"CABINET {one.person}"}
    else:
        values |= {"finess": one.site.finess, "entity_finess": one.site.entity, "structure": f"F{one.site.finess}", "company": one.site.name.replace("|", " ")}
    return [values.get(attribute, "") for attribute in NAMES if attribute not in {"civil_name", "civil_given_names", "other_ids"}]


def write_concepts(folder: Path) -> list[Path]:
    """2,000 concepts in four lists."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {"TRE_R211_ActiviteOperationnelle": 548, "TRE_R244_TypeOffre": 200, "TRE_R210_ActeSpecifique": 400}
    sizes["TRE_R38_SpecialiteOrdinale"] = CONCEPTS - sum(sizes.values())
    paths = []
    for name, count in sizes.items():
        width = 4 if "R210" in name else 3
        lines = (f"{code:0{width}d}|Libellé {code} de {name}\n" for code in range(1, count + 1))
        (folder / f"{name}.psv").write_text("".join(lines), encoding="utf-8")
        paths.append(folder / f"{name}.psv")
    return paths
