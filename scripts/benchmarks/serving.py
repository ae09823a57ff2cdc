"""GraphQL over HTTP beside the bare driver's execute_read of the same Cypher with the same parameters, on the same server in one run.

Also beside Cypher written by hand, with clients at once, and with the access policy on and off.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import neo4j

from graph.pathways.coverage import pathway_coverage
from graph.pathways.territories import TerritoryLevel
from graph.reads import Ask, Reads, answer, answer_long
from graph.referential import geographic_entities
from graph.runs import Mode
from graph.search.asking import Around, asked_of
from graph.search.criteria import parse
from graph.search.facets import Facet, FacetCount, facets
from graph.search.offers import Asked, search_offers
from graph.search.postings import gathered
from graph.search.reference import Reference, declared_regions
from graph.search.territory import Level, Territory
from graph.settings import Settings
from graph.store.connection import Row, Store
from graph.store.endpoint import Endpoint
from graph.store.opening import open_store
from loaders.pipeline import Options, load
from loaders.registry import get_source
from scripts.benchmarks.by_hand import by_hand
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.files import REAL, ROOT, SHARED
from scripts.benchmarks.served import Client, Request, served, together
from scripts.benchmarks.timing import compared, in_turn, spread
from scripts.benchmarks.viewing import viewing

CLIENTS, TOGETHER = 16, 20.0
SPREAD = 40  # communes from all over, from which routes are asked
SAMPLE = ROOT / "data" / "region"
PATHWAYS = ROOT / "data" / "pathways"
NATION = {"geography": SHARED / "geo", "nos": SHARED / "nos", "finess": REAL, "sae": SHARED / "sae_2023", "pathways": PATHWAYS}
REGION = {name: SAMPLE / folder for name, folder in (("geography", "geo"), ("nos", "nos"), ("finess", "finess"), ("sae", "sae"))} | {"pathways": PATHWAYS}
CODES = ("TRE_R211-172", "TRE_R211-234")
TWELVE = {  # a tree of twelve criteria
    "fieldOfActivity": ["TRE_R227-01"],
    "or": [
        {"activity": [*CODES], "careMode": ["TRE_R213-28"]},
        {"activity": ["TRE_R211-356"], "not": {"text": "clinique"}},
        {"careMode": ["TRE_R213-29"], "sameSite": {"activity": ["TRE_R211-172"]}},
        {"text": "centre hospitalier", "not": {"careMode": ["TRE_R213-59"]}},
    ],
    "not": {"or": [{"text": "fictif"}, {"establishmentCategory": ["TRE_R66-620"]}]},
}
FACETS = (Facet.ACTIVITY, Facet.CARE_MODE, Facet.ESTABLISHMENT_CATEGORY)
EDGES = "edges { distanceKm reasons { criterion value } node { id name origin } } totalCount"
IN_DEPARTMENT = f"query($criteria: OfferCriteria!, $in: TerritoryInput) {{ searchOffers(criteria: $criteria, territory: $in, orderBy: NAME) {{ {EDGES} }} }}"
NEAR = f"query($criteria: OfferCriteria!, $near: Near) {{ searchOffers(criteria: $criteria, near: $near) {{ {EDGES} }} }}"
FACETED = (
    f"query($criteria: OfferCriteria!, $in: TerritoryInput) {{ searchOffers(criteria: $criteria, territory: $in) {{ {EDGES} "
    "facets(by: [ACTIVITY, CARE_MODE, ESTABLISHMENT_CATEGORY]) "
    "{ code label count } } }"
)
COVERAGE = "query($code: ID!) { pathwayCoverage(code: $code, by: REGION) { cells { step territory state offers sites } } }"
ROUTES = 'query($from: Near!) { pathwayRoutes(code: "stroke", from: $from, k: 3) { cost steps { step legKm offer { id } terms { weight km } } } }'
GAPS = 'query($step: ID!) { pathwayGaps(code: "stroke", step: $step, maxKm: 60) { totalCount edges { node { commune nearest { id distanceKm } } } } }'
SITE = "query($id: ID!) { geographicEntity(id: $id) { id name finess address postalCode openedOn } }"


@dataclass(frozen=True, slots=True)
class Place:
    """What the questions ask about: a department, a commune and a site of it."""

    department: str
    commune: str
    site: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question, asked with each of `variables` in turn. `reads`: the same without GraphQL, for the bare driver; None where much of it is not Cypher."""

    name: str
    document: str
    variables: Sequence[Mapping[str, Any]]
    reads: Callable[[], Reads[Any]] | None = None
    targets: Mapping[str, str] = field(default_factory=dict)

    @property
    def requests(self) -> list[Request]:
        """Its requests."""
        return [Request(self.document, one) for one in self.variables]


