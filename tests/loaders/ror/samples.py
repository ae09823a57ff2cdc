"""Small samples of the ROR's forms for the tests of every source (tests/loaders/samples.py)."""

import json
from collections.abc import Mapping
from typing import Final

from tests.loaders.ror.made_fhir import ENTITY, GROUND, OFFER, SITE, UNIT, bundle, identifier

ANNEX: Final = {**GROUND, "id": "l9", "identifier": [identifier("96/L9", "25", "TRE_R354-TypeIdentifiantRessourceOperationnelle")], "name": "Annexe"}
FHIR: Final = (ENTITY, SITE, UNIT, GROUND, ANNEX, OFFER)


def fhir_lines() -> Mapping[str, bytes]:
    """A bulk export of an entity, its site, a unit, two locations and an offer."""
    return {"ror.ndjson": "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in FHIR).encode()}


def fhir_bundle() -> Mapping[str, bytes]:
    """The same as the answer of a search, written over many lines, that says no total."""
    answer = {name: value for name, value in bundle(*FHIR).items() if name != "total"}
    return {"ror.json": json.dumps(answer, ensure_ascii=False, indent=1).encode()}
