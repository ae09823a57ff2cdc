"""What a search is asked with, and its plain form for graph.search, which checks it (docs/pathways.md, S-1 to S-9)."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import strawberry

from graph.errors import BadInput
from graph.search.place import Near as GraphNear
from graph.search.place import Territory, near, territory

Raw = dict[str, object]
COUNTRY = ZoneInfo("Europe/Paris")


def maybe(description: str, name: str | None = None) -> Any:
    """A field of an input that may be absent."""
    return strawberry.field(default=None, description=description, name=name)


@strawberry.input(description="A place: a point or a commune, and how far around it (lieu de la personne).")
class Near:
    latitude: float | None = maybe("Latitude, WGS84 degrees.")
    longitude: float | None = maybe("Longitude, WGS84 degrees.")
    commune: strawberry.ID | None = maybe("INSEE code of the commune (code INSEE, not the postal code).")
    radius_km: float | None = maybe("Radius, included (rayon); absent: the national table's for the department (S-6).")


@strawberry.input(description="One territory (territoire): a region, a department or a commune.")
class TerritoryInput:
    region: strawberry.ID | None = maybe("INSEE code of the region (région).")
    department: strawberry.ID | None = maybe("Code of the department (département).")
    commune: strawberry.ID | None = maybe("INSEE code of the commune.")


@strawberry.input(description="A tree of criteria: the fields of one object are joined by AND, several values of one field by OR (critères, S-1).")
class OfferCriteria:
    all_of: list["OfferCriteria"] | None = maybe("All of these.", "and")
    any_of: list["OfferCriteria"] | None = maybe("One of these.", "or")
    none_of: "OfferCriteria | None" = maybe("Not this.", "not")
    field_of_activity: list[strawberry.ID] | None = maybe("Field of activity (champ d'activité, TRE_R227).")
    activity: list[strawberry.ID] | None = maybe("Activity (activité opérationnelle, TRE_R211).")
    offer_type: list[strawberry.ID] | None = maybe("Type of offer (type d'offre, TRE_R244).")
    care_mode: list[strawberry.ID] | None = maybe("Care mode (mode de prise en charge, TRE_R213).")
    establishment_category: list[strawberry.ID] | None = maybe("Category of the site (catégorie d'établissement, TRE_R66).")
    text: str | None = maybe("Words of the names of the offer or its site (texte libre).")
    same_site: "OfferCriteria | None" = maybe("Another offer of the same site meets these (S-2).")


NAMES = {
    "all_of": "and", "any_of": "or", "none_of": "not", "field_of_activity": "fieldOfActivity", "offer_type": "offerType", "care_mode": "careMode",
    "establishment_category": "establishmentCategory", "same_site": "sameSite", "radius_km": "radiusKm",
}  # fmt: skip


def raw_of(value: object) -> Any:
    """The plain form of an input, under the names of the schema, without what is absent."""
    if isinstance(value, list):
        return [raw_of(item) for item in value]
    if isinstance(value, Near | TerritoryInput | OfferCriteria):
        return {NAMES.get(name, name): raw_of(given) for name, given in vars(value).items() if given is not None}
    return value


def place_of(given: Near | None) -> GraphNear | None:
    """The checked place. Raises BadInput."""
    return near(raw_of(given)) if given else None


def territory_of(given: TerritoryInput | None) -> Territory | None:
    """The checked territory. Raises BadInput."""
    return territory(raw_of(given)) if given else None


def day_of(at: datetime | None) -> date:
    """The day of an answer, on the clock of Paris; today when absent (S-4). Raises BadInput for an instant without offset."""
    if at is None:
        return datetime.now(COUNTRY).date()
    if at.tzinfo is None:
        raise BadInput(f"at: {at.isoformat()} has no offset; write it like 2026-06-30T08:00:00+02:00.")
    return at.astimezone(COUNTRY).date()