def serving(rounds: int, home: Path | None = None) -> Iterator[Figure]:
    """Ask each question on both sides in turn.

    `home`: the store of a country that the part `country` has kept; else the nation is loaded where its files are at hand, else the sample region.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        place = home or Path(folder) / "home"
        store = held.enter_context(open_store(Settings(home=place)))
        asked = _filled(store, Path(folder), whole=home is not None)
        reference, seconds = _indexed(store)
        yield Figure("index of the offers, read and made", "s", (seconds,))
        cases = _cases(asked, _communes(store), reference)
        with served(place, "--operator") as port:
            _keep_asking(Client(port), cases[0].requests[0].body, 2 * seconds)
            for case in cases:
                yield from _measured(store, port, case, rounds)
            yield from _beside_hand(store, port, asked, rounds)
            yield from _together(port, cases)
        yield from viewing(place, _region(store, asked), [(case.name, case.requests) for case in cases if not case.name.startswith("gaps")], rounds)


def _filled(store: Store, folder: Path, *, whole: bool) -> Place:
    """Load what the questions need; a country has its offers already."""
    files = NATION if whole or REAL.is_file() else REGION
    for name, path in files.items():
        if not (whole and name in {"finess", "sae"}):
            load(store, get_source(name), [path], Options(Mode.DELTA if whole and name == "nos" else Mode.FULL, rejects=folder / "rejects" / name))
    return Place("33", "33063", "1330781196") if files is NATION else Place("960", "96001", "1960000073")


def _indexed(store: Store) -> tuple[Reference, float]:
    """A reference with the index that a server makes, and how long it took."""
    reference, start = Reference(), time.perf_counter()
    reference.common.index = answer_long(store, gathered(reference)).postings()
    return reference, time.perf_counter() - start


def _keep_asking(client: Client, body: str, seconds: float) -> None:
    """Until the server has made its index."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        client.ask(body)
        time.sleep(0.5)


