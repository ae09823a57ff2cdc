"""The fewest switches that lift every RUPTURE that switches can lift (docs/impact.md, I-28)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.impact.analysis import Judged
from graph.impact.hitting import cheapest
from graph.impact.items import Slot
from graph.impact.projection import bits
from graph.impact.rights import GAPS, Gap
from graph.impact.switch_net import Goal, SwitchNet, ways_of

Place = tuple[int, int, int]
"""An item: application, usage, territory."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another switch that would do in place of one: with it, the others of the set lift the same."""

    flow: str
    to: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """A flow that moves to an interface. `lifts`: APPLICATION/USAGE@TERRITORY that are in RUPTURE again without it, all other switches done."""

    flow: str
    application: str
    leaves: str
    to: str
    gaps: tuple[Gap, ...]
    lifts: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class RuptureLeft:
    """An item that stays in RUPTURE whatever is switched. `classes`: those of which nothing serves; none: the application itself stops."""

    application: str
    usage: str
    territory: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FewestSwitches:
    """The set, by code. `possible`: switches there are; `ruptures`: items in RUPTURE if nobody switches; `lifted`: those that the set lifts.

    `proved`: no fewer would do, nor as many with fewer gaps; `at_least`: that many are needed whatever is chosen.
    """

    switches: tuple[Switch, ...]
    possible: int
    ruptures: int
    lifted: tuple[str, ...]
    left: tuple[RuptureLeft, ...]
    gaps: int
    proved: bool
    at_least: int


@dataclass(frozen=True, slots=True)
class Ruptures:
    """The items in RUPTURE if nobody switches: the goals of those that switches lift, and those that stay."""

    lifted: Mapping[Place, frozenset[Goal]]
    left: Mapping[Place, tuple[int, ...]]


def ruptures_without_switches(net: SwitchNet) -> Ruptures:
    """What is in RUPTURE while every flow stays where it is."""
    lifted: dict[Place, frozenset[Goal]] = {}
    left: dict[Place, tuple[int, ...]] = {}
    liftable: dict[Goal, bool] = {}
    for slot, territory, goals in _goals(net):
        for goal in goals.values():
            if goal not in liftable:
                liftable[goal] = net.cut(goal, net.everything) is None
        never = tuple(data_class for data_class, goal in goals.items() if not liftable[goal])
        place = slot.application, slot.usage, territory
        if never:
            left[place] = never
        elif goals:
            lifted[place] = frozenset(goals.values())
    for application in net.overlay.application_stops:
        for slot in net.judged.basis.items.by_application.get(application, ()):
            left |= dict.fromkeys(((application, slot.usage, territory) for territory in bits(slot.territories)), ())
    return Ruptures(lifted, left)


def _goals(net: SwitchNet) -> Iterator[tuple[Slot, int, dict[int, Goal]]]:
    """By touched item, the goal of each essential class of which nothing is left while nobody switches (I-21)."""
    items, severities = net.judged.basis.items, net.judged.severities
    known: dict[tuple[int, int, int, int], Goal | None] = {}
    for application in sorted(net.judged.found.by_application.keys() - net.overlay.application_stops.keys()):
        for usage, needs in sorted(severities.needs_of(application).items()):
            slot = items.slots[application, usage]
            for territory in bits(slot.territories):
                about, elsewhere = items.scope(application, territory)
                goals = {}
                for data_class, need in sorted(needs.items()):
                    regions = severities.all_needs(slot, data_class, about, elsewhere)
                    if not regions or regions & ~need.touched or not severities.is_essential(slot, data_class):
                        continue
                    place = application, usage, data_class, regions
                    if place not in known:
                        known[place] = ways_of(net, need.hits, data_class, regions)
                    goal = known[place]
                    if goal is not None:
                        goals[data_class] = goal
                yield slot, territory, goals


