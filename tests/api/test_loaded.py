"""What hangs on structures, offers, professionals: shown with every value, and read for a whole list at once."""

import pytest
import strawberry

from graph.store.connection import connect
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from tests.api.conftest import Served, serving
from tests.conftest import cleared

GRAPH = """
CREATE (e:LegalEntity {id: '1960000001', name: 'CH', siren: '123456789', category: 'x', updated_at: date('2026-01-01')}),
  (s:GeographicEntity {id: '1960000073', name: 'Site', drop_zone: 'oui', orsan_level: '1', financial_aids: ['TRE_R241-1'], social_aid_places: 3})
    -[:PART_OF]->(e), (annex:GeographicEntity {id: '1960000081', name: 'Annexe'})-[:SECONDARY_OF]->(s),
  (m:Commune {code: '96001', name: 'Le Havre-aux-Brumes'}), (s)-[:LOCATED_IN]->(m),
  (s)-[:IN_TERRITORY]->(:HealthTerritory {id: 'TRE_R88-1', type: 'GHT', code: '1', name: 'Îles'}),
  (s)-[:HAS_TARIFF]->(:Tariff {id: 's#t', type: 'TRE_R246-01', amount: 65.5, unit: 'jour', conditions: ['simple'], valid_from: date('2026-01-01')}),
  (s)-[:HAS_TELECOM]->(:Telecom {id: 's#p', channel: 'phone', value: '0100000000', confidentiality: 1}),
  (s)-[:HAS_TELECOM {gone_on: date('2026-01-01')}]->(:Telecom {id: 's#old', channel: 'phone', value: '0', gone_on: date('2026-01-01')}),
  (:Authorisation {id: 'A/1', kind: 'activity', number: '1', line: '2', activity: 'TRE_R271-04', ends_on: date('2030-01-01'), capacity: 12})
    -[:GRANTED_TO]->(s)
"""
MORE = """
MATCH (s:GeographicEntity {id: '1960000073'}), (e:LegalEntity {id: '1960000001'}), (m:Commune {code: '96001'})
CREATE (u:OrganisationalUnit {id: '96/pole', name: 'Pôle', type: 'TRE_R207-1', opened_on: date('2020-01-01')})-[:PART_OF]->(s),
  (v:OrganisationalUnit {id: '96/service', name: 'Neurologie', type: 'TRE_R207-2'})-[:PART_OF]->(u),
  (k:Concept {id: 'TRE_R207-1', label: 'Pôle'}), (act:Concept {id: 'TRE_R211-356', label: 'UNV'}), (scan:Concept {id: 'TRE_R212-1', label: 'Scanner'}),
  (room:Concept {id: 'TRE_R242-1', label: 'Chambre'}), (special:Concept {id: 'TRE_R38-SM01', label: 'Neurologie'}),
  (doctor:Concept {id: 'TRE_G15-10', label: 'Médecin'}),
  (o:Offer {id: '96/1', name: 'UNV', no_consent: false, psychiatry_sectors: ['G01']})-[:OFFERED_BY]->(v), (o)-[:HAS_ACTIVITY {family: 'TRE_R257-2'}]->(act),
  (o)-[:PERFORMS_ACT {outside_office: true}]->(act), (o)-[:FOR_PUBLIC]->(room), (v)-[:HAS_ACTIVITY]->(act),
  (o)-[:SOURCED_FROM]->(:Application {code: 'ROR-ILE', name: 'ROR des Îles'}),
  (o)-[:HAS_HOURS]->(:OpeningHours {id: 'o#h', day: 1, from: '08:00', to: '12:00', type: 'TRE_R252-1', effective_from: date('2026-01-01')}),
  (o)-[:HAS_CONTACT]->(c:Contact {id: 'o#c', name: 'Accueil', function: 'TRE_R251-1', confidentiality: 2}),
  (c)-[:HAS_TELECOM]->(:Telecom {id: 'o#c#t', channel: 'mail', value: 'a@b.fr', secure: true, confidentiality: 2}),
  (o)-[:DELIVERED_AT]->(l:Location {id: '96/L1', name: 'Aile A', external_sync_id: 'Z1', town: 'Le Havre', latitude: 1.5}), (l)-[:LOCATED_IN]->(m),
  (l)-[:MANAGED_BY]->(s), (l)-[:HAS_EQUIPMENT {in_service: 2, limits: ['200 kg']}]->(scan), (l)-[:HAS_HOUSING {count: 4}]->(room),
  (l)-[:HAS_CAPACITY]->(:Capacity {id: 'l#c', nature: 'TRE_R329-01', status: 'TRE_R330-01', count: 10, assignment: 'x', source_type: 'y'}),
  (p:Professional {id: '810000000001', family_name: 'DURAND', given_names: 'Zoé', title: 'DR'}),
  (w:Practice {id: '96/P1', kind: 'OPERATIONAL', profession: 'TRE_G15-10', optam: true, since: date('2024-01-01')})-[:BY]->(p),
  (w)-[:AT]->(s), (w)-[:FOR]->(o), (w)-[:HAS_SPECIALTY {type: 'S'}]->(special), (w)-[:HAS_COMPETENCE]->(special)
"""
LINKED = "MATCH (a:Authorisation {id: 'A/1'})-[:GRANTED_TO]->(), (e:LegalEntity {id: '1960000001'}) CREATE (a)-[:HELD_BY]->(e)"


