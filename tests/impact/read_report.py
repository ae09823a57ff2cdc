"""Reads the tables of a report back, from Markdown and from HTML, by the title of their section."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Table:
    """Header and lines, as text."""

    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


Tables = Mapping[str, list[Table]]


def markdown_tables(text: str) -> Tables:
    """The tables under each heading of the second level."""
    found: dict[str, list[Table]] = defaultdict(list)
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        for block in re.findall(r"(?:^\|.*\n)+", body, re.MULTILINE):
            header, _, *lines = block.splitlines()
            found[title].append(Table(_cells(header), tuple(_cells(line) for line in lines)))
    return found


def _cells(line: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\\(.)", r"\1", cell).strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])


def html_tables(text: str) -> Tables:
    """The tables of each section; shapes, which are hidden from readers aloud, are left out of the cells."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return {title: [Table(rows[0], tuple(rows[1:])) for rows in tables] for title, tables in reader.found.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[list[tuple[str, ...]]]] = defaultdict(list)
        self.title = ""
        self.row: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hidden = ("aria-hidden", "true") in attrs
        if tag in ("h2", "td", "th", "tr", "table", "span"):
            self.inside.append("hidden" if hidden else tag)
        if tag == "h2":
            self.title = ""
        elif tag == "table":
            self.found[self.title].append([])
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th"):
            self.row.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h2", "td", "th", "tr", "table", "span"):
            self.inside.pop()
        if tag == "tr":
            self.found[self.title][-1].append(tuple(cell.strip() for cell in self.row))

    def handle_data(self, data: str) -> None:
        if "hidden" in self.inside:
            return
        if "h2" in self.inside:
            self.title += data
        elif "td" in self.inside or "th" in self.inside:
            self.row[-1] += data
