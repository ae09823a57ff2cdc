"""The two RORs of the sample region: every planned difference comes out as data/region/README.md says, by every door; and what is kept of it."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from api.schema import build_schema
from graph.errors import BadInput, NotFound
from graph.matches import MatchState
from graph.reads import answer_long
from graph.reconciliation.keeping import Said, keep_found, keep_said, said_of
from graph.reconciliation.reading import Compared, compared
from graph.reconciliation.table import View, reconciliation_table
from graph.runs import Mode
from graph.store.connection import Store, connect, connect_async
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from graph.tables import Format, rendered
from loaders.pipeline import Options, load
from loaders.registry import get_source
from loaders.report import LoadReport, report_text
from tests.api.client import Client
from tests.conftest import cleared

DATA: Final = Path(__file__).parents[2] / "data" / "region"
NATIONAL: Final = Options(ror="ROR-NATF")
LOADS: Final = (
    ("geography", "geo", Options()),
    ("finess", "finess", Options()),
    ("inventory", "inventory", Options()),
    ("ror-xml", "ror/regional", Options()),
    ("ror-fhir", "ror/national", NATIONAL),
    ("ror-fhir", "ror/national_update", replace(NATIONAL, mode=Mode.DELTA)),
)
COLUMNS: Final = ("regional", "national", "outcome", "rule", "regional_lacks", "national_lacks", "differences", "missing")
SAME_AS: Final = "MATCH (a)-[r:SAME_AS {source: 'reconciliation'}]->(b) RETURN a.id AS a, b.id AS b, r.rule AS rule, r.state AS state, r.by AS by ORDER BY a, b"
ASKED: Final = """
query ($after: String) { reconciliation(regional: "ROR-ILE", national: "ror:ROR-NATF") {
  counts { same proposed onlyRegional onlyNational partial closedOnOneSide } outOfPerimeter
  structures { entities { rule regional national } sites { rule state regional national evidence { name value } } locations { rule } }
  rows(first: 7, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
    outcome rule state partial department regionalLacks nationalLacks missing differences { property regional national }
    regional { id name field careMode offerType } national { id name field careMode offerType } } } } } }
