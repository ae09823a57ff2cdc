"""The inventory compiled for the analysis: numbers for codes, bit masks for regions and attributes (names.py).

Days are ordinals, lives are [first day, first day without). A cell of I-6 is (application, class, region); `key` packs the first two, a
mask holds the regions.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from graph.impact.inventory import Application, Entry, Flow, Interface, Inventory, Phase
from graph.impact.names import EXTENSION_BIT, Names

if TYPE_CHECKING:
    from graph.impact.basis import Basis

ALWAYS: Final = 0
NEVER: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class CompiledEntry:
    """An ENTERS: class number, regions, life."""

    data_class: int
    mask: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CompiledApplication:
    """`territories`: where its items are counted, all regions when nothing is known of it (I-21)."""

    source: Application
    start: int
    end: int
    territories: int
    perimeter: int | None
    entries: tuple[CompiledEntry, ...]


@dataclass(frozen=True, slots=True)
class CompiledInterface:
    """`called`: its regions when a flow calls it; `offered`: when it is a candidate (I-4). `coverage`: REPLACED_BY of this interface."""

    source: Interface
    application: int
    start: int
    end: int
    called: int
    offered: int
    serves: Mapping[int, int]
    coverage: Mapping[str, Mapping[int, int] | None]
    standard: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class CompiledFlow:
    """Data goes from `supplier` to `receiver` (I-5); `attributes`: by class, what the consumer needs of it (I-17)."""

    source: Flow
    label: str
    caller: int
    interface: int
    supplier: int
    receiver: int
    start: int
    end: int
    mask: int
    attributes: Mapping[int, int]
    declared: bool
    usages: tuple[int, ...]


def bits(mask: int) -> Iterable[int]:
    """The single-bit masks of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def first_day(day: date | None) -> int:
    """Ordinal of an inclusive start; no date is no bound."""
    return ALWAYS if day is None else day.toordinal()


def end_day(day: date | None) -> int:
    """Ordinal of an exclusive end; no date is no bound."""
    return NEVER if day is None else day.toordinal()


def application_life(application: Application) -> tuple[int, int]:
    """[start, end) of production and phase_out (I-2); planned or built without a date of production does not live."""
    phase, started, retired = application.phase, application.production_on, application.retired_on
    start = first_day(started)
    if started is None and phase in (Phase.PLANNED, Phase.BUILD):
        start = NEVER
    end = end_day(retired)
    if retired is None and phase is Phase.RETIRED:
        end = ALWAYS
    return start, end


def standard_of(interface: Interface) -> tuple[str, str] | None:
    """Standard with its major version (I-16); None when the standard is not known."""
    if interface.standard is None:
        return None
    return interface.standard, (interface.version or "").split(".")[0]


def compile_entry(names: Names, entry: Entry) -> CompiledEntry:
    """An ENTERS with numbers."""
    number = names.class_number[entry.data_class]
    return CompiledEntry(number, names.mask(entry.regions), first_day(entry.since), end_day(entry.until))


def compile_application(names: Names, application: Application) -> CompiledApplication:
    """An application; without a stated deployment it counts in its perimeter, without either in every region (never hidden)."""
    start, end = application_life(application)
    perimeter = None if application.perimeter is None else names.mask(application.perimeter)
    territories = names.mask(application.deployed_in) or perimeter or names.everywhere
    entries = tuple(compile_entry(names, entry) for entry in application.enters)
    return CompiledApplication(application, start, end, territories, perimeter, entries)


def compile_interface(names: Names, interface: Interface, number: int, owner: CompiledApplication) -> CompiledInterface:
    """An interface lives with its application (I-2) and has its regions where it states none (I-4)."""
    regions = owner.perimeter or names.mask(owner.source.deployed_in)
    if interface.perimeter is not None:
        regions = names.mask(interface.perimeter)
    start, end = max(owner.start, first_day(interface.opens_on)), min(owner.end, end_day(interface.ends_on))
    serves = {names.class_number[code]: names.served(names.class_number[code], item) for code, item in interface.serves.items()}
    coverage = {item.interface: _coverage(names, item.coverage) for item in interface.replaced_by}
    return CompiledInterface(interface, number, start, end, regions or names.everywhere, regions, serves, coverage, standard_of(interface))


def _coverage(names: Names, coverage: Mapping[str, frozenset[str] | None] | None) -> Mapping[int, int] | None:
    if coverage is None:
        return None
    stated = {}
    for code, attributes in coverage.items():
        number = names.class_number[code]
        stated[number] = names.attributes(number, attributes) | (EXTENSION_BIT if attributes is None else 0)
    return stated


def _needed(names: Names, flow: Flow, interface: CompiledInterface) -> Mapping[int, int]:
    """By class, the attributes a flow needs: its own, else its interface's, else all (I-17); `?` where nothing is said (I-7)."""
    if not flow.carries:
        return interface.serves or {0: names.whole[0]}
    needed = {}
    for code, content in flow.carries.items():
        number = names.class_number[code]
        served = interface.serves.get(number, names.whole[number])
        wanted = names.attributes(number, content.attributes) if content.attributes else served & ~EXTENSION_BIT
        used = bool(served & EXTENSION_BIT) if content.regional_extension is None else content.regional_extension
        needed[number] = wanted | (EXTENSION_BIT if used else 0)
    return needed


