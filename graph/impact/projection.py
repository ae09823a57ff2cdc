"""The inventory compiled for the analysis: numbers for codes, bit masks for regions and attributes.

Region masks: bit i is the i-th region code in order. Attribute masks, per class: bit 0 is "whatever is not named", bit 1 the regional
extension (I-17), then one bit a named attribute. Days are ordinals, lives are [first day, first day without).
A cell of I-6 is (application, class, region); `key` packs the first two, a mask holds the regions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from graph.impact.inventory import NATIONAL, Application, Content, Entry, Flow, Interface, Inventory, Perimeter, Phase

if TYPE_CHECKING:
    from graph.impact.basis import Basis

ALWAYS: Final = 0
NEVER: Final = 1 << 30
UNKNOWN_CLASS: Final = "?"
"""What a flow brings when neither it nor its interface says a class (I-7); its number is 0."""
EXTENSION: Final = "regional_extension"
REST_BIT: Final = 1
EXTENSION_BIT: Final = 2


@dataclass(frozen=True, slots=True)
class CompiledEntry:
    """An ENTERS: class number, regions, life."""

    data_class: int
    mask: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CompiledApplication:
    """`territories`: where its items are counted; `deployed`: the same, or all regions when nothing is known of it (I-21)."""

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


class Names:
    """Numbers of regions, classes, usages, and bits of attributes: the vocabulary that every compiled object shares."""

    def __init__(self, inventory: Inventory) -> None:
        self.regions = tuple(sorted(region.code for region in inventory.regions))
        self.region_bit = {code: 1 << i for i, code in enumerate(self.regions)}
        self._region_codes: dict[int, tuple[str, ...]] = {}
        self.everywhere = (1 << len(self.regions)) - 1
        self.classes = (UNKNOWN_CLASS, *sorted(item.code for item in inventory.classes))
        self.class_number = {code: i for i, code in enumerate(self.classes)}
        self.usages = tuple(sorted(usage.code for usage in inventory.usages))
        self.usage_number = {code: i for i, code in enumerate(self.usages)}
        named = _attribute_names(inventory)
        self.attribute_names = [tuple(sorted(named[code])) for code in self.classes]
        self.attribute_bit = [{name: 4 << i for i, name in enumerate(names)} for names in self.attribute_names]
        self.whole = [REST_BIT | sum(by_name.values()) for by_name in self.attribute_bit]

    def mask(self, perimeter: Perimeter) -> int:
        """Regions of a perimeter."""
        if perimeter is NATIONAL:
            return self.everywhere
        return sum(self.region_bit[code] for code in perimeter)

    def region_codes(self, mask: int) -> tuple[str, ...]:
        """Codes of a mask, in order."""
        known = self._region_codes.get(mask)
        if known is None:
            known = self._region_codes[mask] = tuple(code for code in self.regions if mask & self.region_bit[code])
        return known

    def attributes(self, number: int, names: frozenset[str] | None) -> int:
        """Attributes named, or all of the class; an extension only where named; a name that the inventory does not know is nothing."""
        if not names:
            return self.whole[number]
        by_name = self.attribute_bit[number]
        return sum(EXTENSION_BIT if name == EXTENSION else by_name.get(name, 0) for name in names)

    def attribute_codes(self, number: int, mask: int) -> tuple[str, ...]:
        """Names of an attribute mask: `*` for what is not named."""
        head = ("*",) * bool(mask & REST_BIT) + (EXTENSION,) * bool(mask & EXTENSION_BIT)
        return head + tuple(name for name in self.attribute_names[number] if mask & self.attribute_bit[number][name])

    def served(self, number: int, content: Content) -> int:
        """What an interface offers of a class (I-17)."""
        return self.attributes(number, content.attributes) | (EXTENSION_BIT if content.regional_extension else 0)


def _attribute_names(inventory: Inventory) -> Mapping[str, set[str]]:
    named: dict[str, set[str]] = defaultdict(set)
    contents = [item for flow in inventory.flows for item in flow.carries.items()]
    contents += [item for interface in inventory.interfaces for item in interface.serves.items()]
    for code, content in contents:
        named[code] |= (content.attributes or frozenset()) - {EXTENSION}
    coverages = (r.coverage for interface in inventory.interfaces for r in interface.replaced_by if r.coverage)
    for code, names in (item for coverage in coverages for item in coverage.items()):
        named[code] |= (names or frozenset()) - {EXTENSION}
    return named


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
