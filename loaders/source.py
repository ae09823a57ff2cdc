"""What a source is: data that `rorgraph sources`, docs/sources.md and the pipeline read, and one function that opens its files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from graph.reads import Reader
from graph.record import Event, Notes
from loaders.files import InputFile


class Tier(StrEnum):
    """What a source is to the objects that others state too (M-1)."""

    REGISTER = "register"  # stamps the node
    ROR = "ror"  # has a SourceRecord of each object
    OTHER = "other"


class FieldPlace(NamedTuple):
    """Where a field of a format goes: `Offer.name`, `(Offer)-[HAS_ACTIVITY]->(Concept)`; several fields may stand in one line."""

    field: str
    place: str


@dataclass(frozen=True, slots=True)
class Format:
    """One file format of a source: how its files are recognised, what they are, one line or entry as example, where its fields go."""

    name: str
    files: str  # glob of the usual file names, without compression suffix; a folder is searched for it
    about: str
    example: str
    places: tuple[FieldPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What a source is opened with beside its files.

    `scratch`: an empty folder on disk for what must be remembered, emptied by the pipeline. `store`: what it holds, for recognition.
    `ror`: code of the application that the files come from (`--ror`), `region`: INSEE code of their region (`--region`); None: as the files say.
    """

    scratch: Path
    store: Reader
    ror: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Opened files, headers checked, no row read yet.

    `asserts`: labels in the order of writing (ends before starts). A full load ends what these labels hold of the same `stamp` and the files no
    longer do (M-6): the perimeter. `stamp`: the source as written on nodes and relations; a source of several data sets adds ':data set'.
    `heads`: by file name, the lines that its rows need before them to be read again; a rejects file writes `files.PART` and the name, then
    the head, before the rejected rows of each file. `rank`: instead of the source's, where it depends on the files (national ROR, regional ROR).
    `partial`: why the files are not the whole of what they are a part of, as a sentence without stop: a full load of them is refused (M-6).
    """

    stamp: str
    asserts: tuple[str, ...]
    events: Iterator[Event]
    notes: Notes = field(default_factory=Notes)
    heads: dict[str, str] = field(default_factory=dict)
    rejects_suffix: str = ".csv"
    rank: int | None = None
    partial: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the graph. `rank` decides between sources that state the same single relation: the smallest leads (M-3)."""

    name: str
    fr: str
    rank: int
    formats: tuple[Format, ...]
    open: Callable[[Sequence[InputFile], Work], Reading]
    tier: Tier = Tier.OTHER
