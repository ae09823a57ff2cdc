"""Inventories for tests, from the JSON form of the worked cases (docs/formats.md, inventory)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

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
    Step,
    Support,
    Usage,
)

Form = Mapping[str, Any]


def inventory_of(form: Form, shared: Form) -> Inventory:
    """The inventory of a case, with what all cases share."""
    pathways = tuple(_pathway(item) for item in shared.get("pathways", ()))
    return Inventory(
        regions=tuple(Region(code) for code in shared.get("regions", ())),
        classes=tuple(DataClass(item["code"], access=_access(item["access"])) for item in shared.get("classes", ())),
        applications=tuple(_application(item) for item in form.get("applications", ())),
        interfaces=tuple(_interface(item) for item in form.get("interfaces", ())),
        flows=tuple(_flow(item) for item in form.get("flows", ())),
        usages=tuple(_usage(item, pathways) for item in shared.get("usages", ())),
        pathways=pathways,
    )


def _access(rows: str | Sequence[str]) -> tuple[AccessRow, ...]:
    return tuple(AccessRow(row) for row in ([rows] if isinstance(rows, str) else rows))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _perimeter(value: Any) -> Perimeter | None:
    if value is None:
        return None
    return NATIONAL if value == "NATIONAL" else frozenset(value)


def _regions(value: Any) -> Perimeter:
    return _perimeter(value) or frozenset()


def _contents(value: Mapping[str, Form] | None) -> dict[str, Content]:
    return {
        code: Content(frozenset(item["attributes"]) if item.get("attributes") else None, item.get("regional_extension")) for code, item in (value or {}).items()
    }


def _application(item: Form) -> Application:
    return Application(
        code=item["code"],
        owner=item.get("owned_by"),
        phase=Phase(item["phase"]) if item.get("phase") else None,
        production_on=_day(item.get("production")),
        retired_on=_day(item.get("retired")),
        criticality=item.get("criticality"),
        access_profile=item.get("access_profile"),
        perimeter=_perimeter(item.get("perimeter")),
        trust_circles=frozenset(item.get("trust_circles", ())),
        deployed_in=frozenset(item.get("deployed_in", ())),
        enters=tuple(Entry(entry["class"], _regions(entry["regions"]), _day(entry.get("since")), _day(entry.get("until"))) for entry in item.get("enters", ())),
    )


def _interface(item: Form) -> Interface:
    return Interface(
        code=item["code"],
        exposed_by=item["exposed_by"],
        standard=item.get("standard"),
        version=item.get("version"),
        security=item.get("security"),
        trust_circle=item.get("trust_circle"),
        intake=item.get("intake", False),
        perimeter=_perimeter(item.get("perimeter")),
        opens_on=_day(item.get("opens_on")),
        ends_on=_day(item.get("ends_on")),
        serves=_contents(item.get("serves")),
        replaced_by=tuple(
            Replacement(code, None if coverage is None else {c: frozenset(a) if a != "ALL" else None for c, a in coverage.items()})
            for code, coverage in item.get("replaced_by", {}).items()
        ),
    )


def _flow(item: Form) -> Flow:
    feed = "feeds" in item
    return Flow(
        code=item["code"],
        caller=item["producer"] if feed else item["consumer"],
        interface=item["feeds"] if feed else item["calls"],
        feed=feed,
        criticality=item.get("criticality"),
        perimeter=_perimeter(item.get("perimeter")),
        starts_on=_day(item.get("starts_on")),
        ends_on=_day(item.get("ends_on")),
        evidence=Evidence(item["evidence"]) if item.get("evidence") else None,
        evidence_date=_day(item.get("evidence_date")),
        carries=_contents(item.get("carries")),
        for_usage=tuple(item.get("for_usage", ())),
    )


def _usage(item: Form, pathways: Sequence[Pathway]) -> Usage:
    return Usage(
        code=item["code"],
        needs={code: importance == "essential" for code, importance in item.get("needs", {}).items()},
        supports=tuple(_support(name, pathways) for name in item.get("supports", ())),
    )


def _support(name: str, pathways: Sequence[Pathway]) -> Support:
    if "/" in name:
        return Support(*name.split("/"))
    if any(pathway.code == name for pathway in pathways):
        return Support(name)
    return Support(next(p.code for p in pathways if any(step.code == name for step in p.steps)), name)


def _pathway(item: Form) -> Pathway:
    return Pathway(item["code"], steps=tuple(Step(step["code"], next=tuple(step.get("next", ()))) for step in item["steps"]))
