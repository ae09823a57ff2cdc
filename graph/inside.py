"""Units inside a site, the places where offers are delivered, and the authorisations of sites and entities; each many at once, by id or by holder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from graph.questions import question
from graph.reads import Ask, Reads, Row, pick
from graph.referential import Coded, Named, Stamps, coded, named

IdsOf = Callable[[Sequence[str]], Reads[dict[str, tuple[str, ...]]]]  # from ids of holders to the ids of what each has


@dataclass(frozen=True, slots=True)
class OrganisationalUnit:
    """Organisation interne: pôle, service, UF. `parent`: the unit or site of which it is directly part; `parent_kind` its label."""

    id: str
    name: str | None
    type: Coded | None
    opened_on: date | None
    closed_on: date | None
    closing_type: str | None
    parent: Named | None
    parent_kind: str | None
    site: Named | None
    commune: Named | None
    stamps: Stamps


@dataclass(frozen=True, slots=True)
class Location:
    """Lieu de réalisation de l'offre. The point is WGS84."""

    id: str
    name: str | None
    external_sync_id: str | None
    function: str | None
    status: str | None
    address: str | None
    street_or_locality: str | None
    postal_code: str | None
    town: str | None
    latitude: float | None
    longitude: float | None
    point_reliable: bool | None
    comment: str | None
    commune: Named | None
    manager: Named | None
    parent: Named | None
    stamps: Stamps


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Autorisation (FINESS), granted to a site and held by an entity."""

    id: str
    kind: str | None
    number: str | None
    line: str | None
    activity: Coded | None
    modality: Coded | None
    form: Coded | None
    valid_from: date | None
    ends_on: date | None
    lapsed: bool | None
    state: str | None
    capacity: int | None
    psychiatry_sector: str | None
    site: Named | None
    holder: Named | None
    stamps: Stamps


@dataclass(frozen=True, slots=True)
class HealthTerritory:
    """Territoire de santé."""

    id: str
    type: str | None
    code: str | None
    name: str | None


def organisational_units(ids: Sequence[str]) -> Reads[dict[str, OrganisationalUnit]]:
    """The units that exist, by id."""
    rows = yield Ask(question("organisational_units"), {"ids": list(ids)})
    return {row["node"]["id"]: _unit(row) for row in rows}


def locations(ids: Sequence[str]) -> Reads[dict[str, Location]]:
    """The locations that exist, by id."""
    rows = yield Ask(question("locations"), {"ids": list(ids)})
    return {row["node"]["id"]: _location(row) for row in rows}


def locations_of_offers(ids: Sequence[str]) -> Reads[dict[str, tuple[str, ...]]]:
    """Ids of the live locations where offers are delivered, by id of the offer."""
    rows = yield Ask(question("locations_of_offers"), {"ids": list(ids)})
    return {row["id"]: tuple(row["locations"]) for row in rows}


def locations_of_sites(ids: Sequence[str]) -> Reads[dict[str, tuple[str, ...]]]:
    """Ids of the live locations that sites manage, by id of the site."""
    rows = yield Ask(question("locations_of_sites"), {"ids": list(ids)})
    return {row["id"]: tuple(row["locations"]) for row in rows}


def offers_of_units(ids: Sequence[str]) -> Reads[dict[str, tuple[str, ...]]]:
    """Ids of the live offers of units and of their units, by id of the unit."""
    rows = yield Ask(question("offers_of_units"), {"ids": list(ids)})
    return {row["id"]: tuple(row["offers"]) for row in rows}


def territories_of_sites(ids: Sequence[str]) -> Reads[dict[str, tuple[HealthTerritory, ...]]]:
    """The health territories of sites, by id of the site."""
    rows = yield Ask(question("territories_of_sites"), {"ids": list(ids)})
    return {row["id"]: tuple(pick(HealthTerritory, one) for one in row["territories"]) for row in rows}


@cache
def units_of(label: str) -> IdsOf:
    """Ids of the units that are directly part of GeographicEntity or OrganisationalUnit."""
    return partial(_units_of, label)


@cache
def authorisations_of(label: str) -> Callable[[Sequence[str]], Reads[dict[str, tuple[Authorisation, ...]]]]:
    """The live authorisations of GeographicEntity or LegalEntity."""
    return partial(_authorisations_of, label)


def _units_of(label: str, ids: Sequence[str]) -> Reads[dict[str, tuple[str, ...]]]:
    rows = yield Ask(question("units_of_objects"), {"label": label, "ids": list(ids)})
    return {row["id"]: tuple(row["units"]) for row in rows}


def _authorisations_of(label: str, ids: Sequence[str]) -> Reads[dict[str, tuple[Authorisation, ...]]]:
    rows = yield Ask(question("authorisations_of_objects"), {"label": label, "ids": list(ids)})
    return {row["id"]: tuple(_authorisation(one) for one in row["authorisations"]) for row in rows}


def _unit(row: Row) -> OrganisationalUnit:
    node = row["node"]
    return pick(
        OrganisationalUnit, node, type=coded(node.get("type"), row["type"]), parent=named(row["parent"]), parent_kind=row["parent_kind"],
        site=named(row["site"]), commune=named(row["commune"]), stamps=pick(Stamps, node),
    )  # fmt: skip


def _location(row: Row) -> Location:
    node = row["node"]
    return pick(
        Location, node, commune=named(row["commune"]), manager=named(row["manager"]), parent=named(row["parent"]), stamps=pick(Stamps, node)
    )  # fmt: skip


def _authorisation(row: Row) -> Authorisation:
    node, labels = row["node"], {one["id"]: one for one in row["labels"]}
    codes = {name: coded(node.get(name), labels.get(node.get(name))) for name in ("activity", "modality", "form")}
    return pick(Authorisation, node, **codes, site=named(row["site"]), holder=named(row["holder"]), stamps=pick(Stamps, node))
