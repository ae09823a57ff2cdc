"""How well an answer is known, and for whose move it waits (docs/impact.md, I-20, I-32)."""

from collections.abc import Mapping

from graph.impact.candidates import FLOW, Supplies
from graph.impact.inventory import Evidence
from graph.impact.judge import Judgement, Outcome
from graph.impact.overlay import Overlay
from graph.impact.projection import CompiledFlow
from graph.impact.reference import EVIDENCES, INFERRED
from graph.impact.rights import SOURCE_FIRST
from graph.impact.severity import Severity, TouchedItem
from graph.impact.walk import Arrival


class Grounds:
    """What verdicts rest on: the weakest flow of witness and rescue, and the defaults (I-32)."""

    def __init__(self, overlay: Overlay, supplies: Supplies, judgements: Mapping[int, Judgement]) -> None:
        self.overlay = overlay
        self.supplies = supplies
        self.judgements = judgements
        self._rescues: dict[int, int] = {}
        self._upstream: dict[tuple[int, int], frozenset[int]] = {}
        self._movers: set[int] = set()
        for judgement in judgements.values():
            flow = overlay.projection.flows[judgement.flow]
            for data_class, outcome in judgement.outcomes.items():
                if outcome.choices and not flow.source.feed:
                    self._movers.add(overlay.projection.key(flow.receiver, data_class))

    def rescue(self, judgement: Judgement) -> int:
        """The weakest evidence of what keeps or could replace a flow; inferred if a supplier of it is only presumed a source (I-9)."""
        known = self._rescues.get(judgement.flow)
        if known is None:
            known = self._rescues[judgement.flow] = self._rescue(judgement)
        return known

    def _rescue(self, judgement: Judgement) -> int:
        if judgement.keepers and any(outcome.kept for outcome in judgement.outcomes.values()):
            kept_by = max(self._keeper(flow, judgement) for flow in judgement.keepers.values())
        else:
            kept_by = 0
        feed = self.overlay.projection.flows[judgement.flow].source.feed
        for data_class, outcome in judgement.outcomes.items():
            for choice in outcome.choices:
                if not feed and self._is_presumed(choice.option.supplier, data_class, choice.regions):
                    return INFERRED
        return kept_by

    def _keeper(self, keeper: CompiledFlow, judgement: Judgement) -> int:
        number = self.overlay.projection.flow_number[keeper.source.code]
        for data_class, outcome in judgement.outcomes.items():
            kept = outcome.kept & keeper.mask if data_class in keeper.attributes else 0
            if kept and not keeper.source.feed and self._is_presumed(keeper.supplier, data_class, kept):
                return INFERRED
        return self.overlay.reference.evidence[number]

    def _is_presumed(self, supplier: int, data_class: int, regions: int) -> bool:
        key = self.overlay.projection.key(supplier, data_class)
        return bool(regions & ~self.overlay.reference.proven.get(key, 0) & ~self.overlay.entered.get(key, 0))

    def of_flow(self, judgement: Judgement, witness: int) -> Evidence:
        """Confidence of a flow's verdict, `witness` being the weakest evidence of its path."""
        return EVIDENCES[max(witness, self.rescue(judgement))]

    def of_item(self, item: TouchedItem) -> Evidence:
        """Confidence of an item: its witness, and what rescues it unless it is lost."""
        if item.by_default:
            return EVIDENCES[INFERRED]
        if not item.carriers:
            return EVIDENCES[0]
        rank = item.carriers[0].evidence
        if item.severity is not Severity.RUPTURE:
            rank = max([rank, *(self.rescue(j) for arrival in item.carriers if (j := self._judged(arrival)) is not None)])
        return EVIDENCES[rank]

    def _judged(self, arrival: Arrival) -> Judgement | None:
        return self.judgements.get(arrival.flow)

    def waits_for(self, item: TouchedItem) -> tuple[str, ...]:
        """Codes of the applications whose moves give an item back what it loses; none where it moves by itself (I-20)."""
        if item.severity is not Severity.TO_MIGRATE:
            return ()
        waited: set[int] = set()
        for arrival in item.carriers:
            flow = self.overlay.projection.flows[arrival.flow]
            for data_class, regions in arrival.regions.items():
                judgement = self._judged(arrival)
                if judgement is None or self._is_restored_here(flow):
                    waited |= self._behind(self.overlay.projection.key(flow.receiver, data_class), regions)
                elif data_class in judgement.outcomes:
                    waited |= self._waited_by(judgement.outcomes[data_class], data_class)
        waited.discard(item.slot.application)
        return tuple(sorted(self.overlay.projection.applications[number].source.code for number in waited))

    def _is_restored_here(self, flow: CompiledFlow) -> bool:
        """A feed whose caller stops: its receiver waits."""
        return flow.source.feed and not self.overlay.application_lives(flow.caller)

    def _waited_by(self, outcome: Outcome, data_class: int) -> set[int]:
        waited: set[int] = set()
        for choice in outcome.choices:
            option = choice.option
            if option.waiting == FLOW or option.gaps & SOURCE_FIRST:
                waited |= self._movers_of(self.overlay.projection.key(option.supplier, data_class), choice.regions)
        return waited

    def _movers_of(self, key: int, regions: int) -> frozenset[int]:
        if key in self._movers:
            return frozenset({key // self.overlay.projection.class_count})
        return self._behind(key, regions)

    def _behind(self, key: int, regions: int) -> frozenset[int]:
        """Applications upstream of a cell key that move, nearest first on each way."""
        known = self._upstream.get((key, regions))
        if known is None:
            known = self._upstream[key, regions] = frozenset(self._walk_up(key, regions))
        return known

    def _walk_up(self, key: int, regions: int) -> set[int]:
        found: set[int] = set()
        seen, pending = {key}, [key]
        while pending:
            for supplier, _, _, number in self.overlay.inflows(pending.pop()):
                if supplier in seen or not self.overlay.flow(number).mask & regions:
                    continue
                seen.add(supplier)
                if supplier in self._movers:
                    found.add(supplier // self.overlay.projection.class_count)
                elif self.supplies.held_with_moves.regions(supplier) & regions & ~self.supplies.kept.regions(supplier):
                    pending.append(supplier)
        return found
