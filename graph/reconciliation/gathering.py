"""One ROR's side, gathered from its source records, row by row: only what is compared is kept (about 500 bytes an offer)."""

from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from graph.access import AccessRow
from graph.keys import ror_region
from graph.reads import Row
from graph.reconciliation.classes import classes_of, joined, staff_of
from graph.reconciliation.stated import Side, StatedEntity, StatedOffer, StatedPlace, StatedSite
from graph.record import Item, Ref
from graph.writing.packing import unpacked

H = TypeVar("H", bound=Hashable)
Classes = frozenset[AccessRow]


@dataclass(slots=True)
class Gathering:
    """Takes the records of one ROR. `regions`: only offers of these, or of no known region, or that `beside` has by id; empty: all."""

    regions: frozenset[str] = frozenset()
    beside: Container[str] = ()
    offers: dict[str, StatedOffer] = field(default_factory=dict)
    places: dict[str, StatedPlace] = field(default_factory=dict)
    holders: dict[str, Ref] = field(default_factory=dict)
    structures: dict[str, set[str]] = field(default_factory=lambda: {"GeographicEntity": set(), "LegalEntity": set()})
    records: int = 0
    out_of_perimeter: int = 0
    _delivered_at: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _classes_of_places: dict[str, Classes] = field(default_factory=dict)
    _staffed: set[str] = field(default_factory=set)
    _known: dict[Any, Any] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """One record: a row of cypher/source_records.cypher."""
        self.records += 1
        label = row["label"]
        if label in self.structures:
            self.structures[label].add(row["key"])
            return
        item = unpacked(label, row["key"], row["statement"].encode())
        match label:
            case "Offer":
                self._take_offer(item, row)
            case "Location":
                self._take_place(item)
            case "Practice":
                self._staffed.update(link.end.key for link in item.links if link.type == "FOR")

    def units(self) -> list[str]:
        """Units that offers hang on: their sites are to be asked."""
        return sorted({holder.key for holder in self.holders.values() if holder.label == "OrganisationalUnit"})

    def site_ids(self, of_units: Mapping[str, str]) -> list[str]:
        """Sites that this ROR states or its offers hang on."""
        held = {self._site(id, of_units) for id in self.offers}
        return sorted({*self.structures["GeographicEntity"], *(place.site for place in self.places.values() if place.site), *(one for one in held if one)})

    def side(self, code: str, of_units: Mapping[str, str], sites: Mapping[str, StatedSite], entities: Mapping[str, StatedEntity]) -> Side:
        """The side, once all records are taken."""
        for id, offer in self.offers.items():
            self.offers[id] = replace(offer, site=self._site(id, of_units), classes=self._classes(offer))
        return Side(code, self.offers, sites, entities, self.places)

    def _take_offer(self, item: Item, row: Row) -> None:
        region = _text(item.props.get("source_region")) or row["region"] or ror_region(item.key)
        if self.regions and region and region not in self.regions and item.key not in self.beside:
            self.out_of_perimeter += 1
            return
        for link in item.links:
            if link.type == "OFFERED_BY":
                self.holders[item.key] = self._same(Ref(*link.end))
        if places := tuple(link.end.key for link in item.links if link.type == "DELIVERED_AT"):
            self._delivered_at[item.key] = places
        self.offers[item.key] = _offer(item, row, self._same(region), self._same)

    def _take_place(self, item: Item) -> None:
        site = next((link.end.key for link in item.links if link.type == "MANAGED_BY"), None)
        zone = item.props.get("external_sync_id")
        self.places[item.key] = StatedPlace(item.key, self._same(site), str(zone) if zone else None)
        self._classes_of_places[item.key] = classes_of(item)

    def _site(self, id: str, of_units: Mapping[str, str]) -> str | None:
        holder = self.holders.get(id)
        if holder is None or holder.label == "LegalEntity":
            return None
        return of_units.get(holder.key) if holder.label == "OrganisationalUnit" else holder.key

    def _classes(self, offer: StatedOffer) -> Classes:
        there = [self._classes_of_places[place] for place in self._delivered_at.get(offer.id, ()) if place in self._classes_of_places]
        staff = [frozenset({staff_of(offer.field)})] if offer.id in self._staffed else []
        return joined((offer.classes, *there, *staff)) if there or staff else offer.classes

    def _same(self, value: H) -> H:
        """One object for equal values: codes, ages and sites are few, and there are 400,000 offers."""
        same: H = self._known.setdefault(value, value)
        return same


def _offer(item: Item, row: Row, region: str | None, same: Callable[[Any], Any]) -> StatedOffer:
    props = item.props
    identifier = row["identifier"]
    return StatedOffer(
        id=item.key,
        identifier=item.key if identifier == item.key else identifier,
        internal=row["internal"],
        region=region,
        name=_text(props.get("name")),
        field=same(props.get("field_of_activity")),
        care_mode=same(props.get("care_mode")),
        offer_type=same(props.get("offer_type")),
        activities=same(tuple(sorted({link.end.key for link in item.links if link.type == "HAS_ACTIVITY"}))),
        ages=same((props.get("min_age"), props.get("max_age"), props.get("age_unit"))),
        sectors=same(tuple(sorted(_texts(props.get("psychiatry_sectors"))))),
        closed_on=same(props.get("closed_on")),
        classes=classes_of(item),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