@pytest.fixture(scope="module")
def loaded(embedded_endpoint: Endpoint) -> Endpoint:
    with connect(cleared(embedded_endpoint)) as store:
        ensure_schema(store)
        for text in (GRAPH, MORE, LINKED):
            store.write([(text, {})])
    return embedded_endpoint


@pytest.fixture
def served(loaded: Endpoint, schema: strawberry.Schema) -> Served:
    return serving(loaded, schema)


def test_a_site_shows_what_hangs_on_it(served: Served) -> None:
    document = """{geographicEntity(id: "1960000073") {
      dropZone orsanLevel financialAids socialAidPlaces main {id} territories {id type code name} tariffs {type amount unit conditions validFrom}
      telecoms {channel value confidentiality} authorisations {id kind number line activity {id label} endsOn capacity site {id} holder {name}}
      units {id} locations {id} practices {id} contacts {id} legalEntity {siren category updatedAt authorisations {id}}}}"""
    assert served.client.ask(document) == {
        "geographicEntity": {
            "dropZone": "oui",
            "orsanLevel": "1",
            "financialAids": ["TRE_R241-1"],
            "socialAidPlaces": 3,
            "main": None,
            "territories": [{"id": "TRE_R88-1", "type": "GHT", "code": "1", "name": "Îles"}],
            "tariffs": [{"type": "TRE_R246-01", "amount": 65.5, "unit": "jour", "conditions": ["simple"], "validFrom": "2026-01-01"}],
            "telecoms": [{"channel": "phone", "value": "0100000000", "confidentiality": 1}],
            "authorisations": [
                {
                    "id": "A/1",
                    "kind": "activity",
                    "number": "1",
                    "line": "2",
                    "activity": {"id": "TRE_R271-04", "label": None},
                    "endsOn": "2030-01-01",
                    "capacity": 12,
                    "site": {"id": "1960000073"},
                    "holder": {"name": "CH"},
                }
            ],
            "units": [{"id": "96/pole"}],
            "locations": [{"id": "96/L1"}],
            "practices": [{"id": "96/P1"}],
            "contacts": [],
            "legalEntity": {"siren": "123456789", "category": "x", "updatedAt": "2026-01-01", "authorisations": [{"id": "A/1"}]},
        }
    }


