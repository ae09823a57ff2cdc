"""A picture as Mermaid text (flowchart): the same boxes, links and counts as the SVG (docs/impact.md, I-39)."""

from collections.abc import Iterator
from typing import Final

from graph.impact.picture.looks import LOOKS
from graph.impact.picture.shapes import Box, Layer, Picture
from graph.impact.severity import Severity
from graph.impact.words import SEVERITY_SHAPE

BRACKETS: Final = {
    None: ("[[", "]]"),
    Severity.RUPTURE: ("{{", "}}"),
    Severity.DEGRADED: ("[/", "\\]"),
    Severity.TO_MIGRATE: ("([", "])"),
    Severity.INFORMED: ("[", "]"),
}


def to_mermaid(shown: Picture) -> str:
    """The picture as the text of one diagram."""
    return "\n".join(_lines(shown)) + "\n"


def _lines(shown: Picture) -> Iterator[str]:
    names = {box.key: f"n{number}" for number, box in enumerate(shown.boxes)}
    yield "flowchart LR"
    yield f"  accTitle: {_plain(shown.title)}"
    yield f"  accDescr: {_plain(shown.description)}"
    for layer in Layer:
        boxes = [box for box in shown.boxes if box.layer is layer]
        if boxes:
            yield f'  subgraph {layer.name}["{_quoted(layer.value)}"]'
            yield from (f"    {names[box.key]}{_box(box)}" for box in boxes)
            yield "  end"
    for link in shown.links:
        label = f"|{link.count}|" if link.count > 1 else ""
        yield f"  {names[link.source]} -->{label} {names[link.target]}"
    for severity, look in LOOKS.items():
        ink = "#ffffff" if severity is None else "#1b1b1b"
        yield f"  classDef {_class(severity)} fill:{look.ground},stroke:{look.line},stroke-width:{look.thick:g}px,color:{ink}"


def _box(box: Box) -> str:
    opening, closing = BRACKETS[box.severity]
    shape = f"{SEVERITY_SHAPE[box.severity]} " if box.severity else ""
    text = f"{_quoted(box.head)}<br>{shape}{_quoted(box.second_line)}"
    return f'{opening}"{text}"{closing}:::{_class(box.severity)}'


def _class(severity: Severity | None) -> str:
    return "CAUSE" if severity is None else severity.value


def _quoted(text: str) -> str:
    """Text between quotes: what Mermaid or HTML would read is written as an entity."""
    return "".join(character if character.isalnum() or character in " -_.,:'()*+/" else f"#{ord(character)};" for character in text)


def _plain(text: str) -> str:
    """A line of its own, which ends at its end: no character that begins another statement."""
    return " ".join(text.translate({ord(";"): ",", ord("{"): "(", ord("}"): ")", ord("#"): " "}).split())
