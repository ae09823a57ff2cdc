"""Savoir-faire of a professional: a type (TRE_R04) and a code, as PractitionerRole.specialty and as the drafts' Practitioner.qualification have them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from graph.keys import concept_id
from loaders.ror.codes import LISTS, concept, list_name
from loaders.ror.fhir.walking import system_of

TYPES: Final = "TRE_R04"
COMPETENCE: Final = "TRE_R243"
PROFESSION: Final = "TRE_G15"
# The type that the nomenclature of a code implies
TYPE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TRE_R38": "S",
        "TRE_R39": "C",
        "TRE_R40": "CEX",
        "TRE_G13": "OP",
        "TRE_R43": "CAPA",
        "TRE_R44": "PAC",
        "TRE_R42": "DNQ",
        "TRE_R97": "DEC",
    }
)


class Skills(NamedTuple):
    """Specialties with their type, specific competences, the profession where it stands among them, and types that name no code."""

    specialties: tuple[tuple[str, str | None], ...]
    competences: tuple[str, ...]
    profession: str | None
    bare_types: int
    strangers: tuple[str, ...]  # nomenclatures that are none of a savoir-faire


def skills(codings: Iterable[tuple[str | None, str]]) -> Skills:
    """What codings of one list say. A type that stands alone (as in the guide's example) is counted by who reads it."""
    types: list[str] = []
    codes: list[tuple[str, str]] = []
    competences: list[str] = []
    profession: str | None = None
    strangers: list[str] = []
    for system, code in codings:
        name = system_of(system) or LISTS.get(list_name(system or "") or "") or ""
        if name == TYPES:
            types.append(concept("HAS_SPECIALTY.type", system, code))
        elif name == COMPETENCE:
            competences.append(concept("HAS_COMPETENCE", system, code))
        elif name == PROFESSION:
            profession = concept("Practice.profession", system, code)
        elif name in TYPE_OF or not name:
            codes.append((name, concept("HAS_SPECIALTY", system, code)))
        else:
            strangers.append(name)
    specialties = {code: _type(name, types) for name, code in codes}
    return Skills(tuple(specialties.items()), tuple(dict.fromkeys(competences)), profession, len(types) if not codes else 0, tuple(strangers))


def _type(name: str, types: list[str]) -> str | None:
    if name in TYPE_OF:
        return concept_id(TYPES, TYPE_OF[name])
    return types[0] if len(types) == 1 else None