def test_an_offer_shows_what_hangs_on_it(served: Served) -> None:
    document = """{offer(id: "96/1") {
      noConsent psychiatrySectors publics {id} acts {id outsideOffice} codes {relation id family} rors {id name} unit {name site {name}}
      hours {day from to type effectiveFrom} contacts {name function confidentiality telecoms {value secure}} capacities {count assignment sourceType}
      locations {name externalSyncId town commune {id} manager {name} equipment {id label inService limits} housing {id count} capacities {count}}
      practices {professional {familyName}}}}"""
    assert served.client.ask(document) == {
        "offer": {
            "noConsent": False,
            "psychiatrySectors": ["G01"],
            "publics": [{"id": "TRE_R242-1"}],
            "acts": [{"id": "TRE_R211-356", "outsideOffice": True}],
            "codes": [
                {"relation": "FOR_PUBLIC", "id": "TRE_R242-1", "family": None},
                {"relation": "HAS_ACTIVITY", "id": "TRE_R211-356", "family": "TRE_R257-2"},
                {"relation": "PERFORMS_ACT", "id": "TRE_R211-356", "family": None},
            ],
            "rors": [{"id": "ROR-ILE", "name": "ROR des Îles"}],
            "unit": {"name": "Neurologie", "site": {"name": "Site"}},
            "hours": [{"day": 1, "from": "08:00", "to": "12:00", "type": "TRE_R252-1", "effectiveFrom": "2026-01-01"}],
            "contacts": [{"name": "Accueil", "function": "TRE_R251-1", "confidentiality": 2, "telecoms": [{"value": "a@b.fr", "secure": True}]}],
            "capacities": [{"count": 10, "assignment": "x", "sourceType": "y"}],
            "locations": [
                {
                    "name": "Aile A",
                    "externalSyncId": "Z1",
                    "town": "Le Havre",
                    "commune": {"id": "96001"},
                    "manager": {"name": "Site"},
                    "equipment": [{"id": "TRE_R212-1", "label": "Scanner", "inService": 2, "limits": ["200 kg"]}],
                    "housing": [{"id": "TRE_R242-1", "count": 4}],
                    "capacities": [{"count": 10}],
                }
            ],
            "practices": [{"professional": {"familyName": "DURAND"}}],
        }
    }


def test_a_unit_by_id_with_its_units_and_offers(served: Served) -> None:
    document = """{organisationalUnit(id: "96/pole") {name type {label} openedOn parent {id} parentKind site {id} commune {id}
      units {id parentKind activities {label}} offers {id}}}"""
    assert served.client.ask(document) == {
        "organisationalUnit": {
            "name": "Pôle",
            "type": {"label": "Pôle"},
            "openedOn": "2020-01-01",
            "parent": {"id": "1960000073"},
            "parentKind": "GeographicEntity",
            "site": {"id": "1960000073"},
            "commune": {"id": "96001"},
            "units": [{"id": "96/service", "parentKind": "OrganisationalUnit", "activities": [{"label": "UNV"}]}],
            "offers": [{"id": "96/1"}],
        }
    }


def test_a_professional_by_id_with_their_practices(served: Served) -> None:
    document = """{professional(id: "810000000001") {familyName givenNames title practices {
      kind profession {id label} optam since specialties {id label type} competences {id} sites {name} offer {name} hours {day}}}}"""
    assert served.client.ask(document) == {
        "professional": {
            "familyName": "DURAND",
            "givenNames": "Zoé",
            "title": "DR",
            "practices": [
                {
                    "kind": "OPERATIONAL",
                    "profession": {"id": "TRE_G15-10", "label": "Médecin"},
                    "optam": True,
                    "since": "2024-01-01",
                    "specialties": [{"id": "TRE_R38-SM01", "label": "Neurologie", "type": "S"}],
                    "competences": [{"id": "TRE_R38-SM01"}],
                    "sites": [{"name": "Site"}],
                    "offer": {"name": "UNV"},
                    "hours": [],
                }
            ],
        }
    }


def test_a_secondary_site_names_its_main_one(served: Served) -> None:
    assert served.client.ask('{geographicEntity(id: "1960000081") {main {name}}}') == {"geographicEntity": {"main": {"name": "Site"}}}


def test_what_hangs_on_a_list_is_one_question_a_kind_and_only_what_is_asked_for(served: Served) -> None:
    served.client.ask('{a: geographicEntity(id: "1960000073") {telecoms {id} tariffs {id}} b: geographicEntity(id: "1960000081") {telecoms {id} tariffs {id}}}')
    assert served.asked == ["geographic_entities", "owned_of_objects", "owned_of_objects"]