"""


@pytest.fixture(name="region", scope="module")
def _region(embedded_endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[LoadReport]]]:
    rejects = tmp_path_factory.mktemp("rejects")
    with connect(cleared(embedded_endpoint)) as store:
        ensure_schema(store)
        yield store, [load(store, get_source(name), [DATA / folder], replace(options, rejects=rejects / name)) for name, folder, options in LOADS]


@pytest.fixture(name="store")
def _store(region: tuple[Store, list[LoadReport]]) -> Iterator[Store]:
    """The loaded region; what a test kept is gone after it."""
    yield region[0]
    region[0].write([("MATCH ()-[r:SAME_AS {source: 'reconciliation'}]->() DELETE r", {})])


def planned() -> list[tuple[str, ...]]:
    """The literal table of the page, without its first column."""
    text = (DATA / "README.md").read_text(encoding="utf-8").partition("| planned | ROR-ILE |")[2]
    lines = text.partition("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in line.split("|")[2:-1]) for line in lines]


def read(store: Store) -> Compared:
    return answer_long(store, compared("ROR-ILE", "ROR-NATF"))


def rows(store: Store) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rendered(reconciliation_table(read(store).reconciled(), View.ROWS), Format.JSON))
    return found


def outcome(store: Store, regional: str) -> list[tuple[str, str, str, str]]:
    return [(row["outcome"], row["rule"], row["state"], row["national"]) for row in rows(store) if row["regional"] == regional]


def kept(store: Store) -> list[tuple[Any, ...]]:
    return list(store.stream(SAME_AS))


def test_every_planned_difference_comes_out_as_the_page_says(store: Store) -> None:
    assert [tuple(str(row[name]) for name in COLUMNS) for row in rows(store)] == planned()


def test_what_the_rors_hold_too_much_is_rejected_or_counted(region: tuple[Store, list[LoadReport]]) -> None:
    _, (*_, regional, national, update) = region
    assert [(report.rejected, report.created) for report in (regional, national, update)] == [(2, 25), (2, 28), (1, 1)]
    assert read(region[0]).reconciled().out_of_perimeter == 1


def test_a_load_of_a_ror_says_the_command_that_loads_its_corrected_rejects(region: tuple[Store, list[LoadReport]]) -> None:  # invariant 7
    _, (*_, regional, national, _) = region
    assert [report.again for report in (regional, national)] == [
        f"rorgraph load ror-xml {regional.rejects} --delta",
        f"rorgraph load ror-fhir {national.rejects} --ror ROR-NATF --delta",
    ]
    assert report_text(national).endswith(f"correct them there, then  {national.again}")


def test_csv_and_json_and_graphql_show_the_same_rows(store: Store, embedded_endpoint: Endpoint) -> None:  # docs/architecture.md, invariant 10
    table = reconciliation_table(read(store).reconciled(), View.ROWS)
    from_csv = list(csv.DictReader(io.StringIO(rendered(table, Format.CSV)), delimiter=";"))
    from_json = json.loads(rendered(table, Format.JSON))
    assert from_csv == [{name: _csv_cell(value) for name, value in row.items()} for row in from_json]
    client = Client(build_schema(), partial(connect_async, embedded_endpoint))
    found, after = [], None
    while True:
        answer = client.ask(ASKED, {"after": after})["reconciliation"]["rows"]
        found += [_flat(edge["node"]) for edge in answer["edges"]]
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    assert found == from_json


def _csv_cell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _flat(node: dict[str, Any]) -> dict[str, Any]:
    offer = node["regional"] or node["national"]
    differences = [f"{one['property']}: {one['regional'] or '-'} / {one['national'] or '-'}" for one in node["differences"]]
    return {
        "outcome": node["outcome"],
        "rule": node["rule"] or "",
        "state": (node["state"] or "").lower(),
        "partial": node["partial"],
        "regional": node["regional"]["id"] if node["regional"] else "",
        "national": node["national"]["id"] if node["national"] else "",
        "name": offer["name"],
        "department": node["department"],
        "field": offer["field"],
        "care_mode": offer["careMode"],
        "offer_type": offer["offerType"],
        "regional_lacks": " ".join(node["regionalLacks"]),
        "national_lacks": " ".join(node["nationalLacks"]),
        "differences": "; ".join(differences),
        "missing": " ".join(node["missing"]),
    }


def test_graphql_tells_counts_and_structures(store: Store, embedded_endpoint: Endpoint) -> None:
    found = Client(build_schema(), partial(connect_async, embedded_endpoint)).ask(ASKED, {})["reconciliation"]
    assert found["counts"] == {"same": 8, "proposed": 4, "onlyRegional": 4, "onlyNational": 4, "partial": 2, "closedOnOneSide": 1}
    assert found["outOfPerimeter"] == 1
    site = {"rule": "S-3", "state": "DECIDED", "regional": "300096004700132", "national": "1960000982"}
    assert found["structures"] == {
        "entities": [{"rule": "S-3", "regional": "2000960047", "national": "1967800046"}],
        "sites": [{**site, "evidence": [{"name": "siret", "value": "00096004700132"}, {"name": "commune", "value": "96002"}]}],
        "locations": [],
    }


def test_what_rules_decide_and_propose_is_kept(store: Store) -> None:
    before = read(store)
    assert dict(keep_found(store, before, before.reconciled())) == {"decided": 3, "proposed": 4}
    assert kept(store) == [
        ("1960000982", "300096004700132", "S-3", "decided", None),
        ("1967800046", "2000960047", "S-3", "decided", None),
        ("8960003", "96/0003", "R-3", "decided", None),
        ("8960004", "96/0004", "R-4", "proposed", None),
        ("8960012", "96/0012", "R-4", "proposed", None),
        ("8960051", "96/0005", "R-5", "proposed", None),
        ("8960052", "96/0005", "R-5", "proposed", None),
    ]
    after = read(store)
    assert after.reconciled() == before.reconciled()
    assert dict(keep_found(store, after, after.reconciled())) == {"decided": 3, "proposed": 4}


def test_a_person_s_word_is_kept_over_runs_and_loads_and_can_be_taken_back(store: Store, tmp_path: Path) -> None:
    keep_found(store, read(store), read(store).reconciled())
    confirmed = keep_said(store, read(store), Said(MatchState.CONFIRMED, "8960004", "96/0004", "A. B."))
    assert confirmed == "96/0004 (ROR-ILE), 8960004 (ROR-NATF): confirmed (rule R-4)."
    keep_said(store, read(store), Said(MatchState.REFUSED, "96/0012", "8960012", "A. B."))
    load(store, get_source("ror-fhir"), [DATA / "ror/national"], replace(NATIONAL, mode=Mode.DELTA, rejects=tmp_path / "r"))
    keep_found(store, read(store), read(store).reconciled())
    assert outcome(store, "96/0004") == [("SAME", "R-4", "confirmed", "8960004")]
    assert outcome(store, "96/0012") == [("ONLY_REGIONAL", "", "", "")]
    assert ("8960004", "96/0004", "R-4", "confirmed", "A. B.") in kept(store)
    keep_said(store, read(store), Said(MatchState.WITHDRAWN, "96/0004", "8960004", None))
    assert ("8960004", "96/0004", "R-4", "withdrawn", None) in kept(store)
    assert outcome(store, "96/0004") == [("PROPOSED", "R-4", "proposed", "8960004")]


def test_a_person_may_say_what_no_rule_sees(store: Store) -> None:
    said = keep_said(store, read(store), Said(MatchState.CONFIRMED, "96/0015", "8960015", "A. B."))
    assert said == "96/0015 (ROR-ILE), 8960015 (ROR-NATF): confirmed (rule PERSON)."
    assert outcome(store, "96/0015") == [("SAME", "PERSON", "confirmed", "8960015")]


def test_a_refused_decision_of_a_rule_is_none(store: Store) -> None:
    keep_said(store, read(store), Said(MatchState.REFUSED, "300096004700132", "1960000982", "A. B."))
    assert outcome(store, "96/0012") == [("ONLY_REGIONAL", "", "", "")]  # at two sites now, so nothing is alike
    differs = [row["differences"] for row in rows(store) if row["regional"] == "96/0011"]
    assert differs == ["site: 300096004700132 / 1960000982"]


def test_a_match_that_rules_no_longer_make_is_withdrawn(store: Store) -> None:
    before = read(store)
    keep_found(store, before, before.reconciled())
    keep_said(store, read(store), Said(MatchState.REFUSED, "300096004700132", "1960000982", "A. B."))
    after = read(store)
    assert dict(keep_found(store, after, after.reconciled())) == {"decided": 2, "proposed": 3, "withdrawn": 1}
    assert ("8960012", "96/0012", "R-4", "withdrawn", None) in kept(store)


def test_a_decision_is_a_run_that_names_no_person(store: Store) -> None:
    keep_said(store, read(store), Said(MatchState.CONFIRMED, "96/0004", "8960004", "A. B."))
    newest = "MATCH (r:Run {of: 'reconciliation'}) RETURN r.status AS status, r.perimeter AS perimeter, r.counts AS counts ORDER BY r.started DESC LIMIT 1"
    assert list(store.stream(newest)) == [("done", ["ROR-ILE", "ROR-NATF"], '{"confirmed": 1}')]


@pytest.mark.parametrize(
    ("said", "error", "says"),
    [
        (Said(MatchState.CONFIRMED, "96/0001", "96/0001", "A"), BadInput, "96/0001: one id is one thing already; a pair has two."),
        (Said(MatchState.CONFIRMED, "96/0001", "96/0002x", "A"), NotFound, "96/0001, 96/0002x: these are not an id of ROR-ILE and one of ROR-NATF, "),
        (Said(MatchState.WITHDRAWN, "96/0004", "8960004", None), BadInput, "96/0004, 8960004: no person confirmed or refused this pair, so nothing can be "),
    ],
)
def test_what_cannot_be_said_is_told(store: Store, said: Said, error: type[Exception], says: str) -> None:
    with pytest.raises(error) as raised:
        keep_said(store, read(store), said)
    assert str(raised.value).startswith(says)
    assert kept(store) == []


def test_one_thing_is_said_at_a_time_and_with_a_name() -> None:
    pair = ("a", "b")
    assert said_of(pair, None, None, "A. B.") == Said(MatchState.CONFIRMED, "a", "b", "A. B.")
    assert said_of(None, None, pair, None) == Said(MatchState.WITHDRAWN, "a", "b", None)
    assert said_of(None, None, None, None) is None
    with pytest.raises(BadInput, match=r"^--confirm, --refuse, --withdraw: say one at a time.$"):
        said_of(pair, pair, None, "A. B.")
    with pytest.raises(BadInput, match=r"^--by: say who confirms or refuses; it is kept with the decision.$"):
        said_of(None, pair, None, " ")
