"""A decommissioning as an ArchiMate model: what is there, what is to be done, what is missing (docs/impact.md, I-39).

| of an answer | in ArchiMate |
|---|---|
| application hit, that stops, or that exposes an interface named | ApplicationComponent |
| interface called, or to be used | ApplicationInterface, a Composition of its application |
| flow with a verdict | Flow, in the direction in which data goes (I-5); property `plateau` `before` |
| flow to an interface to be used | Flow, property `plateau` `after` |
| application with a flow to SWITCH, PREPARE, or PARTIAL | WorkPackage, a Realization of the plateau after |
| flow with gaps, or of which something is missing | Gap, associated with both plateaus, with its work package or else its application |
| the situation on J, the situation on D | Plateau, the first triggers the second; each aggregates what lives in it |
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.impact.judge import Status
from graph.impact.question import OpenInterface, RetireApplication
from graph.impact.report_sections import title
from graph.impact.verdict import DecommissioningImpact, FlowVerdict
from graph.impact.words import GAP_FR, SEVERITY_FR, STATUS_FR

BEFORE: Final = "before"
AFTER: Final = "after"
MOVES: Final = (Status.SWITCH, Status.PREPARE, Status.PARTIAL)

Properties = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element. `kind` and `key` are ours, and stable; `type` is ArchiMate's. `properties`: only those that have a value are written."""

    type: str
    kind: str
    key: str
    name: str
    documentation: str = ""
    properties: Properties = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship between two elements, given as (kind, key)."""

    type: str
    key: str
    source: tuple[str, str]
    target: tuple[str, str]
    name: str = ""
    properties: Properties = ()


@dataclass(frozen=True, slots=True)
class Model:
    """Elements and relationships, each once."""

    name: str
    elements: tuple[Element, ...]
    relations: tuple[Relation, ...]


def model(impact: DecommissioningImpact) -> Model:
    """The model of an answer."""
    made = _Modelled(impact)
    return Model(title(impact), tuple(made.elements()), tuple(made.relations()))


class _Modelled:
    def __init__(self, impact: DecommissioningImpact) -> None:
        self.impact = impact
        self.names = {node.code: node.name for node in impact.applications}
        self.moving: dict[str, list[FlowVerdict]] = defaultdict(list)
        for flow in impact.flows:
            if flow.status in MOVES:
                self.moving[flow.application].append(flow)
        self.lacking = [flow for flow in impact.flows if flow.gaps or flow.missing]

    @cached_property
    def exposed_by(self) -> Mapping[str, str]:
        """Application by interface, of those that a verdict names as called or to be used."""
        found = {flow.interface: flow.exposed_by for flow in self.impact.flows}
        for flow in self.impact.flows:
            found.update((one.interface, one.application) for one in flow.candidates if one.chosen)
        return dict(sorted(found.items()))

    @cached_property
    def applications(self) -> tuple[str, ...]:
        """Codes of all of them: hit, calling, exposing, stopping."""
        flows = (code for flow in self.impact.flows for code in (flow.application, flow.exposed_by))
        stopping = (target.code for target in self.impact.question.targets if target.code not in self.exposed_by)
        return tuple(sorted({*self.names, *flows, *self.exposed_by.values(), *stopping}))

    def elements(self) -> Iterator[Element]:
        """Applications, interfaces, work packages, gaps, plateaus."""
        yield from (self._application(code) for code in self.applications)
        yield from (Element("ApplicationInterface", "interface", code, code) for code in self.exposed_by)
        yield from (self._work_package(code, flows) for code, flows in sorted(self.moving.items()))
        yield from (_gap(flow) for flow in self.lacking)
        yield Element("Plateau", "plateau", BEFORE, f"Situation au {self.impact.question.as_of.isoformat()}")
        yield Element("Plateau", "plateau", AFTER, f"Après l'arrêt, au {self.impact.evaluated_on.isoformat()}")

    def _application(self, code: str) -> Element:
        node = next((one for one in self.impact.applications if one.code == code), None)
        if node is None:
            return Element("ApplicationComponent", "application", code, code)
        properties = (
            ("severity", node.severity.value), ("owner", node.owner or ""), ("confidence", node.confidence.value),
            ("restsOnDefault", str(node.rests_on_default).lower()), ("witness", " > ".join(node.witness)),
        )  # fmt: skip
        return Element("ApplicationComponent", "application", code, node.name or code, f"Gravité : {SEVERITY_FR[node.severity]}", properties)

    def _work_package(self, code: str, flows: list[FlowVerdict]) -> Element:
        owner = next((node.owner for node in self.impact.applications if node.code == code), None)
        told = "\n".join(f"{flow.code} : {STATUS_FR[flow.status]}, vers {', '.join(flow.use) or 'rien'}" for flow in flows)
        properties = (("owner", owner or ""), ("flows", " ".join(flow.code for flow in flows)))
        return Element("WorkPackage", "work-package", code, f"Bascule de {self.names.get(code) or code}", told, properties)

    def relations(self) -> Iterator[Relation]:
        """Compositions, flows, what work packages and gaps are about, plateaus."""
        for interface, application in self.exposed_by.items():
            yield Relation("Composition", f"exposes/{interface}", ("application", application), ("interface", interface))
        for flow in self.impact.flows:
            yield _flow(flow, flow.interface, flow.code, BEFORE)
            if flow.status in MOVES:
                yield from (_flow(flow, code, f"{flow.code}>{code}", AFTER) for code in flow.use)
        for code in sorted(self.moving):
            yield Relation("Realization", f"realizes/{code}", ("work-package", code), ("plateau", AFTER))
            yield Relation("Association", f"moves/{code}", ("work-package", code), ("application", code))
        for flow in self.lacking:
            yield from (Relation("Association", f"gap/{flow.code}/{plateau}", ("gap", flow.code), ("plateau", plateau)) for plateau in (BEFORE, AFTER))
            whose = ("work-package" if flow.application in self.moving else "application", flow.application)
            yield Relation("Association", f"gap/{flow.code}", ("gap", flow.code), whose)
        yield Relation("Triggering", "plateaus", ("plateau", BEFORE), ("plateau", AFTER))
        yield from self._aggregations()

    def _aggregations(self) -> Iterator[Relation]:
        counted = [action for action in self.impact.question.actions if action.date <= self.impact.evaluated_on]
        opened = {action.interface.code for action in counted if isinstance(action, OpenInterface)}
        stopped = {target.code for target in self.impact.question.targets if target.date <= self.impact.evaluated_on}
        stopped |= {action.application for action in counted if isinstance(action, RetireApplication)}
        for kind, code in (*(("application", code) for code in self.applications), *(("interface", code) for code in self.exposed_by)):
            if code not in opened:
                yield Relation("Aggregation", f"{BEFORE}/{kind}/{code}", ("plateau", BEFORE), (kind, code))
            if code not in stopped and self.exposed_by.get(code) not in stopped:
                yield Relation("Aggregation", f"{AFTER}/{kind}/{code}", ("plateau", AFTER), (kind, code))


def _flow(flow: FlowVerdict, interface: str, key: str, plateau: str) -> Relation:
    ends = ("interface", interface), ("application", flow.application)
    source, target = reversed(ends) if flow.feed else ends
    properties = (("plateau", plateau), ("status", flow.status.value), ("confidence", flow.confidence.value))
    return Relation("Flow", f"flow/{key}", source, target, key, (("key", flow.code), *properties))


def _gap(flow: FlowVerdict) -> Element:
    gaps = ", ".join(GAP_FR[gap] for gap in flow.gaps)
    told = "; ".join(part for part in (gaps, f"manque {' '.join(flow.missing)}" if flow.missing else "") if part)
    properties = (("gaps", " ".join(flow.gaps)), ("missing", " ".join((*flow.missing, *flow.missing_attributes))), ("status", flow.status.value))
    return Element("Gap", "gap", flow.code, f"Écart de {flow.code} : {STATUS_FR[flow.status]}", told, properties)
