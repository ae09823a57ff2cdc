"""HTML pages: every one is written by a template of graph/templates, which computes nothing (docs/style.md, 7; docs/architecture.md, invariant 10)."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


def page(template: str, **values: object) -> str:
    """The page that a template makes of these values. Every value is escaped; a name that is not given is an error of ours, not an empty text."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("graph"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
