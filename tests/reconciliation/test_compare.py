"""Rows, differences, data classes, counts and totals of two sides (docs/reconciliation.md)."""

from datetime import date

import pytest

from graph.access import AccessRow
from graph.reconciliation.answer import Counts, Differs, Outcome, Reconciliation
from graph.reconciliation.classes import classes_of
from graph.reconciliation.compare import reconciled
from graph.reconciliation.pages import rows_page
from graph.reconciliation.stated import Side
from graph.reconciliation.table import View, reconciliation_table, row_cells
from graph.record import Item, Link, Owned, Ref
from tests.reconciliation.given import PORT, by_id, compared, offer, site


def outcomes(found: Reconciliation) -> list[tuple[str, str, str]]:
    return [(row.outcome.value, row.regional.id if row.regional else "", row.national.id if row.national else "") for row in found.rows]


def test_an_offer_closed_on_one_side_only_is_a_difference_not_an_absence() -> None:
    found = compared([offer("96/1", closed_on=date(2025, 12, 31))], [offer("96/1")])
    assert found.rows[0].differences == (Differs("closed_on", "2025-12-31", None),)
    assert found.counts == Counts(same=1, closed_on_one_side=1)


def test_a_proposed_pair_is_neither_the_same_nor_absent_twice() -> None:
    assert compared([offer("96/1")], [offer("8")]).counts == Counts(proposed=1)


def test_rows_come_by_the_regional_id_and_those_without_one_last() -> None:
    found = compared([offer("96/3", name="A"), offer("96/1", name="B")], [offer("96/2", name="C"), offer("96/1", name="B")])
    assert outcomes(found) == [("SAME", "96/1", "96/1"), ("ONLY_REGIONAL", "96/3", ""), ("ONLY_NATIONAL", "", "96/2")]


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"name": "Autre"}, Differs("name", "Cardiologie", "Autre")),
        ({"name": None}, None),
        ({"care_mode": "TRE_R213-29"}, Differs("care_mode", "TRE_R213-28", "TRE_R213-29")),
        ({"activities": ("TRE_R211-001", "TRE_R211-354")}, Differs("activities", "TRE_R211-354", "TRE_R211-001 TRE_R211-354")),
        ({"ages": (0.0, None, "a")}, Differs("ages", "18.0 - a", "0.0 - a")),
        ({"ages": (None, None, None)}, None),
        ({"site": "1960000149"}, Differs("site", "1960000073", "1960000149")),
    ],
)
def test_what_both_state_differently_is_a_difference_and_empty_is_not_a_value(changes: dict[str, object], differs: Differs | None) -> None:  # M-2
    assert compared([offer("96/1")], [offer("96/1", **changes)]).rows[0].differences == ((differs,) if differs else ())


def test_a_site_with_two_ids_is_no_difference() -> None:
    here = site("300096000500015", siret="00096000500015", commune="96001")
    there = site("1960000149", finess="960000149", siret="00096000500015", commune="96001")
    regional = Side("A", by_id(offer("96/1", site=here.id)), by_id(here))
    assert reconciled(regional, Side("B", by_id(offer("96/1", site=there.id)), by_id(there))).rows[0].differences == ()


def test_data_classes_that_one_has_and_the_other_lacks_stand_in_the_order_of_the_table() -> None:
    held = frozenset({AccessRow.CONTACT_2, AccessRow.BEDS, AccessRow.OFFER})
    row = compared([offer("96/1", classes=held)], [offer("96/1", classes=frozenset({AccessRow.OFFER, AccessRow.CRISIS}))]).rows[0]
    assert (row.regional_lacks, row.national_lacks) == ((AccessRow.CRISIS,), (AccessRow.BEDS, AccessRow.CONTACT_2))


def test_what_one_part_lacks_another_part_may_have() -> None:
    unit = offer("96/1", activities=("a", "b", "c"), classes=frozenset({AccessRow.OFFER, AccessRow.BEDS, AccessRow.CRISIS}))
    parts = [offer("n1", activities=("a",), classes=frozenset({AccessRow.OFFER, AccessRow.BEDS})), offer("n2", activities=("b",))]
    found = compared([unit], parts)
    assert [(row.partial, row.missing, row.national_lacks) for row in found.rows] == [(True, ("c",), (AccessRow.CRISIS,))] * 2
    assert found.counts == Counts(proposed=2, partial=2)


