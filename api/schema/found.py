"""An offer of a list, seen as an offer: the flat row of a search under the names of graph.offering.Offer.

A nested value is built only when a client asks for it. What a list does not read is not here: `api.schema.offers.detail` loads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.referential import Coded
from graph.search.offers import DistanceBasis, Match, OfferEdge, OfferHit, Reason

Labels = Mapping[str, str]
SHOWN_DECIMALS = 1  # of kilometres (S-5)


@dataclass(frozen=True, slots=True)
class Holder:
    """A site or an entity as a list shows it."""

    id: str
    name: str | None
    category: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """A commune as a list shows it."""

    code: str
    name: str | None


class FoundOffer:
    """A hit with the labels of its codes."""

    __slots__ = ("_hit", "_labels", "evidence_date", "id", "name", "origin", "updated_at")

    def __init__(self, hit: OfferHit, labels: Labels) -> None:
        self._hit, self._labels = hit, labels
        self.id: str = hit.id
        self.name: str | None = hit.name
        self.origin: str | None = hit.origin
        self.evidence_date: date | None = hit.evidence_date
        self.updated_at: str | None = hit.updated_at

    @property
    def field_of_activity(self) -> Coded | None:
        """Champ d'activité."""
        return self._coded(self._hit.field_of_activity)

    @property
    def care_mode(self) -> Coded | None:
        """Mode de prise en charge."""
        return self._coded(self._hit.care_mode)

    @property
    def offer_type(self) -> Coded | None:
        """Type d'offre."""
        return self._coded(self._hit.offer_type)

    @property
    def activities(self) -> list[Coded]:
        """Activités opérationnelles."""
        return [Coded(code, self._labels.get(code)) for code in self._hit.activities]

    @property
    def site(self) -> Holder | None:
        """Entité géographique."""
        hit = self._hit
        return Holder(hit.site, hit.site_name, hit.category, hit.latitude, hit.longitude) if hit.site else None

    @property
    def entity(self) -> Holder | None:
        """Entité juridique."""
        return Holder(self._hit.entity, self._hit.entity_name) if self._hit.entity else None

    @property
    def commune(self) -> Town | None:
        """Commune."""
        return Town(self._hit.commune, self._hit.commune_name) if self._hit.commune else None

    def _coded(self, code: str | None) -> Coded | None:
        return Coded(code, self._labels.get(code)) if code else None


class FoundEdge:
    """An edge of a search with its offer seen as an offer, its distance as it is shown (S-5)."""

    __slots__ = ("cursor", "distance_basis", "distance_km", "match", "node", "reasons")

    def __init__(self, edge: OfferEdge, labels: Labels) -> None:
        self.cursor: str = edge.cursor
        self.node = FoundOffer(edge.node, labels)
        self.match: Match = edge.match
        self.distance_km = None if edge.distance_km is None else round(edge.distance_km, SHOWN_DECIMALS)
        self.distance_basis: DistanceBasis | None = edge.distance_basis
        self.reasons: tuple[Reason, ...] = edge.reasons
