"""What a report is made of, before it is Markdown or HTML: sections of paragraphs, lists and tables."""

from dataclasses import dataclass
from typing import ClassVar, Final

from graph.impact.severity import Severity
from graph.impact.words import SEVERITY_FR, SEVERITY_SHAPE

DEFAULT_MARK: Final = "*"


@dataclass(frozen=True, slots=True)
class Severe:
    """A severity in a cell; `by_default`: it rests on a default, which is marked."""

    severity: Severity
    by_default: bool = False

    @property
    def word(self) -> str:
        """The severity in French, with its mark."""
        return SEVERITY_FR[self.severity] + (DEFAULT_MARK if self.by_default else "")

    @property
    def shape(self) -> str:
        """The character that stands for the severity beside the word."""
        return SEVERITY_SHAPE[self.severity]


Cell = str | Severe


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; `strong`: the one to read first."""

    text: str
    strong: bool = False
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of lines."""

    lines: tuple[str, ...]
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its caption may be empty where the title of the section says what it is."""

    caption: str
    header: tuple[Cell, ...]
    lines: tuple[tuple[Cell, ...], ...]
    kind: ClassVar[str] = "grid"


Block = Paragraph | Bullets | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report; `begins_page`: on paper it begins a new page."""

    code: str
    title: str
    blocks: tuple[Block, ...]
    begins_page: bool = False
