"""ArchiMate Open Exchange XML as concepts, read safely by loaders/xml_rows.py: no DOCTYPE, no entity, nothing else opened (docs/archimate.md)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graph.archimate.exchange import NAMESPACE
from graph.errors import BadFile
from graph.record import Notes, Rejected
from loaders.files import InputFile
from loaders.inventory.concepts import Concept, items_of
from loaders.inventory.entries import Found
from loaders.xml_rows import Element, XmlRow, xml_head, xml_rows

PARENTS: Final = frozenset({"elements", "relationships", "propertyDefinitions", "properties"})


def read_exchange(file: InputFile, notes: Notes) -> Iterator[Found]:
    """The items of a model. Raises BadFile for XML that is not well-formed or of another format."""
    root, attributes = xml_head(file, PARENTS).open[0]
    if root.rpartition(":")[2] != "model" or NAMESPACE not in attributes.values():
        raise BadFile(
            f"{file.name}: the root is not a model of the ArchiMate Open Exchange ({NAMESPACE}). Export it as 'Open Exchange XML'. Nothing was loaded."
        )
    rows: dict[str, list[XmlRow]] = {name: [] for name in PARENTS}
    for row in xml_rows(file, PARENTS):
        if isinstance(row, Rejected):
            yield replace(row, text=f"# {row.text}")  # a remark in the YAML of the rejects file
        elif row.parent in rows:
            rows[row.parent].append(row)
    names = {row.element.attributes.get("identifier", ""): row.element.value("name") for row in rows["propertyDefinitions"]}
    elements = [_concept(file, row, names) for row in rows["elements"]]
    relationships = [_concept(file, row, names) for row in rows["relationships"]]
    yield from items_of(elements, relationships, _properties([row.element for row in rows["properties"]], names), notes)


def _concept(file: InputFile, row: XmlRow, names: dict[str, str]) -> Concept:
    one, held = row.element, row.element.find("properties")
    attributes = one.attributes
    return Concept(
        id=attributes.get("identifier", ""),
        type=attributes.get("type", "").rpartition(":")[2],
        name=one.value("name"),
        documentation=one.value("documentation"),
        properties=_properties(held.all("property") if held else [], names),
        file=file,
        line=one.line,
        source=attributes.get("source", ""),
        target=attributes.get("target", ""),
    )


def _properties(held: list[Element], names: dict[str, str]) -> dict[str, str]:
    """Values by the name of their definition; the first language of a value."""
    found = {}
    for one in held:
        reference = one.attributes.get("propertyDefinitionRef") or one.attributes.get("identifierref", "")
        found[names.get(reference) or reference] = one.value("value")
    return found
