"""The picture of an answer: layers, links, groups, places (docs/impact.md, I-39)."""

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.impact.picture.graph import picture
from graph.impact.picture.grouping import BOXES_IN_A_LAYER, grouped
from graph.impact.picture.layout import HEIGHT, WIDTH, layout
from graph.impact.picture.mermaid import to_mermaid
from graph.impact.picture.order import crossings, ordered
from graph.impact.picture.shapes import Box, Layer, Link, Picture
from graph.impact.picture.svg import to_svg
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from tests.impact.small import app, ask, flow, iface, inventory, nat, one_stop, ror

SVG = "{http://www.w3.org/2000/svg}"


def shape(shown: Picture) -> list[tuple[str, str, int]]:
    return sorted((link.source, link.target, link.count) for link in shown.links)


def test_the_picture_leads_from_what_stops_to_the_territories(impact: DecommissioningImpact) -> None:
    shown = picture(impact)
    assert [(column[0].layer, sorted(box.key for box in column)) for column in shown.columns] == [
        (Layer.CAUSE, ["cause:ROR"]),
        (Layer.DIRECT, ["application:A", "application:B", "application:C", "application:E"]),
        (Layer.USAGE, ["usage:ORIENT", "usage:OTHER"]),
        (Layer.STEP, ["step:S"]),
        (Layer.PATHWAY, ["pathway:P"]),
        (Layer.TERRITORY, ["territory:IDF"]),
    ]
    assert shape(shown) == [
        ("application:A", "usage:OTHER", 1), ("application:B", "usage:ORIENT", 1), ("application:C", "usage:ORIENT", 1), ("application:E", "usage:ORIENT", 1),
        ("cause:ROR", "application:A", 1), ("cause:ROR", "application:B", 1), ("cause:ROR", "application:C", 1), ("cause:ROR", "application:E", 1),
        ("pathway:P", "territory:IDF", 1), ("step:S", "pathway:P", 1), ("usage:ORIENT", "step:S", 1), ("usage:OTHER", "territory:IDF", 1),
    ]  # fmt: skip


def test_what_is_hit_through_another_application_stands_one_layer_further() -> None:
    what = one_stop(
        applications=(app("END"),), interfaces=(iface("I-VT", "VT", "OFFER"),), flows=(flow("F2", "END", "I-VT", "OFFER"), flow("F3", "END", "I-VT", "OFFER")),
    )  # fmt: skip
    shown = picture(ask(what, "ROR"))
    assert {box.code: box.layer for box in shown.boxes if box.kind == "application"} == {"VT": Layer.DIRECT, "END": Layer.INDIRECT}
    assert ("application:VT", "application:END", 2) in shape(shown)


def test_the_order_of_links_does_not_hang_on_that_of_sets(sample_impact: DecommissioningImpact) -> None:
    pairs = [(link.source, link.target) for link in picture(sample_impact).links]
    assert pairs == sorted(pairs)


def many(count: int, owners: int = 60) -> DecommissioningImpact:
    """That many consumers of one ROR, a tenth of which lose what nothing serves."""
    callers = [app(f"A{n:03}", owner=f"OWNER-{n % owners}") for n in range(count)]
    flows = [flow(f"F{n:03}", f"A{n:03}", "I-ROR", "BED" if n % 10 == 0 else "OFFER", for_usage=("OTHER",)) for n in range(count)]
    return ask(inventory((ror(), nat(), *callers), (iface("I-ROR", "ROR", "OFFER", "BED"), iface("I-NAT", "NAT", "OFFER")), flows), "ROR")


@pytest.mark.parametrize("count", [BOXES_IN_A_LAYER, BOXES_IN_A_LAYER + 1, 60, 400])
def test_however_many_applications_a_layer_has_few_boxes_that_count_them_all(count: int) -> None:
    impact = many(count)
    shown = picture(impact)
    assert max(len(column) for column in shown.columns) <= BOXES_IN_A_LAYER
    assert shown.counts == Counter((node.kind, node.severity) for node in (*impact.applications, *impact.usages, *impact.territories))
    assert sum(link.count for link in shown.links if link.source == "cause:ROR") == count


def test_ruptures_keep_their_names_as_long_as_they_fit() -> None:
    named = [box.code for box in picture(many(60)).boxes if box.layer is Layer.DIRECT and box.count == 1]
    assert named == [f"A{n:03}" for n in range(0, 60, 10)]


def test_few_owners_are_told_in_the_groups() -> None:
    groups = [(box.severity, box.owner, box.count) for box in picture(many(60, owners=2)).boxes if box.layer is Layer.DIRECT and box.count > 1]
    assert sorted(groups) == [(Severity.TO_MIGRATE, "OWNER-0", 24), (Severity.TO_MIGRATE, "OWNER-1", 30)]


