"""Values as both forms of FINESS write them. Pure; what cannot be read raises `FieldError`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from graph.keys import concept_id, finess_fault, has_right_check_digit, owned_id, structure_id
from graph.record import Notes, Owned, Ref
from loaders.communes import insee_code

OVERSEAS: Final[Mapping[str, str]] = MappingProxyType({"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976"})
COMMUNE_LENGTH: Final = 3  # the last ones of the INSEE code
MOBILE, FIXED, MAIL, FAX = (concept_id("TRE_R200", code) for code in "1236")
MOBILE_PREFIXES: Final = frozenset({"06", "07"})
PUBLIC: Final = 1  # confidentiality: whoever reads the open file sees it
CLOSED: Final = "[Fermé] "
LIKE_A_DAY: Final = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")


class FieldError(Exception):
    """A field that makes its row unusable: name and reason."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


def structure_key(field: str, finess: str, notes: Notes) -> str:
    """K-1 of a FINESS number; a wrong check digit is kept and remarked. Raises FieldError."""
    fault = finess_fault(finess)
    if fault is not None:
        raise FieldError(field, fault)
    if not has_right_check_digit(finess):
        notes.remark(f"{field}: the check digit does not agree; kept", finess)
    return structure_id(finess)


def about(label: str, finess: str) -> Ref | None:
    """The structure that a rejected row is about, where its number can be read."""
    return None if finess_fault(finess) else Ref(label, structure_id(finess))


def name_of(long_name: str, name: str) -> str:
    """The long name, else the short one without the mark of closed ones. Raises FieldError."""
    found = (long_name or name).removeprefix(CLOSED).strip()
    if not found:
        raise FieldError("rs", "It is empty; a structure has a name.")
    return found


def address(number: str, way: str, street: str, locality: str, post: str) -> str | None:
    """One line: `17B RTE DE PARIS, BP 24, 01440 VIRIAT`."""
    first = " ".join(part for part in (number, way, street) if part)
    return ", ".join(part for part in (first, locality, post) if part) or None


def postal_code(post: str) -> str | None:
    """The code that a line of destination begins with."""
    code = post[:5]
    return code if len(code) == 5 and code.isdecimal() else None


def _shown(text: str) -> str:
    """What looks like a day is shown; in a line whose fields are shifted something personal may stand there."""
    return f"'{text}'" if LIKE_A_DAY.fullmatch(text) else "What stands there"


def day(field: str, text: str) -> date | None:
    """A day, None where it is empty. Raises FieldError."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(field, f"{_shown(text)} is not a day; it is written like 2020-02-04.") from None


def coded(system: str, code: str) -> str | None:
    """A code as a concept (K-5); None where it is empty."""
    return concept_id(system, code) if code else None


def insee_commune(department: str, commune: str, finess: str, notes: Notes) -> str | None:
    """INSEE code: department and commune, 9A to 9F are 971 to 976; None when the commune is not stated as three characters."""
    if len(commune) != COMMUNE_LENGTH:
        notes.remark("no commune stated; place unknown", finess)
        return None
    stated = OVERSEAS.get(department, department)[:2] + commune
    code = insee_code(stated) or stated
    if code != stated:
        notes.remark(f"commune {stated} is now {code}", finess)
    return code


def telecoms(owner: str, phone: str, fax: str, mail: str = "") -> tuple[Owned, ...]:
    """Phone, fax and mail of a structure."""
    if not phone and not fax and not mail:
        return ()
    return _telecoms(owner, ((MOBILE if phone[:2] in MOBILE_PREFIXES else FIXED, phone), (FAX, fax), (MAIL, mail)))


def _telecoms(owner: str, stated: Iterable[tuple[str, str]]) -> tuple[Owned, ...]:
    return tuple(
        Owned("HAS_TELECOM", Ref("Telecom", owned_id(owner, channel, value)), {"channel": channel, "value": value, "confidentiality": PUBLIC})
        for channel, value in stated
        if value
    )
