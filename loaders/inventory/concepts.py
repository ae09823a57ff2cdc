"""The items of an ArchiMate model: from elements, relationships and their properties, whichever file they came in (docs/archimate.md).

A model of our own export says by `ror:...` what each thing is. Of another one applications, interfaces, actors and flows are taken by their types.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.archimate.inventory_model import CODE, DATASET, FICTIONAL, FIELD, STATED, STUB, UNNAMED
from graph.archimate.mapping import FLOW, JOINTS, NATURAL, SECTION_OF, Joint, Shape
from graph.archimate.model import PREFIX, Properties
from graph.impact.inventory import NATIONAL
from graph.inventory_forms import SECTIONS
from graph.model.kinds import Kind
from graph.record import Left, Notes
from loaders.files import InputFile
from loaders.inventory.entries import Entry, Found
from loaders.marked import Marked, Path, dumped

FREE: Final = frozenset({"applications", "interfaces", "actors"})  # taken without our key; of the other types a model may hold anything
READS: Final = frozenset({FLOW, "Serving"})  # of a foreign model: an interface that flows to, or serves, an application is read by it
MARKS: Final = frozenset({CODE, FIELD, STATED, STUB, UNNAMED, FICTIONAL, DATASET})
WITH_SOURCE: Final = frozenset(SECTIONS) - {"regions", "pathways"}
COMPONENT, INTERFACE = "ApplicationComponent", "ApplicationInterface"
IMPLIED: Final = "Le modèle relie deux applications sans nommer d'interface : une seule est supposée, par application qui expose"
BY_SECTION: Final = {(joint.section, joint.field): joint for joint in JOINTS}
KINDS: Final = {(section, one.name): one.kind for section, node in SECTIONS.items() for one in node.properties}
PLAIN: Final = frozenset({Kind.TEXT, Kind.DATE, Kind.INSTANT})
SIMPLE: Final = frozenset({Kind.INT, Kind.BOOL, Kind.FLOAT})


@dataclass(frozen=True, slots=True)
class Concept:
    """An element, or a relationship with its ends, and where it stands. `value_lines`: file and line of a property, where they are not its own."""

    id: str
    type: str
    name: str
    documentation: str
    properties: Properties
    file: InputFile
    line: int
    source: str = ""
    target: str = ""
    value_lines: Mapping[str, tuple[InputFile, int]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Our key, else the id of the model."""
        return self.properties.get(CODE) or self.id


@dataclass(slots=True)
class _Draft:
    """An item that is being put together, with where each part stands."""

    section: str
    of: Concept
    value: dict[str, Any]
    lines: dict[Path, int] = field(default_factory=dict)
    files: dict[Path, InputFile] = field(default_factory=dict)
    fault: tuple[str, str] | None = None

    def put(self, name: str, value: Any, file: InputFile, line: int) -> None:
        self.value[name] = value
        self.lines[(name,)], self.files[(name,)] = line, file

    def entry(self, dataset: str) -> Found:
        marked = Marked(self.value, {(): self.of.line, **self.lines}, dumped(self.value))
        entry = Entry(self.of.file, self.section, marked, dataset, self.of.properties.get(FICTIONAL) == "true", self.files)
        return entry.rejected((self.fault[0],), *self.fault) if self.fault else entry


def items_of(elements: Sequence[Concept], relationships: Sequence[Concept], model: Properties, notes: Notes) -> Iterator[Found]:
    """The items of a model; what is none is left by rule, and counted by its type. Properties of others than us are counted too."""
    drafts = {one.id: _Draft(SECTION_OF[one.type], one, _own(SECTION_OF[one.type], one, notes)) for one in elements if _is_item(one)}
    known = {one.id: one for one in elements}
    for draft in drafts.values():
        _lines_of_properties(draft)
    left = [one for one in elements if one.id not in drafts and STUB not in one.properties]
    yield from (Left(one.file.place(one.line), f"element {one.type}") for one in left)
    flows: list[_Draft] = []
    for one in relationships:
        ends = known.get(one.source), known.get(one.target)
        if ends[0] is None or ends[1] is None:
            yield Left(one.file.place(one.line), f"relationship {one.type} with an end that is no element of the file")
        elif (flow := _flow(one, ends[0], ends[1], notes)) is not None:
            flows.append(flow)
        elif not _join(one, ends[0], ends[1], drafts):
            yield Left(one.file.place(one.line), f"relationship {one.type} from {ends[0].type} to {ends[1].type}")
    implied = _implied(flows, drafts)
    yield from (draft.entry(model.get(DATASET, "")) for draft in (*drafts.values(), *implied, *flows))


def _is_item(one: Concept) -> bool:
    section = SECTION_OF.get(one.type)
    return section is not None and STUB not in one.properties and (section in FREE or CODE in one.properties)


