"""A route through the sample region as shipped, both RORs loaded: a chain that goes all four ways, each term of its cost worked out by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from graph.pathways.matching import step_matches
from graph.pathways.refusals import Refusal
from graph.pathways.routes import AskedRoutes, PathwayRoute, pathway_refusal, pathway_routes
from graph.reads import answer
from graph.runs import Mode
from graph.search.candidates import Origin
from graph.search.place import Near
from graph.search.reference import Reference
from graph.store.connection import Store, connect
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from loaders.pathways import pathways_of
from loaders.pipeline import Options, load
from loaders.registry import get_source
from tests.conftest import cleared

DATA: Final = Path(__file__).parents[2] / "data"
WHOLE: Final = Options()
NATIONAL: Final = Options(ror="ROR-NATF")
LOADS: Final = (
    ("geography", "region/geo", WHOLE),
    ("nos", "region/nos", WHOLE),
    ("finess", "region/finess", WHOLE),
    ("sae", "region/sae", WHOLE),
    ("inventory", "region/inventory", WHOLE),
    ("ror-xml", "region/ror/regional", WHOLE),
    ("ror-fhir", "region/ror/national", NATIONAL),
    ("ror-fhir", "region/ror/national_update", replace(NATIONAL, mode=Mode.DELTA)),
    ("matrix", "region/matrix", WHOLE),
    ("pathways", "pathways", WHOLE),
)
LINE: Final = """
code: line
name: Une ligne (fictif)
population: Toute personne
source: Fictif
valid_from: "2026-01-01"
steps:
  - {code: regulation, name: Régulation, place: REMOTE, requirement: {activity: [TRE_R211-273]}, next: [{step: smur}]}
  - {code: smur, name: SMUR, place: TEAM, requirement: {activity: [TRE_R211-136]}, next: [{step: emergency}]}
  - code: emergency
    name: Urgences
    requirement: {activity: [TRE_R211-157], careMode: [TRE_R213-33]}
    members: [{role: reference, kind: GeographicEntity, id: "1960000073", since: "2026-01-01"}]
    next: [{step: unit}]
  - {code: unit, name: Unité neurovasculaire, requirement: {activity: [TRE_R211-356]}, next: [{step: home}]}
  - {code: home, name: Domicile, place: HOME, requirement: {careMode: [TRE_R213-31]}}
"""
DAY: Final = date(2026, 1, 15)
HAVRE: Final = AskedRoutes("line", Near(commune="96101"), datetime(2026, 1, 15, 8, tzinfo=UTC), DAY, k=1, origin=Origin.OBSERVED)
TO_HAVRE_HOSPITAL: Final = 0.542  # km, haversine of 45.55 N 5.1 W and the Lambert-93 position of 960000214
FROM_HOME_CARE: Final = 36.684  # km, of 960001261
TO_LARGE: Final = 90.818  # km, of 960000982


@pytest.fixture(name="region", scope="module")
def _region(embedded_endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    rejects = tmp_path_factory.mktemp("rejects")
    line = tmp_path_factory.mktemp("line") / "line.yaml"
    line.write_text(LINE, encoding="utf-8")
    with connect(cleared(embedded_endpoint)) as store:
        ensure_schema(store)
        for source, folder, options in LOADS:
            files = sorted(file for file in (DATA / folder).iterdir() if file.is_file())
            load(store, get_source(source), files, replace(options, rejects=rejects / source))
        load(store, get_source("pathways"), [line], Options(rejects=rejects / "line"))
        yield store


def routes(store: Store, asked: AskedRoutes) -> tuple[PathwayRoute, ...]:
    return answer(store, pathway_routes(asked, Reference()))


def paid(route: PathwayRoute) -> list[tuple[str, str, dict[str, float]]]:
    return [(step.step, step.offer.id, {term.weight.value: round(term.km, 3) for term in step.terms}) for step in route.steps]


def test_a_chain_of_all_four_places_pays_each_term(region: Store) -> None:
    (route,) = routes(region, HAVRE)
    assert paid(route) == [
        # the one SAMU, in 960, which states no area; all of the SAE is of 2023-12-31, over 12 months before
        ("regulation", "SAE-2023/960000073/SMURSAMU-SAMU", {"unknown": 20.0, "stale": 10.0}),
        # from the hospital of Havre-du-Sud to its commune; a regulation hands nobody over, so nothing has changed
        ("smur", "SAE-2023/960000214/SMURSAMU-SMUR", {"leg": TO_HAVRE_HOSPITAL, "unknown": 20.0, "stale": 10.0}),
        # the step has one member, another site
        ("emergency", "SAE-2023/960000214/URGENCES-AUTGEN", {"leg": TO_HAVRE_HOSPITAL, "stale": 10.0, "not_member": 10.0}),
        # a stay of the same site, without a count of available places
        ("unit", "SAE-2023/960000214/MCOAVC-UNV", {"leg": 0.0, "capacity": 15.0, "stale": 10.0}),
        # from the base of home care to the start, wherever the person was; the same department, no area stated
        ("home", "SAE-2023/960001261/HAD-MED", {"leg": FROM_HOME_CARE, "unknown": 20.0, "stale": 10.0, "entity": 5.0}),
    ]


def test_the_chain_costs_the_sum_of_its_terms(region: Store) -> None:
    (route,) = routes(region, HAVRE)
    assert (route.cost, round(route.km, 3), route.unknowns, route.entities) == (177.769, 37.769, 3, 3)


def test_where_a_ror_is_loaded_its_offers_alone_are_taken(region: Store) -> None:
    (route,) = routes(region, replace(HAVRE, code="maternity", origin=None))
    assert (paid(route), [step.origin for step in route.steps]) == ([("birth", "96/0011", {"leg": TO_LARGE, "capacity": 15.0})], ["DECLARED"])


def test_a_way_of_the_matrix_replaces_the_crow(region: Store) -> None:
    (route,) = routes(region, replace(HAVRE, code="endometriosis"))
    assert [(step.leg_km, step.road, step.minutes) for step in route.steps] == [(93.1, True, 72.0)]


def test_endometriosis_goes_by_what_offers_specialise_in_and_no_ror_offer_does(region: Store) -> None:
    why = answer(region, pathway_refusal(replace(HAVRE, code="endometriosis", origin=None), Reference()))
    assert isinstance(why, Refusal)
    assert (why.step, why.cause.value) == ("consultation", "NO_OFFER")


def test_every_step_of_the_shipped_pathways_can_be_matched(region: Store) -> None:
    described = pathways_of([DATA / "pathways"])
    found = answer(region, step_matches(described, DAY, Reference()))
    assert ({one.pathway for one in found}, [one for one in found if one.unknown_codes]) == ({str(one["code"]) for one in described}, [])
