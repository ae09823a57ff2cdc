"""Answers that several tests look at: one of every severity made by hand, and that of the sample region."""

from datetime import date
from pathlib import Path

import pytest

from graph.impact.analysis import decommissioning_impact
from graph.impact.inventory import Pathway, Step, Support, Usage
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Target
from graph.impact.verdict import DecommissioningImpact
from graph.inventory_reader import inventory as read_inventory
from graph.reads import answer
from graph.store.connection import Store
from loaders.pipeline import load
from loaders.registry import get_source
from tests.impact.small import USAGES, app, ask, flow, iface, inventory, nat, ror

DATA = Path(__file__).parents[2] / "data"
QUESTION = DecommissioningInput(date(2026, 1, 15), (Target("ROR-ILE", date(2026, 6, 30)),))


@pytest.fixture
def impact() -> DecommissioningImpact:
    """Every severity in one answer."""
    usages = (Usage("ORIENT", name="Orientation", needs={"OFFER": True}, supports=(Support("P", "S"),)), USAGES[1])
    what = inventory(
        (ror(), nat(), app("A"), app("B", owner="GRADeS|X"), app("C"), app("E")),
        (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER")),
        (
            flow("F1", "A", "I-ROR", "BED", for_usage=("OTHER",)),
            flow("F2", "B", "I-ROR", "OFFER", "BED"),
            flow("F3", "C", "I-ROR", "OFFER"),
            flow("F4", "E", "I-ROR", "OFFER"),
            flow("F5", "E", "I-NAT", "OFFER"),
        ),
        usages=usages,
        pathways=(Pathway("P", steps=(Step("S"),)),),
    )
    return ask(what, "ROR")


@pytest.fixture
def sample_impact(embedded_store: Store) -> DecommissioningImpact:
    """What the stop of the ROR of the fictional region breaks: every status, gap and severity."""
    load(embedded_store, get_source("pathways"), [DATA / "pathways"])
    load(embedded_store, get_source("inventory"), [DATA / "region" / "inventory"])
    return decommissioning_impact(Projection(answer(embedded_store, read_inventory())), QUESTION)
