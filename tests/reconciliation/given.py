"""Literals for the tests of reconciliation: an offer, a site, a side of a few of them."""

from dataclasses import replace
from typing import Any, Final, TypeVar

from graph.reconciliation.answer import Reconciliation
from graph.reconciliation.compare import NOTHING_KEPT, Kept, reconciled
from graph.reconciliation.matching import Identified, Match
from graph.reconciliation.stated import Side, StatedOffer, StatedSite

T = TypeVar("T", bound=Identified)
CARDIOLOGY: Final = StatedOffer(
    "",
    region="96",
    name="Cardiologie",
    field="TRE_R227-01",
    care_mode="TRE_R213-28",
    offer_type="TRE_R244-262",
    activities=("TRE_R211-354",),
    ages=(18.0, None, "a"),
    site="1960000073",
)
PORT: Final = StatedSite("1960000073", finess="960000073", siret="00096000500007", siren="000960005", commune="96001", department="960", name="Port")


def offer(id: str, **changes: Any) -> StatedOffer:
    """The cardiology of Port-Brume under this id, with changes."""
    return replace(CARDIOLOGY, id=id, **changes)


def site(id: str, **changes: Any) -> StatedSite:
    """A site with nothing but what is given."""
    return StatedSite(id, **changes)


def by_id(*things: T) -> dict[str, T]:
    return {thing.id: thing for thing in things}


def told(matches: list[Match]) -> list[tuple[str, str, str, str]]:
    """Rule, state and both ids of each match."""
    return [(one.rule.value, one.state.value, one.ours, one.theirs) for one in matches]


def compared(regional: list[StatedOffer], national: list[StatedOffer], sites: list[StatedSite] | None = None, kept: Kept = NOTHING_KEPT) -> Reconciliation:
    """Two RORs of the region 96."""
    known = by_id(*(sites or [PORT]))
    return reconciled(Side("ROR-ILE", by_id(*regional), known), Side("ROR-NATF", by_id(*national), known), kept)
