"""The reference supply of I-8 to I-11, written a second time, plainly and slowly, over sets of cells: for a differential test."""

from collections.abc import Iterator
from datetime import date, timedelta

import networkx as nx

from graph.impact.inventory import NATIONAL, Application, Entry, Flow, Interface, Inventory, Perimeter

Cell = tuple[str, str, str]


def plain_supply(what: Inventory, first: date, last: date) -> set[Cell]:
    """Cells (application, class, region) held in the as-is, all that lives on a day from `first` to `last`."""
    regions = {region.code for region in what.regions}
    classes = ["?", *(item.code for item in what.classes)]
    applications = {item.code: item for item in what.applications}
    days = _days(what, first, last)
    edges: list[tuple[Cell, Cell]] = []
    for flow in what.flows:
        edges += _edges(what, flow, applications, regions, days)
    brought = {receiver for _, receiver in edges}
    sources: set[Cell] = set()
    for application in what.applications:
        if not any(_application_lives(application, day) for day in days):
            continue
        entered = {cell for entry in application.enters if any(_entry_lives(entry, day) for day in days) for cell in _cells(application, entry, regions)}
        named = {cell for entry in application.enters for cell in _cells(application, entry, regions)}
        every = {(application.code, data_class, region) for data_class in classes for region in regions}
        sources |= entered | (every - named - brought)
    held = _reach(sources, edges)
    left: nx.DiGraph[Cell] = nx.DiGraph([(s, r) for s, r in edges if s not in held and r not in held])
    for members in nx.strongly_connected_components(left):
        if len(members) > 1 or any(left.has_edge(m, m) for m in members):
            sources |= members
    return _reach(sources, edges)


def _days(what: Inventory, first: date, last: date) -> list[date]:
    """The days on which something can differ from the day before."""
    named = [day for flow in what.flows for day in (flow.starts_on, flow.ends_on)]
    named += [day for interface in what.interfaces for day in (interface.opens_on, interface.ends_on)]
    named += [day for application in what.applications for day in (application.production_on, application.retired_on)]
    named += [day for application in what.applications for entry in application.enters for day in (entry.since, entry.until)]
    edges = {first, last} | {day - timedelta(days=back) for day in named if day for back in (0, 1)}
    return sorted(day for day in edges if first <= day <= last)


def _reach(sources: set[Cell], edges: list[tuple[Cell, Cell]]) -> set[Cell]:
    held = set(sources)
    while True:
        more = {receiver for supplier, receiver in edges if supplier in held} - held
        if not more:
            return held
        held |= more


def _edges(what: Inventory, flow: Flow, applications: dict[str, Application], regions: set[str], days: list[date]) -> Iterator[tuple[Cell, Cell]]:
    interface = next(item for item in what.interfaces if item.code == flow.interface)
    owner, caller = applications[interface.exposed_by], applications[flow.caller]
    if not any(
        _between(flow.starts_on, flow.ends_on, day) and _between(interface.opens_on, interface.ends_on, day)
        and _application_lives(owner, day) and _application_lives(caller, day)
        for day in days
    ):  # fmt: skip
        return
    supplier, receiver = (caller.code, owner.code) if flow.feed else (owner.code, caller.code)
    for data_class in flow.carries or interface.serves or ["?"]:
        for region in _flow_regions(flow, interface, owner, caller, regions):
            yield (supplier, data_class, region), (receiver, data_class, region)


def _flow_regions(flow: Flow, interface: Interface, owner: Application, caller: Application, regions: set[str]) -> set[str]:
    own = _set(owner.perimeter, regions) or set(owner.deployed_in)
    covered = own if interface.perimeter is None else _set(interface.perimeter, regions)
    covered = covered or regions
    if flow.perimeter is not None:
        within = _set(flow.perimeter, regions)
    else:
        within = _set(caller.perimeter, regions) if caller.perimeter is not None else set(caller.deployed_in)
    return covered & within or covered


def _set(perimeter: Perimeter | None, regions: set[str]) -> set[str]:
    if perimeter is None:
        return set()
    return regions if perimeter is NATIONAL else set(perimeter)


def _cells(application: Application, entry: Entry, regions: set[str]) -> set[Cell]:
    return {(application.code, entry.data_class, region) for region in _set(entry.regions, regions)}


def _entry_lives(entry: Entry, day: date) -> bool:
    return _between(entry.since, entry.until, day)


def _application_lives(application: Application, day: date) -> bool:
    return _between(application.production_on, application.retired_on, day)


def _between(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day < end)
