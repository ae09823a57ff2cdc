"""Small samples of the ROR's forms for the tests of every source (tests/loaders/samples.py)."""

import json
from collections.abc import Mapping
from typing import Final

from tests.loaders.ror.made_fhir import ENTITY, GROUND, OFFER, SITE, UNIT, bundle, identifier
from tests.loaders.ror.xml import made as xml

ANNEX: Final = {**GROUND, "id": "l9", "identifier": [identifier("96/L9", "25", "TRE_R354-TypeIdentifiantRessourceOperationnelle")], "name": "Annexe"}
FHIR: Final = (ENTITY, SITE, UNIT, GROUND, ANNEX, OFFER)


def fhir_lines() -> Mapping[str, bytes]:
    """A bulk export of an entity, its site, a unit, two locations and an offer."""
    return {"ror.ndjson": "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in FHIR).encode()}


def fhir_bundle() -> Mapping[str, bytes]:
    """The same as the answer of a search, written over many lines, that says no total."""
    answer = {name: value for name, value in bundle(*FHIR).items() if name != "total"}
    return {"ror.json": json.dumps(answer, ensure_ascii=False, indent=1).encode()}


def xml_answer() -> Mapping[str, bytes]:
    """An entity, its site, a unit, two offers, of which one has a location, and a professional; three activities and two devices are left by rule."""
    second = xml.OFFER.replace("f_1", "f_2").replace("96/0001", "96/0002").replace(xml.LOCATION, "").replace("UNITE NEUROVASCULAIRE", "HOPITAL DE JOUR")
    facility = f"{xml.UNIT}{xml.OFFER}<!-- -->{second}<!-- -->"
    rows = xml.directories(organization=xml.ENTITY + xml.SITE, service=xml.SERVICES, facility=facility, provider=xml.PROVIDER, device=xml.DEVICES)
    return {"ror.xml": f'<?xml version="1.0" encoding="UTF-8"?>{rows}'.encode()}
