"""The inventory as an ArchiMate model from which the same inventory is read again: our key and all that we know stand in properties `ror:...`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from graph.archimate.mapping import ELEMENTS, FLOW, JOINTS, Joint, Shape
from graph.archimate.model import PREFIX, Element, Model, Properties, Relationship, identifier
from graph.inventory_forms import Described, Form

CODE: Final = PREFIX + "code"
FIELD: Final = PREFIX + "field"  # of a relationship: which relation of ours it is
STATED: Final = PREFIX + "stated"  # of a relationship: what is stated on that relation, as JSON
UNNAMED: Final = PREFIX + "unnamed"  # it has no name; its code stands there, since ArchiMate wants one
STUB: Final = PREFIX + "stub"  # it is named by others and not described here
FICTIONAL: Final = PREFIX + "fictional"
DATASET: Final = PREFIX + "dataset"
ENDS: Final = ("consumer", "calls", "producer", "feeds")
OTHERWISE: Final = frozenset({"code", "name", "source"})  # fields that ArchiMate has a place for, or that are written apart


def inventory_model(held: Sequence[Described], dataset: str = "", title: str = "") -> Model:
    """The model of these items. An end that none of them is becomes a bare element (`ror:stub`), so that no relation is lost."""
    elements = {(one.section, one.code): _element(one) for one in held if one.section in ELEMENTS}
    relationships = [joined for one in held for joined in _joined(one)]
    stubs = sorted({end for _, ends in relationships for end in ends} - elements.keys())
    bare = [Element(element_id(*end), ELEMENTS[end[0]], end[1], properties={CODE: end[1], STUB: "true"}) for end in stubs]
    properties = {DATASET: dataset} if dataset else {}
    name = title or f"Inventaire RorGraph {dataset}".rstrip()
    return Model(identifier("model", dataset or "inventory"), name, (*elements.values(), *bare), tuple(one for one, _ in relationships), properties)


def element_id(section: str, code: str) -> str:
    """The id of an item's element: that to which another export (a verdict's) ties its own elements."""
    return identifier(section.removesuffix("s"), code)


def encoded(value: Any) -> str:
    """A value of an item as the text of a property: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _element(one: Described) -> Element:
    name = one.form.get("name", "")
    return Element(element_id(one.section, one.code), ELEMENTS[one.section], name or one.code, one.form.get("source", ""), _properties(one))


def _properties(one: Described) -> Properties:
    joints = {joint.field for joint in JOINTS if joint.section == one.section}
    own = {PREFIX + name: encoded(value) for name, value in one.form.items() if value is not None and name not in joints | OTHERWISE | set(ENDS)}
    marks = {UNNAMED: "true"} if not one.form.get("name") else {}
    return {CODE: one.code, **own, **marks, **({FICTIONAL: "true"} if one.fictional else {})}


Ends = tuple[tuple[str, str], tuple[str, str]]


def _joined(one: Described) -> Iterator[tuple[Relationship, Ends]]:
    """The relationships of an item, each with the items at its ends."""
    if one.section == "flows":
        yield _flow(one)
        return
    for joint in JOINTS:
        if joint.section == one.section and one.form.get(joint.field) is not None:
            for end, stated in _ends(joint, one.form[joint.field]):
                yield _relationship(joint, one.code, end, stated)


def _ends(joint: Joint, value: Any) -> Iterable[tuple[str, Any]]:
    """The codes at the end of a relation, with what is stated of each (None: nothing)."""
    match joint.shape:
        case Shape.ONE | Shape.CODES:
            return [(code, None) for code in ([value] if isinstance(value, str) else value)]
        case Shape.BY_CODE:
            return [(code, stated or None) for code, stated in value.items()]
        case Shape.LISTED:
            return [found for entry in ([value] if isinstance(value, str) else value) for found in _listed(joint, entry)]


def _listed(joint: Joint, entry: str | Mapping[str, Any]) -> list[tuple[str, Any]]:
    """An entry that is a code alone, or a mapping with one code or several; a step of a pathway is `PATHWAY/STEP`."""
    if isinstance(entry, str):
        code, slash, step = entry.partition("/")
        return [(code, {"step": step} if slash else None)]
    codes = entry[joint.end]
    stated = {name: value for name, value in entry.items() if name != joint.end}
    return [(code, stated or None) for code in ([codes] if isinstance(codes, str) else codes)]


def _relationship(joint: Joint, code: str, end: str, stated: Any) -> tuple[Relationship, Ends]:
    item, other = (joint.section, code), (joint.to, end)
    source, target = (other, item) if joint.reversed else (item, other)
    properties = {FIELD: joint.field} | ({} if stated is None else {STATED: json.dumps(stated, ensure_ascii=False)})
    step = stated.get("step", "") if isinstance(stated, dict) else ""
    one = Relationship(
        identifier(f"{joint.section}.{joint.field}", code, end, step),
        joint.relationship,
        element_id(*source),
        element_id(*target),
        properties=properties,
        access=joint.access,
    )
    return one, (source, target)


def _flow(one: Described) -> tuple[Relationship, Ends]:
    form: Form = one.form
    if "feeds" in form:
        source, target = ("applications", form["producer"]), ("interfaces", form["feeds"])
    else:
        source, target = ("interfaces", form["calls"]), ("applications", form["consumer"])
    found = Relationship(
        element_id(one.section, one.code), FLOW, element_id(*source), element_id(*target), form.get("name", ""), form.get("source", ""), _properties(one)
    )
    return found, (source, target)
