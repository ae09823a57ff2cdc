"""What is kept of a reconciliation: the matches of its rules, and what a person says of a pair (SAME_AS, M-12). Every writing is a run of its own."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from graph.errors import BadInput, NotFound
from graph.matches import MatchState
from graph.reconciliation.answer import Reconciliation, StructureMatch
from graph.reconciliation.matching import Decision, Decisions, Evidence, Pair, Rule, ordered, turned
from graph.reconciliation.reading import KINDS, Compared
from graph.runs import Mode, Run, RunStatus
from graph.store.connection import Store
from graph.writing.lease import Lease, lease
from graph.writing.matches import Match, withdraw_matches, write_matches
from graph.writing.run_log import RunLog, counts_json, now
from graph.writing.stamps import Stamps

SOURCE: Final = "reconciliation"
RANK: Final = 99  # behind every source that states an object
BY_RULE: Final = frozenset({MatchState.DECIDED, MatchState.PROPOSED})


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a pair: `state` CONFIRMED, REFUSED, or WITHDRAWN (then without `by`: what was said before is taken back)."""

    state: MatchState
    a: str
    b: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A pair with two ids: label of its nodes, rule, state, what was compared."""

    label: str
    ours: str
    theirs: str
    rule: Rule
    state: MatchState
    evidence: Evidence


def said_of(confirm: tuple[str, str] | None, refuse: tuple[str, str] | None, withdraw: tuple[str, str] | None, by: str | None) -> Said | None:
    """What the options of the command say; None where they say nothing. Raises BadInput for two at once, or without a name."""
    given = [
        (state, pair) for state, pair in ((MatchState.CONFIRMED, confirm), (MatchState.REFUSED, refuse), (MatchState.WITHDRAWN, withdraw)) if pair is not None
    ]
    if not given:
        return None
    if len(given) > 1:
        raise BadInput("--confirm, --refuse, --withdraw: say one at a time.")
    (state, (a, b)) = given[0]
    if state is not MatchState.WITHDRAWN and not (by or "").strip():
        raise BadInput("--by: say who confirms or refuses; it is kept with the decision.")
    return Said(state, a, b, None if state is MatchState.WITHDRAWN else by)


def keep_said(store: Store, read: Compared, said: Said) -> str:
    """Keep what a person says, and tell it in a sentence.

    Raises NotFound where the two ids are not one of each ROR, BadInput for a pair of one id or for taking back what no person said.
    """
    pair = _named(read, said.a, said.b)
    if said.state is MatchState.WITHDRAWN:
        _check_said(_decisions(read, pair.label), pair)
    with _run(store, read, {str(said.state): 1}) as (writer, stamps):
        match = _match(pair, said.state, said.by, stamps.run.id)
        (withdraw_matches if said.state is MatchState.WITHDRAWN else write_matches)(writer, [match], stamps)
    return f"{pair.ours} ({read.regional.code}), {pair.theirs} ({read.national.code}): {said.state} (rule {pair.rule})."


def keep_found(store: Store, read: Compared, found: Reconciliation) -> Mapping[str, int]:
    """Keep what the rules decided and proposed, and take back what they said before and no longer do; how many of each state.

    What a person said stays (M-12).
    """
    pairs = [one for one in pairs_of(found) if one.state in BY_RULE and one.rule is not Rule.MOVED]
    over = list(_no_longer(read, pairs))
    counts = Counter(str(one.state) for one in (*pairs, *over))
    with _run(store, read, counts) as (writer, stamps):
        write_matches(writer, [_match(one, one.state, None, stamps.run.id) for one in pairs], stamps)
        withdraw_matches(writer, [_match(one, one.state, None, stamps.run.id) for one in over], stamps)
    return counts


def pairs_of(found: Reconciliation) -> Iterator[Found]:
    """The pairs of two nodes; what one node is in both needs no match."""
    for row in found.rows:
        if row.regional and row.national and row.regional.id != row.national.id and row.rule and row.state:
            yield Found("Offer", row.regional.id, row.national.id, row.rule, row.state, row.evidence)
    structures = found.structures
    for label, matches in (("LegalEntity", structures.entities), ("GeographicEntity", structures.sites), ("Location", structures.locations)):
        yield from (_of_structure(label, one) for one in matches)


def _of_structure(label: str, one: StructureMatch) -> Found:
    return Found(label, one.regional, one.national, one.rule, one.state, one.evidence)


def _no_longer(read: Compared, pairs: Sequence[Found]) -> Iterator[Found]:
    """What rules said of things of these two sides before, and no longer say."""
    still = {(one.label, ordered(one.ours, one.theirs)) for one in pairs}
    for label in KINDS:
        ours, theirs = _sides(read, label)
        for pair, decision in sorted(_decisions(read, label).items()):
            both = turned(pair, ours, theirs)
            if both and decision.state in BY_RULE and decision.rule is not Rule.MOVED and (label, pair) not in still:
                yield Found(label, *both, decision.rule, MatchState.WITHDRAWN, ())


def _sides(read: Compared, label: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return getattr(read.regional, KINDS[label]), getattr(read.national, KINDS[label])


def _decisions(read: Compared, label: str) -> Decisions:
    found: Decisions = getattr(read.kept, KINDS[label])
    return found


def _named(read: Compared, a: str, b: str) -> Found:
    """The pair of these ids, in whichever order: as the rules see it, else as a person's own."""
    if a == b:
        raise BadInput(f"{a}: one id is one thing already; a pair has two.")
    for label in KINDS:
        both = turned((a, b), *_sides(read, label))
        if both:
            return _as_found(read, label, both)
    raise NotFound(
        f"{a}, {b}: these are not an id of {read.regional.code} and one of {read.national.code}, of two offers, sites, locations or legal entities. "
        "Take both from the rows of the reconciliation. Nothing was kept."
    )


