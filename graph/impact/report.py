"""The forms in which a verdict leaves the program, all from the one answer (I-39)."""

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from graph.impact.picture.graph import picture
from graph.impact.picture.mermaid import to_mermaid
from graph.impact.picture.svg import to_svg
from graph.impact.report_archimate import to_archimate
from graph.impact.report_csv import Table, to_csv
from graph.impact.report_html import to_html
from graph.impact.report_json import to_json
from graph.impact.report_markdown import to_markdown
from graph.impact.verdict import DecommissioningImpact


class ImpactFormat(StrEnum):
    """Markdown and printable HTML in French, JSON (docs/impact.schema.json), CSV of one table, pictures as Mermaid and SVG, ArchiMate Open Exchange."""

    MD = "md"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    MERMAID = "mermaid"
    SVG = "svg"
    ARCHIMATE = "archimate"


def impact_text(impact: DecommissioningImpact, form: ImpactFormat, table: Table = Table.IMPACT) -> str:
    """The answer in that form, with a line end; `table` is which one, as CSV."""
    return to_csv(impact, table) if form is ImpactFormat.CSV else _FORMS[form](impact)


_FORMS: Final[Mapping[ImpactFormat, Callable[[DecommissioningImpact], str]]] = {
    ImpactFormat.MD: to_markdown,
    ImpactFormat.JSON: lambda impact: json.dumps(to_json(impact), ensure_ascii=False, indent=1) + "\n",
    ImpactFormat.HTML: to_html,
    ImpactFormat.MERMAID: lambda impact: to_mermaid(picture(impact)),
    ImpactFormat.SVG: lambda impact: to_svg(picture(impact)),
    ImpactFormat.ARCHIMATE: to_archimate,
}
