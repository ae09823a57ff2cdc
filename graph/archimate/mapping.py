"""Which element and relationship of ArchiMate each thing of the inventory is: read by the export and by the import (docs/archimate.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

ELEMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "regions": "Location",
        "actors": "BusinessActor",
        "classes": "DataObject",
        "usages": "BusinessFunction",
        "pathways": "BusinessProcess",
        "applications": "ApplicationComponent",
        "interfaces": "ApplicationInterface",
    }
)
SECTION_OF: Final[Mapping[str, str]] = MappingProxyType({element: section for section, element in ELEMENTS.items()})
FLOW: Final = "Flow"  # a relationship: from the interface to who reads it, from who feeds it to the intake


class Shape(Enum):
    """How the ends of a relation stand in an item."""

    ONE = auto()  # one code
    CODES = auto()  # a list of codes
    BY_CODE = auto()  # a mapping: code -> what is stated
    LISTED = auto()  # a list of mappings, the code under `end`


@dataclass(frozen=True, slots=True)
class Joint:
    """A relation of an item: `field` of the item, section of its ends, relationship of ArchiMate.

    `reversed`: the relationship goes from the end to the item. `end`: of a listed one, the name of the code in its mapping.
    """

    section: str
    field: str
    to: str
    relationship: str
    shape: Shape
    end: str = ""
    reversed: bool = False
    access: str = ""


JOINTS: Final = (
    Joint("applications", "owned_by", "actors", "Association", Shape.CODES),
    Joint("applications", "operated_by", "actors", "Association", Shape.CODES),
    Joint("applications", "published_by", "actors", "Association", Shape.CODES),
    Joint("applications", "deployed_in", "regions", "Association", Shape.CODES),
    Joint("applications", "connected_to", "applications", "Association", Shape.LISTED, "to"),
    Joint("applications", "enters", "classes", "Access", Shape.LISTED, "class", access="Write"),
    Joint("interfaces", "exposed_by", "applications", "Composition", Shape.ONE, reversed=True),
    Joint("interfaces", "owned_by", "actors", "Association", Shape.CODES),
    Joint("interfaces", "serves", "classes", "Association", Shape.BY_CODE),
    Joint("interfaces", "replaced_by", "interfaces", "Association", Shape.LISTED, "interface"),
    Joint("usages", "needs", "classes", "Access", Shape.BY_CODE, access="Read"),
    Joint("usages", "supports", "pathways", "Serving", Shape.LISTED, "pathway"),
)
NATURAL: Final[Mapping[tuple[str, str, str], tuple[str, str]]] = MappingProxyType(
    {  # of a model that knows nothing of us: (relationship, source, target) -> (section, field)
        ("Composition", "ApplicationComponent", "ApplicationInterface"): ("interfaces", "exposed_by"),
        ("Aggregation", "ApplicationComponent", "ApplicationInterface"): ("interfaces", "exposed_by"),
        ("Assignment", "ApplicationComponent", "ApplicationInterface"): ("interfaces", "exposed_by"),
        ("Assignment", "BusinessActor", "ApplicationComponent"): ("applications", "owned_by"),
        ("Association", "ApplicationComponent", "BusinessActor"): ("applications", "owned_by"),
        ("Association", "BusinessActor", "ApplicationComponent"): ("applications", "owned_by"),
    }
)
"""An end that is not the item's is found by its place: an actor is the end of an application, whichever way the relationship goes."""
