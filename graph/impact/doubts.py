"""The uncertain facts that a verdict may rest on, each with what is then otherwise in the inventory (docs/impact.md, I-34)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from graph.impact.analysis import Judged
from graph.impact.inventory import Usage
from graph.impact.projection import ALWAYS, NEVER, CompiledApplication, CompiledEntry, CompiledFlow
from graph.impact.question import DecommissioningInput, SwitchFlow
from graph.impact.reference import INFERRED
from graph.impact.severity import Severity


class Doubt(StrEnum):
    """What is not sure, and what it is taken to be when it turns out badly."""

    INFERRED_FLOW = "INFERRED_FLOW"
    PRESUMED_SOURCE = "PRESUMED_SOURCE"
    CLASS_NOT_CARRIED = "CLASS_NOT_CARRIED"
    CLASS_NOT_ESSENTIAL = "CLASS_NOT_ESSENTIAL"


@dataclass(frozen=True, slots=True)
class Fact:
    """An uncertain fact. `subject`: a flow, APPLICATION/CLASS, FLOW/CLASS, or USAGE/CLASS; `asked`: applications whose owners know.

    What is then otherwise in the inventory: `flows` and `applications` by number, or only what the `usages` need. `question`: as it is then asked.
    """

    doubt: Doubt
    subject: str
    asked: tuple[int, ...]
    question: DecommissioningInput
    flows: Mapping[int, CompiledFlow] = field(default_factory=dict)
    applications: Mapping[int, CompiledApplication] = field(default_factory=dict)
    usages: Sequence[Usage] | None = None


class Doubts:
    """The uncertain facts in reach of a verdict: what is hit, what could replace it, and all that supplies these.

    A fact out of reach changes no severity: no item that is hit and no candidate depends on it.
    """

    def __init__(self, judged: Judged, question: DecommissioningInput) -> None:
        self.judged = judged
        self.question = question
        self.projection = judged.basis.projection
        self.reference = judged.basis.reference
        self.classes = {c for flow in judged.found.flow_paths for c in self.projection.flows[flow].attributes}
        self.reached = self._reached()

    def facts(self) -> Iterator[Fact]:
        """Those of usages and sources, then what is hit itself, then the rest, by code; each is made when it is asked for."""
        yield from self._not_essential()
        yield from self._not_sources()
        hit = self.judged.found.flow_paths
        flows = [number for number, rank in enumerate(self.reference.evidence) if rank == INFERRED and self.reference.lives[number]]
        yield from (self._absent(number) for number in flows if number in hit)
        yield from self._classes_not_carried()
        yield from (self._absent(number) for number in flows if number not in hit and self._is_reached(self.projection.flows[number]))

    def _is_reached(self, flow: CompiledFlow) -> bool:
        """A flow that brings something to an application in reach, or by which one feeds."""
        return flow.receiver in self.reached or (flow.source.feed and flow.caller in self.reached)

    def _reached(self) -> set[int]:
        """Applications that are hit, that expose what could replace, and, up the flows of the reference, those that supply them."""
        found, projection = self.judged.found, self.projection
        pending = set(found.by_application) | set(self.judged.overlay.application_stops)
        pending |= {one.application for one in self.judged.overlay.interfaces if not self.classes.isdisjoint((0, *one.serves))}
        reached: set[int] = set()
        while pending:
            application = pending.pop()
            reached.add(application)
            suppliers = {projection.flows[number].supplier for number in projection.flows_into[application] if self.reference.lives[number]}
            pending |= suppliers - reached
        return reached

    def _absent(self, number: int) -> Fact:
        """The flow does not exist."""
        flow = self.projection.flows[number]
        code = flow.source.code
        actions = tuple(one for one in self.question.actions if not (isinstance(one, SwitchFlow) and one.flow == code))
        never = replace(flow, start=NEVER, end=ALWAYS)
        question = replace(self.question, actions=actions)
        return Fact(Doubt.INFERRED_FLOW, code, self._ends(flow), question, flows={number: never})

    def _classes_not_carried(self) -> Iterator[Fact]:
        """A flow that declares no class does not carry one of those that it may carry (I-7)."""
        for number in sorted(self.judged.found.flow_paths):
            flow = self.projection.flows[number]
            for data_class in () if flow.declared else sorted(flow.attributes):
                without = replace(flow, attributes={c: needed for c, needed in flow.attributes.items() if c != data_class})
                subject = f"{flow.source.code}/{self.projection.names.classes[data_class]}"
                yield Fact(Doubt.CLASS_NOT_CARRIED, subject, self._ends(flow), self.question, flows={number: without})

    def _ends(self, flow: CompiledFlow) -> tuple[int, ...]:
        return tuple(dict.fromkeys((flow.caller, self.projection.interfaces[flow.interface].application)))

    def _not_sources(self) -> Iterator[Fact]:
        """An application is not where a class comes from (I-9): it had entered it, and does no more, as far as the analysis sees."""
        count = self.projection.class_count
        for key, regions in sorted(self._presumed().items()):
            application, data_class = divmod(key, count)
            one = self.projection.applications[application]
            ended = CompiledEntry(data_class, regions, ALWAYS, ALWAYS)
            other = {application: replace(one, entries=(*one.entries, ended))}
            subject = f"{one.source.code}/{self.projection.names.classes[data_class]}"
            yield Fact(Doubt.PRESUMED_SOURCE, subject, (application,), self.question, applications=other)

    def _presumed(self) -> dict[int, int]:
        """Regions by cell key of which an application in reach is presumed the source, and supplies them or could."""
        reference, count, found = self.reference, self.projection.class_count, dict[int, int]()
        supplies = [(key, mask) for key, edges in reference.edges.items() for _, mask, _ in edges]
        supplies += [(self.projection.key(one.application, c), one.offered) for one in self.judged.overlay.interfaces for c in (*one.serves, 0)]
        for key, mask in supplies:
            presumed = reference.presumed(key) & mask
            if presumed and key // count in self.reached and key % count in self.classes and reference.application_lives[key // count]:
                found[key] = found.get(key, 0) | presumed
        return found

    def _not_essential(self) -> Iterator[Fact]:
        """A class of a usage that does not say what it needs is not essential (I-21), for usages in RUPTURE."""
        usages, names = self.projection.inventory.usages, self.projection.names
        for usage in sorted({item.slot.usage for item in self.judged.touched if item.severity is Severity.RUPTURE and item.slot.usage >= 0}):
            one = usages[usage]
            applications = tuple(sorted({item.slot.application for item in self.judged.touched if item.slot.usage == usage}))
            for data_class in sorted(self.classes - {0}) if not one.needs else ():
                code = names.classes[data_class]
                said = replace(one, needs={other: other != code for other in names.classes[1:]})
                varied = (*usages[:usage], said, *usages[usage + 1 :])
                yield Fact(Doubt.CLASS_NOT_ESSENTIAL, f"{one.code}/{code}", applications, self.question, usages=varied)