def test_totals_are_told_by_department_field_and_type_and_what_is_not_stated_comes_last() -> None:
    found = compared([offer("96/1"), offer("96/2", name="B", site=None, field=None)], [offer("96/1")], [PORT])
    cells = reconciliation_table(found, View.TOTALS).rows
    assert cells == [
        ("DEPARTMENT", "960", 1, 0, 0, 0),
        ("DEPARTMENT", None, 0, 0, 1, 0),
        ("FIELD_OF_ACTIVITY", "TRE_R227-01", 1, 0, 0, 0),
        ("FIELD_OF_ACTIVITY", None, 0, 0, 1, 0),
        ("OFFER_TYPE", "TRE_R244-262", 1, 0, 1, 0),
    ]


def test_pages_of_rows_follow_each_other_and_may_show_some_outcomes_only() -> None:
    found = compared([offer(f"96/{number}", name=str(number)) for number in range(5)], [offer("96/3"), offer("8", name="x")])
    first = rows_page(found, None, 4, None)
    second = rows_page(found, None, 4, first.cursors[-1])
    assert [row_cells(row)[4:6] for row in (*first.nodes, *second.nodes)] == [row_cells(row)[4:6] for row in found.rows]
    assert (first.has_next_page, second.has_next_page) == (True, False)
    assert [row.offer.id for row in rows_page(found, [Outcome.SAME, Outcome.ONLY_NATIONAL], 9, None).nodes] == ["96/3", "8"]


OWNED = "HAS_CAPACITY"


@pytest.mark.parametrize(
    ("links", "owned", "props", "expected"),
    [
        ((), (), {}, set()),
        (("PERFORMS_ACT",), (), {}, {AccessRow.RESTRICTED}),
        (("FOR_PUBLIC", "RECEPTION_MODALITY"), (), {}, set()),
        ((), (), {"comment": "Au fond du couloir"}, {AccessRow.RESTRICTED}),
        ((), ({"status": "TRE_R330-01"},), {}, set()),
        ((), ({"status": "TRE_R330-02"},), {}, {AccessRow.BEDS}),
        ((), ({"status": "TRE_R330-06"},), {}, {AccessRow.CRISIS}),
        ((), ({"status": "TRE_R330-02", "crisis": "TRE_R336-01"},), {}, {AccessRow.CRISIS}),
        ((), ({"count": 3},), {}, {AccessRow.CRISIS}),
        ((), (), {"sensitive_unit": True}, {AccessRow.SENSITIVE}),
        ((), (), {"offer_type": "TRE_R244-14"}, {AccessRow.SENSITIVE}),
        ((), (), {"offer_type": "TRE_R244-14", "sensitive_unit": False}, set()),
    ],
)
def test_the_class_of_what_a_ror_states_is_that_of_the_access_table(
    links: tuple[str, ...], owned: tuple[dict[str, str], ...], props: dict[str, str], expected: set[AccessRow]
) -> None:
    me = Ref("Offer", "o")
    capacities = tuple(Owned(OWNED, Ref("Capacity", str(place)), one) for place, one in enumerate(owned))
    item = Item(*me, props, tuple(Link(kind, me, Ref("Concept", "c")) for kind in links), capacities)
    assert classes_of(item) == {AccessRow.OFFER, *expected}


@pytest.mark.parametrize(
    ("contact", "telecom", "expected"),
    [(1, 1, {AccessRow.CONTACT_1}), (2, 1, {AccessRow.CONTACT_2}), (1, 3, {AccessRow.CONTACT_1, AccessRow.CONTACT_3}), (None, 1, {AccessRow.CONTACT_3})],
)
def test_a_telecom_is_never_below_its_contact_and_without_level_it_is_of_level_3(contact: int | None, telecom: int, expected: set[AccessRow]) -> None:
    phone = Owned("HAS_TELECOM", Ref("Telecom", "t"), {"confidentiality": telecom})
    item = Item("Offer", "o", {}, (), (Owned("HAS_CONTACT", Ref("Contact", "c"), {"confidentiality": contact}, (phone,)),))
    assert classes_of(item) == {AccessRow.OFFER, *expected}