def _own(section: str, one: Concept, notes: Notes) -> dict[str, Any]:
    """Fields that stand on the element, or the relationship of a flow, itself."""
    value: dict[str, Any] = {"code": one.code}
    if one.name and UNNAMED not in one.properties:
        value["name"] = one.name
    if one.documentation and section in WITH_SOURCE:
        value["source"] = one.documentation
    for name, text in one.properties.items():
        if name.startswith(PREFIX) and name not in MARKS:
            value[name.removeprefix(PREFIX)] = decoded(section, name.removeprefix(PREFIX), text)
        elif not name.startswith(PREFIX):
            notes.leave(f"property {name[:60]} of {one.type}")
    return value


def decoded(section: str, name: str, text: str) -> Any:
    """The value of a property: a text, a number or truth value, JSON in brackets; a list may stand as codes with commas between.

    What cannot be read stays a text, which the schema refuses.
    """
    kind = KINDS.get((section, name))
    if kind in PLAIN or text == NATIONAL.value:
        return text
    if kind in SIMPLE or text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return [part.strip() for part in text.split(",")] if kind is Kind.TEXTS else text


def _lines_of_properties(draft: _Draft) -> None:
    for name, (file, line) in draft.of.value_lines.items():
        path: Path = (name.removeprefix(PREFIX),)
        draft.lines[path], draft.files[path] = line, file


def _join(one: Concept, source: Concept, target: Concept, drafts: Mapping[str, _Draft]) -> bool:
    """Put a relationship into the item that it is of; False where it is of none."""
    joint, item, end = _joint(one, source, target)
    draft = drafts.get(item.id)
    if joint is None or draft is None or draft.section != joint.section:
        return False
    stated = _stated(one)
    held = draft.value.get(joint.field)
    match joint.shape:
        case Shape.ONE:
            if held is not None and held != end.code:
                draft.fault = (joint.field, f"The model says both '{held}' and '{end.code}'; there is one. Keep the right relationship.")
            held = end.code
        case Shape.CODES:
            held = [*(held or []), *([] if end.code in (held or []) else [end.code])]
        case Shape.BY_CODE:
            held = {**(held or {}), end.code: {} if stated is None else stated}
        case Shape.LISTED:
            held = [*(held or []), _listed(joint, end.code, stated)]
    draft.put(joint.field, held, one.file, one.line)
    return True


def _joint(one: Concept, source: Concept, target: Concept) -> tuple[Joint | None, Concept, Concept]:
    """Which relation of which item it is: as our export says, else by the types."""
    if FIELD in one.properties:
        for item, end, is_reversed in ((source, target, False), (target, source, True)):
            joint = BY_SECTION.get((SECTION_OF.get(item.type, ""), one.properties[FIELD]))
            if joint is not None and joint.reversed is is_reversed:
                return joint, item, end
        return None, source, target
    joint = BY_SECTION.get(NATURAL.get((one.type, source.type, target.type), ("", "")))
    is_source = joint is not None and SECTION_OF.get(source.type) == joint.section and SECTION_OF.get(target.type) == joint.to
    return (joint, source, target) if is_source else (joint, target, source)


def _stated(one: Concept) -> Any:
    try:
        return json.loads(one.properties[STATED])
    except (KeyError, ValueError, RecursionError):
        return None


def _listed(joint: Joint, code: str, stated: Any) -> Any:
    if joint.field == "supports":
        return f"{code}/{stated['step']}" if isinstance(stated, dict) and stated.get("step") else code
    return {joint.end: code} | (stated if isinstance(stated, dict) else {})


def _flow(one: Concept, source: Concept, target: Concept, notes: Notes) -> _Draft | None:
    """A flow; `calls` is an application's id where the model names no interface (_implied)."""
    types = (source.type, target.type)
    ours = CODE in one.properties and one.type == FLOW
    if types == (COMPONENT, INTERFACE) and one.type == FLOW:
        ends = {"mode": "feed", "producer": source.code, "feeds": target.code}
    elif types == (INTERFACE, COMPONENT) and one.type in READS:
        ends = {"mode": "query", "consumer": target.code, "calls": source.code}
    elif types == (COMPONENT, COMPONENT) and one.type == FLOW:
        ends = {"mode": "query", "consumer": target.code, "calls": implied_code(source.code)}
    else:
        return None
    known = {} if ours else {"evidence": "declared"}
    draft = _Draft("flows", one, {**ends, **known, **_own("flows", one, notes)})
    _lines_of_properties(draft)
    return draft


def implied_code(application: str) -> str:
    """Code of the interface that an application is supposed to have, where a file names none."""
    return f"I-{application}"


def _implied(flows: Iterable[_Draft], drafts: Mapping[str, _Draft]) -> list[_Draft]:
    """The interfaces that flows between two applications suppose, where the model does not describe them."""
    called: set[str] = {draft.value["calls"] for draft in flows if "calls" in draft.value}
    described = {draft.value["code"] for draft in drafts.values() if draft.section == "interfaces"}
    applications = {implied_code(draft.of.code): draft for draft in drafts.values() if draft.section == "applications"}
    found = []
    for code in sorted(called & applications.keys() - described):
        owner = applications[code]
        value = {"code": code, "exposed_by": owner.of.code, "reason": IMPLIED}
        found.append(_Draft("interfaces", owner.of, value))
    return found
