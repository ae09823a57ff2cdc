"""What one ROR states, as far as recognition, totals and data classes need it: frozen values, read from its source records.

An id is the key of a node of the graph. `ours` and `theirs` are the two sides in every rule; no rule depends on which is which.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.access import AccessRow

Ages = tuple[float | None, float | None, str | None]


@dataclass(frozen=True, slots=True)
class StatedEntity:
    """A legal entity as the graph holds it (its values are those of its leader, M-3). `closed`: closed or gone."""

    id: str
    finess: str | None = None
    siren: str | None = None
    rpps_rank: str | None = None
    adeli_rank: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class StatedSite:
    """A site as the graph holds it; `siren` is its entity's, else the beginning of its SIRET."""

    id: str
    finess: str | None = None
    siret: str | None = None
    siren: str | None = None
    rpps_rank: str | None = None
    adeli_rank: str | None = None
    commune: str | None = None
    department: str | None = None
    category: str | None = None
    name: str | None = None
    entity: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """A place where offers are delivered (Location). `bed_zone`: external_sync_id."""

    id: str
    site: str | None = None
    bed_zone: str | None = None


@dataclass(frozen=True, slots=True)
class StatedOffer:
    """An offer as one ROR states it.

    `identifier`: identifiantOffre as that ROR writes it (the key is its form after K-2); `internal`: its id inside its own ROR; `region`: its source
    region; `activities` and `sectors` are sorted; `classes`: the data classes that this ROR holds of it.
    """

    id: str
    identifier: str | None = None
    internal: str | None = None
    region: str | None = None
    name: str | None = None
    field: str | None = None  # of activity
    care_mode: str | None = None
    offer_type: str | None = None
    activities: tuple[str, ...] = ()
    ages: Ages = (None, None, None)
    sectors: tuple[str, ...] = ()
    site: str | None = None
    closed_on: date | None = None
    classes: frozenset[AccessRow] = frozenset({AccessRow.OFFER})


@dataclass(frozen=True, slots=True)
class Side:
    """All that is compared of one ROR, by id, live only. `code`: its application."""

    code: str
    offers: Mapping[str, StatedOffer]
    sites: Mapping[str, StatedSite] = field(default_factory=dict)
    entities: Mapping[str, StatedEntity] = field(default_factory=dict)
    places: Mapping[str, StatedPlace] = field(default_factory=dict)
