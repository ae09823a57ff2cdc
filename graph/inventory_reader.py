"""The inventory of the store as the value that the impact analysis reads (graph/impact/inventory.py): seven questions, whatever its size.

A relation that several sources state counts once, by the smallest rank where there can be one only (M-3, M-11). What a stub interface lacks
(who exposes it) makes it, and the flows on it, unusable for the analysis: they are named in `left_out`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from graph.access import AccessRow
from graph.impact.inventory import (
    NATIONAL,
    Application,
    Content,
    DataClass,
    Entry,
    Evidence,
    Flow,
    Interface,
    Inventory,
    Pathway,
    Perimeter,
    Phase,
    Region,
    Replacement,
    SourceAge,
    Step,
    Support,
    Usage,
)
from graph.model import MODEL_VERSION
from graph.questions import question
from graph.reads import Ask, Reads, Row, plain

T = TypeVar("T")


def inventory() -> Reads[Inventory]:
    """The whole inventory; every code that one object names of another exists in it."""
    regions = yield Ask(question("inventory_regions"), {})
    classes = yield Ask(question("inventory_classes"), {})
    applications = yield Ask(question("inventory_applications"), {})
    interfaces = yield Ask(question("inventory_interfaces"), {})
    flows = yield Ask(question("inventory_flows"), {})
    usages = yield Ask(question("inventory_usages"), {})
    pathways = yield Ask(question("inventory_pathways"), {})
    sources = yield Ask(question("sources"), {})
    usable = {row["node"]["code"] for row in interfaces if row["exposed_by"]}
    used = [(row, ends) for row in flows if (ends := _ends(row)) is not None and ends.interface in usable]
    left = {row["node"]["code"] for row in interfaces} - usable | {row["node"]["code"] for row in flows} - {row["node"]["code"] for row, _ in used}
    return Inventory(
        regions=tuple(Region(row["code"], row["name"] or "") for row in regions),
        classes=tuple(DataClass(row["code"], row["name"] or "", tuple(AccessRow(name) for name in row["access"] or ())) for row in classes),
        applications=tuple(_application(row) for row in applications),
        interfaces=tuple(_interface(row, usable) for row in interfaces if row["node"]["code"] in usable),
        flows=tuple(_flow(row, ends) for row, ends in used),
        usages=tuple(_usage(row) for row in usages),
        pathways=_pathways(pathways),
        sources=tuple(SourceAge(row["source"], _day(row["last_done"])) for row in sources),
        model_version=MODEL_VERSION,
        left_out=tuple(sorted(left)),
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    caller: str
    interface: str
    feed: bool


def _ends(row: Row) -> _Ends | None:
    """Who calls what by a flow: CONSUMER and CALLS, or PRODUCER and FEEDS."""
    caller, interface = _first(row["consumer"]), _first(row["calls"])
    if caller and interface:
        return _Ends(caller, interface, False)
    caller, interface = _first(row["producer"]), _first(row["feeds"])
    return _Ends(caller, interface, True) if caller and interface else None


def _first(stated: Iterable[Mapping[str, Any]]) -> str | None:
    """The end that the leader states."""
    found = sorted(stated, key=lambda one: (one["rank"], one["code"]))
    return found[0]["code"] if found else None


def _application(row: Row) -> Application:
    node = row["node"]
    return Application(
        code=node["code"],
        name=node.get("name") or "",
        kind=node.get("kind"),
        owner=(row["owner"] or {}).get("code"),
        phase=_maybe(Phase, node.get("phase")),
        production_on=plain(node.get("production_on")),
        retired_on=plain(node.get("retired_on")),
        criticality=node.get("criticality"),
        access_profile=node.get("access_profile"),
        perimeter=_perimeter(node.get("perimeter")),
        trust_circles=frozenset(node.get("trust_circles") or ()),
        deployed_in=frozenset(row["regions"]),
        enters=_entries(row["enters"]),
    )


def _entries(stated: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    found = {Entry(one["data_class"], _perimeter(one["regions"]) or frozenset(), plain(one["since"]), plain(one["until"])) for one in stated}
    return tuple(sorted(found, key=lambda entry: (entry.data_class, str(entry.since), str(entry.until))))


def _interface(row: Row, usable: set[str]) -> Interface:
    node = row["node"]
    return Interface(
        code=node["code"],
        exposed_by=_first(row["exposed_by"]) or "",
        name=node.get("name") or "",
        standard=node.get("standard"),
        version=node.get("version"),
        security=node.get("security"),
        trust_circle=node.get("trust_circle"),
        intake=bool(node.get("intake")),
        perimeter=_perimeter(node.get("perimeter")),
        opens_on=plain(node.get("opens_on")),
        ends_on=plain(node.get("ends_on")),
        serves=_contents(row["serves"]),
        replaced_by=tuple(_replacement(one) for one in _once(row["replaced_by"], "interface") if one["interface"] in usable),
    )


def _replacement(stated: Mapping[str, Any]) -> Replacement:
    coverage = json.loads(stated["coverage"]) if stated["coverage"] else None
    return Replacement(stated["interface"], None if coverage is None else {name: _attributes(value) for name, value in coverage.items()}, stated["note"])


def _attributes(value: object) -> frozenset[str] | None:
    """ALL, an empty map or null is the whole class; else a list of attribute names, or a map that holds it as `attributes`."""
    listed = value.get("attributes") if isinstance(value, Mapping) else value
    return frozenset(str(name) for name in listed) if isinstance(listed, list) else None


def _contents(stated: Iterable[Mapping[str, Any]]) -> dict[str, Content]:
    return {
        one["data_class"]: Content(None if one["attributes"] is None else frozenset(one["attributes"]), _extended(one["regional_extension"])) for one in stated
    }


def _extended(stated: object) -> bool | None:
    """The regional extension: null is not stated; a list of names is one unless it is empty."""
    return None if stated is None else bool(stated)


def _flow(row: Row, ends: _Ends) -> Flow:
    node = row["node"]
    return Flow(
        code=node["code"],
        caller=ends.caller,
        interface=ends.interface,
        feed=ends.feed,
        mode=node.get("mode"),
        criticality=node.get("criticality"),
        perimeter=_perimeter(node.get("perimeter")),
        starts_on=plain(node.get("starts_on")),
        ends_on=plain(node.get("ends_on")),
        evidence=_maybe(Evidence, node.get("evidence")),
        evidence_date=plain(node.get("evidence_date")),
        carries=_contents(row["carries"]),
        for_usage=tuple(sorted(set(row["usages"]))),
    )


def _usage(row: Row) -> Usage:
    needs = {one["data_class"]: one["essential"] is not False for one in row["needs"]}
    supports = {(one["pathway"], one["step"] or "") for one in row["supports"]}
    return Usage(row["code"], row["name"] or "", needs, tuple(Support(pathway, step or None) for pathway, step in sorted(supports)))


def _pathways(rows: Iterable[Row]) -> tuple[Pathway, ...]:
    steps: dict[tuple[str, str], list[Step]] = {}
    for row in rows:
        found = steps.setdefault((row["pathway"], row["name"] or ""), [])
        if row["step"]:
            found.append(Step(row["step"], row["step_name"] or "", tuple(sorted(set(row["next"])))))
    return tuple(Pathway(code, name, tuple(found)) for (code, name), found in steps.items())


def _perimeter(stated: list[str] | None) -> Perimeter | None:
    if stated is None:
        return None
    return NATIONAL if NATIONAL.value in stated else frozenset(stated)


def _once(stated: Iterable[Mapping[str, Any]], key: str) -> list[Mapping[str, Any]]:
    return [one for _, one in sorted({one[key]: one for one in stated}.items())]


def _maybe(cls: type[T], value: object) -> T | None:
    return cls(value) if value is not None else None  # type: ignore[call-arg]


def _day(instant: str | None) -> date | None:
    return None if instant is None else date.fromisoformat(instant[:10])
