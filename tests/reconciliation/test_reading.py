"""Two RORs read from the store: what their source records say, by whatever they hang on; the API and the shell read the same."""

from datetime import date

import pytest

from graph.access import AccessRow
from graph.errors import BadInput, NotFound
from graph.reads import answer_long
from graph.reconciliation.answer import Reconciliation
from graph.reconciliation.reading import compared
from graph.reconciliation.table import row_cells
from graph.record import Item, Link, Owned, Ref
from graph.store.connection import Store
from tests.reconciliation.records import Said, offer, write


def reconciled(store: Store) -> Reconciliation:
    return answer_long(store, compared("ROR-ILE", "ror:ROR-NATF")).reconciled()


def brief(found: Reconciliation) -> list[tuple[object, ...]]:
    """Outcome, rule, both ids of each row."""
    return [(cells[0], cells[1], cells[4], cells[5]) for cells in map(row_cells, found.rows)]


def test_records_of_both_rors_become_rows(store: Store) -> None:
    write(
        store,
        offer("ROR-ILE", "96/1", stated_id="1", closed_on=date(2025, 12, 31)),
        offer("ROR-NATF", "96/1", stated_id="96/1"),
        offer("ROR-ILE", "96/2", internal_id="u_2", name="A"),
        offer("ROR-NATF", "8000002", internal_id="u_2", name="B"),
        offer("ROR-ILE", "96/3", at="300096000500015", name="C"),
        offer("ROR-NATF", "8000003", at="1960000149", name="c"),
        offer("ROR-ILE", "96/4", name="D"),
        offer("ROR-NATF", "8000005", name="E"),
        Said("ror:ROR-ILE", "organization", "s", Item("GeographicEntity", "300096000500015", {})),
    )
    found = reconciled(store)
    assert brief(found) == [
        ("SAME", "R-2", "96/1", "96/1"),
        ("SAME", "R-3", "96/2", "8000002"),
        ("PROPOSED", "R-4", "96/3", "8000003"),
        ("ONLY_REGIONAL", "", "96/4", ""),
        ("ONLY_NATIONAL", "", "", "8000005"),
    ]
    assert [(one.property, one.regional, one.national) for one in found.rows[0].differences] == [("closed_on", "2025-12-31", None)]
    assert [(one.rule, one.regional, one.national) for one in found.structures.sites] == [("S-3", "300096000500015", "1960000149")]
    assert {row.department for row in found.rows} == {"960"}


def test_an_offer_that_its_ror_no_longer_states_is_not_compared(store: Store) -> None:
    write(store, offer("ROR-ILE", "96/1", gone_on=date(2026, 1, 1)), offer("ROR-ILE", "96/2", name="A"), offer("ROR-NATF", "96/1"))
    assert brief(reconciled(store)) == [("ONLY_REGIONAL", "", "96/2", ""), ("ONLY_NATIONAL", "", "", "96/1")]


def test_offers_of_other_regions_are_counted_and_not_compared_unless_the_regional_ror_has_them(store: Store) -> None:
    write(
        store,
        offer("ROR-ILE", "96/1"),
        offer("ROR-NATF", "96/1", source_region="99"),
        offer("ROR-NATF", "99/7", source_region="99"),
        offer("ROR-NATF", "8", source_region=None, region=None, name="B"),
    )
    found = reconciled(store)
    assert brief(found) == [("SAME", "R-1", "96/1", "96/1"), ("ONLY_NATIONAL", "", "", "8")]
    assert found.out_of_perimeter == 1


def test_an_offer_of_a_unit_stands_at_the_site_of_the_unit(store: Store) -> None:
    unit = Link("OFFERED_BY", Ref("Offer", "96/1"), Ref("OrganisationalUnit", "96/u"))
    here = offer("ROR-ILE", "96/1")
    here.item = Item(*here.item.ref, here.item.props, (unit, *here.item.links[1:]))
    write(store, here, offer("ROR-NATF", "8"))
    store.write([("MATCH (s:GeographicEntity {id: '1960000073'}) CREATE (:OrganisationalUnit {id: '96/u'})-[:PART_OF]->(s)", {})])
    assert brief(reconciled(store)) == [("PROPOSED", "R-4", "96/1", "8")]


def test_data_classes_of_an_offer_its_locations_and_its_practices_are_compared(store: Store) -> None:
    here, place = Ref("Offer", "96/1"), Ref("Location", "96/l")
    act = Link("PERFORMS_ACT", here, Ref("Concept", "TRE_R210-0320"))
    phone = Owned("HAS_TELECOM", Ref("Telecom", "t"), {"confidentiality": 2})
    beds = Owned("HAS_CAPACITY", Ref("Capacity", "c"), {"status": "TRE_R330-02", "count": 3})
    practice = Item("Practice", "p", {}, (Link("FOR", Ref("Practice", "p"), here),))
    write(
        store,
        offer("ROR-ILE", "96/1", more=(act,), owned=(phone,)),
        offer("ROR-NATF", "96/1", more=(Link("DELIVERED_AT", here, place),)),
        Said("ror:ROR-NATF", "Location", "l", Item(*place, {}, (), (beds,))),
        Said("ror:ROR-ILE", "provider", "p", practice),
    )
    (row,) = reconciled(store).rows
    assert (row.regional_lacks, row.national_lacks) == ((AccessRow.BEDS,), (AccessRow.RESTRICTED, AccessRow.STAFF, AccessRow.CONTACT_2))


def test_what_a_person_refused_is_kept(store: Store) -> None:
    write(store, offer("ROR-ILE", "96/1"), offer("ROR-NATF", "8"))
    refused = "CREATE (a)-[:SAME_AS {rule: 'R-4', state: 'refused', by: 'A. B.', on: date('2026-01-15'), source: 'reconciliation'}]->(b)"
    store.write([(f"MATCH (a:Offer {{id: '8'}}) MATCH (b:Offer {{id: '96/1'}}) {refused}", {})])
    assert brief(reconciled(store)) == [("ONLY_REGIONAL", "", "96/1", ""), ("ONLY_NATIONAL", "", "", "8")]


def test_a_ror_that_states_nothing_is_named(store: Store) -> None:
    write(store, offer("ROR-ILE", "96/1"))
    with pytest.raises(NotFound, match=r"^ROR-NATF: the store holds nothing that this ROR states. Load its files first: rorgraph load ror-fhir or ror-xml, "):
        reconciled(store)


def test_a_ror_is_not_compared_with_itself(store: Store) -> None:
    with pytest.raises(BadInput, match=r"^ROR-ILE cannot be compared with itself: name two RORs.$"):
        answer_long(store, compared("ROR-ILE", " ror:ROR-ILE"))
