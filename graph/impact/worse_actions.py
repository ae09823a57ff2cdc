"""Actions of a scenario that make things worse: each is left out alone, and the verdicts compared (docs/impact.md, I-1, I-38)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from graph.impact.analysis import Judged, judged
from graph.impact.comparison import ItemChange, item_changes
from graph.impact.projection import Projection
from graph.impact.question import WORDS, Action, DecommissioningInput, ExtendInterface, OpenInterface, SwitchFlow, object_of
from graph.impact.score import Totals, scored


@dataclass(frozen=True, slots=True)
class WorseAction:
    """An action without which a severity or a score is lower. `place`: where it stands in the question, from 0: actions[0].

    `worse`: items that are hit harder with it (`b`) than without (`a`); `better`: how many are hit less. Scores are those of I-26, the highest territory's.
    """

    place: str
    action: str
    object: str
    date: date
    worse: tuple[ItemChange, ...]
    better: int
    score: float
    score_without: float


def worse_actions(projection: Projection, question: DecommissioningInput, one: Judged) -> tuple[WorseAction, ...]:
    """In the order of the question. `one`: the verdict with all actions. One more analysis an action that counts on D."""
    return tuple(_worse(projection, question, one))


def _worse(projection: Projection, question: DecommissioningInput, one: Judged) -> Iterator[WorseAction]:
    items, totals = one.by_place(), _totals(one)
    for number, action in enumerate(question.actions):
        if action.date > question.evaluation_date:
            continue
        other = judged(projection, replace(question, actions=_without(question.actions, number)))
        changes, without = item_changes(other.by_place(), items), _totals(other)
        worse = tuple(change for change in changes if change.worse)
        if worse or _is_higher(totals, without):
            yield WorseAction(
                place=f"actions[{number}]",
                action=WORDS[type(action)],
                object=object_of(action),
                date=action.date,
                worse=worse,
                better=len(changes) - len(worse),
                score=totals.value,
                score_without=without.value,
            )


def _without(actions: tuple[Action, ...], number: int) -> tuple[Action, ...]:
    """All but one; with an interface that is not opened go the actions that name it."""
    left, gone = (*actions[:number], *actions[number + 1 :]), actions[number]
    opened = gone.interface.code if isinstance(gone, OpenInterface) else None
    return tuple(one for one in left if opened is None or opened not in _named(one))


def _named(action: Action) -> tuple[str, ...]:
    match action:
        case SwitchFlow(_, to, _):
            return (to,)
        case ExtendInterface(interface, _, _):
            return (interface,)
    return ()


def _totals(one: Judged) -> Totals:
    return scored(one.basis.items, one.touched)


def _is_higher(one: Totals, other: Totals) -> bool:
    pairs = zip(one.by_territory, other.by_territory, strict=True)
    return one.national > other.national or any(value > without for (_, value), (_, without) in pairs)
