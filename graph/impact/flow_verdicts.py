"""Judgements in words: the verdict of each flow (docs/impact.md, I-14, I-15)."""

from collections.abc import Iterator
from datetime import date

from graph.impact.candidates import FLOW, Market, Option
from graph.impact.confidence import Grounds
from graph.impact.judge import Judgement, Outcome, Status
from graph.impact.overlay import Overlay
from graph.impact.projection import NEVER, CompiledFlow, CompiledInterface, Projection
from graph.impact.rights import GAPS
from graph.impact.verdict import Candidate, FlowVerdict
from graph.impact.walk import Walk


class FlowVerdicts:
    """Writes the verdicts of one question."""

    def __init__(self, overlay: Overlay, market: Market, grounds: Grounds, found: Walk) -> None:
        self.overlay = overlay
        self.projection: Projection = overlay.projection
        self.market = market
        self.grounds = grounds
        self.found = found

    def verdict(self, judgement: Judgement) -> FlowVerdict:
        """One flow."""
        flow = self.projection.flows[judgement.flow]
        path = self.found.flow_paths[judgement.flow]
        evidence = self._evidence(judgement.flow)
        return FlowVerdict(
            code=flow.source.code,
            application=self._application(flow.caller),
            interface=flow.source.interface,
            depth=len(path) - 1,
            status=judgement.status,
            use=self._use(judgement),
            gaps=judgement.gaps,
            missing=tuple(self._missing(judgement)),
            missing_attributes=tuple(self._missing_attributes(judgement)),
            candidates=tuple(self._candidates(judgement)),
            opens_later=self._opens_later(flow, judgement),
            known_ends=self._known_ends(judgement),
            usages=flow.source.for_usage,
            without_class=not flow.declared,
            witness=path,
            confidence=self.grounds.of_flow(judgement, evidence),
            exposed_by=self._application(self.projection.interfaces[flow.interface].application),
            feed=flow.source.feed,
        )

    def _evidence(self, number: int) -> int:
        """The weakest evidence on the path to a flow, itself with it; the first arrival of the walk is the shortest."""
        arrivals = self.found.by_flow.get(number)
        return arrivals[0].evidence if arrivals else self.overlay.reference.evidence[number]

    def _application(self, number: int) -> str:
        return self.projection.applications[number].source.code

    def _use(self, judgement: Judgement) -> tuple[str, ...]:
        if judgement.status is Status.READY:
            return tuple(sorted(judgement.keepers))
        chosen = (choice.option for outcome in judgement.outcomes.values() for choice in outcome.choices)
        return tuple(sorted({option.code for option in chosen}))

    def _missing(self, judgement: Judgement) -> Iterator[str]:
        for data_class, outcome in sorted(judgement.outcomes.items()):
            yield from self.projection.cell_names(data_class, outcome.lost | outcome.part)

    def _missing_attributes(self, judgement: Judgement) -> Iterator[str]:
        for data_class, outcome in sorted(judgement.outcomes.items()):
            for regions, attributes in sorted(outcome.missing.items()):
                for cell in self.projection.cell_names(data_class, regions):
                    yield from (f"{cell}.{name}" for name in self.projection.names.attribute_codes(data_class, attributes))

    def _candidates(self, judgement: Judgement) -> Iterator[Candidate]:
        """All interfaces that serve some of the needs, chosen or not, by code."""
        by_interface: dict[int, list[tuple[int, Option, Outcome]]] = {}
        for data_class, outcome in sorted(judgement.outcomes.items()):
            for option in outcome.options:
                by_interface.setdefault(option.interface, []).append((data_class, option, outcome))
        chosen = {choice.option.interface for outcome in judgement.outcomes.values() for choice in outcome.choices}
        flow = self.projection.flows[judgement.flow]
        for number, offers in sorted(by_interface.items(), key=lambda item: self.overlay.interfaces[item[0]].source.code):
            yield self._candidate(flow, self.overlay.interfaces[number], offers, number in chosen)

    def _candidate(self, flow: CompiledFlow, interface: CompiledInterface, offers: list[tuple[int, Option, Outcome]], chosen: bool) -> Candidate:
        cells: list[str] = []
        lacking: list[str] = []
        gaps = 0
        covered: dict[int, int] = {}
        for data_class, option, outcome in offers:
            gaps |= option.gaps
            fresh = option.regions & (outcome.kept | outcome.moved | outcome.part | outcome.lost) & ~covered.get(data_class, 0)
            covered[data_class] = covered.get(data_class, 0) | fresh
            cells += self.projection.cell_names(data_class, fresh)
            if option.lacking:
                names = self.projection.names.attribute_codes(data_class, option.lacking)
                lacking += (f"{self.projection.names.classes[data_class]}.{name}" for name in names)
        return Candidate(
            interface=interface.source.code,
            application=self._application(interface.application),
            cells=tuple(cells),
            gaps=GAPS[gaps],
            missing_attributes=tuple(dict.fromkeys(lacking)),
            replaces=interface.source.code in self.overlay.interfaces[flow.interface].coverage,
            chosen=chosen,
            ends_on=_day(interface.end),
        )

    def _opens_later(self, flow: CompiledFlow, judgement: Judgement) -> tuple[tuple[str, date], ...]:
        later = {}
        for data_class, outcome in judgement.outcomes.items():
            open_needs = outcome.moved | outcome.part | outcome.lost
            for interface in self.market.opening_later(flow, data_class, open_needs) if open_needs else ():
                later[interface.source.code] = date.fromordinal(interface.start)
        return tuple(sorted(later.items()))

    def _known_ends(self, judgement: Judgement) -> tuple[tuple[str, date], ...]:
        """Ends, after D, of what is to be used (I-14)."""
        ends: dict[str, date] = {}
        for keeper in judgement.keepers.values():
            if (day := _day(keeper.end)) is not None:
                ends[keeper.label] = day
        for outcome in judgement.outcomes.values():
            for choice in outcome.choices:
                day = _day(self.overlay.interfaces[choice.option.interface].end)
                if day is not None and choice.option.waiting != FLOW:
                    ends[choice.option.code] = day
        return tuple(sorted(ends.items()))


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal < NEVER else None
