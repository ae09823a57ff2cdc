"""The main table of an answer: one row an object and territory. CSV, Markdown, JSON and pages show these rows, so that they are equal."""

from dataclasses import dataclass

from graph.impact.verdict import DecommissioningImpact, ImpactedNode


@dataclass(frozen=True, slots=True)
class Row:
    """An object in a territory. Lists are joined: witness by ` > `, `waits_for` by a space.

    Depth, witness, confidence and `waits_for` are those of the object's headline, its worst territory.
    """

    kind: str
    code: str
    name: str
    territory: str
    severity: str
    depth: int
    witness: str
    owner: str
    confidence: str
    rests_on_default: bool
    waits_for: str


def rows(impact: DecommissioningImpact) -> tuple[Row, ...]:
    """Territories, pathways, steps, usages, applications; in each kind the worst first."""
    kinds = (impact.territories, impact.pathways, impact.steps, impact.usages, impact.applications)
    return tuple(row for nodes in kinds for node in nodes for row in _rows(node))


def _rows(node: ImpactedNode) -> list[Row]:
    return [
        Row(
            kind=node.kind,
            code=node.code,
            name=node.name,
            territory=item.territory,
            severity=item.severity.value,
            depth=node.depth,
            witness=" > ".join(node.witness),
            owner=node.owner or "",
            confidence=node.confidence.value,
            rests_on_default=node.rests_on_default and item.severity == node.severity,
            waits_for=" ".join(node.waits_for),
        )
        for item in node.territories
    ]
