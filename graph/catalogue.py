"""What is in the graph beside offers: applications, interfaces, codes, sources, runs, counts; and finding a node by any of its names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from graph.errors import BadInput, LimitExceeded
from graph.model import NODES
from graph.questions import question
from graph.reads import Ask, Reads, Row, pick
from graph.referential import Named
from graph.search.cursor import Position, cursor, digest_of, position_of
from graph.text import folded

PAGE_LIMIT: Final = 200
FOUND: Final = (
    "LegalEntity", "GeographicEntity", "Offer", "Concept", "Commune", "Department", "Region", "Application", "Interface", "Pathway",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One page of `nodes` with a cursor each; `total` is not counted for these lists."""

    nodes: tuple[Any, ...]
    cursors: tuple[str, ...]
    has_next_page: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found; `exact`: by its key or FINESS number."""

    kind: str
    id: str
    name: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """Code de nomenclature."""

    id: str
    code: str
    label: str | None
    short_label: str | None
    valid_from: date | None
    valid_to: date | None
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of an application, with the relation type: OWNED_BY, OPERATED_BY or PUBLISHED_BY."""

    relation: str
    code: str
    name: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class FlowEnd:
    """A flow of an application or interface; `role`: CONSUMER, PRODUCER, CALLS or FEEDS."""

    role: str
    code: str
    name: str | None
    mode: str | None


@dataclass(frozen=True, slots=True)
class Connection:
    """CONNECTED_TO: the state of a connection may be unknown."""

    code: str
    name: str | None
    state: str | None
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class ApplicationHead:
    """Application, as a list shows it."""

    code: str
    name: str | None
    kind: str | None
    phase: str | None
    criticality: int | None
    fictional: bool | None
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExposedInterface:
    """An interface that an application exposes."""

    code: str
    name: str | None
    standard: str | None


@dataclass(frozen=True, slots=True)
class EnteredClass:
    """ENTERS: a class that is entered in the application, for these regions."""

    data_class: str
    regions: tuple[str, ...] | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ApplicationDetails:
    """Application with what hangs on it."""

    code: str
    name: str | None
    kind: str | None
    phase: str | None
    planned_on: date | None
    build_on: date | None
    production_on: date | None
    phase_out_on: date | None
    retired_on: date | None
    criticality: int | None
    access_profile: int | None
    perimeter: tuple[str, ...] | None
    trust_circles: tuple[str, ...] | None
    fictional: bool | None
    document: str | None
    reason: str | None
    stub: bool | None
    actors: tuple[Actor, ...]
    regions: tuple[str, ...]
    exposes: tuple[ExposedInterface, ...]
    flows: tuple[FlowEnd, ...]
    connections: tuple[Connection, ...]
    enters: tuple[EnteredClass, ...]