def fewest_switches(judged: Judged) -> FewestSwitches:
    """The pairs (flow, candidate) of the verdicts, the fewest, then with the fewest gaps, then the first by code.

    Exact: what each rupture needs is hit at the lowest cost, and needs that only show through other moves are added as they come up (hitting.py).
    """
    net = SwitchNet(judged)
    ruptures = ruptures_without_switches(net)
    goals = frozenset[Goal]().union(*ruptures.lifted.values())
    gaps = [pair.gaps.bit_count() for pair in net.pairs]
    one = sum(gaps) + 1
    found = cheapest([one + count for count in gaps], lambda chosen: [cut for goal in goals if (cut := net.cut(goal, chosen))])
    chosen = [number for number in range(len(net.pairs)) if found.chosen >> number & 1]
    cost, told = sum(one + gaps[number] for number in chosen), _Told(net, ruptures, found.chosen)
    return FewestSwitches(
        switches=tuple(told.switch(number) for number in chosen),
        possible=len(net.pairs),
        ruptures=len(ruptures.lifted) + len(ruptures.left),
        lifted=tuple(sorted(item_name(judged, place) for place in ruptures.lifted)),
        left=tuple(_left(judged, place, classes) for place, classes in sorted(ruptures.left.items())),
        gaps=sum(gaps[number] for number in chosen),
        proved=found.at_least == cost,
        at_least=found.at_least // one,
    )


def item_name(judged: Judged, place: Place) -> str:
    """APPLICATION/USAGE@TERRITORY."""
    return judged.basis.items.name(judged.basis.items.slots[place[0], place[1]], place[2])


def _left(judged: Judged, place: Place, classes: tuple[int, ...]) -> RuptureLeft:
    application, usage, territory = place
    names = judged.overlay.names
    return RuptureLeft(
        application=judged.overlay.applications[application].source.code,
        usage=judged.basis.items.usage_name(usage),
        territory=names.region_codes(territory)[0],
        classes=tuple(names.classes[number] for number in classes),
    )


class _Told:
    """What each switch of a set lifts, and what would do in its place."""

    def __init__(self, net: SwitchNet, ruptures: Ruptures, chosen: int) -> None:
        self.net = net
        self.chosen = chosen
        self.ruptures = ruptures
        self._on_the_way: dict[int, list[Goal]] = {}
        for goal in sorted(frozenset[Goal]().union(*ruptures.lifted.values()), key=sorted):
            for bit in bits(net.within(goal) & chosen):
                self._on_the_way.setdefault(bit, []).append(goal)

    def switch(self, number: int) -> Switch:
        """One switch of the set."""
        overlay, pair = self.net.overlay, self.net.pairs[number]
        without = self.chosen & ~(1 << number)
        broken = [goal for goal in self._on_the_way.get(1 << number, ()) if self.net.cut(goal, without) is not None]
        flow = overlay.projection.flows[pair.flow]
        return Switch(
            flow=flow.source.code,
            application=overlay.applications[flow.caller].source.code,
            leaves=flow.source.interface,
            to=overlay.interfaces[pair.interface].source.code,
            gaps=GAPS[pair.gaps],
            lifts=tuple(sorted(item_name(self.net.judged, place) for place, goals in self.ruptures.lifted.items() if not goals.isdisjoint(broken))),
            alternatives=tuple(self._alternatives(without, broken)),
        )

    def _alternatives(self, without: int, broken: list[Goal]) -> Iterator[Alternative]:
        """Any switch in the place of this one must be in what all broken goals lack."""
        common = self.net.everything & ~self.chosen
        for goal in broken:
            common &= self.net.cut(goal, without) or 0
        would_do = [bit.bit_length() - 1 for bit in bits(common) if all(self.net.cut(goal, without | bit) is None for goal in broken)]
        for other in sorted(would_do, key=lambda one: (self.net.pairs[one].gaps.bit_count(), one)):
            pair = self.net.pairs[other]
            flow, interface = self.net.overlay.projection.flows[pair.flow], self.net.overlay.interfaces[pair.interface]
            yield Alternative(flow.source.code, interface.source.code, GAPS[pair.gaps])
