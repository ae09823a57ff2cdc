"""What a source is: data that `rorgraph sources`, docs/sources.md and the pipeline read, and one function that opens its files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.record import Event, Notes
from loaders.files import InputFile


@dataclass(frozen=True, slots=True)
class Format:
    """One file format of a source: how its files are recognised, what they are, one line or entry as example."""

    name: str
    files: str  # glob of the usual file names, without compression suffix; a folder is searched for it
    about: str
    example: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Opened files, headers checked, no row read yet.

    `asserts`: labels in the order of writing (ends before starts). A full load ends what these labels hold of the same `stamp` and the files no
    longer do (M-6): the perimeter. `stamp`: the source as written on nodes and relations; a source of several data sets adds ':data set'.
    `heads`: by file name, the lines that its rows need before them to be read again; a rejects file writes `files.PART` and the name, then
    the head, before the rejected rows of each file.
    """

    stamp: str
    asserts: tuple[str, ...]
    events: Iterator[Event]
    notes: Notes = field(default_factory=Notes)
    heads: dict[str, str] = field(default_factory=dict)
    rejects_suffix: str = ".csv"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the graph. `rank` decides between sources that state the same single relation: the smallest leads (M-3)."""

    name: str
    fr: str
    rank: int
    formats: tuple[Format, ...]
    open: Callable[[Sequence[InputFile], Path], Reading]  # files, scratch folder on disk for what must be remembered (emptied by the pipeline)
