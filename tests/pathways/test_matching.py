"""What a pathway that is not loaded yet would match, on both servers."""

from typing import Any

from graph.pathways.matching import StepMatch, step_matches
from graph.reads import answer
from graph.search.reference import Reference
from graph.store.connection import Store
from tests.pathways.test_coverage import AT, offer, pathway


def test_each_step_says_what_it_would_match_and_which_codes_exist_nowhere(store: Store) -> None:
    store.write([*pathway(), offer("a", ["A-1"], site="s"), offer("b", ["A-1"], site="s"), offer("silent", [])])
    steps: list[dict[str, Any]] = [
        {"code": "one", "name": "One", "requirement": {"activity": ["A-1"]}},
        {"code": "two", "name": "Two", "requirement": {"activity": ["A-1", "A-9"]}},
    ]
    assert answer(store, step_matches([{"code": "new", "steps": steps}], AT, Reference())) == (
        StepMatch("new", "one", 2, 1, 1, ()),
        StepMatch("new", "two", None, None, None, ("A-9",)),
    )
