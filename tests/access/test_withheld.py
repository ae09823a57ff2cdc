"""Fields that are withheld: null or empty, and named, the same whatever the data holds (A-5)."""

from typing import Any

import pytest

from graph.access import EVERYTHING, Scope
from graph.questions import Question
from graph.reads import Row
from tests.access.asking import Geography, ask, viewer

OFFER = """{ offer(id: "84/1") { ...Of } }
fragment Of on Offer { name comment careMode { label } acts { id } history { id } capacities { count comment } contacts { name telecoms { value } } }"""
NODE = {"id": "84/1", "name": "Urgences", "comment": "Sonner deux fois", "source": "x"}
ROW: dict[str, Any] = {
    "node": NODE, "labels": [], "site": None, "entity": None, "commune": None, "department": None, "areas": [], "unit": None,
    "codes": [{"relation": "PERFORMS_ACT", "id": "A", "label": "a", "family": None, "outside_office": None}],
    "capacities": [{"id": "k", "count": 3, "comment": "c", "status": "TRE_R330-01"}],
}  # fmt: skip


class OneOffer(Geography):
    """A store with one offer, that holds all there is."""

    async def read(self, question: Question, /, **params: object) -> list[Row]:
        await super().read(question, **params)
        return {"offers": [ROW]}.get(question.name, [])


def test_a_field_that_is_withheld_is_null_or_empty_and_named_whatever_the_data_holds() -> None:
    full, empty = OneOffer(), Geography()
    found, nothing = (ask(store, viewer(0, scopes=frozenset()), OFFER) for store in (full, empty))
    assert found["data"]["offer"] == {
        "name": "Urgences", "comment": None, "careMode": None, "acts": [], "history": [], "capacities": [{"count": 3, "comment": None}], "contacts": [],
    }  # fmt: skip
    withheld = ["Capacity.comment", "Contact.telecoms", "Offer.acts", "Offer.capacities", "Offer.comment", "Offer.contacts", "Offer.history"]
    assert found["extensions"] == nothing["extensions"] == {"withheld": withheld}
    assert nothing["data"] == {"offer": None}
    assert "changes_of_objects" not in full.asked  # what is withheld is not even read


def test_a_field_that_is_seen_of_some_objects_is_shown_and_named() -> None:
    found = ask(OneOffer(), viewer(3), '{ offer(id: "84/1") { acts { id } name } }')
    assert found == {"data": {"offer": {"acts": [{"id": "A"}], "name": "Urgences"}}, "extensions": {"withheld": ["Offer.acts"]}}


@pytest.mark.parametrize(("who", "named"), [(viewer(1, scopes=frozenset()), ["Offer.history"]), (viewer(2), []), (EVERYTHING, [])])
def test_nothing_is_named_that_is_shown(who: Any, named: list[str]) -> None:
    document = '{ offer(id: "84/1") { name history { id } comment } }'
    assert ask(Geography(), who, document).get("extensions", {}).get("withheld", []) == named


def test_a_whole_object_of_a_withheld_class_is_null() -> None:
    document = '{ professional(id: "8") { familyName practices { id } } }'
    store = Geography()
    assert ask(store, viewer(4), document) == {"data": {"professional": None}, "extensions": {"withheld": ["Query.professional"]}}
    assert store.asked == []


def test_directives_and_repeated_fields_are_withheld_too() -> None:
    document = 'query($yes: Boolean!) { offer(id: "84/1") { comment @include(if: $yes) comment other: comment ... on Offer { comment } } }'
    assert ask(OneOffer(), viewer(0), document, {"yes": True})["data"] == {"offer": {"comment": None, "other": None}}


def test_scopes_withhold_fields_below_the_roots() -> None:
    document = '{ offer(id: "84/1") { rors { id } sources { source } stamps { source run } } }'
    found = ask(OneOffer(), viewer(1, scopes=frozenset({Scope.QUALITY})), document)
    assert found["data"] == {"offer": {"rors": [], "sources": [], "stamps": {"source": "x", "run": None}}}
    assert found["extensions"] == {"withheld": ["Offer.rors", "Offer.sources", "Stamps.run"]}