def test_a_link_within_a_group_is_not_drawn_and_the_others_add_up() -> None:
    boxes = tuple(Box(f"b{n}", Layer.DIRECT, "application", f"b{n}", severity=Severity.INFORMED, members=(f"b{n}",)) for n in range(20))
    end = Box("t", Layer.TERRITORY, "territory", "t", severity=Severity.INFORMED, members=("t",))
    found = grouped(Picture("", (*boxes, end), (Link("b0", "b1", 1), Link("b0", "t", 2), Link("b1", "t", 3))))
    assert shape(found) == [("group:b0", "t", 5)]


def test_no_box_covers_another_and_all_are_inside(sample_impact: DecommissioningImpact) -> None:
    placed = layout(picture(sample_impact))
    apart = [abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT for one, other in combinations(placed.boxes, 2)]
    assert all(apart)
    assert all(one.x >= 0 and one.x + WIDTH <= placed.width and one.y >= 0 and one.y + HEIGHT <= placed.height for one in placed.boxes)


def test_the_worst_stand_on_top_of_their_layer(sample_impact: DecommissioningImpact) -> None:
    placed = layout(picture(sample_impact))
    order = list(Severity)
    for layer in Layer:
        column = sorted((one for one in placed.boxes if one.box.layer is layer and one.box.severity), key=lambda one: one.y)
        ranks = [order.index(one.box.severity) for one in column if one.box.severity]
        assert ranks == sorted(ranks)


def test_the_svg_tells_its_title_and_every_box_in_words(impact: DecommissioningImpact) -> None:
    root = ET.fromstring(to_svg(picture(impact)))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "picture-title picture-description")
    assert root.findtext(f"{SVG}title") == "Impact du décommissionnement : ROR le 2026-06-30"
    boxes = {group.findtext(f"{SVG}title") for group in root.findall(f"{SVG}g")}
    assert boxes >= {"ROR ; arrêt ou action", "B ; dégradé", "ORIENT (Orientation) ; dégradé", "OTHER ; rupture*", "S ; dégradé", "IDF ; rupture*"}
    assert "celle de son support numérique" in (root.findtext(f"{SVG}desc") or "")


def test_the_text_of_a_picture_cannot_end_its_place(impact: DecommissioningImpact) -> None:
    odd = 'x"]; click <b>\n%%{init}%%\x00'
    named = replace(impact, applications=tuple(replace(node, code=odd) if node.code == "A" else node for node in impact.applications))
    shown = picture(named)
    ET.fromstring(to_svg(shown))
    (line,) = (line for line in to_mermaid(shown).splitlines() if "click" in line)
    assert re.fullmatch(r'    n\d+\{\{"x#34;#93;#59; click #60;b#62;#10;#37;#37;#123;init#125;#37;#37;#0;<br>■ rupture\*"\}\}:::RUPTURE', line)


def test_the_mermaid_text_names_each_box_once_and_links_what_it_names(impact: DecommissioningImpact) -> None:
    text = to_mermaid(picture(impact))
    named = re.findall(r"^    (n\d+)[\[{(]", text, re.MULTILINE)
    linked = re.findall(r"^  (n\d+) -->(?:\|\d+\|)? (n\d+)$", text, re.MULTILINE)
    assert (len(named), len(set(named)), len(linked)) == (10, 10, 12)
    assert {name for pair in linked for name in pair} <= set(named)


@st.composite
def layered(draw: st.DrawFn) -> tuple[list[list[str]], list[tuple[str, str]], dict[str, int]]:
    """Layers of some keys, links between neighbours, bands."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    layers = [[f"{layer}.{n}" for n in range(size)] for layer, size in enumerate(sizes)]
    pairs = [(source, target) for upper, lower in pairwise(layers) for source in upper for target in lower]
    links = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return layers, links, {key: draw(st.integers(0, 2)) for layer in layers for key in layer}


@given(layered())
def test_an_order_keeps_layers_and_bands_and_crosses_no_more_than_the_one_given(case: tuple[list[list[str]], list[tuple[str, str]], dict[str, int]]) -> None:
    layers, links, bands = case
    found = ordered(layers, links, bands)
    assert [sorted(layer) for layer in found] == [sorted(layer) for layer in layers]
    assert [[bands[key] for key in layer] for layer in found] == [sorted(bands[key] for key in layer) for layer in found]
    graph = nx.DiGraph(links)
    graph.add_nodes_from(bands)
    given_order = [sorted(layer, key=lambda key: bands[key]) for layer in layers]
    assert crossings(found, graph) <= crossings(given_order, graph)
    assert crossings(found, graph) == plain_crossings(found, links)


def plain_crossings(layers: list[list[str]], links: list[tuple[str, str]]) -> int:
    """Every pair of links, looked at."""
    place = {key: at for layer in layers for at, key in enumerate(layer)}
    layer_of = {key: number for number, layer in enumerate(layers) for key in layer}
    pairs = ((one, other) for one, other in combinations(links, 2) if layer_of[one[0]] == layer_of[other[0]])
    return sum((place[a] - place[c]) * (place[b] - place[d]) < 0 for (a, b), (c, d) in pairs)
