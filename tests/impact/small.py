"""Words for small inventories: a call a fact, everything else such that nothing stands in the way of a switch."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from graph.access import AccessRow
from graph.impact.analysis import decommissioning_impact
from graph.impact.inventory import (
    NATIONAL,
    Application,
    Content,
    DataClass,
    Entry,
    Evidence,
    Flow,
    Interface,
    Inventory,
    Pathway,
    Region,
    Usage,
)
from graph.impact.projection import Projection
from graph.impact.question import Action, DecommissioningInput, Target
from graph.impact.verdict import DecommissioningImpact, FlowVerdict, ImpactedNode

J = date(2026, 1, 15)
D = date(2026, 6, 30)
IDF = frozenset({"IDF"})
NOR = frozenset({"NOR"})
CLASSES = (
    DataClass("OFFER", access=(AccessRow.OFFER,)),
    DataClass("BED", access=(AccessRow.BEDS,)),
    DataClass("CRISIS", access=(AccessRow.CRISIS,)),
)
USAGES = (Usage("ORIENT", needs={"OFFER": True, "BED": False}), Usage("OTHER"))


def app(code: str, **facts: Any) -> Application:
    """A consumer deployed in IDF, with profile 2, in circle NAT."""
    usual: dict[str, Any] = {"criticality": 3, "access_profile": 2, "perimeter": NATIONAL, "trust_circles": frozenset({"NAT"}), "deployed_in": IDF}
    return Application(code, **{**usual, **facts})


def ror(code: str = "ROR", **facts: Any) -> Application:
    """A regional ROR that enters nothing: presumed source."""
    return app(code, **{"perimeter": IDF, **facts})


def nat(*classes: str, **facts: Any) -> Application:
    """A national ROR that enters classes everywhere."""
    return app("NAT", criticality=4, **{"enters": tuple(Entry(code, NATIONAL) for code in classes or ("OFFER",)), **facts})


def iface(code: str, exposed_by: str, *classes: str, **facts: Any) -> Interface:
    """An interface about IDF of the usual standard, in circle NAT."""
    usual: dict[str, Any] = {
        "standard": "FHIR_ME3", "version": "3.0", "security": "TLS", "trust_circle": "NAT", "perimeter": IDF,
        "serves": {name: Content() for name in classes},
    }  # fmt: skip
    return Interface(code, exposed_by, **{**usual, **facts})


def flow(code: str, caller: str, interface: str, *classes: str, **facts: Any) -> Flow:
    """An observed flow for ORIENT."""
    usual: dict[str, Any] = {
        "evidence": Evidence.OBSERVED, "evidence_date": date(2025, 12, 1), "carries": {name: Content() for name in classes}, "for_usage": ("ORIENT",),
    }  # fmt: skip
    return Flow(code, caller, interface, **{**usual, **facts})


def inventory(
    applications: Iterable[Application], interfaces: Iterable[Interface], flows: Iterable[Flow], *,
    usages: tuple[Usage, ...] = USAGES, pathways: tuple[Pathway, ...] = (), regions: Iterable[str] = ("IDF", "NOR"),
) -> Inventory:  # fmt: skip
    """An inventory of two regions, three classes, two usages."""
    return Inventory(tuple(Region(r) for r in regions), CLASSES, tuple(applications), tuple(interfaces), tuple(flows), usages, pathways)


def ask(what: Inventory, *targets: str | Target, actions: Iterable[Action] = (), on: date | None = None, as_of: date = J) -> DecommissioningImpact:
    """The answer when the targets stop on D."""
    stops = tuple(target if isinstance(target, Target) else Target(target, D) for target in targets)
    return decommissioning_impact(Projection(what), DecommissioningInput(as_of, stops, tuple(actions), on))


def flow_verdict(impact: DecommissioningImpact, code: str) -> FlowVerdict:
    """The verdict of one flow."""
    return next(verdict for verdict in impact.flows if verdict.code == code)


def statuses(impact: DecommissioningImpact) -> Mapping[str, str]:
    """Status by flow."""
    return {verdict.code: verdict.status.value for verdict in impact.flows}


def severities(nodes: Iterable[ImpactedNode]) -> Mapping[str, str]:
    """Severity by code."""
    return {node.code: node.severity.value for node in nodes}


def items(impact: DecommissioningImpact) -> Mapping[str, str]:
    """Severity by APPLICATION/USAGE@TERRITORY."""
    return {f"{item.application}/{item.usage}@{item.territory}": item.severity.value for item in impact.items}


def one_stop(*, interfaces: Iterable[Interface] = (), flows: Iterable[Flow] = (), applications: Iterable[Application] = (), **facts: Any) -> Inventory:
    """VT reads OFFER from ROR by F1; what else there is, is given. `facts` are those of F1."""
    return inventory((ror(), app("VT"), *applications), (iface("I-ROR", "ROR", "OFFER"), *interfaces), (flow("F1", "VT", "I-ROR", "OFFER", **facts), *flows))
