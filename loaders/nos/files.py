"""Files of the NOS in their four forms: `.tabs`, lists `code|label[|OID]`, SVS XML, FHIR resources."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from graph.errors import BadFile
from graph.record import Notes
from loaders.files import InputFile
from loaders.nos.fhir import open_fhir
from loaders.nos.statements import Kind, NosFile, Row, resolved
from loaders.nos.svs import open_svs
from loaders.nos.systems import SYSTEMS
from loaders.nos.text import TABS_HEAD, TABS_HEAD_LINES, open_list, open_tabs, text_rows
from loaders.whole import first_words


def open_nos(file: InputFile, notes: Notes) -> Sequence[NosFile]:
    """What a file holds: one nomenclature, value set or association, or the several of a Bundle.

    Raises BadFile for one of no form that is known, or that does not say which nomenclature it is.
    """
    start = first_words(file)
    if start.startswith("<") and not start.startswith(TABS_HEAD):
        return (open_svs(file, notes),)
    if start.startswith(("{", "[")):
        return open_fhir(file, notes)
    lines = [line[1] for line in islice(file.lines(), TABS_HEAD_LINES) if isinstance(line, tuple)]
    if lines and lines[0].startswith(TABS_HEAD):
        return (open_tabs(file, lines),)
    if lines and "|" in lines[0]:
        return (open_list(file, lines[0]),)
    raise BadFile(
        f"{file.name}: this is no NOS file: neither a .tabs (first line {TABS_HEAD}...), nor a list code|label|OID, nor SVS XML, nor a FHIR resource. "
        "Nothing was loaded."
    )


def systems_of(files: Sequence[NosFile]) -> Mapping[str, str]:
    """Nomenclature by OID: as the files say, else as the project knows."""
    return {**SYSTEMS, **{file.oid: file.name for file in files if file.kind is Kind.CODES and file.oid}}


def rows(file: NosFile, systems: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a file, each code with its nomenclature (K-5)."""
    stated = text_rows(file) if file.stated is None else iter(file.stated)
    return (resolved(file, row, systems) for row in stated)
