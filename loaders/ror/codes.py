"""Codes of a ROR as concepts (K-5): which nomenclature (TRE) a property or a relation of the model takes its codes from, whatever stands as system.

A file may name a value set (JDV), an extension or nothing as the system of a code; the code is then of the nomenclature of its place in the model.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from graph.keys import concept_id

_TRE = re.compile(r"TRE[_-]([A-Z]\d{2,3})(?!\d)")

# Nomenclature by place in the model: `Label.property` or relation type
SYSTEM_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Capacity.assignment": "TRE_R337",
        "Capacity.closing_type": "TRE_R333",
        "Capacity.crisis": "TRE_R336",
        "Capacity.extra_bed": "TRE_R334",
        "Capacity.gender": "TRE_R332",
        "Capacity.nature": "TRE_R329",
        "Capacity.source_type": "TRE_R335",
        "Capacity.status": "TRE_R330",
        "Capacity.temporality": "TRE_R331",
        "Contact.function": "TRE_R251",
        "Contact.nature": "TRE_R287",
        "GeographicEntity.accessibility": "TRE_R202",
        "GeographicEntity.category": "TRE_R66",
        "GeographicEntity.closing_type": "TRE_R233",
        "GeographicEntity.espic": "TRE_R73",
        "GeographicEntity.financial_aids": "TRE_R241",
        "GeographicEntity.orsan_level": "TRE_R284",
        "LegalEntity.closing_type": "TRE_R232",
        "LegalEntity.legal_status": "TRE_R72",
        "Location.function": "TRE_R343",
        "Location.status": "TRE_R203",
        "Offer.annual_opening": "TRE_R238",
        "Offer.care_mode": "TRE_R213",
        "Offer.closing_type": "TRE_R286",
        "Offer.field_of_activity": "TRE_R227",
        "Offer.management_type": "TRE_R236",
        "Offer.maternity_type": "TRE_R253",
        "Offer.offer_type": "TRE_R244",
        "Offer.reception_type": "TRE_R240",
        "OpeningHours.type": "TRE_R252",
        "OrganisationalUnit.closing_type": "TRE_R286",
        "OrganisationalUnit.type": "TRE_R207",
        "Practice.agreement_sector": "TRE_R282",
        "Practice.exercise_mode": "TRE_R23",
        "Practice.profession": "TRE_G15",
        "HAS_EQUIPMENT.limits": "TRE_R340",
        "Tariff.conditions": "TRE_R250",
        "Tariff.housing": "TRE_R242",
        "Tariff.included": "TRE_R264",
        "Tariff.level": "TRE_R237",
        "Tariff.management": "TRE_R236",
        "Tariff.reception": "TRE_R240",
        "Tariff.services": "TRE_R264",
        "Tariff.type": "TRE_R246",
        "Tariff.unit": "TRE_R228",
        "Telecom.channel": "TRE_R200",
        "HAS_ACTIVITY": "TRE_R211",
        "HAS_COMPETENCE": "TRE_R243",
        "HAS_EQUIPMENT": "TRE_R212",
        "HAS_HOUSING": "TRE_R242",
        "HAS_SPECIALTY": "TRE_R38",
        "HAS_SPECIALTY.type": "TRE_R04",
        "FOR_PUBLIC": "TRE_R239",
        "MOBILISES": "TRE_G15",
        "PERFORMS_ACT": "TRE_R210",
        "RECEPTION_MODALITY": "TRE_R338",
        "SPECIALISED_IN": "TRE_R245",
    }
)


@lru_cache(4096)
def system_name(stated: str) -> str | None:
    """Short name of the nomenclature in a system's url or file name; None where another thing stands there.

    >>> system_name("https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM"), system_name("JDV_J19-ModePriseEnCharge-ROR")
    ('TRE_R13', None)
    """
    found = _TRE.search(stated)
    return f"TRE_{found[1]}" if found else None


@lru_cache(1 << 16)
def concept(place: str, stated: str | None, code: str) -> str:
    """Concept id of a code that stands at `place` of the model, under the system that the file states (None: none).

    >>> concept("Telecom.channel", "https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition/ror-telecom-communication-channel", "2")
    'TRE_R200-2'
    """
    return concept_id((system_name(stated) if stated else None) or SYSTEM_OF[place], code.strip())
