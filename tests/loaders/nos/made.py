"""Small files of the NOS in each of its four forms."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.loaders.given import write

FACTS: Final = "<OID>;<Type fichier>;<Nom fichier>;<Description>;<URL fichier>;<Date valid>;<Date fin>;<Date MàJ>"
CODES: Final = "<OID>;<Code>;<Libellé adapté>;<Libellé court>;<Libellé long>;<Date valid>;<Date fin>;<Date MàJ>"
R227: Final = "1.2.250.1.213.3.3.17"
R211: Final = "1.2.250.1.213.3.3.12"
SVS: Final = "urn:ihe:iti:svs:2008"
NOS: Final = "https://mos.esante.gouv.fr/NOS"


def tabs(folder: Path, name: str, columns: str, *lines: str, oid: str = R227, day: str = "20190329120000") -> Path:
    """A .tabs file."""
    head = (FACTS, f"{oid};{name[:3]};{name};Titre de {name[:8]};http://nos/{name};20150408000000;;{day}", columns)
    return write(folder / name, "\r\n".join((*head, *lines, "")).encode("latin-1"))


def svs(folder: Path, name: str, *concepts: str, oid: str = R227, day: str = "20190329120000", namespace: str = SVS) -> Path:
    """An SVS file; a concept is its attributes."""
    said = f'dateFin="" dateMaj="{day}" description="Titre de {name[:8]}" displayName="{name}" id="{oid}" typeFichier="{name[:3]}"'
    listed = "\n".join(f"<Concept {one}/>" for one in concepts)
    body = f"<ValueSet {said}>\n<ConceptList>\n{listed}\n</ConceptList>\n</ValueSet>"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<RetrieveValueSetResponse xmlns="{namespace}">\n{body}\n</RetrieveValueSetResponse>\n'
    return write(folder / f"{name}.xml", text)


def resource(kind: str, name: str, *, oid: str = R227, day: str = "2019-03-29T12:00:00+01:00", **content: Any) -> dict[str, Any]:
    """A FHIR resource of the NOS."""
    dashed = name.replace("_", "-")
    return {
        "resourceType": kind,
        "id": dashed,
        "url": f"{NOS}/{name}/FHIR/{dashed}",
        "identifier": [{"value": f"urn:oid:{oid}"}],
        "name": name.replace("-", "_"),
        "date": day,
        "description": f"Titre de {name[:8]}",
        **content,
    }


def code_system(name: str, *concepts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A CodeSystem."""
    return resource("CodeSystem", name, concept=list(concepts), **more)


def value_set(name: str, system: str, codes: Sequence[tuple[str, str]], **more: Any) -> dict[str, Any]:
    """A ValueSet of codes of one nomenclature."""
    include = {"system": address(system), "concept": [{"code": code, "display": label} for code, label in codes]}
    return resource("ValueSet", name, compose={"include": [include]}, **more)


def address(system: str) -> str:
    """Address of a nomenclature."""
    return f"{NOS}/{system}/FHIR/{system.replace('_', '-')}"


def fhir(folder: Path, *resources: dict[str, Any], name: str = "nos.json") -> Path:
    """A file of one resource, of a Bundle of several, or of one a line."""
    if name.endswith(".ndjson"):
        return write(folder / name, "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in resources))
    whole = resources[0] if len(resources) == 1 else {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}
    return write(folder / name, json.dumps(whole, ensure_ascii=False, indent=2))
