"""What an empty answer would hold if one thing were left out of it: each root criterion, or the radius that is asked (S-10). One statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.questions import Question
from graph.reads import Ask, Reads
from graph.search.compiling import conjuncts, expression
from graph.search.criteria import All, AnyOf, Criteria, Not
from graph.search.judging import Search, judged
from graph.search.offers import OfferPage
from graph.search.params import Params
from graph.search.place import Spot, enlarged
from graph.search.reasons import criterion_of
from graph.search.reference import Reference

NEAR: Final = "near"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What is relaxed and how many offers surely meet the rest: one root criterion left out (`place` among them, from 0), or a larger radius in km."""

    criterion: str
    place: int | None
    radius_km: float | None
    count: int

    @property
    def emptied(self) -> bool:
        """Whether this criterion alone emptied the answer: without it there are offers."""
        return self.radius_km is None and self.count > 0


def relaxations(page: OfferPage, reference: Reference) -> Reads[tuple[Relaxation, ...]]:
    """Of an empty answer: each root criterion left out, in their order; then, near a place, the enlargements of the national table.

    The only criterion of a search without a place or territory is not left out: that asks for nothing.
    """
    if page.total_count:
        return ()
    search = page.search
    roots = conjuncts(search.criteria)
    trees = [All(roots[:place] + roots[place + 1 :]) for place in range(len(roots))]
    if len(roots) == 1 and search.spot is None and search.basis.territory is None:
        trees = []
    wider = (yield from enlarged(search.spot, reference)) if search.spot else ()
    if not trees and not wider:
        return ()
    alternatives = [*trees, *([search.criteria] if wider else [])]
    rows = yield _ask(search, trees, wider, alternatives, reference)
    counts: list[int] = rows[0]["counts"]
    left_out = [Relaxation(name_of(root), place, None, count) for place, (root, count) in enumerate(zip(roots, counts[: len(trees)], strict=False))]
    enlargements = [Relaxation(NEAR, None, spot.radius_km, count) for spot, count in zip(wider, counts[len(trees) :], strict=True)]
    return (*left_out, *enlargements)


def name_of(criteria: Criteria) -> str:
    """The name that clients know a criterion by; of a combined one, the word that combines.

    >>> name_of(Not(AnyOf(())))
    'not'
    """
    match criteria:
        case AnyOf():
            return "or"
        case Not():
            return "not"
        case All():
            return "and"
    return criterion_of(criteria)


def _ask(search: Search, trees: Sequence[Criteria], wider: Sequence[Spot], alternatives: Sequence[Criteria], reference: Reference) -> Ask:
    params = Params()
    first_half = judged(search, alternatives, params, reference, wider)
    conditions = [f"({expression(tree, first_half.marks)} AND near)" for tree in trees]
    conditions += [f"({expression(search.criteria, first_half.marks)} AND near{number})" for number in range(1, len(wider) + 1)]
    counts = ", ".join(f"count(CASE WHEN {condition} THEN 1 END)" for condition in conditions)
    text = f"{first_half.text}\nRETURN [{counts}] AS counts"
    asks = "How many offers would there be without each criterion?"
    return Ask(Question("search_relaxations", "Relaxations of a search", asks, (), ("counts",), "one row", "see feeds", text), params.values)
