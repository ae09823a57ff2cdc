"""Finding nodes, lists of the catalogue, and the parties by id, over one literal graph, on both servers."""

import pytest

from graph.errors import BadInput, LimitExceeded
from graph.finding import Concept, Hit, concepts, find
from graph.loads import LabelCount, RunRow, SourceRow, runs, sources, status_counts, unplaced_offers
from graph.offering import CodeOf, offers
from graph.reads import answer
from graph.referential import Named, geographic_entities, legal_entities, offers_of_sites, sites_of_entities
from graph.store.connection import Store
from graph.urbanisation import Actor, FlowEnd, application_details, applications, interface_details

GRAPH = """
CREATE (g:Region {code: '84', name: 'Auvergne-Rhône-Alpes', folded: 'auvergne rhone alpes', words: '84 auvergne rhone alpes'}),
  (d:Department {code: '01', name: 'Ain', folded: 'ain'})-[:IN]->(g), (c:Commune {code: '01004', name: 'Ambérieu', folded: 'amberieu'})-[:IN]->(d),
  (e:LegalEntity {id: '1010000001', finess: '010000001', name: 'Hôpitaux', folded: 'hopitaux', words: '010000001 hopitaux'}),
  (s:GeographicEntity {id: '1010000002', finess: '010000002', name: 'Sacré-Cœur', folded: 'sacre coeur', words: '010000002 sacre coeur'})-[:PART_OF]->(e),
  (:GeographicEntity {id: 'gone', name: 'Sacré', folded: 'sacre', gone_on: date('2026-01-01')})-[:PART_OF]->(e),
  (s)-[:LOCATED_IN]->(c), (k:Concept {id: 'TRE_R211-1', system: 'TRE_R211', code: '1', label: 'Accueil', folded: 'accueil', words: 'tre r211 1 accueil'}),
  (l:Concept {id: 'TRE_R211-2', system: 'TRE_R211', code: '2', label: 'Bloc', folded: 'bloc'})-[:BROADER]->(k),
  (o:Offer {id: '84/1', name: 'Urgences', folded: 'urgences', words: '84 1 urgences'})-[:OFFERED_BY]->(s),
  (o)-[:HAS_ACTIVITY {source: 'a'}]->(k), (o)-[:HAS_ACTIVITY {source: 'b'}]->(k), (:Offer {id: '84/2', name: 'Sans lieu'}),
  (a:Application {code: 'ROR', name: 'ROR', folded: 'ror', kind: 'REGIONAL_ROR'})-[:DEPLOYED_IN]->(g), (a)-[:OWNED_BY]->(:Actor {code: 'ARS', name: 'ARS'}),
  (b:Application {code: 'SAS', name: 'SAS', folded: 'sas', kind: 'PLATFORM'}), (i:Interface {code: 'API', name: 'API'})-[:EXPOSED_BY]->(a),
  (f:Flow {code: 'F', name: 'F', mode: 'query'})-[:CALLS]->(i), (f)-[:CONSUMER]->(b),
  (:Run {id: 'r1', of: 'sae', started: '2026-01-01T00:00:00Z', ended: '2026-01-01T00:01:00Z', status: 'done'}),
  (:Run {id: 'r2', of: 'sae', started: '2026-02-01T00:00:00Z', status: 'failed'})
"""


@pytest.fixture
def full(store: Store) -> Store:
    store.write([(GRAPH, {})])
    return store


def found(store: Store, text: str, first: int = 20) -> list[tuple[str, str, bool]]:
    return [(hit.kind, hit.id, hit.exact) for hit in answer(store, find(text, first=first))]


def test_a_node_is_found_by_its_key_its_finess_number_the_beginning_of_its_name_and_its_words(full: Store) -> None:
    assert found(full, "1010000002") == [("GeographicEntity", "1010000002", True)]
    assert found(full, "010000001")[:1] == [("LegalEntity", "1010000001", True)]
    assert found(full, "AMBÉ") == [("Commune", "01004", False)]
    assert found(full, "coeur") == [("GeographicEntity", "1010000002", False)]


