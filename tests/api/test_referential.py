"""Entities, sites and offers over the sample (sample.py), and how many questions an answer costs."""

import asyncio
from contextlib import closing

import strawberry

from api.caller import LOCAL_OPERATOR
from api.execution import Executor, Request
from api.limits import DEFAULT
from graph.store.connection import connect_async
from graph.store.endpoint import Endpoint
from tests.api.conftest import Served


def test_an_offer_by_id_with_its_codes_site_and_entity(served: Served) -> None:
    document = """query O($id: ID!) {offer(id: $id) {
      id name origin minAge fieldOfActivity {id label} activities {id label} site {id name category} entity {id name} commune {code name}
      department {id name} codes {relation id label} capacities {count} stamps {source}}}"""
    assert served.client.ask(document, {"id": "84/1"}) == {
        "offer": {
            "id": "84/1",
            "name": "UNV Bourg",
            "origin": "DECLARED",
            "minAge": 18.0,
            "fieldOfActivity": {"id": "TRE_R227-02", "label": "MCO"},
            "activities": [{"id": "TRE_R211-356", "label": "Unité neurovasculaire"}],
            "site": {"id": "1010000011", "name": "Site de Bourg", "category": "TRE_R66-355"},
            "entity": {"id": "1010000001", "name": "CH de Bresse"},
            "commune": {"code": "01053", "name": "Bourg-en-Bresse"},
            "department": {"id": "01", "name": "Ain"},
            "codes": [{"relation": "HAS_ACTIVITY", "id": "TRE_R211-356", "label": "Unité neurovasculaire"}],
            "capacities": [],
            "stamps": {"source": "ror"},
        }
    }
    assert served.asked == ["offers"]


def test_what_does_not_exist_is_null(served: Served) -> None:
    assert served.client.ask('{offer(id: "?") {id} legalEntity(id: "?") {id} geographicEntity(id: "?") {id} pathway(code: "?") {code}}') == {
        "offer": None,
        "legalEntity": None,
        "geographicEntity": None,
        "pathway": None,
    }


def test_from_the_entity_down_to_the_offers_is_one_question_a_level(served: Served) -> None:
    document = "query E($id: ID!) {legalEntity(id: $id) {name sites {name legalEntity {name} offers {name site {geographicEntity {finess}}}}}}"
    entity = {"name": "CH de Bresse"}
    bourg, lyon = {"geographicEntity": {"finess": "010000011"}}, {"geographicEntity": {"finess": "690000021"}}
    assert served.client.ask(document, {"id": "1010000001"}) == {
        "legalEntity": {
            "name": "CH de Bresse",
            "sites": [
                {
                    "name": "Site de Bourg",
                    "legalEntity": entity,
                    "offers": [{"name": "UNV Bourg", "site": bourg}, {"name": "Urgences Bourg", "site": bourg}, {"name": "Divers Bourg", "site": bourg}],
                },
                {"name": "Site de Lyon", "legalEntity": entity, "offers": [{"name": "UNV Lyon", "site": lyon}]},
            ],
        }
    }
    assert served.asked == ["legal_entities", "sites_of_entities", "geographic_entities", "offers_of_sites", "offers"]


def test_the_same_field_under_two_names_is_one_question(served: Served) -> None:
    assert served.client.ask('{a: offer(id: "84/1") {name} b: offer(id: "84/3") {name}}') == {"a": {"name": "UNV Bourg"}, "b": {"name": "UNV Lyon"}}
    assert served.asked == ["offers"]


def test_a_page_of_sites_above_the_limit_is_refused(served: Served) -> None:
    assert served.client.refusal('{legalEntity(id: "1010000001") {sites(first: 201) {id}}}') == (
        "LIMIT_EXCEEDED",
        "first: 201 is above the page size, the limit is 200. Ask for the next page with `after`.",
    )


def test_many_requests_at_once_get_each_their_own_answer(sample: Endpoint, schema: strawberry.Schema) -> None:
    async def asked() -> list[object]:
        async with connect_async(sample) as store:
            with closing(Executor(schema, store, DEFAULT)) as executor:
                requests = [Request("query O($id: ID!) {offer(id: $id) {id}}", {"id": f"84/{1 + number % 4}"}) for number in range(40)]
                return [answer.body["data"] for answer in await asyncio.gather(*(executor.answer(LOCAL_OPERATOR, request) for request in requests))]

    assert asyncio.run(asked()) == [{"offer": {"id": f"84/{1 + number % 4}"}} for number in range(40)]
