"""Small random inventories with all the hard shapes: cycles, feeds, flows without class, dates at their edges, attributes, coverage."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from graph.impact.inventory import (
    NATIONAL,
    Application,
    Content,
    Entry,
    Evidence,
    Flow,
    Interface,
    Inventory,
    Pathway,
    Region,
    Replacement,
    Step,
    Support,
    Usage,
)
from tests.impact.small import CLASSES, D, J

CODES = [item.code for item in CLASSES]
REGIONS = ["IDF", "NOR"]
DAYS = [None, None, None, J, J + timedelta(days=1), D - timedelta(days=1), D, D + timedelta(days=1)]
USAGES = (
    Usage("U1", needs={"OFFER": True, "BED": False}, supports=(Support("P", "S1"),)),
    Usage("U2", needs={"BED": True}, supports=(Support("P", "S2"), Support("P"))),
    Usage("U3"),
)
PATHWAYS = (Pathway("P", steps=(Step("S1", next=("S2", "S3")), Step("S2"), Step("S3"))),)

days = st.sampled_from(DAYS)
region_sets = st.sampled_from([frozenset({"IDF"}), frozenset({"NOR"}), frozenset(REGIONS)])
perimeters = st.one_of(st.none(), st.just(NATIONAL), region_sets)
contents = st.builds(
    Content, st.sampled_from([None, None, frozenset({"x"}), frozenset({"y"}), frozenset({"x", "y"})]), st.sampled_from([None, None, True, False])
)
carried = st.dictionaries(st.sampled_from(CODES), contents, max_size=2)
coverages = st.one_of(st.none(), st.dictionaries(st.sampled_from(CODES), st.sampled_from([None, frozenset({"x"})]), max_size=2))
entries = st.builds(Entry, st.sampled_from(CODES), st.one_of(st.just(NATIONAL), region_sets), days, days)


def _application(code: str) -> st.SearchStrategy[Application]:
    return st.builds(
        Application,
        code=st.just(code),
        criticality=st.sampled_from([None, 1, 3, 4]),
        access_profile=st.sampled_from([None, 0, 2, 4]),
        perimeter=perimeters,
        trust_circles=st.sampled_from([frozenset(), frozenset({"NAT"})]),
        deployed_in=st.one_of(st.just(frozenset[str]()), region_sets),
        retired_on=st.sampled_from([None, None, None, D, D + timedelta(days=1)]),
        enters=st.lists(entries, max_size=2).map(tuple),
    )


def _interface(code: str, applications: list[str], others: list[str]) -> st.SearchStrategy[Interface]:
    return st.builds(
        Interface,
        code=st.just(code),
        exposed_by=st.sampled_from(applications),
        standard=st.sampled_from([None, "FHIR", "CSV"]),
        trust_circle=st.sampled_from([None, "NONE", "NAT"]),
        intake=st.sampled_from([False, False, True]),
        perimeter=perimeters,
        opens_on=days,
        ends_on=days,
        serves=carried,
        replaced_by=st.lists(st.builds(Replacement, st.sampled_from(others), coverages), max_size=1).map(tuple),
    )


def _flow(code: str, applications: list[str], interfaces: list[Interface]) -> st.SearchStrategy[Flow]:
    def on(interface: Interface) -> st.SearchStrategy[Flow]:
        return st.builds(
            Flow,
            code=st.just(code),
            caller=st.sampled_from(applications),
            interface=st.just(interface.code),
            feed=st.just(interface.intake),
            criticality=st.sampled_from([None, 2]),
            perimeter=perimeters,
            starts_on=days,
            ends_on=days,
            evidence=st.sampled_from([None, *Evidence]),
            evidence_date=st.sampled_from([None, date(2024, 1, 1), date(2025, 12, 1)]),
            carries=carried,
            for_usage=st.lists(st.sampled_from([usage.code for usage in USAGES]), max_size=2, unique=True).map(tuple),
        )

    return st.sampled_from(interfaces).flatmap(on)


@st.composite
def inventories(draw: Any) -> Inventory:
    """Up to five applications, six interfaces, ten flows."""
    applications = [f"A{i}" for i in range(draw(st.integers(2, 5)))]
    codes = [f"I{i}" for i in range(draw(st.integers(1, 6)))]
    interfaces = [draw(_interface(code, applications, codes)) for code in codes]
    flows = tuple(draw(_flow(f"F{i}", applications, interfaces)) for i in range(draw(st.integers(1, 10))))
    return Inventory(
        tuple(Region(code) for code in REGIONS),
        CLASSES,
        tuple(draw(_application(code)) for code in applications),
        tuple(interfaces),
        flows,
        USAGES,
        PATHWAYS,
    )
