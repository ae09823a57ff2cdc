"""The common first half of a search, its facets and its relaxations: candidates, and every criterion of the trees on each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.search.candidates import CARRIED, Basis, existing, not_refused, placed
from graph.search.compiling import leaf_expression, leaves_of, same_sites, undecided
from graph.search.criteria import All, Criteria, Leaf, SameSite
from graph.search.cursor import Position
from graph.search.feeds import code_feeds, id_feeds, near_feeds, territory_feeds
from graph.search.nearness import nearness
from graph.search.params import Params
from graph.search.place import Spot
from graph.search.reference import Reference
from graph.search.territory import Territory


class Order(StrEnum):
    """Orders of an answer, then by id (S-9). DISTANCE only with `near`."""

    DISTANCE = "DISTANCE"
    NAME = "NAME"
    FRESHNESS = "FRESHNESS"
    AVAILABILITY = "AVAILABILITY"


@dataclass(frozen=True, slots=True)
class Search:
    """A checked search. `criteria` hold narrower codes already; `first` 1 or more; `after` None for the first page."""

    criteria: Criteria
    basis: Basis
    spot: Spot | None
    order: Order
    include_unknown: bool
    first: int
    after: Position | None


@dataclass(frozen=True, slots=True)
class Judged:
    """Cypher that binds o, acts, s, e, c, km, basis, near, the leaves as m0, m1... and for a `sameSite` the ids that met it as other0..."""

    text: str
    leaves: tuple[Leaf, ...]

    @property
    def marks(self) -> dict[Leaf, str]:
        """The variable of each leaf."""
        return {leaf: f"m{place}" for place, leaf in enumerate(self.leaves)}

    @property
    def others(self) -> list[int]:
        """The places of the leaves that are a `sameSite`."""
        return [place for place, leaf in enumerate(self.leaves) if isinstance(leaf, SameSite)]


def judged(search: Search, trees: Sequence[Criteria], params: Params, reference: Reference, wider: Sequence[Spot] = ()) -> Judged:
    """The first half for trees of which one at least must not be FALSE. `wider`: larger circles around the place, the last the largest."""
    leaves = leaves_of(All(tuple(trees)))
    reached = wider[-1] if wider else search.spot
    radii = [spot.radius_km for spot in wider if spot.radius_km is not None]
    parts = [
        existing(_feeds(trees, reached, search.basis.territory, reference, params), trees, search.basis, params),
        not_refused(trees, params),
        placed(search.basis, params, goes=search.spot is not None),
        *same_sites(leaves, lambda leaf: " OR ".join(f"({undecided(tree, leaf, params)})" for tree in trees), params, CARRIED),
        nearness(search.spot, radii, _bound(leaves), params),
        _marked(leaves, len(radii), params),
    ]
    return Judged("\n".join(parts), leaves)


def _feeds(trees: Sequence[Criteria], spot: Spot | None, territory: Territory | None, reference: Reference, params: Params) -> list[str]:
    """By the index of the reference, else by the place, the territory, or where there is neither by what the criteria name."""
    index = reference.common.index
    if index is not None:
        return id_feeds(index.candidates(trees, spot, territory), params)
    if spot is not None:
        return near_feeds(spot, params)
    return code_feeds(trees, params) if territory is None else territory_feeds(territory, params)


def _bound(leaves: tuple[Leaf, ...]) -> str:
    """What the clauses before have bound."""
    return ", ".join([CARRIED, *(f"same{place}, other{place}" for place, leaf in enumerate(leaves) if isinstance(leaf, SameSite))])


def _marked(leaves: tuple[Leaf, ...], wider: int, params: Params) -> str:
    others = [f"other{place}" for place, leaf in enumerate(leaves) if isinstance(leaf, SameSite)]
    nears = [f"near{number}" for number in range(1, wider + 1)]
    return "WITH " + ", ".join(
        ["o, acts, ls, s, e, c, km, basis, near", *nears, *others, *(f"{_leaf(leaf, place, params)} AS m{place}" for place, leaf in enumerate(leaves))]
    )


def _leaf(leaf: Leaf, place: int, params: Params) -> str:
    return f"same{place}" if isinstance(leaf, SameSite) else leaf_expression(leaf, params)