def _communes(store: Store) -> list[str]:
    """Some communes from all over."""
    codes = [code for (code,) in store.stream("MATCH (c:Commune) WHERE c.latitude IS NOT NULL RETURN c.code ORDER BY c.code")]
    return codes[:: max(1, len(codes) // SPREAD)]


def _cases(place: Place, communes: Sequence[str], reference: Reference) -> list[Case]:
    today = date.today()
    by_code: dict[str, Sequence[str] | None] = {"activity": CODES}
    by_three = by_code | {"careMode": ["TRE_R213-28"], "fieldOfActivity": ["TRE_R227-02"]}
    around = Around(commune=place.commune, radius=30.0)
    here = asked_of(by_code, None, None, Around(territory=f"department={place.department}"), today)
    near, near_three = (asked_of(coded, None, None, around, today) for coded in (by_code, by_three))
    twelve = Asked(parse(TWELVE), today, territory=Territory(Level.DEPARTMENT, place.department))
    circle = {"near": {"commune": place.commune, "radiusKm": 30.0}}
    ratio = {"ratio": "at most 1.8"}
    return [
        Case(
            "20 offers by code and department",
            IN_DEPARTMENT,
            [{"criteria": {"activity": [*CODES]}, "in": {"department": place.department}}],
            lambda: search_offers(here, reference),
            {"p95": "under 60 ms"},
        ),
        Case("20 offers by proximity", NEAR, [{"criteria": {"activity": [*CODES]}} | circle], lambda: search_offers(near, reference), ratio),
        Case(
            "20 offers by proximity and three criteria",
            NEAR,
            [{"criteria": by_three} | circle],
            lambda: search_offers(near_three, reference),
            {"p95": "under 60 ms"},
        ),
        Case(
            "a tree of twelve criteria with three facets, in a department",
            FACETED,
            [{"criteria": TWELVE, "in": {"department": place.department}}],
            lambda: _with_facets(twelve, reference),
            {"p95": "under 250 ms"},
        ),
        Case(
            "coverage of a five-step pathway by region",
            COVERAGE,
            [{"code": "dialysis"}],
            lambda: pathway_coverage("dialysis", TerritoryLevel.REGION, today, reference),
            {"p95": "under 250 ms"},
        ),
        Case("gaps of one step, all communes", GAPS, [{"step": "stroke-unit"}], targets={"p50": "under 2,000 ms"}),
        Case("three best routes, from anywhere", ROUTES, [{"from": {"commune": code}} for code in communes], targets={"p95": "under 200 ms"}),
        Case("one site by id", SITE, [{"id": place.site}], lambda: geographic_entities([place.site]), {"more": "at most 0.8 ms more"}),
    ]


def _with_facets(asked: Asked, reference: Reference) -> Reads[Sequence[FacetCount]]:
    page = yield from search_offers(asked, reference)
    return (yield from facets(page.search, FACETS, reference))


class _Spy:
    """Notes what an answer asks of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asks: list[Ask] = []

    def read(self, question: Any, /, **params: Any) -> list[Row]:
        self.asks.append(Ask(question, params))
        return self._store.read(question, **params)


def _asks(store: Store, reads: Callable[[], Reads[Any]]) -> list[Ask]:
    """The questions of an answer once what is kept is known: the second time."""
    answer(store, reads())
    spy = _Spy(store)
    answer(spy, reads())
    return spy.asks


def _measured(store: Store, port: int, case: Case, rounds: int) -> Iterator[Figure]:
    asks = _asks(store, case.reads) if case.reads else []
    client, bodies = Client(port), cycle(one.body for one in case.requests)
    yield Figure(f"{case.name}: first answer after a load", "s", (_first_answer(client, case),))
    sides: list[Callable[[], object]] = [lambda: client.ask(next(bodies))]
    with ExitStack() as held:
        if asks:
            session = held.enter_context(_session(held, store.endpoint))
            sides.append(lambda: _driver(session, [(ask.question.text, dict(ask.params)) for ask in asks]))
        over_http, *bare = in_turn(sides, rounds)
    yield from spread(f"{case.name}: GraphQL over HTTP", over_http, case.targets)
    if bare:
        yield from compared(case.name, "bare driver", over_http, bare[0], case.targets)


def _first_answer(client: Client, case: Case) -> float:
    """Seconds until it is answered: what is read once a load may take longer than a request may, and goes on without it."""
    start = time.perf_counter()
    while True:
        try:
            client.ask(case.requests[0].body)
        except RuntimeError as problem:
            if "'TIMEOUT'" not in str(problem):
                raise
        else:
            return time.perf_counter() - start


def _beside_hand(store: Store, port: int, place: Place, rounds: int) -> Iterator[Figure]:
    """The first search beside what an expert writes for it alone. Raises RuntimeError where the two do not find the same."""
    declared = _region(store, place) in answer(store, declared_regions(Reference()))
    text, params = by_hand(CODES, place.department, date.today(), declared=declared)
    body = Request(IN_DEPARTMENT, {"criteria": {"activity": [*CODES]}, "in": {"department": place.department}}).body
    client = Client(port)
    with ExitStack() as held:
        session = held.enter_context(_session(held, store.endpoint))
        ((total, page),) = (row.values() for row in _driver(session, [(text, params)]))
        found = client.ask(body)["searchOffers"]
        if (found["totalCount"], [edge["node"]["id"] for edge in found["edges"]]) != (total, [one["id"] for one in page]):
            raise RuntimeError(f"by hand {total} offers, searchOffers {found['totalCount']}, or another page")
        ours, hand = in_turn([lambda: client.ask(body), lambda: _driver(session, [(text, params)])], rounds)
    name = f"20 offers by code and department ({total} in all)"
    yield from compared(name, "Cypher by hand", ours, hand, {"ratio": "at most 1.6"})


def _region(store: Store, place: Place) -> str:
    codes = store.stream("MATCH (:Department {code: $code})-[:IN]->(r:Region) RETURN r.code", code=place.department)
    return next(str(code) for (code,) in codes)


def _together(port: int, cases: Sequence[Case]) -> list[Figure]:
    """Many clients on a mix beside one, in the same while."""
    mix = [request for case in cases if not case.name.startswith(("gaps", "a tree")) for request in case.requests[:4]]
    one, many = (together(port, mix, clients, TOGETHER) for clients in (1, CLIENTS))
    return [
        Figure("a mix of questions: one client", "answers/s", (one.rate,)),
        Figure(f"a mix of questions: {CLIENTS} clients at once", "answers/s", (many.rate,)),
        Figure(f"{CLIENTS} clients, of one", "ratio", (many.rate / one.rate,), "at least 1.6"),
        Figure(f"{CLIENTS} clients: errors", "errors", (float(one.errors + many.errors),), "none"),
        Figure(f"{CLIENTS} clients: the one that got least, of the mean", "ratio", (min(many.answers) / statistics.mean(many.answers),), "none starves"),
    ]


def _session(held: ExitStack, endpoint: Endpoint) -> neo4j.Session:
    driver = held.enter_context(neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password)))
    return driver.session(database=endpoint.database)


def _driver(session: neo4j.Session, asks: Sequence[tuple[str, dict[str, Any]]]) -> list[neo4j.Record]:
    """The rows of the last of these statements."""
    rows: list[neo4j.Record] = []
    for text, params in asks:
        rows = session.execute_read(partial(_rows, text=text, params=params))
    return rows


def _rows(transaction: neo4j.ManagedTransaction, *, text: str, params: dict[str, Any]) -> list[neo4j.Record]:
    return list(transaction.run(text, params))
