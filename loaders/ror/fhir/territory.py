"""The extension ror-territorial-division: a type of territory (TRE_R201) and its code."""

from typing import Any

from loaders.ror.fhir.readers import skip
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, Wrong, codings, content, walk


def division_reader(path: str) -> Reader:
    """Each division as (type, code) in `divisions`; one without either is left."""
    shape = Shape(
        path,
        {"url": skip},
        {
            "typeterritorialdivision": _code_to("type", f"{path}.extension.typeTerritorialDivision"),
            "codeterritorialdivision": _code_to("code", f"{path}.extension.codeTerritorialDivision"),
        },
    )

    def reader(here: Here, into: Any, value: Any) -> None:
        found: Json = {}
        walk(here, shape, found, value)
        if "type" in found and "code" in found:
            into.setdefault("divisions", []).append((found["type"], found["code"]))
        else:
            here.notes.leave(f"{path} (without type or code)")

    return reader


def _code_to(name: str, path: str) -> Reader:
    def reader(here: Here, into: Any, value: Any) -> None:
        found = codings(here, content(here, value, "valueCodeableConcept", path), path)
        if not found:
            raise Wrong("It has no code.")
        into[name] = found[0][1]

    return reader
