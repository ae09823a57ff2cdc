"""An ArchiMate model as an Open Exchange file, version 3.1 of the format (The Open Group, ArchiMate Model Exchange File Format).

Our key stands in the property `rorgraph:key`. Identifiers are made from kind and key alone, so that a later export of the same things has the
same identifiers, and a tool updates instead of adding.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from graph.impact.archimate.model import Model, Properties, model
from graph.impact.verdict import DecommissioningImpact
from graph.impact.xml_text import xml_text

NAMESPACE: Final = "http://www.opengroup.org/xsd/archimate/3.0/"
SCHEMA: Final = "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Model.xsd"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
PREFIX: Final = "rorgraph:"
KEY: Final = "key"
IDENTIFIERS: Final = UUID("6f2c3d0e-9a7b-5b0e-8f39-5a1c0d7e2b61")
"""The name space of our identifiers (RFC 9562, version 5); it never changes."""


def to_archimate(impact: DecommissioningImpact) -> str:
    """The file of an answer."""
    return exchange_file(model(impact))


def exchange_file(made: Model) -> str:
    """The file of a model: elements, relationships, definitions of the properties that they use."""
    head = {"xmlns": NAMESPACE, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}", "identifier": identifier("model", made.name)}
    root = ET.Element("model", head)
    _said(root, "name", made.name)
    used: set[str] = set()
    elements, relations = ET.SubElement(root, "elements"), ET.SubElement(root, "relationships")
    for one in made.elements:
        element = ET.SubElement(elements, "element", {"identifier": identifier(one.kind, one.key), "xsi:type": one.type})
        _described(element, one.name, one.documentation)
        used |= _properties(element, ((KEY, one.key), *one.properties))
    for link in made.relations:
        ends = {"source": identifier(*link.source), "target": identifier(*link.target)}
        relation = ET.SubElement(relations, "relationship", {"identifier": identifier("relation", link.key), **ends, "xsi:type": link.type})
        _described(relation, link.name, "")
        used |= _properties(relation, link.properties)
    _definitions(root, used)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def identifier(kind: str, key: str) -> str:
    """An xs:ID that depends on kind and key alone."""
    return f"id-{uuid5(IDENTIFIERS, f'{kind}/{key}')}"


def _described(parent: ET.Element, name: str, documentation: str) -> None:
    if name:
        _said(parent, "name", name)
    if documentation:
        _said(parent, "documentation", documentation)


def _properties(parent: ET.Element, properties: Properties) -> set[str]:
    """Those that have a value; their names."""
    told = [(name, value) for name, value in properties if value]
    holder = ET.SubElement(parent, "properties") if told else parent
    for name, value in told:
        ET.SubElement(ET.SubElement(holder, "property", {"propertyDefinitionRef": identifier("property", name)}), "value").text = xml_text(value)
    return {name for name, _ in told}


def _definitions(root: ET.Element, names: Iterable[str]) -> None:
    holder = ET.SubElement(root, "propertyDefinitions")
    for name in sorted(names):
        definition = ET.SubElement(holder, "propertyDefinition", {"identifier": identifier("property", name), "type": "string"})
        ET.SubElement(definition, "name").text = PREFIX + name


def _said(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag, {"xml:lang": "fr"}).text = "\n".join(xml_text(line) for line in text.split("\n"))
