"""What files of the NOS say, whatever their form: which file it is, and its rows as statements about codes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from graph.record import Place, Rejected
from loaders.files import InputFile
from loaders.nos.systems import LISTED

UNDATED: Final = "99999999"  # a list has no date and counts as newer than dated files
NUMBERED: Final = re.compile(r"(?P<kind>TRE|JDV|ASS)[_-](?P<number>[A-Z]\d+)(?![A-Za-z0-9])")


class Kind(StrEnum):
    """What a NOS file holds: codes, a value set, an association of codes, or the list of files."""

    CODES = "TRE"
    VALUE_SET = "JDV"
    ASSOCIATION = "ASS"
    FILES = "PUB"


class Statement(NamedTuple):
    """What one row says of one code. `system`: a nomenclature, or its OID, or '' where the file does not say it; `broader`: codes of the same one above."""

    place: Place
    text: str
    system: str
    code: str
    label: str
    short_label: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    broader: tuple[str, ...] = ()


class Pairing(NamedTuple):
    """One row of an association: codes by column, '' where the column is empty.

    `systems`: their nomenclatures where the row says them itself, '' for one that is not of the NOS; `narrower`: each is more precise than the one before.
    """

    place: Place
    text: str
    codes: tuple[str, ...]
    systems: tuple[str, ...] = ()
    narrower: bool = False


class Whole(NamedTuple):
    """A row of a value set that includes every code of a nomenclature."""

    place: Place
    text: str
    system: str


Row = Statement | Pairing | Whole | Rejected


@dataclass(frozen=True, slots=True)
class NosFile:
    """One nomenclature, value set or association: `name` is TRE_R211, JDV_J17...; `version` its date as yyyymmdd, or UNDATED.

    `oids`, `columns`: of an association, of a list with a header line. `stated`: its rows, of a form that is read at once; None: by line.
    """

    file: InputFile
    kind: Kind
    name: str
    oid: str
    title: str
    version: str
    head: str = ""
    oids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    stated: tuple[Row, ...] | None = None

    @property
    def is_list(self) -> bool:
        """Whether it is a list, without dates."""
        return self.version == UNDATED


def short_name(*texts: str) -> tuple[Kind, str] | None:
    """Kind and name of what a title, name or address is of; the first that says it.

    >>> short_name("x", "https://mos.esante.gouv.fr/NOS/TRE_R227-ChampActivite/FHIR/TRE-R227-ChampActivite")
    (<Kind.CODES: 'TRE'>, 'TRE_R227')
    """
    match = next((found for text in texts if (found := NUMBERED.search(text))), None)
    return (Kind(match["kind"]), f"{match['kind']}_{match['number']}") if match else None


def checked(row: Statement) -> Statement | Rejected:
    """The row; a rejection when it names no code."""
    return row if row.code else Rejected(row.place, row.text, "Code", "It is empty; a row names a code.")


def of_nomenclature(row: Statement, adapted: str, short: str, long: str) -> Statement | Rejected:
    """A code of a nomenclature with its three labels: the long one, else the adapted one, is its label; a short one that is the code is none."""
    return checked(row._replace(label=long or adapted, short_label=short if short != row.code else None))


def day(text: str) -> date | None:
    """The day that `20190125120000` or `2019-01-25T12:00:00+01:00` is written with; None for ''. Raises ValueError for another text.

    >>> day("20190125120000"), day("2019-01-25T12:00:00+01:00"), day("")
    (datetime.date(2019, 1, 25), datetime.date(2019, 1, 25), None)
    """
    if not text:
        return None
    digits = text[:10].replace("-", "") if "-" in text[:5] else text
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def version_of(*texts: str) -> str:
    """The day of the first text that is one, as yyyymmdd, to compare versions by; '0' for none."""
    for text in texts:
        try:
            found = day(text)
        except ValueError:
            continue
        if found:
            return f"{found:%Y%m%d}"
    return "0"


def resolved(file: NosFile, row: Row, systems: Mapping[str, str]) -> Row:
    """K-5: the row with the nomenclature of its code, else the value set itself."""
    return row._replace(system=_system(file, row.system, systems)) if isinstance(row, Statement) else row


def _system(file: NosFile, said: str, systems: Mapping[str, str]) -> str:
    if said:
        return said if NUMBERED.fullmatch(said) else systems.get(said, file.name)
    return file.name if file.kind is Kind.CODES else LISTED.get(file.name, file.name)
