"""What the steps of pathways that are not loaded yet would match on the loaded data (`rorgraph load pathways FILE --dry-run`)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.pathways.offers_of_step import StepOffer, step_offers
from graph.pathways.pathway import Step, StepPlace
from graph.questions import question
from graph.reads import Ask, Reads
from graph.search.candidates import Basis
from graph.search.criteria import All, codes, parse
from graph.search.reference import Reference, checked, declared_regions, refreshed
from graph.tables import Table

COLUMNS = ("pathway", "step", "offers", "possible", "sites", "unknown_codes")
NOTE = "offers : répondent à coup sûr ; possible : à vérifier ; sites : de celles qui répondent. Une étape dont un code n'existe pas n'est pas comptée."


@dataclass(frozen=True, slots=True)
class StepMatch:
    """Offers that surely meet a step (with their distinct sites) and that may; None where a code of it exists nowhere: `unknown_codes`."""

    pathway: str
    step: str
    offers: int | None
    possible: int | None
    sites: int | None
    unknown_codes: tuple[str, ...]


def step_matches(described: Sequence[Mapping[str, Any]], at: date, reference: Reference) -> Reads[tuple[StepMatch, ...]]:
    """By pathway and step, in the order of the files. `described`: pathways that their schema accepts. Raises BadInput for a criterion that is not known."""
    yield from refreshed(reference)
    steps = [(str(pathway["code"]), _step(str(pathway["code"]), raw)) for pathway in described for raw in pathway["steps"]]
    named = sorted({code for _, step in steps for code in codes(step.requirement)})
    rows = yield Ask(question("narrower_codes"), {"codes": named})
    missing = set(named) - {row["code"] for row in rows}
    known = [step for _, step in steps if not codes(step.requirement) & missing]
    whole = yield from checked(All(tuple(step.requirement for step in known)), reference)
    requirements = whole.parts if isinstance(whole, All) else ()
    found = (yield from step_offers(known, requirements, Basis(at, (yield from declared_regions(reference))), reference)).steps
    offers = {step.id: some for step, some in zip(known, found, strict=True)}
    return tuple(_match(pathway, step, offers.get(step.id), missing) for pathway, step in steps)


def _step(pathway: str, raw: Mapping[str, Any]) -> Step:
    return Step(
        id=f"{pathway}/{raw['code']}",
        code=raw["code"],
        name=raw["name"],
        place=StepPlace(raw.get("place", StepPlace.TRAVEL)),
        optional=bool(raw.get("optional")),
        max_km=raw.get("max_km"),
        max_delay_h=raw.get("max_delay_h"),
        requirement=parse(raw["requirement"]),
        requirement_text=json.dumps(raw["requirement"], ensure_ascii=False),
        rank=None,
        next=(),
    )


def _match(pathway: str, step: Step, offers: Sequence[StepOffer] | None, missing: set[str]) -> StepMatch:
    if offers is None:
        return StepMatch(pathway, step.code, None, None, None, tuple(sorted(codes(step.requirement) & missing)))
    sure = [one.offer for one in offers if one.sure]
    return StepMatch(pathway, step.code, len(sure), len(offers) - len(sure), len({offer.site for offer in sure if offer.site}), ())


def matches_table(found: Sequence[StepMatch]) -> Table:
    """One row a step."""
    rows = [[one.pathway, one.step, one.offers, one.possible, one.sites, " ".join(one.unknown_codes)] for one in found]
    return Table(COLUMNS, rows, (NOTE,))
