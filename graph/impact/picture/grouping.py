"""A picture of hundreds of objects stays readable: in a layer with more boxes than fit, objects of one severity are one box with their count."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Final

from graph.impact.picture.shapes import Box, Layer, Link, Picture
from graph.impact.severity import Severity

BOXES_IN_A_LAYER: Final = 14
"""What an A4 page in landscape shows at a size that can be read."""

Key = Callable[[Box], Hashable]


def _alone_if_rupture(then: Key) -> Key:
    return lambda box: box.key if box.severity in (Severity.RUPTURE, None) else then(box)


def _by_severity(box: Box) -> Hashable:
    return box.kind, box.severity


def _by_severity_and_owner(box: Box) -> Hashable:
    return box.kind, box.severity, box.owner or ""


LEVELS: Final[Sequence[Key]] = (
    lambda box: box.key,
    _alone_if_rupture(_by_severity_and_owner),
    _alone_if_rupture(_by_severity),
    _by_severity_and_owner,
    _by_severity,
)
"""From every object alone to one box a severity; ruptures are the last to lose their names."""


def grouped(whole: Picture) -> Picture:
    """The picture with at most BOXES_IN_A_LAYER boxes in each layer, by the finest grouping that fits; nothing is left out of the counts.

    Links between groups add up, sorted by their ends, so that the same answer is always the same picture; one within a group is dropped.
    """
    place: dict[str, str] = {}
    boxes: list[Box] = []
    for layer in Layer:
        members = [box for box in whole.boxes if box.layer is layer]
        for group in _groups(members):
            box = _merged(group)
            boxes.append(box)
            place.update((one.key, box.key) for one in group)
    counted: Counter[tuple[str, str]] = Counter()
    for link in whole.links:
        if place[link.source] != place[link.target]:
            counted[place[link.source], place[link.target]] += link.count
    return Picture(whole.title, tuple(boxes), tuple(Link(source, target, count) for (source, target), count in sorted(counted.items())))


def _groups(boxes: Sequence[Box]) -> list[list[Box]]:
    groups: list[list[Box]] = []
    for level in LEVELS:
        by_key: dict[Hashable, list[Box]] = defaultdict(list)
        for box in boxes:
            by_key[level(box)].append(box)
        groups = list(by_key.values())
        if len(groups) <= BOXES_IN_A_LAYER:
            break
    return groups


def _merged(group: Sequence[Box]) -> Box:
    first = group[0]
    if len(group) == 1:
        return first
    owners = {box.owner or "" for box in group}
    return Box(
        key=f"group:{first.key}",
        layer=first.layer,
        kind=first.kind,
        code=first.code,
        severity=first.severity,
        by_default=any(box.by_default for box in group),
        owner=owners.pop() if len(owners) == 1 and first.kind == "application" else None,
        members=tuple(box.code for box in group),
    )
