"""The criteria that hold on an offer by themselves: the leaves of a tree (graph/search/criteria.py), already checked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from graph.search.territory import Level


class Field(StrEnum):
    """Criteria whose values are codes of nomenclatures."""

    FIELD_OF_ACTIVITY = "fieldOfActivity"
    ACTIVITY = "activity"
    OFFER_TYPE = "offerType"
    CARE_MODE = "careMode"
    ESTABLISHMENT_CATEGORY = "establishmentCategory"
    ACT = "act"
    SPECIALISATION = "specialisation"
    PUBLIC = "public"
    COMPETENCE = "competence"
    EXPERTISE_LEVEL = "expertiseLevel"
    RECEPTION_MODALITY = "receptionModality"
    RECEPTION_TYPE = "receptionType"
    MATERNITY_TYPE = "maternityType"
    SPECIALTY = "specialty"


class AgeUnit(StrEnum):
    """Units of an age, as UCUM writes them in the graph."""

    YEAR = "a"
    MONTH = "mo"
    WEEK = "wk"
    DAY = "d"


class StatedField(StrEnum):
    """Criteria whose value is no code of a nomenclature: the offer says it as it is."""

    SOURCE_REGION = "sourceRegion"
    PSYCHIATRY_SECTOR = "psychiatrySector"


@dataclass(frozen=True, slots=True)
class Coded:
    """The offer has one of these codes, or a narrower one (S-1)."""

    field: Field
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The names of the offer or of its site hold every word, folded: as the start of a word, or with one typing error in five letters or more."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """The offer states this value."""

    field: StatedField
    value: str


@dataclass(frozen=True, slots=True)
class Age:
    """The offer takes a person of this completed age (S-2)."""

    age: int
    unit: AgeUnit


@dataclass(frozen=True, slots=True)
class OpenAt:
    """The offer is open at this instant, which carries an offset (S-4)."""

    instant: datetime


@dataclass(frozen=True, slots=True)
class Equipment:
    """One equipment in service at a place of the offer; with `limit`, one whose limit is `at_least` that large (S-2)."""

    codes: tuple[str, ...]
    limit: str | None
    at_least: float | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """At least so many beds or places in the lines of the offer and of its open locations together (S-2). None: any."""

    nature: str | None
    status: str
    moment: str
    gender: str | None
    closing_type: str | None
    at_least: int
    max_age_hours: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """The newest valid tariff of the site of that type (and unit, and...) is at most so much (S-2). None: any."""

    type: str
    at_most: float
    unit: str | None
    habitation: str | None
    condition: str | None
    dependency: str | None
    reception_mode: str | None


@dataclass(frozen=True, slots=True)
class Area:
    """The offer intervenes in this territory; filled by graph.search.reference, each as `Label:key`: `above`, the territory and what holds it; `parts`, what
    it is or consists of, whose own parts count too.
    """

    level: Level
    code: str
    above: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdatedSince:
    """The offer was described at this instant or later; an ISO 8601 text in UTC."""

    since: str


@dataclass(frozen=True, slots=True)
class InAnomaly:
    """Whether an anomaly that is not corrected is about the offer."""

    wanted: bool


Single = Coded | Text | Stated | Age | OpenAt | Equipment | Capacity | Tariff | Area | UpdatedSince | InAnomaly
SINGLES: Final = (Coded, Text, Stated, Age, OpenAt, Equipment, Capacity, Tariff, Area, UpdatedSince, InAnomaly)

INSTALLED: Final = "TRE_R330-01"
AVAILABLE: Final = "TRE_R330-02"
CURRENT: Final = "TRE_R331-01"
ANY_GENDER: Final = "TRE_R332-03"
UNSAID_GENDER: Final = "TRE_R332-04"


def criterion_name(leaf: Single) -> str:
    """The name that clients know a criterion by."""
    match leaf:
        case Coded(field, _):
            return field.value
        case Stated(stated, _):
            return stated.value
    return _NAMES[type(leaf)]


_NAMES: Final[dict[type, str]] = {
    Text: "text",
    Age: "age",
    OpenAt: "openAt",
    Equipment: "equipment",
    Capacity: "capacity",
    Tariff: "tariff",
    Area: "interventionArea",
    UpdatedSince: "updatedSince",
    InAnomaly: "inAnomaly",
}


def exact_codes(leaf: Single) -> tuple[str, ...]:
    """The codes of nomenclatures that a leaf names and that have no narrower ones beside them."""
    match leaf:
        case Equipment(_, limit, _):
            named = [limit]
        case Capacity(nature, status, moment, gender, closing_type):
            named = [nature, status if status not in {INSTALLED, AVAILABLE} else None, moment if moment != CURRENT else None, gender, closing_type]
        case Tariff(kind, _, unit, habitation, condition, dependency, reception_mode):
            named = [kind, unit, habitation, condition, dependency, reception_mode]
        case _:
            named = []
    return tuple(code for code in named if code is not None)
