"""The text of a file that is read as a whole, however long its lines: JSON comes on one line from many servers."""

from typing import Final

from graph.errors import BadFile
from loaders.files import LARGEST_TEXT, InputFile

START: Final = 4096  # characters


def whole_text(file: InputFile) -> str:
    """The text of a file of one piece; comments of rejects files are empty lines, so that numbers hold. Raises BadFile for one over LARGEST_TEXT bytes."""
    content = bytearray()
    for chunk in file.utf8():
        content += chunk
        if len(content) > LARGEST_TEXT:
            raise BadFile(f"{file.name}: more than {LARGEST_TEXT >> 20} MB; a file of this kind is read as a whole. Split it.")
    return content.decode("utf-8", "replace")


def first_words(file: InputFile) -> str:
    """How a file starts, blanks left out, to tell its form; '' of one whose first 4 KB are blank."""
    start = bytearray()
    for chunk in file.utf8():
        start += chunk
        if len(start) > START:
            break
    return start[: 2 * START].decode("utf-8", "replace").lstrip()[:START]
