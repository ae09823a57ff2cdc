"""A picture as SVG: layered, a severity told by word, shape and colour, with a title and a description for who does not see it (docs/impact.md, I-39).

Presentation attributes only, no style sheet, no script: the same text stands alone or inside a page.
"""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final
from xml.etree import ElementTree as ET

from graph.impact.picture.layout import HEIGHT, MARGIN, WIDTH, Placed, Route, layout
from graph.impact.picture.looks import LOOKS, Look
from graph.impact.picture.shapes import Picture
from graph.impact.severity import Severity
from graph.impact.words import SEVERITY_FR

FONT: Final = "Arial, 'Liberation Sans', Helvetica, sans-serif"
INK: Final = "#1b1b1b"
BOLD: Final = 19
PLAIN: Final = 23
"""Characters that fit in a line of a box; the whole text is in its title."""


def to_svg(shown: Picture) -> str:
    """The picture as one `svg` element, with a line end."""
    placed = layout(shown)
    width, height = max(placed.width, 640), placed.height + 34
    root = ET.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width:g} {height:g}", "width": f"{width:g}", "height": f"{height:g}",
        "role": "img", "aria-labelledby": "picture-title picture-description", "font-family": FONT, "fill": INK,
    })  # fmt: skip
    _text(root, "title", shown.title, id="picture-title")
    _text(root, "desc", shown.description, id="picture-description")
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    _marker(root)
    _text(root, "text", shown.title, x=f"{MARGIN}", y="24", **{"font-size": "17", "font-weight": "700"})
    for name, x in placed.titles:
        _text(root, "text", name, x=f"{x:g}", y="50", **{"font-size": "13", "font-weight": "700"})
    ruptures = frozenset(box.key for box in shown.boxes if box.severity in (None, Severity.RUPTURE))
    for route in sorted(placed.routes, key=lambda route: _is_rupture(route, ruptures)):
        _route(root, route, rupture=_is_rupture(route, ruptures))
    for one in placed.boxes:
        _box(root, one)
    _legend(root, placed.height + 16)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode") + "\n"


def _is_rupture(route: Route, ruptures: frozenset[str]) -> bool:
    """It leads from a rupture, or from what stops, to a rupture."""
    return route.link.source in ruptures and route.link.target in ruptures


def _box(root: ET.Element, placed: Placed) -> None:
    box, look = placed.box, LOOKS[placed.box.severity]
    group = ET.SubElement(root, "g", {"transform": f"translate({placed.x:g} {placed.y:g})"})
    _text(group, "title", box.full_text)
    for behind in (6, 3) if box.count > 1 else ():
        _rect(group, behind, look)
    _rect(group, 0, look)
    ink = "#ffffff" if box.severity is None else INK
    mark = {"d": look.shape, "transform": "translate(8 6)", "fill": "none" if box.severity is None else look.line}
    ET.SubElement(group, "path", mark | ({"stroke": "#ffffff", "stroke-width": "2"} if box.severity is None else {}))
    head = wrap(box.head, BOLD, max_lines=2, placeholder="…", break_on_hyphens=True) or [""]
    for place, line in enumerate(head):
        _text(group, "text", line, x="27", y=str(17 + 15 * place), fill=ink, **{"font-size": "13.5", "font-weight": "700"})
    below = [box.second_line, *([box.aside] if box.aside and len(head) == 1 else [])]
    for place, line in enumerate(below, len(head)):
        _text(group, "text", _cut(line), x="27", y=str(17 + 15 * place), fill=ink, **{"font-size": "12.5"})


def _rect(group: ET.Element, behind: int, look: Look) -> None:
    place = {"x": str(behind), "y": str(-behind)} if behind else {}
    ET.SubElement(group, "rect", place | {
        "width": str(WIDTH), "height": str(HEIGHT), "rx": "4", "fill": look.ground, "stroke": look.line, "stroke-width": f"{look.thick:g}",
    })  # fmt: skip


def _route(root: ET.Element, route: Route, *, rupture: bool) -> None:
    width = min(1 + route.link.count.bit_length() / 2, 4.5)
    path = {
        "d": _back(route) if route.back else " ".join(_forth(route)), "fill": "none", "stroke": "#8c0d12" if rupture else "#767676",
        "stroke-width": f"{width:g}", "marker-end": "url(#picture-arrow)",
    }  # fmt: skip
    _text(ET.SubElement(root, "path", path), "title", str(route.link.count))


def _forth(route: Route) -> Iterator[str]:
    """A curve from column to column, straight through the bends."""
    (_, right, y), *others = route.stops
    yield f"M{right:g} {y:g}"
    for place, (left, end, height) in enumerate(others, 1):
        last = place == len(others)
        stop = left - 5 if last else left
        half = (right + stop) / 2
        yield f"C{half:g} {y:g} {half:g} {height:g} {stop:g} {height:g}" + ("" if last else f" H{end:g}")
        right, y = end, height


def _back(route: Route) -> str:
    """A curve on the right of the column of its target."""
    (_, right, y), (_, end, height) = route.stops[0], route.stops[-1]
    far = max(right, end) + 46
    return f"M{right:g} {y:g} C{far:g} {y:g} {far:g} {height + 6:g} {end + 5:g} {height + 6:g}"


def _marker(root: ET.Element) -> None:
    marker = ET.SubElement(ET.SubElement(root, "defs"), "marker", {
        "id": "picture-arrow", "viewBox": "0 0 8 8", "refX": "4", "refY": "4", "markerWidth": "9", "markerHeight": "9",
        "markerUnits": "userSpaceOnUse", "orient": "auto",
    })  # fmt: skip
    ET.SubElement(marker, "path", {"d": "M0 0 L8 4 L0 8 Z", "fill": "#5a5a5a"})


def _legend(root: ET.Element, y: float) -> None:
    x = float(MARGIN)
    for severity in Severity:
        look = LOOKS[severity]
        ET.SubElement(root, "path", {"d": look.shape, "transform": f"translate({x:g} {y - 10:g})", "fill": look.line})
        _text(root, "text", SEVERITY_FR[severity], x=f"{x + 17:g}", y=f"{y:g}", **{"font-size": "12"})
        x += 96
    _text(root, "text", "* repose sur un défaut. Cadre empilé : plusieurs objets.", x=f"{x:g}", y=f"{y:g}", **{"font-size": "12"})


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    """Without control characters, most of which XML forbids; the library escapes the rest."""
    ET.SubElement(parent, tag, attributes).text = "".join(character for character in text if character.isprintable())


def _cut(text: str) -> str:
    return text if len(text) <= PLAIN else text[: PLAIN - 1] + "…"
