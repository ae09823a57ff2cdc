"""What holds of every inventory (docs/impact.md, I-8 to I-13, I-27)."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.impact.filters import Shown, shown
from graph.impact.inventory import Inventory
from graph.impact.projection import Projection
from graph.impact.question import Target
from graph.impact.reference import Reference
from graph.impact.report_json import to_json
from graph.impact.severity import ORDER
from graph.impact.verdict import DecommissioningImpact
from tests.impact.plain_supply import plain_supply
from tests.impact.small import D, J, ask
from tests.impact.strategies import inventories

usual = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def questions(draw: Any) -> tuple[Inventory, list[Target], Target]:
    """An inventory, targets, and one target more, all up to D."""
    what = draw(inventories())
    codes = [item.code for item in (*what.applications, *what.interfaces)]
    dates = st.sampled_from([D, D, D - timedelta(days=1), J + timedelta(days=1)])
    targets = draw(st.lists(st.builds(Target, st.sampled_from(codes), dates), min_size=1, max_size=3))
    return what, targets, draw(st.builds(Target, st.sampled_from(codes), dates))


def severities(impact: DecommissioningImpact) -> dict[tuple[str, str, str], int]:
    """Rank of severity, 0 the worst, by kind, code and territory."""
    kinds = (impact.applications, impact.usages, impact.steps, impact.pathways, impact.territories)
    found = {(n.kind, n.code, t.territory): ORDER[t.severity] for nodes in kinds for n in nodes for t in n.territories}
    return found | {(item.application, item.usage, item.territory): ORDER[item.severity] for item in impact.items}


@usual
@given(questions())
def test_one_more_target_lowers_no_severity_and_no_score(question: tuple[Inventory, list[Target], Target]) -> None:  # I-27
    what, targets, more = question
    before, after = ask(what, *targets, on=D), ask(what, *targets, more, on=D)
    ranks = severities(after)
    assert [place for place, rank in severities(before).items() if ranks.get(place, 9) > rank] == []
    scores = dict(after.score.by_territory)
    assert [t for t, value in before.score.by_territory if scores[t] < value] == []
    assert after.score.national >= before.score.national


@usual
@given(questions(), st.integers(0, 1000))
def test_the_order_of_the_input_changes_nothing(question: tuple[Inventory, list[Target], Target], seed: int) -> None:
    what, targets, more = question
    mixed = random.Random(seed)
    shuffled = replace(
        what,
        applications=tuple(mixed.sample(what.applications, len(what.applications))),
        interfaces=tuple(mixed.sample(what.interfaces, len(what.interfaces))),
        flows=tuple(mixed.sample(what.flows, len(what.flows))),
        usages=tuple(mixed.sample(what.usages, len(what.usages))),
        classes=tuple(mixed.sample(what.classes, len(what.classes))),
        regions=tuple(mixed.sample(what.regions, len(what.regions))),
    )
    one, other = to_json(ask(what, *targets, more, on=D)), to_json(ask(shuffled, more, *reversed(targets), on=D))
    assert {**one, "targets": None} == {**other, "targets": None}


@usual
@given(questions(), st.integers(0, 8))
def test_a_limit_of_depth_shows_all_up_to_it_and_nothing_beyond(question: tuple[Inventory, list[Target], Target], depth: int) -> None:  # I-13
    what, targets, _ = question
    whole = ask(what, *targets, on=D)
    cut = shown(whole, Shown(depth=depth))
    assert cut.applications == tuple(node for node in whole.applications if node.depth <= depth)
    assert cut.flows == tuple(flow for flow in whole.flows if flow.depth <= depth)


@usual
@given(questions())
def test_a_witness_is_a_path_from_a_target_that_is_no_shorter_than_the_depth(question: tuple[Inventory, list[Target], Target]) -> None:  # I-25
    what, targets, _ = question
    impact = ask(what, *targets, on=D)
    nodes = (*impact.applications, *impact.usages, *impact.steps, *impact.pathways, *impact.territories)
    starts = {target.code for target in targets}
    assert [n.code for n in nodes if n.witness[0] not in starts or n.witness[-1] != n.code or n.depth > len(n.witness) - 1] == []


@usual
@given(questions())
def test_a_flow_and_its_application_agree(question: tuple[Inventory, list[Target], Target]) -> None:  # I-15, I-21
    what, targets, _ = question
    impact = ask(what, *targets, on=D)
    informed = {node.code for node in impact.applications if node.severity == "INFORMED"}
    assert [f.code for f in impact.flows if f.application in informed and f.status != "READY" and f.missing] == []


@usual
@given(inventories())
def test_the_supply_is_that_of_the_plain_computation(what: Inventory) -> None:  # I-8 to I-10
    projection = Projection(what)
    reference = Reference(projection, J, D)
    names = projection.names
    held = {
        (projection.inventory.applications[key // projection.class_count].code, names.classes[key % projection.class_count], region)
        for key, mask in reference.held.items()
        for region in names.region_codes(mask)
    }
    asked = {(application, data_class) for application, data_class, _ in held}
    assert {cell for cell in plain_supply(what, J, D) if cell[:2] in asked} == held
