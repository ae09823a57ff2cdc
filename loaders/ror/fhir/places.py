"""The formats of the source and where their fields go (docs/sources.md)."""

from typing import Final

from loaders.source import Format

FORMATS: Final = (
    Format("bulk export", "*.ndjson", "NDJSON of an $export: one resource a line, a file a type", '{"resourceType": "HealthcareService", "id": "47", ...}'),
    Format(
        "search results",
        "*.json",
        "a searchset Bundle, the pages of a search in a folder, or a single resource",
        '{"resourceType": "Bundle", "type": "searchset", "total": 2, "entry": [{"resource": {...}}]}',
    ),
)
