"""Who offers care: entities, sites and offers by id, many at once, each answer a frozen value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.questions import question
from graph.reads import Ask, Reads, Row, pick


@dataclass(frozen=True, slots=True)
class Named:
    """A node named by its key; `code` for territories, `id` for the rest."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a nomenclature (K-5); `label` None: the code is not loaded."""

    id: str
    label: str | None


@dataclass(frozen=True, slots=True)
class CodeOf:
    """A code that hangs on an offer, and by which relation type of the model."""

    relation: str
    id: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with its own point, WGS84."""

    code: str
    name: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Stamps:
    """Who says it and since when (invariant 5); `stub`: named by others, not described itself (M-10)."""

    source: str | None
    run: str | None
    first_seen: str | None
    last_seen: str | None
    gone_on: date | None
    stub: bool | None


@dataclass(frozen=True, slots=True)
class LegalEntity:
    """Entité juridique."""

    id: str
    name: str | None
    finess: str | None
    siren: str | None
    legal_status: Coded | None
    address: str | None
    postal_code: str | None
    opened_on: date | None
    closed_on: date | None
    closing_type: str | None
    commune: Named | None
    department: Named | None
    stamps: Stamps


@dataclass(frozen=True, slots=True)
class GeographicEntity:
    """Entité géographique: a site. The point is WGS84."""

    id: str
    name: str | None
    usual_name: str | None
    finess: str | None
    siret: str | None
    category: Coded | None
    espic: str | None
    address: str | None
    postal_code: str | None
    latitude: float | None
    longitude: float | None
    point_reliable: bool | None
    opened_on: date | None
    closed_on: date | None
    closing_type: str | None
    reopens_on: date | None
    lapsed: bool | None
    accessibility: tuple[str, ...] | None
    comment: str | None
    updated_at: date | None
    entity: Named | None
    commune: Named | None
    department: Named | None
    stamps: Stamps


@dataclass(frozen=True, slots=True)
class OfferSite:
    """The site of an offer."""

    id: str
    name: str | None
    finess: str | None
    category: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class OfferEntity:
    """The legal entity of an offer: of its site, or the one that it hangs on."""

    id: str
    name: str | None
    finess: str | None


@dataclass(frozen=True, slots=True)
class Area:
    """Where an offer intervenes: a territory of the model (`kind` is its label), or with `whole_country` everywhere."""

    kind: str
    code: str
    name: str | None
    whole_country: bool


@dataclass(frozen=True, slots=True)
class Location:
    """Lieu de réalisation de l'offre."""

    id: str
    name: str | None
    function: str | None
    address: str | None
    postal_code: str | None
    town: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """Capacité de prise en charge: how many of a nature (TRE_R329) in a state (TRE_R330)."""

    id: str
    nature: str | None
    status: str | None
    temporality: str | None
    gender: str | None
    count: int | None
    updated_at: str | None


@dataclass(frozen=True, slots=True)
class Telecom:
    """A free telecom: confidentiality 1 (docs/access.md)."""

    id: str
    channel: str | None
    value: str | None
    usage: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """Offre opérationnelle with all that hangs on it."""

    id: str
    name: str | None
    origin: str | None
    evidence: str | None
    evidence_date: date | None
    evidence_detail: str | None
    field_of_activity: Coded | None
    care_mode: Coded | None
    offer_type: Coded | None
    reception_type: Coded | None
    management_type: Coded | None
    maternity_type: Coded | None
    min_age: float | None
    max_age: float | None
    age_unit: str | None
    sensitive_unit: bool | None
    annual_opening: str | None
    opened_on: date | None
    closed_on: date | None
    closing_type: str | None
    reopens_on: date | None
    comment: str | None
    source_region: str | None
    created_at: str | None
    updated_at: str | None
    site: OfferSite | None
    entity: OfferEntity | None
    commune: Place | None
    department: Named | None
    codes: tuple[CodeOf, ...]
    areas: tuple[Area, ...]
    locations: tuple[Location, ...]
    capacities: tuple[Capacity, ...]
    telecoms: tuple[Telecom, ...]
    stamps: Stamps

    @property
    def activities(self) -> tuple[Coded, ...]:
        """Its activities alone, by code."""
        return tuple(Coded(code.id, code.label) for code in self.codes if code.relation == "HAS_ACTIVITY")


