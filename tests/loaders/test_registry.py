"""The list of sources."""

import pytest

from graph.errors import BadInput
from loaders.registry import ALL_SOURCES, get_source


def test_each_source_has_its_own_rank_and_they_stand_in_that_order() -> None:
    ranks = [source.rank for source in ALL_SOURCES.values()]
    assert ranks == sorted(set(ranks))


def test_an_unknown_source_is_told_with_those_that_exist() -> None:
    with pytest.raises(BadInput) as problem:
        get_source("fines")
    names = "geography, sas, finess, annuaire, nos, sae, pathways, inventory, beds, ror-fhir, ror-xml, survey, smr, stroke, matrix"
    assert str(problem.value) == f"'fines' is no source. Sources: {names}."
