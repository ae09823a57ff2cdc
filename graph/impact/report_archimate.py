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

Ids, and the property `ror:code` with our key, are those of the inventory's export, so that a tool that holds both sees the same things; what the verdict
adds has names that begin with `verdict:`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from graph.archimate.exchange import exchange_text
from graph.archimate.model import PREFIX, Element, Model, Relationship, identifier
from graph.impact.judge import Status
from graph.impact.question import OpenInterface, RetireApplication
from graph.impact.report_sections import title
from graph.impact.verdict import DecommissioningImpact, FlowVerdict
from graph.impact.words import GAP_FR, SEVERITY_FR, STATUS_FR

CODE: Final = PREFIX + "code"
SAID: Final = "verdict:"
"""Of the names of the properties that a verdict adds: they are none of the inventory's."""
BEFORE: Final = "before"
AFTER: Final = "after"
MOVES: Final = (Status.SWITCH, Status.PREPARE, Status.PARTIAL)


def to_archimate(impact: DecommissioningImpact) -> str:
    """The file of an answer."""
    return exchange_text(model(impact))


def model(impact: DecommissioningImpact) -> Model:
    """The model of an answer."""
    made = _Modelled(impact)
    question = impact.question
    stops = (f"{target.code}@{target.date.isoformat()}" for target in question.targets)
    of = identifier("verdict", question.as_of.isoformat(), impact.evaluated_on.isoformat(), *stops)
    return Model(of, title(impact), tuple(made.elements()), tuple(made.relationships()))


class _Modelled:
    def __init__(self, impact: DecommissioningImpact) -> None:
        self.impact = impact
        self.hit = {node.code: node for node in impact.applications}
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
        return tuple(sorted({*self.hit, *flows, *self.exposed_by.values(), *stopping}))

    def elements(self) -> Iterator[Element]:
        """Applications, interfaces, work packages, gaps, plateaus."""
        yield from (self._application(code) for code in self.applications)
        yield from (Element(identifier("interface", code), "ApplicationInterface", code, properties={CODE: code}) for code in self.exposed_by)
        yield from (self._work_package(code, flows) for code, flows in sorted(self.moving.items()))
        yield from (_gap(flow) for flow in self.lacking)
        yield Element(identifier("plateau", BEFORE), "Plateau", f"Situation au {self.impact.question.as_of.isoformat()}")
        yield Element(identifier("plateau", AFTER), "Plateau", f"Après l'arrêt, au {self.impact.evaluated_on.isoformat()}")

    def _application(self, code: str) -> Element:
        node = self.hit.get(code)
        if node is None:
            return Element(identifier("application", code), "ApplicationComponent", code, properties={CODE: code})
        properties = _said(
            severity=node.severity.value, owner=node.owner or "", confidence=node.confidence.value,
            rests_on_default="true" if node.rests_on_default else "", witness=" > ".join(node.witness),
        )  # fmt: skip
        told = f"Gravité : {SEVERITY_FR[node.severity]}"
        return Element(identifier("application", code), "ApplicationComponent", node.name or code, told, {CODE: code, **properties})

    def _work_package(self, code: str, flows: list[FlowVerdict]) -> Element:
        node = self.hit.get(code)
        told = "\n".join(f"{flow.code} : {STATUS_FR[flow.status]}, vers {', '.join(flow.use) or 'rien'}" for flow in flows)
        properties = _said(of=code, owner=(node and node.owner) or "", flows=" ".join(flow.code for flow in flows))
        return Element(identifier("work-package", code), "WorkPackage", f"Bascule de {(node and node.name) or code}", told, properties)

    def relationships(self) -> Iterator[Relationship]:
        """Compositions, flows, what work packages and gaps are about, plateaus."""
        for interface, application in self.exposed_by.items():
            ends = identifier("application", application), identifier("interface", interface)
            yield Relationship(identifier("interfaces.exposed_by", interface, application, ""), "Composition", *ends)
        for flow in self.impact.flows:
            yield _flow(flow, flow.interface, identifier("flow", flow.code), {CODE: flow.code, **_said(plateau=BEFORE)})
            for code in flow.use if flow.status in MOVES else ():
                yield _flow(flow, code, identifier("switch", flow.code, code), _said(plateau=AFTER))
        for code in sorted(self.moving):
            package = identifier("work-package", code)
            yield Relationship(identifier("realizes", code), "Realization", package, identifier("plateau", AFTER))
            yield Relationship(identifier("moves", code), "Association", package, identifier("application", code))
        yield from self._missing()
        yield Relationship(identifier("plateaus", "follow"), "Triggering", identifier("plateau", BEFORE), identifier("plateau", AFTER))
        yield from self._aggregations()

    def _missing(self) -> Iterator[Relationship]:
        for flow in self.lacking:
            gap, application = identifier("gap", flow.code), flow.application
            whose = identifier("work-package" if application in self.moving else "application", application)
            ends = (whose, identifier("plateau", BEFORE), identifier("plateau", AFTER))
            yield from (Relationship(identifier("gap-of", flow.code, end), "Association", gap, end) for end in ends)

    def _aggregations(self) -> Iterator[Relationship]:
        counted = [action for action in self.impact.question.actions if action.date <= self.impact.evaluated_on]
        opened = {action.interface.code for action in counted if isinstance(action, OpenInterface)}
        stopped = {target.code for target in self.impact.question.targets if target.date <= self.impact.evaluated_on}
        stopped |= {action.application for action in counted if isinstance(action, RetireApplication)}
        for kind, code in (*(("application", code) for code in self.applications), *(("interface", code) for code in self.exposed_by)):
            if code not in opened:
                yield _part_of(BEFORE, kind, code)
            if code not in stopped and self.exposed_by.get(code) not in stopped:
                yield _part_of(AFTER, kind, code)


def _part_of(plateau: str, kind: str, code: str) -> Relationship:
    return Relationship(identifier("part-of", plateau, kind, code), "Aggregation", identifier("plateau", plateau), identifier(kind, code))


def _flow(flow: FlowVerdict, interface: str, known_as: str, properties: Mapping[str, str]) -> Relationship:
    """Data goes from the interface to who reads it, or from who feeds to the intake (I-5)."""
    ends = identifier("interface", interface), identifier("application", flow.application)
    source, target = reversed(ends) if flow.feed else ends
    said = _said(status=flow.status.value, confidence=flow.confidence.value)
    return Relationship(known_as, "Flow", source, target, flow.code, properties={**properties, **said})


def _gap(flow: FlowVerdict) -> Element:
    gaps = ", ".join(GAP_FR[gap] for gap in flow.gaps)
    told = " ; ".join(part for part in (gaps, f"manque {' '.join(flow.missing)}" if flow.missing else "") if part)
    lacking = " ".join((*flow.missing, *flow.missing_attributes))
    properties = _said(of=flow.code, gaps=" ".join(flow.gaps), missing=lacking, status=flow.status.value)
    return Element(identifier("gap", flow.code), "Gap", f"Écart de {flow.code} : {STATUS_FR[flow.status]}", told, properties)


def _said(**values: str) -> dict[str, str]:
    """Properties of a verdict, those that have a value."""
    return {SAID + name: value for name, value in values.items() if value}
