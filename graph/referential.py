"""Who offers care: entities and sites by id, many at once, each answer a frozen value; and what every answer is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
    rpps_rank: str | None
    adeli_rank: str | None
    category: str | None
    legal_status: Coded | None
    address: str | None
    postal_code: str | None
    opened_on: date | None
    closed_on: date | None
    closing_type: str | None
    updated_at: date | None
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
    rpps_rank: str | None
    adeli_rank: str | None
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
    drop_zone: str | None
    orsan_level: str | None
    accessibility: tuple[str, ...] | None
    no_consent: bool | None
    financial_aids: tuple[str, ...] | None
    family_housing: bool | None
    social_aid_places: int | None
    comment: str | None
    updated_at: date | None
    entity: Named | None
    main: Named | None
    commune: Named | None
    department: Named | None
    stamps: Stamps


def legal_entities(ids: Sequence[str]) -> Reads[dict[str, LegalEntity]]:
    """The entities that exist, by id."""
    rows = yield Ask(question("legal_entities"), {"ids": list(ids)})
    return {row["node"]["id"]: _legal_entity(row) for row in rows}


def geographic_entities(ids: Sequence[str]) -> Reads[dict[str, GeographicEntity]]:
    """The sites that exist, by id."""
    rows = yield Ask(question("geographic_entities"), {"ids": list(ids)})
    return {row["node"]["id"]: _geographic_entity(row) for row in rows}


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
        LegalEntity, node, legal_status=coded(node.get("legal_status"), row["legal_status"]), commune=named(row["commune"]),
        department=named(row["department"]), stamps=pick(Stamps, node),
    )  # fmt: skip


def _geographic_entity(row: Row) -> GeographicEntity:
    node = row["node"]
    return pick(
        GeographicEntity, node, category=coded(node.get("category"), row["category"]), entity=named(row["entity"]), commune=named(row["commune"]),
        department=named(row["department"]), main=named(row["main"]), stamps=pick(Stamps, node),
    )  # fmt: skip


def named(node: Row | None) -> Named | None:
    """A node as its key and name."""
    return Named(node.get("code") or node["id"], node["name"]) if node else None


def coded(code: str | None, concept: Row | None) -> Coded | None:
    """A code with its label, where it is loaded."""
    return Coded(code, concept["label"] if concept else None) if code else None
