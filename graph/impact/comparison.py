"""Two scenarios side by side, object by object (docs/impact.md, I-38)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from graph.impact.judge import Status
from graph.impact.severity import ORDER, Severity
from graph.impact.verdict import DecommissioningImpact, FlowVerdict

K = TypeVar("K", bound="str | tuple[str, str, str]")
T = TypeVar("T")
SWITCHES: Final = frozenset({Status.SWITCH, Status.PREPARE, Status.PARTIAL})  # verdicts by which a flow moves to another interface
UNTOUCHED: Final = len(ORDER)  # less than the least severity


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An application for a usage in a territory that the two do not hit alike; None: not hit."""

    application: str
    usage: str
    territory: str
    a: Severity | None
    b: Severity | None

    @property
    def worse(self) -> bool:
        """Whether `b` hits it harder."""
        return _rank(self.b) < _rank(self.a)


@dataclass(frozen=True, slots=True)
class FlowChange:
    """A flow of which the two say another verdict or other interfaces to use; None: it is not broken, or not there."""

    flow: str
    a: Status | None
    b: Status | None
    use_a: tuple[str, ...]
    use_b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TerritoryChange:
    """A region with both scores (I-26); None: it has no item that counts."""

    territory: str
    a: float | None
    b: float | None


@dataclass(frozen=True, slots=True)
class Side:
    """The figures of one scenario. `ruptures`: items in RUPTURE; `switches`: flows that move to another interface."""

    score: float
    national: float
    ruptures: int
    switches: int


@dataclass(frozen=True, slots=True)
class ScenarioComparison:
    """What `b` does otherwise than `a`; what both do alike is left out, but for the scores. Items: those that `b` makes worse first."""

    a: Side
    b: Side
    items: tuple[ItemChange, ...]
    flows: tuple[FlowChange, ...]
    territories: tuple[TerritoryChange, ...]


def compared(a: DecommissioningImpact, b: DecommissioningImpact) -> ScenarioComparison:
    """The two verdicts, object by object. Time linear in both, but for the sorting."""
    items = item_changes(_items(a), _items(b))
    flows = [_flow(code, one, other) for code, one, other in _pairs(_flows(a), _flows(b)) if _said(one) != _said(other)]
    territories = [TerritoryChange(*row) for row in _pairs(dict(a.score.by_territory), dict(b.score.by_territory))]
    return ScenarioComparison(_side(a), _side(b), items, tuple(flows), tuple(territories))


def item_changes(a: Mapping[tuple[str, str, str], Severity], b: Mapping[tuple[str, str, str], Severity]) -> tuple[ItemChange, ...]:
    """Items, by application, usage and territory, that two verdicts do not hit alike: those that `b` makes worse first."""
    return tuple(sorted((ItemChange(*place, one, other) for place, one, other in _pairs(a, b) if one != other), key=_by_badness))


def _pairs(a: Mapping[K, T], b: Mapping[K, T]) -> list[tuple[K, T | None, T | None]]:
    return [(key, a.get(key), b.get(key)) for key in sorted(a.keys() | b.keys())]


def _items(one: DecommissioningImpact) -> dict[tuple[str, str, str], Severity]:
    return {(item.application, item.usage, item.territory): item.severity for item in one.items}


def _flows(one: DecommissioningImpact) -> dict[str, FlowVerdict]:
    return {flow.code: flow for flow in one.flows}


def _flow(code: str, a: FlowVerdict | None, b: FlowVerdict | None) -> FlowChange:
    return FlowChange(code, a.status if a else None, b.status if b else None, a.use if a else (), b.use if b else ())


def _said(flow: FlowVerdict | None) -> object:
    return (flow.status, flow.use) if flow else None


def _by_badness(one: ItemChange) -> tuple[bool, int, str, str, str]:
    return not one.worse, min(_rank(one.a), _rank(one.b)), one.application, one.usage, one.territory


def _rank(severity: Severity | None) -> int:
    return UNTOUCHED if severity is None else ORDER[severity]


def _side(one: DecommissioningImpact) -> Side:
    ruptures = sum(item.severity is Severity.RUPTURE for item in one.items)
    return Side(one.score.value, one.score.national, ruptures, sum(flow.status in SWITCHES for flow in one.flows))
