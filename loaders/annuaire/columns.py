"""Columns of the extracts of the Annuaire Santé, bound by name: the two forms and their versions order and spell them differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from graph.errors import BadFile
from graph.record import Rejected
from graph.text import folded
from loaders.files import InputFile

DELIMITER: Final = "|"
ABSENT: Final = -1  # the place of a column that a file does not have: the empty text that follows the fields of a row


class Kind(Enum):
    """What a file holds."""

    ACTIVITY = "activity"
    SKILLS = "skills"
    DIPLOMAS = "diplomas"


# Attribute -> the names it may have, the usual one first
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id_type": ("Type d'identifiant PP",),
        "id": ("Identifiant PP",),
        "person": ("Identification nationale PP",),
        "title": ("Code civilité d'exercice", "Code civilité exercice"),
        "name": ("Nom d'exercice",),
        "given_name": ("Prénom d'exercice",),
        "civil_name": ("Nom de famille",),
        "civil_given_names": ("Prénoms",),
        "profession": ("Code profession",),
        "category": ("Code catégorie professionnelle",),
        "skill_type": ("Code type savoir-faire",),
        "skill": ("Code savoir-faire",),
        "mode": ("Code mode exercice", "Code mode d'exercice"),
        "sector": ("Code secteur d'activité",),
        "section": ("Code section tableau pharmaciens",),
        "role": ("Code rôle",),
        "siret": ("Numéro SIRET site",),
        "siren": ("Numéro SIREN site",),
        "finess": ("Numéro FINESS site",),
        "entity_finess": ("Numéro FINESS établissement juridique",),
        "structure": ("Identifiant technique de la structure",),
        "former_id": ("Ancien identifiant de la structure",),
        "company": ("Raison sociale site",),
        "sign": ("Enseigne commerciale site",),
        "recipient": ("Complément destinataire (coord. structure)",),
        "building": ("Complément point géographique (coord. structure)",),
        "number": ("Numéro Voie (coord. structure)",),
        "repetition": ("Indice répétition voie (coord. structure)",),
        "way_code": ("Code type de voie (coord. structure)",),
        "way": ("Libellé type de voie (coord. structure)",),
        "street": ("Libellé Voie (coord. structure)",),
        "box": ("Mention distribution (coord. structure)",),
        "post": ("Bureau cedex (coord. structure)",),
        "postal_code": ("Code postal (coord. structure)",),
        "commune": ("Code commune (coord. structure)",),
        "town": ("Libellé commune (coord. structure)",),
        "phone": ("Téléphone (coord. structure)",),
        "phone_2": ("Téléphone 2 (coord. structure)",),
        "fax": ("Télécopie (coord. structure)",),
        "mail": ("Adresse e-mail (coord. structure)",),
        "other_ids": ("Autres identifiants",),
        "activity_kind": ("Code genre activité", "Code genre d'activité"),
    }
)
# Columns of the extracts that the model has no place for, by name. Another one is told by its place: a damaged header may hold a person's name.
UNPLACED: Final = frozenset(
    folded([name])
    for name in (
        "Date de naissance", "Code commune de naissance", "Code pays de naissance", "Lieu de naissance", "Code sexe", "Code civilité",
        "Téléphone (coord. correspondance)", "Adresse e-mail (coord. correspondance)", "Code pays (coord. structure)",
        "Code département (coord. structure)", "Code Département (structure)", "Autorité d'enregistrement",
        "Code type diplôme obtenu", "Code diplôme obtenu", "Code type autorisation", "Code discipline autorisation",
    )
)  # fmt: skip
NEEDED: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.ACTIVITY: ("person", "name", "profession", "category", "skill_type", "skill", "mode", "siret", "finess", "structure", "company", "commune"),
        Kind.SKILLS: ("person", "profession", "category", "skill_type", "skill"),
        Kind.DIPLOMAS: ("person",),
    }
)
DIPLOMA: Final = folded(["Code diplôme obtenu"])
VERSIONS: Final = (
    "PS_LibreAcces_Personne_activite (56 columns, 52 before 2022), PS_LibreAcces_SavoirFaire, PS_LibreAcces_Dipl_AutExerc, "
    "Extraction_ProSanteConnect_Personne_activite (49 to 51 columns)"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """One file with its columns. `at`: place of each attribute of NAMES, ABSENT where the file has none. `unplaced`: place and name of the others."""

    file: InputFile
    kind: Kind
    head: str
    width: int
    at: Mapping[str, int]
    unplaced: tuple[tuple[int, str], ...]

    def split(self, number: int, text: str) -> list[str] | Rejected:
        """The fields of a line, and the empty text of absent columns behind them. A line may end in one more delimiter than its header."""
        fields = text.split(DELIMITER)
        if len(fields) == self.width:
            fields.append("")
        elif len(fields) != self.width + 1 or fields[-1]:
            reason = f"The line has {len(fields)} fields, its header has {self.width}."
            return Rejected(self.file.place(number), text, "", reason)
        return [field.strip() for field in fields] if "| " in text or " |" in text else fields


def columns_of(file: InputFile) -> Columns:
    """Bind the columns of a file.

    Raises BadFile, naming the columns that are missing and the versions known, where a needed one is not there.
    """
    head = next((line[1] for line in file.lines() if not isinstance(line, Rejected)), "")
    found = [name.strip() for name in head.removesuffix(DELIMITER).split(DELIMITER)]
    places = {folded([name]): place for place, name in reversed(list(enumerate(found)))}
    at = {attribute: _place(places, names) for attribute, names in NAMES.items()}
    kind = Kind.DIPLOMAS if DIPLOMA in places else Kind.SKILLS if at["mode"] == at["structure"] == ABSENT else Kind.ACTIVITY
    missing = [NAMES[attribute][0] for attribute in NEEDED[kind] if at[attribute] == ABSENT]
    if missing:
        known = [name for place, name in enumerate(found) if place in at.values()]  # a first line may be a person's
        raise BadFile(
            f"{file.name}, line {file.first}: no column {', '.join(missing)}. Known columns found: {', '.join(known)[:300] or 'none'}. "
            f"Versions known: {VERSIONS}. Nothing was loaded; give the file with its header line."
        )
    return Columns(file, kind, head, len(found), at, _unplaced(found, at))


def _place(places: Mapping[str, int], names: Sequence[str]) -> int:
    return next((places[folded([name])] for name in names if folded([name]) in places), ABSENT)


def _unplaced(found: Sequence[str], at: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """Columns that the model has no place for; the label of a code that has one is no loss."""
    placed, codes = set(at.values()), {folded([name]).removeprefix("code ") for name in found if name.lower().startswith("code ")}
    others = ((place, name) for place, name in enumerate(found) if place not in placed and name)
    named = ((place, name) for place, name in others if folded([name]).removeprefix("libelle ") not in codes or not name.lower().startswith("libell"))
    return tuple((place, name if folded([name]) in UNPLACED else f"column {place + 1}") for place, name in named)
