"""Input files: a file, the files of a folder, `.gz`, `.zip` with one entry; encoding detected; lines streamed with their number.

Memory does not grow with a file nor with a line. A rejects file that the pipeline wrote is read like the files that its rows came from:
a line `# rorgraph file: NAME` starts a part, which is an input file of that name; other lines `# rorgraph: ...` are reasons, and skipped.
"""

import codecs
import fnmatch
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from graph.errors import BadFile
from graph.record import Place, Rejected

COMMENT: Final = "# rorgraph"
PART: Final = "# rorgraph file: "
CHUNK: Final = 1 << 18  # bytes read at once
LONGEST_LINE: Final = 1 << 20  # bytes; the longest line of the known sources has some 4,000
START_KEPT: Final = 200  # characters of a line that is too long
LARGEST_TEXT: Final = 1 << 26  # bytes; of a file that is read as a whole (YAML, JSON)
UNDEFINED_1252: Final = frozenset(b"\x81\x8d\x8f\x90\x9d")
WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BROKEN: Final = (EOFError, OSError, zlib.error, zipfile.BadZipFile)

Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read, or one part of a rejects file: lines `first` to `last` of `path` (None: to the end).

    `name`: file name without compression suffix; it tells formats apart that have no header of their own.
    """

    path: Path
    name: str
    encoding: str
    first: int = 1
    last: int | None = None

    @property
    def is_part(self) -> bool:
        """Whether these are the rows of a rejects file: some rows of a file, never the whole of it."""
        return self.first > 1

    def place(self, line: int) -> Place:
        """Where a row of this file stands."""
        return Place(self.name, line)

    def lines(self) -> Iterator[Line | Rejected]:
        """Lines with their number from 1, decoded, without line end; empty lines and comments of rejects files are left out.

        A line longer than LONGEST_LINE or with a NUL comes as a rejection; the next lines go on. Raises BadFile if the file breaks off.
        """
        for number, line in self._all_lines():
            if isinstance(line, Rejected):
                yield line
            elif line and not line.startswith(COMMENT):
                yield number, line

    def text(self) -> str:
        """The whole text, for small files of one piece (YAML, JSON); comments of rejects files become empty lines, so that numbers hold.

        Raises BadFile for a NUL, a line or a file that is too long.
        """
        lines: list[str] = [""] * (self.first - 1)
        size = 0
        for number, line in self._all_lines():
            if isinstance(line, Rejected):
                raise BadFile(f"{self.name}, line {number}: {line.reason}")
            size += len(line)
            if size > LARGEST_TEXT:
                raise BadFile(f"{self.name}: more than {LARGEST_TEXT >> 20} MB; a file of this kind is read as a whole. Split it.")
            lines.append("" if line.startswith(COMMENT) else line)
        return "\n".join(lines) + "\n"

    def utf8(self) -> Iterator[bytes]:
        """The content as UTF-8 without mark, in pieces of bounded size, for formats that are not read by line (XML).

        Of a part of a rejects file the lines before it and the comments are empty lines, so that numbers hold. Raises BadFile as `lines` and `text` do.
        """
        if self.first == 1 and self.last is None:
            yield from self._whole_utf8()
            return
        block = bytearray(b"\n" * (self.first - 1))
        for number, line in self._all_lines():
            if isinstance(line, Rejected):
                raise BadFile(f"{self.name}, line {number}: {line.reason}")
            block += b"\n" if line.startswith(COMMENT) else line.encode() + b"\n"
            if len(block) >= CHUNK:
                yield bytes(block)
                block.clear()
        yield bytes(block)

    def _whole_utf8(self) -> Iterator[bytes]:
        is_utf8 = self.encoding.startswith("utf-8")
        with closing(_binary(self.path)) as stream:
            for number, chunk in enumerate(_chunks(self.path, stream)):
                if is_utf8:
                    yield chunk.removeprefix(codecs.BOM_UTF8) if number == 0 else chunk
                else:
                    yield chunk.decode(self.encoding, "replace").encode()  # one byte is one character: no character is cut

    def _all_lines(self) -> Iterator[tuple[int, str | Rejected]]:
        for number, line in enumerate(_split(self), start=1):
            if self.last is not None and number > self.last:
                return
            if number >= self.first:
                yield number, line if isinstance(line, str) else replace(line, place=self.place(number))


def input_files(paths: Iterable[Path], patterns: Sequence[str]) -> list[InputFile]:
    """Files that these paths name; of a folder, those at any depth whose name fits one of `patterns`, whatever the case, in order of path.

    Encodings are detected by a first pass over each file. Raises BadFile for a path that is missing, empty, damaged or not text.
    """
    files = [part for path in paths for file in _named(path, patterns) for part in _parts(_opened(file))]
    if not files:
        raise BadFile("No file was given.")
    return files


def _named(path: Path, patterns: Sequence[str]) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.is_file() and _fits(_plain_name(file), patterns))
    if not found:
        raise BadFile(f"{path}: no file in this folder is named like {', '.join(patterns)}. Give the files themselves.")
    return found


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


def _plain_name(path: Path) -> str:
    return path.stem if path.suffix.lower() in {".gz", ".zip"} else path.name


def _opened(path: Path) -> InputFile:
    if not path.exists():
        raise BadFile(f"{path}: there is no such file. Check the name and the folder.")
    if not path.is_file():
        raise BadFile(f"{path}: this is not a file.")
    with closing(_binary(path)) as stream:
        encoding = _encoding(path, stream)
    return InputFile(path, _plain_name(path), encoding)


def _binary(path: Path) -> BinaryIO:
    try:
        if path.suffix.lower() == ".gz":
            return io.BufferedReader(gzip.open(path), CHUNK)
        if path.suffix.lower() == ".zip":
            return _zip_entry(path)
        return path.open("rb")
    except BROKEN as problem:
        raise BadFile(_unreadable(path, problem)) from problem


def _zip_entry(path: Path) -> BinaryIO:
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.namelist() if not entry.endswith("/")]
        if len(entries) != 1:
            raise BadFile(f"{path}: the archive holds {len(entries)} files, one is expected. Unpack it and give the folder.")
        if archive.getinfo(entries[0]).flag_bits & 1:
            raise BadFile(f"{path}: the archive is protected by a password. Unpack it and give the file.")
        return archive.open(entries[0])  # type: ignore[return-value]  # ZipExtFile is an io.BufferedIOBase


def _chunks(path: Path, stream: BinaryIO) -> Iterator[bytes]:
    try:
        while chunk := stream.read(CHUNK):
            yield chunk
    except BROKEN as problem:
        raise BadFile(_unreadable(path, problem)) from problem


def _unreadable(path: Path, problem: Exception) -> str:
    match problem:
        case EOFError():
            return f"{path}: the compressed file breaks off before its end (truncated transfer?). Fetch it again; nothing of it was loaded."
        case gzip.BadGzipFile():
            return f"{path}: named .gz, but it is not a gzip file, or a damaged one. Unpack it or rename it; nothing of it was loaded."
        case zlib.error() | zipfile.BadZipFile():
            return f"{path}: the compressed file is damaged. Fetch it again; nothing of it was loaded."
    return f"{path}: it cannot be read ({getattr(problem, 'strerror', None) or problem})."


def _encoding(path: Path, stream: BinaryIO) -> str:
    """UTF-8 if every byte agrees, else Windows-1252 if it uses what only that has, else ISO-8859-1; one pass, nothing is kept."""
    decoder, utf8, controls, size = codecs.getincrementaldecoder("utf-8")("strict"), True, set[int](), 0
    with_mark = False
    for chunk in _chunks(path, stream):
        if not size:
            if chunk.startswith(WIDE_MARKS):
                raise BadFile(f"{path}: the file is UTF-16. Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8').")
            with_mark = chunk.startswith(codecs.BOM_UTF8)
        size += len(chunk)
        utf8 = utf8 and _decodes(decoder, chunk)
        if not chunk.isascii():
            controls.update(byte for byte in range(0x80, 0xA0) if byte in chunk)
    if not size:
        raise BadFile(f"{path}: the file is empty. An empty file is a failed transfer, not zero rows; nothing was changed.")
    if utf8 and _decodes(decoder, b"", final=True):
        return "utf-8-sig" if with_mark else "utf-8"
    return "cp1252" if controls and not controls & UNDEFINED_1252 else "iso-8859-1"


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _split(file: InputFile) -> Iterator[str | Rejected]:
    """Lines of a file; ends are LF and CR LF. A line is held at most LONGEST_LINE and a chunk long."""
    rest = b""
    too_long = False
    with closing(_binary(file.path)) as stream:
        for chunk in _chunks(file.path, stream):
            block, end, tail = (rest + chunk).rpartition(b"\n")
            if end:
                lines = block.decode(file.encoding, "replace").split("\n")
                yield from _checked(lines, block, too_long)
                rest, too_long, file = tail, False, _without_mark(file)
            elif too_long or len(tail) > LONGEST_LINE:
                rest, too_long = tail[: 4 * START_KEPT], True
            else:
                rest = tail
        if rest:
            yield from _checked([rest.decode(file.encoding, "replace")], rest, too_long)


def _checked(lines: list[str], block: bytes, first_too_long: bool) -> Iterator[str | Rejected]:
    if not first_too_long and b"\0" not in block and len(block) <= LONGEST_LINE:
        if b"\r" in block:
            lines = [line.removesuffix("\r") for line in lines]
        yield from lines
        return
    for place, line in enumerate(lines):
        yield _checked_line(line.removesuffix("\r"), (first_too_long and place == 0) or len(line) > LONGEST_LINE)


def _checked_line(line: str, too_long: bool) -> str | Rejected:
    nowhere = Place("", 0)
    if too_long:
        return Rejected(nowhere, line[:START_KEPT], "", f"The line is longer than {LONGEST_LINE:,} bytes; only its start is kept here.")
    if "\0" in line:
        return Rejected(nowhere, line, "", "The line holds a NUL character (byte 0), which no text has. Remove it, or fetch the file again.")
    return line


def _without_mark(file: InputFile) -> InputFile:
    return replace(file, encoding="utf-8") if file.encoding == "utf-8-sig" else file  # the mark stands only at the start


def _parts(file: InputFile) -> list[InputFile]:
    """The parts of a rejects file, each under the name of the file its rows came from; any other file as it is."""
    first = next(_split(file), "")
    if not (isinstance(first, str) and first.startswith(PART)):
        return [file]
    starts = [(number, line.removeprefix(PART)) for number, line in enumerate(_split(file), 1) if isinstance(line, str) and line.startswith(PART)]
    ends = [number - 1 for number, _ in starts[1:]] + [None]
    return [replace(file, name=name, first=number + 1, last=last) for (number, name), last in zip(starts, ends, strict=True)]
