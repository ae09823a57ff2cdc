"""Pairs of codes of a FHIR ConceptMap: one that is more precise than another is hierarchy, whichever side it stands on."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.record import Notes
from loaders.nos.resource import Resource, system_of, text_of
from loaders.nos.statements import Pairing, Row

NARROWER: Final = frozenset({"narrower", "specializes"})  # the target is more precise
WIDER: Final = frozenset({"wider", "subsumes"})
READ: Final = frozenset({"code", "display", "equivalence"})
PATH: Final = "ConceptMap.group"


def pair_rows(resource: Resource, notes: Notes) -> Iterator[Row]:
    """A row a source and target. Raises BadFile for lists that are none."""
    for group in resource.objects(resource.said, "group", PATH):
        for element in resource.objects(group, "element", f"{PATH}.element"):
            for target in resource.objects(element, "target", f"{PATH}.element.target"):
                yield _pair(resource, group, element, target, notes)


def _pair(resource: Resource, group: Mapping[str, Any], element: Mapping[str, Any], target: Mapping[str, Any], notes: Notes) -> Pairing:
    for name in target.keys() - READ:
        notes.leave(f"{PATH}.element.target.{name}")
    systems = system_of(text_of(group, "source")), system_of(text_of(group, "target"))
    codes, equivalence = (text_of(element, "code"), text_of(target, "code")), text_of(target, "equivalence")
    if equivalence in WIDER:
        systems, codes = systems[::-1], codes[::-1]
    alone = {"source": group.get("source"), "target": group.get("target"), "element": [{**element, "target": [target]}]}
    return Pairing(resource.at(element.get("code")), resource.alone({"group": [alone]}), codes, systems, equivalence in NARROWER | WIDER)
