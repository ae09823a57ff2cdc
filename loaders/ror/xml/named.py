"""service and device: activities and equipment, which units name by entityID; each is read with the units that name it (docs/formats.md, ror-xml)."""

from xml.sax.saxutils import quoteattr

from loaders.ror.values import count
from loaders.ror.xml.context import metadata
from loaders.ror.xml.element import Node
from loaders.ror.xml.frame import DEVICE, SERVICE
from loaders.ror.xml.index import Known


def service(node: Node) -> Known:
    """An activity: its concept, and the first family of it; further families are left. Raises FieldFault."""
    _taken(node)
    return Known(SERVICE, node.code("HAS_ACTIVITY", "codedType"), node.extension().code("HAS_ACTIVITY.family", "actFamily"))


def device(node: Node) -> Known:
    """Equipment: its concept, and how many are in service. Raises FieldFault."""
    _taken(node)
    number = node.extension().number("nbInService")
    return Known(DEVICE, node.code("HAS_EQUIPMENT", "codedType"), None if number is None else str(count(f"{node.path}.extension.nbInService", number)))


def again(prefix: str, kind: str, entity: str, known: Known) -> str:
    """An activity or equipment as an element, for a rejects file: what its unit names must stand there too. `prefix`: of the file's names."""

    def element(name: str, content: str = "", **attributes: str) -> str:
        stated = "".join(f" {attribute}={quoteattr(value)}" for attribute, value in attributes.items())
        return f"<{prefix}{name}{stated}>{content}</{prefix}{name}>" if content else f"<{prefix}{name}{stated}/>"

    more = ""
    if known.more:
        more = element("extension", element("nbInService", known.more) if kind == DEVICE else element("actFamily", code=_code(known.more)))
    return element(kind, element("codedType", code=_code(known.identifier or "")) + more, entityID=entity)


def _code(concept: str) -> str:
    return concept.partition("-")[2]


def _taken(node: Node) -> None:
    """The id and the metadata of what has no node of its own: the units that name it have theirs."""
    node.attribute("entityID")
    metadata(node)
