"""What breaks, for whom, and what replaces it, when applications or interfaces stop (docs/impact.md, I-1 to I-27, I-32, I-33)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.impact.after import supplies_after
from graph.impact.basis import Basis, basis_of
from graph.impact.breaks import direct_breaks
from graph.impact.candidates import Market, Supplies
from graph.impact.collector import held_back
from graph.impact.confidence import Grounds
from graph.impact.flow_verdicts import FlowVerdicts
from graph.impact.items import Items
from graph.impact.judge import Judge, Judgement, Status
from graph.impact.moves import possible_moves
from graph.impact.nodes import Nodes
from graph.impact.overlay import Overlay
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput
from graph.impact.rollup import roll_up
from graph.impact.score import score
from graph.impact.severity import Severities, Severity, TouchedItem
from graph.impact.verdict import DecommissioningImpact, FlowVerdict, ItemVerdict, Unknowns
from graph.impact.walk import Walk, walk


def decommissioning_impact(projection: Projection, question: DecommissioningInput) -> DecommissioningImpact:
    """The whole answer to a checked question.

    Time about linear in what is touched, once the basis for J and D is kept with the projection (its first build is linear in the
    inventory). The same question always gives the same answer, whatever the order of the input.
    """
    with held_back():
        return _answered(projection, question)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its flows judged and its items told, before anything is written out: what the answer is made of."""

    basis: Basis
    overlay: Overlay
    found: Walk
    market: Market
    supplies: Supplies
    judgements: Mapping[int, Judgement]
    severities: Severities
    touched: Sequence[TouchedItem]

    def ruptures(self) -> list[str]:
        """The items in RUPTURE, APPLICATION/USAGE@TERRITORY, by code."""
        return sorted(self.basis.items.name(item.slot, item.territory) for item in self.touched if item.severity is Severity.RUPTURE)

    def by_place(self) -> dict[tuple[str, str, str], Severity]:
        """Severity of the items by the codes of application, usage and territory."""
        return severity_by_place(self.basis.items, self.touched)

    @property
    def by_status(self) -> tuple[tuple[Status, int], ...]:
        """How many flows have each verdict, the best first."""
        counted = Counter(judgement.status for judgement in self.judgements.values())
        return tuple((status, counted[status]) for status in Status if counted[status])


def severity_by_place(items: Items, touched: Iterable[TouchedItem]) -> dict[tuple[str, str, str], Severity]:
    """Severity of touched items by the codes of application, usage and territory."""
    applications, names = items.projection.applications, items.projection.names
    return {
        (applications[item.slot.application].source.code, items.usage_name(item.slot.usage), names.region_codes(item.territory)[0]): item.severity
        for item in touched
    }


def judged(projection: Projection, question: DecommissioningInput) -> Judged:
    """The verdicts themselves: flows by number, and the items that are touched."""
    basis = basis_of(projection, question.as_of, question.evaluation_date)
    overlay = Overlay(basis.reference, question)
    breaks = direct_breaks(overlay)
    held, kept = supplies_after(overlay)
    found = walk(overlay, breaks, kept)
    market = Market(overlay)
    moves = possible_moves(overlay, market, breaks, found, held, kept)
    judge = Judge(overlay, market, moves.supplies)
    judgements = {number: judge.judgement(number) for number in sorted(moves.judged)}
    judgements = {n: j for n, j in judgements.items() if not (breaks.get(n) and breaks[n].by_action and j.status is Status.READY)}
    severities = Severities(overlay, basis.items, moves.supplies, judgements, found, projection.inventory.usages)
    return Judged(basis, overlay, found, market, moves.supplies, judgements, severities, severities.touched())


def _answered(projection: Projection, question: DecommissioningInput) -> DecommissioningImpact:
    one = judged(projection, question)
    basis, found, touched = one.basis, one.found, one.touched
    grounds = Grounds(one.overlay, one.supplies, one.judgements)
    nodes = Nodes(projection, found, grounds, touched, roll_up(basis.items, touched))
    writer = FlowVerdicts(one.overlay, one.market, grounds, found)
    flows = tuple(writer.verdict(judgement) for judgement in one.judgements.values())
    items = nodes.items()
    return DecommissioningImpact(
        question=question,
        evaluated_on=question.evaluation_date,
        score=score(basis.items, basis.contributions, touched),
        flows=flows,
        items=items,
        applications=nodes.applications(),
        usages=nodes.usages(),
        steps=nodes.steps(),
        pathways=nodes.pathways(),
        territories=nodes.territories(),
        unknowns=_unknowns(basis, flows, items, found),
    )


def _unknowns(basis: Basis, flows: tuple[FlowVerdict, ...], items: tuple[ItemVerdict, ...], found: Walk) -> Unknowns:
    known, inventory = basis.unknowns, basis.projection.inventory
    return Unknowns(
        examined=(*known.examined, ("flows_broken", len(found.flow_paths)), ("flows_with_a_verdict", len(flows))),
        applications_without_flow=known.applications_without_flow,
        applications_without_deployment=known.applications_without_deployment,
        flows_without_class=tuple(flow.code for flow in flows if flow.without_class),
        flows_without_usage=known.flows_without_usage,
        stale_flows=known.stale_flows,
        inferred_flows=known.inferred_flows,
        interfaces_without_owner=known.interfaces_without_owner,
        interfaces_ending_before_their_user=known.interfaces_ending_before_their_user,
        presumed_sources=known.presumed_sources,
        criticality_by_default=known.criticality_by_default,
        rupture_by_default=tuple(sorted(f"{item.application}/{item.usage}@{item.territory}" for item in items if item.rests_on_default)),
        ended_by_themselves=tuple(_ended(basis, found)),
        left_out=inventory.left_out,
        sources=inventory.sources,
        model_version=inventory.model_version,
    )


def _ended(basis: Basis, found: Walk) -> list[str]:
    """APPLICATION/CLASS@REGION that nothing brings on D although no target is the cause (I-12)."""
    projection = basis.projection
    touched: dict[int, int] = {}
    for application, arrivals in found.by_application.items():
        for arrival in arrivals:
            for data_class, regions in arrival.regions.items():
                key = projection.key(application, data_class)
                touched[key] = touched.get(key, 0) | (0 if arrival.outlet else regions)
    return [
        f"{projection.inventory.applications[key // projection.class_count].code}/{cell}"
        for key, mask in sorted(basis.ended.items())
        for cell in projection.cell_names(key % projection.class_count, mask & ~touched.get(key, 0))
    ]
