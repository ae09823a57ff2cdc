"""Codes of a FHIR CodeSystem: nested codes and the properties `parent` and `child` say which is more precise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from graph.record import Notes, Rejected
from loaders.nos.resource import Resource, objects, system_of, text_of
from loaders.nos.statements import Row, Statement, day, of_nomenclature

READ: Final = frozenset({"code", "display", "designation", "property", "concept"})
SHORT, ADAPTED = "LibelleCourt", "LibelleAdapte"
VALID_FROM, VALID_TO, PARENT, CHILD = "dateValid", "dateFin", "parent", "child"
PATH: Final = "CodeSystem.concept"

Concept = Mapping[str, Any]


def code_rows(resource: Resource, notes: Notes) -> Iterator[Row]:
    """The codes, each before those nested in it. Raises BadFile for a list of concepts that is none."""
    flat = list(_flat(resource))
    above: dict[str, list[str]] = {}
    for concept, _ in flat:
        for child in _values(concept, CHILD):
            above.setdefault(child, []).append(text_of(concept, "code"))
    for concept, parent in flat:
        yield _row(resource, concept, (*above.get(text_of(concept, "code"), ()), *([parent] if parent else [])), notes)


def _flat(resource: Resource) -> Iterator[tuple[Concept, str]]:
    """Every concept with the code of the one in which it is nested, '' for none."""
    waiting: list[tuple[Concept, str]] = [(one, "") for one in resource.objects(resource.said, "concept", PATH)][::-1]
    while waiting:
        concept, parent = waiting.pop()
        nested = list(resource.objects(concept, "concept", PATH))
        waiting.extend((one, text_of(concept, "code")) for one in reversed(nested))
        yield concept, parent


def _row(resource: Resource, concept: Concept, above: Sequence[str], notes: Notes) -> Row:
    code = text_of(concept, "code")
    parents = tuple(sorted({*above, *_values(concept, PARENT)} - {""}))
    place, text = resource.at(concept.get("code")), resource.alone({"concept": [_alone(concept, above)]})
    _note(concept, notes)
    start, end = (next(iter(_values(concept, name)), "") for name in (VALID_FROM, VALID_TO))
    try:
        days = day(start), day(end)
    except ValueError:
        return Rejected(place, text, VALID_FROM, f"'{start[:25]}' or '{end[:25]}' is no date; it is written like 2019-01-25T12:00:00+01:00.")
    system = system_of(text_of(resource.said, "url")) or system_of(text_of(resource.said, "name"))
    row = Statement(place, text, system, code, "", None, *days, broader=parents)
    return of_nomenclature(row, _designation(concept, ADAPTED), _designation(concept, SHORT) or code, text_of(concept, "display"))


def _alone(concept: Concept, above: Sequence[str]) -> dict[str, Any]:
    """The concept without those nested in it, which are rows of their own; what it is nested in as a property."""
    flat = {name: value for name, value in concept.items() if name != "concept"}
    return flat | {"property": [*objects(concept, "property"), *({"code": PARENT, "valueCode": code} for code in above)]} if above else flat


def _values(concept: Concept, name: str) -> list[str]:
    """The values of a property, whatever their type."""
    held = [one for one in objects(concept, "property") if one.get("code") == name]
    return [value for one in held for key, value in one.items() if key.startswith("value") and isinstance(value, str)]


def _designation(concept: Concept, use: str) -> str:
    return next((text_of(one, "value") for one in objects(concept, "designation") if _use(one) == use), "")


def _use(designation: Mapping[str, Any]) -> str:
    use = designation.get("use")
    return text_of(use, "code") if isinstance(use, dict) else ""


def _note(concept: Concept, notes: Notes) -> None:
    for name in concept.keys() - READ:
        notes.leave(f"{PATH}.{name}")
    for one in objects(concept, "property"):
        if text_of(one, "code") not in {VALID_FROM, VALID_TO, PARENT, CHILD}:
            notes.leave(f"{PATH}.property.{text_of(one, 'code')[:40]}")
    for one in objects(concept, "designation"):
        if _use(one) not in {SHORT, ADAPTED}:
            notes.leave(f"{PATH}.designation.{_use(one)[:40]}")
