"""The values of a picture: boxes, links, layers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from graph.impact.severity import Severity
from graph.impact.words import DEFAULT_NOTE_FR, KINDS_FR, NO_OWNER_FR, SEVERITY_FR, STEP_NOTE_FR


class Layer(Enum):
    """The layers, from what stops to the territories, with their French titles."""

    CAUSE = "Ce qui s'arrête"
    DIRECT = "Applications"
    INDIRECT = "Applications, par une autre"
    USAGE = "Usages"
    STEP = "Étapes (support numérique)"
    PATHWAY = "Filières"
    TERRITORY = "Territoires"


NOTHING = "Rien n'est touché"


@dataclass(frozen=True, slots=True)
class Box:
    """One object, or a group of objects of one kind and severity: `members`. `severity` None: what stops, without being an impacted object."""

    key: str
    layer: Layer
    kind: str
    code: str
    name: str = ""
    severity: Severity | None = None
    by_default: bool = False
    owner: str | None = None
    members: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many objects it stands for."""
        return len(self.members)

    @property
    def label(self) -> str:
        """Its code, or how many objects of which kind."""
        return self.code if self.count == 1 else f"{self.count} {KINDS_FR.get(self.kind, 'objets')}"

    @property
    def head(self) -> str:
        """What a reader knows it by: of an application its code, of another object its name where it has one."""
        return self.name if self.count == 1 and self.name and self.kind != "application" else self.label

    @property
    def aside(self) -> str:
        """Beside the head, the other of name and code; empty if there is none."""
        return "" if self.count > 1 or not self.name else self.name if self.kind == "application" else self.code

    @property
    def severity_word(self) -> str:
        """Its severity in French with the mark of a default; of a cause, that it stops or changes."""
        if self.severity is None:
            return "arrêt ou action"
        return SEVERITY_FR[self.severity] + ("*" if self.by_default else "")

    @property
    def second_line(self) -> str:
        """The severity, and the owner of a group that has one."""
        stops = ", s'arrête" if self.layer is Layer.CAUSE and self.severity else ""
        owner = f", {self.owner or NO_OWNER_FR}" if self.count > 1 and self.owner is not None else ""
        return self.severity_word + stops + owner

    @property
    def full_text(self) -> str:
        """All of it, for who points at the box or reads it aloud."""
        named = f"{self.code} ({self.name})" if self.name else self.code
        what = named if self.count == 1 else f"{self.label} : {', '.join(self.members)}"
        return f"{what} ; {self.second_line}"


@dataclass(frozen=True, slots=True)
class Link:
    """What leads from one box to another; `count`: flows, items or objects that it stands for."""

    source: str
    target: str
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and links; every link's ends are boxes."""

    title: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]

    @property
    def columns(self) -> tuple[tuple[Box, ...], ...]:
        """The boxes by layer, layers without any left out."""
        by_layer = (tuple(box for box in self.boxes if box.layer is layer) for layer in Layer)
        return tuple(column for column in by_layer if column)

    @property
    def counts(self) -> Mapping[tuple[str, Severity], int]:
        """Objects by kind and severity, as the boxes count them."""
        counted: Counter[tuple[str, Severity]] = Counter()
        for box in self.boxes:
            if box.severity is not None:
                counted[box.kind, box.severity] += box.count
        return counted

    @property
    def description(self) -> str:
        """The picture in words: how many objects of each kind have each severity."""
        counted = self.counts
        told = []
        for kind in reversed(KINDS_FR):
            severities = ", ".join(f"{counted[kind, one]} {SEVERITY_FR[one]}" for one in Severity if counted[kind, one])
            told += [f"{KINDS_FR[kind]} : {severities}"] if severities else []
        return f"{' ; '.join(told) or NOTHING}. {STEP_NOTE_FR} {DEFAULT_NOTE_FR}"
