"""Which unknown, if it turned out badly, would change the verdict most: what to verify first, and with whom (docs/impact.md, I-34)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from graph.impact.analysis import Judged, judged, severity_by_place
from graph.impact.collector import held_back
from graph.impact.comparison import ItemChange, item_changes
from graph.impact.doubts import Doubt, Doubts, Fact
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput
from graph.impact.score import Totals, scored
from graph.impact.severity import Severities, Severity

MOST_FACTS: Final = 200
"""Facts that are tried, those nearest to what is hit first: most are an analysis of an inventory of its own."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom to ask: an application and its owner, where it is known."""

    application: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """A fact of which the verdict would change. `subject`: a flow, APPLICATION/CLASS, FLOW/CLASS, or USAGE/CLASS, by `doubt`.

    `score`, `national`: as they would be. `score_difference`: that of the territory whose score changes most, above 0 where it gets worse; `territory`:
    which one. `items`: what would be hit otherwise (`b`) than it is (`a`), the worse first.
    """

    doubt: Doubt
    subject: str
    holders: tuple[Holder, ...]
    score: float
    national: float
    territory: str | None
    score_difference: float
    items: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The facts that change something, those that change most first. `examined`: how many were tried, by doubt; `not_examined`: facts beyond the limit."""

    question: DecommissioningInput
    evaluated_on: date
    score: float
    national: float
    effects: tuple[Effect, ...]
    examined: tuple[tuple[Doubt, int], ...]
    not_examined: int


class Verdict(NamedTuple):
    """What facts are compared by: the severity of the items, and the scores."""

    items: Mapping[tuple[str, str, str], Severity]
    totals: Totals

    @classmethod
    def of(cls, one: Judged) -> "Verdict":
        """That of a judged question."""
        return cls(one.by_place(), scored(one.basis.items, one.touched))


def sensitivity(projection: Projection, question: DecommissioningInput) -> Sensitivity:
    """Each uncertain fact in reach otherwise, alone.

    Time O(facts x inventory): a fact changes the reference, and with it everything; what a usage needs changes the severities alone.
    """
    with held_back():
        one = judged(projection, question)
        facts = Doubts(one, question).facts()
        tried, found = Counter[Doubt](), []
        was = Verdict.of(one)
        for fact in islice(facts, MOST_FACTS):
            tried[fact.doubt] += 1
            effect = _effect(one, fact, was, _verdict_if(one, fact))
            if effect is not None:
                found.append(effect)
        return Sensitivity(
            question=question,
            evaluated_on=question.evaluation_date,
            score=was.totals.value,
            national=was.totals.national,
            effects=tuple(sorted(found, key=_rank)),
            examined=tuple((doubt, tried[doubt]) for doubt in Doubt),
            not_examined=sum(1 for _ in facts),
        )


def _rank(one: Effect) -> tuple[float, int, str, str]:
    return -abs(one.score_difference), -len(one.items), one.subject, one.doubt


def _verdict_if(one: Judged, fact: Fact) -> Verdict:
    if fact.usages is None:
        return Verdict.of(judged(one.basis.projection.varied(flows=fact.flows, applications=fact.applications), fact.question))
    items = one.basis.items
    touched = Severities(one.overlay, items, one.supplies, one.judgements, one.found, fact.usages).touched()
    return Verdict(severity_by_place(items, touched), scored(items, touched))


def _effect(one: Judged, fact: Fact, was: Verdict, then: Verdict) -> Effect | None:
    """The effect of a fact; None where it has none."""
    items = item_changes(was.items, then.items)
    territory, difference = _most_different(was.totals, then.totals)
    if not items and not difference:
        return None
    applications = [one.overlay.applications[number].source for number in fact.asked]
    return Effect(
        doubt=fact.doubt,
        subject=fact.subject,
        holders=tuple(Holder(application.code, application.owner) for application in applications),
        score=then.totals.value,
        national=then.totals.national,
        territory=territory,
        score_difference=difference,
        items=items,
    )


def _most_different(was: Totals, then: Totals) -> tuple[str | None, float]:
    """The territory whose score changes most, and by how much; one without items counts as 0."""
    before, after = dict(was.by_territory), dict(then.by_territory)
    changes = [(code, round(after.get(code, 0.0) - before.get(code, 0.0), 1)) for code in sorted(before.keys() | after.keys())]
    territory, difference = max(changes, key=lambda change: abs(change[1]), default=(None, 0.0))
    return (territory, difference) if difference else (None, 0.0)
