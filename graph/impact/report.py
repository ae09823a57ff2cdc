"""The forms in which a verdict leaves the program, all from the one answer (I-39)."""

import json
from enum import StrEnum

from graph.impact.report_csv import Table, to_csv
from graph.impact.report_json import to_json
from graph.impact.report_markdown import to_markdown
from graph.impact.verdict import DecommissioningImpact


class ImpactFormat(StrEnum):
    """Markdown in French, JSON with the names of the worked cases, CSV of one table."""

    MD = "md"
    JSON = "json"
    CSV = "csv"


def impact_text(impact: DecommissioningImpact, form: ImpactFormat, table: Table = Table.IMPACT) -> str:
    """The answer in that form, with a line end."""
    match form:
        case ImpactFormat.MD:
            return to_markdown(impact)
        case ImpactFormat.JSON:
            return json.dumps(to_json(impact), ensure_ascii=False, indent=1) + "\n"
        case ImpactFormat.CSV:
            return to_csv(impact, table)