def _as_found(read: Compared, label: str, both: Pair) -> Found:
    known = next((one for one in pairs_of(read.reconciled()) if one.label == label and (one.ours, one.theirs) == both), None)
    before = _decisions(read, label).get(ordered(*both))
    return known or Found(label, *both, before.rule if before else Rule.PERSON, MatchState.PROPOSED, ())


def _check_said(decisions: Decisions, pair: Found) -> None:
    decision: Decision | None = decisions.get(ordered(pair.ours, pair.theirs))
    if decision is None or decision.state not in {MatchState.CONFIRMED, MatchState.REFUSED}:
        raise BadInput(
            f"{pair.ours}, {pair.theirs}: no person confirmed or refused this pair, so nothing can be taken back. To say that a rule is wrong: --refuse."
        )


def _match(pair: Found, state: MatchState, by: str | None, run: str) -> Match:
    compared = {fact.name: fact.value for fact in pair.evidence}
    evidence = json.dumps({"rule": pair.rule, "ids": [pair.ours, pair.theirs], "compared": compared, "run": run}, ensure_ascii=False)
    return Match(pair.label, pair.ours, pair.theirs, pair.rule, state, evidence, by, _today())


@contextmanager
def _run(store: Store, read: Compared, counts: Mapping[str, int]) -> Iterator[tuple[Lease, Stamps]]:
    """A run of reconciliation: who asks for what changed sees it, and what is kept of an answer is read again."""
    run = Run(f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}", SOURCE, now(), Mode.DELTA)
    with lease(store) as writer:
        log = RunLog(writer, run)
        log.begin([], "")
        log.opened(SOURCE, _perimeter(read))
        log.move(RunStatus.WRITING)
        try:
            yield writer, Stamps(run, RANK, now())
        except BaseException:
            log.fail("The decisions were not all kept. Say them again.")
            raise
        log.move(RunStatus.CLOSING)
        log.move(RunStatus.DONE, counts=counts_json(dict(counts)))


def _perimeter(read: Compared) -> list[str]:
    return [read.regional.code, read.national.code]


def _today() -> date:
    return datetime.now(UTC).date()


def kept_text(counts: Mapping[str, int]) -> str:
    """How many matches were kept, in a sentence."""
    told: Iterable[str] = (f"{count} {state}" for state, count in sorted(counts.items()))
    return f"Kept: {', '.join(told) or 'nothing'}. What persons said stays."