def flow_regions(names: Names, flow: Flow, interface: CompiledInterface, caller: CompiledApplication) -> int:
    """The interface's regions within the flow's perimeter, else its caller's, else its deployment; if none are left, all of them (I-6)."""
    within = caller.perimeter if caller.perimeter is not None else names.mask(caller.source.deployed_in)
    if flow.perimeter is not None:
        within = names.mask(flow.perimeter)
    return interface.called & within or interface.called


def compile_flow(
    names: Names, flow: Flow, interface_number: int, interface: CompiledInterface, caller_number: int, caller: CompiledApplication
) -> CompiledFlow:
    """A flow lives while it, its caller and its interface live."""
    ends = (interface.application, caller_number)
    supplier, receiver = reversed(ends) if flow.feed else ends
    return CompiledFlow(
        source=flow,
        label=flow.code,
        caller=caller_number,
        interface=interface_number,
        supplier=supplier,
        receiver=receiver,
        start=max(first_day(flow.starts_on), caller.start, interface.start),
        end=min(end_day(flow.ends_on), caller.end, interface.end),
        mask=flow_regions(names, flow, interface, caller),
        attributes=_needed(names, flow, interface),
        declared=bool(flow.carries),
        usages=tuple(sorted(names.usage_number[code] for code in flow.for_usage)),
    )


class Projection:
    """An inventory, compiled once; every question about it starts here. Time and memory O(size of the inventory).

    Objects are numbered in the order of their codes, so the order of the input changes nothing.
    """

    def __init__(self, inventory: Inventory) -> None:
        inventory = replace(
            inventory,
            applications=tuple(sorted(inventory.applications, key=lambda item: item.code)),
            interfaces=tuple(sorted(inventory.interfaces, key=lambda item: item.code)),
            flows=tuple(sorted(inventory.flows, key=lambda item: item.code)),
            usages=tuple(sorted(inventory.usages, key=lambda item: item.code)),
            pathways=tuple(sorted(inventory.pathways, key=lambda item: item.code)),
        )
        self.inventory = inventory
        self.bases: dict[tuple[date, date], Basis] = {}
        self.names = names = Names(inventory)
        self.class_count = len(names.classes)
        self._cell_names: dict[tuple[int, int], tuple[str, ...]] = {}
        self.application_number = {item.code: i for i, item in enumerate(inventory.applications)}
        self.interface_number = {item.code: i for i, item in enumerate(inventory.interfaces)}
        self.flow_number = {item.code: i for i, item in enumerate(inventory.flows)}
        self.applications = [compile_application(names, item) for item in inventory.applications]
        self.interfaces = [self._interface(item) for item in inventory.interfaces]
        self.flows = [self._flow(item) for item in inventory.flows]
        self.flows_from = _grouped(len(self.applications), [flow.supplier for flow in self.flows])
        self.flows_into = _grouped(len(self.applications), [flow.receiver for flow in self.flows])
        self.flows_by = _grouped(len(self.applications), [flow.caller for flow in self.flows])
        self.flows_on = _grouped(len(self.interfaces), [flow.interface for flow in self.flows])
        self.interfaces_of = _grouped(len(self.applications), [item.application for item in self.interfaces])
        access = {item.code: item.access for item in inventory.classes}
        self.access = [access.get(code, ()) for code in names.classes]

    def _interface(self, interface: Interface) -> CompiledInterface:
        number = self.application_number[interface.exposed_by]
        return compile_interface(self.names, interface, number, self.applications[number])

    def _flow(self, flow: Flow) -> CompiledFlow:
        interface, caller = self.interface_number[flow.interface], self.application_number[flow.caller]
        return compile_flow(self.names, flow, interface, self.interfaces[interface], caller, self.applications[caller])

    def varied(self, *, flows: Mapping[int, CompiledFlow] | None = None, applications: Mapping[int, CompiledApplication] | None = None) -> "Projection":
        """The same inventory with some objects otherwise, by number (I-34): all else is shared, and no basis is kept of this one."""
        other = copy(self)
        other.bases = {}
        other.flows = [(flows or {}).get(number, flow) for number, flow in enumerate(self.flows)]
        other.applications = [(applications or {}).get(number, one) for number, one in enumerate(self.applications)]
        return other

    def key(self, application: int, data_class: int) -> int:
        """The cells of an application and a class."""
        return application * self.class_count + data_class

    def cell_names(self, data_class: int, mask: int) -> tuple[str, ...]:
        """`CLASS@REGION` for each region of the mask."""
        known = self._cell_names.get((data_class, mask))
        if known is None:
            code = self.names.classes[data_class]
            known = self._cell_names[data_class, mask] = tuple(f"{code}@{region}" for region in self.names.region_codes(mask))
        return known


def _grouped(size: int, owners: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(size)]
    for item, owner in enumerate(owners):
        groups[owner].append(item)
    return groups
