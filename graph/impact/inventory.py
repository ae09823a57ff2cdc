"""The checked projection of the urbanisation graph that the impact analysis reads (docs/model.md).

A reader builds these values from the store; they hold what the rules of docs/impact.md use and nothing else. Codes are strings, dates
are `datetime.date`, None is "not known". Every code that one object names of another exists in the same Inventory: the analysis
does not check again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import Final

from graph.access import AccessRow


class Everywhere(Enum):
    """The marker of a perimeter that is all regions."""

    NATIONAL = "NATIONAL"


NATIONAL: Final = Everywhere.NATIONAL

Perimeter = frozenset[str] | Everywhere
"""Region codes, or NATIONAL: all of them (I-4)."""

OPEN_ACCESS: Final = "NONE"
"""The trust circle of an interface that anybody may call (I-16); None is an unknown circle."""


class Phase(StrEnum):
    """Lifecycle of an application; it lives in production and phase_out (I-2)."""

    PLANNED = "planned"
    BUILD = "build"
    PRODUCTION = "production"
    PHASE_OUT = "phase_out"
    RETIRED = "retired"


class Evidence(StrEnum):
    """How a fact is known, the strongest first (I-32)."""

    OBSERVED = "observed"
    DECLARED = "declared"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Region:
    """Région."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class DataClass:
    """Classe du modèle d'exposition, with its rows of the access table."""

    code: str
    name: str = ""
    access: tuple[AccessRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a flow carries, or an interface serves, of one class."""

    attributes: frozenset[str] | None = None
    """None: all of the class (I-17)."""
    regional_extension: bool | None = None
    """None on a flow: used if its interface has one; None on an interface: it has none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """ENTERS: the application is where a class is entered for these regions, from `since` (inclusive) until `until` (exclusive)."""

    data_class: str
    regions: Perimeter
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """Application; without a phase it is in production, without a date it has no bound on that side (I-2)."""

    code: str
    name: str = ""
    kind: str | None = None
    owner: str | None = None
    phase: Phase | None = None
    production_on: date | None = None
    retired_on: date | None = None
    criticality: int | None = None
    access_profile: int | None = None
    perimeter: Perimeter | None = None
    trust_circles: frozenset[str] = frozenset()
    deployed_in: frozenset[str] = frozenset()
    enters: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """REPLACED_BY, declared on the interface that is replaced."""

    interface: str
    coverage: Mapping[str, frozenset[str] | None] | None = None
    """By class, its attributes or None for ALL; None instead of a mapping: coverage is not stated. A stated coverage that does not
    name a class covers nothing of it; the attribute name `regional_extension` stands for the extension."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Interface:
    """Service exposé; `intake`: it is fed, not read."""

    code: str
    exposed_by: str
    name: str = ""
    standard: str | None = None
    version: str | None = None
    security: str | None = None
    trust_circle: str | None = None
    intake: bool = False
    perimeter: Perimeter | None = None
    opens_on: date | None = None
    ends_on: date | None = None
    serves: Mapping[str, Content] = field(default_factory=dict)
    replaced_by: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Flux: `caller` reads `interface` (CONSUMER, CALLS), or feeds it (PRODUCER, FEEDS) when `feed` is true."""

    code: str
    caller: str
    interface: str
    feed: bool = False
    mode: str | None = None
    criticality: int | None = None
    perimeter: Perimeter | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    evidence: Evidence | None = None
    evidence_date: date | None = None
    carries: Mapping[str, Content] = field(default_factory=dict)
    """By class; empty: no class is declared (I-7)."""
    for_usage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """SUPPORTS: a step of a pathway, or (step None) the pathway as a whole."""

    pathway: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Cas d'usage. `needs`: by class, True where essential, False where useful; empty: nothing is said (I-21)."""

    code: str
    name: str = ""
    needs: Mapping[str, bool] = field(default_factory=dict)
    supports: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Étape, with the codes of the steps that NEXT leads to, in the same pathway."""

    code: str
    name: str = ""
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pathway:
    """Filière; steps by rank."""

    code: str
    name: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceAge:
    """A source of the inventory and the day of its content (I-33)."""

    source: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """All of it; the order of the tuples means nothing (steps apart).

    `left_out`: codes of interfaces and flows that could not enter it because an end is not known.
    """

    regions: tuple[Region, ...] = ()
    classes: tuple[DataClass, ...] = ()
    applications: tuple[Application, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    flows: tuple[Flow, ...] = ()
    usages: tuple[Usage, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    sources: tuple[SourceAge, ...] = ()
    model_version: str = ""
    left_out: tuple[str, ...] = ()
