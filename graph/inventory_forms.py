"""The inventory of the store in the form of its files (docs/formats.md, inventory): by section, items with the names of the model; nothing is lost.

What several sources state of one relation is told once, as the leader says it (M-3, M-11).
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from graph.impact.inventory import NATIONAL
from graph.model.kinds import Kind, NodeType
from graph.model.nodes import ACTOR, APPLICATION, DATA_CLASS, FLOW, INTERFACE, PATHWAY, REGION, USAGE
from graph.questions import question
from graph.reads import Ask, Reads, Row
from graph.writing.claims import claims

INVENTORY: Final = "inventory"  # the source; a data set of it is `inventory:NAME`
WHOLE: Final = ["ALL"]  # of a regional extension
REGIONS: Final = ("perimeter", "regions")
SECTIONS: Final[Mapping[str, NodeType]] = MappingProxyType(
    {
        "regions": REGION,
        "actors": ACTOR,
        "classes": DATA_CLASS,
        "usages": USAGE,
        "pathways": PATHWAY,
        "applications": APPLICATION,
        "interfaces": INTERFACE,
        "flows": FLOW,
    }
)
ONE: Final = frozenset({"EXPOSED_BY", "CONSUMER", "CALLS", "PRODUCER", "FEEDS"})
SEVERAL: Final = frozenset({"OWNED_BY", "OPERATED_BY", "PUBLISHED_BY", "DEPLOYED_IN", "FOR_USAGE", "SUPPORTS"})

Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """One item of a section, as its file would hold it. `said`: the entries of who states it (docs/graph_model.md, M-2)."""

    section: str
    form: Form
    fictional: bool = False
    said: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Its code."""
        return str(self.form["code"])

    @property
    def sources(self) -> tuple[str, ...]:
        """Who states it, like `inventory:programme`."""
        return tuple(claim.source for claim in claims(self.said))


def described(dataset: str | None = None) -> Reads[tuple[Described, ...]]:
    """All that inventories state, or one data set of them, in the order of the sections and codes."""
    objects = yield Ask(question("inventory_objects"), {})
    links = yield Ask(question("inventory_links"), {})
    by_start: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _leading(links):
        by_start[row["section"], row["start"]].append(row)
    steps = {row["node"]["id"]: row["node"] for row in objects if row["section"] == "steps"}
    found = []
    for row in objects:
        said = tuple(row["node"].get("said") or ())
        if row["section"] in SECTIONS and _is_asked([claim.source for claim in claims(said)], dataset):
            started = by_start[row["section"], row["node"]["code"]]
            form = _of_node(SECTIONS[row["section"]], row["node"]) | _of_links(started)
            if row["section"] == "pathways":
                form["steps"] = [_step(steps[link["end"]], by_start["steps", link["end"]]) for link in _ranked(started) if link["end"] in steps]
            found.append(Described(row["section"], form, bool(row["node"].get("fictional")), said))
    order = list(SECTIONS)
    return tuple(sorted(found, key=lambda one: (order.index(one.section), one.code)))


def _is_asked(sources: Sequence[str], dataset: str | None) -> bool:
    if dataset is not None:
        return f"{INVENTORY}:{dataset}" in sources
    return any(source.partition(":")[0] == INVENTORY for source in sources)


def _leading(links: Iterable[Row]) -> list[Row]:
    """Each relation once, as the source with the smallest rank states it."""
    first: dict[tuple[str, ...], Row] = {}
    for row in links:
        key = (row["section"], row["start"], row["relation"], "" if row["relation"] in ONE else row["end"])
        if key not in first or _rank(row) < _rank(first[key]):
            first[key] = row
    return list(first.values())


def _rank(row: Row) -> tuple[int, str, str]:
    return row["link"].get("source_rank") or 0, row["link"].get("source") or "", row["end"]


def _of_node(node: NodeType, held: Mapping[str, Any]) -> Form:
    names = {"document": "source"}
    left = {"fictional"} | ({"population", "document", "valid_from"} if node is PATHWAY else set())
    stated = {names.get(one.name, one.name): _plain(one.name, one.kind, held.get(one.name)) for one in node.properties if one.name not in left}
    return {"code": held["code"]} | {name: value for name, value in stated.items() if value is not None}


