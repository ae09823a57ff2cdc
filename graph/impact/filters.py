"""What an answer shows: limits and filters hide, they never cut the walk (docs/impact.md, I-13)."""

from dataclasses import dataclass, replace

from graph.impact.severity import ORDER, Severity
from graph.impact.verdict import DecommissioningImpact, ImpactedNode


@dataclass(frozen=True, slots=True)
class Shown:
    """Depth up to which objects are shown (None: all), the least severity, and the territories (None: all)."""

    depth: int | None = None
    severity: Severity = Severity.INFORMED
    territories: frozenset[str] | None = None


def shown(impact: DecommissioningImpact, what: Shown) -> DecommissioningImpact:
    """The same answer with less of it in sight; score and unknowns stay whole."""
    return replace(
        impact,
        flows=tuple(flow for flow in impact.flows if what.depth is None or flow.depth <= what.depth),
        items=tuple(item for item in impact.items if _is_shown(what, item.depth, item.severity, item.territory)),
        applications=_nodes(impact.applications, what),
        usages=_nodes(impact.usages, what),
        steps=_nodes(impact.steps, what),
        pathways=_nodes(impact.pathways, what),
        territories=_nodes(impact.territories, what),
    )


def _nodes(nodes: tuple[ImpactedNode, ...], what: Shown) -> tuple[ImpactedNode, ...]:
    cut = (replace(n, territories=tuple(t for t in n.territories if _is_shown(what, n.depth, t.severity, t.territory))) for n in nodes)
    return tuple(node for node in cut if node.territories)


def _is_shown(what: Shown, depth: int, severity: Severity, territory: str) -> bool:
    deep_enough = what.depth is None or depth <= what.depth
    return deep_enough and ORDER[severity] <= ORDER[what.severity] and (what.territories is None or territory in what.territories)
