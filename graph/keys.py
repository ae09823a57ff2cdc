"""Keys of the graph, computed once and here (docs/graph_model.md, K-1 to K-6)."""

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from graph.model.kinds import Value

CORSICA = str.maketrans({"A": "1", "B": "2", "a": "1", "b": "2"})
DOUBLED = str.maketrans("0123456789", "0246813579")  # digit sum of twice the digit
FINESS_LENGTH = 9
EVEN_CHECK = FINESS_LENGTH * ord("0") % 10
CAPACITY_KEY = ("nature", "status", "temporality", "gender", "assignment", "closing_type", "extra_bed", "crisis")
DUMMY_FINESS = "888888888"
BARE_PERSON = MappingProxyType({11: "8", 9: "0"})  # the type digit of a number, by length: RPPS, ADELI


def finess_fault(number: str) -> str | None:
    """Why `number` cannot be a FINESS number, as a sentence; None when its form is right (docs/formats.md, FINESS number)."""
    if len(number) != FINESS_LENGTH:
        shown = f"'{number}'" if len(number) < FINESS_LENGTH else "What stands there"  # longer: it may be something personal of a shifted line
        return f"{shown} has {len(number)} characters, a FINESS number has 9 (were leading zeros lost?)."
    digits = number[:2].translate(CORSICA) + number[2:]
    if not (digits.isascii() and digits.isdigit()):
        return f"'{number}' is not a FINESS number: nine digits, or 2A and 2B at the start."
    if number == DUMMY_FINESS:
        return "888888888 stands for 'no number' and names no establishment."
    return None


def has_right_check_digit(number: str) -> bool:
    """Whether the last digit agrees (Luhn, 2A read 21 and 2B read 22); a wrong one is an anomaly, not a rejection.

    >>> has_right_check_digit("010780054"), has_right_check_digit("010780055")
    (True, False)
    """
    digits = number[:2].translate(CORSICA) + number[2:]
    return sum((digits[::2] + digits[1::2].translate(DOUBLED)).encode()) % 10 == EVEN_CHECK  # a sum of character codes: once a line of a file


def structure_id(finess: str) -> str:
    """K-1: idNat_Struct of an entity or a site with a FINESS number."""
    return "1" + finess


def entity_id(finess: str | None, rpps_rank: str | None, adeli_rank: str | None, siren: str | None) -> str | None:
    """K-1: idNat_Struct of a legal entity; None when it has no number."""
    return _national((("1", finess), ("4", rpps_rank), ("0", adeli_rank), ("2", siren)))


def site_id(finess: str | None, rpps_rank: str | None, adeli_rank: str | None, siret: str | None) -> str | None:
    """K-1: idNat_Struct of a geographic entity; None when it has no number.

    >>> site_id(None, None, None, "92131725800020")
    '392131725800020'
    """
    return _national((("1", finess), ("4", rpps_rank), ("0", adeli_rank), ("3", siret)))


def _national(numbers: Iterable[tuple[str, str | None]]) -> str | None:
    return next((digit + number for digit, number in numbers if number), None)


def ror_id(identifier: str, region: str | None) -> str:
    """K-2: `<INSEE region>/<local id>`, zeros kept; a bare id gets the region of its regional ROR, and stays as it is from the national one.

    >>> ror_id(" 6/0099999", None), ror_id("0099999", "06"), ror_id("ZZZ", None)
    ('06/0099999', '06/0099999', 'ZZZ')
    """
    before, slash, local = identifier.strip().partition("/")
    if slash:
        return f"{before.strip().zfill(2)}/{local.strip()}"
    return f"{region}/{before}" if region else before


def ror_region(key: str) -> str | None:
    """The INSEE region that an id of K-2 begins with; None where it has none.

    >>> ror_region("06/0099999"), ror_region("0099999"), ror_region("ror:ROR-IDF#47/11")
    ('06', None, None)
    """
    before, slash, _ = key.partition("/")
    return before if slash and before.isalnum() and len(before) <= 3 else None


def unidentified(source: str, local_id: str) -> str:
    """K-2, K-3: an object without identifier: source, `#`, id of the resource there."""
    return f"{source}#{local_id}"


def professional_id(number: str) -> str | None:
    """K-3: 8 + RPPS (11 digits), 0 + ADELI (9); a bare number gets its digit by length; None for another form.

    >>> professional_id("10107592544"), professional_id("810107592544"), professional_id("759300000"), professional_id("12")
    ('810107592544', '810107592544', '0759300000', None)
    """
    text = number.strip()
    if len(text) in BARE_PERSON:
        return BARE_PERSON[len(text)] + text
    return text if BARE_PERSON.get(len(text) - 1) == text[:1] else None


def register_practice_id(professional: str, profession: str, category: str, structure: str, mode: str) -> str:
    """K-4: a practice that the register states."""
    return "/".join((professional, profession, category, structure, mode))


def operational_practice_id(professional: str, offer: str, profession: str) -> str:
    """K-4: a practice that a ROR states without identifier (with one: `ror_id`)."""
    return "/".join((professional, offer, profession))


def authorisation_id(kind: str, number: str, line: str, site: str) -> str:
    """K-6: kind, number, line and site; without line: kind, number and site."""
    return "/".join(part for part in (kind, number, line, site) if part)


def concept_id(system: str, code: str) -> str:
    """K-5: TRE short name, hyphen, code.

    >>> concept_id("TRE_R211", "013")
    'TRE_R211-013'
    """
    return f"{system}-{code}"


def owned_id(owner: str, *values: Value) -> str:
    """Key of what hangs on an owner (contact, telecom, hours, tariff): owner and digest of its values."""
    return f"{owner}#{hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest()}"


def capacity_id(holder: str, line: Mapping[str, Value]) -> str:
    """Key of a capacity line: its holder and what it counts, not how many (docs/graph_model.md, Keys)."""
    return owned_id(holder, *(line.get(name) for name in CAPACITY_KEY))
