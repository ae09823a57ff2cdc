"""The state after: what stops and what actions change, laid over the as-is in memory (docs/impact.md, I-1, I-2, I-3, I-12)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.impact.inventory import Interface
from graph.impact.projection import CompiledApplication, CompiledFlow, CompiledInterface, compile_interface
from graph.impact.question import (
    Action,
    AdmitToCircle,
    DecommissioningInput,
    EnterClasses,
    ExtendInterface,
    OpenInterface,
    RetireApplication,
    SetPerimeter,
    SetProfile,
    SwitchFlow,
)
from graph.impact.reference import Inflow, Reference
from graph.impact.rights import Rights, is_admitted, offered, perimeter_of, sees_class

Outflow = tuple[int, int]
"""Where a living flow takes a cell key of its supplier: to which key, for which regions."""


class Overlay:
    """Applications, interfaces and flows on D, with stops and actions. The projection is never written.

    `application_stops`, `interface_stops`: days of stop by number. `gone`: flows that do not live after. `changed`: flows that an
    action changed, with the code that the change starts from. `added`: flows made or restricted by actions.
    """

    def __init__(self, reference: Reference, question: DecommissioningInput) -> None:
        self.reference = reference
        self.projection = reference.projection
        self.names = self.projection.names
        self.day = reference.day
        self.applications: list[CompiledApplication] = self.projection.applications
        self.interfaces: list[CompiledInterface] = self.projection.interfaces
        self.interface_number = self.projection.interface_number
        self.application_stops: dict[int, set[int]] = defaultdict(set)
        self.interface_stops: dict[int, set[int]] = defaultdict(set)
        self.gone: set[int] = set()
        self.changed: dict[int, str] = {}
        self.added: list[CompiledFlow] = []
        self.added_into: dict[int, list[tuple[int, CompiledFlow]]] = defaultdict(list)
        self.added_from: dict[int, list[CompiledFlow]] = defaultdict(list)
        self.entered: dict[int, int] = defaultdict(int)
        self._from: dict[int, list[CompiledFlow]] = {}
        self._inflows: dict[int, Sequence[Inflow]] = {}
        self._outflows: dict[int, tuple[Outflow, ...]] = {}
        counted = [action for action in question.actions if action.date.toordinal() <= self.day]
        self._stop(question, counted)
        if counted:
            self._act(sorted(counted, key=lambda action: (action.date, type(action).__name__, repr(action))))

    def _stop(self, question: DecommissioningInput, actions: list[Action]) -> None:
        stops = [(target.code, target.date.toordinal()) for target in question.targets]
        stops += [(action.application, action.date.toordinal()) for action in actions if isinstance(action, RetireApplication)]
        for code, day in stops:
            if day > self.day:
                continue
            application = self.projection.application_number.get(code)
            if application is None:
                self.interface_stops[self.projection.interface_number[code]].add(day)
                continue
            self.application_stops[application].add(day)
        for application in self.application_stops:
            self.gone.update(self.projection.flows_by[application])
            for interface in self.projection.interfaces_of[application]:
                self.gone.update(self.projection.flows_on[interface])
        for interface in self.interface_stops:
            self.gone.update(self.projection.flows_on[interface])

    def application_lives(self, number: int) -> bool:
        """Does the application live on D, after the stops?"""
        application = self.applications[number]
        return application.start <= self.day < application.end and number not in self.application_stops

    def interface_lives(self, number: int) -> bool:
        """Does the interface live on D, after the stops? It goes with its application (I-2)."""
        interface = self.interfaces[number]
        stopped = number in self.interface_stops or interface.application in self.application_stops
        return interface.start <= self.day < interface.end and not stopped

    def flow_lives(self, number: int) -> bool:
        """Does the flow of the inventory live on D, unchanged?"""
        return self.reference.base_lives[number] and number not in self.gone

    def flows_from(self, application: int) -> Sequence[CompiledFlow]:
        """Flows that the application supplies after."""
        known = self._from.get(application)
        if known is None:
            known = self._from[application] = [*self._living(self.projection.flows_from[application]), *self.added_from.get(application, ())]
        return known

    def inflows(self, key: int) -> Sequence[Inflow]:
        """What flows may bring to a cell key after: what the baseline has, less the flows that are gone, and what actions add."""
        known = self._inflows.get(key)
        if known is None:
            application, data_class = divmod(key, self.projection.class_count)
            base = self.reference.inflows_of(application).get(data_class, ())
            known = [inflow for inflow in base if inflow[3] not in self.gone] if self.gone else base
            added = self.added_into.get(application)
            if added:
                known = [*known, *(self.reference.inflow(flow, number, data_class) for number, flow in added if data_class in flow.attributes)]
            self._inflows[key] = known
        return known

    def flow(self, number: int) -> CompiledFlow:
        """A flow of the inventory, or, by a negative number, one that actions made."""
        return self.projection.flows[number] if number >= 0 else self.added[~number]

    def outflows(self, key: int) -> Sequence[Outflow]:
        """Where flows take a cell key after."""
        known = self._outflows.get(key)
        if known is None:
            count = self.projection.class_count
            application, data_class = divmod(key, count)
            known = self._outflows[key] = tuple(
                (flow.receiver * count + data_class, flow.mask) for flow in self.flows_from(application) if data_class in flow.attributes
            )
        return known

    def _living(self, numbers: list[int]) -> Iterator[CompiledFlow]:
        flows, lives, gone = self.projection.flows, self.reference.base_lives, self.gone
        return (flows[n] for n in numbers if lives[n] and n not in gone)

    def _act(self, actions: list[Action]) -> None:
        self.applications, self.interfaces = list(self.applications), list(self.interfaces)
        self.interface_number = dict(self.interface_number)
        switches: dict[int, int] = {}
        rights_changed: set[int] = set()
        for action in actions:
            match action:
                case OpenInterface(interface, _):
                    self._open(interface, action.date.toordinal())
                case ExtendInterface(interface, _, _):
                    self._extend(self.interface_number[interface], action)
                case EnterClasses(application, classes, regions, _):
                    number = self.projection.application_number[application]
                    for code in classes:
                        self.entered[self.projection.key(number, self.names.class_number[code])] |= self.names.mask(regions)
                case AdmitToCircle() | SetProfile() | SetPerimeter():
                    rights_changed.add(self._set_rights(action))
                case SwitchFlow(flow, to, _):
                    switches[self.projection.flow_number[flow]] = self.interface_number[to]
                case RetireApplication():
                    pass
        self._change_flows(switches, rights_changed)

    def _open(self, interface: Interface, day: int) -> None:
        owner = self.projection.application_number[interface.exposed_by]
        compiled = compile_interface(self.names, interface, owner, self.projection.applications[owner])
        self.interface_number[interface.code] = len(self.interfaces)
        self.interfaces.append(replace(compiled, start=max(compiled.start, day)))

    def _extend(self, number: int, action: ExtendInterface) -> None:
        serves = dict(self.interfaces[number].serves)
        for code, content in action.serves:
            data_class = self.names.class_number[code]
            serves[data_class] = serves.get(data_class, 0) | self.names.served(data_class, content)
        self.interfaces[number] = replace(self.interfaces[number], serves=serves)

    def _set_rights(self, action: AdmitToCircle | SetProfile | SetPerimeter) -> int:
        number = self.projection.application_number[action.application]
        compiled = self.applications[number]
        match action:
            case AdmitToCircle(_, circle, _):
                source = replace(compiled.source, trust_circles=compiled.source.trust_circles | {circle})
                self.applications[number] = replace(compiled, source=source)
            case SetProfile(_, profile, _):
                self.applications[number] = replace(compiled, source=replace(compiled.source, access_profile=profile))
            case SetPerimeter(_, perimeter, _):
                self.applications[number] = replace(compiled, perimeter=self.names.mask(perimeter))
        return number

    def _change_flows(self, switches: dict[int, int], rights_changed: set[int]) -> None:
        flows = self.projection.flows
        for number, interface in switches.items():
            flow = flows[number]
            self.changed[number] = flow.source.code
            if self._caller_keeps(flow) and self.interface_lives(interface):
                self._add(self._switched(flow, interface))
        for application in rights_changed:
            for number in self.projection.flows_by[application]:
                if number in switches or not self.reference.base_lives[number]:
                    continue
                self.changed[number] = self.projection.applications[application].source.code
                if number not in self.gone:
                    self._add(self._passing(flows[number], flows[number].interface, flows[number].label))
        self.gone.update(self.changed)

    def _caller_keeps(self, flow: CompiledFlow) -> bool:
        """Does the flow live on D apart from the interface that it leaves?"""
        source = flow.source
        started = source.starts_on is None or source.starts_on.toordinal() <= self.day
        goes_on = source.ends_on is None or source.ends_on.toordinal() > self.day
        return started and goes_on and self.application_lives(flow.caller)

    def _add(self, flow: CompiledFlow) -> None:
        self.added_into[flow.receiver].append((~len(self.added), flow))
        self.added.append(flow)
        self.added_from[flow.supplier].append(flow)

    def _switched(self, flow: CompiledFlow, number: int) -> CompiledFlow:
        """The flow that an action makes: what the interface offers of what the flow needs, if it passes (I-3)."""
        old, new = self.interfaces[flow.interface], self.interfaces[number]
        within = flow.mask & new.offered if flow.source.perimeter is not None else self._own_regions(flow) & new.offered
        moved = replace(
            flow,
            interface=number,
            supplier=flow.caller if flow.source.feed else new.application,
            receiver=new.application if flow.source.feed else flow.caller,
            mask=within or new.offered,
            attributes={c: n & offered(old, new, c) for c, n in flow.attributes.items() if n & offered(old, new, c)},
        )
        return self._passing(moved, number, f"{flow.source.code}>{new.source.code}")

    def _own_regions(self, flow: CompiledFlow) -> int:
        caller = self.applications[flow.caller]
        return caller.perimeter if caller.perimeter is not None else self.names.mask(caller.source.deployed_in)

    def _passing(self, flow: CompiledFlow, number: int, label: str) -> CompiledFlow:
        """The part of a flow that passes trust circle, profile and perimeter of its caller (I-3)."""
        interface, rights = self.interfaces[number], self.rights(flow.caller)
        mask = flow.mask & perimeter_of(rights, interface, self.names.everywhere)
        attributes = {
            number: needed
            for number, needed in flow.attributes.items()
            if is_admitted(rights, interface) and sees_class(rights, interface, self.projection.access[number] if number else None)
        }
        return replace(flow, label=label, mask=mask, attributes=attributes)

    def rights(self, number: int) -> Rights:
        """Rights of an application after the actions, with what its reference flows speak."""
        application = self.applications[number]
        spoken = [self.projection.interfaces[self.projection.flows[n].interface] for n in self.projection.flows_by[number] if self.reference.lives[n]]
        return Rights(
            profile=application.source.access_profile,
            circles=application.source.trust_circles,
            perimeter=application.perimeter,
            standards=frozenset(interface.standard for interface in spoken if interface.standard is not None),
            securities=frozenset(interface.source.security for interface in spoken if interface.source.security is not None),
        )
