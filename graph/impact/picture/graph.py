"""What a picture of a decommissioning shows: boxes in layers from what stops to the territories, and what leads from one to the next.

The links of an answer are those that it states: flows with a verdict (from what stops, or the application that passes it on, to who receives),
items (application to usage), the witness paths of steps and pathways, and, from what leads nowhere further, the territories (docs/impact.md, I-25, I-39).
"""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from graph.impact.picture.grouping import grouped
from graph.impact.picture.shapes import Box, Layer, Link, Picture
from graph.impact.report_sections import title
from graph.impact.verdict import DecommissioningImpact, FlowVerdict, ImpactedNode


class Kind(StrEnum):
    """Kinds of boxes: those of impacted objects, and `cause`: an interface or action that hits without being one of them."""

    CAUSE = "cause"
    APPLICATION = "application"
    USAGE = "usage"
    STEP = "step"
    PATHWAY = "pathway"
    TERRITORY = "territory"


PLACED = {Kind.USAGE: Layer.USAGE, Kind.STEP: Layer.STEP, Kind.PATHWAY: Layer.PATHWAY, Kind.TERRITORY: Layer.TERRITORY}


def picture(impact: DecommissioningImpact) -> Picture:
    """The picture of an answer, every impacted object in one box, alone or counted in a group.

    Time about linear in the objects and flows of the answer.
    """
    drawn = _Drawn(impact)
    return grouped(Picture(title(impact), tuple(drawn.boxes.values()), tuple(drawn.links())))


class _Drawn:
    """Boxes by key (kind and code) and the links between them."""

    def __init__(self, impact: DecommissioningImpact) -> None:
        self.impact = impact
        self.targets = dict.fromkeys(target.code for target in impact.question.targets)
        self.applications = {node.code: node for node in impact.applications}
        self.boxes: dict[str, Box] = {}
        for node in (*impact.applications, *impact.usages, *impact.steps, *impact.pathways, *impact.territories):
            self.boxes[key(node.kind, node.code)] = _box(node, self._layer(node))
        for code in (*self.targets, *(flow.witness[0] for flow in impact.flows), *(node.witness[0] for node in impact.applications)):
            if code not in self.applications:
                self.boxes.setdefault(key(Kind.CAUSE, code), Box(key(Kind.CAUSE, code), Layer.CAUSE, Kind.CAUSE, code, members=(code,)))

    def _layer(self, node: ImpactedNode) -> Layer:
        if node.kind != Kind.APPLICATION:
            return PLACED[Kind(node.kind)]
        if node.code in self.targets or len(node.witness) == 1:
            return Layer.CAUSE
        return Layer.INDIRECT if any(code in self.applications and code not in self.targets for code in node.witness[1:-1]) else Layer.DIRECT

    def links(self) -> Iterator[Link]:
        """Every link once, with how many flows or items it stands for."""
        counted = Counter(self._from_flows())
        reached = {target for _, target in counted}
        counted.update(pair for node in self.impact.applications for pair in self._from_witness(node) if pair[1] not in reached)
        counted.update({(key(Kind.APPLICATION, item.application), key(Kind.USAGE, item.usage)) for item in self.impact.items})
        counted.update(self._to_steps())
        counted.update(self._to_pathways())
        drawn = Counter({pair: count for pair, count in counted.items() if pair[0] in self.boxes and pair[1] in self.boxes and pair[0] != pair[1]})
        drawn.update(self._to_territories({source for source, _ in drawn}))
        return (Link(source, target, count) for (source, target), count in drawn.items())

    def _from_flows(self) -> Iterator[tuple[str, str]]:
        for flow in self.impact.flows:
            yield self._before(flow.witness), key(Kind.APPLICATION, self._receiver(flow))

    def _receiver(self, flow: FlowVerdict) -> str:
        """Who is hit: the caller, or who is fed by a caller that stops (I-19)."""
        return flow.exposed_by if flow.feed and flow.application in self.targets else flow.application

    def _from_witness(self, node: ImpactedNode) -> Iterator[tuple[str, str]]:
        yield self._before(node.witness), key(node.kind, node.code)

    def _before(self, witness: tuple[str, ...]) -> str:
        """The last application or cause on a path before its end."""
        passed = (code for code in reversed(witness[:-1]) if code in self.applications)
        code = next(passed, witness[0])
        return key(Kind.APPLICATION if code in self.applications else Kind.CAUSE, code)

    def _to_steps(self) -> Iterator[tuple[str, str]]:
        yield from ((key(Kind.USAGE, node.witness[-2]), key(Kind.STEP, node.code)) for node in self.impact.steps)

    def _to_pathways(self) -> Iterator[tuple[str, str]]:
        for node in self.impact.pathways:
            before = node.witness[-2]
            steps = (key(Kind.STEP, before), key(Kind.STEP, f"{node.code}/{before}"))
            yield next((step for step in steps if step in self.boxes), key(Kind.USAGE, before)), key(Kind.PATHWAY, node.code)

    def _to_territories(self, leading: set[str]) -> Iterator[tuple[str, str]]:
        """From what leads to nothing else."""
        for node in (*self.impact.applications, *self.impact.usages, *self.impact.steps, *self.impact.pathways):
            if key(node.kind, node.code) not in leading:
                territories = (key(Kind.TERRITORY, one.territory) for one in node.territories)
                yield from ((key(node.kind, node.code), territory) for territory in territories if territory in self.boxes)


def key(kind: str, code: str) -> str:
    """Key of a box: codes are unique within a kind only."""
    return f"{kind}:{code}"


def _box(node: ImpactedNode, layer: Layer) -> Box:
    return Box(key(node.kind, node.code), layer, node.kind, node.code, node.name, node.severity, node.rests_on_default, node.owner, members=(node.code,))