@pytest.mark.parametrize("text", ["Sacré-Cœur", "sacre coeur", "SACRÉ CŒUR", "cœur sacré"])
def test_accents_ligatures_case_and_order_do_not_matter(full: Store, text: str) -> None:
    assert found(full, text) == [("GeographicEntity", "1010000002", False)]


def test_what_is_gone_is_not_found_and_a_hit_has_its_name(full: Store) -> None:
    assert answer(full, find("sacre")) == (Hit("GeographicEntity", "1010000002", "Sacré-Cœur", False),)


def test_a_search_by_name_says_what_is_wrong(full: Store) -> None:
    for asked, says in ((find(" - "), "at least one letter"), (find("x", ["Flow"]), "kinds: Flow cannot be found by name")):
        with pytest.raises(BadInput, match=says):
            answer(full, asked)
    with pytest.raises(LimitExceeded, match="first: 0 is not between 1 and 200"):
        answer(full, find("x", first=0))


def test_codes_come_in_pages_by_id(full: Store) -> None:
    first = answer(full, concepts("TRE_R211", first=1))
    second = answer(full, concepts("TRE_R211", first=1, after=first.cursors[0]))
    assert (first.nodes, first.has_next_page) == ((Concept("TRE_R211-1", "1", "Accueil", None, None, None, ()),), True)
    assert (second.nodes, second.has_next_page) == ((Concept("TRE_R211-2", "2", "Bloc", None, None, None, ("TRE_R211-1",)),), False)


def test_applications_are_listed_by_kind_region_and_words(full: Store) -> None:
    asked = applications(), applications(kind="PLATFORM"), applications(region="84"), applications(text="sas")
    listed = [[node.code for node in answer(full, one).nodes] for one in asked]
    assert listed == [["ROR", "SAS"], ["SAS"], ["ROR"], ["SAS"]]


def test_an_application_and_an_interface_have_what_hangs_on_them(full: Store) -> None:
    ror, api = answer(full, application_details(["ROR", "none"])), answer(full, interface_details(["API"]))
    assert (list(ror), ror["ROR"].actors, ror["ROR"].regions) == (["ROR"], (Actor("OWNED_BY", "ARS", "ARS", None),), ("84",))
    assert (api["API"].exposed_by, api["API"].flows) == (Named("ROR", "ROR"), (FlowEnd("CALLS", "F", "F", "query"),))


def test_loads_are_told_by_source_and_the_newest_first(full: Store) -> None:
    assert answer(full, sources()) == (SourceRow("sae", 2, "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"),)
    page = answer(full, runs(first=1))
    assert [node.id for node in (*page.nodes, *answer(full, runs(first=5, after=page.cursors[0])).nodes)] == ["r2", "r1"]
    assert isinstance(page.nodes[0], RunRow)


def test_nodes_are_counted_by_label_and_those_that_are_gone_apart(full: Store) -> None:
    assert LabelCount("GeographicEntity", None, 1, 1, 0, None) in answer(full, status_counts())


def test_an_offer_without_holder_and_one_in_a_commune_without_point_have_no_place(full: Store) -> None:
    assert answer(full, unplaced_offers()) == 2


def test_entities_sites_and_offers_are_read_by_id_with_what_they_hang_on(full: Store) -> None:
    entity, site = answer(full, legal_entities(["1010000001"])), answer(full, geographic_entities(["1010000002"]))
    offer = answer(full, offers(["84/1", "none"]))
    assert (entity["1010000001"].name, site["1010000002"].entity) == ("Hôpitaux", Named("1010000001", "Hôpitaux"))
    assert (list(offer), offer["84/1"].department) == (["84/1"], Named("01", "Ain"))
    assert offer["84/1"].codes == (CodeOf("HAS_ACTIVITY", "TRE_R211-1", "Accueil", None, None),)


def test_a_site_knows_its_offers_and_an_entity_its_live_sites(full: Store) -> None:
    assert answer(full, offers_of_sites(["1010000002"])) == {"1010000002": (Named("84/1", "Urgences"),)}
    assert answer(full, sites_of_entities(["1010000001"])) == {"1010000001": (Named("1010000002", "Sacré-Cœur"),)}
