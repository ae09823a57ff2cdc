"""What each section of an inventory makes: objects and relations, properties by the names of the model."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from graph.model.kinds import Kind as PropertyKind
from graph.model.kinds import NodeType, RelationType, Value
from graph.model.nodes import ACTOR, APPLICATION, DATA_CLASS, FLOW, INTERFACE, PATHWAY, REGION, STEP, USAGE
from graph.model.relations import (
    CALLS,
    CARRIES,
    CONNECTED_TO,
    CONSUMER,
    DEPLOYED_IN,
    ENTERS,
    EXPOSED_BY,
    FEEDS,
    FOR_USAGE,
    HAS_STEP,
    NEEDS,
    NEXT,
    OPERATED_BY,
    OWNED_BY,
    PRODUCER,
    PUBLISHED_BY,
    REPLACED_BY,
    SERVES,
    SUPPORTS,
)  # fmt: skip
from graph.record import Item, Link, Ref
from loaders.marked import Path
from loaders.steps import find_cycle, step_ref

Given = Mapping[str, Any]
DOCUMENT: Final = "source"  # the word of the files for what a document says; `source` in the graph is the stamp
WHOLE: Final = "ALL"


@dataclass(frozen=True, slots=True)
class Context:
    """Codes of the pathways of these files, and the pathways that have a step of some code."""

    pathways: frozenset[str]
    steps: Mapping[str, list[str]]


class Found(NamedTuple):
    """Something wrong that the schema cannot say: where, field, sentence."""

    path: Path
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A section: its definition in the schema, the label it makes, and how its relations are read."""

    definition: str
    node: NodeType
    links: Callable[[Ref, Given, Context], Iterator[Link]]
    find_more: Callable[[Given, Context], Found | None] = lambda _value, _context: None

    def items(self, value: Given | str, context: Context, fictional: bool) -> tuple[Item, ...]:
        """The objects of one item, the item's own first."""
        given: Given = {"code": value} if isinstance(value, str) else value
        me = Ref(self.node.label, given["code"])
        own = Item(me.label, me.key, _props(self.node, given, fictional), tuple(self.links(me, given, context)))
        return (own, *_steps(given)) if self.node is PATHWAY else (own,)

    def find_fault(self, value: Given | str, context: Context) -> Found | None:
        """The first thing wrong that the schema cannot say."""
        if isinstance(value, str):
            return None
        return _wrong_day(value, ()) or self.find_more(value, context)


def _props(node: NodeType, given: Given, fictional: bool) -> dict[str, Value]:
    """Properties that these files have of this label; one that an item leaves out is stated empty."""
    if node is REGION:  # its name belongs to the geography source: said here only where it is written
        return {name: given[name] for name in ("name", "aliases") if name in given}
    stated = {**given, "document": given.get(DOCUMENT), "fictional": fictional}
    left = {"population", "valid_from"} if node is PATHWAY else set[str]()
    return {p.name: _value(p.kind, stated.get(p.name)) for p in node.properties if p.name not in left}


def _link(relation: RelationType, start: Ref, end: Ref, given: Given = MappingProxyType({})) -> Link:
    stated = {**given, "document": given.get(DOCUMENT)}
    return Link(relation.type, start, end, {p.name: _value(p.kind, stated.get(p.name)) for p in relation.properties})


def _value(kind: PropertyKind, stated: Any) -> Value:
    if stated is None:
        return None
    match kind:
        case PropertyKind.TEXTS:
            value: Value = [stated] if isinstance(stated, str) else list(stated)
        case PropertyKind.DATE:
            value = date.fromisoformat(stated)
        case PropertyKind.JSON:
            value = json.dumps(stated, ensure_ascii=False)
        case PropertyKind.FLOAT:
            value = float(stated)
        case _:
            value = stated
    return value


