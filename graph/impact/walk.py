"""The walk from what stops to all that it hits (docs/impact.md, I-12, I-13, I-25).

Breadth-first over cells; from application to application a hit passes three relations (EXPOSED_BY, CALLS, CONSUMER, or for a feed
PRODUCER, FEEDS, EXPOSED_BY). Among paths of one length the strongest evidence is taken, then codes. What is kept passes nothing on.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from graph.impact.after import Supply
from graph.impact.breaks import Break, Path
from graph.impact.overlay import Overlay
from graph.impact.projection import CompiledFlow


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """A hit on an application: length of its path, weakest evidence on it, path, flow, what the flow no longer brings, and to whom.

    `outlet`: it is the caller of a feed that is hit, for want of where to feed. `regions`: by class.
    """

    depth: int
    evidence: int
    path: Path
    flow: int
    outlet: bool
    regions: Mapping[int, int]

    @property
    def rank(self) -> tuple[int, int, Path, int, bool]:
        """The order of the walk (I-25)."""
        return self.depth, self.evidence, self.path, self.flow, self.outlet


@dataclass(slots=True)
class Walk:
    """Arrivals by flow and by application hit, in the order of the walk; `flow_paths` also has the flows that hit nobody."""

    flow_paths: dict[int, Path] = field(default_factory=dict)
    by_application: dict[int, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    by_flow: dict[int, list[Arrival]] = field(default_factory=lambda: defaultdict(list))

    def lost_through(self, flow: int, *, outlet: bool) -> dict[int, int]:
        """By class, the regions that a flow no longer brings to whom it hits."""
        regions: dict[int, int] = {}
        for arrival in self.by_flow.get(flow, ()):
            if arrival.outlet == outlet:
                for data_class, mask in arrival.regions.items():
                    regions[data_class] = regions.get(data_class, 0) | mask
        return regions


def walk(overlay: Overlay, breaks: Mapping[int, Break], kept: Supply) -> Walk:
    """All hits. Time O(cells hit x flows that leave them), memory O(cells hit)."""
    found = Walk()
    seen: dict[int, int] = {}
    levels: dict[int, list[Arrival]] = defaultdict(list)
    for item in breaks.values():
        _reach(found, item.flow, item.path)
        for arrival in _first_arrivals(overlay, item):
            levels[arrival.depth].append(arrival)
    while levels:
        for arrival in sorted(levels.pop(min(levels)), key=attrgetter("rank")):
            application = _hit(overlay, found, arrival)
            passing = _passing(overlay, seen, arrival, kept) if not arrival.outlet and overlay.projection.flows_from[application] else {}
            for further in _hits_beyond(overlay, found, arrival, passing) if passing else ():
                levels[further.depth].append(further)
    return found


def _reach(found: Walk, flow: int, path: Path) -> None:
    known = found.flow_paths.get(flow)
    if known is None or len(path) < len(known):
        found.flow_paths[flow] = path


def _first_arrivals(overlay: Overlay, item: Break) -> Iterator[Arrival]:
    reference, flow = overlay.reference, overlay.projection.flows[item.flow]
    regions = {c: mask for c in flow.attributes if (mask := reference.supplied(flow, c))}
    for path, outlet in ((item.to_receiver, False), (item.to_caller, True)):
        if path is not None and regions:
            yield Arrival(len(path) - 1, reference.evidence[item.flow], path, item.flow, outlet, regions)


def _hit(overlay: Overlay, found: Walk, arrival: Arrival) -> int:
    flow = overlay.projection.flows[arrival.flow]
    application = flow.caller if arrival.outlet else flow.receiver
    found.by_flow[arrival.flow].append(arrival)
    found.by_application[application].append(arrival)
    return application


def _passing(overlay: Overlay, seen: dict[int, int], arrival: Arrival, kept: Supply) -> dict[int, int]:
    """By class, what the application that is hit no longer passes on, and no hit before this one has passed on (I-13)."""
    passing: dict[int, int] = {}
    first = overlay.projection.flows[arrival.flow].receiver * overlay.projection.class_count
    for data_class, regions in arrival.regions.items():
        key = first + data_class
        fresh = regions & ~seen.get(key, 0)
        seen[key] = seen.get(key, 0) | fresh
        lost = fresh & ~kept.regions(key)
        if lost:
            passing[data_class] = lost
    return passing


def _hits_beyond(overlay: Overlay, found: Walk, arrival: Arrival, passing: Mapping[int, int]) -> Iterator[Arrival]:
    flows = overlay.projection.flows
    for number in overlay.projection.flows_from[flows[arrival.flow].receiver]:
        flow = flows[number]
        if not overlay.flow_lives(number):
            continue
        regions = {c: hit for c, mask in passing.items() if c in flow.attributes and (hit := flow.mask & mask)}
        if not regions:
            continue
        to_flow, beyond = _relations(overlay, flow)
        _reach(found, number, arrival.path + to_flow)
        if overlay.application_lives(flow.receiver):
            evidence = max(arrival.evidence, overlay.reference.evidence[number])
            path = arrival.path + to_flow + beyond
            yield Arrival(len(path) - 1, evidence, path, number, False, regions)


def _relations(overlay: Overlay, flow: CompiledFlow) -> tuple[Path, Path]:
    receiver = overlay.projection.applications[flow.receiver].source.code
    if flow.source.feed:
        return (flow.source.code,), (flow.source.interface, receiver)
    return (flow.source.interface, flow.source.code), (receiver,)
