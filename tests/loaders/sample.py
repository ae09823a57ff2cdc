"""What a shared sample of a format is: its files, its changed versions, and what a load makes of each."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loaders.pipeline import Options

REGION: Final = Path(__file__).parents[2] / "data" / "region"

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a file: the first place where `found` (a regular expression, dot over lines) fits becomes `new`."""

    file: str
    found: str
    new: str = ""

    def made(self, files: Files) -> Files:
        """The files after the change. AssertionError when nothing fits: the sample is another than the edit thinks."""
        text = files[self.file].decode("utf-8", "surrogateescape")
        after, times = re.subn(self.found, lambda _: self.new, text, count=1, flags=re.DOTALL)
        assert times, f"{self.file}: nothing fits {self.found}"
        return {**files, self.file: after.encode("utf-8", "surrogateescape")}


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of one format and what a load makes of its versions.

    `rows`: rows seen in it. `changed`: one object says something else, so that one row is updated. `dropped`: `gone` objects are no longer held, by
    label. `spoilt`: one row is rejected; `mended`: what is put right in the rejects file (text there, right text), after which its row loads.
    `options`: what the command line would give beside the files. `head`: where each line after so many is a row, how many. `personal`: values that stand
    in it as what the model marks personal, each in the right place: no message may show them.
    """

    source: str
    format: str
    files: Callable[[], Files]
    rows: int
    changed: Edit
    dropped: Edit
    gone: Mapping[str, int]
    spoilt: Edit
    mended: tuple[str, str]
    options: Options = field(default_factory=Options)
    head: int | None = None
    personal: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Source and format, as a test shows them."""
        return f"{self.source} {self.format}"


def lines(path: str, pattern: str) -> bytes:
    """The lines of a file of the sample region in which a pattern is found."""
    return b"".join(line for line in (REGION / path).read_bytes().splitlines(keepends=True) if re.search(pattern.encode(), line))
