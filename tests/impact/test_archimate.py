"""The ArchiMate Open Exchange file of an answer (docs/impact.md, I-39)."""

import importlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from graph.archimate.model import identifier
from graph.impact.report_archimate import to_archimate
from graph.impact.verdict import DecommissioningImpact
from tests.impact.small import app, ask, flow, iface, one_stop
from tests.shared import SHARED

SCHEMAS = SHARED / "archimate"
BEFORE, AFTER = "Situation au 2026-01-15", "Après l'arrêt, au 2026-06-30"
SPACE = "{http://www.opengroup.org/xsd/archimate/3.0/}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


@pytest.fixture(name="schema")
def _schema(tmp_path: Path) -> Any:
    """The published schema of the format; its import by web address goes to the file beside it."""
    if not (SCHEMAS / "archimate3_Diagram.xsd").is_file():
        pytest.skip("the schemas of the ArchiMate exchange format (archimate/archimate3_Diagram.xsd) are not there")
    for file in SCHEMAS.glob("*.xsd"):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2001/xml.xsd", "xml.xsd")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    etree = importlib.import_module("lxml.etree")
    return etree.XMLSchema(etree.parse(str(tmp_path / "archimate3_Diagram.xsd")))


def errors(schema: Any, text: str) -> list[str]:
    etree = importlib.import_module("lxml.etree")
    schema.validate(etree.fromstring(text.encode("utf-8")))
    return [str(error) for error in schema.error_log]


def test_the_file_of_the_sample_region_is_valid(schema: Any, sample_impact: DecommissioningImpact) -> None:
    assert errors(schema, to_archimate(sample_impact)) == []


def test_a_small_file_one_with_odd_text_and_one_with_nothing_hit_are_valid(schema: Any, impact: DecommissioningImpact) -> None:
    odd = replace(impact, applications=tuple(replace(node, name="<&\"'\x00é ") for node in impact.applications))
    nothing = replace(impact, flows=(), items=(), applications=(), usages=(), steps=(), pathways=(), territories=())
    assert [errors(schema, to_archimate(one)) for one in (impact, odd, nothing)] == [[], [], []]


def test_the_schema_refuses_what_is_wrong(schema: Any, impact: DecommissioningImpact) -> None:
    assert errors(schema, to_archimate(impact).replace('xsi:type="Gap"', 'xsi:type="Hole"')) != []


def elements(text: str, tag: str = "element") -> list[ET.Element]:
    return list(ET.fromstring(text).iter(f"{SPACE}{tag}"))


def key_of(element: ET.Element) -> str:
    """Our key: that of the inventory, or of what a work package or gap is about; of a plateau its name."""
    values = {one.get("propertyDefinitionRef"): one.findtext(f"{SPACE}value") or "" for one in element.iter(f"{SPACE}property")}
    keys = [values[known_as] for name in ("ror:code", "verdict:of") if (known_as := identifier("property", name)) in values]
    return keys[0] if keys else element.findtext(f"{SPACE}name") or ""


def test_work_packages_gaps_and_plateaus_say_what_is_to_be_done(impact: DecommissioningImpact) -> None:
    found = sorted((one.get(TYPE) or "", key_of(one), one.findtext(f"{SPACE}name") or "") for one in elements(to_archimate(impact)))
    assert found == [
        ("ApplicationComponent", "A", "A"), ("ApplicationComponent", "B", "B"), ("ApplicationComponent", "C", "C"), ("ApplicationComponent", "E", "E"),
        ("ApplicationComponent", "NAT", "NAT"), ("ApplicationComponent", "ROR", "ROR"),
        ("ApplicationInterface", "I-NAT", "I-NAT"), ("ApplicationInterface", "I-ROR", "I-ROR"),
        ("Gap", "F1", "Écart de F1 : bloqué"), ("Gap", "F2", "Écart de F2 : couverture partielle"),
        ("Plateau", AFTER, AFTER), ("Plateau", BEFORE, BEFORE),
        ("WorkPackage", "B", "Bascule de B"), ("WorkPackage", "C", "Bascule de C"),
    ]  # fmt: skip


def relations(text: str) -> Counter[tuple[str, str, str]]:
    """Type, key of the source, key of the target."""
    keys = {one.get("identifier"): key_of(one) for one in elements(text)}
    return Counter((one.get(TYPE) or "", keys[one.get("source")], keys[one.get("target")]) for one in elements(text, "relationship"))


def test_relationships_join_what_stops_what_moves_and_what_is_missing(impact: DecommissioningImpact) -> None:
    found = relations(to_archimate(impact))
    assert {(source, target) for kind, source, target in found if kind == "Flow"} == {
        ("I-ROR", "A"), ("I-ROR", "B"), ("I-ROR", "C"), ("I-ROR", "E"), ("I-NAT", "B"), ("I-NAT", "C"),
    }  # fmt: skip
    assert {(source, target) for kind, source, target in found if kind == "Composition"} == {("ROR", "I-ROR"), ("NAT", "I-NAT")}
    assert found["Realization", "B", AFTER] == found["Realization", "C", AFTER] == found["Triggering", BEFORE, AFTER] == 1
    assert found["Association", "F1", "A"] == found["Association", "F2", "B"] == 1
    after = {target for kind, source, target in found if (kind, source) == ("Aggregation", AFTER)}
    assert after == {"A", "B", "C", "E", "NAT", "I-NAT"}


def test_data_of_a_feed_goes_to_the_interface() -> None:
    what = one_stop(
        applications=(app("BEDS"),), interfaces=(iface("I-IN", "ROR", "OFFER", intake=True),), flows=(flow("F9", "BEDS", "I-IN", "OFFER", feed=True),),
    )  # fmt: skip
    assert ("Flow", "BEDS", "I-IN") in relations(to_archimate(ask(what, "ROR")))


def test_identifiers_depend_on_keys_alone(impact: DecommissioningImpact) -> None:
    ids = {(one.get(TYPE), key_of(one)): one.get("identifier") for one in elements(to_archimate(impact))}
    assert (ids["ApplicationComponent", "A"], ids["ApplicationInterface", "I-ROR"], ids["Gap", "F1"]) == (
        "id-application-A", "id-interface-I-ROR", "id-gap-F1",
    )  # fmt: skip
    fewer = replace(impact, flows=impact.flows[1:])
    whole, part = ({one.get("identifier") for one in elements(to_archimate(answer))} for answer in (impact, fewer))
    assert whole - part == {"id-gap-F1"}
