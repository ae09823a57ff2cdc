"""The answer as one printable HTML file in French: the sections of report_sections.py and the picture (docs/impact.md, I-39).

Self-contained: one style sheet inside, no script, nothing fetched. On paper it begins with one page for a committee.
"""

from graph.impact.picture.graph import picture
from graph.impact.picture.svg import to_svg
from graph.impact.report_sections import sections, title
from graph.impact.verdict import DecommissioningImpact
from graph.pages import page


def to_html(impact: DecommissioningImpact) -> str:
    """The whole file. The text of the picture is escaped by who draws it."""
    return page("report.html", title=title(impact), sections=sections(impact), picture=to_svg(picture(impact)))
