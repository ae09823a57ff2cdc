"""The printable report: self-contained, escaped, readable without colour (docs/impact.md, I-39; WCAG 2.2, 1.4.1 and 1.4.3)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from graph.impact.picture.looks import LOOKS
from graph.impact.report_html import to_html
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from graph.impact.words import SEVERITY_FR, SEVERITY_SHAPE

CSS = Path(__file__).parents[2] / "graph" / "templates" / "report.css"
COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b")


def test_the_report_is_one_file_without_script(impact: DecommissioningImpact) -> None:
    text = to_html(impact)
    assert text.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert text.count("<style>") == 1
    assert re.findall(r"<script|<link|<img|\bsrc=|\bhref=|url\((?!#)|\bon\w+=|@import", text) == []


def test_the_first_page_goes_from_dates_and_ruptures_to_decisions_before_any_page_break(impact: DecommissioningImpact) -> None:
    first = to_html(impact).partition('class="page"')[0]
    places = [first.index(words) for words in ("Situation évaluée au", "Lignes en rupture", "Par territoire", "Décisions à prendre", "Avis du comité")]
    assert places == sorted(places)


def test_every_severity_has_its_word_and_its_shape(impact: DecommissioningImpact) -> None:
    text = to_html(impact)
    told = set(re.findall(r'<span class="severity (\w+)"><span class="shape" aria-hidden="true">(.)</span> ([^<*]+)', text))
    assert told == {(one.value, SEVERITY_SHAPE[one], SEVERITY_FR[one]) for one in Severity}


def test_a_name_is_text_and_never_a_tag(impact: DecommissioningImpact) -> None:
    named = replace(impact, applications=tuple(replace(node, name="<b>&\"'") for node in impact.applications))
    text = to_html(named)
    assert "<b>" not in text
    assert "(&lt;b&gt;&amp;&#34;&#39;)" in text


@pytest.mark.parametrize("ground", ["#ffffff", "#ececec"])
def test_every_colour_of_the_style_sheet_can_be_read(ground: str) -> None:
    inks = re.findall(r"[^-]color: (#\w+)", CSS.read_text(encoding="utf-8"))
    assert len(inks) == 5
    assert [ink for ink in inks if contrast(ink, ground) < 4.5] == []


def test_every_box_of_the_picture_can_be_read_and_told_from_its_ground() -> None:
    assert [one for one, look in LOOKS.items() if one and (contrast("#1b1b1b", look.ground) < 4.5 or contrast(look.line, look.ground) < 4.5)] == []
    assert contrast("#ffffff", LOOKS[None].ground) >= 4.5
    assert len({look.shape for look in LOOKS.values()}) == len(LOOKS)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    assert COLOUR.fullmatch(colour)
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
