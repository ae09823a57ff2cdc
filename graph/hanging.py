"""What hangs on an object and exists with it: contacts, telecoms, hours, tariffs, capacities, and codes with how many (equipment, housing).

Each is one question for all objects of a label at once. The functions that end in `_of` give, for a label, what reads so: made once a label, since who
asks for it keeps its answers by it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, TypeVar

from graph.questions import question
from graph.reads import Ask, Reads, Row, pick

T = TypeVar("T")
OfObjects = Callable[[Sequence[str]], Reads[dict[str, tuple[T, ...]]]]  # from ids to what hangs on each object that has any


@dataclass(frozen=True, slots=True)
class Telecom:
    """Télécommunication. `confidentiality`: 1 to 3, None: not stated (docs/access.md, A-3)."""

    id: str
    channel: str | None
    value: str | None
    usage: str | None
    secure: bool | None
    confidentiality: int | None
    updated_at: str | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact, with how it is reached. Either a function or a nature."""

    id: str
    name: str | None
    function: str | None
    nature: str | None
    confidentiality: int | None
    updated_at: str | None
    telecoms: tuple[Telecom, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Horaires: a range of a day, open or closed (TRE_R252)."""

    id: str
    day: int | None
    from_time: str | None
    to_time: str | None
    type: str | None
    effective_from: date | None
    effective_to: date | None


@dataclass(frozen=True, slots=True)
class Tariff:
    """Tarif."""

    id: str
    type: str | None
    amount: float | None
    unit: str | None
    level: str | None
    conditions: tuple[str, ...] | None
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """Capacité de prise en charge: how many of a nature (TRE_R329) in a state (TRE_R330)."""

    id: str
    nature: str | None
    status: str | None
    temporality: str | None
    gender: str | None
    assignment: str | None
    closing_type: str | None
    extra_bed: str | None
    crisis: str | None
    count: int | None
    updated_at: str | None
    source_type: str | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A code that hangs on an object: of equipment in service with its limits, of housing how many, of a specialty its type."""

    id: str
    label: str | None
    in_service: int | None
    limits: tuple[str, ...] | None
    count: int | None
    type: str | None


@cache
def telecoms_of(label: str) -> OfObjects[Telecom]:
    """Telecoms of Offer, GeographicEntity, LegalEntity, OrganisationalUnit, Location or Practice."""
    return partial(_owned, label, "HAS_TELECOM", partial(pick, Telecom))


@cache
def hours_of(label: str) -> OfObjects[Hours]:
    """Hours of Offer or Practice."""
    return partial(_owned, label, "HAS_HOURS", _hours)


@cache
def tariffs_of(label: str) -> OfObjects[Tariff]:
    """Tariffs of GeographicEntity."""
    return partial(_owned, label, "HAS_TARIFF", partial(pick, Tariff))


@cache
def capacities_of(label: str) -> OfObjects[Capacity]:
    """Capacities of Location, or of an Offer itself."""
    return partial(_owned, label, "HAS_CAPACITY", partial(pick, Capacity))


@cache
def contacts_of(label: str) -> OfObjects[Contact]:
    """Contacts of Offer, GeographicEntity, LegalEntity or OrganisationalUnit."""
    return partial(_contacts, label)


@cache
def codes_of(label: str, relation: str) -> OfObjects[HeldCode]:
    """Codes by HAS_EQUIPMENT, HAS_HOUSING, HAS_ACTIVITY, HAS_SPECIALTY or HAS_COMPETENCE of Offer, Location, OrganisationalUnit or Practice."""
    return partial(_codes, label, relation)


def _owned(label: str, relation: str, read: Callable[[Mapping[str, Any]], T], ids: Sequence[str]) -> Reads[dict[str, tuple[T, ...]]]:
    rows = yield Ask(question("owned_of_objects"), {"label": label, "ids": list(ids), "relation": relation})
    return {row["id"]: tuple(read(node) for node in row["owned"]) for row in rows}


def _contacts(label: str, ids: Sequence[str]) -> Reads[dict[str, tuple[Contact, ...]]]:
    rows = yield Ask(question("contacts_of_objects"), {"label": label, "ids": list(ids)})
    return {row["id"]: tuple(_contact(one) for one in row["contacts"]) for row in rows}


def _codes(label: str, relation: str, ids: Sequence[str]) -> Reads[dict[str, tuple[HeldCode, ...]]]:
    rows = yield Ask(question("codes_of_objects"), {"label": label, "ids": list(ids), "relation": relation})
    return {row["id"]: tuple(dict.fromkeys(pick(HeldCode, one) for one in row["codes"])) for row in rows}  # two sources: once (M-11)


def _contact(row: Row) -> Contact:
    return pick(Contact, row["contact"], telecoms=[pick(Telecom, one) for one in row["telecoms"]])


def _hours(node: Mapping[str, Any]) -> Hours:
    return pick(Hours, node, from_time=node.get("from"), to_time=node.get("to"))
