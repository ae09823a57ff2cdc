"""Keys of the graph, computed once and here (docs/graph_model.md, K-1 to K-6)."""

import hashlib
from collections.abc import Mapping

from graph.model.kinds import Value

CORSICA = str.maketrans({"A": "1", "B": "2", "a": "1", "b": "2"})
DOUBLED = str.maketrans("0123456789", "0246813579")  # digit sum of twice the digit
FINESS_LENGTH = 9
EVEN_CHECK = FINESS_LENGTH * ord("0") % 10
CAPACITY_KEY = ("nature", "status", "temporality", "gender", "assignment", "closing_type", "extra_bed", "crisis")
DUMMY_FINESS = "888888888"


def finess_fault(number: str) -> str | None:
    """Why `number` cannot be a FINESS number, as a sentence; None when its form is right (docs/formats.md, FINESS number)."""
    if len(number) != FINESS_LENGTH:
        return f"'{number[:20]}' has {len(number)} characters, a FINESS number has 9 (were leading zeros lost?)."
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
