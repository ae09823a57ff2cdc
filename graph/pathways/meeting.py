"""Whether the declared members of a pathway meet their step (P-2): membership never meets a requirement, so those that do not are listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.pathways.asking import AskedPathway, asked_pathway
from graph.pathways.membership import Member, members_of
from graph.pathways.offers_of_step import StepOffer, StepOffers
from graph.reads import Reads
from graph.search.candidates import Origin
from graph.search.reference import Reference
from graph.tables import Table

COLUMNS = ("step", "kind", "id", "name", "role", "since", "until", "meets")
NOTE = (
    "meets : TRUE, une offre du membre répond à l'étape ; UNKNOWN, à vérifier ; FALSE, aucune. Sans étape : le membre de toute la filière, pour l'une d'elles."
)


class Meets(StrEnum):
    """The best of a member's offers: one surely meets the step, one may, or none does."""

    TRUE = "TRUE"
    UNKNOWN = "UNKNOWN"
    FALSE = "FALSE"


@dataclass(frozen=True, slots=True)
class MeetingMember:
    """A member with its step (None: of the whole pathway, held against every step)."""

    step: str | None
    member: Member
    meets: Meets


def pathway_members(code: str, at: date, reference: Reference, origin: Origin | None = None) -> Reads[tuple[MeetingMember, ...]]:
    """Members on a day: those of the whole pathway, then those of each step in its order. Raises NotFound for the pathway."""
    asked = yield from asked_pathway(code, at, reference, origin)
    whole = yield from members_of("Pathway", at)([code])
    of_steps = yield from members_of("Step", at)([step.id for step in asked.pathway.steps])
    if not whole and not of_steps:
        return ()
    offers = yield from asked.offers(reference)
    return tuple(_judged(asked, whole.get(code, ()), of_steps, offers))


def _judged(asked: AskedPathway, whole: Sequence[Member], of_steps: Mapping[str, Sequence[Member]], offers: StepOffers) -> Iterator[MeetingMember]:
    every = [one for step in offers for one in step]
    yield from (MeetingMember(None, member, best_of(member, every)) for member in whole)
    for step, some in zip(asked.pathway.steps, offers, strict=True):
        yield from (MeetingMember(step.code, member, best_of(member, some)) for member in of_steps.get(step.id, ()))


def best_of(member: Member, offers: Iterable[StepOffer]) -> Meets:
    """What the best of the member's offers is: the offer itself, or those of the site or entity."""
    own = [one.sure for one in offers if member.id in {"Offer": (one.offer.id,), "GeographicEntity": (one.offer.site,)}.get(member.kind, (one.offer.entity,))]
    if any(own):
        return Meets.TRUE
    return Meets.UNKNOWN if own else Meets.FALSE


def members_table(found: Sequence[MeetingMember]) -> Table:
    """One row a member."""
    rows = [[one.step, *(getattr(one.member, name) for name in COLUMNS[1:-1]), one.meets] for one in found]
    return Table(COLUMNS, rows, (NOTE,) if rows else ())