@dataclass(frozen=True, slots=True)
class ServedClass:
    """SERVES: a class, and of it all (None) or these attributes."""

    data_class: str
    name: str | None
    attributes: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ReplacedBy:
    """An interface at the other end of REPLACED_BY; `coverage` is the stored JSON."""

    code: str
    name: str | None
    coverage: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class InterfaceDetails:
    """Interface with what hangs on it."""

    code: str
    name: str | None
    standard: str | None
    version: str | None
    security: str | None
    trust_circle: str | None
    intake: bool | None
    perimeter: tuple[str, ...] | None
    opens_on: date | None
    ends_on: date | None
    fictional: bool | None
    document: str | None
    reason: str | None
    stub: bool | None
    exposed_by: Named | None
    owners: tuple[Named, ...]
    serves: tuple[ServedClass, ...]
    replaced_by: tuple[ReplacedBy, ...]
    replaces: tuple[ReplacedBy, ...]
    flows: tuple[FlowEnd, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source that was loaded: how many runs, the start of the last that is done, the end of the last of all (ISO 8601, UTC)."""

    source: str
    runs: int
    last_done: str | None
    last_ended: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One load (`of`: its source); `counts` is stored JSON."""

    id: str
    of: str | None
    files: tuple[str, ...] | None
    file_digest: str | None
    perimeter: tuple[str, ...] | None
    mode: str | None
    model_version: str | None
    started: str | None
    ended: str | None
    status: str | None
    counts: str | None
    message: str | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class LabelCount:
    """Nodes of a label that a source states: live, gone, and stubs (M-10)."""

    label: str
    source: str | None
    live: int
    gone: int
    stubs: int
    last_seen: str | None


def find(text: str, kinds: Sequence[str] = FOUND, first: int = 20) -> Reads[tuple[Hit, ...]]:
    """Nodes by key, FINESS number, beginning of the name, then by words. Raises BadInput for an empty text or an unknown kind."""
    _checked_first(first)
    words = folded([text]).split()
    if not words:
        raise BadInput("text: at least one letter or digit is expected.")
    unknown = sorted(set(kinds) - set(FOUND))
    if unknown:
        raise BadInput(f"kinds: {unknown[0]} cannot be found by name. There are {', '.join(FOUND)}.")
    rows = yield Ask(question("find_by_key"), {"key": text.strip(), "prefix": " ".join(words), "kinds": list(kinds), "first": first})
    hits = [pick(Hit, row) for row in rows]
    if len(hits) < first:
        more = yield Ask(question("find_by_words"), {"indexes": _word_indexes(kinds), "query": " AND ".join(words), "first": first})
        known = {(hit.kind, hit.id) for hit in hits}
        hits += [pick(Hit, row, exact=False) for row in more if (row["kind"], row["id"]) not in known]
    return tuple(hits[:first])


def _word_indexes(kinds: Sequence[str]) -> list[str]:
    return [f"words_{kind}_words" for kind in kinds if NODES[kind].searched]  # as graph/store/dialect.py names them


def concepts(system: str, text: str | None = None, first: int = 50, after: str | None = None) -> Reads[Page]:
    """Codes of a nomenclature (TRE_R211), by id; `text`: words of the label or code."""
    words = folded([text]).split()
    return (yield from _paged("concepts", {"system": system, "words": words}, "id", lambda row: pick(Concept, row), first, after))


def applications(kind: str | None = None, region: str | None = None, text: str | None = None, first: int = 50, after: str | None = None) -> Reads[Page]:
    """Applications by code."""
    asked = {"kind": kind, "region": region, "words": folded([text]).split()}
    return (yield from _paged("applications", asked, "code", lambda row: pick(ApplicationHead, row["node"], regions=row["regions"]), first, after))


def _paged(name: str, asked: dict[str, Any], key: str, read: Any, first: int, after: str | None) -> Reads[Page]:
    _checked_first(first)
    digest = digest_of(name, asked)
    last = position_of(after, digest).id if after else None
    rows = yield Ask(question(name), {**asked, "after": last, "first": first + 1})
    nodes = tuple(read(row) for row in rows[:first])
    return Page(nodes, tuple(cursor(Position(0, "", getattr(node, key)), digest) for node in nodes), len(rows) > first)


def application_details(codes: Sequence[str]) -> Reads[dict[str, ApplicationDetails]]:
    """The applications that exist, by code."""
    rows = yield Ask(question("application_details"), {"codes": list(codes)})
    return {row["node"]["code"]: _application(row) for row in rows}


def interface_details(codes: Sequence[str]) -> Reads[dict[str, InterfaceDetails]]:
    """The interfaces that exist, by code."""
    rows = yield Ask(question("interface_details"), {"codes": list(codes)})
    return {row["node"]["code"]: _interface(row) for row in rows}


def sources() -> Reads[tuple[SourceRow, ...]]:
    """The sources that were loaded, by name."""
    rows = yield Ask(question("sources"), {})
    return tuple(pick(SourceRow, row) for row in rows)


def runs(source: str | None = None, first: int = 20, after: str | None = None) -> Reads[Page]:
    """The loads, the newest first."""
    _checked_first(first)
    digest = digest_of("runs", source)
    last = position_of(after, digest) if after else None
    asked = {"source": source, "after_started": last.key if last else None, "after_id": last.id if last else None, "first": first + 1}
    rows = yield Ask(question("runs"), asked)
    nodes = tuple(pick(RunRow, row["node"]) for row in rows[:first])
    return Page(nodes, tuple(cursor(Position(0, node.started or "", node.id), digest) for node in nodes), len(rows) > first)


def status_counts() -> Reads[tuple[LabelCount, ...]]:
    """What is in the graph, by label and source. Reads every node."""
    rows = yield Ask(question("status_counts"), {})
    return tuple(pick(LabelCount, row) for row in rows if row["label"] in NODES)


def unplaced_offers() -> Reads[int]:
    """How many live offers have no place at all: no search near a place or in a territory finds them."""
    rows = yield Ask(question("unplaced_offers"), {})
    return int(rows[0]["offers"])


def _application(row: Row) -> ApplicationDetails:
    return pick(
        ApplicationDetails, row["node"], actors=_each(Actor, row["actors"], "relation"), regions=tuple(sorted(set(row["regions"]))),
        exposes=_each(ExposedInterface, row["exposes"], "code"), flows=_each(FlowEnd, row["flows"], "code"),
        connections=_each(Connection, row["connections"], "code"), enters=_each(EnteredClass, row["enters"], "data_class"),
    )  # fmt: skip


def _interface(row: Row) -> InterfaceDetails:
    exposing = sorted(row["exposed_by"], key=lambda one: (one["rank"], one["code"]))
    return pick(
        InterfaceDetails, row["node"], exposed_by=Named(exposing[0]["code"], exposing[0]["name"]) if exposing else None,
        owners=tuple(Named(one["code"], one["name"]) for one in sorted(row["owners"], key=lambda one: one["code"])),
        serves=_each(ServedClass, row["serves"], "data_class"), replaced_by=_each(ReplacedBy, row["replaced_by"], "code"),
        replaces=_each(ReplacedBy, row["replaces"], "code"), flows=_each(FlowEnd, row["flows"], "code"),
    )  # fmt: skip


def _each(cls: type[Any], stated: list[Row], key: str) -> tuple[Any, ...]:
    """Each thing once, whatever the number of sources that state it (M-11), by `key`."""
    found = dict.fromkeys(pick(cls, one) for one in stated)
    return tuple(sorted(found, key=lambda one: (getattr(one, key), getattr(one, "code", ""))))


def _checked_first(first: int) -> None:
    if not 1 <= first <= PAGE_LIMIT:
        raise LimitExceeded(f"first: {first} is not between 1 and {PAGE_LIMIT}, the limit of a page.")
