"""GraphQL over HTTP beside the bare driver's execute_read of the same Cypher with the same parameters, on the same server in one run."""

import contextlib
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import neo4j

from graph.pathways.coverage import pathway_coverage
from graph.pathways.territories import TerritoryLevel
from graph.reads import Ask, Reads, answer
from graph.referential import geographic_entities
from graph.search.asking import Around, asked_of
from graph.search.criteria import parse
from graph.search.facets import Facet, FacetCount, facets
from graph.search.offers import Asked, search_offers
from graph.search.reference import Reference
from graph.settings import Settings
from graph.store.connection import Row, Store
from graph.store.endpoint import Endpoint
from graph.store.opening import open_store
from loaders.pipeline import Options, load
from loaders.registry import get_source
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.files import REAL, ROOT, SHARED

CALLS = (5, 40)  # requests in a round on each side, at least and at most; in between as many as fit into ROUND
ROUND = 3.0  # seconds
SAMPLE = ROOT / "data" / "region"
NATION = {"geography": SHARED / "geo", "nos": SHARED / "nos", "finess": REAL, "sae": SHARED / "sae_2023", "pathways": ROOT / "data" / "pathways"}
REGION = {name: SAMPLE / folder for name, folder in (("geography", "geo"), ("nos", "nos"), ("finess", "finess"), ("sae", "sae"))} | {
    "pathways": ROOT / "data" / "pathways"
}
TWELVE = {  # a tree of twelve criteria
    "fieldOfActivity": ["TRE_R227-01"],
    "or": [
        {"activity": ["TRE_R211-172", "TRE_R211-234"], "careMode": ["TRE_R213-28"]},
        {"activity": ["TRE_R211-356"], "not": {"text": "clinique"}},
        {"careMode": ["TRE_R213-29"], "sameSite": {"activity": ["TRE_R211-172"]}},
        {"text": "centre hospitalier", "not": {"careMode": ["TRE_R213-59"]}},
    ],
    "not": {"or": [{"text": "fictif"}, {"establishmentCategory": ["TRE_R66-620"]}]},
}
FACETS = (Facet.ACTIVITY, Facet.CARE_MODE, Facet.ESTABLISHMENT_CATEGORY)
EDGES = "edges { distanceKm reasons { criterion value } node { id name origin } } totalCount"


@dataclass(frozen=True, slots=True)
class Case:
    """One question in both forms."""

    name: str
    document: str
    variables: Mapping[str, Any]
    reads: Callable[[], Reads[Any]]
    target: str


def serving(rounds: int) -> list[Figure]:
    """Loads the nation where its files are at hand, else the sample region, and asks each question on both sides in turn."""
    files, department, commune, site = (NATION, "33", "33063", "1330781196") if REAL.is_file() else (REGION, "960", "96001", "1960000073")
    with tempfile.TemporaryDirectory() as folder, open_store(Settings(home=Path(folder) / "home")) as store:
        for name, path in files.items():
            load(store, get_source(name), [path], Options(rejects=Path(folder) / "rejects" / name))
        with _served(Path(folder) / "home") as port:
            return [figure for case in _cases(department, commune, site) for figure in _both(store, port, case, rounds)]


