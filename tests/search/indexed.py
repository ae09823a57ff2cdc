"""A reference with the index of the offers in memory, as a process that lives has it."""

import pytest

from graph.reads import answer_long
from graph.search.postings import gathered
from graph.search.reference import Reference
from graph.store.connection import Store

BOTH_WAYS = pytest.mark.parametrize("index", [False, True], ids=["by the store", "by the index in memory"])


def indexed(store: Store) -> Reference:
    """One that indexes what the store holds now."""
    reference = Reference()
    reference.common.index = answer_long(store, gathered(reference)).postings()
    return reference
