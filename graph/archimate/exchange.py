"""A model as ArchiMate Open Exchange XML, valid against the 3.1 schema (docs/archimate.md)."""

import re
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as Xml

from graph.archimate.model import Element, Model, Properties, Relationship, identifier

NAMESPACE: Final = "http://www.opengroup.org/xsd/archimate/3.0/"
SCHEMA: Final = f"{NAMESPACE} http://www.opengroup.org/xsd/archimate/3.1/archimate3_Model.xsd"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
FRENCH: Final = "fr"
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that no XML may hold


def exchange_text(model: Model) -> str:
    """The whole file. A section without content is left out, as the schema wants it."""
    root = Xml.Element("model", {"xmlns": NAMESPACE, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": SCHEMA, "identifier": model.id})
    _text(root, "name", model.name)
    names = sorted({name for one in model.with_properties for name in one.properties})
    _properties(root, model.properties)
    _section(root, "elements", (_element(one) for one in model.elements))
    _section(root, "relationships", (_relationship(one) for one in model.relationships))
    _section(root, "propertyDefinitions", (_definition(name) for name in names))
    Xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _section(root: Xml.Element, name: str, children: Iterable[Xml.Element]) -> None:
    section = Xml.Element(name)
    section.extend(children)
    if len(section):
        root.append(section)


def _element(one: Element) -> Xml.Element:
    return _concept("element", one, {})


def _relationship(one: Relationship) -> Xml.Element:
    access = {"accessType": one.access} if one.access else {}
    return _concept("relationship", one, {"source": one.source, "target": one.target, **access})


def _concept(tag: str, one: Element | Relationship, more: dict[str, str]) -> Xml.Element:
    found = Xml.Element(tag, {"identifier": one.id, **more, "xsi:type": one.type})
    if one.name:
        _text(found, "name", one.name)
    if one.documentation:
        _text(found, "documentation", one.documentation)
    _properties(found, one.properties)
    return found


def _properties(of: Xml.Element, properties: Properties) -> None:
    if properties:
        section = Xml.SubElement(of, "properties")
        for name, value in properties.items():
            _text(Xml.SubElement(section, "property", {"propertyDefinitionRef": _definition_id(name)}), "value", value)


def _definition(name: str) -> Xml.Element:
    found = Xml.Element("propertyDefinition", {"identifier": _definition_id(name), "type": "string"})
    Xml.SubElement(found, "name").text = name
    return found


def _definition_id(name: str) -> str:
    return identifier("property", name)


def _text(of: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(of, tag, {"xml:lang": FRENCH}).text = NOT_XML.sub("\ufffd", text)