def _cases(department: str, commune: str, site: str) -> list[Case]:
    reference, today = Reference(), date.today()
    by_code = {"activity": ["TRE_R211-172", "TRE_R211-234"]}
    here = asked_of(by_code, None, None, Around(territory=f"department={department}"), today)
    near = asked_of(by_code, None, None, Around(commune=commune, radius=30.0), today)
    by_three = by_code | {"careMode": ["TRE_R213-28"], "fieldOfActivity": ["TRE_R227-02"]}
    near_three = asked_of(by_three, None, None, Around(commune=commune, radius=30.0), today)
    criteria = {"criteria": by_code}
    return [
        Case(
            "20 offers by code and department",
            f"query($criteria: OfferCriteria!, $in: TerritoryInput) {{ searchOffers(criteria: $criteria, territory: $in, orderBy: NAME) {{ {EDGES} }} }}",
            criteria | {"in": {"department": department}},
            lambda: search_offers(here, reference),
            "ratio at most 1.8",
        ),
        Case(
            "20 offers by proximity",
            f"query($criteria: OfferCriteria!, $near: Near) {{ searchOffers(criteria: $criteria, near: $near) {{ {EDGES} }} }}",
            criteria | {"near": {"commune": commune, "radiusKm": 30.0}},
            lambda: search_offers(near, reference),
            "ratio at most 1.8",
        ),
        Case(
            "20 offers by proximity and three criteria",
            f"query($criteria: OfferCriteria!, $near: Near) {{ searchOffers(criteria: $criteria, near: $near) {{ {EDGES} }} }}",
            {"criteria": by_three, "near": {"commune": commune, "radiusKm": 30.0}},
            lambda: search_offers(near_three, reference),
            "under 60 ms over HTTP",
        ),
        Case(
            "a tree of twelve criteria with three facets",
            f"query($criteria: OfferCriteria!) {{ searchOffers(criteria: $criteria) {{ {EDGES} facets(by: [ACTIVITY, CARE_MODE, ESTABLISHMENT_CATEGORY]) "
            "{ code label count } } }",
            {"criteria": TWELVE},
            lambda: _with_facets(Asked(parse(TWELVE), today), reference),
            "under 250 ms over HTTP",
        ),
        Case(
            "coverage of the stroke pathway by region",
            '{ pathwayCoverage(code: "stroke", by: REGION) { cells { step territory state offers sites } } }',
            {},
            lambda: pathway_coverage("stroke", TerritoryLevel.REGION, today, reference),
            "ratio at most 1.8",
        ),
        Case(
            "one site by id",
            "query($id: ID!) { geographicEntity(id: $id) { id name finess address postalCode openedOn } }",
            {"id": site},
            lambda: geographic_entities([site]),
            "at most 0.8 ms more",
        ),
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


def _asks(store: Store, case: Case) -> list[Ask]:
    """The questions of a case once what is kept is known: the second time."""
    answer(store, case.reads())
    spy = _Spy(store)
    answer(spy, case.reads())
    return spy.asks


def _both(store: Store, port: int, case: Case, rounds: int) -> Iterator[Figure]:
    asks = _asks(store, case)
    over_http, bare = [], []
    endpoint = store.endpoint
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.user, endpoint.password)) as driver, _session(driver, endpoint) as session:
        client = _Client(port, case)
        for number in range(rounds + 1):
            sides = (_median(client.ask), _median(lambda: _driver(session, asks)))
            if number:  # the first round warms both
                over_http.append(sides[0])
                bare.append(sides[1])
    yield Figure(f"{case.name}: bare driver, p50", "ms", tuple(bare))
    yield Figure(f"{case.name}: GraphQL over HTTP, p50", "ms", tuple(over_http))
    yield Figure(f"{case.name}: ratio", "ratio", tuple(a / b for a, b in zip(over_http, bare, strict=True)), case.target)
    yield Figure(f"{case.name}: more", "ms", tuple(a - b for a, b in zip(over_http, bare, strict=True)))


def _session(driver: neo4j.Driver, endpoint: Endpoint) -> neo4j.Session:
    return driver.session(database=endpoint.database)


def _driver(session: neo4j.Session, asks: list[Ask]) -> None:
    for ask in asks:
        session.execute_read(_rows, ask)


def _rows(transaction: neo4j.ManagedTransaction, ask: Ask) -> list[dict[str, Any]]:
    return [record.data() for record in transaction.run(ask.question.text, dict(ask.params))]


def _median(call: Callable[[], object]) -> float:
    """Milliseconds of the middle call of a round; the first calls only warm up."""
    call()
    first = _timed(call)
    count = max(CALLS[0], min(CALLS[1], int(ROUND / first)))
    return statistics.median(_timed(call) for _ in range(count)) * 1000


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


class _Client:
    """One connection that stays open, one question."""

    def __init__(self, port: int, case: Case) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._body = json.dumps({"query": case.document, "variables": case.variables})

    def ask(self) -> None:
        self._connection.request("POST", "/graphql", self._body, {"content-type": "application/json"})
        content = json.loads(self._connection.getresponse().read())
        if "errors" in content:
            raise RuntimeError(str(content["errors"]))


@contextlib.contextmanager
def _served(home: Path) -> Iterator[int]:
    """`rorgraph serve --operator` in a process of its own, on a free port."""
    command = [sys.executable, "-m", "rorgraph", "serve", "--operator", "--port", "0", "--embedded-home", str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=dict(os.environ))
    assert process.stdout
    try:
        found = re.search(r":(\d+)/graphql", process.stdout.readline())
        if not found:
            raise RuntimeError("rorgraph serve did not start")
        yield int(found[1])
    finally:
        process.terminate()
        process.wait()
