"""What every question on a pathway begins with: the pathway, its requirements with narrower codes, and what dates and delimits the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.pathways.offers_of_step import KeptOffers, StepOffers, step_offers
from graph.pathways.pathway import BY_AREA, Pathway, Step, get_pathway
from graph.reads import Reads
from graph.search.candidates import Basis, Origin
from graph.search.criteria import All, Criteria
from graph.search.reference import Reference, checked, declared_regions, refreshed


@dataclass(frozen=True, slots=True)
class AskedPathway:
    """A pathway on a day. `requirements`: of its steps, in their order."""

    pathway: Pathway
    requirements: tuple[Criteria, ...]
    basis: Basis

    def offers(self, reference: Reference) -> Reads[StepOffers]:
        """The offers of all its steps."""
        return (yield from self.kept_offers(reference)).steps

    def offers_reaching(self, areas: frozenset[str], reference: Reference) -> Reads[StepOffers]:
        """The same without those that come to the person and say that they do not come to these areas."""
        kept = yield from self.kept_offers(reference)
        return tuple(kept.reaching(place, areas) if step.place in BY_AREA else kept.steps[place] for place, step in enumerate(self.pathway.steps))

    def kept_offers(self, reference: Reference) -> Reads[KeptOffers]:
        """The offers of all its steps as they are kept."""
        return step_offers(self.pathway.steps, self.requirements, self.basis, reference)


def asked_pathway(code: str, at: date, reference: Reference, origin: Origin | None = None) -> Reads[AskedPathway]:
    """The first read of an answer. Raises NotFound for the pathway, BadInput for a code of a requirement that no nomenclature has."""
    yield from refreshed(reference)
    pathway = yield from get_pathway(code)
    requirements = yield from _requirements(pathway.steps, reference)
    return AskedPathway(pathway, requirements, Basis(at, (yield from declared_regions(reference)), origin))


def _requirements(steps: Sequence[Step], reference: Reference) -> Reads[tuple[Criteria, ...]]:
    """The requirements with their narrower codes, all looked up at once."""
    whole = yield from checked(All(tuple(step.requirement for step in steps)), reference)
    return whole.parts if isinstance(whole, All) else ()