CODED_OF_OFFER = ("field_of_activity", "care_mode", "offer_type", "reception_type", "management_type", "maternity_type")


def legal_entities(ids: Sequence[str]) -> Reads[dict[str, LegalEntity]]:
    """The entities that exist, by id."""
    rows = yield Ask(question("legal_entities"), {"ids": list(ids)})
    return {row["node"]["id"]: _legal_entity(row) for row in rows}


def geographic_entities(ids: Sequence[str]) -> Reads[dict[str, GeographicEntity]]:
    """The sites that exist, by id."""
    rows = yield Ask(question("geographic_entities"), {"ids": list(ids)})
    return {row["node"]["id"]: _geographic_entity(row) for row in rows}


def offers(ids: Sequence[str]) -> Reads[dict[str, Offer]]:
    """The offers that exist, by id."""
    rows = yield Ask(question("offers"), {"ids": list(ids)})
    return {row["node"]["id"]: _offer(row) for row in rows}


def sites_of_entities(ids: Sequence[str]) -> Reads[dict[str, tuple[Named, ...]]]:
    """The live sites of each entity that has one, by id of the entity."""
    rows = yield Ask(question("sites_of_entities"), {"ids": list(ids)})
    return {row["id"]: tuple(pick(Named, site) for site in row["sites"]) for row in rows}


def offers_of_sites(ids: Sequence[str]) -> Reads[dict[str, tuple[Named, ...]]]:
    """The live offers of each site that has one, by id of the site."""
    rows = yield Ask(question("offers_of_sites"), {"ids": list(ids)})
    return {row["id"]: tuple(pick(Named, offer) for offer in row["offers"]) for row in rows}


def _legal_entity(row: Row) -> LegalEntity:
    node = row["node"]
    return pick(
        LegalEntity, node, legal_status=_coded(node.get("legal_status"), row["legal_status"]), commune=named(row["commune"]),
        department=named(row["department"]), stamps=pick(Stamps, node),
    )  # fmt: skip


def _geographic_entity(row: Row) -> GeographicEntity:
    node = row["node"]
    return pick(
        GeographicEntity, node, category=_coded(node.get("category"), row["category"]), entity=named(row["entity"]), commune=named(row["commune"]),
        department=named(row["department"]), stamps=pick(Stamps, node),
    )  # fmt: skip


def _offer(row: Row) -> Offer:
    node, labels = row["node"], {label["id"]: label for label in row["labels"]}
    coded = {name: _coded(node.get(name), labels.get(node.get(name))) for name in CODED_OF_OFFER}
    return pick(
        Offer, node, **coded, site=_maybe(OfferSite, row["site"]), entity=_maybe(OfferEntity, row["entity"]), commune=_maybe(Place, row["commune"]),
        department=named(row["department"]), codes=_each(CodeOf, row["codes"]), areas=_each(Area, row["areas"]), locations=_each(Location, row["locations"]),
        capacities=_each(Capacity, row["capacities"]), telecoms=_each(Telecom, row["telecoms"]), stamps=pick(Stamps, node),
    )  # fmt: skip


def named(node: Row | None) -> Named | None:
    """A node as its key and name."""
    return Named(node.get("code") or node["id"], node["name"]) if node else None


def _coded(code: str | None, concept: Row | None) -> Coded | None:
    return Coded(code, concept["label"] if concept else None) if code else None


def _maybe(cls: type[Any], node: Row | None) -> Any:
    return pick(cls, node) if node else None


def _each(cls: type[Any], nodes: list[Row]) -> tuple[Any, ...]:
    return tuple(pick(cls, node) for node in nodes)
