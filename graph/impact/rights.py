"""What lets an application use an interface: trust circle, profile, perimeter, standard, security (docs/impact.md, I-3, I-16)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.access import AccessRow, sees_anything
from graph.impact.inventory import OPEN_ACCESS
from graph.impact.projection import CompiledInterface


class Gap(StrEnum):
    """What is to be prepared before a consumer can use a candidate (I-16), in the order of answers."""

    TRUST_CIRCLE = "TRUST_CIRCLE"
    PROFILE = "PROFILE"
    PERIMETER = "PERIMETER"
    STANDARD = "STANDARD"
    SECURITY = "SECURITY"
    SOURCE_FIRST = "SOURCE_FIRST"
    DATA_CLASS_UNKNOWN = "DATA_CLASS_UNKNOWN"


GAP_BIT: Final = {gap: 1 << i for i, gap in enumerate(Gap)}
GAPS: Final = tuple(tuple(gap for gap, bit in GAP_BIT.items() if mask & bit) for mask in range(1 << len(Gap)))
"""The gaps of each mask of bits, in the order of I-16."""
TRUST_CIRCLE, PROFILE, PERIMETER, STANDARD, SECURITY, SOURCE_FIRST, DATA_CLASS_UNKNOWN = GAP_BIT.values()


@dataclass(frozen=True, slots=True)
class Rights:
    """What an application may do, and what it already speaks: standards with major version, securities of its reference flows."""

    profile: int | None
    circles: frozenset[str]
    perimeter: int | None
    standards: frozenset[tuple[str, str]] = frozenset()
    securities: frozenset[str] = frozenset()


def is_open(interface: CompiledInterface) -> bool:
    """NONE is open access: neither profile nor perimeter is asked (I-16)."""
    return interface.source.trust_circle == OPEN_ACCESS


def is_admitted(rights: Rights, interface: CompiledInterface) -> bool:
    """Is the consumer in the interface's circle? An unknown circle admits nobody."""
    return is_open(interface) or interface.source.trust_circle in rights.circles


def sees_class(rights: Rights, interface: CompiledInterface, access: tuple[AccessRow, ...] | None) -> bool:
    """Does the consumer's profile see anything of the class? `access` None is the unknown class: a known profile is all that is asked."""
    if is_open(interface) or interface.source.intake:
        return True
    return rights.profile is not None and (access is None or sees_anything(access, rights.profile))


def perimeter_of(rights: Rights, interface: CompiledInterface, everywhere: int) -> int:
    """Regions that the consumer may ask of the interface; an unknown perimeter is none."""
    if is_open(interface):
        return everywhere
    return rights.perimeter or 0


def static_gaps(rights: Rights, interface: CompiledInterface, access: tuple[AccessRow, ...] | None) -> int:
    """The gaps that depend neither on regions nor on supply, as bits."""
    source = interface.source
    gaps = 0 if source.trust_circle in rights.circles or source.trust_circle == OPEN_ACCESS else TRUST_CIRCLE
    if interface.standard not in rights.standards:
        gaps |= STANDARD
    if source.security not in rights.securities:
        gaps |= SECURITY
    return gaps if sees_class(rights, interface, access) else gaps | PROFILE


def offered(called: CompiledInterface, candidate: CompiledInterface, data_class: int) -> int:
    """Attributes that a candidate offers in place of `called`: the narrower of SERVES and REPLACED_BY coverage; 0 is none (I-7, I-17)."""
    replaces = candidate.source.code in called.coverage
    coverage = called.coverage.get(candidate.source.code)
    if data_class == 0:
        return 1 if replaces and coverage is None else 0
    served = candidate.serves.get(data_class, 0)
    return served if coverage is None else served & coverage.get(data_class, 0)
