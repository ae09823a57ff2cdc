"""What differs between two statements of an object, by literals (docs/graph_model.md, C-1 to C-4)."""

from datetime import date
from typing import Any

import pytest

from graph.comparing import Difference, differing
from graph.record import Item, Link, Owned, Ref

OFFER = Ref("Offer", "96/1")
HOSPITAL = Link("OFFERED_BY", OFFER, Ref("GeographicEntity", "1960000073"))


def offer(props: dict[str, Any], *links: Link, owned: tuple[Owned, ...] = ()) -> Item:
    return Item(*OFFER, props, links, owned)


def activity(code: str, **props: Any) -> Link:
    return Link("HAS_ACTIVITY", OFFER, Ref("Concept", code), props)


def beds(count: int) -> Owned:
    return Owned("HAS_CAPACITY", Ref("Capacity", "96/1#a"), {"nature": "TRE_R329-01", "count": count, "comment": None})


def test_a_property_has_its_value_before_and_after() -> None:
    assert differing(offer({"name": "UNV"}), offer({"name": "USINV"})) == [Difference("name", "UNV", "USINV", False)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"name": "UNV  Bourg "}, {"name": "UNV Bourg"}),
        ({"psychiatry_sectors": ["G02", "G01"]}, {"psychiatry_sectors": ["G01", "G02"]}),
        ({"comment": None}, {"comment": ""}),
        ({"psychiatry_sectors": []}, {"psychiatry_sectors": None}),
        ({"min_age": 18}, {"min_age": 18.0}),
    ],
)
def test_spacing_order_and_emptiness_are_no_difference(before: dict[str, Any], after: dict[str, Any]) -> None:  # M-8, C-2
    assert differing(offer(before), offer(after)) == []


def test_a_property_that_one_of_the_formats_does_not_have_is_no_difference() -> None:  # C-1
    assert differing(offer({"name": "UNV", "evidence": "SAE"}), offer({"name": "UNV", "care_mode": "TRE_R213-10"})) == []


def test_a_value_that_is_no_longer_stated_is_a_difference() -> None:
    assert differing(offer({"closed_on": date(2026, 3, 1)}), offer({"closed_on": None})) == [Difference("closed_on", "2026-03-01", None, False)]


def test_of_links_only_those_that_came_and_went_are_told() -> None:
    before, after = offer({}, activity("TRE_R211-1"), activity("TRE_R211-2")), offer({}, activity("TRE_R211-2"), activity("TRE_R211-3"))
    assert differing(before, after) == [Difference("HAS_ACTIVITY", ["TRE_R211-1"], ["TRE_R211-3"], False)]


def test_a_link_with_properties_shows_them() -> None:
    assert differing(offer({}, activity("TRE_R211-1")), offer({}, activity("TRE_R211-1", family="TRE_R257-2"))) == [
        Difference("HAS_ACTIVITY", ["TRE_R211-1"], [{"end": "TRE_R211-1", "family": "TRE_R257-2"}], False)
    ]


def test_what_an_object_owns_is_told_by_its_values() -> None:
    assert differing(offer({}, owned=(beds(10),)), offer({}, owned=(beds(8),))) == [
        Difference("HAS_CAPACITY", [{"count": 10, "nature": "TRE_R329-01"}], [{"count": 8, "nature": "TRE_R329-01"}], False)
    ]


def test_properties_stand_before_relations_each_by_name() -> None:
    found = differing(offer({"name": "a", "care_mode": "x"}, activity("k")), offer({"name": "b", "care_mode": "y"}, HOSPITAL))
    assert [one.name for one in found] == ["care_mode", "name", "HAS_ACTIVITY", "OFFERED_BY"]


def test_a_contact_is_personal() -> None:  # C-4
    contact = Owned("HAS_CONTACT", Ref("Contact", "96/1#c"), {"name": "Mme Durand", "confidentiality": 2})
    assert [(one.name, one.personal) for one in differing(offer({"name": "a"}), offer({"name": "b"}, owned=(contact,)))] == [
        ("name", False), ("HAS_CONTACT", True),
    ]  # fmt: skip


def site(key: str, name: str, category: str | None = None) -> Item:
    return Item("GeographicEntity", key, {"name": name, "category": category, "espic": name})


@pytest.mark.parametrize(
    ("key", "category", "personal"),
    [
        ("1960000073", "TRE_R66-355", False),
        ("1960000099", "TRE_R02-SA08", True),
        ("410000000001234", None, True),
        ("375600000000017", None, True),
    ],
)
def test_all_of_what_may_be_a_private_practice_is_personal(key: str, category: str | None, personal: bool) -> None:  # C-4
    found = differing(site(key, "a", category), site(key, "b", category))
    assert [(one.name, one.personal) for one in found] == [("espic", personal), ("name", personal)]


def test_name_and_holder_of_an_offer_of_a_private_practice_are_personal_its_age_is_not() -> None:  # C-4
    office = Link("OFFERED_BY", OFFER, Ref("GeographicEntity", "410000000001234"))
    found = differing(offer({"name": "a", "min_age": 1.0}, HOSPITAL), offer({"name": "b", "min_age": 2.0}, office))
    assert [(one.name, one.personal) for one in found] == [("min_age", False), ("name", True), ("OFFERED_BY", True)]


def test_all_of_a_professional_and_of_a_practice_is_personal() -> None:  # C-4
    practice = Ref("Practice", "96/9")
    before = Item(*practice, {"profession": "TRE_G15-10"}, (Link("HAS_SPECIALTY", practice, Ref("Concept", "TRE_R38-SM01")),))
    assert [(one.name, one.personal) for one in differing(before, Item(*practice, {"profession": "TRE_G15-21"}))] == [
        ("profession", True), ("HAS_SPECIALTY", True),
    ]  # fmt: skip
