"""What is offered: offers by id, many at once, each with its holder, place, codes, areas and capacities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.hanging import Capacity
from graph.questions import question
from graph.reads import Ask, Reads, Row, pick
from graph.referential import Coded, Named, Stamps, coded, named


@dataclass(frozen=True, slots=True)
class CodeOf:
    """A code that hangs on an offer, and by which relation type of the model; an activity's family, an act that is done outside the office."""

    relation: str
    id: str
    label: str | None
    family: str | None
    outside_office: bool | None


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with its own point, WGS84."""

    code: str
    name: str | None
    latitude: float | None
    longitude: float | None


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
    no_consent: bool | None
    psychiatry_sectors: tuple[str, ...] | None
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
    capacities: tuple[Capacity, ...]
    unit: Named | None
    stamps: Stamps

    @property
    def activities(self) -> tuple[Coded, ...]:
        """Its activities alone, by code."""
        return self._by("HAS_ACTIVITY")

    @property
    def specialisations(self) -> tuple[Coded, ...]:
        """Spécialisations de prise en charge."""
        return self._by("SPECIALISED_IN")

    @property
    def publics(self) -> tuple[Coded, ...]:
        """Publics pris en charge."""
        return self._by("FOR_PUBLIC")

    @property
    def competences(self) -> tuple[Coded, ...]:
        """Compétences de ressources."""
        return self._by("HAS_COMPETENCE")

    @property
    def mobilises(self) -> tuple[Coded, ...]:
        """Ressources mobilisées."""
        return self._by("MOBILISES")

    @property
    def reception_modalities(self) -> tuple[Coded, ...]:
        """Modalités d'accueil."""
        return self._by("RECEPTION_MODALITY")

    @property
    def expertise_levels(self) -> tuple[Coded, ...]:
        """Niveaux d'expertise."""
        return self._by("EXPERTISE_LEVEL")

    @property
    def acts(self) -> tuple[CodeOf, ...]:
        """Actes spécifiques, with whether they are done outside the office."""
        return tuple(code for code in self.codes if code.relation == "PERFORMS_ACT")

    def _by(self, relation: str) -> tuple[Coded, ...]:
        return tuple(dict.fromkeys(Coded(code.id, code.label) for code in self.codes if code.relation == relation))


CODED_OF_OFFER = ("field_of_activity", "care_mode", "offer_type", "reception_type", "management_type", "maternity_type")


def offers(ids: Sequence[str]) -> Reads[dict[str, Offer]]:
    """The offers that exist, by id."""
    rows = yield Ask(question("offers"), {"ids": list(ids)})
    return {row["node"]["id"]: _offer(row) for row in rows}


def rors_of_offers(ids: Sequence[str]) -> Reads[dict[str, tuple[Named, ...]]]:
    """The RORs that describe each offer that one does, by id of the offer."""
    rows = yield Ask(question("rors_of_offers"), {"ids": list(ids)})
    return {row["id"]: tuple(Named(one["code"], one["name"]) for one in row["rors"]) for row in rows}


def _offer(row: Row) -> Offer:
    node, labels = row["node"], {label["id"]: label for label in row["labels"]}
    codes = {name: coded(node.get(name), labels.get(node.get(name))) for name in CODED_OF_OFFER}
    return pick(
        Offer, node, **codes, site=_maybe(OfferSite, row["site"]), entity=_maybe(OfferEntity, row["entity"]), commune=_maybe(Place, row["commune"]),
        department=named(row["department"]), codes=_each(CodeOf, row["codes"]), areas=_each(Area, row["areas"]),
        capacities=_each(Capacity, row["capacities"]), unit=named(row["unit"]), stamps=pick(Stamps, node),
    )  # fmt: skip


def _maybe(cls: type[Any], node: Row | None) -> Any:
    return pick(cls, node) if node else None


def _each(cls: type[Any], nodes: list[Row]) -> tuple[Any, ...]:
    return tuple(pick(cls, node) for node in nodes)
