"""What is to be decided, and by whom: the flows that are not READY, by verdict and owner of the application that calls (docs/impact.md, I-15, I-39)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.impact.judge import Status
from graph.impact.rights import Gap
from graph.impact.verdict import DecommissioningImpact, FlowVerdict


@dataclass(frozen=True, slots=True)
class Decision:
    """What one owner has to decide on flows of one verdict. `owner` is empty where the inventory names none."""

    status: Status
    owner: str
    flows: tuple[str, ...]
    applications: tuple[str, ...]
    use: tuple[str, ...]
    gaps: tuple[Gap, ...]
    missing: tuple[str, ...]
    opens_later: tuple[str, ...]


def decisions(impact: DecommissioningImpact) -> tuple[Decision, ...]:
    """The hardest verdict first, then by owner, the unknown one last. Each flow that is not READY stands in one of them."""
    owner_of = owners(impact)
    grouped: dict[tuple[Status, str], list[FlowVerdict]] = defaultdict(list)
    for flow in impact.flows:
        if flow.status is not Status.READY:
            grouped[flow.status, owner_of.get(flow.application, "")].append(flow)
    hardest = {status: -place for place, status in enumerate(Status)}
    return tuple(_decision(*key, grouped[key]) for key in sorted(grouped, key=lambda key: (hardest[key[0]], not key[1], key[1])))


def owners(impact: DecommissioningImpact) -> dict[str, str]:
    """Owner by application, of those hit that have one."""
    return {node.code: node.owner for node in impact.applications if node.owner}


def _decision(status: Status, owner: str, flows: list[FlowVerdict]) -> Decision:
    return Decision(
        status=status,
        owner=owner,
        flows=tuple(flow.code for flow in flows),
        applications=_distinct(flow.application for flow in flows),
        use=_distinct(code for flow in flows for code in flow.use),
        gaps=tuple(gap for gap in Gap if any(gap in flow.gaps for flow in flows)),
        missing=_distinct(cell for flow in flows for cell in flow.missing),
        opens_later=_distinct(f"{code} {day.isoformat()}" for flow in flows for code, day in flow.opens_later),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
