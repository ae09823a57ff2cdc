"""FHIR forms of the NOS: CodeSystem, ValueSet and ConceptMap, alone, in a Bundle, or one a line; a row is a code, a member, a pair of codes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import orjson

from graph.errors import BadFile
from graph.record import Notes, Rejected
from loaders.files import InputFile
from loaders.nos.code_system import code_rows
from loaders.nos.concept_map import pair_rows
from loaders.nos.resource import Faulty, Resource, Where, objects, text_of, texts
from loaders.nos.statements import Kind, NosFile, Row, short_name, version_of
from loaders.nos.value_set import member_rows
from loaders.whole import whole_text

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({"CodeSystem": Kind.CODES, "ValueSet": Kind.VALUE_SET, "ConceptMap": Kind.ASSOCIATION})
READERS: Final[Mapping[Kind, Callable[[Resource, Notes], Iterator[Row]]]] = MappingProxyType(
    {Kind.CODES: code_rows, Kind.VALUE_SET: member_rows, Kind.ASSOCIATION: pair_rows}
)
CONTENT: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {Kind.CODES: frozenset({"concept"}), Kind.VALUE_SET: frozenset({"compose", "expansion"}), Kind.ASSOCIATION: frozenset({"group"})}
)
READ: Final = frozenset({"resourceType", "url", "name", "identifier", "date", "version", "description", "title"})

DEEPEST = 254  # what orjson writes


def open_fhir(file: InputFile, notes: Notes) -> Sequence[NosFile]:
    """The resources of a file, read at once. Raises BadFile for what is no JSON, or another resource than those of nomenclatures."""
    found = [_opened(resource, notes) for resource in _resources(file)]
    if not found:
        raise BadFile(f"{file.name}: no CodeSystem, ValueSet or ConceptMap in it. Nothing was loaded.")
    return found


def _opened(resource: Resource, notes: Notes) -> NosFile:
    said, file = resource.said, resource.file
    kind = KINDS.get(text_of(said, "resourceType"))
    named = short_name(text_of(said, "url"), text_of(said, "name"), text_of(said, "id"))
    if kind is None or named is None or named[0] is not kind:
        return NosFile(file, Kind.FILES, "FHIR", "", "", "0", stated=(_unknown(resource, kind),))
    for name in sorted(said.keys() - READ - CONTENT[kind]):
        notes.leave(f"{said['resourceType']}.{name}")
    oid = next((value.removeprefix("urn:oid:") for one in objects(said, "identifier") for value in texts(one, "value")), "")
    title = text_of(said, "description") or text_of(said, "title") or text_of(said, "name")
    version = version_of(text_of(said, "date"), text_of(said, "version"))
    return NosFile(file, kind, named[1], oid, title, version, stated=tuple(READERS[kind](resource, notes)))


def _unknown(resource: Resource, kind: Kind | None) -> Rejected:
    if kind is None:
        reason = f"A {str(resource.said.get('resourceType', 'resource without type'))[:40]} is no nomenclature; CodeSystem, ValueSet and ConceptMap are."
        return Rejected(resource.place, resource.whole(), "resourceType", reason)
    reason = "Neither url nor name says which nomenclature it is, like TRE_R227-ChampActivite, JDV_J20-... or ASS_A14-..."
    return Rejected(resource.place, resource.whole(), "url", reason)


def _resources(file: InputFile) -> Iterator[Resource]:
    text = whole_text(file)
    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError as problem:
        yield from _by_line(file, text, problem)
        return
    yield from _inside(file, whole, Where(text))


def _by_line(file: InputFile, text: str, problem: orjson.JSONDecodeError) -> Iterator[Resource]:
    """One resource a line, as a bulk export or a rejects file holds them."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            one = orjson.loads(line)
        except orjson.JSONDecodeError:
            raise BadFile(f"{file.name}, line {problem.lineno}: this is not JSON ({problem.msg}). Nothing was loaded.") from problem
        yield from _inside(file, one, Where.of_line(number))


def _check_depth(file: InputFile, one: dict[str, Any]) -> None:
    """Raises BadFile for what could be read and not be written again (into a rejects file)."""
    try:
        orjson.dumps(one)
    except TypeError as problem:
        raise BadFile(f"{file.name}: it is nested deeper than {DEEPEST} levels, which no nomenclature is. Nothing was loaded.") from problem


def _inside(file: InputFile, one: object, where: Where) -> Iterator[Resource]:
    if not isinstance(one, dict):
        raise BadFile(f"{file.name}: a FHIR resource is a JSON object; something else stands there. Nothing was loaded.")
    _check_depth(file, one)
    if one.get("resourceType") != "Bundle":
        yield Resource(file, one, where)
        return
    entries: list[Any] = one["entry"] if isinstance(one.get("entry"), list) else []
    for entry in entries:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            raise Faulty(file, "Bundle.entry", "an entry holds a resource")
        yield Resource(file, resource, where)