def _plain(name: str, kind: Kind, value: Any) -> Any:
    match kind:
        case _ if value is None:
            return None
        case Kind.DATE:
            return value.iso_format() if hasattr(value, "iso_format") else value.isoformat()
        case Kind.JSON:
            return json.loads(value)
        case Kind.TEXTS:
            return NATIONAL.value if name in REGIONS and NATIONAL.value in value else list(value)
    return value


def _of_links(links: Sequence[Row]) -> Form:
    by_type: dict[str, list[Row]] = defaultdict(list)
    for row in links:
        by_type[row["relation"]].append(row)
    form: Form = {}
    for relation, rows in by_type.items():
        if relation in ONE:
            form[relation.lower()] = rows[0]["end"]
        elif relation in SEVERAL:
            form[relation.lower()] = [row["end"] for row in rows]
        elif relation in _READERS:
            form[relation.lower()] = _READERS[relation](rows)
    return form


def _contents(rows: Sequence[Row]) -> Form:
    """By class: `attributes` left out is all; `regional_extension` left out is not said."""
    found = {}
    for row in rows:
        attributes, extension = row["link"].get("attributes"), row["link"].get("regional_extension")
        content: Form = {"attributes": list(attributes)} if attributes else {}
        if extension is not None:
            content["regional_extension"] = {(): False, tuple(WHOLE): True}.get(tuple(extension), list(extension))
        found[row["end"]] = content
    return found


def _needs(rows: Sequence[Row]) -> Form:
    return {row["end"]: "useful" if row["link"].get("essential") is False else "essential" for row in rows}


def _listed(end: str, *kinds: tuple[str, str, Kind]) -> Callable[[Sequence[Row]], list[Form]]:
    """One mapping a relation: its end under a name, and what is stated on it, as (name in the file, name in the store, kind)."""

    def read(rows: Sequence[Row]) -> list[Form]:
        found = []
        for row in rows:
            stated = {name: _plain(held, kind, row["link"].get(held)) for name, held, kind in kinds}
            found.append({end: row["end"]} | {name: value for name, value in stated.items() if value is not None})
        return found

    return read


def _ranked(links: Sequence[Row]) -> list[Row]:
    return sorted((row for row in links if row["relation"] == "HAS_STEP"), key=lambda row: (row["link"].get("rank") or 0, row["end"]))


def _step(held: Mapping[str, Any], links: Sequence[Row]) -> Form:
    step: Form = {"code": held["code"]}
    if held.get("name"):
        step["name"] = held["name"]
    following = [row["end"].partition("/")[2] for row in links if row["relation"] == "NEXT"]
    return step | ({"next": following} if following else {})


_REASONED: Final = ("reason", "reason", Kind.TEXT)
_READERS: Final[Mapping[str, Callable[[Sequence[Row]], Any]]] = {
    "SERVES": _contents,
    "CARRIES": _contents,
    "NEEDS": _needs,
    "ENTERS": _listed(
        "class",
        ("regions", "regions", Kind.TEXTS),
        ("since", "since", Kind.DATE),
        ("until", "until", Kind.DATE),
        ("evidence", "evidence", Kind.TEXT),
        _REASONED,
    ),
    "CONNECTED_TO": _listed("to", ("state", "state", Kind.TEXT), ("checked_on", "checked_on", Kind.DATE), ("source", "document", Kind.TEXT), _REASONED),
    "REPLACED_BY": _listed("interface", ("coverage", "coverage", Kind.JSON), ("note", "note", Kind.TEXT)),
}


def documents(held: Sequence[Described], dataset: str) -> list[Form]:
    """The items as documents of one data set: those that exist, then those that are fictional."""
    found = []
    for fictional in (False, True):
        sections: Form = {}
        for one in held:
            if one.fictional is fictional:
                sections.setdefault(one.section, []).append(one.form)
        if sections:
            found.append(({"dataset": dataset} if dataset else {}) | ({"fictional": True} if fictional else {}) | sections)
    return found
