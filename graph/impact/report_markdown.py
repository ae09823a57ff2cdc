"""The answer as a French report in Markdown, section by section (report_sections.py; docs/impact.md, I-39)."""

from collections.abc import Iterator

from graph.impact.blocks import Block, Bullets, Cell, Grid, Paragraph, Section, Severe
from graph.impact.report_sections import sections, title
from graph.impact.verdict import DecommissioningImpact


def to_markdown(impact: DecommissioningImpact) -> str:
    """The whole report."""
    lines = [f"# {_cell(title(impact))}", "", *(line for section in sections(impact) for line in _section(section))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    for block in section.blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _text(block.text)
        case Bullets():
            yield from (f"* {_text(line)}" for line in block.lines)
        case Grid():
            if block.caption:
                yield f"**{_text(block.caption)}**"
                yield ""
            yield _line(block.header)
            yield "|" + "---|" * len(block.header)
            yield from (_line(line) for line in block.lines)


def _line(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(_cell(cell.word if isinstance(cell, Severe) else cell) for cell in cells) + " |"


def _text(text: str) -> str:
    """Text outside a table, in which two asterisks would be an emphasis."""
    return _cell(text).replace("*", "\\*")


def _cell(text: str) -> str:
    """Text that cannot end a cell, open a link, or be read as HTML."""
    for character in "\\|<>[]`":
        text = text.replace(character, "\\" + character)
    return " ".join(text.split())
