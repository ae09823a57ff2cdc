"""Recognition: pairs of things that two sides state, by ranked rules (docs/reconciliation.md). Pure; every rule is an index by key, never n times m."""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, NamedTuple, Protocol, TypeVar

from graph.matches import MatchState


class Rule(StrEnum):
    """Which rule made a match (docs/reconciliation.md); PERSON: none did, a person says so."""

    OFFER_ID = "R-1"
    OFFER_ID_IN_FORM = "R-2"
    INTERNAL_ID = "R-3"
    SAME_DESCRIPTION = "R-4"
    ONE_UNIT_OF_SEVERAL = "R-5"
    FINESS = "S-1"
    RANK = "S-2"
    REGISTER_OF_COMPANIES = "S-3"
    SAME_NAME_AND_PLACE = "S-4"
    LOCATION = "L-1"
    MOVED = "M-12"  # a source's own record went from one to the other
    PERSON = "PERSON"


@dataclass(frozen=True, slots=True)
class Fact:
    """What was compared, and its value."""

    name: str
    value: str


Evidence = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Two ids that stand for one thing. `evidence`: what was compared, name and value; `partial`: one of them is a part of the other (R-5)."""

    rule: Rule
    state: MatchState
    ours: str
    theirs: str
    evidence: Evidence = ()
    partial: bool = False


Pair = tuple[str, str]
"""Two ids, the smaller first: a decision knows no sides."""


class Decision(NamedTuple):
    """What is kept of a pair (SAME_AS): the rule that proposed it, the state, and who said so and when, where a person did."""

    rule: Rule
    state: MatchState
    by: str | None = None
    on: str | None = None


Decisions = Mapping[Pair, Decision]
NO_DECISIONS: Decisions = MappingProxyType({})


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """Key of its node."""


T = TypeVar("T", bound=Identified)


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """One rule as data: same where `key` is equal and only one of each side has it; None has no key.

    `whole`: counted over all of a side, matched or not (a rule that decides); else over what the rules before left. `fits`: a last look at a pair.
    `personal`: the evidence says that the values are equal and not what they are.
    """

    rule: Rule
    key: Callable[[T], Hashable | None]
    evidence: tuple[str, ...]
    decides: bool = True
    whole: bool = True
    fits: Callable[[T, T], bool] | None = None
    personal: bool = False


def ordered(a: str, b: str) -> Pair:
    """The pair as decisions know it."""
    return (a, b) if a <= b else (b, a)


def matched(ours: Mapping[str, T], theirs: Mapping[str, T], steps: Sequence[Step[T]], decisions: Decisions = NO_DECISIONS) -> list[Match]:
    """Matches of two sides: what is kept, then rule after rule, each only for what the ones before left; one to one.

    A refused pair is never made. O(n) time and memory for each step.
    """
    found = kept(ours, theirs, decisions)
    left = left_of(ours, (one.ours for one in found)), left_of(theirs, (one.theirs for one in found))
    for step in steps:
        made = [pair for pair in _pairs(step, ours, theirs, *left) if not is_refused(decisions, pair[0].id, pair[1].id)]
        found += [_match(step, *pair) for pair in made]
        left = left_of(left[0], (a.id for a, _ in made)), left_of(left[1], (b.id for _, b in made))
    return found


def kept(ours: Mapping[str, T], theirs: Mapping[str, T], decisions: Decisions) -> list[Match]:
    """The pairs that a person confirmed or whose own source moved, whatever the rules say; of one id with several each is partial."""
    pairs = [turned(pair, ours, theirs) for pair, decision in sorted(decisions.items()) if _stays(decision)]
    known = [(pair, decisions[ordered(*pair)]) for pair in pairs if pair]
    several = _repeated(a for (a, _), _ in known) | _repeated(b for (_, b), _ in known)
    return [
        Match(decision.rule, decision.state, a, b, partial=decision.rule is Rule.ONE_UNIT_OF_SEVERAL or a in several or b in several)
        for (a, b), decision in known
    ]


def _stays(decision: Decision) -> bool:
    return decision.state is MatchState.CONFIRMED or (decision.state is MatchState.DECIDED and decision.rule is Rule.MOVED)


def is_refused(decisions: Decisions, a: str, b: str) -> bool:
    """Whether a person said that these two are not the same."""
    decision = decisions.get(ordered(a, b))
    return decision is not None and decision.state is MatchState.REFUSED


def left_of(side: Mapping[str, T], taken: Iterable[str]) -> dict[str, T]:
    """The side without those ids."""
    gone = set(taken)
    return {id: one for id, one in side.items() if id not in gone}


def by_key(things: Iterable[T], key: Callable[[T], Hashable | None]) -> dict[Hashable, list[T]]:
    """The things that have a key, by it."""
    found: dict[Hashable, list[T]] = {}
    for thing in things:
        if (value := key(thing)) is not None:
            found.setdefault(value, []).append(thing)
    return found


def _pairs(step: Step[T], ours: Mapping[str, T], theirs: Mapping[str, T], left: Mapping[str, T], right: Mapping[str, T]) -> Iterator[tuple[T, T]]:
    counted = (ours, theirs) if step.whole else (left, right)
    here, there = (by_key(side.values(), step.key) for side in counted)
    for key, mine in here.items():
        yours = there.get(key, ())
        if len(mine) == len(yours) == 1 and mine[0].id in left and yours[0].id in right and (step.fits is None or step.fits(mine[0], yours[0])):
            yield mine[0], yours[0]


def _match(step: Step[T], ours: T, theirs: T) -> Match:
    key = step.key(ours)
    values = ("equal",) if step.personal else key if isinstance(key, tuple) else (key,)
    state = MatchState.DECIDED if step.decides else MatchState.PROPOSED
    return Match(step.rule, state, ours.id, theirs.id, tuple(Fact(name, _text(value)) for name, value in zip(step.evidence, values, strict=True)))


def _text(value: object) -> str:
    return " ".join(str(one) for one in value if one is not None) if isinstance(value, tuple) else str(value)


def turned(pair: Pair, ours: Container[str], theirs: Container[str]) -> Pair | None:
    """The pair with the id of our side first; None where it is not of these two sides."""
    a, b = pair
    if a in ours and b in theirs:
        return a, b
    return (b, a) if b in ours and a in theirs else None


def _repeated(ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {id for id in ids if id in seen or seen.add(id)}  # type: ignore[func-returns-value]
