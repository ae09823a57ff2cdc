"""Members of a FHIR ValueSet: the concepts of each include, a whole nomenclature where an include lists none, else the expansion."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.record import Notes
from loaders.nos.resource import Resource, objects, system_of, text_of
from loaders.nos.statements import Row, Statement, Whole, checked

READ_OF_INCLUDE: Final = frozenset({"system", "version", "concept"})
READ_OF_MEMBER: Final = frozenset({"code", "display", "designation", "system", "contains"})
INCLUDE: Final = "ValueSet.compose.include"
CONTAINS: Final = "ValueSet.expansion.contains"


def member_rows(resource: Resource, notes: Notes) -> Iterator[Row]:
    """The members. Raises BadFile for lists that are none."""
    compose, expansion = _object(resource.said, "compose"), _object(resource.said, "expansion")
    for name in sorted(compose.keys() - {"include"}):
        notes.leave(f"ValueSet.compose.{name}")
    includes = list(resource.objects(compose, "include", INCLUDE))
    if expansion and not any("concept" in one for one in includes):
        yield from _expanded(resource, expansion, notes)
        return
    for include in includes:
        yield from _included(resource, include, notes)


def _included(resource: Resource, include: Mapping[str, Any], notes: Notes) -> Iterator[Row]:
    for name in sorted(include.keys() - READ_OF_INCLUDE):
        notes.leave(f"{INCLUDE}.{name}")
    address = text_of(include, "system")
    if "concept" not in include:
        if not include.keys() & {"filter", "valueSet"}:  # these include something else than the whole
            yield Whole(resource.place, resource.alone({"compose": {"include": [include]}}), system_of(address))
        return
    for member in resource.objects(include, "concept", f"{INCLUDE}.concept"):
        text = resource.alone({"compose": {"include": [{"system": address, "concept": [member]}]}})
        yield _member(resource, member, address, text, f"{INCLUDE}.concept", notes)


def _expanded(resource: Resource, expansion: Mapping[str, Any], notes: Notes) -> Iterator[Row]:
    waiting = list(resource.objects(expansion, "contains", CONTAINS))[::-1]
    while waiting:
        member = waiting.pop()
        waiting.extend(list(resource.objects(member, "contains", CONTAINS))[::-1])
        flat = {name: value for name, value in member.items() if name != "contains"}
        if "code" in member:  # else a heading
            yield _member(resource, member, text_of(member, "system"), resource.alone({"expansion": {"contains": [flat]}}), CONTAINS, notes)


def _member(resource: Resource, member: Mapping[str, Any], address: str, text: str, path: str, notes: Notes) -> Row:
    for name in member.keys() - READ_OF_MEMBER:
        notes.leave(f"{path}.{name}")
    system = system_of(address) or _oid(member)
    return checked(Statement(resource.at(member.get("code")), text, system or address, text_of(member, "code"), text_of(member, "display")))


def _oid(member: Mapping[str, Any]) -> str:
    """The OID of a code's nomenclature, which the NOS gives as a designation."""
    return next((system_of(text_of(one, "value")) for one in objects(member, "designation") if _object(one, "use").get("code") == "OID"), "")


def _object(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    held = holder.get(name)
    return held if isinstance(held, dict) else {}
