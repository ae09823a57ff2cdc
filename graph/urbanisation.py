"""Applications and interfaces, with what hangs on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.paging import Page, paged
from graph.questions import question
from graph.reads import Ask, Reads, Row, pick
from graph.referential import Named
from graph.text import folded


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of an application, with the relation type: OWNED_BY, OPERATED_BY or PUBLISHED_BY."""

    relation: str
    code: str
    name: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class FlowEnd:
    """A flow of an application or interface; `role`: CONSUMER, PRODUCER, CALLS or FEEDS."""

    role: str
    code: str
    name: str | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Connection:
    """CONNECTED_TO: the state of a connection may be unknown."""

    code: str
    name: str | None
    state: str | None
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class ApplicationHead:
    """Application, as a list shows it."""

    code: str
    name: str | None
    kind: str | None
    phase: str | None
    criticality: int | None
    fictional: bool | None
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExposedInterface:
    """An interface that an application exposes."""

    code: str
    name: str | None
    standard: str | None


@dataclass(frozen=True, slots=True)
class EnteredClass:
    """ENTERS: a class that is entered in the application, for these regions."""

    data_class: str
    regions: tuple[str, ...] | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ApplicationDetails:
    """Application with what hangs on it."""

    code: str
    name: str | None
    kind: str | None
    phase: str | None
    planned_on: date | None
    build_on: date | None
    production_on: date | None
    phase_out_on: date | None
    retired_on: date | None
    criticality: int | None
    access_profile: int | None
    perimeter: tuple[str, ...] | None
    trust_circles: tuple[str, ...] | None
    fictional: bool | None
    document: str | None
    reason: str | None
    stub: bool | None
    actors: tuple[Actor, ...]
    regions: tuple[str, ...]
    exposes: tuple[ExposedInterface, ...]
    flows: tuple[FlowEnd, ...]
    connections: tuple[Connection, ...]
    enters: tuple[EnteredClass, ...]


@dataclass(frozen=True, slots=True)
class ServedClass:
    """SERVES: a class, and of it all (None) or these attributes."""

    data_class: str
    name: str | None
    attributes: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ReplacedBy:
    """An interface at the other end of REPLACED_BY; `coverage` is the stored JSON."""

    code: str
    name: str | None
    coverage: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class InterfaceDetails:
    """Interface with what hangs on it."""

    code: str
    name: str | None
    standard: str | None
    version: str | None
    security: str | None
    trust_circle: str | None
    intake: bool | None
    perimeter: tuple[str, ...] | None
    opens_on: date | None
    ends_on: date | None
    fictional: bool | None
    document: str | None
    reason: str | None
    stub: bool | None
    exposed_by: Named | None
    owners: tuple[Named, ...]
    serves: tuple[ServedClass, ...]
    replaced_by: tuple[ReplacedBy, ...]
    replaces: tuple[ReplacedBy, ...]
    flows: tuple[FlowEnd, ...]


def applications(kind: str | None = None, region: str | None = None, text: str | None = None, first: int = 50, after: str | None = None) -> Reads[Page]:
    """Applications by code."""
    asked = {"kind": kind, "region": region, "words": folded([text]).split()}
    return (yield from paged("applications", asked, "code", lambda row: pick(ApplicationHead, row["node"], regions=row["regions"]), first, after))


def application_details(codes: Sequence[str]) -> Reads[dict[str, ApplicationDetails]]:
    """The applications that exist, by code."""
    rows = yield Ask(question("application_details"), {"codes": list(codes)})
    return {row["node"]["code"]: _application(row) for row in rows}


def interface_details(codes: Sequence[str]) -> Reads[dict[str, InterfaceDetails]]:
    """The interfaces that exist, by code."""
    rows = yield Ask(question("interface_details"), {"codes": list(codes)})
    return {row["node"]["code"]: _interface(row) for row in rows}


def _application(row: Row) -> ApplicationDetails:
    return pick(
        ApplicationDetails, row["node"], actors=_each(Actor, row["actors"], "relation"), regions=tuple(sorted(set(row["regions"]))),
        exposes=_each(ExposedInterface, row["exposes"], "code"), flows=_each(FlowEnd, row["flows"], "code"),
        connections=_each(Connection, row["connections"], "code"), enters=_each(EnteredClass, row["enters"], "data_class"),
    )  # fmt: skip


def _interface(row: Row) -> InterfaceDetails:
    exposing = sorted(row["exposed_by"], key=lambda one: (one["rank"], one["code"]))
    return pick(
        InterfaceDetails, row["node"], exposed_by=Named(exposing[0]["code"], exposing[0]["name"]) if exposing else None,
        owners=tuple(Named(one["code"], one["name"]) for one in sorted(row["owners"], key=lambda one: one["code"])),
        serves=_each(ServedClass, row["serves"], "data_class"), replaced_by=_each(ReplacedBy, row["replaced_by"], "code"),
        replaces=_each(ReplacedBy, row["replaces"], "code"), flows=_each(FlowEnd, row["flows"], "code"),
    )  # fmt: skip


def _each(cls: type[Any], stated: list[Row], key: str) -> tuple[Any, ...]:
    """Each thing once, whatever the number of sources that state it (M-11), by `key`."""
    found = dict.fromkeys(pick(cls, one) for one in stated)
    return tuple(sorted(found, key=lambda one: (getattr(one, key), getattr(one, "code", ""))))