def _codes(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value


def _named(relation: RelationType, end: NodeType) -> Callable[[Ref, Given], Iterator[Link]]:
    """Relations written as the relation's type in lower case, with one code or several."""

    def links(me: Ref, given: Given) -> Iterator[Link]:
        return (_link(relation, me, Ref(end.label, code)) for code in _codes(given.get(relation.type.lower())))

    return links


def _contents(relation: RelationType) -> Callable[[Ref, Given], Iterator[Link]]:
    """`carries` and `serves`: by class, attributes and regional extension. Null attributes: all; extension: null not said, [] no, ALL yes."""

    def links(me: Ref, given: Given) -> Iterator[Link]:
        for code, content in (given.get(relation.type.lower()) or {}).items():
            extension = content.get("regional_extension")
            names = {True: [WHOLE], False: list[str](), None: None}[extension] if not isinstance(extension, list) else extension
            stated = {"attributes": content.get("attributes") or None, "regional_extension": names}
            yield _link(relation, me, Ref(DATA_CLASS.label, code), stated)

    return links


def _enters(me: Ref, given: Given) -> Iterator[Link]:
    return (_link(ENTERS, me, Ref(DATA_CLASS.label, entry["class"]), entry) for entry in given.get("enters", []))


def _connections(me: Ref, given: Given) -> Iterator[Link]:
    for group in given.get("connected_to", []):
        stated: Given = {"to": group, "state": "unknown"} if isinstance(group, str) else group
        yield from (_link(CONNECTED_TO, me, Ref(APPLICATION.label, code), stated) for code in _codes(stated["to"]))


def _replacements(me: Ref, given: Given) -> Iterator[Link]:
    for other in _listed(given.get("replaced_by")):
        stated: Given = {"interface": other} if isinstance(other, str) else other
        yield _link(REPLACED_BY, me, Ref(INTERFACE.label, stated["interface"]), stated)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _all(*readers: Callable[[Ref, Given], Iterator[Link]]) -> Callable[[Ref, Given, Context], Iterator[Link]]:
    return lambda me, given, _: (link for read in readers for link in read(me, given))


def _usage_links(me: Ref, given: Given, context: Context) -> Iterator[Link]:
    for code, need in given.get("needs", {}).items():
        yield _link(NEEDS, me, Ref(DATA_CLASS.label, code), {"essential": need == "essential"})
    for code in given.get("supports", []):
        yield _link(SUPPORTS, me, _supported(code, context))


def _supported(code: str, context: Context) -> Ref:
    """`stroke/home` is a step; a bare code a pathway, or the only step of that code in these files."""
    pathway, slash, step = code.partition("/")
    if slash:
        return step_ref(pathway, step)
    if code not in context.pathways and len(context.steps.get(code, ())) == 1:
        return step_ref(context.steps[code][0], code)
    return Ref(PATHWAY.label, code)


def _pathway_links(me: Ref, given: Given, _: Context) -> Iterator[Link]:
    return (_link(HAS_STEP, me, step_ref(me.key, step["code"]), {"rank": rank}) for rank, step in enumerate(given["steps"], start=1))


def _steps(given: Given) -> Iterator[Item]:
    for step in given["steps"]:
        me = step_ref(given["code"], step["code"])
        props: dict[str, Value] = {"pathway": given["code"], "code": step["code"], "name": step.get("name")}
        yield Item(STEP.label, me.key, props, tuple(_link(NEXT, me, step_ref(given["code"], code)) for code in step.get("next", [])))


def _wrong_day(value: Given, base: Path) -> Found | None:
    """The first text under a name of a day that is no day of the calendar."""
    for name, held in value.items():
        path = (*base, name)
        if isinstance(held, str) and (name.endswith(("_on", "_date")) or name in {"since", "until"}) and not _is_day(held):
            return Found(path, name, f"'{held}' is no day of the calendar.")
        for place, inner in enumerate(held) if isinstance(held, list) else ():
            found = _wrong_day(inner, (*path, place)) if isinstance(inner, dict) else None
            if found:
                return found
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _several_steps(given: Given, context: Context) -> Found | None:
    for place, code in enumerate(given.get("supports", [])):
        owners = context.steps.get(code, ())
        if code not in context.pathways and len(owners) > 1:
            return Found(("supports", place), "supports", f"'{code}' is a step of {', '.join(sorted(owners))}: write PATHWAY/{code}.")
    return None


def _wrong_steps(given: Given, _: Context) -> Found | None:
    following = {step["code"]: step.get("next", []) for step in given["steps"]}
    if len(following) < len(given["steps"]):
        return Found(("steps",), "steps", "Two steps have the same code.")
    for place, step in enumerate(given["steps"]):
        unknown = sorted(set(step.get("next", [])) - following.keys())
        if unknown:
            return Found(("steps", place), f"steps[{place}].next", f"'{unknown[0]}' is no step of this pathway. Steps: {', '.join(following)}.")
    cycle = find_cycle(following)
    return Found(("steps",), "steps", f"The passages make a cycle, which no chain could end (P-1): {' > '.join(cycle)}.") if cycle else None


def _twice(codes: Callable[[Given], Iterable[str]], field: str) -> Callable[[Given, Context], Found | None]:
    """One relation holds one statement for two objects (M-11)."""

    def find(given: Given, _: Context) -> Found | None:
        seen: set[str] = set()
        for code in codes(given):
            if code in seen:
                return Found((field,), field, f"'{code}' stands twice here; one relation holds one statement (M-11). Put them together.")
            seen.add(code)
        return None

    return find


def _application_fault(given: Given, context: Context) -> Found | None:
    connected = _twice(lambda value: (link.end.key for link in _connections(Ref("", ""), value)), "connected_to")
    return _twice(lambda value: (entry["class"] for entry in value.get("enters", [])), "enters")(given, context) or connected(given, context)


_INTERFACE = _all(_named(EXPOSED_BY, APPLICATION), _named(OWNED_BY, ACTOR), _contents(SERVES), _replacements)
_APPLICATION = _all(
    _named(OWNED_BY, ACTOR), _named(OPERATED_BY, ACTOR), _named(PUBLISHED_BY, ACTOR), _named(DEPLOYED_IN, REGION), _connections, _enters
)  # fmt: skip
_FLOW = _all(
    _named(CONSUMER, APPLICATION), _named(CALLS, INTERFACE), _named(PRODUCER, APPLICATION), _named(FEEDS, INTERFACE), _contents(CARRIES),
    _named(FOR_USAGE, USAGE),
)  # fmt: skip

MAKERS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "regions": Kind("region", REGION, _all()),
        "actors": Kind("actor", ACTOR, _all()),
        "classes": Kind("class", DATA_CLASS, _all()),
        "usages": Kind("usage", USAGE, _usage_links, _several_steps),
        "pathways": Kind("pathway", PATHWAY, _pathway_links, _wrong_steps),
        "applications": Kind("application", APPLICATION, _APPLICATION, _application_fault),
        "interfaces": Kind(
            "interface", INTERFACE, _INTERFACE, _twice(lambda value: (link.end.key for link in _replacements(Ref("", ""), value)), "replaced_by")
        ),
        "flows": Kind("flow", FLOW, _FLOW),
    }
)
