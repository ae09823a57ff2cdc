"""Where boxes and links of a picture stand: columns from left to right, in units of SVG.

A link over several columns passes each of those between by a bend of its own; the bends of links to one box are one, so that they run together.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.impact.picture.order import ordered
from graph.impact.picture.shapes import Box, Link, Picture
from graph.impact.severity import ORDER

WIDTH: Final = 184
HEIGHT: Final = 54
BEND: Final = 8
GAP: Final = 11
BETWEEN: Final = 50
TOP: Final = 66
MARGIN: Final = 14


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its upper left corner."""

    box: Box
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """A link with the corners that it passes: (left, right, height) of its source, bends and target."""

    link: Link
    stops: tuple[tuple[float, float, float], ...]
    back: bool
    """It leads to its own column or to one before."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All of it. `titles`: of the columns, with their left edge."""

    width: float
    height: float
    titles: tuple[tuple[str, float], ...]
    boxes: tuple[Placed, ...]
    routes: tuple[Route, ...]


def layout(shown: Picture) -> Layout:
    """Positions of a picture: columns by layer, ordered by severity and then for few crossings (order.py)."""
    columns = shown.columns
    column_of = {box.key: number for number, column in enumerate(columns) for box in column}
    boxes = {box.key: box for box in shown.boxes}
    layers = [[box.key for box in column] for column in columns]
    bands = {key: -1 if box.severity is None else ORDER[box.severity] for key, box in boxes.items()}
    chains = {link: _chain(link, column_of) for link in shown.links}
    for chain in chains.values():
        for column, bend in chain[1:-1]:
            if bend not in bands:
                layers[column].append(bend)
                bands[bend] = bands[chain[-1][1]]
    steps = [(one[1], other[1]) for chain in chains.values() for one, other in itertools.pairwise(chain)]
    return _placed(shown, ordered(layers, steps, bands), chains)


Chain = Sequence[tuple[int, str]]


def _chain(link: Link, column_of: Mapping[str, int]) -> Chain:
    """Columns and keys that a link passes, its ends included."""
    start, end = column_of[link.source], column_of[link.target]
    between = [(column, f"bend:{column}:{link.target}") for column in range(start + 1, end)]
    return [(start, link.source), *between, (end, link.target)]


def _placed(shown: Picture, layers: Sequence[Sequence[str]], chains: Mapping[Link, Chain]) -> Layout:
    boxes = {box.key: box for box in shown.boxes}
    heights = [sum((HEIGHT if key in boxes else BEND) + GAP for key in layer) - GAP for layer in layers]
    tallest = max(heights, default=0)
    corner = {key: at for number, layer in enumerate(layers) for key, at in _column(layer, number, (tallest - heights[number]) / 2, boxes)}
    middle = {key: y + (HEIGHT if key in boxes else BEND) / 2 for key, (_, y) in corner.items()}
    routes = [
        Route(link, tuple((corner[key][0], corner[key][0] + WIDTH, middle[key]) for _, key in chain), back=chain[-1][0] <= chain[0][0])
        for link, chain in chains.items()
    ]
    return Layout(
        width=2 * MARGIN + len(layers) * (WIDTH + BETWEEN) - (BETWEEN if layers else 0),
        height=TOP + tallest + MARGIN,
        titles=tuple((column[0].layer.value, _left(number)) for number, column in enumerate(shown.columns)),
        boxes=tuple(Placed(boxes[key], *corner[key]) for layer in layers for key in layer if key in boxes),
        routes=tuple(routes),
    )


def _column(layer: Sequence[str], number: int, lead: float, boxes: Mapping[str, Box]) -> Iterator[tuple[str, tuple[float, float]]]:
    y = TOP + lead
    for key in layer:
        yield key, (_left(number), y)
        y += (HEIGHT if key in boxes else BEND) + GAP


def _left(column: int) -> float:
    return MARGIN + column * (WIDTH + BETWEEN)
