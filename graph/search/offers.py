"""Search for offers: what is asked, the answer, and how it is read (docs/pathways.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from graph.access import Viewer
from graph.errors import BadInput, LimitExceeded
from graph.reads import Reads, Row, pick, plain
from graph.search.candidates import Basis, Origin
from graph.search.compiling import leaves_of
from graph.search.criteria import Criteria, Leaf, Not, SameSite, children
from graph.search.cursor import Bookmark, Position, bookmark_of, digest_of, of_another_search, signed
from graph.search.judging import Order, Search
from graph.search.leaves import SINGLES
from graph.search.perimeter import may_be_limited
from graph.search.place import Near, known_territory, spot
from graph.search.reasons import criterion_of, values_of
from graph.search.reference import Reference, checked, declared_regions, departments, refreshed
from graph.search.statement import search_ask
from graph.search.territory import Territory

PAGE_LIMIT: Final = 200


class Match(StrEnum):
    """Whether an offer surely meets the criteria (S-1)."""

    TRUE = "TRUE"
    UNKNOWN = "UNKNOWN"


class DistanceBasis(StrEnum):
    """From what a distance is measured; COMMUNE is shown as "approché" (S-5)."""

    LOCATION = "LOCATION"
    SITE = "SITE"
    COMMUNE = "COMMUNE"


class Unknowns(StrEnum):
    """COUNT: unknown offers are counted; INCLUDE: they stand last as well."""

    COUNT = "COUNT"
    INCLUDE = "INCLUDE"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as asked. `at`: the day of the answer; `today`: nobody named it, so a further page keeps that of its first."""

    criteria: Criteria
    at: date
    near: Near | None = None
    territory: Territory | None = None
    origin: Origin | None = None
    unknowns: Unknowns = Unknowns.COUNT
    order: Order | None = None
    first: int = 20
    after: str | None = None
    today: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A criterion that is TRUE: by which value (a code with its label, a text, or an offer's id), who says it and of which date."""

    criterion: str
    value: str
    label: str | None
    source: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class OfferHit:
    """An offer of the answer, with what a list shows; the rest by id (graph/offering.py). Point of the site, WGS84."""

    id: str
    name: str | None
    origin: str | None
    field_of_activity: str | None
    care_mode: str | None
    offer_type: str | None
    activities: tuple[str, ...]
    site: str | None
    site_name: str | None
    category: str | None
    entity: str | None
    entity_name: str | None
    commune: str | None
    commune_name: str | None
    latitude: float | None
    longitude: float | None
    evidence_date: date | None
    updated_at: str | None


@dataclass(frozen=True, slots=True)
class OfferEdge:
    """One offer in its place. `distance_km` unrounded, "à vol d'oiseau"; None without `near`."""

    cursor: str
    node: OfferHit
    match: Match
    distance_km: float | None
    distance_basis: DistanceBasis | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CriterionCount:
    """In how many unknown offers this criterion is unknown."""

    criterion: str
    count: int


@dataclass(frozen=True, slots=True)
class OfferPage:
    """The answer. `radius_km` None with `near`: the whole department counts (S-6). `labels`: of every code in the page.

    `changed`: a load has ended since the first page, or was under way then. `search`: what facets and relaxations are asked with.
    """

    total_count: int
    unknown_count: int
    unknown_by: tuple[CriterionCount, ...]
    radius_km: float | None
    edges: tuple[OfferEdge, ...]
    has_next_page: bool
    labels: Mapping[str, str]
    changed: bool
    perimeter_limited: bool
    search: Search


def search_offers(asked: Asked, reference: Reference) -> Reads[OfferPage]:
    """Which offers meet the criteria, here and then.

    Raises BadInput for a code, commune, territory or cursor that is not known, or the order DISTANCE without near; LimitExceeded for a page
    larger than 200.
    """
    yield from refreshed(reference)
    began = _began(asked, reference)
    asked = replace(asked, at=began.at)
    search = yield from _search(asked, began.after, reference)
    limited = may_be_limited(reference.viewer.perimeter, search.basis.territory, search.spot, (yield from departments(reference)))
    rows = yield search_ask(search, reference)
    return _page(search, rows[0], _Signing(digest_of(_identity(asked, reference.viewer)), began.run, reference), limited)


@dataclass(frozen=True, slots=True)
class _Began:
    """How an answer began: on its first page, or on the one whose cursor goes on."""

    at: date
    run: str
    after: Position | None


@dataclass(frozen=True, slots=True)
class _Signing:
    """What cursors of this answer are bound to."""

    asked: str
    run: str
    reference: Reference

    def cursor(self, position: Position, at: date) -> str:
        return signed(Bookmark(position, self.asked, at.isoformat(), self.run), self.reference.cursor_key)

    @property
    def changed(self) -> bool:
        """Whether the data may have changed since the first page: another load has been begun or ended, or one is under way."""
        return self.run != newest(self.reference) or self.reference.loading


def _began(asked: Asked, reference: Reference) -> _Began:
    if asked.after is None:
        return _Began(asked.at, newest(reference), None)
    mark = bookmark_of(asked.after, reference.cursor_key)
    at = type(asked.at).fromisoformat(mark.at) if asked.today else asked.at
    if mark.asked != digest_of(_identity(replace(asked, at=at), reference.viewer)):
        raise of_another_search()
    return _Began(at, mark.run, mark.position)


def newest(reference: Reference) -> str:
    """The newest load of a refreshed reference, as a cursor keeps it."""
    return digest_of(reference.mark)


def _identity(asked: Asked, viewer: Viewer) -> tuple[object, ...]:
    """What a cursor is bound to: the search as it was asked, for a load may change what the words come to, and who asks (A-9)."""
    return (asked.criteria, asked.at, asked.near, asked.territory, asked.origin, asked.unknowns, _order(asked), viewer.key)


def _order(asked: Asked) -> Order:
    return asked.order or (Order.DISTANCE if asked.near else Order.NAME)


def _search(asked: Asked, after: Position | None, reference: Reference) -> Reads[Search]:
    order = _order(asked)
    if order is Order.DISTANCE and asked.near is None:
        raise BadInput("orderBy: DISTANCE needs near.")
    if not 1 <= asked.first <= PAGE_LIMIT:
        raise LimitExceeded(f"first: {asked.first} is not between 1 and {PAGE_LIMIT}, the limit of a page.")
    criteria = yield from checked(asked.criteria, reference)
    territory = yield from known_territory(asked.territory, reference)
    place = (yield from spot(asked.near, reference)) if asked.near else None
    basis = Basis(asked.at, (yield from declared_regions(reference)), asked.origin, territory)
    return Search(criteria, basis, place, order, asked.unknowns is Unknowns.INCLUDE, asked.first, after)


def _page(search: Search, row: Row, signing: _Signing, limited: bool) -> OfferPage:
    labels, leaves = dict(row["labels"]), leaves_of(search.criteria)
    names = [*(criterion_of(leaf) for leaf in leaves), "near"]
    counts: dict[str, int] = {}
    for name, count in zip(names, row["unknown_by"], strict=True):
        if count:
            counts[name] = counts.get(name, 0) + count
    return OfferPage(
        total_count=row["total"],
        unknown_count=row["unknown"],
        unknown_by=tuple(CriterionCount(name, count) for name, count in counts.items()),
        radius_km=search.spot.radius_km if search.spot else None,
        edges=tuple(_edge(search, edge, labels, signing) for edge in row["edges"][: search.first]),
        has_next_page=len(row["edges"]) > search.first,
        labels=labels,
        changed=search.after is not None and signing.changed,
        perimeter_limited=limited,
        search=search,
    )


def _edge(search: Search, row: Row, labels: Mapping[str, str], signing: _Signing) -> OfferEdge:
    position = Position(0 if row["met"] else 1, row["key"], row["id"])
    return OfferEdge(
        cursor=signing.cursor(position, search.basis.at),
        node=pick(OfferHit, row),
        match=Match.TRUE if row["met"] else Match.UNKNOWN,
        distance_km=row["km"],
        distance_basis=DistanceBasis(row["basis"]) if row["basis"] else None,
        reasons=tuple(_reasons(search.criteria, row, labels)),
    )


def _reasons(criteria: Criteria, row: Row, labels: Mapping[str, str]) -> list[Reason]:
    """Each TRUE leaf that speaks for the offer: one under `not` that is TRUE speaks against it."""
    shown = set(_speaking(criteria))
    said = {"source": row["source"], "date": _date(row)}
    return [
        Reason(criterion_of(leaf), value, labels.get(value), **said)
        for place, leaf in enumerate(leaves_of(criteria))
        if row[f"m{place}"] and leaf in shown
        for value in values_of(leaf, place, row)
    ]


def _speaking(criteria: Criteria) -> list[Leaf]:
    if isinstance(criteria, (*SINGLES, SameSite)):
        return [criteria]
    return [] if isinstance(criteria, Not) else [leaf for child in children(criteria) for leaf in _speaking(child)]


def _date(row: Row) -> str | None:
    stated = plain(row["evidence_date"])
    return row["updated_at"] or (stated.isoformat() if stated else None)
