"""How ready the regions are for the stop of their ROR: each alone, and all together (docs/impact.md, I-36)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.errors import BadInput
from graph.impact.analysis import judged
from graph.impact.collector import held_back
from graph.impact.inventory import Application
from graph.impact.judge import Status
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Target
from graph.impact.score import scored
from graph.impact.severity import Severity

REGIONAL_ROR: Final = "REGIONAL_ROR"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the stop of one regional ROR on `stops_on` finds ready. `application` None: all of them stop on that day.

    `regions`: INSEE codes of where it is deployed; a ROR of two regions counts once. `flows`: those with a verdict, by status, the best first.
    `ready`: READY of all, from 0 to 1, rounded down to 0.001; None where no flow is known, which is not all of them. `ruptures`: items in RUPTURE.
    """

    application: str | None
    name: str | None
    regions: tuple[str, ...]
    as_of: date
    stops_on: date
    flows: tuple[tuple[Status, int], ...]
    ready: float | None
    ruptures: int
    score: float
    national: float


def readiness(projection: Projection, as_of: date, stops_on: date | None = None) -> tuple[Readiness, ...]:
    """Each regional ROR that lives on J, by code, then all together; nothing where there is none. `stops_on`: by default J.

    Raises BadInput for a day before J.
    """
    day = stops_on or as_of
    if day < as_of:
        raise BadInput(f"on: {day} is before the day of analysis, {as_of}.")
    rors = [one for one in projection.applications if one.source.kind == REGIONAL_ROR and one.start <= as_of.toordinal() < one.end]
    if not rors:
        return ()
    rors.sort(key=lambda one: one.source.code)
    with held_back():
        alone = [_readiness(projection, one.source, (one.source,), as_of, day) for one in rors]
        return (*alone, _readiness(projection, None, [one.source for one in rors], as_of, day))


def _readiness(projection: Projection, alone: Application | None, stopping: Sequence[Application], as_of: date, day: date) -> Readiness:
    found = judged(projection, DecommissioningInput(as_of, tuple(Target(one.code, day) for one in stopping)))
    flows, totals = len(found.judgements), scored(found.basis.items, found.touched)
    return Readiness(
        application=alone.code if alone else None,
        name=alone.name or None if alone else None,
        regions=tuple(sorted({region for one in stopping for region in one.deployed_in})),
        as_of=as_of,
        stops_on=day,
        flows=found.by_status,
        ready=1000 * dict(found.by_status).get(Status.READY, 0) // flows / 1000 if flows else None,
        ruptures=sum(item.severity is Severity.RUPTURE for item in found.touched),
        score=totals.value,
        national=totals.national,
    )
