"""Each search scenario of the ROR guide: FHIR, by a small reader over the JSON, and GraphQL, over the same files, select what docs/scenarios.md says."""

import json
from dataclasses import replace
from typing import Any

import pytest
import strawberry

from graph.store.connection import connect
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from loaders.pipeline import Options, load
from loaders.registry import get_source
from scripts.demo import DATA, NATIONAL
from tests.api.conftest import Served, schema, serving
from tests.conftest import cleared
from tests.loaders.ror.made_fhir import bundle, document
from tests.scenarios.fhir_search import Json, Records, communes_of, selected
from tests.scenarios.made import NOS, RESOURCES, write_anomalies
from tests.scenarios.page import Scenario, empty_on_the_sample, scenarios

__all__ = ["schema"]

REGION = DATA / "region"
GUIDE = {1: 5, 2: 8, 3: 12, 4: 3, 5: 1, 6: 2, 7: 4, 8: 3, 9: 2, 10: 9, 11: 2, 12: 10, 13: 7, 14: 4}  # pages of the guide: how many scenarios each has
WRITES = {5: {1}, 6: {1, 2}, 10: set(range(1, 10)), 12: set(range(1, 11)), 13: set(range(1, 8)), 14: {1}}  # of a page: those that search nothing
STATED = scenarios()
COMPARED = [one for one in STATED if one.selected is not None]


@pytest.fixture(scope="module")
def records() -> Records:
    """The sample's national ROR and the made resources."""
    return replace(sample_alone(), resources=(*sample_alone().resources, *RESOURCES))


def sample_alone() -> Records:
    lines = [line for file in sorted((REGION / "ror" / "national").glob("*.ndjson")) for line in file.read_text(encoding="utf-8").splitlines()]
    return Records([json.loads(line) for line in lines], communes_of(REGION / "geo" / "communes_insee_cp_latlon.csv"))


@pytest.fixture(scope="module")
def served(embedded_endpoint: Endpoint, schema: strawberry.Schema, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The application over the same files, loaded."""
    folder = tmp_path_factory.mktemp("scenarios")
    lists = folder / "nos"
    lists.mkdir()
    for name, lines in NOS.items():
        (lists / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = document(folder / "made.json", bundle(*(one for one in RESOURCES if one["resourceType"] != "Task")))
    with connect(cleared(embedded_endpoint)) as store:
        ensure_schema(store)
        load(store, get_source("geography"), [REGION / "geo"])
        load(store, get_source("nos"), [REGION / "nos", lists])
        load(store, get_source("inventory"), [REGION / "inventory"])
        report = load(store, get_source("ror-fhir"), [REGION / "ror" / "national", made], Options(ror=NATIONAL, rejects=folder / "rejects"))
        assert report.rejected == 2  # the sample's two offers with the placeholder ZZZ
        write_anomalies(store)
    return serving(embedded_endpoint, schema)


def ids_of(data: Any) -> set[str]:
    """The ids that an answer selects: of a search, of the offers of a structure, or of the objects that were asked for by id."""
    return {found for answer in data.values() if answer is not None for found in _ids(answer)}


def _ids(answer: Any) -> list[str]:
    if "edges" in answer:
        return [edge["node"]["id"] for edge in answer["edges"]]
    return [one["id"] for one in answer["offers"]] if "offers" in answer else [answer["id"]]


def fhir_ids(scenario: Scenario, records: Records) -> set[str]:
    """What the query matches, by identifier; of matched locations the offers that are sent along, unless the scenario asks for the locations themselves."""
    assert scenario.fhir is not None
    found = selected(scenario.fhir, records)
    if scenario.fhir.startswith("Location") and "location(id" not in scenario.document:
        references = {f"Location/{one['id']}" for one in found}
        found = [one for one in records.of("HealthcareService") if references & {place["reference"] for place in one.get("location", [])}]
    return {one["identifier"][0]["value"] for one in found}


def compared(by_fhir: set[str], by_graphql: set[str]) -> dict[str, list[str]]:
    return {"both": sorted(by_fhir & by_graphql), "fhir": sorted(by_fhir - by_graphql), "graphql": sorted(by_graphql - by_fhir)}


@pytest.mark.parametrize("scenario", COMPARED, ids=lambda one: one.number)
def test_fhir_and_graphql_select_the_offers_that_the_page_says(scenario: Scenario, served: Served, records: Records) -> None:
    data = served.client.ask(scenario.document, scenario.variables)
    assert compared(fhir_ids(scenario, records), ids_of(data)) == scenario.selected


@pytest.mark.parametrize("scenario", COMPARED, ids=lambda one: one.number)
def test_a_scenario_that_is_compared_selects_something_in_both(scenario: Scenario) -> None:
    assert scenario.selected is not None
    assert scenario.selected["both"]


def test_every_scenario_of_the_guide_stands_on_the_page_once() -> None:
    guide = [f"{page}.{number}" for page, count in GUIDE.items() for number in range(1, count + 1)]
    assert [one.number for one in STATED if one.number != "1.1bis"] == guide
    assert [one.number for one in STATED[:2]] == ["1.1", "1.1bis"]


@pytest.mark.parametrize("scenario", STATED, ids=lambda one: one.number)
def test_a_scenario_is_compared_or_says_why_not(scenario: Scenario) -> None:
    assert (scenario.selected is None) == scenario.says_why


@pytest.mark.parametrize("scenario", STATED, ids=lambda one: one.number)
def test_a_scenario_that_searches_has_its_fhir_query(scenario: Scenario) -> None:
    page, number = scenario.number.removesuffix("bis").split(".")
    assert (scenario.fhir is None) == (int(number) in WRITES.get(int(page), set()))


def test_the_page_says_what_the_sample_alone_leaves_empty() -> None:
    alone = sample_alone()
    assert {one.number for one in COMPARED if not fhir_ids(one, alone)} == empty_on_the_sample()


SITE: Json = {
    "resourceType": "Organization", "id": "s",
    "extension": [
        {"url": "x/ror-organization-price", "extension": [
            {"url": "priceType", "valueCodeableConcept": {"coding": [{"system": "x/TRE_R246-TypeTarif", "code": kind}]}},
            {"url": "amount", "valueMoney": {"value": amount}}]} for kind, amount in (("02", 80.0), ("03", 12.0))
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Organization?price-type=TRE_R246|02&price-amount-value=lt60", ["s"]),  # of two prices: each parameter by itself
        ("Organization?price-type=02", ["s"]),
        ("Organization?price-type=TRE_R244|02", []),
        ("Organization?price-type=TRE_R246|01,02", ["s"]),
        ("Organization?price-amount-value=gt80", []),
        ("Organization?price-amount-value=ge80", ["s"]),
        ("Organization?_filter=(price-type eq 01 or price-amount-value lt 60)", ["s"]),
        ("Organization?_filter=(price-type eq 01 and price-amount-value lt 60)", []),
        ("Organization?_filter=((price-type eq 01) or (price-type eq 03)) and price-amount-value=80", ["s"]),
    ],
)
def test_the_reader_reads_each_parameter_by_itself(query: str, found: list[str]) -> None:
    assert [one["id"] for one in selected(query, Records([SITE], {}))] == found


def test_the_reader_refuses_a_parameter_that_it_does_not_know() -> None:
    with pytest.raises(KeyError, match="prise-type"):
        selected("Organization?prise-type=02", Records([SITE], {}))
