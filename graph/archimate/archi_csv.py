"""A model as the three CSV files that Archi exports and imports: elements.csv, relations.csv, properties.csv (docs/archimate.md)."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from graph.archimate.model import Model

ELEMENTS: Final = ("ID", "Type", "Name", "Documentation", "Specialization")
RELATIONS: Final = ("ID", "Type", "Name", "Documentation", "Source", "Target", "Specialization")
PROPERTIES: Final = ("ID", "Key", "Value")
MODEL: Final = "ArchimateModel"  # the type of the row that is the model itself
SUFFIX: Final = "Relationship"  # that Archi puts after a type of the Open Exchange
ACCESS: Final = "Access_Type"  # Archi's own property of an Access relationship
FILES: Final = ("elements.csv", "relations.csv", "properties.csv")


def archi_files(model: Model) -> Mapping[str, str]:
    """The text of each file, by name. A text is not changed for a spreadsheet: Archi would read the change."""
    elements = [(model.id, MODEL, model.name, "", ""), *((one.id, one.type, one.name, one.documentation, "") for one in model.elements)]
    relations = [(one.id, one.type + SUFFIX, one.name, one.documentation, one.source, one.target, "") for one in model.relationships]
    properties = [(one.id, name, value) for one in model.with_properties for name, value in one.properties.items()]
    properties += [(one.id, ACCESS, one.access) for one in model.relationships if one.access]
    texts = (_text(ELEMENTS, elements), _text(RELATIONS, relations), _text(PROPERTIES, properties))
    return dict(zip(FILES, texts, strict=True))


def _text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
